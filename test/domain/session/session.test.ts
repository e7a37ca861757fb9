import { suite } from 'uvu'
import * as session from '../../../src/domain/session/session.ts'
import { finishSession } from '../../../src/domain/session/session.ts'
import { given } from '../../support/given-when-then.ts'
import { discarded, logged, now, settings, started } from '../../support/sessions.ts'

const error = (pointer: string, code: string, message: string) => ({ errors: [{ pointer, code, message }] })

const finishing = suite('finishSession')
const finish =
  (more = {}) =>
  (state: session.SessionState) =>
    finishSession(state, { now, settings, ...more })

finishing('ends a live session now', () => {
  given(session, [started()])
    .when(finish())
    .then([{ type: 'SessionFinished', data: { finishedAt: now } }])
})

finishing('keeps the end, the effort and the trimmed notes that it is told', () => {
  const told = { finishedAt: '2025-03-01T18:30:00+01:00', effort: 'heavy', notes: ' Done. ' }
  given(session, [started()])
    .when(finish(told))
    .then([
      {
        type: 'SessionFinished',
        data: { finishedAt: '2025-03-01T17:30:00.000Z', effort: 'heavy', notes: 'Done.' },
      },
    ])
})

finishing('does nothing when told again what stands', () => {
  given(session, [logged({ effort: 'heavy' })])
    .when(finish())
    .then([])
  given(session, [logged({ effort: 'heavy' })])
    .when(finish({ finishedAt: now, effort: 'heavy' }))
    .then([])
})

finishing('refuses other values of what is finished', () => {
  given(session, [logged()])
    .when(finish({ effort: 'easy' }))
    .thenRefused('session-not-active')
  given(session, [logged()])
    .when(finish({ finishedAt: '2025-03-01T17:59:00Z' }))
    .thenRefused('session-not-active')
})

finishing('refuses an end before the start, later than 48 h after it, and what is no instant', () => {
  given(session, [started()])
    .when(finish({ finishedAt: '2025-03-01T16:59:59Z' }))
    .thenRefused(
      'invalid-fields',
      error('/finishedAt', 'out-of-order', 'finishedAt must not lie before startedAt.'),
    )
  given(session, [started()])
    .when(finish({ finishedAt: '2025-03-03T17:00:00.001Z' }))
    .thenRefused(
      'invalid-fields',
      error('/finishedAt', 'out-of-range', 'finishedAt must lie at most 48 hours after startedAt.'),
    )
  given(session, [started()])
    .when(finish({ finishedAt: 'never' }))
    .thenRefused(
      'invalid-fields',
      error('/finishedAt', 'out-of-range', 'finishedAt must lie between 1900-01-01 and two years from now.'),
    )
  given(session, [started()])
    .when(finish({ finishedAt: '2025-03-03T17:00:00Z' }))
    .then([{ type: 'SessionFinished', data: { finishedAt: '2025-03-03T17:00:00.000Z' } }])
})

finishing('refuses what is unknown or discarded', () => {
  given(session, []).when(finish()).thenRefused('not-found')
  given(session, [started(), discarded]).when(finish()).thenRefused('session-discarded')
})

finishing.run()
