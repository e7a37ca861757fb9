import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isRefusal } from '../../../src/domain/refusal.ts'
import * as session from '../../../src/domain/session/session.ts'
import { type LoneSet, logSets } from '../../../src/domain/session/sets.ts'
import { given } from '../../support/given-when-then.ts'
import {
  discarded,
  fiveAtHundred,
  logged,
  now,
  run,
  setLogged,
  settings,
  squat,
  started,
} from '../../support/sessions.ts'

const hundred = { reps: 5, weight: 100 }
const lone = (more: Partial<LoneSet> = {}): LoneSet => ({
  at: '',
  exerciseId: 'barbell-back-squat',
  exercise: squat,
  freshId: 'set-1',
  ...hundred,
  ...more,
})
const log =
  (...sets: LoneSet[]) =>
  (state: session.SessionState) =>
    logSets(state, { now, settings, sets })
const deleted = {
  type: 'SetDeleted',
  data: { setId: 'set-1', exerciseId: 'barbell-back-squat', entry: 0 },
} as const

const logging = suite('logSets')

logging('opens an entry for its exercise, done now in a live session', () => {
  given(session, [started()])
    .when(log(lone()))
    .then([setLogged({ performedAt: now })])
})

logging('says nothing of the time in a session told afterwards, unless it is told', () => {
  given(session, [logged()]).when(log(lone())).then([setLogged()])
  given(session, [logged()])
    .when(log(lone({ performedAt: '2025-03-01T18:10:00+01:00' })))
    .then([setLogged({ performedAt: '2025-03-01T17:10:00.000Z' })])
})

logging('joins the last entry of its exercise, whose name and metric are those of that day', () => {
  const entries = [squat, run, { ...squat, exerciseName: 'Squat' }].map((exercise) => ({
    ...exercise,
    sets: [],
  }))
  given(session, [logged({ entries })])
    .when(log(lone({ exercise: undefined })))
    .then([setLogged({}, 2, { ...squat, exerciseName: 'Squat' })])
})

logging('takes several sets at once, each where it belongs', () => {
  const mile = {
    freshId: 'set-2',
    exerciseId: 'running',
    exercise: run,
    reps: null,
    weight: null,
    distance: 1.5,
  }
  given(session, [logged()])
    .when(log(lone(), lone(mile), lone({ id: 'set-3' })))
    .then([
      setLogged(),
      {
        type: 'SetLogged',
        data: {
          setId: 'set-2',
          kind: 'working',
          distance: 1.5,
          distanceUnit: 'km',
          distanceMillimeters: 1_500_000,
          ...run,
          entry: 1,
        },
      },
      setLogged({ setId: 'set-3' }),
    ])
})

logging('passes over what was logged already, also when it was corrected or deleted since', () => {
  const again = lone({ id: 'set-1' })
  given(session, [logged(), setLogged()]).when(log(again)).then([])
  given(session, [logged(), setLogged(), deleted]).when(log(again)).then([])
  given(session, [logged(), setLogged()])
    .when(log(again, lone({ freshId: 'set-2' })))
    .then([setLogged({ setId: 'set-2' })])
  given(session, [logged(), setLogged()])
    .when(log({ ...again, reps: 6 }))
    .thenRefused('id-taken')
  given(session, [logged(), setLogged()])
    .when(log({ ...again, exerciseId: 'running', exercise: run }))
    .thenRefused('id-taken')
})

logging('refuses all failing fields at once, each by its pointer', () => {
  const decided = log(
    lone({ at: '/sets/0', exerciseId: 'nothing', exercise: undefined }),
    lone({ at: '/sets/1', id: 'one', reps: -1 }),
    lone({ at: '/sets/2', id: 'one', weight: undefined, weightUnit: 'kg' }),
    lone({ at: '/sets/3', freshId: 'set-4', performedAt: '2027-03-01T18:00:00.001Z' }),
  )(session.evolve(session.initial, started()))
  if (!isRefusal(decided)) throw new Error('not refused')
  assert.equal(
    decided.errors?.map(({ pointer, code }) => [pointer, code]),
    [
      ['/sets/0/exerciseId', 'unknown-exercise'],
      ['/sets/1/reps', 'out-of-range'],
      ['/sets/2/id', 'duplicate'],
      ['/sets/2/weight', 'required'],
      ['/sets/2/weightUnit', 'not-applicable'],
      ['/sets/3/performedAt', 'out-of-range'],
    ],
  )
})

logging('refuses the 1001st set and the 101st exercise; deleted sets leave room', () => {
  const sets = Array.from({ length: 1000 }, (_, index) => ({ ...fiveAtHundred, setId: `${index}` }))
  const full = logged({ entries: [{ ...squat, sets }] })
  const gone = { type: 'SetDeleted', data: { setId: '7', exerciseId: squat.exerciseId, entry: 0 } } as const
  given(session, [full]).when(log(lone())).thenRefused('too-many-sets')
  given(session, [full, gone]).when(log(lone())).then([setLogged()])
  const entries = Array.from({ length: 100 }, () => ({ ...run, sets: [] }))
  given(session, [logged({ entries })])
    .when(log(lone()))
    .thenRefused('too-many-sets')
})

logging('refuses a session that is unknown or discarded', () => {
  given(session, []).when(log(lone())).thenRefused('not-found')
  given(session, [logged(), discarded]).when(log(lone())).thenRefused('session-discarded')
})

logging.run()
