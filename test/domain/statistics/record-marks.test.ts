import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Metric } from '../../../src/domain/exercise/events.ts'
import { type CountedSet, isInAnswer, marksOf } from '../../../src/domain/statistics/records.ts'
import { countedSet } from '../../support/counted-set.ts'

/** Marks as text, the estimates by Epley alone. */
function told(set: Partial<CountedSet>) {
  return marksOf(countedSet(set))
    .filter((mark) => isInAnswer(mark, 'epley'))
    .map(({ kind, reps, value }) => `${kind}${reps > 0 ? `@${reps}` : ''} ${value}`)
}

const marks = suite('marks of a set')

const table: [name: string, set: Partial<CountedSet> & { metric: Metric }, marks: string[]][] = [
  [
    'weight and repetitions',
    { metric: 'weight-reps', reps: 5, weightMicrograms: 90, loadMicrograms: 90, volume: 450 },
    ['max-weight 90', 'weight-at-reps@5 90', 'max-reps 5', 'best-set-volume 450', 'estimated-1rm 105'],
  ],
  [
    'one repetition is its own estimate',
    { metric: 'weight-reps', reps: 1, weightMicrograms: 90, loadMicrograms: 90, volume: 90 },
    ['max-weight 90', 'weight-at-reps@1 90', 'max-reps 1', 'best-set-volume 90', 'estimated-1rm 90'],
  ],
  [
    'no estimate above 12 repetitions',
    { metric: 'weight-reps', reps: 13, weightMicrograms: 10, loadMicrograms: 10, volume: 130 },
    ['max-weight 10', 'weight-at-reps@13 10', 'max-reps 13', 'best-set-volume 130'],
  ],
  [
    'weight 0 makes repetitions only',
    { metric: 'weight-reps', reps: 20, weightMicrograms: 0, loadMicrograms: 0, volume: 0 },
    ['max-reps 20'],
  ],
  [
    'a failed set makes nothing',
    { metric: 'weight-reps', reps: 0, weightMicrograms: 200, loadMicrograms: 200 },
    [],
  ],
  [
    'body weight',
    { metric: 'bodyweight-reps', reps: 10, loadMicrograms: 90, volume: 900 },
    ['max-reps 10', 'best-set-volume 900', 'estimated-1rm 120'],
  ],
  ['unknown body weight', { metric: 'bodyweight-reps', reps: 10 }, ['max-reps 10']],
  [
    'added weight counts as entered, load with the body',
    { metric: 'weighted-bodyweight-reps', reps: 5, weightMicrograms: 10, loadMicrograms: 90, volume: 450 },
    ['max-weight 10', 'weight-at-reps@5 10', 'max-reps 5', 'best-set-volume 450', 'estimated-1rm 105'],
  ],
  [
    'assistance',
    { metric: 'assisted-bodyweight-reps', reps: 5, weightMicrograms: 20, loadMicrograms: 60, volume: 300 },
    ['least-assistance 20', 'max-reps 5', 'best-set-volume 300', 'estimated-1rm 70'],
  ],
  [
    'no assistance is the least',
    { metric: 'assisted-bodyweight-reps', reps: 5, weightMicrograms: 0 },
    ['least-assistance 0', 'max-reps 5'],
  ],
  ['repetitions alone', { metric: 'reps', reps: 30 }, ['max-reps 30']],
  ['time alone', { metric: 'duration', durationSeconds: 60 }, ['longest-duration 60']],
  [
    'weight held for a time',
    { metric: 'weight-duration', weightMicrograms: 20, loadMicrograms: 20, durationSeconds: 60 },
    ['max-weight 20', 'longest-duration 60'],
  ],
  [
    'distance and time',
    { metric: 'distance-duration', durationSeconds: 1500, distanceMillimeters: 5_000_000 },
    ['longest-duration 1500', 'longest-distance 5000000', 'best-pace 0.3'],
  ],
  [
    'no pace without the time',
    { metric: 'distance-duration', distanceMillimeters: 5_000_000 },
    ['longest-distance 5000000'],
  ],
  [
    'no pace in no time, nor over no distance',
    { metric: 'distance-duration', durationSeconds: 0, distanceMillimeters: 5_000_000 },
    ['longest-distance 5000000'],
  ],
  [
    'no distance',
    { metric: 'distance-duration', durationSeconds: 60, distanceMillimeters: 0 },
    ['longest-duration 60'],
  ],
  [
    'weight carried over a distance',
    { metric: 'weight-distance', weightMicrograms: 40, loadMicrograms: 40, distanceMillimeters: 20_000 },
    ['max-weight 40', 'longest-distance 20000'],
  ],
]
for (const [name, set, expected] of table) marks(name, () => assert.equal(told(set), expected))

marks('are estimated by every formula', () => {
  const set = countedSet({ reps: 5, weightMicrograms: 90, loadMicrograms: 90 })
  const estimates = marksOf(set).filter(({ kind }) => kind === 'estimated-1rm')
  assert.equal(
    estimates.map(({ formula }) => formula),
    ['epley', 'brzycki', 'lombardi'],
  )
})

marks.run()
