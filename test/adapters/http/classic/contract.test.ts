import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  anna,
  type ClassicClient,
  completion,
  parts,
  startClassic,
  UUID,
} from '../../../support/classic-client.ts'

const test = suite<ClassicClient>('the ten, called as they always were')

test.before(async (context) => {
  Object.assign(context, await startClassic())
})

test.after(async ({ close }) => {
  await close()
})

/** Status and body as one text, so that the order of the keys counts too. */
const told = ({ status, body }: { status: number; body: unknown }) => `${status} ${JSON.stringify(body)}`
const expected = (status: number, body: object) => `${status} ${JSON.stringify(body)}`
const updated = (total: number, easy: number, average: number, heavy: number) => ({
  updated_total_workouts: total,
  updated_easy_workouts: easy,
  updated_average_workouts: average,
  updated_heavy_workouts: heavy,
})
const counts = (total: number, easy: number, average: number, heavy: number) => ({
  total_workouts: total,
  easy_workouts: easy,
  average_workouts: average,
  heavy_workouts: heavy,
})
const completed = (total: number, easy: number, average: number, heavy: number) => ({
  RESPONSE: 'Изменения приняты! Ваша статистика тренировок:',
  'easy workouts': easy,
  'average workouts': average,
  'heavy workouts': heavy,
  'total workouts': total,
})

test('1 and 2: an account is made and found', async ({ call, person }) => {
  const one = { ...person(), shoe_size: 38 }
  const made = await call('POST', '/user/create', { ...one, first_name: ` ${one.first_name}\n` })
  const { id } = made.body
  assert.match(id, UUID)
  assert.is(told(made), expected(201, { RESPONSE: 'USER CREATED', id }))
  const { first_name, last_name, email, phone } = one
  const found = { RESPONSE: 'USER FOUND', id, first_name, last_name, email, phone }
  assert.is(told(await call('GET', `/user/${id}`)), expected(200, found))
})

test('a phone number stays as it was written', async ({ call, person }) => {
  const { goal: _, ...told } = person()
  const { body } = await call('POST', '/user/create', {
    ...told,
    age: 120,
    phone: '8 (999) 123-45-67, вечером',
  })
  assert.is((await call('GET', `/user/${body.id}`)).body.phone, '8 (999) 123-45-67, вечером')
})

test('3, 4 and 5: statistics are created, shown, edited and cleared', async ({
  call,
  account,
  workout,
  complete,
}) => {
  const id = await account()
  const number = await workout(id)
  await complete(id, number, [7, 7, 7])
  const goal = 'Похудеть 🏃'
  const create = { id, weight: '72.4', goal, ...counts(10, 5, 3, 2) }
  const created = expected(201, { RESPONSE: 'STATISTICS CREATED', id })
  assert.is(told(await call('POST', '/user/statistics/create', create)), created)
  const shown = { id, weight: 72.4, goal, ...counts(10, 5, 3, 2), most_popular_workout: number }
  assert.is(told(await call('GET', `/user/statistics/${id}`)), expected(200, shown))

  const edit = (fields: object) =>
    call('POST', '/user/statistics/edit', {
      ...{ id, new_weight: 'same', new_goal: 'same', clear_workouts: 'no' },
      ...fields,
    })
  const now = (updated_weight: number, updated_goal: string, totals: object) =>
    expected(200, { RESPONSE: 'STATISTICS UPDATED', id, updated_weight, updated_goal, ...totals })
  assert.is(told(await edit({})), now(72.4, goal, updated(10, 5, 3, 2)))
  assert.is(told(await edit({ new_weight: '71.95' })), now(71.95, goal, updated(10, 5, 3, 2)))
  assert.is(told(await edit({ new_goal: ' Цель ' })), now(71.95, 'Цель', updated(10, 5, 3, 2)))
  const all = { new_weight: 70, new_goal: 'Всё', clear_workouts: 'yes' }
  assert.is(told(await edit(all)), now(70, 'Всё', updated(0, 0, 0, 0)))
  const cleared = { id, weight: 70, goal: 'Всё', ...counts(0, 0, 0, 0), most_popular_workout: null }
  assert.is(told(await call('GET', `/user/statistics/${id}`)), expected(200, cleared))
})

test('5: statistics are there once a workout was completed', async ({ call, account, workout, complete }) => {
  const id = await account()
  await complete(id, await workout(id), [0, 1, 0])
  const shown = { id, weight: null, goal: anna.goal, ...counts(1, 0, 1, 0), most_popular_workout: 1 }
  assert.is(told(await call('GET', `/user/statistics/${id}`)), expected(200, shown))
  const fields = { id, new_weight: 'same', new_goal: 'same', clear_workouts: 'no' }
  const edited = { RESPONSE: 'STATISTICS UPDATED', id, updated_weight: null, updated_goal: anna.goal }
  const answer = await call('POST', '/user/statistics/edit', fields)
  assert.is(told(answer), expected(200, { ...edited, ...updated(1, 0, 1, 0) }))
})

test('6 and 9: a workout is added by a GET with a body, with a query, or by POST', async ({
  url,
  call,
  account,
}) => {
  const id = await account()
  const added = (workout_number: number) => expected(201, { RESPONSE: 'WORKOUT CREATED', id, workout_number })
  const query = new URLSearchParams({ id, ...parts, extra: '1' })
  const ways = [
    await call('GET', '/user/workouts/add', { id, ...parts }),
    await call('GET', `/user/workouts/add?${query}`),
    await call('POST', '/user/workouts/add', { id, ...parts }),
    await call('POST', `/user/workouts/add?${query}`),
    await call('GET', `/user/workouts/add?id=nobody&id=twice`, { id, ...parts }),
  ]
  assert.equal(ways.map(told), [1, 2, 3, 4, 5].map(added))
  assert.equal(new Set(ways.map(({ headers }) => headers['cache-control'])), new Set(['no-store']))
  for (const workout_number of [1, 2, 5]) {
    const shown = { RESPONSE: 'YOUR WORKOUT', id, workout_number, ...parts }
    assert.is(told(await call('GET', `/user/workouts/${id}/${workout_number}`)), expected(200, shown))
  }
  assert.is((await fetch(`${url}/user/workouts/add?${query}`, { method: 'HEAD' })).status, 405)
  assert.is((await call('GET', `/user/workouts/${id}/6`)).status, 404)
})

test('7: a workout is edited, its legs under either name', async ({ call, account, workout }) => {
  const id = await account()
  const workout_number = await workout(id)
  const same = { new_hands: 'same', new_abdominal: 'same', new_back: 'same' }
  const edit = (fields: object) =>
    call('POST', '/user/workouts/edit', { id, workout_number: String(workout_number), ...same, ...fields })
  const now = (changed: Partial<typeof parts>) => {
    const { hands, abdominal, back, legs } = { ...parts, ...changed }
    const texts = {
      updated_hands: hands,
      updated_abdominal: abdominal,
      updated_back: back,
      updated_legs: legs,
    }
    return expected(200, { RESPONSE: 'WORKOUTS EDITED', id, workout_number, ...texts })
  }
  assert.is(told(await edit({ new_leg: 'same' })), now({}))
  assert.is(told(await edit({ new_leg: 'Бег' })), now({ legs: 'Бег' }))
  assert.is(told(await edit({ new_legs: 'Шаги', new_hands: 'Жим' })), now({ legs: 'Шаги', hands: 'Жим' }))
})

test('8: completing counts each time, and once for one Idempotency-Key', async ({
  call,
  account,
  workout,
}) => {
  const id = await account()
  const number = await workout(id)
  const complete = (headers = {}) =>
    call('POST', '/user/workouts/complete', completion(id, number, [1, 2, 0]), { headers })
  assert.is(told(await complete()), expected(200, completed(3, 1, 2, 0)))
  assert.is(told(await complete()), expected(200, completed(6, 2, 4, 0)))
  const key = { 'idempotency-key': 'once' }
  assert.is(told(await complete(key)), expected(200, completed(9, 3, 6, 0)))
  await complete()
  const again = await complete(key)
  assert.is(told(again), expected(200, completed(9, 3, 6, 0)))
  assert.is(again.headers['idempotency-replayed'], 'true')
  assert.is(told(await complete()), expected(200, completed(15, 5, 10, 0)))
})

test('10: a workout is made that fits its mode, is shown and can be completed', async ({
  call,
  account,
  complete,
}) => {
  const id = await account()
  const fits = { strength: [3, 6, 1, 6], hypertrophy: [3, 5, 6, 12], endurance: [2, 4, 12, 20] }
  for (const [index, method] of ['GET', 'POST', 'GET'].entries()) {
    const made = await call(method, `/user/workouts/make-workout/${id}`)
    const { training_mode, hands, abdominal, back, legs } = made.body
    const about = { RESPONSE: 'YOUR WORKOUT, HAVE A NICE TRAINING!', id, workout_number: index + 1 }
    assert.is(told(made), expected(201, { ...about, training_mode, hands, abdominal, back, legs }))
    assert.is(made.headers['cache-control'], 'no-store')
    const [leastSets, mostSets, leastReps, mostReps] = fits[training_mode as keyof typeof fits] as [
      ...[number, number, number, number],
    ]
    for (const text of [hands, abdominal, back, legs]) {
      const [, sets, reps] = /^\S.*, (\d+), (\d+)$/.exec(text) ?? []
      assert.ok(Number(sets) >= leastSets && Number(sets) <= mostSets, text)
      assert.ok(Number(reps) >= leastReps && Number(reps) <= mostReps, text)
    }
    const shown = { RESPONSE: 'YOUR WORKOUT', id, workout_number: index + 1, hands, abdominal, back, legs }
    assert.is(told(await call('GET', `/user/workouts/${id}/${index + 1}`)), expected(200, shown))
  }
  assert.is(told(await complete(id, 3, [0, 0, 1])), expected(200, completed(1, 0, 0, 1)))
})

test('an Idempotency-Key counts on the GETs and on the creation too', async ({ call, person, account }) => {
  const headers = { 'idempotency-key': 'again' }
  const id = await account()
  const twice = async (method: string, path: string, body?: object) => {
    const [first, second] = [
      await call(method, path, body, { headers }),
      await call(method, path, body, { headers }),
    ]
    assert.is(told(second), told(first))
    assert.is(second.headers['idempotency-replayed'], 'true')
  }
  await twice('GET', '/user/workouts/add', { id, ...parts })
  await twice('GET', `/user/workouts/make-workout/${id}`)
  await twice('POST', '/user/statistics/create', { id, weight: 1000, goal: 'x', ...counts(0, 0, 0, 0) })
  const one = person()
  await twice('POST', '/user/create', one)
  const other = await call('POST', '/user/create', { ...one, age: 40 }, { headers })
  assert.equal([other.status, other.body.RESPONSE], [422, 'INVALID REQUEST'])
})

test.run()
