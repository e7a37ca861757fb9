import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isRefusal } from '../../src/domain/refusal.ts'
import { ada, memorySessions, metadata, must, now } from '../support/memory-sessions.ts'

const test = suite('sets')
const asked = { userId: ada, metadata }
const lone = { exerciseId: 'barbell-back-squat', reps: 5, weight: 100, at: '' }
const start = async () => {
  const memory = await memorySessions()
  const { document } = must(await memory.sessions.log(asked, {}))
  return { ...memory, id: document.id }
}

test('sets tell the records that they make, against those that stood before', async () => {
  const { sessions, id } = await start()
  const first = must(await sessions.logSets(asked, id, [lone]))
  assert.equal(first.sets, [
    {
      id: first.sets[0]?.id,
      exerciseId: 'barbell-back-squat',
      kind: 'working',
      reps: 5,
      weight: 100,
      weightUnit: 'kg',
      performedAt: now,
    },
  ])
  assert.ok(
    first.records.some(({ kind, value, previous }) => kind === 'max-weight' && value === 100 && !previous),
  )
  const none = must(await sessions.logSets(asked, id, [{ ...lone, kind: 'warmup' }]))
  assert.equal(none.records, [])
  const better = must(await sessions.logSets(asked, id, [{ ...lone, weight: 105, reps: 3 }]))
  const best = better.records.find(({ kind }) => kind === 'max-weight')
  assert.equal([best?.value, best?.previous, best?.setId], [105, 100, better.sets[0]?.id])
  assert.is(better.version, 4)
})

test('sets told again are answered as at first, for a client that missed the answer', async () => {
  const { sessions, id, recorded } = await start()
  const other = must(await sessions.log(asked, { finishedAt: now }))
  const setId = '00000000-0000-4000-8000-0000000000b1'
  const first = [
    { ...lone, id: setId.toUpperCase() },
    { ...lone, reps: 3, id: setId.replace('b1', 'b2') },
  ]
  const answer = must(await sessions.logSets(asked, id, first))
  assert.is(answer.records.length, 7)
  assert.equal(must(await sessions.logSets(asked, id, first)), answer)
  assert.is(recorded().length, 4)
  // Elsewhere a set may have the same id, and holds other records.
  const lighter = [{ ...lone, id: setId, weight: 90, reps: 8 }]
  const elsewhere = must(await sessions.logSets(asked, other.document.id, lighter))
  assert.equal(must(await sessions.logSets(asked, other.document.id, lighter)).records, elsewhere.records)
})

test('a set told again is answered as it was logged, with the records that it holds by now', async () => {
  const { sessions, id, recorded } = await start()
  const told = { ...lone, id: '00000000-0000-4000-8000-0000000000BB' }
  const first = must(await sessions.logSets(asked, id, [told]))
  const setId = first.sets[0]?.id as string
  must(await sessions.correctSet(asked, id, setId.toUpperCase(), { reps: 6 }))
  const again = must(await sessions.logSets(asked, id, [told]))
  assert.equal(again.sets, first.sets)
  const reps = again.records.flatMap((record) => (record.kind === 'max-reps' ? [record.value] : []))
  assert.equal(reps, [6])
  assert.is(recorded().length, 3)
  must(await sessions.logSets(asked, id, [{ ...lone, weight: 140, reps: 8 }]))
  const kinds = must(await sessions.logSets(asked, id, [told])).records.map(({ kind }) => kind)
  assert.equal(kinds, ['weight-at-reps'])
})

test('a set is corrected and deleted', async () => {
  const { sessions, id } = await start()
  const { sets } = must(await sessions.logSets(asked, id, [lone]))
  const setId = sets[0]?.id as string
  assert.equal(must(await sessions.correctSet(asked, id, setId, { reps: 6, performedAt: null })), {
    set: {
      id: setId,
      exerciseId: 'barbell-back-squat',
      kind: 'working',
      reps: 6,
      weight: 100,
      weightUnit: 'kg',
    },
    version: 3,
  })
  const deleted = must(await sessions.deleteSet(asked, id, setId))
  assert.is(deleted.outcome.version, 4)
  const gone = await sessions.deleteSet(asked, id, setId)
  assert.is(isRefusal(gone) && gone.refusal, 'not-found')
})

test('of sets logged at the same time none is lost', async () => {
  const { sessions, id } = await start()
  await Promise.all(Array.from({ length: 20 }, () => sessions.logSets(asked, id, [lone])))
  const { exercises, version } = must(await sessions.get(ada, id))
  assert.equal([exercises.length, exercises[0]?.sets.length, version], [1, 20, 21])
})

test.run()
