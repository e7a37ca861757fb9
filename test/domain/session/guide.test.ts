import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { PlannedExercise } from '../../../src/domain/session/events.ts'
import { guideOf } from '../../../src/domain/session/guide.ts'
import { day, eight, five, plank, planned, press, pullUp, warmup } from '../../support/guided.ts'
import { run, squat } from '../../support/sessions.ts'

const test = suite('guideOf')

/** Each step as exercise and set, with the rest after it. */
const way = (exercises: readonly PlannedExercise[]) =>
  guideOf(exercises).steps.map(
    ({ exerciseId, set, restSeconds }) => `${exerciseId} ${set + 1}, ${restSeconds ?? 'no'} rest`,
  )
const times = (count: number) => Array.from({ length: count }, () => eight)

test('goes through a day set by set, each step with all that it is', () => {
  const open = { status: 'open' as const }
  assert.equal(guideOf(day), {
    planned: day,
    steps: [
      { stepId: '1', ...squat, exercise: 0, set: 0, target: warmup, ...open, restSeconds: 120 },
      { stepId: '2', ...squat, exercise: 0, set: 1, target: five, ...open, restSeconds: 120 },
      { stepId: '3', ...squat, exercise: 0, set: 2, target: five, ...open, restSeconds: 120 },
      { stepId: '4', ...pullUp, exercise: 1, set: 0, target: eight, ...open, restSeconds: 60 },
      { stepId: '5', ...pullUp, exercise: 1, set: 1, target: eight, ...open, restSeconds: 60 },
    ],
    entries: {},
    issued: 5,
  })
})

test('numbers go on behind those that were issued before', () => {
  const { steps, issued } = guideOf(day, 7)
  assert.equal(
    steps.map(({ stepId }) => stepId),
    ['8', '9', '10', '11', '12'],
  )
  assert.is(issued, 12)
})

test('a day without exercises, and an exercise without sets, have no steps', () => {
  assert.equal(guideOf([]), { planned: [], steps: [], entries: {}, issued: 0 })
  assert.equal(way([planned(squat, []), planned(run, [], { supersetGroup: 1 })]), [])
})

test('an exercise that tells no rest has none', () => {
  assert.equal(way([planned(squat, times(2))]), [
    'barbell-back-squat 1, no rest',
    'barbell-back-squat 2, no rest',
  ])
})

test('a superset goes by rounds at the place of its first, without those that have no set left', () => {
  const superset = { supersetGroup: 3, restSeconds: 90 }
  const exercises = [
    planned(run, times(1)),
    planned(squat, times(1), superset),
    planned(plank, times(1), { restSeconds: 30 }),
    planned(pullUp, times(3), superset),
    planned(press, times(2), superset),
  ]
  assert.equal(way(exercises), [
    'running 1, no rest',
    'barbell-back-squat 1, 0 rest',
    'pull-up 1, 0 rest',
    'leg-press 1, 90 rest',
    'pull-up 2, 0 rest',
    'leg-press 2, 90 rest',
    'pull-up 3, 90 rest',
    'plank 1, 30 rest',
  ])
})

test('several supersets stay apart, and the same exercise may stand in a superset twice', () => {
  const [one, two] = [{ supersetGroup: 0 }, { supersetGroup: 1 }]
  const exercises = [
    planned(squat, times(2), one),
    planned(run, times(1), two),
    planned(squat, times(1), one),
    planned(plank, times(1), two),
  ]
  assert.equal(
    guideOf(exercises).steps.map(({ exercise, set }) => [exercise, set]),
    [
      [0, 0],
      [2, 0],
      [0, 1],
      [1, 0],
      [3, 0],
    ],
  )
})

test('the last of a round rests as it says, else as the longest of the group, else not at all', () => {
  const rests = (...told: (number | undefined)[]) =>
    guideOf(
      told.map((restSeconds) =>
        planned(squat, [eight], { supersetGroup: 1, ...(restSeconds !== undefined && { restSeconds }) }),
      ),
    ).steps.map(({ restSeconds }) => restSeconds)
  assert.equal(rests(60, 120, 30), [0, 0, 30])
  assert.equal(rests(60, 120, undefined), [0, 0, 120])
  assert.equal(rests(60, 120, 0), [0, 0, 0])
  assert.equal(rests(undefined, undefined), [0, undefined])
})

test.run()
