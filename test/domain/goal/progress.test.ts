import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { GoalDetails } from '../../../src/domain/goal/events.ts'
import { type DatedValue, progressOf } from '../../../src/domain/goal/progress.ts'
import { berlin, daily, pursued } from '../../support/goals.ts'

const progress = suite('progress')

const kg = 1_000_000_000
const lift: Partial<GoalDetails> = { kind: 'lift', target: 140, unit: 'kg', direction: 'up' }
const weight: Partial<GoalDetails> = { kind: 'body-weight', target: 75, unit: 'kg' }
const nothing = {
  start: null,
  current: null,
  progress: 0,
  direction: null,
  achievedAt: null,
  forecastOn: null,
}
const kilograms = (values: DatedValue[]) => values.map((value) => ({ ...value, value: value.value * kg }))
const of = (details: Partial<GoalDetails>, values: readonly DatedValue[], today = '2025-03-01') =>
  progressOf(pursued(details), values, { ...berlin, today })

progress('of bests is the best there is, whenever it was', () => {
  const values = kilograms(daily('2020-01-01', 100, 120, 110))
  assert.equal(of({ ...lift, start: 100 }, values), {
    start: 100 * kg,
    current: 120 * kg,
    progress: 0.5,
    direction: 'up',
    status: 'active',
    achievedAt: null,
    forecastOn: null,
  })
})

progress('begins at nothing where nothing was, for what goes up', () => {
  assert.equal(of(lift, []), { ...nothing, start: 0, direction: 'up', status: 'active' })
  assert.is(of(lift, kilograms(daily('2025-03-01', 70))).progress, 0.5)
})

progress('begins with the first value where nothing was, for what is measured or goes down', () => {
  assert.equal(of(weight, []), { ...nothing, status: 'active' })
  const { start, current, progress, direction } = of(weight, kilograms(daily('2025-03-01', 85, 80)))
  assert.equal([start, current, progress, direction], [85 * kg, 80 * kg, 0.5, 'down'])
  assert.is(of({ target: 50, direction: 'down' }, daily('2025-03-01', 70, 60)).progress, 0.5)
  assert.is(of({ ...weight, target: 90 }, kilograms(daily('2025-03-01', 85))).direction, 'up')
})

progress('of what is measured is the latest there is, and never beyond 0 and 1', () => {
  const shares = [90, 85, 80, 75, 70].map((value) => {
    return of({ ...weight, start: 85 }, kilograms(daily('2025-03-01', 60, value))).progress
  })
  assert.equal(shares, [0, 0, 0.5, 1, 1])
})

progress('is whole or nothing where there is no way from start to target', () => {
  assert.is(of({ start: 10, target: 10, direction: 'up' }, daily('2025-03-01', 9)).progress, 0)
  assert.is(of({ start: 10, target: 10, direction: 'up' }, daily('2025-03-01', 10)).progress, 1)
  assert.is(of({ ...lift, start: 150 }, kilograms(daily('2025-03-01', 150))).progress, 1)
  assert.is(of({ ...weight, start: 70, direction: 'down' }, kilograms(daily('2025-03-01', 80))).progress, 0)
})

progress('of less assistance, or a time, goes down to the least', () => {
  const values = kilograms(daily('2025-03-01', 40, 20, 30))
  const { current, progress, status } = of({ ...lift, target: 10, start: 40, direction: 'down' }, values)
  assert.equal([current, progress, status], [20 * kg, 2 / 3, 'active'])
})

progress('is achieved by the first fact that reached the target, and stays so when later ones do not', () => {
  const values = kilograms(daily('2025-03-01', 85, 75, 74, 78))
  const { status, achievedAt, progress } = of({ ...weight, start: 85 }, values)
  assert.equal([status, achievedAt, progress], ['achieved', '2025-03-02T12:00:00.000Z', 0.7])
})

progress('is exact to the microgram', () => {
  const values = [{ date: '2025-03-01', at: '2025-03-01T10:00:00.000Z', value: 102_058_283_250 }]
  assert.is(of({ ...lift, target: 225, unit: 'lb' }, values).status, 'achieved')
  assert.is(of({ ...lift, target: 102.058283251, unit: 'kg' }, values).status, 'active')
})

progress('of what is measured does not count what was left before the goal was set', () => {
  const [longAgo, latest] = kilograms(daily('2025-01-01', 74, 85)) as [DatedValue, DatedValue]
  const stood = (value: DatedValue) => ({ ...value, stood: true })
  const reached = (...values: DatedValue[]) => of({ ...weight, start: 85 }, values).achievedAt
  assert.is(reached(stood(longAgo), stood(latest)), null)
  // What is entered later counts, whatever its date, and so does what the last one is corrected to.
  assert.is(reached(longAgo, stood(latest)), longAgo.at)
  assert.is(reached(stood(longAgo), { ...stood(latest), value: 75 * kg }), latest.at)
  assert.is(reached(stood(longAgo)), longAgo.at)
})

progress('of bests counts what was there before the goal was set', () => {
  const values = kilograms(daily('2025-01-01', 140, 100)).map((value) => ({ ...value, stood: true }))
  assert.is(of({ ...lift, start: 140 }, values).achievedAt, '2025-01-01T12:00:00.000Z')
})

progress('of an abandoned goal goes on, but it is not achieved and has no forecast', () => {
  const goal = { ...pursued({ ...lift, start: 100 }), status: 'abandoned' as const }
  const { status, achievedAt, progress } = progressOf(goal, kilograms(daily('2025-03-01', 140)), berlin)
  assert.equal([status, achievedAt, progress], ['abandoned', null, 1])
})

const forecasts = suite('the forecast within progress')

forecasts('takes the last 90 days, or all since the goal was set where that is longer', () => {
  const before = kilograms(daily('2024-11-01', 80, 130))
  const values = [
    ...before,
    ...kilograms(daily('2025-02-15', 100, ...Array(6).fill(null), 102, ...Array(6).fill(null), 104)),
  ]
  assert.is(of({ ...lift, target: 150 }, values).forecastOn, '2025-08-09')
  const year = kilograms(daily('2025-03-02', 80, ...Array(180).fill(null), 81, ...Array(180).fill(null), 82))
  assert.is(of({ ...lift, target: 83 }, year, '2026-03-01').forecastOn, '2026-08-27')
})

forecasts('of frequency takes whole weeks, and those without a session as 0', () => {
  const frequency: Partial<GoalDetails> = { kind: 'frequency', target: 5, unit: 'per-week', direction: 'up' }
  const week = (monday: string, count: number) =>
    daily(monday, ...Array.from({ length: count }, (_, index) => index + 1))
  const values = [...week('2025-02-03', 1), ...week('2025-02-17', 2), ...week('2025-02-24', 1)]
  // 1, 0 and 2 of the whole weeks: half a session more each week from 1 in their middle.
  const { current, forecastOn } = of(frequency, values)
  assert.equal([current, forecastOn], [2, '2025-04-07'])
  assert.is(of(frequency, []).forecastOn, null)
})

forecasts('is none once the target is reached', () => {
  const values = kilograms(daily('2025-02-15', 100, 101, 102, 103, 104, 105, 106, 107, 110))
  assert.is(of({ ...lift, target: 110 }, values).forecastOn, null)
})

for (const each of [progress, forecasts]) each.run()
