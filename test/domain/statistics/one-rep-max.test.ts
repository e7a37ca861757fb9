import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { estimatedOneRepMax, formulas } from '../../../src/domain/statistics/one-rep-max.ts'

const max = suite('estimated one-rep max')

max('is the load itself at one repetition, by every formula', () => {
  for (const formula of formulas) assert.is(estimatedOneRepMax(100, 1, formula), 100)
})

max('by Epley adds a thirtieth for each repetition', () => {
  assert.is(estimatedOneRepMax(90, 5, 'epley'), 105)
  assert.is(estimatedOneRepMax(90, 12, 'epley'), 126)
})

max('by Brzycki divides by what 37 leaves', () => {
  assert.is(estimatedOneRepMax(100, 5, 'brzycki'), 112.5)
  assert.is(estimatedOneRepMax(100, 12, 'brzycki'), 144)
})

max('by Lombardi takes the tenth root of the repetitions', () => {
  assert.is(estimatedOneRepMax(100, 10, 'lombardi'), 100 * 10 ** 0.1)
})

max('is not estimated above 12 repetitions, for none and without a load', () => {
  for (const formula of formulas) {
    assert.is(estimatedOneRepMax(100, 13, formula), undefined)
    assert.is(estimatedOneRepMax(100, 0, formula), undefined)
    assert.is(estimatedOneRepMax(0, 5, formula), undefined)
  }
})

max.run()
