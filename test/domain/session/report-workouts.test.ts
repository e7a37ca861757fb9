import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { changeSession } from '../../../src/domain/session/change-session.ts'
import { contentOf, sessionDocument } from '../../../src/domain/session/document.ts'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import { reportWorkouts } from '../../../src/domain/session/report-workouts.ts'
import * as session from '../../../src/domain/session/session.ts'
import { given } from '../../support/given-when-then.ts'

const now = '2025-06-15T22:30:00.000Z'
const plan = { planId: 'plan', planNumber: 3 }
const command = { sessionId: 'one', now, timeZone: 'Europe/Moscow', plan }
const reported = { easy: 1, average: 2, heavy: 0 }
const event = {
  type: 'WorkoutsReported' as const,
  data: {
    ...{ sessionId: 'one', ...plan, ...reported },
    ...{ reportedAt: now, timeZone: 'Europe/Moscow', localDate: '2025-06-16' },
  },
}
const report = (counts: typeof reported) =>
  given(session, []).when((state) => reportWorkouts(state, { ...command, reported: counts }))

const reporting = suite('reportWorkouts')

reporting('tells of all of them at once, on the day of the person', () => {
  report(reported).then([event])
})

reporting('takes 1 to 1000 of them', () => {
  const outside = { code: 'out-of-range', message: 'There must be 1 to 1000 workouts in all.' }
  for (const counts of [
    { easy: 0, average: 0, heavy: 0 },
    { easy: 400, average: 400, heavy: 201 },
  ]) {
    report(counts).thenRefused('invalid-fields', { errors: [{ pointer: '/easy', ...outside }] })
  }
  report({ easy: 0, average: 0, heavy: 1000 }).then([
    { ...event, data: { ...event.data, easy: 0, average: 0, heavy: 1000 } },
  ])
})

reporting('names every count that does not pass', () => {
  report({ easy: -1, average: 1.5, heavy: 1001 }).thenRefused('invalid-fields', {
    errors: [
      { pointer: '/easy', code: 'out-of-range', message: 'easy must be from 0 to 1000.' },
      { pointer: '/average', code: 'out-of-range', message: 'average must be a multiple of 1.' },
      { pointer: '/heavy', code: 'out-of-range', message: 'heavy must be from 0 to 1000.' },
    ],
  })
})

reporting('needs an id of its own', () => {
  given<session.SessionState, SessionEvent>(session, [event])
    .when((state) => reportWorkouts(state, { ...command, reported }))
    .thenRefused('id-taken')
})

const reportedSession = suite('a session of reported workouts')
const past = (...events: SessionEvent[]) => events.reduce(session.evolve, session.initial)

reportedSession('is shown as one finished session with its count', () => {
  const state = past(event) as session.KnownSession
  assert.equal(sessionDocument(contentOf(state, 1)), {
    ...{ id: 'one', status: 'finished', startedAt: now, finishedAt: now },
    ...{ timeZone: 'Europe/Moscow', localDate: '2025-06-16', title: null, planId: 'plan', planDay: null },
    ...{ effort: null, notes: null, bodyWeight: null, bodyWeightUnit: null, exercises: [] },
    ...{ count: 3, byEffort: reported, version: 1 },
  })
})

reportedSession('keeps its count when it is discarded and restored', () => {
  const back = past(event, { type: 'SessionDiscarded', data: {} }, { type: 'SessionRestored', data: {} })
  assert.equal(back, past(event))
})

reportedSession('takes notes, and no other effort', () => {
  const settings = { units: 'metric', timeZone: 'UTC' } as const
  const change = (fields: object) =>
    given<session.SessionState, SessionEvent>(session, [event]).when((state) =>
      changeSession(state, { now, settings, change: fields }),
    )
  change({ notes: 'At the park', effort: null }).then([
    { type: 'SessionChanged', data: { notes: 'At the park' } },
  ])
  const message = 'The efforts of these workouts are told already.'
  change({ effort: 'heavy' }).thenRefused('invalid-fields', {
    errors: [{ pointer: '/effort', code: 'not-applicable', message }],
  })
})

reporting.run()
reportedSession.run()
