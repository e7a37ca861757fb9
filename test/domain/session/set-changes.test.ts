import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as session from '../../../src/domain/session/session.ts'
import type { SetFields } from '../../../src/domain/session/set-facts.ts'
import { correctSet, deleteSet, findLogged, findSet } from '../../../src/domain/session/sets.ts'
import { given } from '../../support/given-when-then.ts'
import {
  discarded,
  fiveAtHundred,
  logged,
  now,
  run,
  setLogged,
  settings,
  started,
} from '../../support/sessions.ts'

const deleted = {
  type: 'SetDeleted',
  data: { setId: 'set-1', exerciseId: 'barbell-back-squat', entry: 0 },
} as const

const correcting = suite('correctSet')
const correct =
  (change: SetFields, setId = 'set-1') =>
  (state: session.SessionState) =>
    correctSet(state, { now, settings, setId, change })
const corrected = (more: Partial<typeof fiveAtHundred>) => ({
  type: 'SetCorrected' as const,
  data: { ...fiveAtHundred, ...more, exerciseId: 'barbell-back-squat', entry: 0 },
})

correcting('replaces what is given and keeps the rest, the unit too', () => {
  const pounds = { weight: 135, weightUnit: 'lb', weightMicrograms: 61_234_969_950 } as const
  given(session, [logged(), setLogged(pounds)])
    .when(correct({ reps: 6, kind: 'warmup' }))
    .then([corrected({ ...pounds, reps: 6, kind: 'warmup' })])
  given(session, [logged(), setLogged(pounds)])
    .when(correct({ weight: 140 }))
    .then([corrected({ ...pounds, weight: 140, weightMicrograms: 63_502_931_800 })])
  given(session, [logged(), setLogged(pounds)])
    .when(correct({ weightUnit: 'kg' }))
    .then([corrected({ ...pounds, weightUnit: 'kg', weightMicrograms: 135_000_000_000 })])
})

correcting('clears with null', () => {
  const told = { rpe: 8, side: 'left', notes: 'Hm.', performedAt: now } as const
  given(session, [started(), setLogged(told)])
    .when(correct({ rpe: null, side: null, notes: null, performedAt: null }))
    .then([corrected({})])
  const mile = {
    setId: 'set-1',
    kind: 'working',
    distance: 1,
    distanceUnit: 'mi',
    distanceMillimeters: 1_609_344,
  } as const
  const both = { type: 'SetLogged', data: { ...mile, durationSeconds: 400, ...run, entry: 0 } } as const
  given(session, [logged(), both])
    .when(correct({ distance: null }))
    .then([
      {
        type: 'SetCorrected',
        data: { setId: 'set-1', kind: 'working', durationSeconds: 400, exerciseId: 'running', entry: 0 },
      },
    ])
})

correcting('does nothing when nothing differs', () => {
  given(session, [logged(), setLogged()])
    .when(correct({ reps: 5, weightUnit: 'kg', notes: null }))
    .then([])
  given(session, [logged(), setLogged()]).when(correct({})).then([])
})

correcting('refuses what would not fit the exercise any more', () => {
  given(session, [logged(), setLogged()])
    .when(correct({ weight: null, durationSeconds: 5 }))
    .thenRefused('invalid-fields', {
      errors: [
        {
          pointer: '/durationSeconds',
          code: 'not-applicable',
          message: 'A set of weight-reps has no durationSeconds.',
        },
        { pointer: '/weight', code: 'required', message: 'A set of weight-reps needs weight.' },
      ],
    })
})

correcting('refuses what is unknown, deleted or discarded', () => {
  given(session, []).when(correct({})).thenRefused('not-found')
  given(session, [logged()]).when(correct({})).thenRefused('not-found')
  given(session, [logged(), setLogged(), deleted]).when(correct({})).thenRefused('not-found')
  given(session, [logged(), setLogged(), discarded]).when(correct({})).thenRefused('session-discarded')
})

const deleting = suite('deleteSet')
const remove = (state: session.SessionState) => deleteSet(state, 'set-1')

deleting('deletes what stands, once', () => {
  given(session, [logged(), setLogged()]).when(remove).then([deleted])
  given(session, [logged(), setLogged(), deleted]).when(remove).thenRefused('not-found')
})

deleting('refuses what is unknown or discarded', () => {
  given(session, []).when(remove).thenRefused('not-found')
  given(session, [logged(), setLogged(), discarded]).when(remove).thenRefused('session-discarded')
})

deleting('leaves the set findable as it was logged, and only so', () => {
  const state = [logged(), setLogged(), corrected({ reps: 6 })].reduce(session.evolve, session.initial)
  const known = state as session.KnownSession
  assert.is(findSet(known, 'set-1')?.facts.reps, 6)
  assert.is(findLogged(known, 'set-1')?.facts.reps, 5)
  const gone = session.evolve(state, deleted) as session.KnownSession
  assert.is(findSet(gone, 'set-1'), undefined)
  assert.is(findLogged(gone, 'set-1')?.facts.reps, 5)
})

correcting.run()
deleting.run()
