import fc from 'fast-check'
import type { Refusal } from '../../src/domain/refusal.ts'
import { changeSession } from '../../src/domain/session/change-session.ts'
import {
  type EntryExercise,
  type PlannedExercise,
  type SessionEvent,
  setKinds,
} from '../../src/domain/session/events.ts'
import { currentStep } from '../../src/domain/session/guide.ts'
import { adjustStep, setRest, skipSteps, swapSteps } from '../../src/domain/session/guiding.ts'
import { logSession } from '../../src/domain/session/log-session.ts'
import * as session from '../../src/domain/session/session.ts'
import { quantitiesOf } from '../../src/domain/session/set-facts.ts'
import { correctSet, deleteSet, type LoneSet, logSets } from '../../src/domain/session/sets.ts'
import { later } from './guided.ts'
import { sessionId, settings } from './sessions.ts'

/** What is told at a moment, under ids that nobody has yet; it may well be refused. */
export type Decide = (
  state: session.SessionState,
  moment: { now: string; freshId: string },
) => readonly SessionEvent[] | Refusal

const values = { reps: 5, weight: 100, durationSeconds: 30, distance: 1 }
const fitting = ({ metric }: EntryExercise) =>
  Object.fromEntries(quantitiesOf[metric].map((quantity) => [quantity, values[quantity]]))
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })

/** Days of these exercises, some of which stand in them twice, alone or in one of two supersets. */
function days(exercises: readonly EntryExercise[]): fc.Arbitrary<PlannedExercise[]> {
  const one = fc.record(
    {
      exercise: fc.constantFrom(...exercises),
      sets: fc.array(fc.constantFrom(...setKinds), { maxLength: 3, size: 'max' }),
      supersetGroup: fc.nat(1),
      restSeconds: fc.constantFrom(0, 40),
    },
    { requiredKeys: ['exercise', 'sets'] },
  )
  return fc.array(
    one.map(({ exercise, sets, ...about }) => ({
      ...exercise,
      ...about,
      sets: sets.map((kind) => ({ kind, ...fitting(exercise) })),
    })),
    { maxLength: 4, size: 'max' },
  )
}

const planOf = (...exercises: PlannedExercise[][]) => ({
  planId: 'plan',
  archived: false,
  days: exercises.map((day) => ({ exercises: day })),
})

/** The id of the step that is to be done, or now and then of another. */
function stepIn(state: session.SessionState, stale: number): string {
  const steps = state.status === 'none' ? [] : (state.guide?.steps ?? [])
  const current = state.status === 'none' ? undefined : currentStep(state)
  return (stale < 9 ? current?.stepId : steps[stale % Math.max(1, steps.length)]?.stepId) ?? '1'
}

function setIn(state: session.SessionState, which: number): string {
  const sets = state.status === 'none' ? [] : state.entries.flatMap((entry) => entry.sets)
  return sets[which % Math.max(1, sets.length)]?.logged.setId ?? 'none'
}

function setOfStep(state: session.SessionState, stepId: string, freshId: string): LoneSet {
  const steps = state.status === 'none' ? [] : (state.guide?.steps ?? [])
  const step = steps.find((one) => one.stepId === stepId)
  return { at: '', freshId, exercise: undefined, stepId, ...(step && fitting(step)) }
}

/** Whatever can be told of a session that is guided through days of these exercises, its start first. */
export function guidedHistories(exercises: readonly EntryExercise[], maxLength = 30): fc.Arbitrary<Decide[]> {
  const exercise = fc.constantFrom(...exercises)
  const stale = fc.nat(11)
  const which = fc.nat(20)
  const day = days(exercises)
  const next: fc.Arbitrary<Decide> = fc.oneof(
    { weight: 12, arbitrary: stale.map((at) => doing(at)) },
    { weight: 2, arbitrary: fc.integer({ min: 2, max: 4 }).map((count) => catchingUp(count)) },
    { weight: 2, arbitrary: exercise.map((one) => unplanned(one)) },
    {
      weight: 4,
      arbitrary: which.map(
        (at): Decide =>
          (state) =>
            deleteSet(state, setIn(state, at)),
      ),
    },
    { weight: 1, arbitrary: which.map((at) => correcting(at)) },
    {
      weight: 4,
      arbitrary: fc.tuple(stale, fc.boolean(), maybe(fc.constant('Knee.'))).map(
        ([at, whole, reason]): Decide =>
          (state) =>
            skipSteps(state, { stepId: stepIn(state, at), whole, reason }),
      ),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(stale, exercise).map(
        ([at, one]): Decide =>
          (state) =>
            swapSteps(state, { stepId: stepIn(state, at), exercise: one }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(stale, maybe(exercise), fc.constantFrom(...setKinds)).map(
        ([at, one, kind]): Decide =>
          (state) => {
            const target = one && { kind, ...fitting(one) }
            return adjustStep(state, { stepId: stepIn(state, at), note: 'Slowly.', target, settings })
          },
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(0, 30, 60).map(
        (seconds): Decide =>
          (state, { now }) => {
            return setRest(state, { now, seconds })
          },
      ),
    },
    { weight: 1, arbitrary: fc.tuple(maybe(fc.nat(1)), day, day).map(planning) },
    {
      weight: 1,
      arbitrary: fc.constant<Decide>((state, { now }) => session.finishSession(state, { now, settings })),
    },
    { weight: 1, arbitrary: fc.constant<Decide>(session.discardSession) },
    { weight: 3, arbitrary: fc.constant<Decide>(session.restoreSession) },
  )
  return fc
    .tuple(day.map(starting), fc.array(next, { maxLength, size: 'max' }))
    .map(([first, rest]) => [first, ...rest])
}

const starting =
  (day: PlannedExercise[]): Decide =>
  (state, { now }) =>
    logSession(state, {
      sessionId,
      now,
      settings,
      entries: [],
      planId: 'plan',
      planDay: 0,
      plan: planOf(day),
    })

const doing =
  (stale: number): Decide =>
  (state, { now, freshId }) => {
    return logSets(state, { now, settings, sets: [setOfStep(state, stepIn(state, stale), freshId)] })
  }

const catchingUp =
  (count: number): Decide =>
  (state, { now, freshId }) => {
    const steps = state.status === 'none' ? [] : (state.guide?.steps ?? [])
    const open = steps.filter(({ status }) => status === 'open').slice(0, count)
    const sets = open.map(({ stepId }, index) => setOfStep(state, stepId, `${freshId}-${index}`))
    return logSets(state, { now, settings, sets })
  }

const unplanned =
  (exercise: EntryExercise): Decide =>
  (state, { now, freshId }) => {
    const set = { at: '', freshId, exerciseId: exercise.exerciseId, exercise, ...fitting(exercise) }
    return logSets(state, { now, settings, sets: [set] })
  }

const correcting =
  (which: number): Decide =>
  (state, { now }) =>
    correctSet(state, { now, settings, setId: setIn(state, which), change: { rpe: 1 + (which % 10) } })

const planning =
  ([planDay, ...both]: [number | undefined, PlannedExercise[], PlannedExercise[]]): Decide =>
  (state, { now }) => {
    const change = { planId: 'plan', planDay: planDay ?? null }
    return changeSession(state, { now, settings, change, plan: planOf(...both) })
  }

/** Goes through a history; gives what each command met, and what became of it. */
export function* told(history: readonly Decide[]) {
  let state: session.SessionState = session.initial
  for (const [index, decide] of history.entries()) {
    const decided = decide(state, { now: later(index * 30), freshId: `id-${index}` })
    const before = state
    const events = 'refusal' in decided ? [] : decided
    state = events.reduce(session.evolve, state)
    yield { before, decided, events, after: state }
  }
}
