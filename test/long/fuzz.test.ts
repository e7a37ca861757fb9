import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fuzz, neverGood, tableOf } from '../support/fuzz.ts'

const test = suite('fuzz')

test('whatever is asked is answered as documented, a refusal stores nothing, and all holds', async () => {
  const seed = Number(process.env.SEED ?? 1)
  const answered = await fuzz({ requests: 12_000, seed, isVerified: true })
  console.log(`\n# Seed ${seed}: the least share of success is ${tableOf(answered)[0]}`)
  assert.equal(neverGood(answered), [])
  assert.ok([...answered.values()].some((statuses) => statuses.has(412)))
})

test.run()
