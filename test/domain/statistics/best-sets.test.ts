import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bestSets } from '../../../src/domain/statistics/best-sets.ts'
import { countedSet as set } from '../../support/counted-set.ts'

const best = suite('best sets')

const keysOf = (sets: readonly { key: number }[]) => sets.map(({ key }) => key)

best('are the heaviest, then those of most repetitions, then the earliest', () => {
  const sets = [
    set({ key: 1, weightMicrograms: 100, reps: 5 }),
    set({ key: 2, weightMicrograms: 110, reps: 3 }),
    set({ key: 3, weightMicrograms: 100, reps: 6 }),
    set({ key: 4, weightMicrograms: 110, reps: 3 }),
    set({ key: 5, weightMicrograms: 200, reps: 0 }),
  ]
  assert.equal(keysOf(bestSets(sets, 3)), [2, 4, 3])
})

best('of an assisted exercise are those of least assistance', () => {
  const metric = 'assisted-bodyweight-reps'
  const sets = [
    set({ metric, key: 1, weightMicrograms: 30, reps: 5 }),
    set({ metric, key: 2, weightMicrograms: 10, reps: 5 }),
    set({ metric, key: 3, weightMicrograms: 10, reps: 8 }),
  ]
  assert.equal(keysOf(bestSets(sets, 5)), [3, 2, 1])
})

best('without a weight are those of most repetitions', () => {
  for (const metric of ['reps', 'bodyweight-reps'] as const) {
    const sets = [set({ metric, key: 1, reps: 5 }), set({ metric, key: 2, reps: 9 })]
    assert.equal(keysOf(bestSets(sets, 5)), [2, 1])
  }
})

best('of a way are the farthest, then the longest', () => {
  const metric = 'distance-duration'
  const sets = [
    set({ metric, key: 1, durationSeconds: 900 }),
    set({ metric, key: 2, distanceMillimeters: 5_000 }),
    set({ metric, key: 3, distanceMillimeters: 5_000, durationSeconds: 10 }),
  ]
  assert.equal(keysOf(bestSets(sets, 5)), [3, 2, 1])
})

best.run()
