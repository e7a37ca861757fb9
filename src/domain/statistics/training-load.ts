import type { Effort } from '../session/events.ts'
import { addDays, bucketsBetween, daysBetween } from './calendar.ts'

/** How long sessions of one effort took on a day. */
export type EffortTime = { date: string; effort: Effort; seconds: number }

/** Load in arbitrary units; acute and chronic are means a day. */
export type LoadPoint = { date: string; load: number; acute: number; chronic: number; ratio: number | null }

/** The efforts on Borg's CR-10 scale of exertion, as session RPE takes them. */
export const effortFactors: Readonly<Record<Effort, number>> = { easy: 3, average: 5, heavy: 8 }

export const ACUTE_DAYS = 7
export const CHRONIC_DAYS = 28

const SECONDS_PER_MINUTE = 60

/**
 * The training load of each day from `from` to `to`. The load of a session is its effort times its minutes
 * (session RPE: Foster et al. 2001, J Strength Cond Res 15:109-115). Acute is the mean of the last 7 days,
 * chronic that of the last 28, the day itself included in both; ratio is acute to chronic (rolling averages:
 * Hulin et al. 2014, Br J Sports Med 48:708-712), null while chronic is 0, or fewer than 28 days have passed
 * since the first session with a load, `since`. Times are needed from 27 days before `from` on.
 */
export function trainingLoad(
  times: readonly EffortTime[],
  since: string,
  from: string,
  to: string,
): LoadPoint[] {
  const loads = new Map<string, number>()
  for (const { date, effort, seconds } of times) {
    loads.set(date, (loads.get(date) ?? 0) + effortFactors[effort] * seconds)
  }
  const dates = bucketsBetween(addDays(from, 1 - CHRONIC_DAYS), to, 'day')
  // Of all days so far, so that the sum over any run of days is a difference of whole numbers.
  const sums = [0]
  for (const date of dates) sums.push((sums.at(-1) as number) + (loads.get(date) ?? 0))
  const meanOf = (days: number, end: number) => {
    return ((sums[end] as number) - (sums[end - days] as number)) / SECONDS_PER_MINUTE / days
  }
  return dates.slice(CHRONIC_DAYS - 1).map((date, index) => {
    const end = index + CHRONIC_DAYS
    const [acute, chronic] = [meanOf(ACUTE_DAYS, end), meanOf(CHRONIC_DAYS, end)]
    const known = chronic > 0 && daysBetween(since, date) >= CHRONIC_DAYS - 1
    return { date, load: meanOf(1, end), acute, chronic, ratio: known ? acute / chronic : null }
  })
}
