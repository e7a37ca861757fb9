import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type ChangeSession, changeSession } from '../../../src/domain/session/change-session.ts'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import { guideOf } from '../../../src/domain/session/guide.ts'
import { logSession } from '../../../src/domain/session/log-session.ts'
import * as session from '../../../src/domain/session/session.ts'
import { given } from '../../support/given-when-then.ts'
import { after, day, eight, guided, planned, pullUp, stepLogged } from '../../support/guided.ts'
import { logged, now, opening, sessionId, settings, started } from '../../support/sessions.ts'

const test = suite('plan of a session')

const pulls = [planned(pullUp, [eight])]
const plan = { planId: 'plan', archived: false, days: [{ exercises: day }, { exercises: pulls }] }
const archived = { ...plan, archived: true }
const other = { ...plan, planId: 'other' }
const { startedAt } = opening

type Command = Parameters<typeof logSession>[1]
const log = (more: Partial<Command>) => (state: session.SessionState) =>
  logSession(state, { sessionId, now, settings, entries: [], startedAt, ...more })
const change =
  (told: ChangeSession['change'], named?: ChangeSession['plan']) => (state: session.SessionState) =>
    changeSession(state, { now, settings, change: told, plan: named })
const changed = (data: object): SessionEvent => ({ type: 'SessionChanged', data })

test('a session may name a plan, and a day of it', () => {
  given(session, [])
    .when(log({ planId: 'plan', plan }))
    .then([started({ planId: 'plan' })])
  given(session, [])
    .when(log({ planId: 'plan', planDay: 1, plan }))
    .then([started({ planId: 'plan', planDay: 1, planned: pulls })])
})

test('a whole workout that is told afterwards is not guided', () => {
  given(session, [])
    .when(log({ planId: 'plan', planDay: 1, plan, finishedAt: now }))
    .then([logged({ planId: 'plan', planDay: 1, finishedAt: now })])
})

test('a live session that names another day is guided by that, under numbers that go on', () => {
  const another = changed({ planDay: 1, planned: pulls })
  given(session, [guided(), stepLogged('1')])
    .when(change({ planDay: 1 }, plan))
    .then([another])
  assert.equal(after(guided(), stepLogged('1'), another).guide, guideOf(pulls, 5))
  assert.is(Object.hasOwn(after(guided(), another).details, 'planned'), false)
  const elsewhere = { planId: 'other', planDay: 0 }
  given(session, [guided()])
    .when(change(elsewhere, other))
    .then([changed({ planId: 'other', planned: day })])
  given(session, [started()])
    .when(change({ planId: 'plan', planDay: 1 }, plan))
    .then([changed({ planId: 'plan', planDay: 1, planned: pulls })])
})

test('a live session without a day any more is not guided, and numbers go on also over that gap', () => {
  const none = changed({ planDay: null, planned: null })
  given(session, [guided()])
    .when(change({ planDay: null }, plan))
    .then([none])
  given(session, [guided()])
    .when(change({ planId: null }))
    .then([changed({ planId: null, planDay: null, planned: null })])
  given(session, [guided()])
    .when(change({ planId: 'other' }, other))
    .then([changed({ planId: 'other', planDay: null, planned: null })])
  given(session, [started({ planId: 'plan' })])
    .when(change({ planId: null }))
    .then([changed({ planId: null })])
  assert.is(after(guided(), none).guide, undefined)
  const again = changed({ planDay: 1, planned: pulls })
  assert.equal(after(guided(), none, again).guide, guideOf(pulls, 5))
  assert.equal(after(guided(), none, again, none, again).guide, guideOf(pulls, 6))
})

test('the day that is told again leaves the guide as it is', () => {
  given(session, [guided(), stepLogged('1')])
    .when(change({ planId: 'plan', planDay: 0, title: 'Legs' }, plan))
    .then([changed({ title: 'Legs' })])
})

const wrong: [Partial<Command>, pointer: string, code: string, message: string][] = [
  [{ planId: 'plan' }, '/planId', 'unknown-plan', 'planId names no plan of yours that can be followed.'],
  [
    { planId: 'plan', plan: archived },
    '/planId',
    'unknown-plan',
    'planId names no plan of yours that can be followed.',
  ],
  [
    { planId: 'plan', planDay: 2, plan },
    '/planDay',
    'out-of-range',
    'planDay must be one of the 2 days, from 0.',
  ],
  [{ planDay: 0 }, '/planDay', 'not-applicable', 'planDay says nothing without planId.'],
]
for (const [told, pointer, code, message] of wrong) {
  test(`${JSON.stringify(told)} is refused as ${code}`, () => {
    given(session, [])
      .when(log(told))
      .thenRefused('invalid-fields', { errors: [{ pointer, code, message }] })
    if (told.planDay !== 0) {
      given(session, [logged()])
        .when(change({ planId: told.planId, planDay: told.planDay }, told.plan))
        .thenRefused('invalid-fields', { errors: [{ pointer, code, message }] })
    }
  })
}

test('a plan can be named, changed and cleared afterwards, and its day goes with it', () => {
  const second = logged({ planId: 'plan', planDay: 1 })
  given(session, [logged()])
    .when(change({ planId: 'plan', planDay: 1 }, plan))
    .then([changed({ planId: 'plan', planDay: 1 })])
  given(session, [second])
    .when(change({ planDay: 0 }, plan))
    .then([changed({ planDay: 0 })])
  given(session, [second])
    .when(change({ planId: 'other' }, other))
    .then([changed({ planId: 'other', planDay: null })])
  given(session, [second])
    .when(change({ planId: null }))
    .then([changed({ planId: null, planDay: null })])
})

test('the plan that a session names already may have been archived since', () => {
  given(session, [logged({ planId: 'plan', planDay: 1 })])
    .when(change({ planId: 'plan', planDay: 0 }, archived))
    .then([changed({ planDay: 0 })])
})

test('the plan and the day that stand already may be told again, whatever became of the plan', () => {
  for (const named of [{ ...plan, days: [{ exercises: [] }] }, archived]) {
    given(session, [logged({ planId: 'plan', planDay: 1 })])
      .when(change({ planId: 'plan', planDay: 1, title: 'Legs' }, named))
      .then([changed({ title: 'Legs' })])
  }
})

test('what else is changed asks nothing of the plan', () => {
  given(session, [logged({ planId: 'plan', planDay: 7 })])
    .when(change({ title: 'Legs' }))
    .then([changed({ title: 'Legs' })])
})

test.run()
