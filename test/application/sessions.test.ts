import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isRefusal } from '../../src/domain/refusal.ts'
import { ada, bob, memorySessions, metadata, must, now } from '../support/memory-sessions.ts'

const test = suite('sessions')
const asked = { userId: ada, metadata }
const keyed = { ...asked, idempotency: { key: 'POST /v1/sessions one', request: 'the same' } }
const squats = (reps: number, weight: number) => ({
  exercises: [{ exerciseId: 'barbell-back-squat', sets: [{ reps, weight }] }],
})
const finishedAt = now
const startedAt = '2025-03-01T17:00:00.000Z'
const lone = { exerciseId: 'barbell-back-squat', reps: 5, weight: 100, at: '' }
const start = async () => {
  const memory = await memorySessions()
  const { document } = must(await memory.sessions.log(asked, {}))
  return { ...memory, id: document.id }
}

test('a session starts in the time zone of the person, and is found live and by id', async () => {
  const { sessions, id, recorded } = await start()
  assert.equal(recorded(), [
    {
      type: 'SessionStarted',
      data: {
        sessionId: id,
        startedAt: now,
        timeZone: 'Europe/Berlin',
        localDate: '2025-03-01',
        entries: [],
      },
    },
  ])
  const live = must(await sessions.live(ada))
  assert.is(live.id, id)
  assert.equal(must(await sessions.get(ada, id.toUpperCase())), live)
})

test('what is somebody else’s is not found', async () => {
  const { sessions, id, recorded } = await start()
  const others = { userId: bob, metadata }
  for (const refusal of [
    await sessions.get(bob, id),
    await sessions.live(bob),
    await sessions.history(bob, id, 50),
    await sessions.finish(others, id, {}),
    await sessions.change(others, id, {}),
    await sessions.discard(others, id),
    await sessions.restore(others, id),
    await sessions.logSets(others, id, [lone]),
    await sessions.correctSet(others, id, 'set', {}),
    await sessions.deleteSet(others, id, 'set'),
  ]) {
    assert.is(isRefusal(refusal) && refusal.refusal, 'not-found')
  }
  assert.is(recorded().length, 1)
})

test('a second live session is refused and names the first, also when one is restored', async () => {
  const { sessions, id } = await start()
  const refusal = {
    refusal: 'live-session-exists',
    detail: `Session ${id} is live; finish it first.`,
    about: { sessionId: id },
  }
  assert.equal(await sessions.log(asked, {}), refusal)
  must(await sessions.discard(asked, id))
  const { document } = must(await sessions.log(asked, {}))
  assert.equal(await sessions.restore(asked, id), {
    ...refusal,
    detail: `Session ${document.id} is live; finish it first.`,
    about: { sessionId: document.id },
  })
  must(await sessions.log({ userId: bob, metadata }, {}))
})

test('of live sessions started at the same time one stands', async () => {
  const { sessions, recorded } = await memorySessions()
  const answers = await Promise.all(Array.from({ length: 20 }, () => sessions.log(asked, {})))
  const refused = answers.filter(isRefusal)
  assert.equal(new Set(refused.map(({ refusal }) => refusal)), new Set(['live-session-exists']))
  assert.equal([refused.length, recorded().length], [19, 1])
})

test('an exercise that is unknown or somebody else’s cannot be logged', async () => {
  const { sessions, exercises, recorded } = await memorySessions()
  const own = must(
    await exercises.create({ userId: bob, metadata }, { name: 'Log Press', metric: 'weight-reps' }),
  )
  const before = recorded().length
  const error = {
    code: 'unknown-exercise',
    message: 'exerciseId names no exercise that you can log.',
  }
  for (const exerciseId of ['nothing', own.exercise.exerciseId]) {
    assert.equal(await sessions.log(asked, { exercises: [{ exerciseId, sets: [] }] }), {
      refusal: 'invalid-fields',
      detail: 'Some fields do not pass.',
      errors: [{ pointer: '/exercises/0/exerciseId', ...error }],
    })
  }
  assert.is(recorded().length, before)
})

test('an archived exercise is not logged anew, but in a session that has it already', async () => {
  const { sessions, exercises, db } = await memorySessions()
  const created = must(await exercises.create(asked, { name: 'Log Press', metric: 'weight-reps' }))
  const exerciseId = created.exercise.exerciseId.toUpperCase()
  const { document } = must(await sessions.log(asked, { exercises: [{ exerciseId, sets: [] }] }))
  db.prepare('UPDATE exercise SET archived = 1 WHERE id = ?').run(exerciseId.toLowerCase())
  assert.ok(isRefusal(await sessions.log(asked, { exercises: [{ exerciseId, sets: [] }] })))
  const { sets } = must(await sessions.logSets(asked, document.id, [{ ...lone, exerciseId }]))
  assert.is(sets[0]?.exerciseId, exerciseId.toLowerCase())
})

test('telling a session again under its own id does nothing and answers the same', async () => {
  const { sessions, recorded } = await memorySessions()
  const told = { id: '00000000-0000-4000-8000-0000000000AA', startedAt, finishedAt, ...squats(5, 100) }
  const first = must(await sessions.log(asked, told))
  must(await sessions.change(asked, first.document.id, { title: 'Legs' }))
  assert.equal(await sessions.log(asked, told), first)
  assert.is(recorded().length, 2)
  const other = await sessions.log(asked, { ...told, ...squats(6, 100) })
  assert.is(isRefusal(other) && other.refusal, 'id-taken')
  const theirs = must(await sessions.log({ userId: bob, metadata }, told))
  assert.is(theirs.document.exercises[0]?.sets[0]?.weightUnit, 'lb')
})

test('an idempotent repetition gives the first answer again, whatever happened since', async () => {
  const { sessions, recorded } = await memorySessions()
  const first = must(await sessions.log(keyed, { startedAt, finishedAt, ...squats(5, 100) }))
  const id = first.document.id
  must(await sessions.change(asked, id, { title: 'Legs' }))
  assert.equal(await sessions.log(keyed, { startedAt, finishedAt, ...squats(5, 100) }), {
    ...first,
    replayed: true,
  })
  const key = (name: string) => ({ ...asked, idempotency: { key: name, request: 'the same' } })
  const changed = must(await sessions.change(key('change'), id, { title: 'Arms' }))
  const logged = must(await sessions.logSets(key('sets'), id, [{ ...lone, weight: 120 }]))
  assert.equal(await sessions.change(key('change'), id, { title: 'Arms' }), { ...changed, replayed: true })
  assert.equal(await sessions.logSets(key('sets'), id, [{ ...lone, weight: 120 }]), {
    ...logged,
    replayed: true,
  })
  assert.is(recorded().length, 4)
})

test('many sessions land together, in order', async () => {
  const { sessions, recorded } = await memorySessions()
  const told = [1, 2, 3].map((day) => ({
    startedAt: `2025-02-0${day}T17:00:00Z`,
    finishedAt: `2025-02-0${day}T18:00:00Z`,
    ...squats(5, 100 + day),
  }))
  const { items } = must(await sessions.logMany(asked, told))
  assert.equal(
    items.map(({ version }) => version),
    [1, 1, 1],
  )
  assert.equal(
    recorded().map(({ type, data }) => [type, 'sessionId' in data && data.sessionId]),
    items.map(({ id }) => ['SessionLogged', id]),
  )
  const listed = must(await sessions.list(ada, {}, 50))
  assert.equal(
    listed.items.map(({ id }) => id),
    items.map(({ id }) => id).reverse(),
  )
})

test('of many sessions none lands when one does not pass, and every fault is named', async () => {
  const { sessions, recorded } = await memorySessions()
  const id = '00000000-0000-4000-8000-0000000000aa'
  const fine = { id, startedAt, finishedAt, ...squats(5, 100) }
  const refusal = await sessions.logMany(asked, [
    fine,
    { ...fine, id: id.toUpperCase() },
    { finishedAt, startedAt, ...squats(-1, 100) },
    { startedAt: finishedAt, finishedAt: startedAt },
  ])
  assert.equal(isRefusal(refusal) && refusal.errors?.map(({ pointer, code }) => [pointer, code]), [
    ['/sessions/1/id', 'duplicate'],
    ['/sessions/2/exercises/0/sets/0/reps', 'out-of-range'],
    ['/sessions/3/finishedAt', 'out-of-order'],
  ])
  assert.equal(recorded(), [])
  must(await sessions.log(asked, fine))
  const taken = await sessions.logMany(asked, [
    { finishedAt, startedAt },
    { ...fine, ...squats(6, 100) },
  ])
  assert.is(isRefusal(taken) && taken.refusal, 'id-taken')
  assert.is(recorded().length, 1)
})

test('a stale version is refused, whatever the change', async () => {
  const { sessions, id, recorded } = await start()
  const stale = { ...asked, ifMatch: 7 }
  for (const refusal of [
    await sessions.finish(stale, id, {}),
    await sessions.change(stale, id, { title: 'Legs' }),
    await sessions.discard(stale, id),
    await sessions.restore(stale, id),
    await sessions.logSets(stale, id, [lone]),
    await sessions.correctSet(stale, id, 'set', {}),
    await sessions.deleteSet(stale, id, 'set'),
  ]) {
    assert.is(isRefusal(refusal) && refusal.refusal, 'stale-version')
  }
  assert.is(recorded().length, 1)
})

test('history tells every revision, page by page', async () => {
  const { sessions, id } = await start()
  must(await sessions.finish(asked, id, { effort: 'heavy' }))
  must(await sessions.discard(asked, id))
  const at = '2025-01-01T00:00:00.000Z'
  const first = must(await sessions.history(ada, id, 2))
  assert.equal(
    first.items.map(({ version, type, actor, at: when }) => [version, type, actor, when]),
    [
      [1, 'SessionStarted', 'somebody', at],
      [2, 'SessionFinished', 'somebody', at],
    ],
  )
  assert.is(first.next, 2)
  assert.equal(await sessions.history(ada, id, 2, first.next), {
    items: [{ version: 3, type: 'SessionDiscarded', at, actor: 'somebody', data: {} }],
  })
})

test('a range that ends before it begins is refused', async () => {
  const { sessions } = await memorySessions()
  assert.equal(await sessions.list(ada, { from: '2025-03-02', to: '2025-03-01' }, 50), {
    refusal: 'invalid-fields',
    detail: 'Some fields do not pass.',
    errors: [{ pointer: '/from', code: 'out-of-order', message: 'from must not be after to.' }],
  })
})

test.run()
