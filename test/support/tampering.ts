import { generateKeyPairSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import * as assert from 'uvu/assert'
import { checkInPieces } from '../../src/adapters/sqlite/chain-pieces.ts'
import { createCheckpoints, publishKeys } from '../../src/adapters/sqlite/checkpoints.ts'
import type { StoredEvent } from '../../src/adapters/sqlite/event-rows.ts'
import { createFindings } from '../../src/adapters/sqlite/findings.ts'
import { hashEvent, keyIdOf } from '../../src/adapters/sqlite/hash-chain.ts'
import { headOf, openLog, pageOfEvents } from '../../src/adapters/sqlite/log-file.ts'
import { createKeyring, openVault } from '../../src/adapters/sqlite/vault.ts'
import { type VerifyOptions, verifyData } from '../../src/adapters/sqlite/verify.ts'
import { verifyChain } from '../../src/adapters/sqlite/verify-chain.ts'
import { copyOf, views } from './story.ts'
import { masterKey } from './writer.ts'

export const masterKeyText = Buffer.alloc(32, 7).toString('hex')

/**
 * Changes log.db as somebody would who has the file: the triggers are put away first, and put back
 * afterwards.
 */
export function tamper(dataDir: string, change: (log: Database) => void) {
  const log = new Sqlite(join(dataDir, 'log.db'))
  log.pragma('foreign_keys = OFF')
  log.pragma('synchronous = OFF')
  const triggers = log
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all()
  for (const { name } of triggers) log.exec(`DROP TRIGGER ${name}`)
  change(log)
  for (const { sql } of triggers) log.exec(sql)
  log.close()
}

/** Puts into a column of an event what its table does not take, as somebody would who edits that first. */
export function force(column: string, value: string, position = 57) {
  return (log: Database) => {
    log.unsafeMode()
    const [sql] = log.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'events'").pluck().all()
    const declare = (text: string | undefined) => {
      log.pragma('writable_schema = ON')
      log.prepare("UPDATE sqlite_schema SET sql = ? WHERE name = 'events'").run(text)
      log.pragma('writable_schema = RESET')
    }
    declare(sql?.replaceAll(' NOT NULL', '').replace(/ STRICT$/, ''))
    log.exec(`UPDATE events SET ${column} = ${value} WHERE position = ${position}`)
    declare(sql)
    log.unsafeMode(false)
  }
}

export function tamperViews(dataDir: string, change: (views: Database) => void) {
  const db = new Sqlite(join(dataDir, 'views.1.db'))
  change(db)
  db.close()
}

/** Makes hashes fit again from a position on, as somebody would who knows the format. */
export function rechain(log: Database, from: number, to = Number.MAX_SAFE_INTEGER) {
  const all = pageOfEvents(log, from - 2, 1_000_000)
  let previousHash = from === 1 ? Buffer.alloc(32) : (all.shift() as StoredEvent).hash
  for (const event of all.filter(({ position }) => position <= to)) {
    const hash = hashEvent({ ...event, previousHash })
    log
      .prepare('UPDATE events SET prev_hash = ?, hash = ? WHERE position = ?')
      .run(previousHash, hash, event.position)
    previousHash = hash
  }
}

/** Makes the hash of one event fit again, and leaves it where it is in the chain. */
export function rehash(log: Database, position: number) {
  const [event] = pageOfEvents(log, position - 1, 1)
  log.prepare('UPDATE events SET hash = ? WHERE position = ?').run(hashEvent(event as StoredEvent), position)
}

export function verified(dataDir: string, more: Partial<VerifyOptions> = {}) {
  return verifyData({ dataDir, masterKey: masterKeyText, views, ...more })
}

/** Kind, position and stream of each finding, in the order of the report. */
export type Expected = readonly (readonly [kind: string, position?: number, stream?: string])[]

export function expectFindings(dataDir: string, expected: Expected, more: Partial<VerifyOptions> = {}) {
  const { findings, findingsTotal } = verified(dataDir, more)
  assert.equal(
    findings.map(({ kind, position = 0, stream = '' }) => [kind, position, stream]),
    expected.map(([kind, position = 0, stream = '']) => [kind, position, stream]),
    JSON.stringify(findings, null, 1),
  )
  assert.is(findingsTotal, expected.length)
}

/** A copy of the data, tampered with, and thrown away afterwards. */
export function expectFound(untouched: string, change: (log: Database) => void, expected: Expected) {
  const dataDir = copyOf(untouched)
  tamper(dataDir, change)
  expectFindings(dataDir, expected)
  expectNoticed(dataDir)
  rmSync(dataDir, { recursive: true })
}

export function set(column: string, value: string, position = 57) {
  return (log: Database) => log.exec(`UPDATE events SET ${column} = ${value} WHERE position = ${position}`)
}

export function move(log: Database, from: number, to: number) {
  log.prepare('UPDATE events SET position = ? WHERE position = ?').run(to, from)
}

export function moveAllFrom(log: Database, from: number, by: 1 | -1) {
  const positions = log
    .prepare<[number], number>('SELECT position FROM events WHERE position >= ? ORDER BY position')
    .pluck()
    .all(from)
  for (const position of by === 1 ? positions.reverse() : positions) move(log, position, position + by)
}

export function remove(log: Database, position: number) {
  log.prepare('DELETE FROM events WHERE position = ?').run(position)
}

/** Puts a copy of the event before it at a position that is free. */
export function insertCopy(log: Database, position: number, version = 9000) {
  log.exec(`INSERT INTO events SELECT ${position}, stream, ${version}, 'put-in', type, schema_version, body,
    metadata,
    recorded_at, subject, prev_hash, hash FROM events WHERE position = ${position - 1}`)
}

export function swapColumns(log: Database, columns: readonly string[], one: number, other: number) {
  const select = log
    .prepare<[number], unknown[]>(`SELECT ${columns.join(', ')} FROM events WHERE position = ?`)
    .raw()
  const [first, second] = [select.get(one) as unknown[], select.get(other) as unknown[]]
  // The unique key of stream and version has no room for both at once.
  if (columns.includes('version')) set('version', '-1', other)(log)
  const values = columns.map((column) => `${column} = ?`).join(', ')
  const update = log.prepare(`UPDATE events SET ${values} WHERE position = ?`)
  update.run(...second, one)
  update.run(...first, other)
}

/** Signs every checkpoint anew, as a forger would who has no key of ours and publishes one of their own. */
export function forgedCheckpoints(log: Database) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const pair = { kid: keyIdOf(publicKey), publicKey, privateKey, createdAt: '2026-03-01T00:00:00.000Z' }
  const heads = log
    .prepare<[], { position: number; hash: Buffer; signedAt: string }>(
      `SELECT c.position, e.hash, c.signed_at AS signedAt FROM checkpoints c
      JOIN events e ON e.position = c.position ORDER BY c.position`,
    )
    .all()
  log.exec('DELETE FROM checkpoints; DELETE FROM public_keys')
  publishKeys(log, [pair])
  const { sign } = createCheckpoints(log, pair)
  for (const { signedAt, ...head } of heads) sign(head, signedAt)
}

/** Pieces of the chain, each checked by itself, tell that it is broken just where the walk along it does. */
export function expectNoticed(dataDir: string) {
  const [log, vault] = [openLog(dataDir, { readonly: true }), openVault(dataDir, { readonly: true })]
  const keys = createKeyring(vault, masterKey, log)
  const findings = createFindings()
  const range = { log, keys, from: 1, to: headOf(log).position }
  verifyChain({ ...range, findings })
  const alone = { threads: 1, dataDir, masterKey: undefined, pieceEvents: 7, onChecked: () => {} }
  const inPieces = checkInPieces({ ...range, ...alone })
  log.close()
  vault.close()
  assert.is(inPieces === undefined, findings.total() > 0, JSON.stringify(findings.listed))
}
