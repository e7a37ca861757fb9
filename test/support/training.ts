import { classicView } from '../../src/adapters/sqlite/views/classic.ts'
import { exerciseQueries, exercisesView } from '../../src/adapters/sqlite/views/exercises.ts'
import { measurementQueries, measurementsView } from '../../src/adapters/sqlite/views/measurements.ts'
import {
  plannedSessionsView,
  planStatisticQueries,
} from '../../src/adapters/sqlite/views/planned-sessions.ts'
import { plansView } from '../../src/adapters/sqlite/views/plans.ts'
import { recordQueries, recordsView } from '../../src/adapters/sqlite/views/records.ts'
import { sessionsView } from '../../src/adapters/sqlite/views/sessions.ts'
import { totalQueries, totalsView } from '../../src/adapters/sqlite/views/totals.ts'
import { loadQueries } from '../../src/adapters/sqlite/views/training-load.ts'
import { userQueries, usersView } from '../../src/adapters/sqlite/views/users.ts'
import { createChanges } from '../../src/application/changes.ts'
import { createRecords } from '../../src/application/records.ts'
import { createStatistics } from '../../src/application/statistics.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import type { Metric, Muscle } from '../../src/domain/exercise/events.ts'
import type { MeasurementChange, MeasurementDetails } from '../../src/domain/measurement/events.ts'
import type { SessionChange, SessionDetails, SetFacts, WeightUnit } from '../../src/domain/session/events.ts'
import { localDateOf } from '../../src/domain/statistics/calendar.ts'
import { distanceMillimeters, weightMicrograms } from '../../src/domain/statistics/units.ts'
import type { Units } from '../../src/domain/user/events.ts'
import { foldViews } from './fold-views.ts'

export const ann = '00000000-0000-4000-8000-00000000000a'
export const bob = '00000000-0000-4000-8000-00000000000b'

/** One exercise for each metric, named for the metric it has. */
export const exerciseOf: Readonly<Record<string, Metric>> = {
  squat: 'weight-reps',
  curl: 'weight-reps',
  'pull-up': 'bodyweight-reps',
  'weighted-pull-up': 'weighted-bodyweight-reps',
  'assisted-pull-up': 'assisted-bodyweight-reps',
  'push-up': 'reps',
  plank: 'duration',
  'weighted-plank': 'weight-duration',
  running: 'distance-duration',
  carry: 'weight-distance',
}

const musclesOf: Readonly<Record<string, [Muscle[], Muscle[]]>> = {
  squat: [['quadriceps', 'glutes'], ['hamstrings']],
  curl: [['biceps'], ['forearms']],
  'pull-up': [['lats'], ['biceps']],
}

/** A set as a test tells it; weights in kg and distances in km unless their unit stands beside them. */
export type Told = Partial<SetFacts> & { exercise: string }

export type ToldSession = Partial<SessionDetails> & { live?: true; sets?: readonly Told[] }

/** A person's history as events folded into all views, and the statistics that come of it. */
export function training({
  units = 'metric' as Units,
  timeZone = 'UTC',
  now = '2025-06-15T12:00:00.000Z',
} = {}) {
  const { db, fold, folded, seen } = foldViews([
    usersView,
    exercisesView,
    plansView,
    measurementsView,
    sessionsView,
    plannedSessionsView,
    totalsView,
    recordsView,
    classicView,
  ])
  const entries = new Map<string, string[]>()
  let count = 0
  for (const userId of [ann, bob]) {
    const event: DomainEvent = {
      type: 'UserRegistered',
      data: { userId, email: `${userId}@example.org`, firstName: 'Ann', registeredAt: now, units, timeZone },
    }
    fold({ stream: `user-${userId}`, subject: userId, event })
  }
  for (const [exerciseId, metric] of Object.entries(exerciseOf)) {
    const [primaryMuscles, secondaryMuscles] = musclesOf[exerciseId] ?? [[], []]
    const texts = { en: { name: `The ${exerciseId}`, description: '', instructions: [] } }
    const traits = { category: 'strength', bodyArea: 'legs', equipment: [], unilateral: false } as const
    const data = { exerciseId, metric, primaryMuscles, secondaryMuscles, texts, ...traits, equipment: [] }
    fold({ stream: `exercise-${exerciseId}`, event: { type: 'CatalogueExercisePublished', data } })
  }
  const users = userQueries(db)
  const { changed, ...changes } = createChanges()
  const records = recordQueries(db)
  const clock = { now: () => Date.parse(now) }
  const measurements = measurementQueries(db)
  const sums = { totals: totalQueries(db), loads: loadQueries(db), plans: planStatisticQueries(db) }
  const need = { ...sums, records, measurements, exercises: exerciseQueries(db), users, clock }

  function idOf() {
    count += 1
    return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
  }

  function emit(sessionId: string, event: DomainEvent, userId = ann) {
    fold({ stream: `session-${userId}-${sessionId}`, subject: userId, event })
  }

  function factsOf({ exercise, ...told }: Told): SetFacts {
    const { weight, weightUnit = 'kg', distance, distanceUnit = 'km', ...facts } = told
    return {
      setId: idOf(),
      kind: 'working',
      ...facts,
      ...(weight !== undefined && {
        weight,
        weightUnit,
        weightMicrograms: weightMicrograms(weight, weightUnit),
      }),
      ...(distance !== undefined && {
        distance,
        distanceUnit,
        distanceMillimeters: distanceMillimeters(distance, distanceUnit),
      }),
    }
  }

  /** Logs a session, finished after an hour unless told; gives its id. */
  function session(told: ToldSession = {}, userId = ann) {
    const { live, sets = [], ...more } = told
    const sessionId = idOf()
    const startedAt = more.startedAt ?? '2025-06-01T10:00:00.000Z'
    const zone = more.timeZone ?? timeZone
    const { bodyWeight, bodyWeightUnit = 'kg' } = more
    const finishedAt = new Date(Date.parse(startedAt) + 3_600_000).toISOString()
    const exercises = [...new Set(sets.map(({ exercise }) => exercise))]
    entries.set(sessionId, exercises)
    const details = {
      startedAt,
      timeZone: zone,
      localDate: localDateOf(startedAt, zone),
      ...(live ? {} : { finishedAt }),
      ...more,
      ...(bodyWeight !== undefined && {
        bodyWeightUnit,
        bodyWeightMicrograms: weightMicrograms(bodyWeight, bodyWeightUnit),
      }),
    }
    const opened = exercises.map((exerciseId) => ({
      ...entryOf(exerciseId),
      sets: sets.filter(({ exercise }) => exercise === exerciseId).map(factsOf),
    }))
    const type = live ? 'SessionStarted' : 'SessionLogged'
    emit(sessionId, { type, data: { sessionId, entries: opened, ...details } } as DomainEvent, userId)
    return sessionId
  }

  /** Takes a measurement, of body weight in kg unless told; gives its id. */
  function measure(value: number, told: Partial<MeasurementDetails> = {}) {
    const { kind = 'weight', measuredAt = '2025-06-01T06:00:00.000Z', unit = 'kg' } = told
    const measurementId = idOf()
    const details = {
      ...{ kind, value, unit, measuredAt, timeZone, localDate: localDateOf(measuredAt, timeZone) },
      ...(kind === 'weight' && { weightMicrograms: weightMicrograms(value, unit as WeightUnit) }),
      ...told,
    }
    emitMeasurement(measurementId, { type: 'MeasurementTaken', data: { measurementId, ...details } })
    return measurementId
  }

  function emitMeasurement(measurementId: string, event: DomainEvent) {
    fold({ stream: `measurement-${ann}-${measurementId}`, subject: ann, event })
  }

  /** What `SetLogged` would say of these sets. */
  function loggedOf(sessionId: string, sets: readonly Told[]) {
    const open = entries.get(sessionId) as string[]
    return sets.map((told) => {
      if (!open.includes(told.exercise)) open.push(told.exercise)
      return { ...factsOf(told), ...entryOf(told.exercise), entry: open.indexOf(told.exercise) }
    })
  }

  function logSets(sessionId: string, ...sets: readonly Told[]) {
    const logged = loggedOf(sessionId, sets)
    for (const data of logged) emit(sessionId, { type: 'SetLogged', data })
    return logged.map(({ setId }) => setId)
  }

  function about(sessionId: string, exercise: string) {
    return { exerciseId: exercise, entry: (entries.get(sessionId) as string[]).indexOf(exercise) }
  }

  return {
    db,
    need,
    fold,
    folded,
    seen,
    emit,
    emitUser: (event: DomainEvent) => fold({ stream: `user-${ann}`, subject: ann, event }),
    session,
    loggedOf,
    logSets,
    statistics: createStatistics(need),
    records: createRecords({ reads: records, users, changes }),
    /** To be told of what is folded before records that are made can be kept. */
    changed,
    measure,
    correctMeasurement(measurementId: string, data: MeasurementChange) {
      emitMeasurement(measurementId, { type: 'MeasurementCorrected', data })
    },
    deleteMeasurement(measurementId: string) {
      emitMeasurement(measurementId, { type: 'MeasurementDeleted', data: {} })
    },
    correct(sessionId: string, setId: string, told: Told) {
      const data = { ...factsOf({ ...told, setId }), ...about(sessionId, told.exercise) }
      emit(sessionId, { type: 'SetCorrected', data })
    },
    delete(sessionId: string, setId: string, exercise: string) {
      emit(sessionId, { type: 'SetDeleted', data: { setId, ...about(sessionId, exercise) } })
    },
    change: (sessionId: string, data: SessionChange) => emit(sessionId, { type: 'SessionChanged', data }),
    discard: (sessionId: string) => emit(sessionId, { type: 'SessionDiscarded', data: {} }),
    restore: (sessionId: string) => emit(sessionId, { type: 'SessionRestored', data: {} }),
    /** The id of a set by where it stands in its session. */
    setIn(sessionId: string, index: number) {
      const ids = db
        .prepare<[string], string>(
          'SELECT s.id FROM session_set s JOIN session x ON x.key = s.session WHERE x.id = ? ORDER BY s.key',
        )
        .pluck()
        .all(sessionId)
      return ids[index] as string
    },
  }
}

function entryOf(exerciseId: string) {
  return { exerciseId, exerciseName: `The ${exerciseId}`, metric: exerciseOf[exerciseId] as Metric }
}

/** The answer of a use case that does not refuse. */
export async function answerOf<A>(answered: Promise<{ answer: A } | object>): Promise<A> {
  const found = await answered
  if (!('answer' in found)) throw new Error(`Refused: ${JSON.stringify(found)}`)
  return found.answer as A
}
