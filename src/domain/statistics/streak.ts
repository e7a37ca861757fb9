import { addDays, mondayOf } from './calendar.ts'

/**
 * Runs of consecutive weeks, from the Mondays of the weeks that count, each once and in order. The current
 * run ends with the week of `today`, or with the one before it while this week has nothing yet.
 */
export function streakOf(
  mondays: readonly string[],
  today: string,
): { currentWeeks: number; longestWeeks: number } {
  const thisWeek = mondayOf(today)
  const lastWeek = addDays(thisWeek, -7)
  let currentWeeks = 0
  let longestWeeks = 0
  let run = 0
  let expected = ''
  for (const monday of mondays) {
    run = monday === expected ? run + 1 : 1
    expected = addDays(monday, 7)
    if (monday === thisWeek || monday === lastWeek) currentWeeks = run
    if (run > longestWeeks) longestWeeks = run
  }
  return { currentWeeks, longestWeeks }
}
