import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { EntryExercise, SessionEvent } from '../../../src/domain/session/events.ts'
import { skipSteps, swapSteps } from '../../../src/domain/session/guiding.ts'
import type { SessionState } from '../../../src/domain/session/session.ts'
import * as session from '../../../src/domain/session/session.ts'
import { given } from '../../support/given-when-then.ts'
import {
  after,
  five,
  guided,
  later,
  plank,
  planned,
  press,
  pullUp,
  stepLogged,
  warmup,
  way,
} from '../../support/guided.ts'
import { run, squat } from '../../support/sessions.ts'

const deleted: SessionEvent = {
  type: 'SetDeleted',
  data: { setId: 'set-1', exerciseId: squat.exerciseId, entry: 0 },
}
const first = stepLogged('1', { kind: 'warmup', restEndsAt: later(120) })

const swapping = suite('swapSteps')
const swap = (stepId: string, exercise: EntryExercise | undefined) => (state: SessionState) =>
  swapSteps(state, { stepId, exercise })
type Swap = [swapped: string, stepId: string, target: typeof five]
const swapped = (
  exercise: EntryExercise,
  workingSets: number,
  steps: Swap[],
  from = squat,
): SessionEvent => ({
  type: 'StepsSwapped',
  data: {
    ...exercise,
    swappedExerciseId: from.exerciseId,
    workingSets,
    steps: steps.map(([swapped, stepId, target]) => ({ swapped, stepId, target })),
  },
})
const fiveReps = { kind: 'working' as const, reps: 5 }
const pressed = swapped(press, 2, [
  ['1', '1.1', warmup],
  ['2', '2.1', fiveReps],
  ['3', '3.1', fiveReps],
])

swapping('gives all that is left of the exercise to another, under new ids, without the weight', () => {
  given(session, [guided()]).when(swap('1', press)).then([pressed])
  assert.equal(way(guided(), pressed), [
    '1.1 leg-press 0 open',
    '2.1 leg-press 1 open',
    '3.1 leg-press 2 open',
    '4 pull-up 0 open',
    '5 pull-up 1 open',
  ])
  assert.equal(after(guided(), pressed).guide?.steps[1], {
    ...{ stepId: '2.1', ...press, exercise: 0, set: 1, target: fiveReps, status: 'open', restSeconds: 120 },
  })
})

swapping('leaves what is done or skipped, and a rest, as they are', () => {
  const rest = swapped(press, 2, [
    ['2', '2.1', fiveReps],
    ['3', '3.1', fiveReps],
  ])
  given(session, [guided(), first]).when(swap('2', press)).then([rest])
  assert.equal(way(guided(), first, rest)?.slice(0, 2), [
    '1 barbell-back-squat 0 done',
    '2.1 leg-press 1 open',
  ])
  assert.is(after(guided(), first, rest).guide?.restEndsAt, later(120))
})

swapping('does nothing with the same exercise', () => {
  given(session, [guided()]).when(swap('1', squat)).then([])
  given(session, [guided(), pressed]).when(swap('1.1', press)).then([])
})

swapping('goes on counting when it is done again, and back to what was planned finds its weight', () => {
  const back = swapped(
    squat,
    2,
    [
      ['1.1', '1.2', warmup],
      ['2.1', '2.2', five],
      ['3.1', '3.2', five],
    ],
    press,
  )
  given(session, [guided(), pressed]).when(swap('1.1', squat)).then([back])
  const again = swapped(plank, 2, [
    ['1.2', '1.3', { kind: 'warmup' }],
    ['2.2', '2.3', { kind: 'working' }],
    ['3.2', '3.3', { kind: 'working' }],
  ])
  given(session, [guided(), pressed, back]).when(swap('1.2', plank)).then([again])
})

swapping(
  'to another metric keeps what fits it, and finds again what the one between had no place for',
  () => {
    const kept = { kind: 'failure' as const, rpe: 8 }
    const range = { repsMin: 6, repsMax: 8 }
    const weight = { weight: 20, weightUnit: 'kg' as const, weightMicrograms: 20_000_000_000 }
    const lifts = [planned(squat, [{ ...kept, ...range, ...weight }])]
    const toPlank = swapped(plank, 1, [['1', '1.1', kept]])
    given(session, [guided(lifts)])
      .when(swap('1', plank))
      .then([toPlank])
    const toPulls = swapped(pullUp, 1, [['1.1', '1.2', { ...kept, ...range }]], plank)
    given(session, [guided(lifts), toPlank])
      .when(swap('1.1', pullUp))
      .then([toPulls])
    const kilometer = {
      ...{ kind: 'working' as const, durationSeconds: 300 },
      ...{ distance: 1, distanceUnit: 'km' as const, distanceMillimeters: 1_000_000 },
    }
    const runs = [planned(run, [kilometer])]
    const held = swapped(plank, 1, [['1', '1.1', { kind: 'working', durationSeconds: 300 }]], run)
    given(session, [guided(runs)])
      .when(swap('1', plank))
      .then([held])
    given(session, [guided(runs), held])
      .when(swap('1.1', run))
      .then([swapped(run, 1, [['1.1', '1.2', kilometer]], plank)])
  },
)

swapping('takes what a step was adjusted to, and leaves the note behind', () => {
  const adjusted: SessionEvent = {
    type: 'StepAdjusted',
    data: { stepId: '1', exerciseId: squat.exerciseId, note: 'More.', target: { kind: 'working', reps: 12 } },
  }
  const one = [planned(squat, [five])]
  const toPress = swapped(press, 1, [['1', '1.1', { kind: 'working', reps: 12 }]])
  given(session, [guided(one), adjusted])
    .when(swap('1', press))
    .then([toPress])
  assert.is(Object.hasOwn(after(guided(one), adjusted, toPress).guide?.steps[0] ?? {}, 'note'), false)
})

swapping('counts by the plan, whatever kind a step was adjusted to', () => {
  const adjusted: SessionEvent = {
    type: 'StepAdjusted',
    data: { stepId: '1', exerciseId: squat.exerciseId, note: 'Light.', target: { kind: 'warmup', reps: 12 } },
  }
  const one = [planned(squat, [five])]
  given(session, [guided(one), adjusted])
    .when(swap('1', press))
    .then([swapped(press, 1, [['1', '1.1', { kind: 'warmup', reps: 12 }]])])
})

swapping('refuses what is no exercise of the person, or archived', () => {
  const message = 'exerciseId names no exercise that you can log.'
  given(session, [guided()])
    .when(swap('1', undefined))
    .thenRefused('invalid-fields', {
      errors: [{ pointer: '/exerciseId', code: 'unknown-exercise', message }],
    })
})

const skipped = (stepIds: string[], exerciseId: string, workingSets: number): SessionEvent => ({
  type: 'StepsSkipped',
  data: { stepIds, exerciseId, workingSets, reason: 'Late.' },
})

swapping('tells each exercise apart where a step was opened again behind a swap', () => {
  const rest = swapped(press, 2, [
    ['2', '2.1', fiveReps],
    ['3', '3.1', fiveReps],
  ])
  const past = [guided(), first, rest, deleted]
  assert.equal(way(...past)?.slice(0, 3), [
    '1 barbell-back-squat 0 open',
    '2.1 leg-press 1 open',
    '3.1 leg-press 2 open',
  ])
  given(session, past)
    .when(swap('1', plank))
    .then([
      swapped(plank, 0, [['1', '1.1', { kind: 'warmup' }]]),
      swapped(
        plank,
        2,
        [
          ['2.1', '2.2', { kind: 'working' }],
          ['3.1', '3.2', { kind: 'working' }],
        ],
        press,
      ),
    ])
  given(session, past)
    .when(swap('1', press))
    .then([swapped(press, 0, [['1', '1.1', warmup]])])
  given(session, past)
    .when((state) => skipSteps(state, { stepId: '1', whole: true, reason: 'Late.' }))
    .then([skipped(['1'], squat.exerciseId, 0), skipped(['2.1', '3.1'], press.exerciseId, 2)])
})

swapping.run()
