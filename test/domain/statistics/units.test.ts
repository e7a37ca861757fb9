import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  distanceFrom,
  distanceMillimeters,
  lengthFrom,
  lengthMicrometers,
  unitsOf,
  weightFrom,
  weightMicrograms,
} from '../../../src/domain/statistics/units.ts'

const units = suite('units')

units('a person has kilograms, kilometres and centimetres, or pounds, miles and inches', () => {
  assert.equal(unitsOf.metric, { weight: 'kg', distance: 'km', length: 'cm' })
  assert.equal(unitsOf.imperial, { weight: 'lb', distance: 'mi', length: 'in' })
})

units('weights are whole micrograms, 0.1 lb and 135 lb exactly', () => {
  assert.is(weightMicrograms(100, 'kg'), 100_000_000_000)
  assert.is(weightMicrograms(0.1, 'kg'), 100_000_000)
  assert.is(weightMicrograms(0.1, 'lb'), 45_359_237)
  assert.is(weightMicrograms(135, 'lb'), 61_234_969_950)
})

units('distances are whole millimetres', () => {
  assert.is(distanceMillimeters(400, 'm'), 400_000)
  assert.is(distanceMillimeters(42.195, 'km'), 42_195_000)
  assert.is(distanceMillimeters(1, 'mi'), 1_609_344)
  assert.is(distanceMillimeters(100, 'yd'), 91_440)
})

units('lengths of the body are whole micrometres, and come out as they went in', () => {
  assert.is(lengthMicrometers(92.5, 'cm'), 925_000)
  assert.is(lengthMicrometers(36.25, 'in'), 920_750)
  assert.is(lengthFrom(925_000, 'cm'), 92.5)
  assert.is(lengthFrom(lengthMicrometers(36.33, 'in'), 'in'), 36.33)
  assert.is(lengthFrom(lengthMicrometers(36, 'in'), 'cm'), 91.44)
})

units('pounds in kilograms and kilograms in pounds are what they are, not rounded', () => {
  assert.is(weightFrom(weightMicrograms(135, 'lb'), 'kg'), 61.23496995)
  assert.is(weightFrom(weightMicrograms(100, 'kg'), 'lb'), 100_000_000_000 / 453_592_370)
  assert.is(distanceFrom(distanceMillimeters(5, 'km'), 'mi'), 5_000_000 / 1_609_344)
})

units('any weight of thousandths comes out as it went in', () => {
  const thousandths = fc.integer({ min: 0, max: 2_000_000 }).map((count) => count / 1000)
  fc.assert(
    fc.property(thousandths, fc.constantFrom('kg', 'lb'), (value, unit) => {
      assert.is(weightFrom(weightMicrograms(value, unit), unit), value)
    }),
  )
})

units('any distance of hundredths comes out as it went in', () => {
  const hundredths = fc.integer({ min: 0, max: 100_000_000 }).map((count) => count / 100)
  fc.assert(
    fc.property(hundredths, fc.constantFrom('m', 'km', 'mi', 'yd'), (value, unit) => {
      assert.is(distanceFrom(distanceMillimeters(value, unit), unit), value)
    }),
  )
})

units('sums are exact below 2^53, however they are handed over', () => {
  const sum = 59_904_991n * 45_359_237n
  assert.is(weightFrom(sum, 'lb'), 5_990_499.1)
  assert.is(weightFrom(Number(sum), 'lb'), 5_990_499.1)
})

units('sums above 2^53 lose nothing before they leave', () => {
  assert.is(weightFrom(12_345_678_901n * 1_000_000_000n, 'kg'), 12_345_678_901)
  assert.is(weightFrom(30_000_000n * 453_592_370n, 'lb'), 30_000_000)
  assert.is(weightFrom(-30_000_000n * 453_592_370n, 'lb'), -30_000_000)
  assert.is(distanceFrom(20_000_000_000n * 1_609_344n, 'mi'), 20_000_000_000)
})

units.run()
