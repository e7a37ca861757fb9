import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SessionEvent } from '../../../src/domain/session/events.ts'
import * as session from '../../../src/domain/session/session.ts'
import { correctSet, deleteSet, logSets } from '../../../src/domain/session/sets.ts'
import { given } from '../../support/given-when-then.ts'
import { after, five, guided, later, stepLogged, way } from '../../support/guided.ts'
import { now, setLogged, settings, squat, started } from '../../support/sessions.ts'

const log = (ids: { id?: string; freshId: string }) => (state: session.SessionState) => {
  const set = { at: '', exercise: undefined, stepId: '1', reps: 5, weight: 100, ...ids }
  return logSets(state, { now, settings, sets: [set] })
}
const deleted = (setId: string, entry = 0, exerciseId = squat.exerciseId): SessionEvent => ({
  type: 'SetDeleted',
  data: { setId, exerciseId, entry },
})

const undoing = suite('sets of steps, undone')

undoing('that are deleted leave their step to be done again, in its place', () => {
  const past = [guided(), stepLogged('1', { kind: 'warmup' }), stepLogged('2'), deleted('set-1')]
  given(session, past.slice(0, 3))
    .when((state) => deleteSet(state, 'set-1'))
    .then([deleted('set-1')])
  assert.equal(way(...past)?.slice(0, 3), [
    '1 barbell-back-squat 0 open',
    '2 barbell-back-squat 1 done',
    '3 barbell-back-squat 2 open',
  ])
  assert.equal(after(...past).guide?.steps[0], after(guided()).guide?.steps[0])
  given(session, past)
    .when(log({ freshId: 'again' }))
    .then([stepLogged('1', { setId: 'again', kind: 'warmup', performedAt: now, restEndsAt: later(120) })])
  // An id is spent, also by a set that is deleted.
  given(session, past)
    .when(log({ id: 'set-1', freshId: 'again' }))
    .then([])
})

undoing('that are deleted beside the guide move nothing', () => {
  const extra = setLogged({ setId: 'extra' })
  assert.equal(after(guided(), extra, deleted('extra')).guide, after(guided()).guide)
  assert.is(after(started(), extra, deleted('extra')).guide, undefined)
})

undoing('that are corrected stay done', () => {
  const past = [guided(), stepLogged('1', { kind: 'warmup' })]
  const corrected: SessionEvent = {
    type: 'SetCorrected',
    data: { ...five, setId: 'set-1', kind: 'warmup', reps: 6, exerciseId: squat.exerciseId, entry: 0 },
  }
  given(session, past)
    .when((state) => correctSet(state, { now, settings, setId: 'set-1', change: { reps: 6 } }))
    .then([corrected])
  assert.equal(after(...past, corrected).guide, after(...past).guide)
  assert.is(after(...past, corrected).entries[0]?.sets[0]?.stepId, '1')
})

undoing.run()
