import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import packageJson from '../package.json' with { type: 'json' }
import { temporaryDirectory } from '../test/support/writer.ts'

const SYNCS = 200
const PEERS = [
  'autocannon',
  'fastify',
  '@event-driven-io/emmett',
  '@event-driven-io/emmett-sqlite',
  'sqlite3',
]

/** What the figures hang on, a line each. */
export function machine(): string[] {
  const [cpu] = cpus()
  const sqlite = new Sqlite(':memory:').prepare<[], string>('SELECT sqlite_version()').pluck().get()
  return [
    `${cpus().length} x ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}`,
    `node ${process.version}, repledger ${packageJson.version}, better-sqlite3 with SQLite ${sqlite}`,
    PEERS.map((name) => `${name} ${versionOf(name)}`).join(', '),
    `a load average of ${loadavg()[0]?.toFixed(1)} from others before it began`,
    `a sync of 4 KB takes ${syncMicroseconds()} us here (median of ${SYNCS})`,
  ]
}

function versionOf(name: string): string {
  try {
    const path = new URL(`./node_modules/${name}/package.json`, import.meta.url)
    return JSON.parse(readFileSync(path, 'utf8')).version
  } catch {
    return 'not installed'
  }
}

function syncMicroseconds(): number {
  const file = openSync(join(temporaryDirectory(), 'synced'), 'w')
  const page = Buffer.alloc(4096, 1)
  const times = Array.from({ length: SYNCS }, () => {
    writeSync(file, page)
    const began = performance.now()
    fdatasyncSync(file)
    return (performance.now() - began) * 1000
  })
  closeSync(file)
  return Math.round(times.toSorted((a, b) => a - b)[SYNCS / 2] as number)
}
