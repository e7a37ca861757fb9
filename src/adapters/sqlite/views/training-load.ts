import type { Database } from 'better-sqlite3'
import type { LoadReads } from '../../../application/training-load.ts'
import type { EffortTime } from '../../../domain/statistics/training-load.ts'
import { userKey } from './users.ts'

/** Asked of the rows of sessions: there are few enough of them in a range of days. */
export function loadQueries(db: Database): LoadReads {
  const rated = `user = ${userKey} AND status = 'finished'
      AND effort IS NOT NULL AND duration_seconds > 0`
  // No local date is further from the instant's own than a day, so the index of instants serves both.
  const times = db.prepare<object, EffortTime>(`
    SELECT local_date AS date, effort, sum(duration_seconds) AS seconds FROM session
    WHERE ${rated} AND started_at BETWEEN date(@from, '-1 day') AND date(@to, '+2 days')
      AND local_date BETWEEN @from AND @to
    GROUP BY local_date, effort
  `)
  const first = db
    .prepare<object, string | null>(`SELECT min(local_date) FROM session WHERE ${rated}`)
    .pluck()
  return {
    times: async (userId, from, to) => times.all({ userId, from, to }),
    first: async (userId) => first.get({ userId }) ?? undefined,
  }
}
