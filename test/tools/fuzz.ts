// Fuzzes the program for as long as asked: `npm run fuzz -- --runs 100000 --seed 7 --operation 'GET /v1/me'`.
import { parseArgs } from 'node:util'
import { fuzz, tableOf } from '../support/fuzz.ts'

const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, operation: { type: 'string' } },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
const requests = Number(values.runs ?? 10_000)
console.log(`${requests} requests with seed ${seed}`)
const only = values.operation
try {
  const answered = await fuzz({ requests, seed, ...(only !== undefined && { only }), isVerified: true })
  for (const line of tableOf(answered)) console.log(line)
} catch (error) {
  console.log((error as Error).message)
  process.exitCode = 1
}
