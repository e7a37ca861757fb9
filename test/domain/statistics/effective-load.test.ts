import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Metric } from '../../../src/domain/exercise/events.ts'
import { effectiveLoadMicrograms, setVolume } from '../../../src/domain/statistics/effective-load.ts'

const loads = suite('effective load')

const table: [
  metric: Metric,
  weight: number | undefined,
  body: number | undefined,
  load: number | undefined,
][] = [
  ['weight-reps', 100, undefined, 100],
  ['weight-reps', 100, 80, 100],
  ['weight-duration', 100, 80, 100],
  ['weight-distance', 100, 80, 100],
  ['bodyweight-reps', undefined, 80, 80],
  ['bodyweight-reps', undefined, undefined, undefined],
  ['weighted-bodyweight-reps', 20, 80, 100],
  ['weighted-bodyweight-reps', 0, 80, 80],
  ['weighted-bodyweight-reps', 20, undefined, undefined],
  ['weighted-bodyweight-reps', undefined, 80, undefined],
  ['assisted-bodyweight-reps', 30, 80, 50],
  ['assisted-bodyweight-reps', 90, 80, 0],
  ['assisted-bodyweight-reps', 30, undefined, undefined],
  ['assisted-bodyweight-reps', undefined, 80, undefined],
  ['reps', undefined, 80, undefined],
  ['duration', undefined, 80, undefined],
  ['distance-duration', undefined, 80, undefined],
]

for (const [metric, weight, body, load] of table) {
  loads(`of ${metric} with weight ${weight} and body weight ${body} is ${load}`, () => {
    assert.is(effectiveLoadMicrograms(metric, weight, body), load)
  })
}

loads('volume is load times repetitions, where both are known', () => {
  assert.is(setVolume(100, 5), 500)
  assert.is(setVolume(100, 0), 0)
  assert.is(setVolume(undefined, 5), undefined)
  assert.is(setVolume(100, undefined), undefined)
})

loads.run()
