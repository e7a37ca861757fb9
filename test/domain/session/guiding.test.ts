import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import { adjustStep, setRest, skipSteps, swapSteps } from '../../../src/domain/session/guiding.ts'
import * as session from '../../../src/domain/session/session.ts'
import { given } from '../../support/given-when-then.ts'
import {
  after,
  eight,
  five,
  guided,
  isResting,
  later,
  planned,
  press,
  pullUp,
  stepLogged,
  warmup,
  way,
} from '../../support/guided.ts'
import { discarded, logged, now, settings, squat, started } from '../../support/sessions.ts'

type State = session.SessionState
const finished: SessionEvent = { type: 'SessionFinished', data: { finishedAt: now } }
const first = stepLogged('1', { kind: 'warmup', restEndsAt: later(120) })
const error = (pointer: string, code: string, message: string) => ({ errors: [{ pointer, code, message }] })

const every = suite('each command of a guide')
const commands: [string, (state: State, stepId: string) => ReturnType<typeof skipSteps>][] = [
  ['skipSteps', (state, stepId) => skipSteps(state, { stepId })],
  ['swapSteps', (state, stepId) => swapSteps(state, { stepId, exercise: press })],
  ['adjustStep', (state, stepId) => adjustStep(state, { stepId, note: 'Slowly.', settings })],
]
for (const [name, command] of commands) {
  every(`${name} is for the current step alone`, () => {
    for (const stepId of ['1', '3', '2.1', '']) {
      given(session, [guided(), first])
        .when((state) => command(state, stepId))
        .thenRefused('step-not-current')
    }
    given(session, [guided([])])
      .when((state) => command(state, '1'))
      .thenRefused('step-not-current')
  })
}
for (const [name, command] of [
  ...commands,
  ['setRest', (state: State) => setRest(state, { now, seconds: 60 })] as const,
]) {
  every(`${name} needs a live session with a guide and a step that is left`, () => {
    const when = (...past: SessionEvent[]) => given(session, past).when((state) => command(state, '1'))
    when().thenRefused('not-found')
    when(guided(), discarded).thenRefused('session-discarded')
    when(started()).thenRefused('no-guide')
    when(logged({ planId: 'plan', planDay: 0 })).thenRefused('no-guide')
    when(guided(), finished).thenRefused('step-not-current')
    when(guided([planned(squat, [five])]), stepLogged('1')).thenRefused('step-not-current')
  })
}

const skipping = suite('skipSteps')
const skip =
  (stepId: string, more = {}) =>
  (state: State) =>
    skipSteps(state, { stepId, ...more })
const skipped = (stepIds: string[], workingSets: number, more = {}): SessionEvent => ({
  type: 'StepsSkipped',
  data: { stepIds, exerciseId: squat.exerciseId, workingSets, ...more },
})

skipping('passes over the current step, with the reason if one is told', () => {
  given(session, [guided()])
    .when(skip('1'))
    .then([skipped(['1'], 0)])
  given(session, [guided(), skipped(['1'], 0)])
    .when(skip('2', { reason: ' Knee. ' }))
    .then([skipped(['2'], 1, { reason: 'Knee.' })])
  const { guide } = after(guided(), skipped(['1'], 0), skipped(['2'], 1, { reason: 'Knee.' }))
  assert.equal(guide?.steps.slice(0, 3), [
    { stepId: '1', ...squat, exercise: 0, set: 0, target: warmup, status: 'skipped', restSeconds: 120 },
    {
      ...{ stepId: '2', ...squat, exercise: 0, set: 1, target: five, status: 'skipped' },
      ...{ restSeconds: 120, reason: 'Knee.' },
    },
    { stepId: '3', ...squat, exercise: 0, set: 2, target: five, status: 'open', restSeconds: 120 },
  ])
})

skipping('as a whole passes over all that is left of the exercise, in a superset too', () => {
  given(session, [guided(), first])
    .when(skip('2', { whole: true }))
    .then([skipped(['2', '3'], 2)])
  const pair = [squat, pullUp].map((exercise) => planned(exercise, [eight, eight], { supersetGroup: 1 }))
  given(session, [guided(pair)])
    .when(skip('1', { whole: true }))
    .then([skipped(['1', '3'], 2)])
  assert.equal(way(guided(pair), skipped(['1', '3'], 2)), [
    '1 barbell-back-squat 0 skipped',
    '2 pull-up 0 open',
    '3 barbell-back-squat 1 skipped',
    '4 pull-up 1 open',
  ])
})

skipping('leaves a rest as it is, and ends it where nothing is left to be done', () => {
  assert.is(after(guided(), first, skipped(['2'], 1)).guide?.restEndsAt, later(120))
  const all = [skipped(['2', '3'], 2), skipped(['4', '5'], 2)]
  assert.is(isResting(guided(), first, ...all), false)
})

skipping('refuses a reason that is blank or too long', () => {
  given(session, [guided()])
    .when(skip('1', { reason: ' ' }))
    .thenRefused('invalid-fields', error('/reason', 'required', 'reason cannot be blank.'))
  given(session, [guided()])
    .when(skip('1', { reason: 'x'.repeat(501) }))
    .thenRefused('invalid-fields', error('/reason', 'too-long', 'reason takes up to 500 characters.'))
})

const adjusting = suite('adjustStep')
const adjust = (stepId: string, note: string, target?: object) => (state: State) =>
  adjustStep(state, { stepId, note, target, settings })
const adjusted = (note: string, target?: typeof five): SessionEvent => ({
  type: 'StepAdjusted',
  data: { stepId: '2', exerciseId: squat.exerciseId, note, ...(target && { target }) },
})
const eighty = { kind: 'working', reps: 5, weight: 80, weightUnit: 'kg' } as const
const keptEighty = { ...eighty, weightMicrograms: 80_000_000_000 }

adjusting('notes something to a step, and sets another target in place of the one before', () => {
  given(session, [guided(), first])
    .when(adjust('2', ' Knee. ', { reps: 5, weight: 80 }))
    .then([adjusted('Knee.', keptEighty)])
  given(session, [guided(), first])
    .when(adjust('2', 'Knee.'))
    .then([adjusted('Knee.')])
  const [, second, third] = after(guided(), first, adjusted('Knee.', keptEighty)).guide?.steps ?? []
  assert.equal(second, {
    ...{ stepId: '2', ...squat, exercise: 0, set: 1, target: keptEighty, status: 'open' },
    ...{ restSeconds: 120, note: 'Knee.' },
  })
  assert.is(third?.target, five)
  assert.is(
    after(guided(), first, adjusted('Knee.', keptEighty), adjusted('No.')).guide?.steps[1]?.target,
    keptEighty,
  )
})

adjusting('told again does nothing', () => {
  const past = [guided(), first, adjusted('Knee.', keptEighty)]
  given(session, past)
    .when(adjust('2', 'Knee.', eighty))
    .then([])
  given(session, past).when(adjust('2', ' Knee.')).then([])
  given(session, past)
    .when(adjust('2', 'Hip.', eighty))
    .then([adjusted('Hip.', keptEighty)])
  given(session, past)
    .when(adjust('2', 'Knee.', { ...eighty, rpe: 7 }))
    .then([adjusted('Knee.', { ...keptEighty, rpe: 7 })])
})

adjusting('refuses a note that is blank or too long, and a target that the metric has no place for', () => {
  given(session, [guided(), first])
    .when(adjust('2', ' ', { durationSeconds: 5 }))
    .thenRefused('invalid-fields', {
      errors: [
        { pointer: '/note', code: 'required', message: 'note cannot be blank.' },
        {
          pointer: '/target/durationSeconds',
          code: 'not-applicable',
          message: 'A set of weight-reps has no durationSeconds.',
        },
        { pointer: '/target/reps', code: 'required', message: 'A set of weight-reps needs reps.' },
      ],
    })
  given(session, [guided(), first])
    .when(adjust('2', 'x'.repeat(501)))
    .thenRefused('invalid-fields', error('/note', 'too-long', 'note takes up to 500 characters.'))
})

const resting = suite('setRest')
const rest =
  (seconds: number, at = now) =>
  (state: State) =>
    setRest(state, { now: at, seconds })
const set = (endsAt: string | null): SessionEvent => ({ type: 'RestSet', data: { endsAt } })

resting('begins, extends and shortens a rest, told from now', () => {
  given(session, [guided()])
    .when(rest(60))
    .then([set(later(60))])
  given(session, [guided(), first])
    .when(rest(180))
    .then([set(later(180))])
  given(session, [guided(), first])
    .when(rest(1))
    .then([set(later(1))])
  assert.is(after(guided(), first, set(later(180))).guide?.restEndsAt, later(180))
})

resting('told again for the same end does nothing', () => {
  given(session, [guided(), first]).when(rest(120)).then([])
  given(session, [guided(), set(later(60))])
    .when(rest(60))
    .then([])
})

resting('ends with 0, if it is on', () => {
  given(session, [guided(), first])
    .when(rest(0))
    .then([set(null)])
  assert.is(isResting(guided(), first, set(null)), false)
  given(session, [guided(), first])
    .when(rest(0, later(120)))
    .then([])
  given(session, [guided()]).when(rest(0)).then([])
})

resting('takes whole seconds up to an hour', () => {
  given(session, [guided()])
    .when(rest(3600))
    .then([set(later(3600))])
  const message = 'seconds must be from 0 to 3600.'
  for (const seconds of [-1, 3601]) {
    given(session, [guided()])
      .when(rest(seconds))
      .thenRefused('invalid-fields', error('/seconds', 'out-of-range', message))
  }
  given(session, [guided()])
    .when(rest(1.5))
    .thenRefused('invalid-fields', error('/seconds', 'out-of-range', 'seconds must be a multiple of 1.'))
})

for (const one of [every, skipping, adjusting, resting]) one.run()
