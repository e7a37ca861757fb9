import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readLine, readSet, readWeight } from '../../../src/adapters/cli/train-entry.ts'
import type { Amounts, PreviousSet, Step, Target } from '../../../src/adapters/cli/train-wire.ts'
import { setWords } from '../../../src/adapters/cli/train-words.ts'
import type { Metric } from '../../../src/domain/exercise/events.ts'

function stepOf(metric: Metric, target: Target, previous: Amounts | null): Step {
  const told = previous && { ...previous, localDate: '2026-03-02' }
  return {
    ...{
      id: '1',
      exerciseId: 'it',
      name: 'It',
      metric,
      notes: null,
      supersetGroup: null,
      setNumber: 1,
      setsTotal: 1,
    },
    ...{ target, previous: told as PreviousSet | null, restSeconds: null, note: null },
  }
}

const set = (text: string, metric: Metric, target: Target = {}, previous: Amounts | null = null) =>
  readSet(text, { step: stepOf(metric, target, previous), weightUnit: 'kg' })

const lines = suite('lines')

lines('a letter alone or before a space is a command, everything else a set', () => {
  const wishes = {
    s: { wish: 'skip', whole: false },
    'S no rack': { wish: 'skip', whole: true, reason: 'no rack' },
    'n  elbow ': { wish: 'note', note: 'elbow' },
    'w chin up': { wish: 'swap', search: 'chin up' },
    'r 90s': { wish: 'rest', seconds: 90 },
    u: { wish: 'undo' },
    f: { wish: 'finish' },
    'f h': { wish: 'finish', effort: 'h' },
    q: { wish: 'quit' },
    '?': { wish: 'help' },
    '': { wish: 'set', text: '' },
    '8x80': { wish: 'set', text: '8x80' },
    sets: { wish: 'set', text: 'sets' },
  }
  for (const [line, wish] of Object.entries(wishes)) assert.equal(readLine(` ${line} `), wish)
})

const sets = suite('sets')

const kg = (weight: number, more: Amounts = {}) => ({ weight, weightUnit: 'kg' as const, ...more })
const bench: Target = { repsMin: 6, repsMax: 10, ...kg(80) }

sets('a text says what it says, and the plan the rest', () => {
  const all: [text: string, metric: Metric, target: Target, previous: Amounts | null, read: Amounts][] = [
    ['', 'weight-reps', { reps: 5, ...kg(80) }, kg(70, { reps: 8 }), kg(80, { reps: 5 })],
    ['', 'weight-reps', bench, kg(70, { reps: 8 }), kg(80, { reps: 8 })],
    ['', 'weight-reps', bench, kg(70, { reps: 12 }), kg(80, { reps: 6 })],
    ['', 'weight-reps', { reps: 5 }, kg(70, { reps: 8 }), kg(70, { reps: 5 })],
    ['', 'weight-reps', { reps: 5, rpe: 8 }, null, { reps: 5 }],
    ['8', 'weight-reps', bench, null, kg(80, { reps: 8 })],
    ['8x82,5', 'weight-reps', bench, null, kg(82.5, { reps: 8 })],
    ['8 X 135 lbs @8.5', 'weight-reps', bench, null, { reps: 8, weight: 135, weightUnit: 'lb', rpe: 8.5 }],
    ['85kg', 'weight-reps', bench, null, kg(85, { reps: 6 })],
    ['0', 'bodyweight-reps', { reps: 5 }, null, { reps: 0 }],
    ['10 @9', 'reps', { reps: 5 }, null, { reps: 10, rpe: 9 }],
    ['', 'duration', { durationSeconds: 60 }, null, { durationSeconds: 60 }],
    ['75', 'duration', { durationSeconds: 60 }, null, { durationSeconds: 75 }],
    ['1:30', 'duration', {}, null, { durationSeconds: 90 }],
    ['1:02:03', 'duration', {}, null, { durationSeconds: 3723 }],
    ['2min', 'duration', {}, null, { durationSeconds: 120 }],
    ['45s x 20kg', 'weight-duration', {}, null, kg(20, { durationSeconds: 45 })],
    ['40 kg, 30 m', 'weight-distance', {}, null, kg(40, { distance: 30, distanceUnit: 'm' })],
    ['5km 25:00', 'distance-duration', {}, null, { distance: 5, distanceUnit: 'km', durationSeconds: 1500 }],
  ]
  for (const [text, metric, target, previous, read] of all) {
    assert.equal(set(text, metric, target, previous), read, text)
  }
})

sets('no time is made up for a distance, and a distance only for a time without a plan of its own', () => {
  const run: Target = { distance: 5, distanceUnit: 'km' }
  assert.equal(set('', 'distance-duration', run), run)
  assert.equal(set('25:00', 'distance-duration', run), { ...run, durationSeconds: 1500 })
  const timed: Target = { ...run, durationSeconds: 1800 }
  assert.equal(set('', 'distance-duration', timed), timed)
  assert.equal(set('25:00', 'distance-duration', timed), { durationSeconds: 1500 })
  assert.equal(set('3km', 'distance-duration', timed), { distance: 3, distanceUnit: 'km' })
})

sets('what does not fit is told, and nothing is guessed', () => {
  const problems: [text: string, metric: Metric, problem: string][] = [
    ['8y80', 'weight-reps', '"8y80" is not understood; ? shows what is.'],
    ['8x80 and', 'weight-reps', '"and" is not understood; ? shows what is.'],
    ['8 9', 'reps', 'That says the same thing twice.'],
    ['8x80', 'reps', 'A set of It has no weight.'],
    ['45s', 'reps', 'A set of It has no time.'],
    ['', 'reps', 'Say the repetitions; ? shows how.'],
    ['', 'distance-duration', 'Say the distance or the time; ? shows how.'],
    ['20kg', 'weight-distance', 'Say the distance; ? shows how.'],
  ]
  for (const [text, metric, problem] of problems) assert.equal(set(text, metric), { problem }, text)
})

sets('a weight alone', () => {
  assert.equal(readWeight(' 62,5 ', 'kg'), { weight: 62.5, weightUnit: 'kg' })
  assert.equal(readWeight('135 LB', 'kg'), { weight: 135, weightUnit: 'lb' })
  assert.is(readWeight('much', 'kg'), undefined)
})

sets('are said as they are read', () => {
  const words: [Target & Amounts, string][] = [
    [kg(80, { reps: 8, rpe: 8.5 }), '8 x 80 kg @8.5'],
    [{ ...bench, kind: 'warmup' }, '6-10 x 80 kg (warm-up)'],
    [kg(20, { durationSeconds: 45, kind: 'failure' }), '20 kg, 45 s (to failure)'],
    [{ distance: 5, distanceUnit: 'km', durationSeconds: 3723 }, '5 km, 1:02:03'],
    [{ reps: 8, kind: 'working' }, '8 reps'],
    [{}, ''],
  ]
  for (const [told, said] of words) assert.is(setWords(told), said)
})

for (const each of [lines, sets]) each.run()
