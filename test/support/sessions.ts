import type {
  EntryExercise,
  SessionEvent,
  SessionOpening,
  SetFacts,
} from '../../src/domain/session/events.ts'

// What the tests of sessions are about: one person's squats in Berlin, told in metric units.
export const now = '2025-03-01T18:00:00.000Z'
export const settings = { units: 'metric', timeZone: 'Europe/Berlin' } as const
export const sessionId = '0198c0de-0000-7000-8000-0000000000a1'

export const squat: EntryExercise = {
  exerciseId: 'barbell-back-squat',
  exerciseName: 'Barbell Back Squat',
  metric: 'weight-reps',
}
export const run: EntryExercise = {
  exerciseId: 'running',
  exerciseName: 'Running',
  metric: 'distance-duration',
}

export const fiveAtHundred: SetFacts = {
  setId: 'set-1',
  kind: 'working',
  reps: 5,
  weight: 100,
  weightUnit: 'kg',
  weightMicrograms: 100_000_000_000,
}

export const opening: SessionOpening = {
  sessionId,
  startedAt: '2025-03-01T17:00:00.000Z',
  timeZone: 'Europe/Berlin',
  localDate: '2025-03-01',
  entries: [],
}

export const started = (more: Partial<SessionOpening> = {}): SessionEvent => ({
  type: 'SessionStarted',
  data: { ...opening, ...more },
})

export const logged = (more: Partial<SessionOpening> = {}): SessionEvent => ({
  type: 'SessionLogged',
  data: { ...opening, finishedAt: '2025-03-01T18:00:00.000Z', ...more },
})

export const setLogged = (
  more: Partial<SetFacts> = {},
  entry = 0,
  exercise = squat,
): Extract<SessionEvent, { type: 'SetLogged' }> => ({
  type: 'SetLogged',
  data: { ...fiveAtHundred, ...more, ...exercise, entry },
})

export const discarded: SessionEvent = { type: 'SessionDiscarded', data: {} }
export const restored: SessionEvent = { type: 'SessionRestored', data: {} }
