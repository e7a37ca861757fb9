import { statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { places } from '../../../src/adapters/sqlite/chain-piece.ts'
import { checkInPieces, type PiecesOptions } from '../../../src/adapters/sqlite/chain-pieces.ts'
import { createFindings } from '../../../src/adapters/sqlite/findings.ts'
import { openLog } from '../../../src/adapters/sqlite/log-file.ts'
import { createKeyring, openVault } from '../../../src/adapters/sqlite/vault.ts'
import { verifyChain } from '../../../src/adapters/sqlite/verify-chain.ts'
import { verifyIntegrity } from '../../../src/adapters/sqlite/verify-files.ts'
import { verifyLog } from '../../../src/adapters/sqlite/verify-log.ts'
import type { Progress } from '../../../src/application/audit.ts'
import { copyOf, storyOf300 } from '../../support/story.ts'
import { force, remove, set, tamper } from '../../support/tampering.ts'
import { masterKey, temporaryDirectory } from '../../support/writer.ts'

const test = suite('the chain in pieces')
const untouched = storyOf300()

type Asked = Partial<PiecesOptions> & {
  /** This thread waits in its first piece as long as the other one is not so far. */
  isEarly?: (next: number, ticks: number) => boolean
}

function checked(dataDir: string, { isEarly = () => false, ...more }: Asked = {}) {
  const [log, vault] = [openLog(dataDir, { readonly: true }), openVault(dataDir, { readonly: true })]
  const shared = new Int32Array(new SharedArrayBuffer(8))
  const read = (place: number) => Atomics.load(shared, place)
  const { subjectKey, ...keyring } = createKeyring(vault, masterKey, log)
  const keys = {
    ...keyring,
    subjectKey(userId: string) {
      for (let ticks = read(places.ticks); isEarly(read(places.next), ticks); ticks = read(places.ticks)) {
        Atomics.wait(shared, places.ticks, ticks, 1000)
      }
      return subjectKey(userId)
    },
  }
  const steps: number[] = []
  try {
    const range = { from: 1, to: 300, onChecked: (events: number) => steps.push(events) }
    const helping = { threads: 2, dataDir, masterKey, pieceEvents: 40, shared }
    return { found: checkInPieces({ log, keys, ...range, ...helping, ...more }), steps }
  } finally {
    log.close()
    vault.close()
  }
}

const otherBegan = (_: number, ticks: number) => ticks === 0

test('threads check it together, and tell how far they are', () => {
  const steps = [40, 80, 120, 160, 200, 240, 280, 300]
  assert.equal(checked(untouched), { found: { readable: true }, steps })
})

test('what another thread checks counts as much', () => {
  const { found } = checked(untouched, { isEarly: (next) => next < 8 })
  assert.equal(found, { readable: true })
})

test('what another thread finds is found', () => {
  const dataDir = copyOf(untouched)
  tamper(dataDir, (log) => log.exec('UPDATE events SET hash = zeroblob(32)'))
  assert.is(checked(untouched, { dataDir, isEarly: otherBegan }).found, undefined)
})

test('what another thread cannot read is left to this one', () => {
  const dataDir = copyOf(untouched)
  const path = join(dataDir, 'log.db')
  const half = 4096 * Math.floor(statSync(path).size / 8192)
  truncateSync(path, half)
  truncateSync(path, 2 * half)
  assert.is(checked(untouched, { dataDir, isEarly: otherBegan }).found, undefined)
})

test('a thread that finds no log takes nothing from the others', () => {
  assert.equal(checked(untouched, { dataDir: temporaryDirectory() }).found, { readable: true })
})

test('bodies stay unread where nobody has a key', () => {
  const { found } = checked(untouched, { keys: undefined, masterKey: undefined })
  assert.equal(found, { readable: false })
})

test('a part of it is checked against what stands before', () => {
  assert.equal(checked(untouched, { threads: 1, from: 101, to: 200 }).found, { readable: true })
  const dataDir = copyOf(untouched)
  tamper(dataDir, set('hash', 'zeroblob(32)', 100))
  assert.is(checked(dataDir, { threads: 1, from: 101, to: 200 }).found, undefined)
})

test('a piece without its last event is none', () => {
  const dataDir = copyOf(untouched)
  tamper(dataDir, (log) => remove(log, 300))
  assert.is(checked(dataDir, { threads: 1 }).found, undefined)
})

test('what is wrong is told as by one thread, and so is how far it is', () => {
  for (const damage of [() => {}, set('body', "x'00'", 150), (log: Database) => remove(log, 299)]) {
    const dataDir = copyOf(untouched)
    tamper(dataDir, damage)
    assert.equal(verifiedBy(2, dataDir), verifiedBy(1, dataDir))
  }
})

test('a value of another type, which reads the same in a page, is told as by one thread', () => {
  for (const column of ['version', 'type', 'event_id', 'recorded_at']) {
    const dataDir = copyOf(untouched)
    tamper(dataDir, force(column, `CAST(${column} AS BLOB)`, 150))
    const found = foundBy(2, dataDir)
    assert.equal(found, foundBy(1, dataDir))
    assert.ok(
      found.some(({ position }) => position === 150),
      column,
    )
  }
})

function foundBy(threads: number, dataDir: string) {
  const log = openLog(dataDir, { readonly: true })
  const findings = createFindings()
  verifyIntegrity(log, 'log.db', findings)
  const helping = { threads, dataDir, masterKey: undefined, pieceEvents: 20 }
  const files = { log, name: 'log.db', hasSchema: true, vault: undefined, opened: undefined }
  verifyLog({ ...files, views: [], findings, helping })
  log.close()
  return findings.listed
}

function verifiedBy(threads: number, dataDir: string) {
  const log = openLog(dataDir, { readonly: true })
  const findings = createFindings()
  const range = { log, keys: undefined, from: 1, to: 300 }
  const helping = { threads, dataDir, masterKey: undefined, pieceEvents: 20 }
  const last: Progress[] = []
  const onProgress = (progress: Progress) => void last.splice(0, 1, progress)
  const result = verifyChain({ ...range, findings, helping, onProgress })
  log.close()
  return { result, last, listed: findings.listed, total: findings.total() }
}

test.run()
