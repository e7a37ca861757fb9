import { suite } from 'uvu'
import { fuzz } from '../support/fuzz.ts'

const test = suite('fuzz')

test('whatever is asked is answered as documented, and a refusal stores nothing', async () => {
  await fuzz({ requests: 20_000, seed: Number(process.env.SEED ?? Date.now()) })
})

test.run()
