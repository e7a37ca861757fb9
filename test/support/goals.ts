import type { GoalFields } from '../../src/domain/goal/details.ts'
import type { GoalDetails, GoalEvent } from '../../src/domain/goal/events.ts'
import type { Goal } from '../../src/domain/goal/goal.ts'
import type { DatedValue } from '../../src/domain/goal/progress.ts'

export const goalId = '0198c0de-0000-7000-8000-0000000000d1'
export const setAt = '2025-03-01T18:00:00.000Z'
export const berlin = { today: '2025-03-01', timeZone: 'Europe/Berlin' }

export const squat = { exerciseId: 'barbell-back-squat', metric: 'weight-reps' } as const

export const squat140: GoalFields = {
  kind: 'lift',
  title: 'Squat 140',
  exerciseId: squat.exerciseId,
  target: 140,
  unit: 'kg',
}
export const books: GoalFields = { kind: 'custom', title: 'Read on training', target: 20, unit: 'books' }

/** The goal as its first event has it. */
export const goalSet = (details: GoalDetails): GoalEvent => ({
  type: 'GoalSet',
  data: { goalId, setAt, ...details },
})

export const pursued = (details: Partial<GoalDetails>): Goal => ({
  status: 'pursued',
  goalId,
  setAt,
  details: { kind: 'custom', title: 'A goal', target: 10, unit: 'times', ...details },
  progress: [],
})

/** Values of as many days in a row from one on; null for a day without. */
export function daily(from: string, ...values: (number | null)[]): DatedValue[] {
  return values.flatMap((value, index) => {
    const at = new Date(Date.parse(`${from}T12:00:00.000Z`) + index * 86_400_000).toISOString()
    return value === null ? [] : [{ date: at.slice(0, 10), at, value }]
  })
}
