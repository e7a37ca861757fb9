import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { daysUntil, trendOf } from '../../../src/domain/statistics/trend.ts'

const trend = suite('trend')

const flat = { slopePerWeek: 0, direction: 'flat' } as const

trend('is flat for nothing, for one point and for points of one day', () => {
  assert.equal(trendOf([]), flat)
  assert.equal(trendOf([{ start: '2025-06-02', value: 5 }]), flat)
  assert.equal(
    trendOf([
      { start: '2025-06-02', value: 5 },
      { start: '2025-06-02', value: 9 },
    ]),
    flat,
  )
})

trend('rises by what a week adds', () => {
  const points = [
    { start: '2025-06-02', value: 100 },
    { start: '2025-06-09', value: 105 },
    { start: '2025-06-16', value: 110 },
  ]
  assert.equal(trendOf(points), { slopePerWeek: 5, direction: 'up' })
})

trend('falls, and takes the days between the points into account', () => {
  const points = [
    { start: '2025-06-02', value: 20 },
    { start: '2025-06-16', value: 10 },
  ]
  assert.equal(trendOf(points), { slopePerWeek: -5, direction: 'down' })
})

trend('is the line of least squares', () => {
  const points = [
    { start: '2025-06-02', value: 1 },
    { start: '2025-06-09', value: 3 },
    { start: '2025-06-16', value: 2 },
    { start: '2025-06-23', value: 6 },
  ]
  assert.equal(trendOf(points), { slopePerWeek: 1.4, direction: 'up' })
})

trend('is flat where only rounding moves', () => {
  const points = [
    { start: '2025-06-02', value: 0.1 + 0.2 },
    { start: '2025-06-09', value: 0.3 },
    { start: '2025-06-16', value: 0.3 },
  ]
  assert.equal(trendOf(points), flat)
  assert.equal(
    trendOf([
      { start: '2025-06-02', value: 0 },
      { start: '2025-06-09', value: 0 },
    ]),
    flat,
  )
})

const meeting = suite('meeting a value')

const rising = [
  { start: '2025-06-02', value: 1 },
  { start: '2025-06-09', value: 3 },
  { start: '2025-06-16', value: 2 },
  { start: '2025-06-23', value: 6 },
]

meeting('comes as many days after the first point as the line needs', () => {
  // 1.4 a week through 3 after one and a half weeks.
  assert.is(daysUntil(rising, 10), 45.5)
  assert.is(daysUntil(rising, 3), 10.5)
})

meeting('may lie before the first point', () => {
  assert.is(daysUntil(rising, -4), -24.5)
})

meeting('never comes where the line is flat', () => {
  assert.is(daysUntil(rising.slice(0, 1), 5), undefined)
  assert.is(daysUntil([], 5), undefined)
})

for (const each of [trend, meeting]) each.run()
