import type { KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { OnProgress } from '../../application/audit.ts'
import { createAppending } from './append.ts'
import { catchUp } from './catch-up.ts'
import { CHECKPOINT_EVENTS, createCheckpoints, publishKeys } from './checkpoints.ts'
import { createGroupCommit, createVaultCommit, type Outcome } from './group-commit.ts'
import { createIdempotency } from './idempotency.ts'
import { keyPairs, makeKeyPair, makeSecret, secretOf } from './key-pairs.ts'
import { openLog, userStream } from './log-file.ts'
import { createLogins } from './logins.ts'
import { keepCheckValue } from './master-key.ts'
import { rowsIn } from './open-file.ts'
import { startViews } from './rebuild.ts'
import { UnusableData } from './unusable-data.ts'
import { createKeyring, openVault, vaultFileName } from './vault.ts'
import type { View } from './views.ts'
import { createFolding, uniqueRefusal } from './views-file.ts'
import type { AppendCommand, AppendResult, VaultCommand, VaultResult } from './writer-protocol.ts'

const PURGE_EVERY_MILLISECONDS = 10 * 60 * 1000

export type WriterOptions = {
  dataDir: string
  masterKey: KeyObject
  /** The time of the start. */
  now: number
  views: readonly View[]
  onProgress?: OnProgress
  onViewsBehind?: (error: unknown) => void
}

export type Writer = {
  /** At most 64 of them, in one transaction. */
  append: (commands: readonly AppendCommand[], now: number) => Outcome<AppendResult>[]
  keep: (commands: readonly VaultCommand[], now: number) => Outcome<VaultResult>[]
  /** Signs when enough stands unsigned, and forgets what is old. */
  tend: (now: number) => void
  unsigned: () => number
  sign: (now: number) => void
  catchUpIfBehind: () => void
  isBehind: () => boolean
  close: (now: number) => void
}

/** Opens the three files for writing, brings them level, and is then the only one that writes them. */
export function openWriter(options: WriterOptions): Writer {
  const { dataDir, masterKey, now, views, onProgress, onViewsBehind = () => {} } = options
  refuseLostFile(dataDir)
  const files: Database[] = []
  const opened = (file: Database) => {
    files.push(file)
    return file
  }
  try {
    const vault = opened(openVault(dataDir))
    vault.transaction(() => furnish(vault, masterKey, new Date(now).toISOString())).immediate()
    const log = opened(openLog(dataDir))
    const signingKeys = keyPairs(vault, masterKey, 'checkpoint')
    log.transaction(() => publishKeys(log, signingKeys)).immediate()
    const keyring = createKeyring(vault, masterKey)
    const viewsDb = opened(startViews({ dataDir, logDb: log, keys: keyring, views, onProgress }))
    // Only now: beside a log that was cut, keys of people who are in it no more must not be destroyed.
    removeOrphans(vault, log)
    const folding = createFolding(viewsDb, views)
    const idempotency = createIdempotency(log, secretOf(vault, masterKey, 'idempotency'), keyring).writing()
    const logins = createLogins(vault, masterKey)
    const [signingKey] = signingKeys
    if (signingKey === undefined) throw new Error('The vault holds no key to sign checkpoints with.')
    const checkpoints = createCheckpoints(log, signingKey)
    const events = createGroupCommit({
      log,
      views: viewsDb,
      append: createAppending(log, folding.fold, keyring, idempotency),
      reached: folding.reached,
      uniqueRefusal: (error) => uniqueRefusal(error, views),
      catchUp: () => catchUp(log, viewsDb, keyring, views),
      onViewsBehind,
    })
    const sign = (at: number) => {
      const { recordedAt } = events.tail()
      const clock = new Date(at).toISOString()
      checkpoints.sign(events.tail(), clock > recordedAt ? clock : recordedAt)
    }
    let purgedAt = Number.NEGATIVE_INFINITY
    return {
      append: events.commit,
      keep: createVaultCommit(vault, logins.carryOut),
      tend(at) {
        if (checkpoints.unsigned(events.tail().position) >= CHECKPOINT_EVENTS) sign(at)
        if (at - purgedAt < PURGE_EVERY_MILLISECONDS) return
        purgedAt = at
        idempotency.purge(at)
        logins.removeExpired(at)
      },
      unsigned: () => checkpoints.unsigned(events.tail().position),
      sign,
      catchUpIfBehind: events.catchUpIfBehind,
      isBehind: events.isBehind,
      close(at) {
        try {
          sign(at)
          for (const file of files) file.pragma('wal_checkpoint(TRUNCATE)')
        } finally {
          closeAll(files)
        }
      },
    }
  } catch (error) {
    closeAll(files)
    throw error
  }
}

/**
 * The log and the vault come and go together: a start beside one of them alone would make the other anew, and
 * then take the keys of people whom the log does not know for orphans.
 */
function refuseLostFile(dataDir: string) {
  const events = rowsIn(dataDir, 'log.db', 'events')
  const people = rowsIn(dataDir, vaultFileName, 'subjects')
  if (events && people === undefined) {
    throw new UnusableData(
      `log.db holds ${events} events, but ${vaultFileName} is missing: without it they stay sealed.`,
    )
  }
  if (people && !events) {
    throw new UnusableData(
      `${vaultFileName} holds the keys of ${people} people, but log.db is missing or empty: put it back.`,
    )
  }
}

/** What a vault needs before its first use; each part is made once. */
function furnish(vault: Database, masterKey: KeyObject, at: string) {
  keepCheckValue(vault, masterKey)
  for (const purpose of ['checkpoint', 'token'] as const) {
    if (keyPairs(vault, masterKey, purpose).length === 0) makeKeyPair(vault, masterKey, purpose, at)
  }
  const secret = vault.prepare<[string], 1>('SELECT 1 FROM secrets WHERE purpose = ?')
  for (const purpose of ['idempotency', 'classic id']) {
    if (secret.get(purpose) === undefined) makeSecret(vault, masterKey, purpose)
  }
}

/**
 * A person whose first event never came has a key and no stream; nothing is sealed with that key. Whoever has
 * logged in was in the log: where they are not, an older copy of it was put back, and their keys stay.
 */
function removeOrphans(vault: Database, log: Database) {
  const known = log.prepare<[string], 1>('SELECT 1 FROM streams WHERE name = ?')
  const remove = vault.prepare('DELETE FROM subjects WHERE user_id = ?')
  const select = 'SELECT user_id FROM subjects WHERE user_id NOT IN (SELECT user_id FROM logins)'
  const all = vault.prepare<[], string>(select).pluck().all()
  vault
    .transaction(() => {
      for (const userId of all) if (known.get(userStream(userId)) === undefined) remove.run(userId)
    })
    .immediate()
}

function closeAll(files: readonly Database[]) {
  for (const file of files) file.close()
}
