import type { KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { OnProgress, RotatedKeys } from '../../application/audit.ts'
import { createAppending } from './append.ts'
import { catchUp } from './catch-up.ts'
import { CHECKPOINT_EVENTS, createCheckpoints, publishedPair, publishKeys } from './checkpoints.ts'
import { createErasing, type Erasing, type ErasingParts, reopenErasures } from './erasing.ts'
import { createGroupCommit, createVaultCommit, type Outcome } from './group-commit.ts'
import { createIdempotency } from './idempotency.ts'
import {
  keyPairs,
  makeKeyPair,
  makeSecret,
  removeReplacedTokenKeys,
  secretOf,
  secretPurposes,
} from './key-pairs.ts'
import { openLog, userStream } from './log-file.ts'
import { createLogins } from './logins.ts'
import { keepCheckValue } from './master-key.ts'
import { hasRows } from './open-file.ts'
import { createRotation } from './rotation.ts'
import { startViews } from './start-views.ts'
import { createSwitching, type OpenViews, opened } from './switching.ts'
import { refuseUnfinishedRestore, removeUnfinishedCopies } from './unfinished-restore.ts'
import { UnusableData } from './unusable-data.ts'
import { createKeyring, openVault, vaultFileName } from './vault.ts'
import type { View, ViewEvent } from './views.ts'
import { removeViewsBefore, uniqueRefusal } from './views-file.ts'
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
  /** Nobody can read any more what this person did, and no memory may hold it. */
  onErased?: ErasingParts['onErased']
  /** Called between the steps of an erasure. */
  onErasureStep?: ErasingParts['onStep']
}

export type Writer = {
  /** At most 64 of them, in one transaction. */
  append: (commands: readonly AppendCommand[], now: number) => Outcome<AppendResult>[]
  keep: (commands: readonly VaultCommand[], now: number) => Outcome<VaultResult>[]
  erasing: Erasing
  rotateKeys: (now: number) => RotatedKeys
  /** Folded by other versions of the views, which wait to be built anew. */
  outdated: boolean
  /** Comes nearer to writing the newest views file; true once it does. Throws where it never will. */
  switchViews: () => boolean
  /** Nobody reads the views before these any more. */
  removeOldViews: () => void
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
  const { dataDir, masterKey, now, views, onProgress } = options
  const { onViewsBehind = nothing, onErased = nothing, onErasureStep = nothing } = options
  refuseUnfinishedRestore(dataDir)
  refuseLostFile(dataDir)
  removeUnfinishedCopies(dataDir)
  const files: Database[] = []
  const kept = (file: Database) => {
    files.push(file)
    return file
  }
  try {
    const vault = kept(openVault(dataDir))
    vault.transaction(() => furnish(vault, masterKey, new Date(now).toISOString())).immediate()
    const log = kept(openLog(dataDir))
    const signingKeys = keyPairs(vault, masterKey, 'checkpoint')
    log.transaction(() => publishKeys(log, signingKeys)).immediate()
    const keyring = createKeyring(vault, masterKey, log)
    const starting = { dataDir, logDb: log, keys: keyring, views, onProgress, onTrouble: onViewsBehind }
    const { db, outdated } = startViews({ ...starting, ahead: { masterKey } })
    let served = opened(kept(db), views)
    // Only now: beside a log that was cut, keys of people who are in it no more must not be destroyed.
    removeOrphans(vault, log)
    reopenErasures(vault, log, now)
    const idempotency = createIdempotency(log, secretOf(vault, masterKey, 'idempotency'), keyring).writing()
    const logins = createLogins(vault, masterKey)
    const checkpoints = createCheckpoints(log, publishedPair(log, signingKeys))
    const fold = (event: ViewEvent) => served.folding.fold(event)
    const { append, forget } = createAppending(log, fold, keyring, idempotency)
    const events = createGroupCommit({
      log,
      views: served,
      append,
      uniqueRefusal: (error) => uniqueRefusal(error, views),
      catchUp: () => catchUp(log, served.db, keyring, views),
      onUndone() {
        forget()
        served.folding.forget()
      },
      onViewsBehind,
    })
    const sign = (at: number) => {
      const { recordedAt } = events.tail()
      const clock = new Date(at).toISOString()
      checkpoints.sign(events.tail(), clock > recordedAt ? clock : recordedAt)
    }
    const erasing = createErasing({
      ...{ dataDir, vault, log, keyring, sign, onErased },
      views: () => served.db,
      append: events.commit,
      catchUpIfBehind: events.catchUpIfBehind,
      onStep: onErasureStep,
    })
    const switching = createSwitching({
      ...{ dataDir, log, keys: keyring, views },
      serving: () => served.db,
      onLevel(next: OpenViews) {
        events.switchTo(next)
        files[files.indexOf(served.db)] = next.db
        served.db.close()
        served = next
      },
    })
    let purgedAt = Number.NEGATIVE_INFINITY
    return {
      append: events.commit,
      keep: createVaultCommit(vault, logins.carryOut),
      erasing,
      rotateKeys: createRotation({ vault, log, masterKey, checkpoints }),
      outdated,
      switchViews() {
        try {
          return switching.step()
        } catch (error) {
          switching.giveUp()
          throw error
        }
      },
      removeOldViews: () => removeViewsBefore(dataDir, served.db.name),
      tend(at) {
        if (checkpoints.unsigned(events.tail().position) >= CHECKPOINT_EVENTS) sign(at)
        if (at - purgedAt < PURGE_EVERY_MILLISECONDS) return
        purgedAt = at
        idempotency.purge(at)
        logins.removeExpired(at)
        removeReplacedTokenKeys(vault, at)
      },
      unsigned: () => checkpoints.unsigned(events.tail().position),
      sign,
      catchUpIfBehind: events.catchUpIfBehind,
      isBehind: events.isBehind,
      close(at) {
        switching.close()
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
  const events = hasRows(dataDir, 'log.db', 'events')
  const people = hasRows(dataDir, vaultFileName, 'subjects')
  if (events && people === undefined) {
    throw new UnusableData(
      `log.db holds events, but ${vaultFileName} is missing: without it they stay sealed.`,
    )
  }
  if (people && !events) {
    throw new UnusableData(
      `${vaultFileName} holds the keys of people, but log.db is missing or empty: put it back.`,
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
  for (const purpose of secretPurposes) {
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

function nothing() {}

function closeAll(files: readonly Database[]) {
  for (const file of files) file.close()
}
