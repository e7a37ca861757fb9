import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { totalQueries } from '../../src/adapters/sqlite/views/totals.ts'
import { ada, memorySessions, metadata, must } from '../support/memory-sessions.ts'

const test = suite('what was logged of an exercise of one’s own')

const exerciseId = '33333333-3333-4333-8333-333333333333'
const asked = { userId: ada, metadata }
const everything = { range: {}, formula: 'epley' } as const

/** One set of 100 kg x 5 of Ada’s own press. */
async function pressed() {
  const { exercises, sessions, records, db, recorded } = await memorySessions()
  const press = { id: exerciseId, name: 'Log Press', metric: 'weight-reps' } as const
  must(await exercises.create(asked, { ...press, primaryMuscles: ['chest'], secondaryMuscles: ['triceps'] }))
  const [startedAt, finishedAt] = ['2025-03-01T10:00:00.000Z', '2025-03-01T11:00:00.000Z']
  const sets = [{ reps: 5, weight: 100 }]
  const { document } = must(
    await sessions.log(asked, { startedAt, finishedAt, exercises: [{ exerciseId, sets }] }),
  )
  const muscles = async () => {
    const found = await totalQueries(db).muscles(ada, {})
    return found.map(({ muscle, halfSets }) => `${muscle} ${halfSets / 2}`)
  }
  const names = async (range = {}) => {
    const { items } = await records.list(ada, { ...everything, range }, 50)
    return [...new Set(items.map(({ name }) => name))]
  }
  const logSet = () => sessions.logSets(asked, document.id, [{ exerciseId, reps: 6, weight: 100, at: '' }])
  return { exercises, sessions, records, document, muscles, names, logSet, recorded }
}

test('keeps the name of its day, in sessions and in records', async () => {
  const { exercises, sessions, document, names, logSet } = await pressed()
  must(await exercises.change(asked, exerciseId, { name: 'Axle Press' }))
  assert.equal(await sessions.get(ada, document.id), document)
  assert.equal([await names(), await names({ from: '2025-01-01' })], [['Log Press'], ['Log Press']])
  // The session goes on under the name that it has; only a new one takes the new name.
  const { records } = must(await logSet())
  assert.equal([...new Set(records.map(({ name }) => name))], ['Log Press'])
  const later = { startedAt: '2025-03-01T12:00:00.000Z', finishedAt: '2025-03-01T13:00:00.000Z' }
  const entry = { exerciseId, sets: [{ reps: 5, weight: 110 }] }
  const { document: next } = must(await sessions.log(asked, { ...later, exercises: [entry] }))
  assert.is(next.exercises[0]?.name, 'Axle Press')
  assert.ok((await names()).includes('Axle Press'))
})

test('counts for the muscles that the exercise has now', async () => {
  const { exercises, muscles } = await pressed()
  assert.equal(await muscles(), ['chest 1', 'triceps 0.5'])
  must(await exercises.change(asked, exerciseId, { primaryMuscles: ['triceps'], secondaryMuscles: ['neck'] }))
  assert.equal(await muscles(), ['neck 0.5', 'triceps 1'])
  must(
    await exercises.change(asked, exerciseId, { primaryMuscles: ['chest'], secondaryMuscles: ['triceps'] }),
  )
  assert.equal(await muscles(), ['chest 1', 'triceps 0.5'])
})

test('stays as it is once the exercise is archived, and none is added', async () => {
  const { exercises, sessions, records, document, muscles, names, recorded } = await pressed()
  const before = await records.list(ada, everything, 50)
  must(await exercises.archive(asked, exerciseId))
  assert.equal(await sessions.get(ada, document.id), document)
  assert.equal(await records.list(ada, everything, 50), before)
  assert.equal([await names(), await muscles()], [['Log Press'], ['chest 1', 'triceps 0.5']])
  const count = recorded().length
  const refused = await sessions.log(asked, { exercises: [{ exerciseId, sets: [] }] })
  assert.equal((refused as { errors: unknown }).errors, [
    {
      pointer: '/exercises/0/exerciseId',
      code: 'unknown-exercise',
      message: 'exerciseId names no exercise that you can log.',
    },
  ])
  assert.is(recorded().length, count)
})

test.run()
