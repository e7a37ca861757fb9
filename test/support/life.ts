import { readFileSync } from 'node:fs'
import type { DomainEvent, EventType } from '../../src/domain/events.ts'
import type { Fact } from './fold-views.ts'

export const idOf = (number: number) => `00000000-0000-4000-8000-0000000000${number + 10}`
const planId = '0198c0de-0000-7000-8000-0000000000c1'

/** A stored example of an event, with these fields besides or instead. */
export function example<T extends EventType>(type: T, more: object = {}) {
  const stored = readFileSync(new URL(`../golden/${type}.1.json`, import.meta.url), 'utf8')
  return { type, data: { ...JSON.parse(stored), ...more } } as DomainEvent
}

/** A person who has left something in every table. */
export function lifeOf(userId: string): Fact[] {
  const of = (kind: string, events: readonly DomainEvent[]): Fact[] =>
    events.map((event) => ({ stream: `${kind}-${userId}-${planId}`, subject: userId, event }))
  const own = example('CustomExerciseCreated')
  const { exerciseId, name: exerciseName, metric } = own.data as Record<string, string>
  const sets = [{ setId: idOf(1), kind: 'working', reps: 5, weight: 100, weightMicrograms: 100e9 }]
  const trained = [{ exerciseId, exerciseName, metric, sets }]
  const days = [{ name: 'All', exercises: trained }]
  const registered = { userId, email: `${userId}@example.org`, phone: userId, classicIdHmac: userId }
  return [
    { stream: `user-${userId}`, subject: userId, event: example('UserRegistered', registered) },
    { stream: `user-${userId}`, subject: userId, event: example('ClassicStatisticsCreated') },
    ...of('exercise', [own]),
    ...of('plan', [example('PlanCreated', { planId, days })]),
    ...of('measurement', [example('MeasurementTaken')]),
    ...of('goal', [example('GoalSet'), example('GoalProgressed')]),
    ...of('session', [
      example('SessionLogged', {
        planId,
        planDay: 0,
        finishedAt: '2025-03-01T18:00:00.000Z',
        entries: trained,
      }),
      example('SessionChanged', { planId, planDay: 0, planned: trained }),
    ]),
  ]
}
