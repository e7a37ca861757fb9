import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { guideQueries } from '../../../../src/adapters/sqlite/views/guides.ts'
import type { SetFacts } from '../../../../src/domain/session/events.ts'
import { plansOf } from '../../../support/query-plans.ts'
import { ada, folded, of, pullUp } from '../../../support/session-facts.ts'
import {
  discarded,
  fiveAtHundred,
  logged,
  restored,
  setLogged,
  squat,
  started,
} from '../../../support/sessions.ts'

const test = suite('what guides ask of the past')

const now = '2025-03-10T17:00:00.000Z'
const set = (setId: string): SetFacts => ({ ...fiveAtHundred, setId })
const on = (day: string, sessionId: string, sets: readonly string[], exercise = squat, more = {}) =>
  logged({
    ...{ sessionId, startedAt: `${day}T17:00:00.000Z`, localDate: day, finishedAt: `${day}T18:00:00.000Z` },
    entries: [{ ...exercise, sets: sets.map(set) }],
    ...more,
  })
/** The session and the sets of it that were squats last time. */
async function lastOf(reads: ReturnType<typeof guideQueries>, startedAt = now, userId = ada) {
  const last = await reads.lastTime(userId, squat.exerciseId, startedAt)
  return last && [last.sessionId, last.localDate, ...last.sets.map(({ setId }) => setId)]
}

test('is the last session with the exercise that began before, in the order of its sets', async () => {
  const { db } = folded(
    ...of('b', ada, [on('2025-03-03', 'b', ['b1', 'b2']), setLogged({ setId: 'b3' })]),
    ...of('a', ada, [on('2025-03-01', 'a', ['a1'])]),
    ...of('c', ada, [on('2025-03-04', 'c', ['c1'], pullUp)]),
    ...of('d', 'bob', [on('2025-03-05', 'd', ['d1'])]),
    ...of('e', ada, [on('2025-03-11', 'e', ['e1'])]),
    ...of('f', ada, [on('2025-03-06', 'f', [])]),
    ...of('g', ada, [started({ sessionId: 'g', startedAt: now, localDate: '2025-03-10' }), setLogged()]),
  )
  const reads = guideQueries(db)
  assert.equal(await lastOf(reads), ['b', '2025-03-03', 'b1', 'b2', 'b3'])
  assert.equal(await lastOf(reads, '2025-03-03T17:00:00.000Z'), ['a', '2025-03-01', 'a1'])
  assert.is(await lastOf(reads, '2025-03-01T17:00:00.000Z'), undefined)
  assert.equal(await lastOf(reads, now, 'bob'), ['d', '2025-03-05', 'd1'])
  assert.is(await lastOf(reads, now, 'nobody'), undefined)
})

test('is the one that began last of those on a day', async () => {
  const evening = { startedAt: '2025-03-03T20:00:00.000Z', finishedAt: '2025-03-03T21:00:00.000Z' }
  const { db } = folded(
    ...of('late', ada, [on('2025-03-03', 'late', ['l'], squat, evening)]),
    ...of('early', ada, [on('2025-03-03', 'early', ['e'])]),
  )
  assert.equal(await lastOf(guideQueries(db)), ['late', '2025-03-03', 'l'])
})

test('follows what is discarded and restored, deleted, corrected and moved', async () => {
  const { db, fold } = folded(
    ...of('a', ada, [on('2025-03-01', 'a', ['a1'])]),
    ...of('b', ada, [on('2025-03-03', 'b', ['b1', 'b2'])]),
  )
  const reads = guideQueries(db)
  const then = (...events: Parameters<typeof of>[2]) => {
    for (const fact of of('b', ada, events)) fold(fact)
    return lastOf(reads)
  }
  assert.equal(await then(discarded), ['a', '2025-03-01', 'a1'])
  assert.equal(await then(restored), ['b', '2025-03-03', 'b1', 'b2'])
  const where = { exerciseId: squat.exerciseId, entry: 0 }
  await then({ type: 'SetCorrected', data: { ...set('b1'), reps: 7, ...where } })
  const last = await reads.lastTime(ada, squat.exerciseId, now)
  assert.equal(last?.sets[0], { ...set('b1'), reps: 7 })
  assert.equal(await then({ type: 'SetDeleted', data: { setId: 'b1', ...where } }), ['b', '2025-03-03', 'b2'])
  const february = { startedAt: '2025-02-03T17:00:00.000Z', localDate: '2025-02-03' }
  assert.equal(await then({ type: 'SessionChanged', data: february }), ['a', '2025-03-01', 'a1'])
  await then({ type: 'SetDeleted', data: { setId: 'b2', ...where } })
  assert.is(await lastOf(reads, '2025-03-01T17:00:00.000Z'), undefined)
})

test('is found by index, day by day from the last, and never sorted over all history', () => {
  const [steps = []] = plansOf(folded().db, guideQueries).values()
  assert.equal(
    steps.filter((step) => step.startsWith('SCAN') || step === 'USE TEMP B-TREE FOR ORDER BY'),
    [],
  )
  const [first] = steps
  assert.match(first as string, 'session_entry_by_exercise (user=? AND exercise=?)')
  assert.ok(steps.includes('USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY'))
})

test.run()
