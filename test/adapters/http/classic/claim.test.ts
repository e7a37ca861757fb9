import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { anna, type ClassicClient, parts, password, startClassic } from '../../../support/classic-client.ts'

const test = suite<ClassicClient>('claimed accounts')

test.before(async (context) => {
  Object.assign(context, await startClassic())
})

test.after(async ({ close }) => {
  await close()
})

test('claiming logs in, and from then on only the token opens the account', async ({
  call,
  account,
  claim,
  person,
}) => {
  const id = await account()
  const claimed = await call('POST', '/v1/auth/claim', { id: id.toUpperCase(), password })
  assert.is(claimed.status, 200)
  const { user, accessToken, tokenType, expiresIn, refreshToken } = claimed.body
  const { id: userId, email } = user
  assert.equal(
    { ...user, id: '', email: '', phone: '', createdAt: '' },
    {
      ...{
        id: '',
        email: '',
        firstName: anna.first_name,
        lastName: anna.last_name,
        age: 31,
        birthDate: null,
      },
      ...{ phone: '', goal: anna.goal, units: 'metric', timeZone: 'UTC', createdAt: '' },
    },
  )
  assert.equal(
    [typeof accessToken, tokenType, expiresIn, typeof refreshToken],
    ['string', 'Bearer', 600, 'string'],
  )
  assert.is.not(userId, id)

  const headers = { authorization: `Bearer ${accessToken}` }
  const found = (of: string, extra = {}) => call('GET', `/user/${of}`, undefined, extra)
  const other = await claim(await account())
  for (const answer of [
    await found(id),
    await found(userId),
    await found(id, other),
    await found(userId, other),
  ]) {
    assert.equal([answer.status, answer.body.RESPONSE], [401, 'UNAUTHORIZED'])
    assert.match(answer.headers['www-authenticate'] ?? '', 'Bearer')
  }
  for (const known of [id, userId]) {
    const { status, body } = await found(known, { headers })
    assert.equal([status, body.id, body.email], [200, known, email])
  }
  assert.is((await call('POST', '/v1/auth/login', { email, password })).status, 200)
  const plain = { email: person().email, password, firstName: 'Bob' }
  const bob = await call('POST', '/v1/auth/register', plain)
  assert.is((await found(bob.body.user.id)).status, 401)
  const bobs = await found(bob.body.user.id, { headers: { authorization: `Bearer ${bob.body.accessToken}` } })
  assert.equal([bobs.status, bobs.body.last_name, bobs.body.phone], [200, null, null])
})

test('an account is claimed once, with a password that does, by an id that is known', async ({
  call,
  account,
}) => {
  const id = await account()
  const claim = (fields: object) => call('POST', '/v1/auth/claim', { id, password, ...fields })
  assert.is((await claim({ password: 'password1234' })).body.errors[0].code, 'too-common')
  assert.is((await claim({ password: 'short' })).status, 422)
  assert.is((await claim({ id: '7d9f2c1e-5b3a-4e8d-9c60-2f1a8b7e4d35' })).status, 404)
  const passwords = ['the first long one', 'the second long one', 'the third long one']
  const claims = await Promise.all(passwords.map((one) => claim({ password: one })))
  assert.equal(claims.map(({ status }) => status).toSorted(), [200, 409, 409])
  const { email, id: userId } = claims.find(({ status }) => status === 200)?.body.user ?? {}
  const logins = passwords.map(
    async (one) => (await call('POST', '/v1/auth/login', { email, password: one })).status,
  )
  const right = claims.map(({ status }) => (status === 200 ? 200 : 401))
  assert.equal(await Promise.all(logins), right)
  assert.is((await claim({ id: userId })).status, 404)
})

test('nobody logs in to what is not claimed', async ({ call, person }) => {
  const one = person()
  await call('POST', '/user/create', one)
  assert.is((await call('POST', '/v1/auth/login', { email: one.email, password })).status, 401)
})

test('what an older client did is seen under /v1', async ({ call, account, workout, complete, claim }) => {
  const id = await account()
  const number = await workout(id)
  const counts = { total_workouts: 9, easy_workouts: 9, average_workouts: 0, heavy_workouts: 0 }
  await call('POST', '/user/statistics/create', { id, weight: 72.4, goal: 'Цель', ...counts })
  await complete(id, number, [1, 2, 1])
  await call('POST', '/user/statistics/edit', { id, new_weight: 71, new_goal: 'same', clear_workouts: 'yes' })
  const { headers } = await claim(id)
  const get = async (path: string) => (await call('GET', path, undefined, { headers })).body
  assert.is((await get('/v1/me')).goal, 'Цель')
  const weights = (await get('/v1/measurements?kind=weight')).items
  assert.equal(
    weights.map(({ value, unit }: { value: number; unit: string }) => `${value} ${unit}`),
    ['71 kg', '72.4 kg'],
  )
  const [plan] = (await get('/v1/plans')).items
  assert.equal([plan.number, plan.outline], [number, parts])
  const [session] = (await get(`/v1/sessions?planId=${plan.id}`)).items
  assert.equal([session.count, session.byEffort], [4, { easy: 1, average: 2, heavy: 1 }])
  assert.equal(await get(`/v1/sessions/${session.id}`), session)
  const statistics = await get('/v1/statistics')
  assert.equal([statistics.sessions, statistics.byEffort], [4, { easy: 1, average: 2, heavy: 1 }])
  assert.equal(statistics.mostPopularPlan.sessions, 4)
  assert.is(statistics.streak.currentWeeks, 1)
  const { days } = await get('/v1/statistics/calendar')
  assert.equal(
    days.map(({ sessions }: { sessions: number }) => sessions),
    [4],
  )
})

test('what was done under /v1 is seen by an older client', async ({
  call,
  account,
  workout,
  complete,
  claim,
}) => {
  const id = await account()
  await workout(id)
  const { userId, headers } = await claim(id)
  const extra = { headers }
  const lift = { exerciseId: 'barbell-back-squat', sets: [{ reps: 5 }, { reps: 5 }] }
  const planned = { name: 'Legs', days: [{ name: 'One', exercises: [lift] }] }
  const plan = (await call('POST', '/v1/plans', planned, extra)).body
  const workoutOf = async (number: number) =>
    await call('GET', `/user/workouts/${userId}/${number}`, undefined, extra)
  const { hands, abdominal, back, legs } = (await workoutOf(plan.number)).body
  assert.equal([plan.number, hands, abdominal, back, legs], [2, '', '', '', 'Barbell Back Squat, 2, 5'])

  const log = async (effort: string | undefined, planId?: string) => {
    const session = { startedAt: '2025-03-01T17:30:00Z', finishedAt: '2025-03-01T18:30:00Z', effort, planId }
    return (await call('POST', '/v1/sessions', session, extra)).body.id
  }
  await call('POST', '/v1/measurements', { kind: 'weight', value: 165, unit: 'lb' }, extra)
  await call('PATCH', '/v1/me', { goal: 'Сила' }, extra)
  await log('heavy', plan.id)
  const discarded = await log('easy', plan.id)
  await log(undefined)
  await complete(id, 1, [0, 1, 0], extra)
  const seen = async () => {
    const { weight, goal, most_popular_workout, ...more } = (
      await call('GET', `/user/statistics/${id}`, undefined, extra)
    ).body
    const { easy_workouts, average_workouts, heavy_workouts } = more
    return [weight, goal, most_popular_workout, easy_workouts, average_workouts, heavy_workouts]
  }
  assert.equal(await seen(), [74.84274105, 'Сила', 2, 1, 1, 1])
  await call('DELETE', `/v1/sessions/${discarded}`, undefined, extra)
  assert.equal(await seen(), [74.84274105, 'Сила', 1, 0, 1, 1])
  await call('DELETE', `/v1/plans/${plan.id}`, undefined, extra)
  assert.is((await workoutOf(2)).body.RESPONSE, 'WORKOUT NOT FOUND')
})

test('a repeated request gets its first answer, though what it was about is gone', async ({
  call,
  account,
  workout,
  complete,
  claim,
}) => {
  const id = await account()
  const number = await workout(id)
  const { headers } = await claim(id)
  const keyed = { headers: { ...headers, 'idempotency-key': 'once' } }
  const edit = { id, new_weight: 70, new_goal: 'same', clear_workouts: 'no' }
  const ask = async () => [
    await complete(id, number, [1, 0, 0], keyed),
    await call('POST', '/user/statistics/edit', edit, keyed),
  ]
  const first = await ask()
  const { items: sessions } = (await call('GET', '/v1/sessions', undefined, { headers })).body
  await call('DELETE', `/v1/sessions/${sessions[0].id}`, undefined, { headers })
  const { items: plans } = (await call('GET', '/v1/plans', undefined, { headers })).body
  await call('DELETE', `/v1/plans/${plans[0].id}`, undefined, { headers })
  const seen = ({ status, body }: (typeof first)[number]) => [status, body]
  assert.equal((await ask()).map(seen), first.map(seen))
  assert.equal(
    first.map(({ status }) => status),
    [200, 200],
  )
  const { status, body } = await complete(id, number, [1, 0, 0], { headers })
  assert.equal([status, body.RESPONSE], [404, 'WORKOUT NOT FOUND'])
})

test('an id stands nowhere in the clear but in the hands of its client', async ({
  dataDir,
  account,
  workout,
  call,
}) => {
  const id = await account()
  await workout(id)
  await call('GET', `/user/${id}`)
  for (const name of readdirSync(dataDir).filter((file) => file !== 'control.sock')) {
    const bytes = readFileSync(join(dataDir, name), 'latin1')
    assert.not.ok(bytes.includes(id), name)
  }
})

test.run()
