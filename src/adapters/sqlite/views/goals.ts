import type { Database } from 'better-sqlite3'
import type { GoalReads, ListedGoal } from '../../../application/goals.ts'
import type { GoalDetails } from '../../../domain/goal/events.ts'
import { changed, type Goal, type Progressed } from '../../../domain/goal/goal.ts'
import type { DatedValue } from '../../../domain/goal/progress.ts'
import { countOf, quantityOf } from '../../../domain/goal/scale.ts'
import { forgetting, type View, type ViewEvent } from '../views.ts'
import { exerciseKey } from './exercises.ts'
import { entriesAndSets } from './set-rows.ts'
import { monday } from './total-triggers.ts'
import { userKey } from './users.ts'

/** What is wanted. What became of it is not kept: it follows from the sets, sessions and measurements. */
export const goalsView: View = {
  name: 'goals',
  version: 1,
  tables: `
    CREATE TABLE goal (
      key INTEGER PRIMARY KEY,
      user INTEGER NOT NULL,
      id TEXT NOT NULL,
      status TEXT NOT NULL,
      set_at TEXT NOT NULL,
      details TEXT NOT NULL,
      version INTEGER NOT NULL,
      UNIQUE (user, id)
    ) STRICT;
    CREATE INDEX goal_by_status ON goal (user, status, key);
    CREATE INDEX goal_by_user ON goal (user, key);
    CREATE TABLE goal_progress (
      goal INTEGER NOT NULL,
      position INTEGER NOT NULL,
      value REAL NOT NULL,
      notes TEXT,
      at TEXT NOT NULL,
      PRIMARY KEY (goal, position)
    ) STRICT, WITHOUT ROWID;
  `,
  unique: {},
  on(db) {
    const insert = db.prepare(`
      INSERT INTO goal (key, user, id, status, set_at, details, version)
      VALUES (?, ?, ?, 'pursued', ?, ?, ?)
    `)
    const detailsOf = db.prepare<[number], string>('SELECT details FROM goal WHERE key = ?').pluck()
    const change = db.prepare('UPDATE goal SET details = ?, version = ? WHERE key = ?')
    const move = db.prepare('UPDATE goal SET status = coalesce(?, status), version = ? WHERE key = ?')
    const progress = db.prepare(`
      INSERT INTO goal_progress (goal, position, value, notes, at) VALUES (?, ?, ?, ?, ?)
    `)
    const remove = db.prepare('DELETE FROM goal WHERE key = ?')
    const forget = db.prepare('DELETE FROM goal_progress WHERE goal = ?')
    const moved = ({ streamKey, version }: ViewEvent, status: Goal['status'] | null) =>
      void move.run(status, version, streamKey)
    return {
      GoalSet({ streamKey, subjectKey, version, data: { goalId, setAt, ...details } }) {
        insert.run(streamKey, subjectKey, goalId, setAt, JSON.stringify(details), version)
      },
      GoalChanged({ streamKey, version, data }) {
        const details = JSON.parse(detailsOf.get(streamKey) as string) as GoalDetails
        change.run(JSON.stringify(changed(details, data)), version, streamKey)
      },
      GoalProgressed(event) {
        const { value, notes = null, at } = event.data
        progress.run(event.streamKey, event.position, value, notes, at)
        moved(event, null)
      },
      GoalAbandoned: (event) => moved(event, 'abandoned'),
      GoalResumed: (event) => moved(event, 'pursued'),
      GoalDeleted({ streamKey }) {
        remove.run(streamKey)
        forget.run(streamKey)
      },
      UserErased: forgetting(
        db,
        'goal_progress WHERE goal IN (SELECT key FROM goal WHERE user = @user)',
        'goal WHERE user = @user',
      ),
    }
  },
}

/** The best set of an exercise on each day, no failed one; dated when the day first reached the target. */
function bestSets(column: string, [best, reaches]: readonly ['max', '>='] | readonly ['min', '<=']) {
  return `
    SELECT e.local_date AS date, ${best}(${column}) AS value,
      coalesce(min(iif(${column} ${reaches} @target, achieved_at, NULL)), min(achieved_at)) AS at
    FROM ${entriesAndSets}
    WHERE e.user = ${userKey} AND e.exercise = ${exerciseKey}
      AND counted = 1 AND ${column} IS NOT NULL AND coalesce(reps, 1) > 0
    GROUP BY e.local_date ORDER BY e.local_date`
}

const measured = `
    SELECT local_date AS date, measured_at AS at,
      coalesce(weight_micrograms, length_micrometers, value) AS value,
      coalesce(key < (SELECT key FROM goal WHERE user = ${userKey} AND id = @goalId), 1) AS stood
    FROM measurement
    WHERE user = ${userKey} AND kind = @kind
      AND (unit = @unit OR coalesce(weight_micrograms, length_micrometers) IS NOT NULL)
    ORDER BY measured_at, key`

const finishedSessions = `
    SELECT local_date AS date, finished_at AS at, sum(count) OVER (
      PARTITION BY ${monday('session')} ORDER BY local_date, started_at, key
    ) AS value
    FROM session WHERE user = ${userKey} AND status = 'finished'
    ORDER BY local_date, started_at, key`

export function goalQueries(db: Database): GoalReads {
  const position = db
    .prepare<object, number>(`SELECT position FROM user_position WHERE user = ${userKey}`)
    .pluck()
  const listing = (condition: string) =>
    db.prepare<object, Row>(`
      SELECT key, id, status, set_at AS setAt, details, version FROM goal
      WHERE user = ${userKey} AND ${condition} key < @after ORDER BY key DESC LIMIT @limit`)
  const all = listing('')
  const ofStatus = listing('status = @status AND')
  const progressOf = db.prepare<[number], { value: number; notes: string | null; at: string }>(
    'SELECT value, notes, at FROM goal_progress WHERE goal = ? ORDER BY position',
  )
  const bestsBy = (column: string) => ({
    up: db.prepare<object, DatedValue>(bestSets(column, ['max', '>='])),
    down: db.prepare<object, DatedValue>(bestSets(column, ['min', '<='])),
  })
  const bests = {
    reps: bestsBy('reps'),
    weight: bestsBy('weight_micrograms'),
    durationSeconds: bestsBy('duration_seconds'),
    distance: bestsBy('distance_millimeters'),
  }
  const measurements = db.prepare<object, MeasuredRow>(measured)
  const sessions = db.prepare<object, DatedValue>(finishedSessions)

  function goalOf({ key, id, status, setAt, details, version }: Row): ListedGoal {
    const progress = progressOf
      .all(key)
      .map(({ value, notes, at }): Progressed => ({ value, ...(notes !== null && { notes }), at }))
    return { key, status, goalId: id, setAt, details: JSON.parse(details), progress, version }
  }

  return {
    lastPosition: async (userId) => position.get({ userId }) ?? 0,
    async list(userId, status, limit, after = Number.MAX_SAFE_INTEGER) {
      const statement = status === undefined ? all : ofStatus
      return statement.all({ userId, status, limit, after }).map(goalOf)
    },
    async values(userId, goalId, details) {
      const { kind, exerciseId = null, measurementKind = null, unit, direction = 'up' } = details
      if (kind === 'frequency') return sessions.all({ userId })
      const quantity = quantityOf[kind]
      if (quantity !== undefined) {
        const target = countOf(details.target, details)
        return bests[quantity][direction].all({ userId, exerciseId, target })
      }
      const followed = kind === 'body-weight' ? 'weight' : measurementKind
      return measurements
        .all({ userId, goalId, kind: followed, unit })
        .map(({ stood, ...value }) => ({ ...value, stood: stood === 1 }))
    },
  }
}

type MeasuredRow = { date: string; at: string; value: number; stood: number }
type Row = Pick<ListedGoal, 'key' | 'status' | 'setAt' | 'version'> & { id: string; details: string }
