import type { CountedSet } from '../../src/domain/statistics/records.ts'

/** A set that counts, of nothing but what is told of it. */
export function countedSet(told: Partial<CountedSet> = {}): CountedSet {
  return {
    key: 1,
    session: 1,
    metric: 'weight-reps',
    localDate: '2025-06-01',
    achievedAt: '2025-06-01T10:00:00.000Z',
    startedAt: '2025-06-01T10:00:00.000Z',
    reps: null,
    weightMicrograms: null,
    loadMicrograms: null,
    volume: null,
    durationSeconds: null,
    distanceMillimeters: null,
    ...told,
  }
}
