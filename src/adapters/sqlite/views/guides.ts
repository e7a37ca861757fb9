import type { Database } from 'better-sqlite3'
import type { GuideReads } from '../../../application/guides.ts'
import { exerciseKey } from './exercises.ts'
import { userKey } from './users.ts'

type LastSession = { key: number; exercise: number; sessionId: string; localDate: string }

/** What guides ask of the sessions that were before. */
export function guideQueries(db: Database): GuideReads {
  // Local dates lead, as the index of entries has them: however long the history, one day of it is sorted.
  const last = db.prepare<object, LastSession>(`
    SELECT x.key, e.exercise, x.id AS sessionId, x.local_date AS localDate
    FROM session_entry e CROSS JOIN session x ON x.key = e.session
    WHERE e.user = ${userKey} AND e.exercise = ${exerciseKey}
      AND x.started_at < @startedAt AND x.status <> 'discarded'
      AND EXISTS (SELECT 1 FROM session_set s WHERE s.session = e.session AND s.entry = e.entry)
    ORDER BY e.local_date DESC, x.started_at DESC, x.key DESC LIMIT 1
  `)
  const setsOf = db
    .prepare<[number, number], string>(
      'SELECT facts FROM session_set WHERE session = ? AND exercise = ? ORDER BY key',
    )
    .pluck()
  return {
    async lastTime(userId, exerciseId, startedAt) {
      const found = last.get({ userId, exerciseId, startedAt })
      if (found === undefined) return undefined
      const { key, exercise, ...where } = found
      return { ...where, sets: setsOf.all(key, exercise).map((facts) => JSON.parse(facts)) }
    },
  }
}
