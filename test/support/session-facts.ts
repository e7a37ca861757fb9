import { exercisesView } from '../../src/adapters/sqlite/views/exercises.ts'
import { sessionQueries, sessionsView } from '../../src/adapters/sqlite/views/sessions.ts'
import { usersView } from '../../src/adapters/sqlite/views/users.ts'
import type { SessionEvent } from '../../src/domain/session/events.ts'
import { type Fact, foldViews } from './fold-views.ts'
import { now, settings, squat } from './sessions.ts'

export const ada = 'ada'
export const eighty = { bodyWeight: 80, bodyWeightUnit: 'kg', bodyWeightMicrograms: 80_000_000_000 } as const
export const pullUp = { exerciseId: 'pull-up', exerciseName: 'Pull-up', metric: 'bodyweight-reps' } as const

const people: Fact[] = [ada, 'bob'].map((userId) => ({
  stream: `user-${userId}`,
  subject: userId,
  event: {
    type: 'UserRegistered',
    data: { userId, registeredAt: now, email: `${userId}@example.org`, firstName: userId, ...settings },
  },
}))

const exercises: Fact[] = [squat, pullUp].map(({ exerciseId, exerciseName: name, metric }) => ({
  stream: `exercise-${exerciseId}`,
  event: {
    type: 'CatalogueExercisePublished',
    data: {
      exerciseId,
      metric,
      category: 'strength',
      bodyArea: 'legs',
      primaryMuscles: [],
      secondaryMuscles: [],
      equipment: [],
      unilateral: false,
      texts: { en: { name, description: '', instructions: [] } },
    },
  },
}))

export const of = (name: string, subject: string, events: readonly SessionEvent[]): Fact[] =>
  events.map((event) => ({ stream: `session-${subject}-${name}`, subject, event }))

// Keys of streams in this order: two people 1 and 2, two exercises 3 and 4, then sessions from 5.
export function folded(...facts: Fact[]) {
  const { db, fold } = foldViews(
    [usersView, exercisesView, sessionsView],
    [...people, ...exercises, ...facts],
  )
  return { db, fold, reads: sessionQueries(db) }
}
