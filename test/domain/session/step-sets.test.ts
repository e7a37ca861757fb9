import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isRefusal } from '../../../src/domain/refusal.ts'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import * as session from '../../../src/domain/session/session.ts'
import { type LoneSet, logSets } from '../../../src/domain/session/sets.ts'
import { given } from '../../support/given-when-then.ts'
import {
  after,
  day,
  five,
  guided,
  isResting,
  later,
  planned,
  pullUp,
  stepLogged,
  way,
} from '../../support/guided.ts'
import { discarded, logged, now, setLogged, settings, squat, started } from '../../support/sessions.ts'

const hundred = { reps: 5, weight: 100 }
const eightReps = { reps: 8 }
const told = (stepId: string | undefined, fields: object, more: Partial<LoneSet> = {}): LoneSet => ({
  at: '',
  exercise: undefined,
  freshId: `set-${stepId}`,
  stepId,
  ...fields,
  ...more,
})
const log =
  (...sets: LoneSet[]) =>
  (state: session.SessionState) =>
    logSets(state, { now, settings, sets })
const performed = { performedAt: now }
const doing = suite('sets of steps')

doing('fulfil the current step, whose exercise and kind need not be told, and begin its rest', () => {
  const warm = stepLogged('1', { ...performed, kind: 'warmup', restEndsAt: later(120) })
  given(session, [guided()])
    .when(log(told('1', hundred)))
    .then([warm])
  assert.equal(way(guided(), warm)?.slice(0, 2), [
    '1 barbell-back-squat 0 done',
    '2 barbell-back-squat 1 open',
  ])
  const { guide, entries } = after(guided(), warm)
  assert.is(guide?.restEndsAt, later(120))
  assert.equal(guide?.entries, { '0:barbell-back-squat': 0 })
  assert.is(guide?.steps[0]?.setId, 'set-1')
  const facts = { ...hundred, weightUnit: 'kg', weightMicrograms: 100_000_000_000, ...performed }
  const set = { setId: 'set-1', kind: 'warmup', ...facts }
  assert.equal(entries, [{ ...squat, sets: [{ logged: set, facts: set, stepId: '1' }] }])
})

doing('say their exercise and kind themselves if they like', () => {
  given(session, [guided()])
    .when(log(told('1', hundred, { exerciseId: squat.exerciseId, kind: 'working' })))
    .then([stepLogged('1', { ...performed, restEndsAt: later(120) })])
})

doing('come as several, each held against what the one before left', () => {
  const sets = [
    told('1', hundred),
    told('2', hundred),
    told('3', hundred),
    told('4', eightReps),
    told('5', eightReps),
  ]
  const bare = { ...performed, entry: 1, reps: 8 }
  const { weight: _, weightUnit: __, weightMicrograms: ___, ...ninth } = stepLogged('4', bare, pullUp).data
  const pulled = { ...ninth, restEndsAt: later(60) }
  const { restEndsAt: ____, ...last } = { ...pulled, setId: 'set-5', stepId: '5' }
  given(session, [guided()])
    .when(log(...sets))
    .then([
      stepLogged('1', { ...performed, kind: 'warmup', restEndsAt: later(120) }),
      stepLogged('2', { ...performed, restEndsAt: later(120) }),
      stepLogged('3', { ...performed, restEndsAt: later(120) }),
      { type: 'SetLogged', data: pulled },
      { type: 'SetLogged', data: last },
    ])
  given(session, [guided()])
    .when(log(told('1', hundred), told('3', hundred)))
    .thenRefused('step-not-current')
})

doing('land all or none, and all failing fields are told at once', () => {
  const state = after(guided())
  const decided = log(
    told('1', { reps: -1, weight: 100 }, { at: '/sets/0' }),
    told('2', { reps: 5 }, { at: '/sets/1' }),
    told(undefined, hundred, { at: '/sets/2' }),
    told('3', { ...hundred, durationSeconds: 5 }, { at: '/sets/3' }),
  )(state)
  assert.ok(isRefusal(decided))
  assert.equal(
    decided.errors?.map(({ pointer, code }) => [pointer, code]),
    [
      ['/sets/0/reps', 'out-of-range'],
      ['/sets/1/weight', 'required'],
      ['/sets/2/exerciseId', 'unknown-exercise'],
      ['/sets/3/durationSeconds', 'not-applicable'],
    ],
  )
})

doing('are refused where the step is not the current one, or the exercise not that of the step', () => {
  const first = stepLogged('1', { kind: 'warmup' })
  for (const stepId of ['2', '9', '1.1', '']) {
    given(session, [guided()])
      .when(log(told(stepId, hundred)))
      .thenRefused('step-not-current')
  }
  given(session, [guided(), first])
    .when(log(told('1', hundred, { freshId: 'x' })))
    .thenRefused('step-not-current')
  given(session, [guided()])
    .when(log(told('1', hundred, { exerciseId: 'pull-up', exercise: pullUp })))
    .thenRefused('step-not-current')
  given(session, [guided([])])
    .when(log(told('1', hundred)))
    .thenRefused('step-not-current')
  const finished: SessionEvent = { type: 'SessionFinished', data: { finishedAt: now } }
  given(session, [guided(), finished])
    .when(log(told('1', hundred)))
    .thenRefused('step-not-current')
})

doing('are refused where there is no guide, and in a session that is discarded or unknown', () => {
  given(session, [started()])
    .when(log(told('1', hundred)))
    .thenRefused('no-guide')
  given(session, [logged()])
    .when(log(told('1', hundred)))
    .thenRefused('no-guide')
  given(session, [guided(), discarded])
    .when(log(told('1', hundred)))
    .thenRefused('session-discarded')
  given(session, [])
    .when(log(told('1', hundred)))
    .thenRefused('not-found')
})

doing('that are told again are passed over first, also when others follow', () => {
  const past = [guided(), stepLogged('1', { ...performed, kind: 'warmup' })]
  const again = told('1', hundred, { id: 'set-1' })
  given(session, past).when(log(again)).then([])
  given(session, past)
    .when(log({ ...again, stepId: undefined, exerciseId: squat.exerciseId }))
    .then([])
  given(session, past)
    .when(log(again, told('2', hundred)))
    .then([stepLogged('2', { ...performed, restEndsAt: later(120) })])
  given(session, past)
    .when(log({ ...again, stepId: '2' }))
    .thenRefused('id-taken')
  given(session, past)
    .when(log({ ...again, reps: 6 }))
    .thenRefused('id-taken')
  given(session, [started(), setLogged()]).when(log(again)).thenRefused('id-taken')
})

doing('begin no rest where none is told or no step is left, and end the one before', () => {
  const two = [planned(squat, [five, five, five])]
  const [first, second] = [stepLogged('1', { restEndsAt: later(9) }), stepLogged('2')]
  given(session, [guided(two), first])
    .when(log(told('2', hundred)))
    .then([stepLogged('2', performed)])
  assert.is(after(guided(two), first).guide?.restEndsAt, later(9))
  assert.is(isResting(guided(two), first, second), false)
  given(session, [guided([planned(squat, [five], { restSeconds: 90 })])])
    .when(log(told('1', hundred)))
    .then([stepLogged('1', performed)])
  given(session, [guided([planned(squat, [five, five], { restSeconds: 0 })])])
    .when(log(told('1', hundred)))
    .then([stepLogged('1', performed)])
})

doing('keep to one entry of their planned exercise, opened with its superset', () => {
  const circuit = [
    planned(squat, [five, five], { supersetGroup: 4 }),
    planned(squat, [five, five], { supersetGroup: 4 }),
  ]
  const sets = ['1', '2', '3', '4'].map((stepId) => told(stepId, hundred))
  given(session, [guided(circuit)])
    .when(log(...sets))
    .then([
      stepLogged('1', { ...performed, supersetGroup: 4 }),
      stepLogged('2', { ...performed, supersetGroup: 4, entry: 1 }),
      stepLogged('3', performed),
      stepLogged('4', { ...performed, entry: 1 }),
    ])
  const { entries } = after(guided(circuit), stepLogged('1', { supersetGroup: 4 }))
  assert.is(entries[0]?.supersetGroup, 4)
})

doing(
  'join an entry that is there already, if it measures the same and no other exercise of the day has it',
  () => {
    const rest = { restEndsAt: later(120), ...performed, kind: 'warmup' as const }
    const own = (exercise = squat) => ({ ...exercise, sets: [] })
    const opened = (entries: ReturnType<typeof own>[]) =>
      started({ planId: 'plan', planDay: 0, planned: day, entries })
    given(session, [opened([own(), own(pullUp), own()])])
      .when(log(told('1', hundred)))
      .then([stepLogged('1', { ...rest, entry: 2 })])
    given(session, [opened([own({ ...squat, metric: 'reps' })])])
      .when(log(told('1', hundred)))
      .then([stepLogged('1', { ...rest, entry: 1 })])
    const twice = [planned(squat, [five]), planned(squat, [five])]
    given(session, [started({ planned: twice, entries: [own()] }), stepLogged('1')])
      .when(log(told('2', hundred)))
      .then([stepLogged('2', { ...performed, entry: 1 })])
  },
)

doing('without a step are unplanned: they move nothing and leave the rest as it is', () => {
  const first = stepLogged('1', { kind: 'warmup', restEndsAt: later(120) })
  const extra = setLogged({ setId: 'extra', ...performed })
  given(session, [guided(), first])
    .when(log(told(undefined, hundred, { freshId: 'extra', exerciseId: squat.exerciseId, exercise: squat })))
    .then([extra])
  assert.equal(after(guided(), first, extra).guide, after(guided(), first).guide)
})

doing('count towards the limits of a session', () => {
  const entries = Array.from({ length: 100 }, () => ({ ...pullUp, sets: [] }))
  given(session, [started({ planned: day, entries })])
    .when(log(told('1', hundred)))
    .thenRefused('too-many-sets')
})

doing.run()
