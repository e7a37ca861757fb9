import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type BodyArea, bodyAreas } from '../../../src/domain/exercise/events.ts'
import { weekdays } from '../../../src/domain/plan/events.ts'
import { leastPerSession, spread, weekdaysOf } from '../../../src/domain/plan/week.ts'

const test = suite('week')

const alike = () => 60

const weeks = fc.record({
  frequencyPerWeek: fc.integer({ min: 1, max: 14 }),
  areas: fc.shuffledSubarray([...bodyAreas], { minLength: 1 }),
  most: fc.integer({ min: 1, max: 8 }),
  wanted: fc.integer({ min: 1, max: 8 }),
})

/** Pairs of sessions that follow each other, in the list or on the calendar, and share an area. */
function clashes(frequencyPerWeek: number, week: readonly BodyArea[][]): string[] {
  const days = weekdaysOf(frequencyPerWeek).map((weekday) => weekdays.indexOf(weekday))
  return week.flatMap((areas, one) =>
    week.flatMap((others, other) => {
      const apart = Math.abs((days[one] as number) - (days[other] as number))
      const near = other > one && (other === one + 1 || apart <= 1 || apart === 6)
      return near && areas.some((area) => others.includes(area)) ? [`${one}-${other}`] : []
    }),
  )
}

test('every area is trained, and no session holds more than there is room for', () => {
  fc.assert(
    fc.property(weeks, ({ frequencyPerWeek, areas, most, wanted }) => {
      fc.pre(areas.length <= frequencyPerWeek * most)
      const week = spread(frequencyPerWeek, areas, Math.min(wanted, most), alike)
      assert.is(week.length, frequencyPerWeek)
      assert.equal([...new Set(week.flat())].sort(), [...areas].sort())
      for (const trained of week) {
        assert.ok(trained.length >= 1 && trained.length <= most)
        assert.is(new Set(trained).size, trained.length)
      }
    }),
  )
})

test('two sessions running share no area as soon as there are areas enough', () => {
  // A week in a circle of 7 days takes 3; two sessions on each day of it take 5.
  const enough = (frequencyPerWeek: number) =>
    frequencyPerWeek === 1 ? 1 : frequencyPerWeek < 7 ? 2 : frequencyPerWeek === 7 ? 3 : 5
  fc.assert(
    fc.property(weeks, ({ frequencyPerWeek, areas, most, wanted }) => {
      fc.pre(areas.length <= frequencyPerWeek * most && areas.length >= enough(frequencyPerWeek))
      const week = spread(frequencyPerWeek, areas, Math.min(wanted, most), alike)
      assert.equal(clashes(frequencyPerWeek, week), [])
    }),
  )
})

test('where it cannot be avoided it happens as seldom as can be', () => {
  assert.equal(spread(3, ['legs'], 1, alike), [['legs'], ['legs'], ['legs']])
  const daily = spread(7, ['legs', 'back'], 2, alike)
  assert.is(clashes(7, daily).length, 1)
})

test('areas take turns, and more of them are added where there is room', () => {
  assert.equal(spread(2, ['legs', 'back'], 2, alike), [['legs'], ['back']])
  assert.equal(spread(3, ['legs', 'back', 'chest'], 2, alike), [
    ['legs', 'chest'],
    ['back'],
    ['chest', 'legs'],
  ])
})

test('sessions lie as far from each other as they can', () => {
  assert.equal(weekdaysOf(3), ['monday', 'wednesday', 'friday'])
  assert.equal(weekdaysOf(7), weekdays)
  assert.equal(
    weekdaysOf(14),
    weekdays.flatMap((weekday) => [weekday, weekday]),
  )
})

test('where areas share a session, a slow one stands alone and quick ones together', () => {
  const areas: BodyArea[] = ['legs', 'back', 'cardio', 'chest']
  const seconds = (area: BodyArea) => (area === 'cardio' ? 450 : 150)
  assert.equal(spread(2, areas, 1, seconds), [['cardio'], ['legs', 'back', 'chest']])
  assert.is(leastPerSession(2, areas, seconds), 450)
  assert.is(leastPerSession(4, areas, seconds), 450)
  assert.is(leastPerSession(1, areas, seconds), 900)
})

test.run()
