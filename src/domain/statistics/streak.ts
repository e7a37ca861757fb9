import { weekNumber } from './calendar.ts'

/**
 * Runs of consecutive weeks, from days in order of which each makes its week count. The current run ends with
 * the week of `today`, or with the one before it while this week has nothing yet.
 */
export function streakOf(
  days: readonly string[],
  today: string,
): { currentWeeks: number; longestWeeks: number } {
  const thisWeek = weekNumber(today)
  let currentWeeks = 0
  let longestWeeks = 0
  let run = 0
  let before = Number.NaN
  for (const day of days) {
    const week = weekNumber(day)
    if (week === before) continue
    run = week === before + 1 ? run + 1 : 1
    before = week
    if (week === thisWeek || week === thisWeek - 1) currentWeeks = run
    if (run > longestWeeks) longestWeeks = run
  }
  return { currentWeeks, longestWeeks }
}
