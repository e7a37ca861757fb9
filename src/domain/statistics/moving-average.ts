import { daysBetween } from './calendar.ts'

export type DatedValue = { date: string; value: number }

/** How far back each mean goes, its own day included. */
export const MEAN_DAYS = 7

/**
 * The trailing mean of each day: the mean of the values of the 7 days that end with it, over those days that
 * have one. Days come in order, each once. It is the single moving average of the NIST/SEMATECH e-Handbook of
 * Statistical Methods, 6.4.2.1; a week evens out what body weight does between its days.
 */
export function trailingMeans(days: readonly DatedValue[]): DatedValue[] {
  let first = 0
  return days.map(({ date }, index) => {
    while (daysBetween((days[first] as DatedValue).date, date) >= MEAN_DAYS) first += 1
    const held = days.slice(first, index + 1)
    return { date, value: held.reduce((sum, { value }) => sum + value, 0) / held.length }
  })
}
