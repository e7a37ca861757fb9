import type { Database } from 'better-sqlite3'
import type { LoggedSet, NamedBest, RecordReads, SessionStanding } from '../../../application/records.ts'
import type { Best } from '../../../domain/statistics/records.ts'
import { forgetting, type View } from '../views.ts'
import { bodyWeightIn } from './body-weights.ts'
import { exerciseKey } from './exercises.ts'
import { bestColumns, countedColumns, recordKeeping, setJoins } from './record-keeping.ts'
import { entriesAndSets } from './set-rows.ts'
import { userKey } from './users.ts'

const setColumns = `key, session, entry, user, exercise, local_date, achieved_at, counted, reps,
    weight_micrograms, load_micrograms, volume, duration_seconds, distance_millimeters`
const setBefore = setColumns.replaceAll(/\w+/g, 'OLD.$&')
const setDiffers = setColumns
  .split(/,\s+/)
  .map((column) => `OLD.${column} IS NOT NEW.${column}`)
  .join(' OR ')

export const recordsView: View = {
  name: 'records',
  version: 1,
  tables: `
    CREATE TABLE record (
      user INTEGER NOT NULL,
      exercise INTEGER NOT NULL,
      kind TEXT NOT NULL,
      formula TEXT NOT NULL,
      reps INTEGER NOT NULL,
      value REAL NOT NULL,
      set_key INTEGER NOT NULL,
      session INTEGER NOT NULL,
      local_date TEXT NOT NULL,
      achieved_at TEXT NOT NULL,
      previous REAL,
      PRIMARY KEY (user, exercise, kind, formula, reps)
    ) STRICT, WITHOUT ROWID;
    -- Sets that the event at hand has changed or deleted, as they were before it; empty between events.
    CREATE TABLE set_before (
      key INTEGER PRIMARY KEY, session INTEGER, entry INTEGER, user INTEGER, exercise INTEGER,
      local_date TEXT, achieved_at TEXT, counted INTEGER, reps INTEGER, weight_micrograms INTEGER,
      load_micrograms INTEGER, volume INTEGER, duration_seconds INTEGER, distance_millimeters INTEGER
    ) STRICT;
    CREATE TRIGGER set_changed_keeps_before AFTER UPDATE ON session_set
    WHEN (OLD.counted = 1 OR NEW.counted = 1) AND (${setDiffers}) BEGIN
      INSERT OR IGNORE INTO set_before (${setColumns}) VALUES (${setBefore});
    END;
    CREATE TRIGGER set_removed_keeps_before AFTER DELETE ON session_set WHEN OLD.counted = 1 BEGIN
      INSERT OR IGNORE INTO set_before (${setColumns}) VALUES (${setBefore});
    END;
  `,
  unique: {},
  on(db) {
    const { enter, settle, move, weighAgain, forget } = recordKeeping(db)
    const erase = forgetting(db, 'set_before WHERE user = @user', 'record WHERE user = @user')
    return {
      SessionStarted: enter,
      SessionLogged: enter,
      SetLogged: enter,
      SetCorrected: settle,
      SetDeleted: settle,
      SessionChanged(event) {
        const { startedAt, localDate } = event.data
        if (startedAt === undefined && localDate === undefined) settle(event)
        else move(event)
      },
      SessionDiscarded: settle,
      SessionRestored: settle,
      MeasurementTaken: weighAgain,
      MeasurementCorrected: weighAgain,
      MeasurementDeleted: weighAgain,
      UserErased(event) {
        erase(event)
        forget(event.streamKey)
      },
      forget,
    }
  },
  atOnce: (db) => ({ on: {}, fill: recordKeeping(db).rebuildAll }),
}

// As it was called in that session.
const exerciseName = "e.facts ->> 'exerciseName' AS exerciseName"

export function recordQueries(db: Database): RecordReads {
  const list = (exercise: string) =>
    db.prepare<unknown[], NamedBest>(`
      SELECT ${bestColumns}, r.exerciseId, ${exerciseName}, x.id AS sessionId, s.id AS setId
      FROM (
        SELECT r.*, e.id AS exerciseId FROM record r JOIN exercise e ON e.key = r.exercise
        WHERE r.user = ${userKey} AND ${exercise} AND r.formula IN ('', @formula)
          AND (e.id, r.kind, r.reps) > (@afterExercise, @afterKind, @afterReps)
        ORDER BY e.id, r.kind, r.reps LIMIT @limit
      ) r
      JOIN session_set s ON s.key = r.set_key ${setJoins}
      ORDER BY r.exerciseId, r.kind, r.reps
    `)
  const listAll = list('true')
  const listExercise = list(`r.exercise = ${exerciseKey}`)
  const bests = db.prepare<unknown[], Best>(`
    SELECT ${bestColumns} FROM record r WHERE r.user = ${userKey} AND r.exercise = ${exerciseKey}
  `)
  const exercises = db
    .prepare<unknown[], string>(`
      SELECT e.id FROM exercise_total t JOIN exercise e ON e.key = t.exercise
      WHERE t.user = ${userKey} AND e.id >= @exerciseId ORDER BY e.id
    `)
    .pluck()
  // From exercise to exercise by index: an index over all sets of a user by date would be one more to keep.
  const sets = (exercise: string) =>
    db.prepare<unknown[], LoggedSet>(`
      SELECT ${countedColumns}, n.id AS exerciseId, ${exerciseName}, x.id AS sessionId, s.id AS setId
      FROM exercise_total t
      CROSS JOIN ${entriesAndSets}
      CROSS JOIN session x ON x.key = s.session
      JOIN exercise n ON n.key = t.exercise
      WHERE t.user = ${userKey} AND ${exercise} AND s.counted = 1
        AND e.user = t.user AND e.exercise = t.exercise
        AND e.local_date BETWEEN coalesce(@from, '') AND coalesce(@to, '9999-12-31')
    `)
  const setsOfAll = sets('true')
  const setsOfExercise = sets(`t.exercise = ${exerciseKey}`)
  const standing = db.prepare<unknown[], Omit<SessionStanding, 'volume'> & { volume: string }>(`
    SELECT x.key AS session, x.started_at AS startedAt, x.local_date AS localDate,
      ${bodyWeightIn('x')} AS bodyWeightMicrograms, coalesce((
      SELECT CAST(volume_kilograms * 1000000000 + volume_micrograms AS TEXT) FROM exercise_session t
      WHERE t.user = x.user AND t.exercise = ${exerciseKey} AND t.local_date = x.local_date
        AND t.session = x.key
    ), '0') AS volume
    FROM session x WHERE x.user = ${userKey} AND x.id = @sessionId
  `)
  return {
    async list(userId, { exerciseId, formula }, limit, after) {
      const place = {
        afterExercise: after?.exerciseId ?? '',
        afterKind: after?.kind ?? '',
        afterReps: after?.reps ?? 0,
      }
      const statement = exerciseId === undefined ? listAll : listExercise
      return statement.all({ userId, exerciseId: exerciseId ?? null, formula, limit, ...place })
    },
    bestsOf: async (userId, exerciseId) => bests.all({ userId, exerciseId }),
    exercisesFrom: async (userId, exerciseId) => exercises.all({ userId, exerciseId }),
    async countedSets(userId, exerciseId, { from, to }) {
      const statement = exerciseId === undefined ? setsOfAll : setsOfExercise
      return statement.all({ userId, exerciseId: exerciseId ?? null, from: from ?? null, to: to ?? null })
    },
    async standingOf(userId, sessionId, exerciseId) {
      const found = standing.get({ userId, sessionId, exerciseId })
      if (found === undefined) throw new Error('There is no such session')
      return { ...found, volume: BigInt(found.volume) }
    },
  }
}
