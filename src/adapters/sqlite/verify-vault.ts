import type { KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Findings } from './findings.ts'
import { type KeyPair, keyPairs, secretOf, secretPurposes, tokenKeys } from './key-pairs.ts'
import { userStream } from './log-file.ts'
import { createKeyring, type Keyring, knowsErasures, mayLack, vaultFileName, vaultSchema } from './vault.ts'
import { verifySchema } from './verify-files.ts'

export type ReadVault = {
  db: Database
  keys: Keyring
  /** The pairs that sign checkpoints; undefined where they do not open. */
  pairs: readonly KeyPair[] | undefined
  /** How many have a key. */
  people: number
}

export function readVault(db: Database, masterKey: KeyObject, log: Database, findings: Findings): ReadVault {
  verifySecrets(db, masterKey, findings)
  verifySchema(db, { name: vaultFileName, schema: vaultSchema, mayLack }, findings)
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

/** What a vault holds besides, from before the first person on: all of it must open. */
function verifySecrets(vault: Database, masterKey: KeyObject, findings: Findings) {
  const someone = vault.prepare('SELECT 1 FROM subjects').get()
  if (someone === undefined) return
  const tell = (detail: string) => findings.add({ kind: 'key-missing', detail })
  if (vault.prepare('SELECT 1 FROM master_check').get() === undefined) {
    tell(`The value in ${vaultFileName} by which the master key is known is gone.`)
  }
  const needed = {
    'keys that sign access tokens': () => tokenKeys(vault, masterKey),
    ...Object.fromEntries(
      secretPurposes.map((purpose) => [`secret '${purpose}'`, () => secretOf(vault, masterKey, purpose)]),
    ),
  }
  for (const [what, open] of Object.entries(needed)) {
    try {
      open()
    } catch {
      // Gone, or not what the master key sealed: it comes to the same.
      tell(`${vaultFileName} holds no ${what} that the master key opens.`)
    }
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
  const done = new Set(erasuresIn(db, 'done_at IS NOT NULL'))
  const kept = new Set<string>()
  let ofNobody = 0
  for (const userId of db.prepare<[], string>('SELECT user_id FROM subjects').pluck().all()) {
    const stream = userStream(userId)
    const found = last.get(stream)
    if (found === undefined) ofNobody += 1
    const isErased = done.has(userId) || (found?.type === 'UserErased' && !underWay.has(userId))
    if (!isErased) continue
    kept.add(userId)
    const detail = 'The person was erased, but the vault still holds a key: what they did can be read.'
    findings.add({ kind: 'key-kept', ...(found && { position: found.position }), stream, detail })
  }
  const untold = [...done].filter((userId) => {
    const found = last.get(userStream(userId))
    return found !== undefined && found.type !== 'UserErased' && !kept.has(userId)
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

/** True of a vault that no log can have people in: nobody has a key, and nobody was ever erased. */
export function knowsNobody({ db, people }: ReadVault): boolean {
  return people === 0 && erasuresIn(db, 'TRUE').length === 0
}

function erasuresIn(vault: Database, which: string): string[] {
  if (!knowsErasures(vault)) return []
  return vault.prepare<[], string>(`SELECT user_id FROM erasures WHERE ${which}`).pluck().all()
}
