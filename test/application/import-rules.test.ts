import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { impossible, misfit, type State } from '../../src/application/import-rules.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { sessionLimits } from '../../src/domain/session/details.ts'
import type { Entry } from '../../src/domain/session/session.ts'

const rules = suite('the rules of a history that is taken in')

const setOf = (setId: string, facts: object | undefined = { setId }) => ({ logged: { setId }, facts })
const entryOf = (exerciseId: string, ...sets: object[]) =>
  ({ exerciseId, metric: 'weight-reps', sets }) as unknown as Entry
const active: State = {
  status: 'active',
  entries: [entryOf('squat', setOf('a'), { logged: { setId: 'b' } })],
}

const ofSet = (type: string, data: object) =>
  ({
    type,
    data: { entry: 0, exerciseId: 'squat', metric: 'weight-reps', ...data },
  }) as unknown as DomainEvent

const told: readonly [what: string, event: DomainEvent, why: string | undefined][] = [
  ['a new set of an entry', ofSet('SetLogged', { setId: 'c' }), undefined],
  ['a set of the next entry', ofSet('SetLogged', { setId: 'c', entry: 1, exerciseId: 'row' }), undefined],
  ['a set that is there', ofSet('SetLogged', { setId: 'a' }), 'Its set is there already.'],
  ['an entry too far', ofSet('SetLogged', { setId: 'c', entry: 2 }), 'It leaves out an entry.'],
  [
    'another exercise',
    ofSet('SetLogged', { setId: 'c', exerciseId: 'row' }),
    'Its entry is of another exercise.',
  ],
  ['another metric', ofSet('SetLogged', { setId: 'c', metric: 'reps' }), 'Its entry is of another exercise.'],
  ['a correction', ofSet('SetCorrected', { setId: 'a' }), undefined],
  ['a correction of what was deleted', ofSet('SetCorrected', { setId: 'b' }), 'Its set is not there.'],
  ['a deletion of nothing', ofSet('SetDeleted', { setId: 'a', entry: 7 }), 'Its set is not there.'],
]
for (const [what, event, why] of told) {
  rules(`${what} ${why === undefined ? 'fits' : 'does not fit'}`, () => {
    assert.is(misfit('session', active, event), why)
  })
}

rules('each event follows the state that it is for', () => {
  const follow = (type: string, status: string, data = {}) =>
    misfit('session', { status }, { type, data } as unknown as DomainEvent)
  assert.equal(
    [
      follow('SessionStarted', 'none', { sessionId: 's' }),
      follow('SessionStarted', 'active', { sessionId: 's' }),
      follow('SessionFinished', 'none'),
      follow('SessionFinished', 'active'),
      follow('SessionFinished', 'finished'),
      follow('SessionChanged', 'discarded'),
      follow('SessionRestored', 'discarded'),
    ],
    [
      undefined,
      'It begins what has begun.',
      'Nothing has begun yet.',
      undefined,
      'It cannot follow what is finished.',
      'It cannot follow what is discarded.',
      undefined,
    ],
  )
})

rules('no session comes to have one id twice, more than it may hold, or an end before its beginning', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => setOf(`${index}`))
  const entries = (count: number) => Array.from({ length: count }, (_, index) => entryOf(`${index}`))
  const lasting = (finishedAt: string) =>
    impossible({ status: 'finished', details: { startedAt: '2025-03-01T10:00:00.000Z', finishedAt } })
  const tooMuch = 'It holds more than a session may.'
  const tooLong = `It ends before it begins, or after ${sessionLimits.lengthHours} hours.`
  assert.equal(
    [
      impossible(active),
      impossible({ status: 'active', entries: [entryOf('a', setOf('x')), entryOf('b', setOf('x'))] }),
      impossible({ status: 'active', entries: [entryOf('a', ...many(sessionLimits.sets))] }),
      impossible({ status: 'active', entries: [entryOf('a', ...many(sessionLimits.sets + 1))] }),
      impossible({ status: 'active', entries: entries(sessionLimits.exercises + 1) }),
      lasting('2025-03-01T11:00:00.000Z'),
      lasting('2025-03-01T09:00:00.000Z'),
      lasting('2025-03-09T11:00:00.000Z'),
    ],
    [undefined, 'Two of its sets have one id.', undefined, tooMuch, tooMuch, undefined, tooLong, tooLong],
  )
})

rules.run()
