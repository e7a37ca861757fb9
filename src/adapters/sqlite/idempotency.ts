import { createHmac, type KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Remember } from '../../application/event-log.ts'
import type { SubjectKeys } from './read-log.ts'
import { lengthPrefixed, seal, unseal } from './sealing.ts'
import type { Keyring } from './vault.ts'
import type { ToRemember } from './writer-protocol.ts'

const REMEMBERED_MILLISECONDS = 24 * 60 * 60 * 1000

type Row = {
  keyHmac: Buffer
  requestHmac: Buffer
  first: number
  last: number
  outcome: Buffer
  createdAt: string
}

const columns = `key_hmac AS keyHmac, request_hmac AS requestHmac, first_position AS first,
  last_position AS last, outcome, created_at AS createdAt`

/** What an Idempotency-Key brought about: written in the transaction of its events, read by either thread. */
export function createIdempotency(log: Database, secret: KeyObject, keyring: Keyring) {
  const find = log.prepare<[number, Buffer], Row>(
    `SELECT ${columns} FROM idempotency WHERE user = ? AND key_hmac = ?`,
  )
  const hmac = (purpose: string, text: string) =>
    createHmac('sha256', secret)
      .update(lengthPrefixed([purpose, text]))
      .digest()
  const oldest = (now: number) => new Date(now - REMEMBERED_MILLISECONDS).toISOString()

  return {
    recall(user: number, { userId, key, request }: Omit<Remember, 'outcome'>, now: number) {
      const keyHmac = hmac('key', key)
      const row = find.get(user, keyHmac)
      if (row === undefined || row.createdAt <= oldest(now)) return undefined
      if (!row.requestHmac.equals(hmac('request', request))) return 'other request' as const
      const dataKey = keyring.subjectKey(userId)
      if (dataKey === undefined) throw new Error(`There is no key for ${userId}.`)
      const { outcome } = JSON.parse(unseal(dataKey, row.outcome, contextOf(userId, row)).toString())
      return { outcome: outcome as unknown }
    },
    /** Prepares the writing side; `remember` is false, and writes nothing, where the key already stands. */
    writing() {
      const insert = log.prepare(
        `INSERT INTO idempotency VALUES (:user, :keyHmac, :requestHmac, :first, :last, :outcome, :createdAt)
        ON CONFLICT (user, key_hmac) DO UPDATE SET request_hmac = excluded.request_hmac,
          first_position = excluded.first_position, last_position = excluded.last_position,
          outcome = excluded.outcome, created_at = excluded.created_at
        WHERE created_at <= :oldest`,
      )
      const purge = log.prepare('DELETE FROM idempotency WHERE created_at <= ?')
      return {
        remember(user: number, remember: ToRemember, first: number, last: number, now: number): boolean {
          const { userId, key, request } = remember
          const dataKey = keyring.subjectKey(userId)
          if (dataKey === undefined) throw new Error(`There is no key for ${userId}.`)
          const row = {
            keyHmac: hmac('key', key),
            requestHmac: hmac('request', request),
            first,
            last,
            createdAt: new Date(now).toISOString(),
          }
          const outcome = seal(dataKey, remember.outcome, contextOf(userId, row))
          const { changes } = insert.run({ ...row, user, outcome, oldest: oldest(now) })
          return changes === 1
        },
        purge: (now: number) => purge.run(oldest(now)).changes,
      }
    },
  }
}

/** Gives the first position of each remembered request that is not as it was written. */
export function* changedRequests(log: Database, keys: SubjectKeys): Generator<number> {
  const select = log.prepare<[], Row & { subject: string | null }>(
    `SELECT s.name AS subject, ${columns} FROM idempotency i LEFT JOIN streams s ON s.key = i.user`,
  )
  for (const row of select.iterate()) {
    const userId = row.subject?.replace(/^user-/, '') ?? ''
    try {
      const key = keys.subjectKey(userId)
      if (key !== undefined) unseal(key, row.outcome, contextOf(userId, row))
      // Of a person without a key the events tell.
      else if (!row.subject?.startsWith('user-')) yield row.first
    } catch {
      // Whatever it is that does not fit, it was changed.
      yield row.first
    }
  }
}

/** An outcome opens only in the very row that it was written into. */
function contextOf(userId: string, row: Omit<Row, 'outcome'>): Buffer {
  const { keyHmac, requestHmac, first, last, createdAt } = row
  return lengthPrefixed(['repledger outcome', userId, keyHmac, requestHmac, first, last, createdAt])
}
