import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fuzz } from '../support/fuzz.ts'

const test = suite('fuzz')

test('whatever is asked is answered as documented, and a refusal stores nothing', async () => {
  const answered = await fuzz({ requests: 20_000, seed: Number(process.env.SEED ?? 1) })
  assert.ok([...answered].some((seen) => seen.endsWith(' 412')))
})

test.run()
