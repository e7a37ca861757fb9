import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { streakOf } from '../../../src/domain/statistics/streak.ts'

const streak = suite('streak')

const today = '2025-06-12' // a Thursday; its week begins on the 9th
const table: [name: string, days: string[], currentWeeks: number, longestWeeks: number][] = [
  ['there is none without a session', [], 0, 0],
  ['this week is one', ['2025-06-09'], 1, 1],
  ['last week still stands while this one has none yet', ['2025-05-26', '2025-06-02'], 2, 2],
  ['the week before last does not', ['2025-05-19', '2025-05-26'], 0, 2],
  ['this week goes on from last week', ['2025-05-26', '2025-06-02', '2025-06-09'], 3, 3],
  ['several days of a week count once', ['2025-06-02', '2025-06-08', '2025-06-09', '2025-06-15'], 2, 2],
  ['a gap begins anew', ['2025-05-12', '2025-05-19', '2025-05-26', '2025-06-09'], 1, 3],
  ['weeks to come are not current', ['2025-06-02', '2025-06-09', '2025-06-16', '2025-06-23'], 2, 4],
  ['New Year is no gap, whatever the number of its week', ['2020-12-21', '2020-12-28', '2021-01-04'], 0, 3],
]
for (const [name, days, currentWeeks, longestWeeks] of table) {
  streak(name, () => assert.equal(streakOf(days, today), { currentWeeks, longestWeeks }))
}

streak.run()
