import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contentOf, sessionDocument } from '../../../src/domain/session/document.ts'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import type { KnownSession } from '../../../src/domain/session/session.ts'
import * as session from '../../../src/domain/session/session.ts'
import { logged, now, opening, sessionId, setLogged, started } from '../../support/sessions.ts'

const folded = (events: readonly SessionEvent[]) => events.reduce(session.evolve, session.initial)

const document = suite('sessionDocument')

document('says null for what is not known', () => {
  const state = folded([started()]) as KnownSession
  assert.equal(sessionDocument(contentOf(state, 1)), {
    id: sessionId,
    status: 'active',
    startedAt: opening.startedAt,
    finishedAt: null,
    timeZone: 'Europe/Berlin',
    localDate: '2025-03-01',
    title: null,
    planId: null,
    planDay: null,
    effort: null,
    notes: null,
    bodyWeight: null,
    bodyWeightUnit: null,
    exercises: [],
    version: 1,
  })
})

const mile = {
  distance: 1,
  distanceUnit: 'mi',
  distanceMillimeters: 1_609_344,
  durationSeconds: 400,
} as const
const events: SessionEvent[] = [
  logged({
    finishedAt: '2025-03-01T18:00:00.000Z',
    title: 'Mixed',
    planId: 'plan',
    planDay: 1,
    effort: 'easy',
    notes: 'Fine.',
    bodyWeight: 80,
    bodyWeightUnit: 'kg',
    bodyWeightMicrograms: 80_000_000_000,
    entries: [
      {
        exerciseId: 'running',
        exerciseName: 'Running',
        metric: 'distance-duration',
        notes: 'Rain.',
        supersetGroup: 0,
        sets: [{ setId: 'mile', kind: 'working', ...mile }],
      },
    ],
  }),
  setLogged({ setId: 'a', rpe: 8.5, side: 'both', notes: 'Smooth.', performedAt: now }, 1),
  setLogged({ setId: 'b' }, 1),
  { type: 'SetDeleted', data: { setId: 'b', exerciseId: 'barbell-back-squat', entry: 1 } },
]

document('shows sets as they were entered, without the deleted ones and without integers for sums', () => {
  assert.equal(sessionDocument(contentOf(folded(events) as KnownSession, 4)), {
    id: sessionId,
    status: 'finished',
    startedAt: opening.startedAt,
    finishedAt: '2025-03-01T18:00:00.000Z',
    timeZone: 'Europe/Berlin',
    localDate: '2025-03-01',
    title: 'Mixed',
    planId: 'plan',
    planDay: 1,
    effort: 'easy',
    notes: 'Fine.',
    bodyWeight: 80,
    bodyWeightUnit: 'kg',
    exercises: [
      {
        exerciseId: 'running',
        name: 'Running',
        notes: 'Rain.',
        supersetGroup: 0,
        sets: [{ id: 'mile', kind: 'working', distance: 1, distanceUnit: 'mi', durationSeconds: 400 }],
      },
      {
        exerciseId: 'barbell-back-squat',
        name: 'Barbell Back Squat',
        notes: null,
        supersetGroup: null,
        sets: [
          {
            id: 'a',
            kind: 'working',
            reps: 5,
            weight: 100,
            weightUnit: 'kg',
            rpe: 8.5,
            side: 'both',
            notes: 'Smooth.',
            performedAt: now,
          },
        ],
      },
    ],
    version: 4,
  })
})

document.run()
