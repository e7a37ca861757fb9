import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import type { Step } from '../../../src/domain/session/guide.ts'
import { isEnd, isFinished, progressDocument } from '../../../src/domain/session/progress.ts'
import { evolve, initial, type KnownSession } from '../../../src/domain/session/session.ts'
import { after, day, five, guided, later, planned, stepLogged } from '../../support/guided.ts'
import {
  discarded,
  fiveAtHundred,
  logged,
  now,
  restored,
  sessionId,
  setLogged,
  squat,
  started,
} from '../../support/sessions.ts'

const test = suite('progress')

const backgroundOf = ({ stepId }: Step) => ({ instructions: [`Do step ${stepId}.`], previous: null })
const finish: SessionEvent = { type: 'SessionFinished', data: { finishedAt: now, effort: 'heavy' } }

/** What the last of the events has changed. */
function told(...events: SessionEvent[]) {
  const last = events.at(-1) as SessionEvent
  const before = events.slice(0, -1).reduce(evolve, initial)
  const happened = { ...last, version: events.length, recordedAt: now }
  return progressDocument(before, happened, evolve(before, last) as KnownSession, backgroundOf)
}

const head = (version: number, type: string, more: object = {}) => ({
  ...{ version, type, at: now, status: 'active', finished: false },
  ...more,
})
const setShown = { id: 'set-1', kind: 'working', reps: 5, weight: 100, weightUnit: 'kg' }
const document = {
  ...{ id: sessionId, status: 'active', startedAt: '2025-03-01T17:00:00.000Z', finishedAt: null },
  ...{ timeZone: 'Europe/Berlin', localDate: '2025-03-01', title: null, planId: null, planDay: null },
  ...{ effort: null, notes: null, bodyWeight: null, bodyWeightUnit: null, exercises: [], version: 1 },
}
const stepShown = (id: string, setNumber: number) => ({
  ...{ id, exerciseId: squat.exerciseId, name: squat.exerciseName, metric: squat.metric },
  instructions: [`Do step ${id}.`],
  ...{
    notes: null,
    supersetGroup: null,
    setNumber,
    setsTotal: 2,
    previous: null,
    restSeconds: 90,
    note: null,
  },
  target: { kind: 'working', reps: 5, weight: 100, weightUnit: 'kg' },
})
const twoSets = guided([planned(squat, [five, five], { restSeconds: 90 })])
const progress = (setsDone: number, setsSkipped = 0) => ({ setsDone, setsSkipped, setsTotal: 2 })

test('the first version tells the whole session', () => {
  assert.equal(told(started()), head(1, 'SessionStarted', { session: document }))
  const finishedAt = '2025-03-01T18:00:00.000Z'
  const over = { status: 'finished', finished: true }
  const session = { ...document, status: 'finished', finishedAt }
  assert.equal(told(logged()), head(1, 'SessionLogged', { ...over, session }))
})

test('a guide is told with its first steps', () => {
  const session = { ...document, planId: 'plan', planDay: 0 }
  const steps = { step: stepShown('1', 1), next: stepShown('2', 2), progress: progress(0) }
  assert.equal(told(twoSets), head(1, 'SessionStarted', { ...steps, session }))
})

test('a step that is done tells the set, the next steps and the rest, and nothing else', () => {
  const first = stepLogged('1', { restEndsAt: later(90) })
  const set = { exerciseId: squat.exerciseId, stepId: '1', ...setShown, id: 'set-1' }
  const moved = { step: stepShown('2', 2), next: null, rest: { endsAt: later(90) }, progress: progress(1) }
  assert.equal(told(twoSets, first), head(2, 'SetLogged', { ...moved, set }))
  const last = { step: null, rest: null, progress: progress(2) }
  const second = { ...set, stepId: '2', id: 'set-2' }
  assert.equal(
    told(twoSets, first, stepLogged('2')),
    head(3, 'SetLogged', { finished: true, ...last, set: second }),
  )
})

test('a rest tells of itself alone, and one that has passed is none', () => {
  const rest = (endsAt: string | null): SessionEvent => ({ type: 'RestSet', data: { endsAt } })
  assert.equal(told(twoSets, rest(later(30))), head(2, 'RestSet', { rest: { endsAt: later(30) } }))
  assert.equal(told(twoSets, rest(later(30)), rest(null)), head(3, 'RestSet', { rest: null }))
  assert.equal(told(twoSets, rest(later(-30)), rest(null)), head(3, 'RestSet'))
})

test('an unplanned set moves nothing; corrected it is told anew, deleted as it was', () => {
  const set = { exerciseId: squat.exerciseId, ...setShown }
  assert.equal(told(twoSets, setLogged()), head(2, 'SetLogged', { set }))
  const corrected: SessionEvent = {
    type: 'SetCorrected',
    data: { ...fiveAtHundred, reps: 6, exerciseId: squat.exerciseId, entry: 0 },
  }
  assert.equal(told(twoSets, setLogged(), corrected), head(3, 'SetCorrected', { set: { ...set, reps: 6 } }))
  const deleted: SessionEvent = {
    type: 'SetDeleted',
    data: { setId: 'set-1', exerciseId: squat.exerciseId, entry: 0 },
  }
  assert.equal(
    told(twoSets, setLogged(), corrected, deleted),
    head(4, 'SetDeleted', { set: { ...set, reps: 6, deleted: true } }),
  )
})

test('a change tells the details that differ, and a guide that is taken away as none', () => {
  const changed = (data: Extract<SessionEvent, { type: 'SessionChanged' }>['data']): SessionEvent => ({
    type: 'SessionChanged',
    data,
  })
  assert.equal(
    told(started({ notes: 'Slow.' }), changed({ title: 'Legs', notes: null })),
    head(2, 'SessionChanged', { session: { title: 'Legs', notes: null } }),
  )
  const none = { step: null, next: null, progress: null }
  assert.equal(
    told(twoSets, changed({ planDay: null, planned: null })),
    head(2, 'SessionChanged', { ...none, session: { planDay: null } }),
  )
})

test('the end takes the steps away, and a session that is restored gets them back', () => {
  const none = { finished: true, step: null, next: null }
  const session = { finishedAt: now, effort: 'heavy' }
  assert.equal(told(twoSets, finish), head(2, 'SessionFinished', { ...none, status: 'finished', session }))
  assert.equal(told(twoSets, discarded), head(2, 'SessionDiscarded', { ...none, status: 'discarded' }))
  assert.equal(
    told(twoSets, discarded, restored),
    head(3, 'SessionRestored', { step: stepShown('1', 1), next: stepShown('2', 2) }),
  )
})

test('a session is finished when it is live no more, or no step of its guide is left', () => {
  assert.is(isFinished(after(started())), false)
  assert.is(isFinished(after(guided(day))), false)
  assert.is(isFinished(after(twoSets, stepLogged('1'), stepLogged('2'))), true)
  assert.is(isFinished(after(started(), discarded)), true)
  assert.equal([discarded, finish, logged(), restored, setLogged()].map(isEnd), [
    ...[true, true, true, false, false],
  ])
})

test.run()
