import type {
  EntryExercise,
  PlannedExercise,
  PlannedSet,
  SessionEvent,
  SetFacts,
} from '../../src/domain/session/events.ts'
import { evolve, initial, type KnownSession } from '../../src/domain/session/session.ts'
import { fiveAtHundred, now, squat, started } from './sessions.ts'

// What the tests of guides are about: a day of squats and pull-ups, and what stands in for them.
export const pullUp: EntryExercise = {
  exerciseId: 'pull-up',
  exerciseName: 'Pull-up',
  metric: 'bodyweight-reps',
}
export const press: EntryExercise = {
  exerciseId: 'leg-press',
  exerciseName: 'Leg Press',
  metric: 'weight-reps',
}
export const plank: EntryExercise = { exerciseId: 'plank', exerciseName: 'Plank', metric: 'duration' }

export const five: PlannedSet = {
  kind: 'working',
  reps: 5,
  weight: 100,
  weightUnit: 'kg',
  weightMicrograms: 100_000_000_000,
}
export const warmup: PlannedSet = { kind: 'warmup', reps: 10 }
export const eight: PlannedSet = { kind: 'working', reps: 8 }

export const planned = (
  exercise: EntryExercise,
  sets: PlannedSet[],
  more: Partial<PlannedExercise> = {},
): PlannedExercise => ({ ...exercise, ...more, sets })

/** A warm-up and two sets of squats, then two of pull-ups: steps 1 to 5. */
export const day = [
  planned(squat, [warmup, five, five], { restSeconds: 120 }),
  planned(pullUp, [eight, eight], { restSeconds: 60 }),
]

export const guided = (exercises: PlannedExercise[] = day) =>
  started({ planId: 'plan', planDay: 0, planned: exercises })

export const later = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString()

export const stepLogged = (
  stepId: string,
  more: Partial<SetFacts> & { restEndsAt?: string; supersetGroup?: number; entry?: number } = {},
  exercise = squat,
) => ({
  type: 'SetLogged' as const,
  data: { ...fiveAtHundred, setId: `set-${stepId}`, ...exercise, entry: 0, stepId, ...more },
})

export const after = (...events: SessionEvent[]) => events.reduce(evolve, initial) as KnownSession

/** The steps in short, as `1 barbell-back-squat 0 done`. */
export const way = (...events: SessionEvent[]) =>
  after(...events).guide?.steps.map(
    ({ stepId, exerciseId, set, status }) => `${stepId} ${exerciseId} ${set} ${status}`,
  )

export const isResting = (...events: SessionEvent[]) =>
  Object.hasOwn(after(...events).guide ?? {}, 'restEndsAt')
