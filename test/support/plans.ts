import type { PlanContext, PlanFields } from '../../src/domain/plan/details.ts'
import type { PlanDetails, PlanEvent } from '../../src/domain/plan/events.ts'
import { run, squat } from './sessions.ts'

// What the tests of plans are about: squats in kilograms on one day, a run on the other.
export const planId = '0198c0de-0000-7000-8000-0000000000c1'
export const now = '2025-03-01T18:00:00.000Z'
export const later = '2025-03-02T18:00:00.000Z'

export const context: PlanContext = {
  units: 'metric',
  exercises: new Map([
    [squat.exerciseId, squat],
    [run.exerciseId, run],
  ]),
}

export const told: PlanFields = {
  name: 'Squat and run',
  goal: 'Ten kilometres',
  frequencyPerWeek: 2,
  days: [
    {
      name: 'Legs',
      weekday: 'monday',
      exercises: [
        {
          exerciseId: squat.exerciseId,
          restSeconds: 180,
          sets: [
            { kind: 'warmup', reps: 8 },
            { reps: 5, weight: 100 },
            { repsMin: 4, repsMax: 6 },
          ],
        },
      ],
    },
    { name: 'Road', exercises: [{ exerciseId: run.exerciseId, sets: [{ distance: 5 }] }] },
  ],
}

export const details: PlanDetails = {
  exerciseTypes: [],
  days: [
    {
      name: 'Legs',
      weekday: 'monday',
      exercises: [
        {
          ...squat,
          restSeconds: 180,
          sets: [
            { kind: 'warmup', reps: 8 },
            {
              kind: 'working',
              reps: 5,
              weight: 100,
              weightUnit: 'kg',
              weightMicrograms: 100_000_000_000,
            },
            { kind: 'working', repsMin: 4, repsMax: 6 },
          ],
        },
      ],
    },
    {
      name: 'Road',
      exercises: [
        {
          ...run,
          sets: [{ kind: 'working', distance: 5, distanceUnit: 'km', distanceMillimeters: 5_000_000 }],
        },
      ],
    },
  ],
  name: 'Squat and run',
  goal: 'Ten kilometres',
  frequencyPerWeek: 2,
}

export const created = (more: Partial<PlanDetails> = {}): PlanEvent => ({
  type: 'PlanCreated',
  data: { ...details, ...more, planId, number: 1, createdAt: now },
})

export const archived: PlanEvent = { type: 'PlanArchived', data: { archivedAt: later } }
