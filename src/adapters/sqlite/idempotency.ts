import { createHmac, type KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { Remember } from '../../application/event-log.ts'
import { lengthPrefixed, seal, unseal } from './sealing.ts'
import type { Keyring } from './vault.ts'
import type { ToRemember } from './writer-protocol.ts'

const REMEMBERED_MILLISECONDS = 24 * 60 * 60 * 1000

type Row = { requestHmac: Buffer; outcome: Buffer; createdAt: string }

/** What an Idempotency-Key brought about: written in the transaction of its events, read by either thread. */
export function createIdempotency(log: Database, secret: KeyObject, keyring: Keyring) {
  const find = log.prepare<[number, Buffer], Row>(
    `SELECT request_hmac AS requestHmac, outcome, created_at AS createdAt
    FROM idempotency WHERE user = ? AND key_hmac = ?`,
  )
  const hmac = (purpose: string, text: string) =>
    createHmac('sha256', secret)
      .update(lengthPrefixed([purpose, text]))
      .digest()
  const contextOf = (userId: string, key: Buffer) => lengthPrefixed(['repledger outcome', userId, key])
  const oldest = (now: number) => new Date(now - REMEMBERED_MILLISECONDS).toISOString()

  return {
    recall(user: number, { userId, key, request }: Omit<Remember, 'outcome'>, now: number) {
      const keyHmac = hmac('key', key)
      const row = find.get(user, keyHmac)
      if (row === undefined || row.createdAt <= oldest(now)) return undefined
      if (!row.requestHmac.equals(hmac('request', request))) return 'other request' as const
      const dataKey = keyring.subjectKey(userId)
      if (dataKey === undefined) throw new Error(`There is no key for ${userId}.`)
      const { outcome } = JSON.parse(unseal(dataKey, row.outcome, contextOf(userId, keyHmac)).toString())
      return { outcome: outcome as unknown }
    },
    /** Prepares the writing side; `remember` is false, and writes nothing, where the key already stands. */
    writing() {
      const insert = log.prepare(
        `INSERT INTO idempotency VALUES (:user, :key, :request, :first, :last, :outcome, :now)
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
          const keyHmac = hmac('key', key)
          const { changes } = insert.run({
            user,
            key: keyHmac,
            request: hmac('request', request),
            first,
            last,
            outcome: seal(dataKey, remember.outcome, contextOf(userId, keyHmac)),
            now: new Date(now).toISOString(),
            oldest: oldest(now),
          })
          return changes === 1
        },
        purge: (now: number) => purge.run(oldest(now)).changes,
      }
    },
  }
}
