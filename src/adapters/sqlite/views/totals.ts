import type { Database } from 'better-sqlite3'
import type { ExerciseTotals } from '../../../application/exercise-statistics.ts'
import type { Range } from '../../../application/records.ts'
import type { DayTotal, MuscleTotal, TotalReads, Totals } from '../../../application/statistics.ts'
import { type EventType, eventVersions } from '../../../domain/events.ts'
import { joinVolume, type SplitVolume } from '../../../domain/statistics/volume.ts'
import { forgetting, type Handlers, type View, type ViewEvent } from '../views.ts'
import { exerciseKey } from './exercises.ts'
import { entriesAndSets } from './set-rows.ts'
import { fillTotals } from './total-sums.ts'
import { totalTriggers } from './total-triggers.ts'
import { userKey } from './users.ts'

const liftedColumns = `
      sets INTEGER NOT NULL DEFAULT 0,
      volume_kilograms INTEGER NOT NULL DEFAULT 0,
      volume_micrograms INTEGER NOT NULL DEFAULT 0`

const sumColumns = `${liftedColumns},
      sessions INTEGER NOT NULL DEFAULT 0,
      finished INTEGER NOT NULL DEFAULT 0,
      reps INTEGER NOT NULL DEFAULT 0,
      duration_seconds INTEGER NOT NULL DEFAULT 0,
      distance_millimeters INTEGER NOT NULL DEFAULT 0,
      easy INTEGER NOT NULL DEFAULT 0,
      average INTEGER NOT NULL DEFAULT 0,
      heavy INTEGER NOT NULL DEFAULT 0`

/** Sums that are at all times those of the rows of `session` and `session_set`. */
export const totalsView: View = {
  name: 'totals',
  version: 1,
  tables: `
    CREATE TABLE user_total (user INTEGER PRIMARY KEY, ${sumColumns}) STRICT;
    CREATE TABLE day_total (
      user INTEGER NOT NULL, local_date TEXT NOT NULL, ${sumColumns}, PRIMARY KEY (user, local_date)
    ) STRICT, WITHOUT ROWID;
    -- Finished sessions of the week that begins on a Monday.
    CREATE TABLE week_total (
      user INTEGER NOT NULL, monday TEXT NOT NULL, finished INTEGER NOT NULL, PRIMARY KEY (user, monday)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE exercise_total (
      user INTEGER NOT NULL, exercise INTEGER NOT NULL, ${liftedColumns}, PRIMARY KEY (user, exercise)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE exercise_session (
      user INTEGER NOT NULL, exercise INTEGER NOT NULL, local_date TEXT NOT NULL, session INTEGER NOT NULL,
      ${liftedColumns}, PRIMARY KEY (user, exercise, local_date, session)
    ) STRICT, WITHOUT ROWID;
    -- The last event of each person; the catalogue's stands under 0.
    CREATE TABLE user_position (user INTEGER PRIMARY KEY, position INTEGER NOT NULL) STRICT;

${totalTriggers}  `,
  unique: {},
  on(db) {
    const reach = db.prepare(`
      INSERT INTO user_position (user, position) VALUES (?, ?)
      ON CONFLICT (user) DO UPDATE SET position = excluded.position
    `)
    const moved = ({ subjectKey, position }: ViewEvent) => void reach.run(subjectKey, position)
    const handlers = Object.fromEntries(
      Object.keys(eventVersions).map((type) => [type as EventType, moved]),
    ) as Handlers
    // The sums are taken away with their rows, by the triggers.
    return { ...handlers, UserErased: forgetting(db, 'user_position WHERE user = @user') }
  },
  atOnce: (db) => ({ on: totalsView.on(db), fill: () => fillTotals(db) }),
}

const inRange = "local_date BETWEEN coalesce(@from, '') AND coalesce(@to, '9999-12-31')"

const volumeSums = `coalesce(sum(volume_kilograms), 0) AS volumeKilograms,
    coalesce(sum(volume_micrograms), 0) AS volumeMicrograms`

// A range goes from exercise to exercise by index, so that nothing is sorted.
const exercisesEver = `SELECT exercise, sets, volume_kilograms, volume_micrograms
    FROM exercise_total WHERE user = ${userKey}`
const exercisesInRange = `SELECT t.exercise, sum(s.sets) AS sets, sum(s.volume_kilograms) AS volume_kilograms,
      sum(s.volume_micrograms) AS volume_micrograms
    FROM exercise_total t CROSS JOIN exercise_session s ON s.user = t.user AND s.exercise = t.exercise
    WHERE t.user = ${userKey} AND ${inRange} GROUP BY t.exercise`

// Null where there are none in the range: counting and comparing pass over it.
const setsInRange = `SELECT exercise, (
      SELECT sum(s.sets) FROM exercise_session s
      WHERE s.user = t.user AND s.exercise = t.exercise AND ${inRange}
    ) AS sets
    FROM exercise_total t WHERE t.user = ${userKey}`

function totalsOf(rows: string) {
  return `
    SELECT coalesce(sum(sessions), 0) AS sessions, coalesce(sum(finished), 0) AS finished,
      coalesce(sum(sets), 0) AS sets, coalesce(sum(reps), 0) AS reps, ${volumeSums},
      coalesce(sum(duration_seconds), 0) AS durationSeconds,
      CAST(coalesce(sum(distance_millimeters), 0) AS TEXT) AS distance, coalesce(sum(easy), 0) AS easy,
      coalesce(sum(average), 0) AS average, coalesce(sum(heavy), 0) AS heavy
    FROM ${rows}`
}

// The sets of an exercise are looked at only where others have as many, last done on the same day.
function mostOf(exercises: string) {
  return `
    WITH done AS MATERIALIZED (${exercises}),
    most AS MATERIALIZED (
      SELECT exercise, sets, (
        SELECT max(local_date) FROM exercise_session s
        WHERE s.user = ${userKey} AND s.exercise = done.exercise AND ${inRange}
      ) AS day
      FROM done WHERE sets = (SELECT max(sets) FROM done)
    )
    SELECT e.id AS exerciseId, m.sets, (SELECT count(sets) FROM done) AS count
    FROM most m JOIN exercise e ON e.key = m.exercise
    WHERE m.day = (SELECT max(day) FROM most)
    ORDER BY (
      SELECT max(s.achieved_at) FROM ${entriesAndSets}
      WHERE e.user = ${userKey} AND e.exercise = m.exercise AND e.local_date = m.day AND s.counted = 1
    ) DESC, e.id LIMIT 1`
}

function musclesOf(exercises: string) {
  return `
    WITH done AS (${exercises})
    SELECT m.muscle, sum(d.sets * m.share) AS halfSets, sum(d.volume_kilograms * m.share) AS volumeKilograms,
      sum(d.volume_micrograms * m.share) AS volumeMicrograms
    FROM done d JOIN exercise_muscle m ON m.exercise = d.exercise GROUP BY m.muscle ORDER BY m.muscle`
}

/** Sums as text, as a number of JavaScript could not hold each of them. */
function summed(column: string) {
  return `CAST(coalesce(sum(${column}), 0) AS TEXT) AS ${column}_sum, avg(${column}) AS ${column}_average,
      max(${column}) AS ${column}_max`
}

type TotalRow = Omit<Totals, 'volumeMicrograms' | 'distanceMillimeters'> & SplitVolume & { distance: string }
type DayRow = Omit<DayTotal, 'volume'> & SplitVolume
type MuscleRow = Omit<MuscleTotal, 'halfVolume'> & SplitVolume
type Summable = 'reps' | 'weight_micrograms' | 'volume' | 'duration_seconds' | 'distance_millimeters'
type ExerciseRow = SplitVolume &
  Pick<ExerciseTotals, 'sets' | 'sessions' | 'lastDoneAt'> &
  Record<`${Summable}_sum`, string> &
  Record<`${Summable}_average` | `${Summable}_max`, number | null>

export function totalQueries(db: Database): TotalReads {
  /** All history has rows of its own; a range adds up those of its days. */
  const everOrRange = <Row>(ever: string, inRange: string) => {
    const statements = [db.prepare<[object], Row>(ever), db.prepare<[object], Row>(inRange)] as const
    return ({ from, to }: Range) => statements[from === undefined && to === undefined ? 0 : 1]
  }
  const positions = db
    .prepare<[object], string>(`
      SELECT coalesce((SELECT position FROM user_position WHERE user = ${userKey}), 0) || '.' ||
        coalesce((SELECT position FROM user_position WHERE user = 0), 0)
    `)
    .pluck()
  const totals = everOrRange<TotalRow>(
    totalsOf(`user_total WHERE user = ${userKey}`),
    totalsOf(`day_total WHERE user = ${userKey} AND ${inRange}`),
  )
  const most = everOrRange<{ exerciseId: string; sets: number; count: number }>(
    mostOf(exercisesEver),
    mostOf(setsInRange),
  )
  const weeks = everOrRange<string>(
    `SELECT monday FROM week_total WHERE user = ${userKey} ORDER BY monday`,
    `SELECT local_date FROM day_total WHERE user = ${userKey} AND ${inRange} AND finished > 0
     ORDER BY local_date`,
  )
  const days = db.prepare<[object], DayRow>(`
    SELECT local_date AS date, sessions, volume_kilograms AS volumeKilograms,
      volume_micrograms AS volumeMicrograms
    FROM day_total WHERE user = ${userKey} AND ${inRange} ORDER BY local_date
  `)
  const daysOfExercise = db.prepare<[object], DayRow>(`
    SELECT local_date AS date, count(*) AS sessions, ${volumeSums} FROM exercise_session
    WHERE user = ${userKey} AND exercise = ${exerciseKey} AND ${inRange}
    GROUP BY local_date ORDER BY local_date
  `)
  const muscles = everOrRange<MuscleRow>(musclesOf(exercisesEver), musclesOf(exercisesInRange))
  const ofExercise = `FROM ${entriesAndSets}
      WHERE e.user = ${userKey} AND e.exercise = ${exerciseKey} AND counted = 1 AND e.${inRange}`
  const exercise = db.prepare<[object], ExerciseRow>(`
    SELECT count(*) AS sets, count(DISTINCT s.session) AS sessions,
      (SELECT achieved_at ${ofExercise} ORDER BY e.local_date DESC, achieved_at DESC LIMIT 1) AS lastDoneAt,
      ${['reps', 'weight_micrograms', 'duration_seconds', 'distance_millimeters'].map(summed).join(', ')},
      coalesce(sum(volume / 1000000000), 0) AS volumeKilograms,
      coalesce(sum(volume % 1000000000), 0) AS volumeMicrograms,
      avg(volume) AS volume_average, max(volume) AS volume_max
    ${ofExercise}
  `)

  return {
    dependsOn: async (userId) => `${positions.get({ userId })}.${totalsView.version}`,
    async totals(userId, range) {
      const { distance, volumeKilograms, volumeMicrograms, ...sums } = totals(range).get(
        bound(userId, range),
      ) as TotalRow
      const volume = joinVolume({ volumeKilograms, volumeMicrograms })
      return { ...sums, volumeMicrograms: volume, distanceMillimeters: BigInt(distance) }
    },
    async exercisesDone(userId, range) {
      const found = most(range).get(bound(userId, range))
      if (found === undefined) return { count: 0 }
      const { count, exerciseId, sets } = found
      return { count, most: { exerciseId, sets } }
    },
    weeks: async (userId, range) => weeks(range).pluck().all(bound(userId, range)),
    async days(userId, range, exerciseId) {
      const statement = exerciseId === undefined ? days : daysOfExercise
      return statement
        .all(bound(userId, range, exerciseId))
        .map(({ date, sessions, ...volume }) => ({ date, sessions, volume: joinVolume(volume) }))
    },
    async muscles(userId, range) {
      return muscles(range)
        .all(bound(userId, range))
        .map(({ muscle, halfSets, ...volume }) => ({ muscle, halfSets, halfVolume: joinVolume(volume) }))
    },
    async exercise(userId, exerciseId, range) {
      const row = exercise.get(bound(userId, range, exerciseId)) as ExerciseRow
      const { sets, sessions, lastDoneAt } = row
      const of = (name: Summable) => ({ average: row[`${name}_average`], max: row[`${name}_max`] })
      const sumOf = (name: Exclude<Summable, 'volume'>) => row[`${name}_sum`]
      return {
        sets,
        sessions,
        lastDoneAt,
        reps: { sum: Number(sumOf('reps')), ...of('reps') },
        weightMicrograms: { sum: BigInt(sumOf('weight_micrograms')), ...of('weight_micrograms') },
        volumeMicrograms: { sum: joinVolume(row), ...of('volume') },
        durationSeconds: { sum: Number(sumOf('duration_seconds')), ...of('duration_seconds') },
        distanceMillimeters: { sum: BigInt(sumOf('distance_millimeters')), ...of('distance_millimeters') },
      }
    },
  }
}

function bound(userId: string, { from, to }: Range, exerciseId?: string) {
  return { userId, from: from ?? null, to: to ?? null, exerciseId: exerciseId ?? null }
}
