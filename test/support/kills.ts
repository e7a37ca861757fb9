import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'

const path = (of: string) => fileURLToPath(new URL(of, import.meta.url))
const main = path('../../src/main.ts')
const steps = { atStep: path('./file-steps.ts'), atCommit: path('./commit-steps.ts') }

/** How many kills of each story must land before its end, as long as nothing else is asked for. */
const counts = {
  load: 40,
  'first start and seed': 24,
  'rebuild at any moment': 20,
  'rebuild at every step': 4,
  'start that builds': 12,
  'rebuild beside a live server': 40,
  shutdown: 8,
  'erasure at every step': 12,
  'erasure at any moment': 11,
  'backup at every step': 16,
  'backup beside a live server': 16,
  'restore at every step': 40,
  'restore at any moment': 12,
  import: 10,
  'import of a table': 10,
  'import into a live server': 6,
  'rotation of keys at every commit': 5,
  'rotation of keys of a live server': 10,
} as const
export const killsInAll = Object.values(counts).reduce<number>((sum, count) => sum + count, 0)

/** As many as stand above; with KILLS=<n> in the environment about n in all, in the same shares. */
export function killsOf(story: keyof typeof counts): number {
  return Math.ceil((counts[story] * Number(process.env.KILLS ?? killsInAll)) / killsInAll)
}

/** The runner shows such lines of a file that passes. */
export function tellKills(story: keyof typeof counts, landed: number, seed?: number) {
  const wanted = Math.min(counts[story], killsOf(story))
  assert.ok(landed >= wanted, `${landed} kills of ${wanted} landed: ${story}`)
  console.log(`\n# ${landed} kills, ${story}${seed === undefined ? '' : `, SEED=${seed}`}`)
}

type Moment = { afterMilliseconds: number } | { atStep: number } | { atCommit: number }

/**
 * Runs a command and kills it with -9: after a while, or where it is about to change a file, or to commit,
 * for the nth time. True when the kill came before its end. One that ended by itself must have ended well.
 */
export async function killed(dataDir: string, moment: Moment, ...args: string[]): Promise<boolean> {
  const [kind, step] = Object.entries(moment)[0] as [string, number]
  const preload = kind === 'atStep' || kind === 'atCommit' ? steps[kind] : undefined
  const child = spawn(
    process.execPath,
    [preload === undefined ? '--no-warnings' : `--import=${preload}`, main, ...args],
    {
      env: {
        ...process.env,
        ...{ HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', RATE_LIMIT: 'off' },
        ...(preload && { KILL_AT_STEP: String(step) }),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const exited = once(child, 'close')
  if ('afterMilliseconds' in moment) {
    await Promise.race([exited, pause(moment.afterMilliseconds)])
    child.kill('SIGKILL')
  }
  const [code, signal] = await exited
  if (signal !== 'SIGKILL') assert.is(code, 0, complaints)
  return signal === 'SIGKILL'
}

/** Kills a command somewhere between its start and its end, wherever that is on this machine just now. */
export function killsSomewhere(random: (below: number) => number, took: number) {
  let reach = took
  return async (dataDir: string, ...args: string[]) => {
    const landed = await killed(dataDir, { afterMilliseconds: reach * (0.3 + random(700) / 1000) }, ...args)
    reach *= landed ? 1.1 : 0.75
    return landed
  }
}

/** Tells the story with a kill at the first change of a file, at the second, and so on; counts the kills. */
export async function atEveryStep(story: (step: number) => Promise<boolean>): Promise<number> {
  for (let step = 1; ; step++) if (!(await story(step))) return step - 1
}
