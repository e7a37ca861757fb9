import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { forecastOf } from '../../../src/domain/goal/forecast.ts'

const forecast = suite('the forecast of a goal')

const today = '2025-03-20'
const point = (start: string, value: number) => ({ start, value })
const rising = [point('2025-03-01', 100), point('2025-03-08', 102), point('2025-03-15', 104)]

forecast('is the day on which the line meets the target', () => {
  // 2 a week from 104 on 15 March: 6 more are there after 3 weeks.
  assert.is(forecastOf(rising, 110, 'up', today), '2025-04-05')
})

forecast('is the first whole day on which the target is reached', () => {
  assert.is(forecastOf(rising, 110.1, 'up', today), '2025-04-06')
})

forecast('goes down as well as up', () => {
  const falling = [point('2025-03-01', 90), point('2025-03-08', 89), point('2025-03-15', 88)]
  assert.is(forecastOf(falling, 85, 'down', today), '2025-04-05')
})

forecast('goes through the middle of what scatters', () => {
  const points = [1, 3, 2, 6].map((value, week) =>
    point(`2025-03-${String(1 + week * 7).padStart(2, '0')}`, value),
  )
  // Slope 1.4 a week through 3 at one and a half weeks: 10 after 6.5 weeks.
  assert.is(forecastOf(points, 10, 'up', '2025-03-23'), '2025-04-16')
})

const honest: readonly [
  sentence: string,
  points: readonly { start: string; value: number }[],
  target: number,
][] = [
  ['nothing', [], 110],
  ['one value', rising.slice(0, 1), 110],
  ['two values, however far apart', [point('2025-01-01', 100), point('2025-03-15', 104)], 110],
  [
    'three values within less than 7 days',
    [point('2025-03-09', 100), point('2025-03-12', 102), point('2025-03-15', 104)],
    110,
  ],
  ['values that stay', rising.map(({ start }) => point(start, 100)), 110],
  ['values that go the other way', rising.map(({ start, value }) => point(start, -value)), 110],
  ['a target that the line has met already, though no value has', rising, 105],
  ['a target more than 5 years away', rising, 1000],
]

for (const [sentence, points, target] of honest) {
  forecast(`is none for ${sentence}`, () => assert.is(forecastOf(points, target, 'up', today), null))
}

forecast('reaches 5 years ahead and no day more', () => {
  // 2 a week are 0.2857.. a day from 104 on 15 March: 1825 days after 20 March are 1830 after that.
  assert.is(forecastOf(rising, 104 + (2 / 7) * 1830, 'up', today), '2030-03-19')
  assert.is(forecastOf(rising, 104 + (2 / 7) * 1831, 'up', today), null)
})

forecast.run()
