// Runs several test files in one process: `node test/together.ts <path>..`, each held to run a test at least.
import { pathToFileURL } from 'node:url'

type Run = () => Promise<[errors: unknown, ran: number, skipped: number, total: number]>
type Uvu = { UVU_DEFER: number; UVU_INDEX: number; UVU_QUEUE: [string | null, ...Run[]][] }

const shared = globalThis as unknown as Uvu
shared.UVU_DEFER = 1
const { exec } = await import('uvu')
for (const path of process.argv.slice(2)) {
  shared.UVU_INDEX = shared.UVU_QUEUE.length
  const group: [string, ...Run[]] = [path]
  shared.UVU_QUEUE.push(group)
  await import(pathToFileURL(path).href)
  const suites = group.splice(1) as Run[]
  let left = suites.length
  let tests = 0
  const nothing = () => Promise.reject(new Error(`${path} ran no test.`))
  const counted = suites.map((run) => async () => {
    const outcome = await run()
    tests += outcome[3]
    left -= 1
    return left === 0 && tests === 0 ? nothing() : outcome
  })
  group.push(...(counted.length === 0 ? [nothing] : counted))
}
await exec()
