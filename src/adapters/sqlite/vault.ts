import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { keepNewest } from '../../application/keep-newest.ts'
import { accessTokensTable } from './access-tokens.ts'
import { lastOfPerson } from './log-file.ts'
import { type Access, openFile } from './open-file.ts'
import { resetTicketsTable } from './passwords.ts'
import { lengthPrefixed, seal, unseal } from './sealing.ts'

export const vaultFileName = 'vault.db'

const schema = `
CREATE TABLE master_check (one INTEGER PRIMARY KEY CHECK (one = 1), sealed BLOB NOT NULL) STRICT;
CREATE TABLE subjects (
  user_id TEXT PRIMARY KEY,
  data_key BLOB NOT NULL,
  password_hash TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE logins (
  login_id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES subjects (user_id) ON DELETE CASCADE,
  started_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX logins_by_user ON logins (user_id);
CREATE INDEX logins_by_use ON logins (used_at);
CREATE TABLE refresh_tokens (
  token_hash BLOB PRIMARY KEY,
  login_id TEXT NOT NULL REFERENCES logins (login_id) ON DELETE CASCADE,
  issued_at INTEGER NOT NULL,
  spent_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_login ON refresh_tokens (login_id);
CREATE TABLE key_pairs (
  number INTEGER PRIMARY KEY,
  purpose TEXT NOT NULL,
  key_id TEXT NOT NULL UNIQUE,
  private_key BLOB NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE secrets (purpose TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
`

// Never emptied: it tells an older log that is put back who was erased since.
const erasures = `CREATE TABLE IF NOT EXISTS erasures (
  user_id TEXT PRIMARY KEY,
  asked_at TEXT NOT NULL,
  done_at TEXT
) STRICT, WITHOUT ROWID;`

const laterTables = erasures + accessTokensTable + resetTicketsTable

/** Everything that stands in the file; a vault of an earlier edition may lack these tables. */
export const vaultSchema = schema + laterTables
export const mayLack = ['erasures', 'access_tokens', 'reset_tickets']

const CACHED_KEYS = 10_000

export type Keyring = {
  /** The key that seals what belongs to this person; undefined where there is none. */
  subjectKey: (userId: string) => KeyObject | undefined
  /** Whether the person was erased, as the vault or the log has it. */
  isErased: (userId: string) => boolean
  /** Of somebody who is being erased: from here on there is no key, whatever the file still holds. */
  forget: (userId: string) => void
}

export function openVault(dataDir: string, access?: Access): Database {
  const db = openFile(join(dataDir, vaultFileName), schema, 'FULL', access)
  if (access?.readonly !== true) db.exec(laterTables)
  db.pragma('foreign_keys = ON')
  db.pragma('secure_delete = ON')
  return db
}

/** Wraps and unwraps what lies in the vault; what is wrapped for one purpose does not open for another. */
export function wrap(masterKey: KeyObject, secret: Uint8Array, ...purpose: readonly string[]): Buffer {
  return seal(masterKey, secret, lengthPrefixed(['repledger vault', ...purpose]))
}

export function unwrap(masterKey: KeyObject, wrapped: Uint8Array, ...purpose: readonly string[]): Buffer {
  return unseal(masterKey, wrapped, lengthPrefixed(['repledger vault', ...purpose]))
}

export function newDataKey(masterKey: KeyObject, userId: string): Buffer {
  return wrap(masterKey, randomBytes(32), 'data key', userId)
}

/** Keys as KeyObjects, with which node seals five times faster than with bytes; recent ones stay cached. */
export function createKeyring(vault: Database, masterKey: KeyObject, log?: Database): Keyring {
  const find = vault.prepare<[string], Buffer>('SELECT data_key FROM subjects WHERE user_id = ?').pluck()
  const erased = knowsErasures(vault)
    ? vault.prepare<[string], 1>('SELECT 1 FROM erasures WHERE user_id = ?').pluck()
    : undefined
  let lastOf: ((userId: string) => string | undefined) | undefined
  function endsErased(userId: string) {
    lastOf ??= log === undefined ? () => undefined : lastOfPerson(log)
    return lastOf(userId) === 'UserErased'
  }
  const recent = new Map<string, KeyObject>()
  // Most often the same person is asked about again.
  let last: { userId: string; key: KeyObject } | undefined
  const gone = new Set<string>()
  return {
    subjectKey(userId) {
      if (last?.userId === userId) return last.key
      let key = recent.get(userId)
      if (key === undefined) {
        if (gone.has(userId)) return undefined
        const wrapped = find.get(userId)
        if (wrapped === undefined) return undefined
        key = createSecretKey(unwrap(masterKey, wrapped, 'data key', userId))
      }
      keepNewest(recent, userId, key, CACHED_KEYS)
      last = { userId, key }
      return key
    },
    isErased(userId) {
      if (gone.has(userId)) return true
      const isErased = erased?.get(userId) === 1 || endsErased(userId)
      if (isErased) gone.add(userId)
      return isErased
    },
    forget(userId) {
      recent.delete(userId)
      gone.add(userId)
      if (last?.userId === userId) last = undefined
    },
  }
}

/** False of a vault that was made before anybody could be erased, and is only read. */
export function knowsErasures(vault: Database): boolean {
  return vault.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'erasures'").get() !== undefined
}
