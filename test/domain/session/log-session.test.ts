import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isRefusal } from '../../../src/domain/refusal.ts'
import { type LogSession, logSession, type NewEntry } from '../../../src/domain/session/log-session.ts'
import * as session from '../../../src/domain/session/session.ts'
import { given } from '../../support/given-when-then.ts'
import {
  fiveAtHundred,
  logged,
  now,
  opening,
  run,
  sessionId,
  settings,
  squat,
  started,
} from '../../support/sessions.ts'

const test = suite('logSession')

const log =
  (more: Partial<LogSession> = {}, at?: string) =>
  (state: session.SessionState) =>
    logSession(state, { sessionId, now, settings, entries: [], ...more }, at)

const squats: NewEntry = {
  exerciseId: 'barbell-back-squat',
  exercise: squat,
  sets: [{ freshId: 'set-1', reps: 5, weight: 100 }],
}
const startedAt = opening.startedAt
const finishedAt = '2025-03-01T18:00:00.000Z'

test('starts a live session now, in the time zone of the person, when nothing is told', () => {
  given(session, [])
    .when(log())
    .then([started({ startedAt: now })])
})

test('logs a whole workout when it is told the end, with the day it began on where it was done', () => {
  const told = {
    startedAt: '2025-03-02T23:30:00-05:00',
    finishedAt: '2025-03-03T05:30:00Z',
    timeZone: 'America/New_York',
  }
  given(session, [])
    .when(log({ ...told, entries: [squats] }))
    .then([
      logged({
        startedAt: '2025-03-03T04:30:00.000Z',
        finishedAt: '2025-03-03T05:30:00.000Z',
        timeZone: 'America/New_York',
        localDate: '2025-03-02',
        entries: [{ ...squat, sets: [fiveAtHundred] }],
      }),
    ])
})

test('keeps every detail, texts trimmed and quantities as entered beside their integers', () => {
  const told = { startedAt, title: ' Legs ', effort: 'easy', notes: ' Fine. ', bodyWeight: 176 } as const
  const imperial = { units: 'imperial', timeZone: 'Europe/Berlin' } as const
  const entry = { exerciseId: 'running', exercise: run, notes: ' Rain. ', supersetGroup: 0 }
  const mile = {
    freshId: 'x',
    id: 'mile',
    distance: 1,
    rpe: 8.5,
    side: 'left',
    notes: ' Up. ',
    kind: 'drop',
  } as const
  given(session, [])
    .when(log({ ...told, settings: imperial, entries: [{ ...entry, sets: [mile] }] }))
    .then([
      started({
        title: 'Legs',
        effort: 'easy',
        notes: 'Fine.',
        bodyWeight: 176,
        bodyWeightUnit: 'lb',
        bodyWeightMicrograms: 79_832_257_120,
        entries: [
          {
            ...run,
            notes: 'Rain.',
            supersetGroup: 0,
            sets: [
              {
                setId: 'mile',
                kind: 'drop',
                distance: 1,
                distanceUnit: 'mi',
                distanceMillimeters: 1_609_344,
                rpe: 8.5,
                side: 'left',
                notes: 'Up.',
                performedAt: now,
              },
            ],
          },
        ],
      }),
    ])
})

test('does nothing when told again what it was told at first, whatever happened since', () => {
  const told = { startedAt, finishedAt, title: 'Legs', entries: [{ ...squats, notes: ' Deep. ' }] }
  const past = [
    logged({ title: 'Legs', effort: 'easy', entries: [{ ...squat, notes: 'Deep.', sets: [fiveAtHundred] }] }),
    { type: 'SessionChanged', data: { title: 'Arms' } },
  ] as const
  given(session, past).when(log(told)).then([])
  given(session, past)
    .when(log({ ...told, title: 'Arms' }))
    .thenRefused('id-taken')
})

test('does not take a session for another that differs in its end, its exercises or its sets', () => {
  const past = [logged({ entries: [{ ...squat, sets: [fiveAtHundred] }] })]
  const same = { startedAt, finishedAt, entries: [squats] }
  given(session, past).when(log(same)).then([])
  const others: Partial<LogSession>[] = [
    { finishedAt: undefined },
    { entries: [] },
    { entries: [{ ...squats, exerciseId: 'running' }] },
    { entries: [{ ...squats, sets: [] }] },
    { entries: [{ ...squats, sets: [{ freshId: 'x', reps: 6, weight: 100 }] }] },
    { entries: [{ ...squats, sets: [{ freshId: 'x', id: 'other', reps: 5, weight: 100 }] }] },
  ]
  for (const other of others) {
    given(session, past)
      .when(log({ ...same, ...other }))
      .thenRefused('id-taken')
  }
})

const refused = (more: Partial<LogSession>, at?: string) => {
  const decided = logSession(session.initial, { sessionId, now, settings, entries: [], ...more }, at)
  if (!isRefusal(decided)) throw new Error('not refused')
  return (decided.errors ?? []).map(({ pointer, code }) => [pointer, code])
}

test('refuses all failing fields at once, each by its pointer', () => {
  const told = {
    startedAt: '1800-01-01T00:00:00Z',
    title: 't'.repeat(201),
    planId: 'any',
    entries: [
      { exerciseId: 'nothing', exercise: undefined, sets: [{ freshId: 'x', reps: 99_999 }] },
      {
        ...squats,
        notes: ' ',
        supersetGroup: 1001,
        sets: [
          {
            freshId: 'y',
            weight: 2000.5,
            reps: 1.5,
            durationSeconds: 1,
            rpe: 7.3,
            notes: '',
            performedAt: 'then',
          },
        ],
      },
    ],
  }
  assert.equal(refused(told, '/sessions/3'), [
    ['/sessions/3/startedAt', 'out-of-range'],
    ['/sessions/3/title', 'too-long'],
    ['/sessions/3/planId', 'unknown-plan'],
    ['/sessions/3/exercises/0/exerciseId', 'unknown-exercise'],
    ['/sessions/3/exercises/1/notes', 'required'],
    ['/sessions/3/exercises/1/supersetGroup', 'out-of-range'],
    ['/sessions/3/exercises/1/sets/0/reps', 'out-of-range'],
    ['/sessions/3/exercises/1/sets/0/weight', 'out-of-range'],
    ['/sessions/3/exercises/1/sets/0/durationSeconds', 'not-applicable'],
    ['/sessions/3/exercises/1/sets/0/rpe', 'out-of-range'],
    ['/sessions/3/exercises/1/sets/0/notes', 'required'],
    ['/sessions/3/exercises/1/sets/0/performedAt', 'out-of-range'],
  ])
})

test('refuses a day of no plan, and one id for two sets', () => {
  assert.equal(refused({ planDay: 0 }), [['/planDay', 'not-applicable']])
  assert.equal(log({ planDay: null, planId: null })(session.initial), [started({ startedAt: now })])
  const twice = [
    { freshId: 'x', id: 'one', reps: 5, weight: 100 },
    { freshId: 'y', id: 'one', reps: 5, weight: 100 },
  ]
  assert.equal(refused({ entries: [{ ...squats, sets: twice }] }), [['/exercises/0/sets/1/id', 'duplicate']])
})

test('holds up to 100 exercises and 1000 sets', () => {
  const entries = (count: number, sets: number) =>
    Array.from({ length: count }, (_, entry) => ({
      ...squats,
      sets: Array.from({ length: sets }, (__, set) => ({ freshId: `${entry}-${set}`, reps: 5, weight: 100 })),
    }))
  assert.is(isRefusal(log({ entries: entries(100, 10) })(session.initial)), false)
  assert.equal(refused({ entries: entries(101, 1) }), [['/exercises', 'too-many']])
  assert.equal(refused({ entries: [...entries(100, 10), ...entries(1, 0)] }), [['/exercises', 'too-many']])
  const sets = Array.from({ length: 1001 }, (_, set) => ({ freshId: `${set}`, reps: 5, weight: 100 }))
  assert.equal(refused({ entries: [{ ...squats, sets }] }), [['/exercises', 'too-many']])
})

test.run()
