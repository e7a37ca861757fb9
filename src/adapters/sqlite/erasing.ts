import type { Database } from 'better-sqlite3'
import type { Outcome } from './group-commit.ts'
import { lastOfPerson, userStream } from './log-file.ts'
import type { Keyring } from './vault.ts'
import { removeHalfBuilt } from './views-file.ts'
import type { AppendCommand, AppendResult, EraseCommand } from './writer-protocol.ts'

export type ErasureStep = 'asked' | 'appended' | 'destroyed' | 'forgotten' | 'rewritten' | 'truncated'

export type Erasing = {
  /** Goes as far as it can now; true when nothing of the person is left. Throws what a file refuses. */
  erase: (command: EraseCommand, now: number) => boolean
  /** Goes on with what was begun, in an earlier life too. */
  goOn: (now: number) => void
  /** How many people are not erased to the end yet. */
  unfinished: () => number
}

export type ErasingParts = {
  dataDir: string
  vault: Database
  log: Database
  /** The file that serves now. */
  views: () => Database
  keyring: Keyring
  append: (commands: readonly AppendCommand[], now: number) => Outcome<AppendResult>[]
  /** Throws where the views cannot be brought level with the log. */
  catchUpIfBehind: () => void
  sign: (now: number) => void
  /** From here on the person must be in no memory either; `ended` are their logins. */
  onErased: (userId: string, ended: readonly string[]) => void
  onStep: (step: ErasureStep) => void
}

type Row = { userId: string; askedAt: string }

const BUSY_MILLISECONDS = 20
const resumption = JSON.stringify({ actor: 'system', commandId: 'erasure', correlationId: 'erasure' })

/**
 * Erases people step by step, each of which may be done again: whatever stops it, the next life goes on from
 * the row that stands in the vault from the first step to the last, and for ever after.
 */
export function createErasing(parts: ErasingParts): Erasing {
  const { dataDir, vault, log, views, keyring, append, catchUpIfBehind, sign, onErased, onStep } = parts
  const insert = vault.prepare('INSERT OR IGNORE INTO erasures VALUES (?, ?, NULL)')
  const finish = vault.prepare('UPDATE erasures SET done_at = ? WHERE user_id = ?')
  const loginsOf = vault
    .prepare<{ userId: string }, string>(
      `SELECT login_id FROM logins WHERE user_id = @userId
      UNION ALL SELECT token_id FROM access_tokens WHERE user_id = @userId`,
    )
    .pluck()
  const removeSubject = vault.prepare('DELETE FROM subjects WHERE user_id = ?')
  const lastOf = lastOfPerson(log)
  const forgetRequests = log.prepare(
    'DELETE FROM idempotency WHERE user = (SELECT key FROM streams WHERE name = ?)',
  )
  const destroy = vault.transaction((userId: string) => {
    const ended = loginsOf.all({ userId })
    removeSubject.run(userId)
    return ended
  })
  const unfinished = new Map(
    vault
      .prepare<[], Row>('SELECT user_id AS userId, asked_at AS askedAt FROM erasures WHERE done_at IS NULL')
      .all()
      .map((row) => [row.userId, row]),
  )
  /** Those of them of whom only bytes may be left. */
  const takenOut = new Set<string>()
  let rewritten = false

  function appendLast({ userId, askedAt }: Row, metadata: string, now: number) {
    const before = lastOf(userId)
    if (before === undefined || before === 'UserErased') return
    const events = [{ type: 'UserErased' as const, body: JSON.stringify({ erasedAt: askedAt }) }]
    const last = { stream: userStream(userId), subject: undefined, expected: 'any' as const, events }
    const [outcome] = append([{ kind: 'append', appends: [last], metadata, remember: undefined }], now)
    if (outcome !== undefined && 'error' in outcome) throw outcome.error
  }

  /** After this nobody can read what the person did, though bytes of it may still lie about. */
  function takeOut(row: Row, metadata: string, now: number) {
    const { userId } = row
    keyring.forget(userId)
    appendLast(row, metadata, now)
    catchUpIfBehind()
    onStep('appended')
    const ended = destroy.immediate(userId)
    onStep('destroyed')
    forgetRequests.run(userStream(userId))
    onErased(userId, ended)
    onStep('forgotten')
    takenOut.add(userId)
    rewritten = false
  }

  /** False while another process still reads what the files were. */
  function sweep(now: number): boolean {
    if (!rewritten) {
      removeHalfBuilt(dataDir, views().name)
      // Pages that were split keep copies of rows in their gaps, which deleting the rows does not reach.
      for (const file of [vault, views()]) file.exec('VACUUM')
      rewritten = true
      onStep('rewritten')
    }
    if (![log, views(), vault].map(truncated).every(Boolean)) return false
    onStep('truncated')
    sign(now)
    const doneAt = new Date(now).toISOString()
    for (const userId of takenOut) {
      finish.run(doneAt, userId)
      unfinished.delete(userId)
    }
    takenOut.clear()
    return true
  }

  return {
    erase({ userId, askedAt, metadata }, now) {
      if (insert.run(userId, askedAt).changes === 1) unfinished.set(userId, { userId, askedAt })
      const row = unfinished.get(userId)
      if (row === undefined) return true
      onStep('asked')
      if (!takenOut.has(userId)) takeOut(row, metadata, now)
      return sweep(now)
    },
    goOn(now) {
      for (const row of unfinished.values()) if (!takenOut.has(row.userId)) takeOut(row, resumption, now)
      if (takenOut.size > 0) sweep(now)
    },
    unfinished: () => unfinished.size,
  }
}

/**
 * Reopens erasures that a file put back from an older copy knows nothing of: a log that goes on after it, a
 * vault that has the key again.
 */
export function reopenErasures(vault: Database, log: Database, now: number) {
  const done = vault.prepare<[], string>('SELECT user_id FROM erasures WHERE done_at IS NOT NULL').pluck()
  const people = vault.prepare<[], string>('SELECT user_id FROM subjects').pluck()
  const lastOf = lastOfPerson(log)
  const reopen = vault.prepare(
    `INSERT INTO erasures VALUES (?, ?, NULL) ON CONFLICT (user_id) DO UPDATE SET done_at = NULL`,
  )
  const lacking = done.all().filter((userId) => (lastOf(userId) ?? 'UserErased') !== 'UserErased')
  const revived = people.all().filter((userId) => lastOf(userId) === 'UserErased')
  const at = new Date(now).toISOString()
  const reopenAll = vault.transaction(() => {
    for (const userId of [...lacking, ...revived]) reopen.run(userId, at)
  })
  if (lacking.length + revived.length > 0) reopenAll.immediate()
}

/** Empties the write-ahead log of a file into it; false while somebody reads from there. */
export function truncated(file: Database): boolean {
  const patience = file.pragma('busy_timeout', { simple: true })
  file.pragma(`busy_timeout = ${BUSY_MILLISECONDS}`)
  try {
    const [found] = file.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    return found?.busy === 0
  } finally {
    file.pragma(`busy_timeout = ${patience}`)
  }
}
