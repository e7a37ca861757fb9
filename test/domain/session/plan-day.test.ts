import { suite } from 'uvu'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import { logSession } from '../../../src/domain/session/log-session.ts'
import * as session from '../../../src/domain/session/session.ts'
import { given } from '../../support/given-when-then.ts'
import { logged, now, opening, sessionId, settings, started } from '../../support/sessions.ts'

const test = suite('plan of a session')

const plan = { planId: 'plan', archived: false, days: 2 }
const archived = { ...plan, archived: true }
const other = { ...plan, planId: 'other' }
const { startedAt } = opening

type Command = Parameters<typeof logSession>[1]
const log = (more: Partial<Command>) => (state: session.SessionState) =>
  logSession(state, { sessionId, now, settings, entries: [], startedAt, ...more })
const change =
  (told: session.ChangeSession['change'], named?: session.ChangeSession['plan']) =>
  (state: session.SessionState) =>
    session.changeSession(state, { now, settings, change: told, plan: named })
const changed = (data: object): SessionEvent => ({ type: 'SessionChanged', data })

test('a session may name a plan, and a day of it', () => {
  given(session, [])
    .when(log({ planId: 'plan', plan }))
    .then([started({ planId: 'plan' })])
  given(session, [])
    .when(log({ planId: 'plan', planDay: 1, plan }))
    .then([started({ planId: 'plan', planDay: 1 })])
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
  const planned = logged({ planId: 'plan', planDay: 1 })
  given(session, [logged()])
    .when(change({ planId: 'plan', planDay: 1 }, plan))
    .then([changed({ planId: 'plan', planDay: 1 })])
  given(session, [planned])
    .when(change({ planDay: 0 }, plan))
    .then([changed({ planDay: 0 })])
  given(session, [planned])
    .when(change({ planId: 'other' }, other))
    .then([changed({ planId: 'other', planDay: null })])
  given(session, [planned])
    .when(change({ planId: null }))
    .then([changed({ planId: null, planDay: null })])
})

test('the plan that a session names already may have been archived since', () => {
  given(session, [logged({ planId: 'plan', planDay: 1 })])
    .when(change({ planId: 'plan', planDay: 0 }, archived))
    .then([changed({ planDay: 0 })])
})

test('the plan and the day that stand already may be told again, whatever became of the plan', () => {
  for (const named of [{ ...plan, days: 1 }, archived]) {
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
