import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fuzz } from './support/fuzz.ts'

const test = suite('fuzz, a short sample')

test('whatever is asked is answered as documented, and a refusal stores nothing', async () => {
  const answered = await fuzz({ requests: 200, seed: 7 })
  const statuses = new Set([...answered.values()].flatMap((each) => [...each.keys()]))
  for (const status of [200, 201, 204, 400, 401, 404, 406, 422]) {
    assert.ok(statuses.has(status), `nothing was answered ${status}`)
  }
})

test.run()
