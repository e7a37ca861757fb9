// Runs the test files: `node test/run.ts [--long] [--jobs <n>] [<part of a path>]`. Each has a process of its
// own, but for the folders where they are many and never in each other's way: starting it takes longer there.
// With --long, --kills <n> sets how many kills there are in all. Lines that begin with # are always shown.
// uvu alone exits 0 when a hook throws or a file forgets `.run()`, so what it prints is counted here.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statfsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

export type Outcome = { passed: number; failed: number; output: string; problem: string | undefined }

const TIMEOUT_MS = 60_000
const LONG_TIMEOUT_MS = 20 * 60_000

const processIds = new Set<number>()

// What waits most begins first, so that others fill its pauses.
const TOGETHER = [
  // What asks for the rights of files changes those of its process. The others wait much, and long together.
  /^adapters\/(?!at-rest)[a-l][^/]+$/,
  /^adapters\/[m-z][^/]+$/,
  /^(authorisation|log-format|openapi)\./,
  /^(erasure|fuzz|kill|secrets)\./,
  /^adapters\/http\//,
  /^adapters\/sqlite\//,
  /^adapters\/(metrics|tracing|control|crypto)\//,
  /^adapters\/cli\//,
  /^client\//,
  /^application\//,
  /^(bench|domain)\//,
  /^(architecture|deploy|event-catalogue|supply-chain|tidy)\./,
]
const AT_MOST = 30

/** Runs files in one process; whatever hinders their tests from being counted is one failed test more. */
export async function runFiles(paths: readonly string[], timeoutMs: number): Promise<Outcome> {
  const { FORCE_COLOR: _, ...environment } = process.env
  const program = paths.length === 1 ? paths : [join(import.meta.dirname, 'together.ts'), ...paths]
  // A group of its own, so that what the files have started ends with them.
  const child = spawn(process.execPath, program, {
    env: { ...environment, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const ended = Promise.withResolvers<string | undefined>()
  child.on('error', ended.reject)
  child.on('exit', (code, signal) =>
    ended.resolve(code === 0 ? undefined : `It ended with ${code ?? signal}.`),
  )
  const closed = new Promise((resolve) => child.on('close', resolve))
  const processId = child.pid
  if (processId !== undefined) processIds.add(processId)
  let late = false
  const timer = setTimeout(() => {
    late = true
    endGroup(processId)
  }, timeoutMs)
  const exit = await ended.promise
  clearTimeout(timer)
  // Nothing that a file leaves behind may live on, or hold its output open.
  endGroup(processId)
  await closed
  if (processId !== undefined) processIds.delete(processId)
  return count(output, late ? `It did not end within ${timeoutMs / 1000} s.` : exit)
}

function count(output: string, hindrance: string | undefined): Outcome {
  const summaries = [...output.matchAll(/^ {2}Total: +(\d+)\n {2}Passed: +(\d+)\n {2}Skipped: +(\d+)$/gm)]
  const sum = (column: number) => summaries.reduce((total, groups) => total + Number(groups[column]), 0)
  const total = sum(1)
  const passed = sum(2)
  const skipped = sum(3)
  const failed = total - passed + skipped
  const nothing = total === 0 && skipped === 0 ? 'It ran no test.' : undefined
  const problem = hindrance ?? nothing ?? (skipped > 0 ? 'A skipped test is a failed one.' : undefined)
  return { passed, failed: problem === undefined ? failed : Math.max(failed, 1), output, problem }
}

function endGroup(processId: number | undefined) {
  if (processId === undefined) return
  try {
    process.kill(-processId, 'SIGKILL')
  } catch {
    // Nobody of the group is left, as it should be.
  }
}

/** Paths below the folder, in order. Files under `long` are run only when asked for, and then alone. */
export function findTests(folder: string, part: string, long: boolean): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && path.startsWith('long/') === long && path.includes(part))
    .sort()
}

/** What shares a process; the others are alone. */
export function grouped(paths: readonly string[]): string[][] {
  const shared = TOGETHER.flatMap((folder) => {
    const files = paths.filter((path) => folder.test(path))
    const count = Math.ceil(files.length / AT_MOST)
    return Array.from({ length: count }, (_, one) => files.filter((_, index) => index % count === one))
  })
  const alone = paths.filter((path) => !TOGETHER.some((folder) => folder.test(path)))
  return [...shared, ...alone.map((path) => [path])]
}

// Where the system keeps files in memory, temporary ones go there: waiting for a disk tells a test nothing.
// The long tests stay on the real one.
function quickTemporaryDirectory(): string | undefined {
  const memory = '/dev/shm'
  if (process.env.TMPDIR !== undefined || !existsSync(memory)) return undefined
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= 2 ** 30 ? memory : undefined
}

async function main() {
  const { values, positionals } = parseArgs({
    options: {
      long: { type: 'boolean', default: false },
      jobs: { type: 'string' },
      kills: { type: 'string' },
    },
    allowPositionals: true,
  })
  if (values.kills !== undefined) process.env.KILLS = values.kills
  const waiting = grouped(findTests(import.meta.dirname, positionals[0] ?? '', values.long))
  const quick = values.long ? undefined : quickTemporaryDirectory()
  if (quick !== undefined) process.env.TMPDIR = quick
  // What one file has compiled the next need not; coverage would be blurred by it.
  if (process.env.NODE_V8_COVERAGE === undefined) {
    process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../node_modules/.cache/compiled')
  }
  const timeoutMs = values.long ? LONG_TIMEOUT_MS : TIMEOUT_MS
  let passed = 0
  let failed = 0

  async function work() {
    for (let paths = waiting.shift(); paths !== undefined; paths = waiting.shift()) {
      const began = performance.now()
      const outcome = await runFiles(
        paths.map((path) => join(import.meta.dirname, path)),
        timeoutMs,
      )
      const [first] = paths
      const path = paths.length === 1 ? first : `${first} and ${paths.length - 1} more`
      const seconds = ((performance.now() - began) / 1000).toFixed(2)
      passed += outcome.passed
      failed += outcome.failed
      if (outcome.failed === 0) {
        console.log(`ok    ${path}  ${outcome.passed} in ${seconds} s`)
        for (const [told] of outcome.output.matchAll(/^# .*$/gm)) console.log(`      ${told}`)
      } else {
        console.log(
          `FAIL  ${path}  ${outcome.failed} in ${seconds} s  ${outcome.problem ?? ''}\n${outcome.output}`,
        )
      }
    }
  }

  const nothingToRun = waiting.length === 0
  if (nothingToRun) console.log('No test file has such a path.')
  // Two more than can run: they wait for processes and files of theirs. The long ones are to be alone.
  const jobs = Number(values.jobs ?? availableParallelism() + (values.long ? 0 : 2))
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, work))
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || nothingToRun ? 1 : 0
}

if (import.meta.main) {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    console.error(
      `The tests need Node 24 or newer, this is ${process.version}; npm ci brings one for npm test.`,
    )
    process.exit(1)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const processId of processIds) endGroup(processId)
      process.exit(1)
    })
  }
  await main()
}
