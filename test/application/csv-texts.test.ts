import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  distanceUnitOf,
  lengthSecondsOf,
  localTimeOf,
  numberOf,
  secondsOf,
  snapped,
  weightUnitOf,
} from '../../src/application/csv-texts.ts'

const test = suite('texts of other programs')

test('numbers have a point or a comma, and marks between thousands', () => {
  const read = ['', ' ', '5', '-2', '40.0', '232,5', '1.234,5', '1,234.5', '1 000,25', '5.', '.5']
  assert.equal(read.map(numberOf), [undefined, undefined, 5, -2, 40, 232.5, 1234.5, 1234.5, 1000.25, 5, 0.5])
  for (const none of ['x', '1.2.3', '1e5', '.', '12 kg']) assert.ok(Number.isNaN(numberOf(none)), none)
})

test('times are told in words, by the clock or in seconds', () => {
  const read = ['', '2h 38m', '45m', '1h', '30s', '1 hr 5 min', '00:30:00', '1:30', '47.5', '0:00:01.5']
  assert.equal(read.map(secondsOf), [undefined, 9480, 2700, 3600, 30, 3900, 1800, 90, 48, 2])
  for (const none of ['x', '1h x', '1:2:3:4']) assert.ok(Number.isNaN(secondsOf(none)), none)
})

test('a workout of a bare number took minutes where it would have been over at once', () => {
  assert.equal([lengthSecondsOf('158', false), lengthSecondsOf('4543', false)], [9480, 4543])
  assert.equal([lengthSecondsOf('158', true), lengthSecondsOf('44m', false)], [158, 2640])
})

const dates: readonly [text: string, time: string | undefined][] = [
  ['2023-01-31 18:00:05', '2023-01-31T18:00:05'],
  ['2023-01-31', '2023-01-31T12:00:00'],
  ['31 Jan 2023, 18:00', '2023-01-31T18:00:00'],
  ['Jan 31, 2023 at 6:05 PM', '2023-01-31T18:05:00'],
  ['5 Mai 2026, 07:34', '2026-05-05T07:34:00'],
  ['5. März 2026 um 07:34', '2026-03-05T07:34:00'],
  ['5 févr. 2026 à 07:34', '2026-02-05T07:34:00'],
  ['5 de fev. de 2026, 07:34', '2026-02-05T07:34:00'],
  ['5 мая 2026 г., 07:34', '2026-05-05T07:34:00'],
  ['2026年5月6日 07:34', '2026-05-06T07:34:00'],
  ['6 5月 2026, 07:34', '2026-05-06T07:34:00'],
  ['12 Sept 2025, 12:00 AM', '2025-09-12T00:00:00'],
  ['05.06.2025 07:34', '2025-06-05T07:34:00'],
  ['31/01/2023', '2023-01-31T12:00:00'],
  ['01/31/2023', '2023-01-31T12:00:00'],
  ['2023-01-31T18:00:05Z', '2023-01-31T18:00:05.000Z'],
  ['2023-01-31T18:00:05+02:00', '2023-01-31T16:00:05.000Z'],
  ['2023-01-31T18:00:05+99:00', undefined],
  ['04/05/2023', undefined],
  ['2023-02-30', undefined],
  ['31 Jan 2023, 25:00', undefined],
  ['31 Jan', undefined],
  ['1/2/23', undefined],
  ['yesterday', undefined],
  ['', undefined],
]

for (const [text, time] of dates) {
  test(`${JSON.stringify(text)} is ${time ?? 'no time, or one of two'}`, () => {
    assert.is(localTimeOf(text), time)
  })
}

test('units are known by their names', () => {
  assert.equal(['kgs', 'LBS', 'kg.', 'stone'].map(weightUnitOf), ['kg', 'lb', 'kg', undefined])
  assert.equal(['km', 'Miles', 'feet', 'x'].map(distanceUnitOf), [
    ['km', 1],
    ['mi', 1],
    ['yd', 1 / 3],
    undefined,
  ])
})

test('what was converted goes back to the plates, by any of the constants', () => {
  assert.equal(snapped(61.23492, 'kg'), { weight: 135, weightUnit: 'lb' })
  assert.equal(snapped(99.79, 'kg'), { weight: 220, weightUnit: 'lb' })
  assert.equal(snapped(100 / 2.20462, 'kg'), { weight: 100, weightUnit: 'lb' })
  assert.equal(snapped(99.99999, 'kg'), { weight: 100, weightUnit: 'kg' })
  assert.equal(snapped(220.462, 'lb'), { weight: 100, weightUnit: 'kg' })
  for (const told of [0, 14.7, 23.8, 102.5, 1.25, 24.27]) {
    assert.equal(snapped(told, 'kg'), { weight: told, weightUnit: 'kg' })
  }
})

test('whatever stands on the plates of one unit comes back from the other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 1200 }), (halves) => {
      const pounds = halves / 2
      const { weight, weightUnit } = snapped(pounds * 0.45359237, 'kg')
      const kilograms = weightUnit === 'kg' ? weight : weight * 0.45359237
      return Math.abs(kilograms - pounds * 0.45359237) <= 1e-4 * kilograms
    }),
  )
})

test.run()
