import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type ClassicClient,
  completion,
  parts,
  type Reply,
  startClassic,
} from '../../../support/classic-client.ts'

const test = suite<ClassicClient>('the errors of the ten')

test.before(async (context) => {
  Object.assign(context, await startClassic())
})

test.after(async ({ close }) => {
  await close()
})

const NOBODY = '7d9f2c1e-5b3a-4e8d-9c60-2f1a8b7e4d35'
const statistics = (id: string) => ({
  ...{ id, weight: 80, goal: 'x' },
  ...{ total_workouts: 3, easy_workouts: 1, average_workouts: 1, heavy_workouts: 1 },
})
const edit = (id: string) => ({ id, new_weight: 'same', new_goal: 'same', clear_workouts: 'no' })
const workoutEdit = (id: string, workout_number: unknown) => ({
  ...{ id, workout_number, new_hands: 'x', new_abdominal: 'x', new_back: 'x', new_leg: 'x' },
})

function refused({ status, body, headers }: Reply, expected: number, RESPONSE: string, pointers?: string[]) {
  assert.equal([status, body.RESPONSE], [expected, RESPONSE], JSON.stringify(body))
  assert.is(headers['content-type'], 'application/problem+json; charset=utf-8')
  assert.equal(
    [typeof body.type, typeof body.title, body.status, typeof body.detail],
    [...['string', 'string', expected, 'string']],
  )
  const named = body.errors?.map(({ pointer, message }: { pointer: string; message: string }) => {
    assert.ok(message.length > 5)
    return pointer
  })
  if (pointers !== undefined) assert.equal(named?.toSorted(), pointers.toSorted())
}

test('nobody is found under an unknown id', async ({ call }) => {
  for (const id of [NOBODY, 'x', '0', 'я', 'a'.repeat(500)]) {
    const answers = [
      await call('GET', `/user/${encodeURIComponent(id)}`),
      await call('GET', `/user/statistics/${encodeURIComponent(id)}`),
      await call('GET', `/user/workouts/${encodeURIComponent(id)}/1`),
      await call('GET', `/user/workouts/make-workout/${encodeURIComponent(id)}`),
      await call('GET', '/user/workouts/add', { id, ...parts }),
      await call('POST', '/user/statistics/create', statistics(id)),
      await call('POST', '/user/statistics/edit', edit(id)),
      await call('POST', '/user/workouts/edit', workoutEdit(id, 1)),
      await call('POST', '/user/workouts/complete', completion(id, 1, [1, 0, 0])),
    ]
    for (const answer of answers) {
      refused(answer, 404, 'USER NOT FOUND')
      const { instance: _, ...said } = answer.body
      assert.not.match(JSON.stringify(said), NOBODY)
    }
  }
})

test('an e-mail or a phone is taken once, however it is written', async ({ call, person }) => {
  const one = { ...person(), phone: '+7 (905) 111-22-33' }
  assert.is((await call('POST', '/user/create', one)).status, 201)
  const again = [
    { ...one, phone: '+79050000000' },
    { ...person(), email: one.email.toUpperCase() },
    { ...person(), phone: '+79051112233' },
  ]
  for (const told of again) refused(await call('POST', '/user/create', told), 409, 'USER ALREADY EXISTS')
})

test('statistics that are not there, and those that are', async ({ call, account }) => {
  const id = await account()
  refused(await call('GET', `/user/statistics/${id}`), 404, 'STATISTICS NOT FOUND')
  refused(await call('POST', '/user/statistics/edit', edit(id)), 404, 'STATISTICS NOT FOUND')
  await call('POST', '/user/statistics/create', statistics(id))
  refused(await call('POST', '/user/statistics/create', statistics(id)), 409, 'STATISTICS ALREADY EXIST')
})

test('a workout number that nothing has', async ({ call, account, workout }) => {
  const id = await account()
  await workout(id)
  const other = await account()
  for (const number of [2, 999_999_999]) {
    refused(await call('GET', `/user/workouts/${id}/${number}`), 404, 'WORKOUT NOT FOUND')
    refused(await call('POST', '/user/workouts/edit', workoutEdit(id, number)), 404, 'WORKOUT NOT FOUND')
    const done = completion(id, number, [1, 0, 0])
    refused(await call('POST', '/user/workouts/complete', done), 404, 'WORKOUT NOT FOUND')
  }
  for (const path of [`${id}/one`, `${id}/0`, `${id}/-1`, `${id}/1.5`, `${other}/1`]) {
    refused(await call('GET', `/user/workouts/${path}`), 404, 'WORKOUT NOT FOUND')
  }
})

test('every field that does not pass is named, all at once', async ({ call, account }) => {
  const fails = async (path: string, body: object, pointers: string[]) =>
    refused(await call('POST', path, body), 422, 'INVALID REQUEST', pointers)
  await fails('/user/create', {}, ['/first_name', '/last_name', '/age', '/email', '/phone'])
  await fails(
    '/user/create',
    { first_name: '  ', last_name: 5, age: '12', email: 'nobody', phone: null, goal: 'x'.repeat(501) },
    ['/first_name', '/last_name', '/age', '/email', '/phone', '/goal'],
  )
  for (const age of [12, 121, 30.5, '30.5', '0x1f', '', 'Infinity', true, null, [31]]) {
    const told = { first_name: 'a', last_name: 'b', email: 'c@example.org', phone: '1', age }
    await fails('/user/create', told, ['/age'])
  }
  const id = await account()
  const wrong = { weight: 0, goal: '', total_workouts: 4 }
  await fails('/user/statistics/create', { ...statistics(id), ...wrong }, [
    '/weight',
    '/goal',
    '/total_workouts',
  ])
  const counts = { easy_workouts: -1, average_workouts: 'x', heavy_workouts: 1.5 }
  await fails('/user/statistics/create', { ...statistics(id), ...counts, weight: 1000.5 }, [
    ...['/weight', '/easy_workouts', '/average_workouts', '/heavy_workouts'],
  ])
  const told = { id, new_weight: 'other', new_goal: ' ', clear_workouts: 'maybe' }
  await fails('/user/statistics/edit', told, ['/new_weight', '/new_goal', '/clear_workouts'])
  await fails('/user/workouts/add', { id: 7, hands: '', abdominal: 'x'.repeat(501), back: {} }, [
    ...['/id', '/hands', '/abdominal', '/back', '/legs'],
  ])
  await fails('/user/workouts/edit', { id, workout_number: 0 }, [
    ...['/workout_number', '/new_hands', '/new_abdominal', '/new_back', '/new_leg'],
  ])
  await fails('/user/workouts/complete', completion(id, 1, [0, 0, 0]), ['/workouts_done'])
  await fails('/user/workouts/complete', completion(id, 1, [1001, 0, 0]), [
    '/workouts_done',
    '/easy_workouts',
  ])
  await fails('/user/workouts/complete', { ...completion(id, 1, [1, 1, 1]), workouts_done: 4 }, [
    '/workouts_done',
  ])
  const query = `/user/workouts/add?id=${id}&id=${id}&hands=x&abdominal=x&back=x`
  refused(await call('GET', query), 422, 'INVALID REQUEST', ['/id', '/legs'])
})

test('what cannot be read, is too large, of another form or not to be had', async ({ call, account }) => {
  const id = await account()
  const raw = `{"id": "${id}" oops}`
  const unread = await call('GET', '/user/workouts/add', undefined, { raw })
  refused(unread, 400, 'INVALID REQUEST')
  const quoted = await call('POST', '/user/workouts/edit', undefined, { raw: `{"id": ${id}}` })
  refused(quoted, 400, 'INVALID REQUEST')
  assert.not.match(JSON.stringify(quoted.body), id)
  refused(await call('POST', '/user/create', { goal: 'x'.repeat(70_000) }), 413, 'INVALID REQUEST')
  const text = { headers: { 'content-type': 'text/plain' } }
  refused(await call('POST', '/user/create', {}, text), 415, 'INVALID REQUEST')
  refused(
    await call('GET', `/user/${id}`, undefined, { headers: { accept: 'image/png' } }),
    406,
    'INVALID REQUEST',
  )
})

test('a token that is none of ours', async ({ call, account }) => {
  const id = await account()
  const answer = await call('GET', `/user/${id}`, undefined, {
    headers: { authorization: 'Bearer nonsense' },
  })
  refused(answer, 401, 'UNAUTHORIZED')
})

test.run()
