import { daysBetween } from './calendar.ts'

export type Trend = { slopePerWeek: number; direction: 'up' | 'down' | 'flat' }

type Point = { start: string; value: number }

/** What is left of a level line by the rounding of its arithmetic alone. */
const NOISE = 1e-9

/**
 * The straight line of least squares through values at dates: how much it rises in a week. It is flat with
 * fewer than two different dates, and where the whole rise is no more than rounding.
 */
export function trendOf(points: readonly Point[]): Trend {
  const { slopePerWeek } = leastSquares(points)
  if (slopePerWeek === 0) return { slopePerWeek, direction: 'flat' }
  return { slopePerWeek, direction: slopePerWeek > 0 ? 'up' : 'down' }
}

/**
 * After how many days from the first point the same line meets a value; negative where it did so before.
 * Undefined where the line is flat and meets nothing.
 */
export function daysUntil(points: readonly Point[], value: number): number | undefined {
  const { slopePerWeek, weeksMean, valueMean } = leastSquares(points)
  // The line goes through the middle of its points.
  return slopePerWeek === 0 ? undefined : (weeksMean + (value - valueMean) / slopePerWeek) * 7
}

function leastSquares(points: readonly Point[]) {
  const first = points[0]
  if (first === undefined) return { slopePerWeek: 0, weeksMean: 0, valueMean: 0 }
  const weeks = points.map(({ start }) => daysBetween(first.start, start) / 7)
  const weeksMean = mean(weeks)
  const valueMean = mean(points.map(({ value }) => value))
  let covariance = 0
  let variance = 0
  let largest = 0
  for (const [index, { value }] of points.entries()) {
    const distance = (weeks[index] as number) - weeksMean
    covariance += distance * (value - valueMean)
    variance += distance * distance
    largest = Math.max(largest, Math.abs(value))
  }
  const slopePerWeek = variance === 0 ? 0 : covariance / variance
  const rise = slopePerWeek * (weeks.at(-1) as number)
  return { slopePerWeek: Math.abs(rise) <= largest * NOISE ? 0 : slopePerWeek, weeksMean, valueMean }
}

function mean(values: readonly number[]) {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
