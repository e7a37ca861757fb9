import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countOf, goalRange, goalUnits, type Scaled, valueFrom } from '../../../src/domain/goal/scale.ts'

const scale = suite('the scale of a goal')

const counts: readonly [Scaled, value: number, count: number][] = [
  [{ kind: 'body-weight', unit: 'kg' }, 81.4, 81_400_000_000],
  [{ kind: 'lift', unit: 'lb' }, 225, 102_058_283_250],
  [{ kind: 'measurement', measurementKind: 'weight', unit: 'lb' }, 0.1, 45_359_237],
  [{ kind: 'measurement', measurementKind: 'waist', unit: 'in' }, 32.5, 825_500],
  [{ kind: 'measurement', measurementKind: 'waist', unit: 'cm' }, 82.5, 825_000],
  [{ kind: 'measurement', measurementKind: 'body-fat', unit: '%' }, 15.5, 15.5],
  [{ kind: 'measurement', measurementKind: 'custom:reach', unit: 'cm' }, 82.5, 82.5],
  [{ kind: 'distance', unit: 'mi' }, 26.2, 42_164_813],
  [{ kind: 'reps', unit: 'reps' }, 12, 12],
  [{ kind: 'duration', unit: 's' }, 180, 180],
  [{ kind: 'frequency', unit: 'per-week' }, 4, 4],
  [{ kind: 'custom', unit: 'kg' }, 7.25, 7.25],
]

for (const [goal, value, count] of counts) {
  scale(
    `${value} ${goal.unit} of ${goal.measurementKind ?? goal.kind} are counted, and come out again`,
    () => {
      assert.equal([countOf(value, goal), valueFrom(count, goal)], [count, value])
    },
  )
}

scale('a weight in one unit is as heavy in the other', () => {
  assert.is(valueFrom(100_000_000_000, { kind: 'lift', unit: 'lb' }), 100_000_000_000 / 453_592_370)
})

scale('each kind has its units, and some take any', () => {
  const fitting = [
    goalUnits('body-weight', undefined),
    goalUnits('measurement', 'hips'),
    goalUnits('measurement', 'custom:grip'),
    goalUnits('measurement', undefined),
    goalUnits('reps', undefined),
    goalUnits('duration', undefined),
    goalUnits('frequency', undefined),
    goalUnits('custom', undefined),
  ]
  const any = undefined
  assert.equal(fitting, [['kg', 'lb'], ['cm', 'in'], any, any, ['reps'], ['s'], ['per-week'], any])
})

scale('each kind has its range', () => {
  assert.equal(goalRange('measurement', 'body-fat'), { minimum: 0, maximum: 100 })
  assert.equal(goalRange('body-weight', undefined), { exclusiveMinimum: 0, maximum: 1000 })
  assert.equal(goalRange('reps', undefined), { minimum: 0, maximum: 2000, multipleOf: 1 })
  assert.equal(goalRange('frequency', undefined), { minimum: 0, maximum: 100, multipleOf: 1 })
  assert.equal(goalRange('custom', undefined), { minimum: -1e9, maximum: 1e9 })
})

scale.run()
