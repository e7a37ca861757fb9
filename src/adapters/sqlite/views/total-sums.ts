import type { Database } from 'better-sqlite3'
import { entriesAndSets } from './set-rows.ts'
import { monday, sessionSums, setSums } from './total-triggers.ts'

const { lifted, sums } = setSums('s', '')
const ofSessions = sessionSums('x', '')

const named = (columns: object) => Object.keys(columns).join(', ')
const zeros = (columns: object) =>
  Object.keys(columns)
    .map((column) => `0 AS ${column}`)
    .join(', ')
const valued = (columns: Readonly<Record<string, string>>) =>
  Object.entries(columns)
    .map(([column, value]) => `${value} AS ${column}`)
    .join(', ')
const summed = (columns: object) =>
  Object.keys(columns)
    .map((column) => `sum(${column}) AS ${column}`)
    .join(', ')

const counted = `(SELECT e.exercise, e.local_date, e.session, ${valued(sums)} FROM ${entriesAndSets}
      WHERE e.user = @user AND s.counted = 1)`

const fillings = [
  `INSERT INTO exercise_session (user, exercise, local_date, session, ${named(lifted)})
    SELECT @user, exercise, local_date, session, ${summed(lifted)} FROM ${counted}
    GROUP BY exercise, local_date, session`,
  `INSERT INTO exercise_total (user, exercise, ${named(lifted)})
    SELECT user, exercise, ${summed(lifted)} FROM exercise_session WHERE user = @user GROUP BY exercise`,
  `INSERT INTO day_total (user, local_date, ${named(sums)}, ${named(ofSessions)})
    SELECT @user, local_date, ${summed(sums)}, ${summed(ofSessions)} FROM (
      SELECT local_date, ${named(sums)}, ${zeros(ofSessions)} FROM ${counted}
      UNION ALL
      SELECT local_date, ${zeros(sums)}, ${valued(ofSessions)} FROM session x
      WHERE x.user = @user AND x.status <> 'discarded'
    ) GROUP BY local_date`,
  `INSERT INTO user_total (user, ${named(sums)}, ${named(ofSessions)})
    SELECT user, ${summed(sums)}, ${summed(ofSessions)} FROM day_total WHERE user = @user GROUP BY user`,
  `INSERT INTO week_total (user, monday, finished)
    SELECT @user, ${monday('x')} AS monday, sum(count) FROM session x
    WHERE user = @user AND status = 'finished' GROUP BY monday`,
]

/**
 * Makes all sums from the rows of `session` and `session_set`, as their triggers would have: one person after
 * the other, as sorting the sets of all would fill the room for temporary files.
 */
export function fillTotals(db: Database) {
  const people = db.prepare<[], number>('SELECT DISTINCT user FROM session').pluck()
  const fill = fillings.map((sql) => db.prepare<{ user: number }>(sql))
  for (const user of people.all()) {
    for (const statement of fill) statement.run({ user })
  }
}
