import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { metrics } from '../../../src/domain/exercise/events.ts'
import { isRefusal } from '../../../src/domain/refusal.ts'
import * as session from '../../../src/domain/session/session.ts'
import { type Quantity, quantitiesOf, type SetFields } from '../../../src/domain/session/set-facts.ts'
import { type LoneSet, logSets } from '../../../src/domain/session/sets.ts'
import { logged, now, settings } from '../../support/sessions.ts'

const log =
  (...sets: LoneSet[]) =>
  (state: session.SessionState) =>
    logSets(state, { now, settings, sets })
const fitting = suite('what a set needs')
const values = { reps: 5, weight: 20, durationSeconds: 60, distance: 100 }
const names = Object.keys(values) as Quantity[]
const pick = (wanted: readonly string[]): SetFields =>
  Object.fromEntries(names.filter((name) => wanted.includes(name)).map((name) => [name, values[name]]))
const errorsOf = (metric: (typeof metrics)[number], fields: SetFields) => {
  const exercise = { exerciseId: 'any', exerciseName: 'Any', metric }
  const set = { at: '', exerciseId: 'any', exercise, freshId: 'set', ...fields }
  const decided = log(set)(session.evolve(session.initial, logged()))
  return isRefusal(decided) ? decided.errors?.map(({ pointer, code }) => `${code} ${pointer}`) : []
}

for (const metric of metrics.filter((one) => one !== 'distance-duration')) {
  fitting(`a set of ${metric} needs its quantities and takes no others`, () => {
    const needed = quantitiesOf[metric]
    assert.equal(errorsOf(metric, pick(needed)), [])
    for (const quantity of names) {
      const others = needed.filter((one) => one !== quantity)
      if (needed.includes(quantity)) assert.equal(errorsOf(metric, pick(others)), [`required /${quantity}`])
      else assert.equal(errorsOf(metric, pick([...needed, quantity])), [`not-applicable /${quantity}`])
    }
  })
}

fitting('a set of distance-duration needs one of the two', () => {
  assert.equal(errorsOf('distance-duration', pick(['distance'])), [])
  assert.equal(errorsOf('distance-duration', pick(['durationSeconds'])), [])
  assert.equal(errorsOf('distance-duration', pick(['distance', 'durationSeconds'])), [])
  assert.equal(errorsOf('distance-duration', {}), ['required /distance'])
  assert.equal(errorsOf('distance-duration', pick(['distance', 'reps'])), ['not-applicable /reps'])
})

fitting('every quantity has its bounds, which belong to it', () => {
  const bounds: [(typeof metrics)[number], SetFields, SetFields][] = [
    ['weight-reps', { reps: 0, weight: 0 }, { reps: 2000, weight: 2000 }],
    ['duration', { durationSeconds: 0 }, { durationSeconds: 172_800 }],
    ['distance-duration', { distance: 0 }, { distance: 1_000_000 }],
    ['reps', { reps: 1, rpe: 1 }, { reps: 1, rpe: 10 }],
  ]
  for (const [metric, least, most] of bounds) {
    assert.equal(errorsOf(metric, least), [])
    assert.equal(errorsOf(metric, most), [])
  }
  assert.equal(errorsOf('weight-reps', { reps: 2001, weight: -0.1 }), [
    'out-of-range /reps',
    'out-of-range /weight',
  ])
  assert.equal(errorsOf('duration', { durationSeconds: 172_801 }), ['out-of-range /durationSeconds'])
  assert.equal(errorsOf('distance-duration', { distance: 1_000_000.1, distanceUnit: 'm' }), [
    'out-of-range /distance',
  ])
  assert.equal(errorsOf('reps', { reps: Number.NaN, rpe: 10.5 }), ['out-of-range /reps', 'out-of-range /rpe'])
  assert.equal(errorsOf('reps', { reps: 1, distanceUnit: 'm' }), ['not-applicable /distanceUnit'])
})

fitting.run()
