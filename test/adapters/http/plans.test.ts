import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { planRoutes } from '../../../src/adapters/http/plans.ts'
import { startHttp } from '../../support/http.ts'
import { ada, bob, memorySessions, metadata, must, now } from '../../support/memory-sessions.ts'

const test = suite('/v1/plans')

type Problem = { type: string; errors?: { pointer: string; code: string }[] }
type Plan = {
  id: string
  number: number
  name: string
  version: number
  days: object[]
  origin: object | null
}

const id = '00000000-0000-4000-8000-0000000000c1'
const squat = 'barbell-back-squat'
const told = {
  name: 'Legs',
  goal: 'strength',
  days: [
    {
      name: 'Day',
      weekday: 'monday',
      exercises: [
        {
          exerciseId: squat,
          restSeconds: 180,
          sets: [{ repsMin: 4, repsMax: 6, weight: 225, weightUnit: 'lb' }],
        },
      ],
    },
  ],
}
const shown = {
  id,
  number: 1,
  name: 'Legs',
  goal: 'strength',
  frequencyPerWeek: null,
  sessionMinutes: null,
  exerciseTypes: [],
  days: [
    {
      name: 'Day',
      weekday: 'monday',
      exercises: [
        {
          ...{
            exerciseId: squat,
            name: 'Barbell Back Squat',
            notes: null,
            restSeconds: 180,
            supersetGroup: null,
          },
          sets: [{ kind: 'working', repsMin: 4, repsMax: 6, weight: 225, weightUnit: 'lb' }],
        },
      ],
    },
  ],
  ...{ outline: null, origin: null, archived: false },
  ...{ createdAt: now, updatedAt: now, version: 1 },
}

async function served() {
  const { plans, exercises, recorded } = await memorySessions()
  const { call, close } = await startHttp(planRoutes(plans))
  const ask = <B = Plan>(
    method: string,
    path = '',
    body?: unknown,
    headers: Record<string, string> = {},
    token = ada,
  ) => call<B>(method, `/v1/plans${path}`, { token, headers, ...(body !== undefined && { body }) })
  return { ask, call, close, exercises, recorded: () => recorded().map(({ type }) => type) }
}

const errorsOf = ({ body }: { body: Problem }) =>
  body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)

test('a plan is made, read, replaced, changed and archived', async () => {
  const { ask, close } = await served()
  const made = await ask('POST', '', { id: id.toUpperCase(), ...told })
  assert.equal([made.status, made.body], [201, shown])
  assert.equal([made.headers.location, made.headers.etag], [`/v1/plans/${id}`, '"1"'])
  const got = await ask('GET', `/${id}`)
  assert.equal([got.status, got.headers.etag, got.body], [200, '"1"', shown])
  const known = await ask('GET', `/${id}`, undefined, { 'if-none-match': '"1"' })
  assert.is(known.status, 304)
  const put = await ask('PUT', `/${id}`, { name: 'Bare' }, { 'if-match': '"1"' })
  assert.equal([put.status, put.headers.etag], [200, '"2"'])
  assert.equal(put.body, { ...shown, name: 'Bare', goal: null, days: [], version: 2 })
  const patched = await ask('PATCH', `/${id}`, { days: told.days })
  assert.equal(patched.body, { ...shown, name: 'Bare', goal: null, version: 3 })
  const gone = await ask('DELETE', `/${id}`, undefined, { 'if-match': '"3"' })
  assert.equal([gone.status, gone.headers.etag], [204, '"4"'])
  assert.is((await ask('DELETE', `/${id}`)).status, 204)
  const archived = await ask<Plan & { archived: boolean }>('GET', `/${id}`)
  assert.equal([archived.status, archived.body.archived], [200, true])
  await close()
})

test('what was answered can be sent back', async () => {
  const { ask, close, recorded } = await served()
  const { body } = await ask('POST', '', { id, ...told })
  const { days } = body
  const same = await ask('PATCH', `/${id}`, { days })
  assert.equal([same.status, same.body], [200, shown])
  assert.equal(recorded(), ['PlanNumberTaken', 'PlanCreated'])
  await close()
})

test('the same key or the same id makes it once', async () => {
  const { ask, close, recorded } = await served()
  const keyed = { 'idempotency-key': 'one' }
  const first = await ask('POST', '', told, keyed)
  const second = await ask('POST', '', told, keyed)
  assert.equal(
    [second.status, second.body, second.headers['idempotency-replayed']],
    [201, first.body, 'true'],
  )
  const other = await ask<Problem>('POST', '', { name: 'Other' }, keyed)
  assert.equal([other.status, errorsOf(other)], [422, ['/Idempotency-Key idempotency-key-reused']])
  await ask('POST', '', { id, ...told })
  assert.is((await ask('POST', '', { id, ...told })).status, 201)
  assert.is((await ask('POST', '', { id, name: 'Other' })).status, 409)
  assert.is(recorded().length, 4)
  await close()
})

test('what cannot be is refused, all fields at once, and nothing is recorded', async () => {
  const { ask, close, recorded } = await served()
  const exercise = { exerciseId: 'no-such-thing', sets: [] }
  const planned = (sets: object[]) => ({ name: 'Day', exercises: [exercise, { exerciseId: squat, sets }] })
  const unfit = await ask<Problem>('POST', '', {
    name: 'x',
    days: [planned([{ durationSeconds: 60 }, { repsMin: 3 }])],
  })
  assert.equal(unfit.status, 422)
  assert.equal(errorsOf(unfit), [
    '/days/0/exercises/0/exerciseId unknown-exercise',
    '/days/0/exercises/1/sets/0/durationSeconds not-applicable',
    '/days/0/exercises/1/sets/0/reps required',
    '/days/0/exercises/1/sets/1/repsMax required',
  ])
  const unread = await ask<Problem>('POST', '', {
    name: ' ',
    frequencyPerWeek: 15,
    outline: {},
    exerciseTypes: ['x'],
  })
  assert.equal(errorsOf(unread), [
    '/outline unknown-field',
    '/name too-short',
    '/frequencyPerWeek too-large',
    '/exerciseTypes/0 not-allowed',
  ])
  assert.equal(recorded(), [])
  await close()
})

test('who is not asked, what is stale and what is archived is refused by its status', async () => {
  const { ask, close, call } = await served()
  await ask('POST', '', { id, ...told })
  assert.is((await call('GET', '/v1/plans')).status, 401)
  assert.is((await ask('GET', `/${id}`, undefined, {}, bob)).status, 404)
  assert.is((await ask('PATCH', `/${id}`, { name: 'Mine' }, {}, bob)).status, 404)
  assert.is((await ask('PUT', '/no-id', { name: 'Mine' })).status, 404)
  assert.is((await ask('PATCH', `/${id}`, { name: 'Other' }, { 'if-match': '"7"' })).status, 412)
  await ask('DELETE', `/${id}`)
  assert.is((await ask('PUT', `/${id}`, { name: 'Other' })).status, 409)
  await close()
})

test('plans are listed in pages, archived ones by themselves', async () => {
  const { ask, close } = await served()
  for (const name of ['a', 'b', 'c', 'd']) await ask('POST', '', { name })
  type Page = { items: Plan[]; next?: string }
  const first = await ask<Page>('GET', '?limit=3')
  const names = ({ items }: Page) => items.map(({ name }) => name)
  assert.equal(names(first.body), ['d', 'c', 'b'])
  assert.match(first.headers.link ?? '', /rel="next"/)
  const second = await ask<Page>('GET', `?limit=3&cursor=${first.body.next}`)
  assert.equal([names(second.body), second.body.next], [['a'], undefined])
  await ask('DELETE', `/${second.body.items[0]?.id}`)
  assert.equal(names((await ask<Page>('GET', '?archived=true')).body), ['a'])
  assert.equal(names((await ask<Page>('GET', '?archived=false')).body), ['d', 'c', 'b'])
  assert.is((await ask('GET', `?archived=true&cursor=${first.body.next}`)).status, 400)
  await close()
})

test('a plan is generated, again the same by its seed', async () => {
  const { ask, close, exercises } = await served()
  must(await exercises.seed(metadata))
  const wish = {
    goal: 'hypertrophy',
    frequencyPerWeek: 4,
    sessionMinutes: 45,
    equipment: ['dumbbell'],
    seed: 42,
  }
  const made = await ask('POST', '/generate', wish)
  assert.equal([made.status, made.headers.location], [201, `/v1/plans/${made.body.id}`])
  assert.equal([made.body.days.length, made.body.origin], [4, { by: 'generate', ...wish }])
  const again = await ask('POST', '/generate', wish)
  assert.equal(again.body.days, made.body.days)
  const keyed = { 'idempotency-key': 'one' }
  const { seed: _, ...unseeded } = wish
  const drawn = await ask('POST', '/generate', unseeded, keyed)
  assert.equal((await ask('POST', '/generate', unseeded, keyed)).body, drawn.body)
  await close()
})

test('a wish that cannot be met is refused by its field', async () => {
  const { ask, close, recorded } = await served()
  const wish = { goal: 'strength', frequencyPerWeek: 1, sessionMinutes: 5, bodyAreas: ['legs', 'back'] }
  const none = await ask<Problem>('POST', '/generate', wish)
  assert.equal([none.status, errorsOf(none)], [422, ['/bodyAreas/1 no-exercise']])
  const short = await ask<Problem>('POST', '/generate', { ...wish, bodyAreas: ['legs'] })
  assert.equal([short.status, errorsOf(short)], [201, undefined])
  const unread = await ask<Problem>('POST', '/generate', {
    ...wish,
    goal: 'fun',
    frequencyPerWeek: 0,
    bodyAreas: [],
    seed: -1,
  })
  assert.equal(errorsOf(unread), [
    '/goal not-allowed',
    '/frequencyPerWeek too-small',
    '/bodyAreas too-few',
    '/seed too-small',
  ])
  assert.equal(recorded(), ['PlanNumberTaken', 'PlanCreated'])
  await close()
})

test.run()
