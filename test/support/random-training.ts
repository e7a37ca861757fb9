import fc from 'fast-check'
import type { SetKind } from '../../src/domain/session/events.ts'
import { addDays } from '../../src/domain/statistics/calendar.ts'
import { ann, exerciseOf, type Told, training } from './training.ts'

/** What a person has in the end, by hand beside the events: what a plain computation starts from. */
export type PlainSet = Told & { id: string; order: number; achievedAt: string }
export type PlainWeighing = { id: string; order: number; measuredAt: string; kilograms: number }
export type PlainSession = {
  id: string
  order: number
  startedAt: string
  localDate: string
  bodyWeight?: number
  effort?: 'easy' | 'average' | 'heavy'
  live: boolean
  discarded: boolean
  sets: PlainSet[]
  /** All of the person's, the same list for every session. */
  weighings: readonly PlainWeighing[]
}

const START = '2025-06-0'
const exercises = Object.keys(exerciseOf)

// Few values, so that ties are as common as differences.
const instant = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('08', '10', '23'))
  .map(([day, hour]) => `${START}${day}T${hour}:00:00.000Z`)
const kind = fc.constantFrom<SetKind[]>('working', 'working', 'warmup', 'drop', 'failure')
const set = fc
  .record({
    exercise: fc.constantFrom('squat', 'squat', 'squat', 'pull-up', ...exercises),
    kind,
    reps: fc.constantFrom(0, 1, 5, 5, 12, 13),
    weight: fc.constantFrom(0, 50, 100, 100, 110, 120),
    durationSeconds: fc.constantFrom(0, 60, 600),
    distance: fc.constantFrom(0, 1, 2),
    performedAt: fc.constantFrom('2025-06-01T09:00:00.000Z', '2025-06-03T09:00:00.000Z', ''),
  })
  .map(fitting)

/** Only the quantities that the exercise is measured by. */
function fitting({ exercise, kind, performedAt, ...all }: Told): Told {
  const metric = exerciseOf[exercise] as string
  const told: Told = {
    exercise,
    ...(kind !== undefined && { kind }),
    ...(performedAt && { performedAt }),
  }
  const { reps = 0, weight = 0, durationSeconds = 0, distance = 0 } = all
  if (metric.endsWith('reps')) told.reps = reps
  if (metric.includes('weight') && metric !== 'bodyweight-reps') told.weight = weight
  if (metric === 'assisted-bodyweight-reps') told.weight = weight
  if (metric.includes('duration')) told.durationSeconds = durationSeconds
  if (metric.includes('distance')) told.distance = distance
  return told
}

const bodyWeight = fc.option(fc.constantFrom(80, 90), { nil: undefined, freq: 1 })
const kilograms = fc.constantFrom(70, 80, 80, 90)
const which = fc.nat({ max: 30 })
const sessionStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('session' as const),
      startedAt: instant,
      bodyWeight,
      effort: fc.constantFrom('easy', 'average', 'heavy', undefined),
      live: fc.boolean(),
      sets: fc.array(set, { maxLength: 5 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('log' as const),
      which,
      sets: fc.array(set, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('correct' as const), which, at: which, set }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('delete' as const), which, at: which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('discard' as const, 'restore' as const, 'finish' as const),
      which,
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('weigh' as const), which, bodyWeight }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('move' as const),
      which,
      startedAt: instant,
      days: fc.integer({ min: -1, max: 1 }),
    }),
  },
)
const weighing = fc.oneof(
  fc.record({ act: fc.constant('measure' as const), measuredAt: instant, kilograms }),
  fc.record({
    act: fc.constant('remeasure' as const),
    which,
    measuredAt: fc.option(instant, { nil: undefined }),
    kilograms: fc.option(kilograms, { nil: undefined }),
  }),
  fc.record({ act: fc.constant('unmeasure' as const), which }),
)
const step = fc.oneof({ weight: 4, arbitrary: sessionStep }, { weight: 2, arbitrary: weighing })
export const steps = fc.array(step, { minLength: 1, maxLength: 25 })
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Weighing = typeof weighing extends fc.Arbitrary<infer S> ? S : never
type Change = Exclude<Step, Weighing | { act: 'session' | 'log' }>

/** Goes through the steps, in events and by hand at the same time. */
export function randomTraining() {
  const told = training()
  const sessions: PlainSession[] = []
  const weighings: PlainWeighing[] = []
  let order = 0

  function plain(startedAt: string, sets: readonly Told[], ids: readonly string[]) {
    return sets.map((one, index) => {
      order += 1
      return { ...one, id: ids[index] as string, order, achievedAt: one.performedAt ?? startedAt }
    })
  }

  function open(step: Extract<Step, { act: 'session' }>) {
    const { startedAt, bodyWeight, effort } = step
    // The entries of a session are kept in the order of their first set.
    const names = [...new Set(step.sets.map(({ exercise }) => exercise))]
    const sets = names.flatMap((name) => step.sets.filter(({ exercise }) => exercise === name))
    const live = step.live && sessions.every((session) => !session.live || session.discarded)
    const id = told.session({
      startedAt,
      sets,
      ...(live && { live: true as const }),
      ...(bodyWeight !== undefined && { bodyWeight }),
      ...(effort !== undefined && { effort }),
    })
    const session: PlainSession = {
      ...{ id, order: sessions.length, startedAt, live, discarded: false, sets: [], weighings },
      localDate: startedAt.slice(0, 10),
      ...(bodyWeight !== undefined && { bodyWeight }),
      ...(effort !== undefined && { effort }),
    }
    session.sets = plain(
      startedAt,
      sets,
      sets.map((_, index) => told.setIn(id, index)),
    )
    sessions.push(session)
  }

  function weigh(step: Weighing) {
    if (step.act === 'measure') {
      const { measuredAt, kilograms } = step
      order += 1
      weighings.push({ id: told.measure(kilograms, { measuredAt }), order, measuredAt, kilograms })
      return
    }
    const index = step.which % Math.max(1, weighings.length)
    const one = weighings[index]
    if (one === undefined) return
    if (step.act === 'unmeasure') {
      told.deleteMeasurement(one.id)
      weighings.splice(index, 1)
      return
    }
    const { measuredAt, kilograms } = step
    told.correctMeasurement(one.id, {
      ...(measuredAt !== undefined && { measuredAt, localDate: measuredAt.slice(0, 10) }),
      ...(kilograms !== undefined && { value: kilograms, weightMicrograms: kilograms * 1e9 }),
    })
    one.measuredAt = measuredAt ?? one.measuredAt
    one.kilograms = kilograms ?? one.kilograms
  }

  function change(session: PlainSession, step: Change) {
    const { id, sets } = session
    if (step.act === 'discard' || session.discarded) {
      const another = sessions.some((other) => other !== session && other.live && !other.discarded)
      if (step.act === 'discard' && !session.discarded) {
        told.discard(id)
        session.discarded = true
      } else if (step.act === 'restore' && !(session.live && another)) {
        told.restore(id)
        session.discarded = false
      }
    } else if (step.act === 'finish' && session.live) {
      session.live = false
      const finishedAt = new Date(Date.parse(session.startedAt) + 3_600_000).toISOString()
      told.emit(id, { type: 'SessionFinished', data: { finishedAt } })
    } else if (step.act === 'weigh') {
      if (step.bodyWeight === undefined) delete session.bodyWeight
      else session.bodyWeight = step.bodyWeight
      const micrograms = step.bodyWeight === undefined ? null : step.bodyWeight * 1e9
      told.change(id, { bodyWeight: step.bodyWeight ?? null, bodyWeightMicrograms: micrograms })
    } else if (step.act === 'move') {
      session.localDate = addDays(step.startedAt.slice(0, 10), step.days)
      for (const one of sets) if (one.performedAt === undefined) one.achievedAt = step.startedAt
      session.startedAt = step.startedAt
      const finishedAt = new Date(Date.parse(step.startedAt) + 3_600_000).toISOString()
      const finished = session.live ? {} : { finishedAt }
      told.change(id, { startedAt: step.startedAt, localDate: session.localDate, ...finished })
    } else if (step.act === 'correct' || step.act === 'delete') {
      const index = step.at % Math.max(1, sets.length)
      const one = sets[index]
      if (one === undefined) return
      if (step.act === 'delete') {
        told.delete(id, one.id, one.exercise)
        sets.splice(index, 1)
      } else if (exerciseOf[step.set.exercise] === exerciseOf[one.exercise]) {
        const corrected = { ...step.set, exercise: one.exercise }
        told.correct(id, one.id, corrected)
        const achievedAt = corrected.performedAt ?? session.startedAt
        sets[index] = { ...corrected, id: one.id, order: one.order, achievedAt }
      }
    }
  }

  return {
    told,
    sessions,
    /** Gives the records that sets logged now were said to make. */
    async take(step: Step) {
      if (step.act !== 'log') told.changed(ann)
      if (step.act === 'session') return void open(step)
      if (step.act === 'measure' || step.act === 'remeasure' || step.act === 'unmeasure')
        return void weigh(step)
      const session = sessions[step.which % Math.max(1, sessions.length)]
      if (session === undefined) return undefined
      if (step.act !== 'log') return void change(session, step)
      if (session.discarded) return undefined
      const data = told.loggedOf(session.id, step.sets)
      const { records: made, coming } = await told.records.made(ann, session.id, data, 'metric')
      for (const one of data) told.emit(session.id, { type: 'SetLogged', data: one })
      told.changed(ann)
      told.records.landed(coming)
      const ids = data.map(({ setId }) => setId)
      session.sets.push(...plain(session.startedAt, step.sets, ids))
      return { made, ids }
    },
  }
}
