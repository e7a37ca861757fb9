import type { Database } from 'better-sqlite3'
import type { ClassicReads } from '../../../application/classic.ts'
import { forgetting, type View } from '../views.ts'
import { userKey } from './users.ts'

/** From where on workouts count for classic clients, and from what on; all else is in `session`. */
export const classicView: View = {
  name: 'classic',
  version: 1,
  tables: `
    CREATE TABLE classic_counts (
      user INTEGER PRIMARY KEY,
      -- Positions in the log: of the creation or clearing, and of the clearing.
      counted_since INTEGER NOT NULL,
      popular_since INTEGER NOT NULL,
      easy INTEGER NOT NULL,
      average INTEGER NOT NULL,
      heavy INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX session_by_finish ON session
      (user, finished_position, finished_at, count, plan, effort, easy, average, heavy)
    WHERE status = 'finished';
  `,
  unique: {},
  on(db) {
    const begin = db.prepare(`
      INSERT INTO classic_counts (user, counted_since, popular_since, easy, average, heavy)
      VALUES (@user, @position, @popularSince, @easy, @average, @heavy)
      ON CONFLICT (user) DO UPDATE SET counted_since = excluded.counted_since,
        popular_since = max(popular_since, excluded.popular_since),
        easy = excluded.easy, average = excluded.average, heavy = excluded.heavy
    `)
    return {
      ClassicStatisticsCreated({ streamKey: user, position, data: { easy, average, heavy } }) {
        begin.run({ user, position, popularSince: 0, easy, average, heavy })
      },
      ClassicCountsCleared({ streamKey: user, position }) {
        begin.run({ user, position, popularSince: position, easy: 0, average: 0, heavy: 0 })
      },
      UserErased: forgetting(db, 'classic_counts WHERE user = @user'),
    }
  },
}

const finished = `session s WHERE s.user = ${userKey} AND s.status = 'finished'`

function begun(column: string) {
  return `coalesce((SELECT ${column} FROM classic_counts WHERE user = ${userKey}), 0)`
}

/** A report says how many of each effort; any other session is one of its own effort. */
function countedOf(effort: string) {
  return `${begun(effort)} + coalesce(sum(coalesce(s.${effort}, s.effort IS '${effort}')), 0) AS ${effort}`
}

export function classicQueries(db: Database): ClassicReads {
  const exists = db
    .prepare<object, 0 | 1>(`
      SELECT EXISTS (SELECT 1 FROM classic_counts WHERE user = ${userKey})
        OR EXISTS (SELECT 1 FROM ${finished})
    `)
    .pluck()
  const counts = db.prepare<object, { easy: number; average: number; heavy: number }>(`
    SELECT ${['easy', 'average', 'heavy'].map(countedOf).join(', ')}
    FROM ${finished} AND s.finished_position > ${begun('counted_since')}
  `)
  const popular = db
    .prepare<object, number>(`
      SELECT p.number FROM (
        SELECT s.plan, sum(s.count) AS times, max(s.finished_at) AS done, max(s.finished_position) AS told
        FROM ${finished} AND s.finished_position > ${begun('popular_since')} AND s.plan IS NOT NULL
        GROUP BY s.plan
      ) JOIN plan p ON p.user = ${userKey} AND p.id = plan
      ORDER BY times DESC, done DESC, told DESC LIMIT 1
    `)
    .pluck()
  return {
    exist: async (userId) => exists.get({ userId }) === 1,
    counts: async (userId) => counts.get({ userId }) as { easy: number; average: number; heavy: number },
    mostPopularWorkout: async (userId) => popular.get({ userId }) ?? null,
  }
}
