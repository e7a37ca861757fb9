import { addDays } from '../domain/statistics/calendar.ts'
import {
  CHRONIC_DAYS,
  type EffortTime,
  type LoadPoint,
  trainingLoad,
} from '../domain/statistics/training-load.ts'
import type { Range } from './records.ts'
import { DAYS_AHEAD } from './trends.ts'

export interface LoadReads {
  /** The time of the finished sessions of an effort, by day and effort. */
  times(userId: string, from: string, to: string): Promise<EffortTime[]>
  /** The day of the first one that took any time. */
  first(userId: string): Promise<string | undefined>
}

export type LoadAnswer = {
  period: { from: string; to: string }
  formula: 'rolling-average'
  unit: 'AU'
  points: LoadPoint[]
}

const DAYS_SHOWN = 90

/** Each day of the range from the first that has a load on. */
export async function loadOver(
  reads: LoadReads,
  userId: string,
  range: Range,
  today: string,
): Promise<LoadAnswer> {
  const { to = range.from !== undefined && range.from > today ? range.from : today } = range
  const { from = addDays(to, 1 - DAYS_SHOWN) } = range
  const since = await reads.first(userId)
  const answer = { period: { from, to }, formula: 'rolling-average', unit: 'AU' } as const
  if (since === undefined) return { ...answer, points: [] }
  const last = addDays(today, DAYS_AHEAD)
  const [start, end] = [from < since ? since : from, to > last ? last : to]
  const times = await reads.times(userId, addDays(start, 1 - CHRONIC_DAYS), end)
  return { ...answer, points: trainingLoad(times, since, start, end) }
}
