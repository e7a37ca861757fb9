import type { Database } from 'better-sqlite3'
import type { RefusalCode } from '../../domain/refusal.ts'
import { refuse } from '../../domain/refusal.ts'
import { type Appending, type Tail, tailOf } from './append.ts'
import { createJointTransaction } from './joint-transaction.ts'
import type { AppendCommand, AppendResult, VaultCommand, VaultResult } from './writer-protocol.ts'

export const BATCH_COMMANDS = 64

export type Outcome<R> = { result: R } | { error: unknown }

/** A views file as it is written: `reached` marks in it how far it has come. */
export type WrittenViews = { db: Database; reached: (position: number, hash: Buffer) => void }

export type Parts = {
  log: Database
  views: WrittenViews
  append: Appending
  uniqueRefusal: (error: unknown) => RefusalCode | undefined
  /** Folds into the views what a failed commit left out of them. */
  catchUp: () => void
  /** What was written since the last commit is undone: nothing that is kept of it in memory holds. */
  onUndone: () => void
  onViewsBehind: (error: unknown) => void
}

type Landed = { outcomes: Outcome<AppendResult>[]; end: Tail }

/**
 * Commits a batch in one transaction of the log and one of the views. Few commands have to be undone alone:
 * where one must, the batch is done again, each command with a savepoint in both.
 */
export function createGroupCommit(parts: Parts) {
  const { log, views, append, uniqueRefusal, catchUp, onUndone, onViewsBehind } = parts
  const commitLog = log.prepare('COMMIT')
  const writing = ({ db, reached }: WrittenViews) => ({
    ...{ db, reached, commit: db.prepare('COMMIT') },
    transaction: createJointTransaction([log, db]),
  })
  let current = writing(views)
  let tail = tailOf(log)
  let behind = false

  function catchUpIfBehind() {
    if (!behind) return
    catchUp()
    onUndone()
    behind = false
  }

  /** Undefined where a command has to be undone. */
  function allTogether(commands: readonly AppendCommand[], now: number): Landed | undefined {
    let end = tail
    const outcomes: Outcome<AppendResult>[] = []
    try {
      for (const command of commands) {
        const { result, tail: after } = append(command, end, now)
        if ('lastPosition' in result) end = after
        else if (after.position > end.position) return undefined
        outcomes.push({ result })
      }
    } catch (error) {
      if (!current.transaction.stands()) throw error
      return undefined
    }
    return { outcomes, end }
  }

  function eachAlone(commands: readonly AppendCommand[], now: number): Landed {
    let end = tail
    const outcomes = commands.map((command) => {
      const attempted = attempt(command, end, now)
      end = attempted.tail
      return attempted.outcome
    })
    return { outcomes, end }
  }

  function attempt(
    command: AppendCommand,
    from: Tail,
    now: number,
  ): { outcome: Outcome<AppendResult>; tail: Tail } {
    const { transaction } = current
    try {
      transaction.savepoint()
      const { result, tail: after } = append(command, from, now)
      if (!('lastPosition' in result)) {
        transaction.undo()
        onUndone()
        return { outcome: { result }, tail: from }
      }
      transaction.release()
      return { outcome: { result }, tail: after }
    } catch (error) {
      if (!transaction.stands()) throw error
      transaction.undo()
      onUndone()
      const code = uniqueRefusal(error)
      const outcome = code === undefined ? { error } : { result: refuse(code, 'This is taken already.') }
      return { outcome, tail: from }
    }
  }

  function commitBoth(to: Tail) {
    try {
      commitLog.run()
    } catch (error) {
      // Only the file knows whether a commit that failed has landed.
      if (log.inTransaction) log.exec('ROLLBACK')
      if (!tailOf(log).hash.equals(to.hash)) throw error
    }
    tail = to
    try {
      current.commit.run()
    } catch (error) {
      // The events are in the log, so the writers have succeeded; the views catch up before the next batch.
      behind = true
      if (current.db.inTransaction) current.db.exec('ROLLBACK')
      onUndone()
      onViewsBehind(error)
    }
  }

  return {
    commit(commands: readonly AppendCommand[], now: number): Outcome<AppendResult>[] {
      const { transaction, reached } = current
      try {
        catchUpIfBehind()
        transaction.begin()
        let landed = allTogether(commands, now)
        if (landed === undefined) {
          transaction.rollBack()
          onUndone()
          transaction.begin()
          landed = eachAlone(commands, now)
        }
        const { outcomes, end } = landed
        if (end === tail) transaction.rollBack()
        else {
          reached(end.position, end.hash)
          commitBoth(end)
        }
        return outcomes
      } catch (error) {
        transaction.rollBack()
        onUndone()
        tail = tailOf(log)
        return commands.map(() => ({ error }))
      }
    },
    /** From now on these are written; they must be level with the log. */
    switchTo(next: WrittenViews) {
      current = writing(next)
      behind = false
    },
    catchUpIfBehind,
    isBehind: () => behind,
    tail: () => tail,
  }
}

/** The same for the vault, which is one file; its commands have no unique keys to refuse by. */
export function createVaultCommit(
  vault: Database,
  carryOut: (command: VaultCommand, now: number) => VaultResult,
) {
  const transaction = createJointTransaction([vault])
  const commitVault = vault.prepare('COMMIT')

  function attempt(command: VaultCommand, now: number): Outcome<VaultResult> {
    try {
      transaction.savepoint()
      const result = carryOut(command, now)
      transaction.release()
      return { result }
    } catch (error) {
      if (!transaction.stands()) throw error
      transaction.undo()
      return { error }
    }
  }

  return (commands: readonly VaultCommand[], now: number): Outcome<VaultResult>[] => {
    try {
      transaction.begin()
      const outcomes = commands.map((command) => attempt(command, now))
      commitVault.run()
      return outcomes
    } catch (error) {
      transaction.rollBack()
      return commands.map(() => ({ error }))
    }
  }
}
