import type { KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Findings } from './findings.ts'
import { type KeyPair, keyPairs } from './key-pairs.ts'
import { userStream } from './log-file.ts'
import { createKeyring, type Keyring, knowsErasures, vaultFileName } from './vault.ts'

export type ReadVault = {
  db: Database
  keys: Keyring
  /** The pairs that sign checkpoints; undefined where they do not open. */
  pairs: readonly KeyPair[] | undefined
  /** How many have a key. */
  people: number
}

export function readVault(db: Database, masterKey: KeyObject, log: Database, findings: Findings): ReadVault {
  return {
    db,
    keys: createKeyring(db, masterKey, log),
    pairs: signingKeys(db, masterKey, findings),
    people: db.prepare<[], number>('SELECT count(*) FROM subjects').pluck().get() ?? 0,
  }
}

function signingKeys(vault: Database, masterKey: KeyObject, findings: Findings): KeyPair[] | undefined {
  try {
    return keyPairs(vault, masterKey, 'checkpoint')
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    const detail = `The signing keys in ${vaultFileName} do not open: ${String(why).replace(/\.$/, '')}.`
    findings.add({ kind: 'key-missing', detail })
    return undefined
  }
}

type LastOfPerson = { position: number; type: string }

/**
 * Every key against the people of the log. The key of somebody who was erased must be gone, unless the
 * erasure is still under way. A key of nobody is no finding: a crash between the key and the first event
 * leaves one, and so does an older log that was put back.
 */
export function verifyVault(log: Database, { db }: ReadVault, findings: Findings) {
  const last = log.prepare<[string], LastOfPerson>(
    `SELECT position, type FROM events WHERE stream = (SELECT key FROM streams WHERE name = ?)
    ORDER BY version DESC LIMIT 1`,
  )
  const underWay = new Set(erasuresIn(db, 'done_at IS NULL'))
  let ofNobody = 0
  for (const userId of db.prepare<[], string>('SELECT user_id FROM subjects').pluck().all()) {
    const stream = userStream(userId)
    const found = last.get(stream)
    if (found === undefined) ofNobody += 1
    if (found?.type !== 'UserErased' || underWay.has(userId)) continue
    const detail = 'The person was erased, but the vault still holds a key: what they did can be read.'
    findings.add({ kind: 'key-kept', position: found.position, stream, detail })
  }
  const untold = erasuresIn(db, 'done_at IS NOT NULL').filter((userId) => {
    const found = last.get(userStream(userId))
    return found !== undefined && found.type !== 'UserErased'
  })
  if (ofNobody > 0) {
    findings.notes.push(
      `${vaultFileName} holds keys of people who are not in the log (${ofNobody}): of registrations ` +
        'that were cut off, or because an older copy of the log was put back.',
    )
  }
  if (underWay.size > 0) {
    findings.notes.push(
      `Erasures are under way (${underWay.size}): the next start goes on with what is left.`,
    )
  }
  if (untold.length > 0) {
    findings.notes.push(
      `People were erased whom this log still has (${untold.length}), as in an older copy that was put ` +
        'back: nothing of theirs can be read, and the next start takes note of it.',
    )
  }
}

function erasuresIn(vault: Database, which: string): string[] {
  if (!knowsErasures(vault)) return []
  return vault.prepare<[], string>(`SELECT user_id FROM erasures WHERE ${which}`).pluck().all()
}
