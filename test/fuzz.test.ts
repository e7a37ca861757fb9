import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fuzz } from './support/fuzz.ts'

const test = suite('fuzz, a short sample')

test('whatever is asked is answered as documented, and a refusal stores nothing', async () => {
  const answered = await fuzz({ requests: 250, seed: 7 })
  for (const status of [200, 201, 400, 401, 404, 406, 409, 422]) {
    assert.ok(
      [...answered].some((seen) => seen.endsWith(`${status}`)),
      `nothing was answered ${status}`,
    )
  }
})

test.run()
