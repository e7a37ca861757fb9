import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { addDays } from '../../../src/domain/statistics/calendar.ts'
import { type EffortTime, trainingLoad } from '../../../src/domain/statistics/training-load.ts'

const load = suite('trainingLoad')

const hour = 3600
const average = (date: string, seconds = hour): EffortTime => ({ date, effort: 'average', seconds })

load('is effort times minutes, all sessions of a day together', () => {
  const times: EffortTime[] = [
    { date: '2025-06-01', effort: 'easy', seconds: 20 * 60 },
    { date: '2025-06-01', effort: 'heavy', seconds: 30 * 60 },
    average('2025-06-02', 90),
  ]
  const points = trainingLoad(times, '2025-06-01', '2025-06-01', '2025-06-03')
  assert.equal(
    points.map((point) => point.load),
    [3 * 20 + 8 * 30, 5 * 1.5, 0],
  )
})

load('is the same acute as chronic when every day is the same', () => {
  const times = Array.from({ length: 60 }, (_, day) => average(addDays('2025-01-01', day)))
  const [last] = trainingLoad(times, '2025-01-01', '2025-02-28', '2025-02-28')
  assert.equal(last, { date: '2025-02-28', load: 300, acute: 300, chronic: 300, ratio: 1 })
})

load('is one fourth of a week’s load when only this week of four was trained', () => {
  // 300 on each of the last 7 days: acute 2100 / 7, chronic 2100 / 28.
  const times = [
    average('2025-01-01'),
    ...[...Array(7).keys()].map((day) => average(addDays('2025-02-01', day))),
  ]
  const [last] = trainingLoad(times, '2025-01-01', '2025-02-07', '2025-02-07')
  assert.equal(last, { date: '2025-02-07', load: 300, acute: 300, chronic: 75, ratio: 4 })
})

load('leaves each mean when its days are over', () => {
  const points = trainingLoad([average('2025-01-01', 2 * hour)], '2025-01-01', '2025-01-01', '2025-01-30')
  const days = points.map(({ date, load: own, acute, chronic }) => [date, own, acute, chronic])
  assert.equal(days[0], ['2025-01-01', 600, 600 / 7, 600 / 28])
  assert.equal(days[6], ['2025-01-07', 0, 600 / 7, 600 / 28])
  assert.equal(days[7], ['2025-01-08', 0, 0, 600 / 28])
  assert.equal(days[27], ['2025-01-28', 0, 0, 600 / 28])
  assert.equal(days[28], ['2025-01-29', 0, 0, 0])
})

load('has no ratio before 28 days have passed, and none while chronic is 0', () => {
  const points = trainingLoad([average('2025-01-01')], '2025-01-01', '2025-01-27', '2025-01-29')
  assert.equal(
    points.map(({ ratio }) => ratio),
    [null, 0, null],
  )
})

load('of days that end before they begin is none', () => {
  assert.equal(trainingLoad([average('2025-01-01')], '2025-01-01', '2025-01-02', '2025-01-01'), [])
})

load.run()
