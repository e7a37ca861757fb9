import type { Database } from 'better-sqlite3'
import { keepNewest } from '../../../application/keep-newest.ts'
import {
  type Best,
  bestFromPast,
  bestsOf,
  bestWith,
  type Holder,
  holderOf,
  isSameRecord,
  type Mark,
  marksOf,
  restsOn,
  sessionHolderOf,
  sessionMark,
} from '../../../domain/statistics/records.ts'
import type { ViewEvent } from '../views.ts'
import { entriesAndSets, ROWS_PER_EVENT, type SetRow } from './set-rows.ts'

/** A set as the arithmetic of records takes it. */
export const countedColumns = `s.key, s.session, s.user, s.exercise, s.counted, e.metric,
    s.local_date AS localDate, s.achieved_at AS achievedAt, x.started_at AS startedAt, s.reps,
    s.weight_micrograms AS weightMicrograms, s.load_micrograms AS loadMicrograms, s.volume,
    s.duration_seconds AS durationSeconds, s.distance_millimeters AS distanceMillimeters`

export const setJoins = `
    JOIN session x ON x.key = s.session
    JOIN session_entry e ON e.session = s.session AND e.entry = s.entry`

const ofEntries = `${entriesAndSets} JOIN session x ON x.key = s.session`

export const bestColumns = `r.kind, r.formula, r.reps, r.value, r.set_key AS setKey, r.session,
    r.local_date AS localDate, r.achieved_at AS achievedAt, r.previous`

type Lifted = { user: number; exercise: number }

const KEPT_PEOPLE = 1_000

/** The bests of the exercise that somebody is at, and how much of it their session lifted. */
type Kept = { exercise: number; bests: Best[]; session: number; volume: bigint }

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
    SELECT ${countedColumns} FROM ${ofEntries}
    WHERE e.user = ? AND e.exercise = ? AND s.counted = 1
  `)
  const upTo = db.prepare<[number, number, string], SetRow>(`
    SELECT ${countedColumns} FROM ${ofEntries}
    WHERE e.user = ? AND e.exercise = ? AND e.local_date <= ? AND s.counted = 1
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
  const bestsOfExercise = db.prepare<[number, number], Best>(
    `SELECT ${bestColumns} FROM record r WHERE user = ? AND exercise = ?`,
  )
  const clear = db.prepare('DELETE FROM record WHERE user = ? AND exercise = ?')
  const keep = db.prepare(`
    INSERT INTO record (user, exercise, kind, formula, reps,
      value, set_key, session, local_date, achieved_at, previous)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
    bestsOfExercise,
    clear,
    keep,
  }
}

/** Keeps the table of records level with the sets, event by event. */
export function recordKeeping(db: Database) {
  const sql = statementsOf(db)

  const kept = new Map<number, Kept>()

  function keptOf(user: number, exercise: number): Kept {
    const known = kept.get(user)
    if (known?.exercise === exercise) return known
    const read = { exercise, bests: sql.bestsOfExercise.all(user, exercise), session: 0, volume: 0n }
    keepNewest(kept, user, read, KEPT_PEOPLE)
    return read
  }

  function write(user: number, exercise: number, best: Best) {
    const { kind, formula, reps, value, setKey, session, localDate, achievedAt, previous } = best
    const holder = [setKey, session, localDate, achievedAt] as const
    sql.keep.run(user, exercise, kind, formula, reps, value, ...holder, previous)
  }

  function rebuild(user: number, exercise: number) {
    kept.delete(user)
    sql.clear.run(user, exercise)
    for (const best of bestsOf(sql.ofExercise.all(user, exercise))) write(user, exercise, best)
  }

  function volumeWith(known: Kept, sets: readonly SetRow[], { user, exercise, localDate, session }: SetRow) {
    known.volume =
      known.session === session
        ? known.volume + volumeSum(sets)
        : (sql.volumeOf.get(user, exercise, localDate, session) as bigint)
    known.session = session
    return known.volume
  }

  /**
   * Sets of one session and exercise, in the order of logging; `last` is the key of the last one that lifts.
   */
  function enterAll(sets: readonly SetRow[], last?: number) {
    if (sets[0] === undefined) return
    const { user, exercise, localDate } = sets[0]
    const known = keptOf(user, exercise)
    const { bests } = known
    let past: readonly SetRow[] | undefined
    const enter = (marks: readonly Mark[], holder: Holder) => {
      for (const mark of marks) {
        const place = bests.findIndex((one) => isSameRecord(one, mark))
        const best = bests[place]
        let next = bestWith(best, mark, holder)
        if (next === undefined) {
          past ??= sql.upTo.all(user, exercise, localDate)
          next = bestFromPast(past, mark, holder)
        }
        if (next === best) continue
        write(user, exercise, next)
        bests[best === undefined ? bests.length : place] = next
      }
    }
    for (const set of sets) enter(marksOf(set), holderOf(set))
    const lifted = sets.findLast(({ volume }) => volume)
    if (lifted === undefined) return
    const volume = volumeWith(known, sets, lifted)
    enter([sessionMark(volume)], sessionHolderOf({ ...lifted, key: last ?? lifted.key }))
  }

  /**
   * True when a record rests on one of these sets as they were, or on the volume that they gave their
   * session.
   */
  function mattered(before: readonly SetRow[], now: readonly SetRow[]) {
    const rests = ({ user, exercise }: SetRow, mark: Mark, holder: Holder) => {
      const best = keptOf(user, exercise).bests.find((one) => isSameRecord(one, mark))
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
    enter({ position, loggedSet }: ViewEvent) {
      if (loggedSet !== undefined) {
        if (loggedSet.counted === 1) enterAll([loggedSet])
        return
      }
      const first = position * ROWS_PER_EVENT
      const sets = sql.loggedBy.all(first, first + ROWS_PER_EVENT - 1)
      for (const done of Map.groupBy(sets, (set) => set.exercise).values()) enterAll(done)
    },

    /**
     * Sets that this event changed: records that rest on what they were are found anew, others meet what they
     * are.
     */
    settle({ subjectKey }: ViewEvent) {
      kept.delete(subjectKey)
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
    move({ streamKey, subjectKey }: ViewEvent) {
      for (const exercise of sql.exercisesOf.all(streamKey)) rebuild(subjectKey, exercise)
      kept.delete(subjectKey)
      sql.forget.run()
    },

    /** Sets of many sessions at once may have got another load. */
    weighAgain({ subjectKey }: ViewEvent) {
      for (const exercise of sql.exercisesBefore.all()) rebuild(subjectKey, exercise)
      kept.delete(subjectKey)
      sql.forget.run()
    },

    /** All records, from the sets that stand; there are none yet. */
    rebuildAll() {
      const lifted = db.prepare<[], Lifted>('SELECT user, exercise FROM exercise_total')
      for (const { user, exercise } of lifted.all()) rebuild(user, exercise)
    },

    /** Of one person, or of all. */
    forget(user?: number) {
      if (user === undefined) kept.clear()
      else kept.delete(user)
    },
  }
}

function volumeSum(sets: readonly SetRow[]) {
  return sets.reduce((sum, { volume }) => sum + BigInt(volume ?? 0), 0n)
}
