import type { Database } from 'better-sqlite3'
import {
  type Best,
  bestFromPast,
  bestsOf,
  bestWith,
  type CountedSet,
  type Holder,
  holderOf,
  isSameRecord,
  type Mark,
  marksOf,
  restsOn,
  sessionHolderOf,
  sessionMark,
} from '../../../domain/statistics/records.ts'

/** A set as the arithmetic of records takes it. */
export const countedColumns = `s.key, s.session, s.user, s.exercise, s.counted, e.metric,
    s.local_date AS localDate, s.achieved_at AS achievedAt, x.started_at AS startedAt, s.reps,
    s.weight_micrograms AS weightMicrograms, s.load_micrograms AS loadMicrograms, s.volume,
    s.duration_seconds AS durationSeconds, s.distance_millimeters AS distanceMillimeters`

export const setJoins = `
    JOIN session x ON x.key = s.session
    JOIN session_entry e ON e.session = s.session AND e.entry = s.entry`

export const bestColumns = `r.kind, r.formula, r.reps, r.value, r.set_key AS setKey, r.session,
    r.local_date AS localDate, r.achieved_at AS achievedAt, r.previous`

type Lifted = { user: number; exercise: number }
type SetRow = CountedSet & { user: number; exercise: number; counted: 0 | 1 }

function statementsOf(db: Database) {
  const loggedBy = db.prepare<[number, number], SetRow>(`
    SELECT ${countedColumns} FROM session_set s ${setJoins} WHERE s.key BETWEEN ? AND ? AND s.counted = 1
  `)
  const asBefore = db.prepare<[], SetRow>(`SELECT ${countedColumns} FROM set_before s ${setJoins}`)
  const exercisesBefore = db.prepare<[], number>('SELECT DISTINCT exercise FROM set_before').pluck()
  // From the few to the many: left to itself, SQLite goes through all sets.
  const asNow = db.prepare<[], SetRow>(`
    SELECT ${countedColumns} FROM set_before b CROSS JOIN session_set s ON s.key = b.key ${setJoins}
    WHERE s.counted = 1
  `)
  const forget = db.prepare('DELETE FROM set_before')
  const ofExercise = db.prepare<[number, number], SetRow>(`
    SELECT ${countedColumns} FROM session_set s ${setJoins}
    WHERE s.user = ? AND s.exercise = ? AND s.counted = 1
  `)
  const upTo = db.prepare<[number, number, string], SetRow>(`
    SELECT ${countedColumns} FROM session_set s ${setJoins}
    WHERE s.user = ? AND s.exercise = ? AND s.local_date <= ? AND s.counted = 1
  `)
  const volumeOf = db
    .prepare<[number, number, string, number], bigint>(`
      SELECT volume_kilograms * 1000000000 + volume_micrograms FROM exercise_session
      WHERE user = ? AND exercise = ? AND local_date = ? AND session = ?
    `)
    .pluck()
    .safeIntegers()
  const exercisesOf = db
    .prepare<[number], number>('SELECT DISTINCT exercise FROM session_set WHERE session = ? AND counted = 1')
    .pluck()
  const lastLifted = db
    .prepare<[number, number], number | undefined>(
      'SELECT max(key) FROM session_set WHERE session = ? AND exercise = ? AND counted = 1 AND volume > 0',
    )
    .pluck()
  const bestsAt = db.prepare<[number, number, number], Best>(`
    SELECT ${bestColumns} FROM record r WHERE user = ? AND exercise = ? AND reps IN (0, ?)
  `)
  const clear = db.prepare('DELETE FROM record WHERE user = ? AND exercise = ?')
  const keep = db.prepare(`
    INSERT INTO record (user, exercise, kind, formula, reps,
      value, set_key, session, local_date, achieved_at, previous)
    VALUES (@user, @exercise, @kind, @formula, @reps,
      @value, @setKey, @session, @localDate, @achievedAt, @previous)
    ON CONFLICT DO UPDATE SET value = excluded.value, set_key = excluded.set_key, session = excluded.session,
      local_date = excluded.local_date, achieved_at = excluded.achieved_at, previous = excluded.previous
  `)
  return {
    loggedBy,
    asBefore,
    exercisesBefore,
    asNow,
    forget,
    ofExercise,
    upTo,
    volumeOf,
    exercisesOf,
    lastLifted,
    bestsAt,
    clear,
    keep,
  }
}

/** Keeps the table of records level with the sets, event by event. */
export function recordKeeping(db: Database) {
  const sql = statementsOf(db)

  function rebuild(user: number, exercise: number) {
    sql.clear.run(user, exercise)
    for (const best of bestsOf(sql.ofExercise.all(user, exercise))) sql.keep.run({ user, exercise, ...best })
  }

  /**
   * Sets of one session and exercise, in the order of logging; `last` is the key of the last one that lifts.
   */
  function enterAll(sets: readonly SetRow[], last?: number) {
    let past: readonly SetRow[] | undefined
    const enter = (set: SetRow, marks: readonly Mark[], holder: Holder) => {
      const { user, exercise, localDate } = set
      // One statement for all that the set is worth; a few bests that it does not meet come along.
      const bests = sql.bestsAt.all(user, exercise, set.reps ?? 0)
      for (const mark of marks) {
        const best = bests.find((one) => isSameRecord(one, mark))
        let next = bestWith(best, mark, holder)
        if (next === undefined) {
          past ??= sql.upTo.all(user, exercise, localDate)
          next = bestFromPast(past, mark, holder)
        }
        if (next !== best) sql.keep.run({ user, exercise, ...next })
      }
    }
    for (const set of sets) enter(set, marksOf(set), holderOf(set))
    const lifted = sets.findLast(({ volume }) => volume)
    if (lifted === undefined) return
    const { user, exercise, localDate, session } = lifted
    const key = last ?? lifted.key
    const volume = sql.volumeOf.get(user, exercise, localDate, session) as bigint
    enter(lifted, [sessionMark(volume)], sessionHolderOf({ ...lifted, key }))
  }

  /**
   * True when a record rests on one of these sets as they were, or on the volume that they gave their
   * session.
   */
  function mattered(before: readonly SetRow[], now: readonly SetRow[]) {
    const rests = ({ user, exercise, reps }: SetRow, mark: Mark, holder: Holder) => {
      const best = sql.bestsAt.all(user, exercise, reps ?? 0).find((one) => isSameRecord(one, mark))
      return best !== undefined && restsOn(best, mark, holder)
    }
    const counted = before.filter((set) => set.counted === 1)
    if (counted.some((set) => marksOf(set).some((mark) => rests(set, mark, holderOf(set))))) return true
    const lifted = counted.find(({ volume }) => volume)
    if (lifted === undefined) return false
    const { user, exercise, localDate, session } = lifted
    const volume =
      (sql.volumeOf.get(user, exercise, localDate, session) ?? 0n) - volumeSum(now) + volumeSum(counted)
    return rests(lifted, sessionMark(volume), sessionHolderOf(lifted))
  }

  return {
    /** Sets of this event: each is held against the records as they stand. */
    enter({ position }: { position: number }) {
      const sets = sql.loggedBy.all(position * 1024, position * 1024 + 1023)
      for (const done of Map.groupBy(sets, (set) => set.exercise).values()) enterAll(done)
    },

    /**
     * Sets that this event changed: records that rest on what they were are found anew, others meet what they
     * are.
     */
    settle() {
      const now = Map.groupBy(sql.asNow.all(), (set) => set.exercise)
      for (const [exercise, before] of Map.groupBy(sql.asBefore.all(), (set) => set.exercise)) {
        const present = now.get(exercise) ?? []
        const { user, session } = before[0] as SetRow
        const last = sql.lastLifted.get(session, exercise)
        if (mattered(before, present)) rebuild(user, exercise)
        else enterAll(present, last)
      }
      sql.forget.run()
    },

    /** A session stands elsewhere in time: what came before what is another matter for all that it holds. */
    move({ streamKey, subjectKey }: { streamKey: number; subjectKey: number }) {
      for (const exercise of sql.exercisesOf.all(streamKey)) rebuild(subjectKey, exercise)
      sql.forget.run()
    },

    /** Sets of many sessions at once may have got another load. */
    weighAgain({ subjectKey }: { subjectKey: number }) {
      for (const exercise of sql.exercisesBefore.all()) rebuild(subjectKey, exercise)
      sql.forget.run()
    },

    /** All records, from the sets that stand; there are none yet. */
    rebuildAll() {
      const lifted = db.prepare<[], Lifted>('SELECT user, exercise FROM exercise_total')
      for (const { user, exercise } of lifted.all()) rebuild(user, exercise)
    },
  }
}

function volumeSum(sets: readonly SetRow[]) {
  return sets.reduce((sum, { volume }) => sum + BigInt(volume ?? 0), 0n)
}
