import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogue } from '../../../src/domain/exercise/catalogue.ts'
import { ada, ben, own } from '../../support/exercises.ts'
import { servedExercises } from '../../support/exercises-http.ts'

const made = '00000000-0000-4000-8000-000000000001'

type Exercise = { id: string; name: string }
type Refused = { type: string; errors: { pointer: string; code: string }[] }

const logPress = {
  id: made,
  name: 'Log Press',
  description: '',
  instructions: [],
  category: 'strength',
  bodyArea: 'full-body',
  primaryMuscles: [],
  secondaryMuscles: [],
  equipment: [],
  level: null,
  force: null,
  mechanic: null,
  metric: 'weight-reps',
  unilateral: false,
  custom: true,
  archived: false,
}

const getting = suite('GET /v1/exercises/{id}')

getting('answers one of the catalogue in English unless told', async () => {
  const { get, close } = await servedExercises()
  const { status, headers, body } = await get('/v1/exercises/barbell-back-squat')
  assert.is(status, 200)
  assert.equal([headers.etag, headers['content-language']], ['"1"', 'en'])
  assert.is(headers.vary, 'Origin, accept-language')
  const entry = catalogue.find(({ exerciseId }) => exerciseId === 'barbell-back-squat')
  const { exerciseId: id, texts, ...traits } = entry as NonNullable<typeof entry>
  assert.equal(body, { id, ...traits, ...texts.en, custom: false, archived: false })
  await close()
})

getting('answers in Russian where that is preferred, under a tag of its own', async () => {
  const { get, close } = await servedExercises()
  const russian = { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.5' }
  const { headers, body } = await get<Exercise>('/v1/exercises/plank', russian)
  assert.equal([headers.etag, headers['content-language']], ['"1.ru"', 'ru'])
  assert.is(body.name, 'Планка')
  assert.is((await get('/v1/exercises/plank', { ...russian, 'if-none-match': '"1.ru"' })).status, 304)
  assert.is((await get('/v1/exercises/plank', { ...russian, 'if-none-match': '"1"' })).status, 200)
  assert.is((await get<Exercise>('/v1/exercises/plank', { 'accept-language': 'de' })).body.name, 'Plank')
  await close()
})

getting('finds nothing of an unknown id, of another form, and of somebody else’s', async () => {
  const { call, get, post, close } = await servedExercises()
  await post({ id: own, name: 'Log Press', metric: 'weight-reps' })
  assert.is((await get(`/v1/exercises/${own}`)).status, 200)
  assert.is((await get(`/v1/exercises/${own}`, {}, ben)).status, 404)
  for (const id of ['nothing', made, 'a%20b', 'x'.repeat(101), '__proto__']) {
    assert.is((await get(`/v1/exercises/${id}`)).status, 404, id)
  }
  assert.is((await call('GET', '/v1/exercises/plank')).status, 401)
  await close()
})

getting.run()

const adding = suite('POST /v1/exercises')

adding('adds one with defaults for all that is not told', async () => {
  const { get, post, close, recorded } = await servedExercises()
  const { status, headers, body } = await post({ name: ' Log Press ', metric: 'weight-reps' })
  assert.equal([status, headers.location, headers.etag], [201, `/v1/exercises/${made}`, '"1"'])
  assert.equal(body, logPress)
  assert.equal((await get(headers.location as string)).body, logPress)
  assert.equal(
    recorded().map(({ stream, type }) => [stream, type]),
    [[`exercise-${ada}-${made}`, 'CustomExerciseCreated']],
  )
  await close()
})

adding('keeps everything that is told', async () => {
  const { post, close } = await servedExercises()
  const told = {
    id: own,
    name: 'Тяга камня',
    description: 'A stone.',
    instructions: ['Lap it.', 'Lift it.'],
    category: 'mobility',
    bodyArea: 'back',
    primaryMuscles: ['lats'],
    secondaryMuscles: ['glutes', 'neck'],
    equipment: ['other'],
    level: 'advanced',
    force: 'pull',
    mechanic: 'compound',
    metric: 'weight-distance',
    unilateral: true,
  }
  assert.equal((await post(told)).body, { ...told, custom: true, archived: false })
  await close()
})

adding('answers the same for the same id and facts again, and refuses other facts', async () => {
  const { post, close, recorded } = await servedExercises()
  const told = { id: own.toUpperCase(), name: 'Log Press', metric: 'weight-reps' }
  const first = await post(told)
  const again = await post(told)
  assert.equal([again.status, again.body, again.headers.etag], [201, first.body, first.headers.etag])
  const { status, body } = await post<Refused>({ ...told, metric: 'reps' })
  assert.equal([status, body.type], [409, 'urn:repledger:problem:id-taken'])
  assert.is((await post(told, {}, ben)).status, 201)
  assert.is(recorded().length, 2)
  await close()
})

adding('answers once more what an idempotency key brought about', async () => {
  const { log, post, close, recorded } = await servedExercises()
  const kept = new Map<string, unknown>()
  const append = log.append
  log.append = (appends, by, remember) => {
    if (remember !== undefined) kept.set(remember.key + remember.request, remember.outcome)
    return append(appends, by)
  }
  log.remembered = async (_, key, request) => {
    return kept.has(key + request) ? { outcome: kept.get(key + request) } : undefined
  }
  const told = { name: 'Log Press', metric: 'weight-reps' }
  const first = await post(told, { 'idempotency-key': 'once' })
  const again = await post(told, { 'idempotency-key': 'once' })
  assert.is(first.headers['idempotency-replayed'], undefined)
  assert.is(again.headers['idempotency-replayed'], 'true')
  assert.equal([again.status, again.body, again.headers.location], [201, first.body, first.headers.location])
  assert.is(recorded().length, 1)
  await close()
})

adding('refuses a name of one’s own that lives, not one of the catalogue', async () => {
  const { post, close, recorded } = await servedExercises()
  await post({ name: 'Plank', metric: 'duration' })
  const { status, body } = await post<Refused>({ name: ' PLANK', metric: 'duration' })
  assert.equal([status, body.type], [409, 'urn:repledger:problem:name-taken'])
  assert.is(recorded().length, 1)
  await close()
})

adding('refuses every field that does not pass, all at once, and stores nothing', async () => {
  const { call, post, close, recorded } = await servedExercises()
  const cases: [unknown, string[]][] = [
    [{}, ['/metric', '/name']],
    [{ name: ' ', metric: 'pounds' }, ['/metric', '/name']],
    [{ name: 1, metric: null }, ['/metric', '/name']],
    [{ name: 'x'.repeat(201), metric: 'reps', color: 'red' }, ['/color', '/name']],
    [
      {
        id: 'no',
        name: 'A',
        metric: 'reps',
        description: 'x'.repeat(2001),
        instructions: ['', 'ok', 5, 'x'.repeat(501)],
        category: 'fun',
        bodyArea: 'arms',
        primaryMuscles: ['chest', 'chest'],
        secondaryMuscles: ['heart'],
        equipment: 'barbell',
        level: 1,
        force: 'twist',
        mechanic: '',
        unilateral: 'no',
      },
      [
        '/bodyArea',
        '/category',
        '/description',
        '/equipment',
        '/force',
        '/id',
        '/instructions/0',
        '/instructions/2',
        '/instructions/3',
        '/level',
        '/mechanic',
        '/primaryMuscles',
        '/secondaryMuscles/0',
        '/unilateral',
      ],
    ],
    [{ name: 'A', metric: 'reps', instructions: Array(51).fill('Go.') }, ['/instructions']],
    [
      { name: 'A', metric: 'reps', primaryMuscles: ['neck'], secondaryMuscles: ['neck'] },
      ['/secondaryMuscles'],
    ],
  ]
  for (const [told, pointers] of cases) {
    const { status, body } = await post<Refused>(told)
    assert.is(status, 422)
    assert.equal(body.errors.map(({ pointer }) => pointer).toSorted(), pointers)
  }
  const nobody = await call('POST', '/v1/exercises', { body: { name: 'A', metric: 'reps' } })
  assert.is(nobody.status, 401)
  assert.equal(recorded(), [])
  await close()
})

adding.run()
