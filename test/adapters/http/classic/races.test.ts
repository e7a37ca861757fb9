import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type ClassicClient, parts, startClassic } from '../../../support/classic-client.ts'

const test = suite<ClassicClient>('many at once')

test.before(async (context) => {
  Object.assign(context, await startClassic())
})

test.after(async ({ close }) => {
  await close()
})

const many = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

test('50 workouts added at once have 50 numbers', async ({ call, account }) => {
  const id = await account()
  const added = many(50).map(async (index) => {
    const way = index % 3 === 0 ? 'POST' : 'GET'
    return (await call(way, '/user/workouts/add', { id, ...parts })).body.workout_number as number
  })
  assert.equal(
    (await Promise.all(added)).toSorted((a, b) => a - b),
    many(50),
  )
})

test('40 completions at once count 40, each answering what it made of them', async ({
  account,
  workout,
  complete,
  call,
}) => {
  const id = await account()
  const number = await workout(id)
  const totals = many(40).map(
    async () => (await complete(id, number, [0, 1, 0])).body['total workouts'] as number,
  )
  assert.equal(
    (await Promise.all(totals)).toSorted((a, b) => a - b),
    many(40),
  )
  const { total_workouts, average_workouts } = (await call('GET', `/user/statistics/${id}`)).body
  assert.equal([total_workouts, average_workouts], [40, 40])
})

test('20 equal completions at once under one key count once', async ({
  account,
  workout,
  complete,
  call,
}) => {
  const id = await account()
  const number = await workout(id)
  const headers = { 'idempotency-key': 'once' }
  const answers = await Promise.all(many(20).map(() => complete(id, number, [1, 0, 0], { headers })))
  assert.equal(new Set(answers.map(({ body }) => body['total workouts'])), new Set([1]))
  assert.is((await call('GET', `/user/statistics/${id}`)).body.total_workouts, 1)
})

test('20 accounts made at once with one e-mail are one', async ({ call, person }) => {
  const one = person()
  const answers = await Promise.all(many(20).map(() => call('POST', '/user/create', one)))
  assert.equal(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, ...Array(19).fill(409)],
  )
})

test('20 accounts made at once under one key are one, and all are told its id', async ({ call, person }) => {
  const one = person()
  const headers = { 'idempotency-key': 'once' }
  const answers = await Promise.all(many(20).map(() => call('POST', '/user/create', one, { headers })))
  assert.equal(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size, 1)
})

test.run()
