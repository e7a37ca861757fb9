import { suite } from 'uvu'
import { type ChangeSession, changeSession } from '../../../src/domain/session/change-session.ts'
import * as session from '../../../src/domain/session/session.ts'
import { given } from '../../support/given-when-then.ts'
import { discarded, logged, now, settings, started } from '../../support/sessions.ts'

const error = (pointer: string, code: string, message: string) => ({ errors: [{ pointer, code, message }] })

const changing = suite('changeSession')
const change =
  (told: ChangeSession['change'], at = now) =>
  (state: session.SessionState) =>
    changeSession(state, { now: at, settings, change: told })

changing('records only what differs', () => {
  given(session, [logged({ title: 'Legs' })])
    .when(change({ title: ' Legs ', effort: 'easy', notes: 'Fine.', startedAt: '2025-03-01T18:00:00+01:00' }))
    .then([{ type: 'SessionChanged', data: { effort: 'easy', notes: 'Fine.' } }])
})

changing('does nothing when nothing differs', () => {
  given(session, [logged({ title: 'Legs' })])
    .when(change({ title: 'Legs', notes: null }))
    .then([])
  given(session, [logged()]).when(change({})).then([])
})

changing('clears with null', () => {
  const told = { title: 'Legs', notes: 'Fine.', effort: 'easy' } as const
  given(session, [logged(told)])
    .when(change({ title: null, notes: null, effort: null }))
    .then([{ type: 'SessionChanged', data: { title: null, notes: null, effort: null } }])
})

changing('moves the local date with the start and with the zone', () => {
  given(session, [logged()])
    .when(change({ startedAt: '2025-02-28T23:30:00Z', finishedAt: '2025-03-01T00:30:00Z' }))
    .then([
      {
        type: 'SessionChanged',
        data: { startedAt: '2025-02-28T23:30:00.000Z', finishedAt: '2025-03-01T00:30:00.000Z' },
      },
    ])
  given(session, [logged()])
    .when(change({ timeZone: 'Pacific/Auckland' }))
    .then([{ type: 'SessionChanged', data: { timeZone: 'Pacific/Auckland', localDate: '2025-03-02' } }])
})

changing('leaves the local date of that day alone while neither start nor zone changes', () => {
  given(session, [logged({ localDate: '2025-02-27' })])
    .when(change({ title: 'Legs' }))
    .then([{ type: 'SessionChanged', data: { title: 'Legs' } }])
})

changing('keeps body weight as entered, in its own unit or in the one of the person', () => {
  const eighty = { bodyWeight: 80, bodyWeightUnit: 'kg', bodyWeightMicrograms: 80_000_000_000 } as const
  given(session, [logged()])
    .when(change({ bodyWeight: 80 }))
    .then([{ type: 'SessionChanged', data: eighty }])
  given(session, [logged(eighty)])
    .when(change({ bodyWeight: null }))
    .then([
      {
        type: 'SessionChanged',
        data: { bodyWeight: null, bodyWeightUnit: null, bodyWeightMicrograms: null },
      },
    ])
  given(session, [logged(eighty)])
    .when(change({ bodyWeightUnit: 'lb' }))
    .then([{ type: 'SessionChanged', data: { bodyWeightUnit: 'lb', bodyWeightMicrograms: 36_287_389_600 } }])
  const pounds = { bodyWeight: 176, bodyWeightUnit: 'lb', bodyWeightMicrograms: 79_832_257_120 } as const
  given(session, [logged(pounds)])
    .when(change({ bodyWeight: 177 }))
    .then([{ type: 'SessionChanged', data: { bodyWeight: 177, bodyWeightMicrograms: 80_285_849_490 } }])
})

changing('refuses all failing fields at once', () => {
  const told = {
    startedAt: '1899-12-31T23:59:59Z',
    title: ' ',
    notes: 'n'.repeat(2001),
    timeZone: 'Mars/Olympus',
    bodyWeight: 0,
  }
  given(session, [logged()])
    .when(change(told))
    .thenRefused('invalid-fields', {
      errors: [
        {
          pointer: '/startedAt',
          code: 'out-of-range',
          message: 'startedAt must lie between 1900-01-01 and two years from now.',
        },
        {
          pointer: '/startedAt',
          code: 'out-of-range',
          message: 'finishedAt must lie at most 48 hours after startedAt.',
        },
        {
          pointer: '/timeZone',
          code: 'unknown-time-zone',
          message: 'timeZone must be an IANA name, such as Europe/Paris.',
        },
        { pointer: '/title', code: 'required', message: 'title cannot be blank.' },
        { pointer: '/notes', code: 'too-long', message: 'notes takes up to 2000 characters.' },
        { pointer: '/bodyWeight', code: 'out-of-range', message: 'bodyWeight must be from above 0 to 1000.' },
      ],
    })
})

changing('refuses a unit without its quantity, and an end of what is live', () => {
  given(session, [logged()])
    .when(change({ bodyWeightUnit: 'kg' }))
    .thenRefused(
      'invalid-fields',
      error('/bodyWeightUnit', 'not-applicable', 'A unit says nothing without bodyWeight.'),
    )
  given(session, [started()])
    .when(change({ finishedAt: now }))
    .thenRefused(
      'invalid-fields',
      error('/finishedAt', 'not-applicable', 'A live session has no finishedAt: finish it first.'),
    )
  given(session, [started()])
    .when(change({ title: 'Legs' }))
    .then([{ type: 'SessionChanged', data: { title: 'Legs' } }])
})

changing('takes instants up to two years ahead', () => {
  const late = '2027-03-01T18:00:00.000Z'
  given(session, [logged()])
    .when(change({ startedAt: late, finishedAt: late }))
    .then([
      {
        type: 'SessionChanged',
        data: { startedAt: late, localDate: '2027-03-01', finishedAt: late },
      },
    ])
  given(session, [started()])
    .when(change({ startedAt: '2027-03-01T18:00:00.001Z' }))
    .thenRefused(
      'invalid-fields',
      error('/startedAt', 'out-of-range', 'startedAt must lie between 1900-01-01 and two years from now.'),
    )
})

changing('refuses what is unknown or discarded', () => {
  given(session, []).when(change({})).thenRefused('not-found')
  given(session, [logged(), discarded]).when(change({})).thenRefused('session-discarded')
})

changing.run()
