import { addDays, daysBetween } from '../statistics/calendar.ts'
import { daysUntil, trendOf } from '../statistics/trend.ts'
import type { Direction } from './events.ts'

export type Point = { start: string; value: number }

const LEAST_VALUES = 3
const LEAST_DAYS = 7
const MOST_DAYS_AHEAD = 5 * 365
/** Of a day: what rounding alone may add to it. */
const NOISE = 1e-6

/**
 * The day on which the line of least squares through the points, in their order of time, meets the target.
 * Null where they do not carry one: fewer than 3 values or over less than 7 days, a line that is flat or goes
 * the wrong way, or one that meets the target not after today or more than 5 years from now.
 */
export function forecastOf(
  points: readonly Point[],
  target: number,
  direction: Direction,
  today: string,
): string | null {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined || points.length < LEAST_VALUES) return null
  if (daysBetween(first.start, last.start) < LEAST_DAYS || trendOf(points).direction !== direction)
    return null
  const days = Math.ceil((daysUntil(points, target) as number) - NOISE)
  const ahead = days - daysBetween(first.start, today)
  return ahead > 0 && ahead <= MOST_DAYS_AHEAD ? addDays(today, ahead) : null
}
