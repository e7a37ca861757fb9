import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packageJson from '../package.json' with { type: 'json' }
import { type ServerProcess, startServer } from '../test/support/process.ts'
import { temporaryDirectory } from '../test/support/writer.ts'

export type Started = ServerProcess & { dataDir: string; end: () => Promise<void> }

const { start } = packageJson.scripts
/** What `npm start` hands to node, and what it sets besides. */
const flags = start.match(/--\S+/g)?.join(' ') ?? ''
const surroundings = Object.fromEntries(
  [...start.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]),
)

/** The service as `npm start` runs it, on files of its own. */
export function startOurs(
  environment: Record<string, string> = {},
  dataDir = temporaryDirectory(),
): Promise<Started> {
  return startProgram(dataDir, { ...surroundings, NODE_OPTIONS: flags, ...environment })
}

/** A program of the folder `peers`, with the flags that the service has where it is told so. */
export function startPeer(
  name: string,
  environment: Record<string, string> = {},
  withOurFlags = false,
): Promise<Started> {
  const program = fileURLToPath(new URL(`./peers/${name}.ts`, import.meta.url))
  const options = withOurFlags ? { ...surroundings, NODE_OPTIONS: flags } : {}
  return startProgram(temporaryDirectory(), { ...options, ...environment }, program)
}

async function startProgram(dataDir: string, environment: Record<string, string>, program?: string) {
  const server = await startServer(dataDir, { LOG_LEVEL: 'error', ...environment }, program)
  const end = async () => {
    await server.stop('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { ...server, dataDir, end }
}

/** An environment in which each sync of a file takes so much longer; the program in it does not know. */
export function slowSyncs(microseconds: number): Record<string, string> {
  if (process.platform !== 'linux') throw new Error('syncs are slowed by LD_PRELOAD, which needs Linux')
  const library = join(temporaryDirectory(), 'slow-sync.so')
  const source = fileURLToPath(new URL('./slow-sync.c', import.meta.url))
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'], { stdio: 'pipe' })
  } catch (error) {
    throw new Error('a C compiler (cc) is needed to slow the syncs', { cause: error })
  }
  return { LD_PRELOAD: library, SLOW_SYNC_MICROSECONDS: String(microseconds) }
}

/** What the process holds in memory. */
export function residentMegabytes({ processId }: ServerProcess): number {
  const path = `/proc/${processId}/status`
  if (!existsSync(path)) throw new Error('only Linux tells in /proc what a process holds')
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(path, 'utf8'))?.[1]) / 1024
}
