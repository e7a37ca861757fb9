import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogue } from '../../../src/domain/exercise/catalogue.ts'
import { own } from '../../support/exercises.ts'
import { servedExercises } from '../../support/exercises-http.ts'

type Exercise = { id: string; name: string }
type Page = { items: Exercise[]; next?: string }
type Refused = { type: string; errors: { pointer: string; code: string }[] }

const listing = suite('GET /v1/exercises')

listing('pages through all of the catalogue and one’s own, by name', async () => {
  const { get, post, close } = await servedExercises()
  await post({ id: own, name: 'Log Press', metric: 'weight-reps' })
  for (const language of ['en', 'ru']) {
    const headers = { 'accept-language': language }
    const seen: Exercise[] = []
    let path: string | undefined = '/v1/exercises?limit=60'
    while (path !== undefined) {
      const page: Awaited<ReturnType<typeof get<Page>>> = await get<Page>(path, headers)
      assert.equal([page.status, page.headers['content-language']], [200, language])
      seen.push(...page.body.items)
      const link = /^<(.+)>; rel="next"$/.exec(page.headers.link ?? '')?.[1]
      assert.is(link === undefined, page.body.next === undefined)
      path = link
    }
    assert.is(seen.length, catalogue.length + 1)
    assert.is(new Set(seen.map(({ id }) => id)).size, seen.length)
    // Only first words are compared: collators and the list differ on spaces, hyphens and other alphabets.
    const collator = new Intl.Collator(language)
    const entries = seen.filter(({ id, name }) => id !== own && /^\p{L}/u.test(name))
    const names = entries.map(({ name }) => /^\p{L}+/u.exec(name)?.[0] ?? '')
    assert.equal(names, names.toSorted(collator.compare))
  }
  await close()
})

listing('filters by everything that it promises', async () => {
  const { get, post, close } = await servedExercises()
  await post({ id: own, name: 'Log Press', metric: 'weight-reps', primaryMuscles: ['front-delts'] })
  const has = async (query: string, id: string) => {
    const { status, body } = await get<Page>(`/v1/exercises?limit=200&${query}`)
    assert.is(status, 200, query)
    return body.items.some((item) => item.id === id)
  }
  const rows: [string, string, string][] = [
    ['q=bench%20pr', 'barbell-bench-press', 'bench-dip'],
    ['q=%D0%9F%D0%9B%D0%90%D0%BD', 'plank', 'crunch'],
    ['muscle=neck', 'neck-curl', 'plank'],
    ['muscle=front-delts', own, 'running'],
    ['equipment=kettlebell', 'kettlebell-swing', 'running'],
    ['category=cardio', 'running', 'plank'],
    ['bodyArea=hands', 'barbell-curl', 'plank'],
    ['level=advanced', 'pistol-squat', 'plank'],
    ['metric=assisted-bodyweight-reps', 'assisted-pull-up', 'pull-up'],
    ['custom=true', own, 'plank'],
    ['custom=false', 'plank', own],
    ['q=press&muscle=chest&equipment=dumbbell&custom=false', 'dumbbell-bench-press', 'barbell-bench-press'],
  ]
  for (const [query, inside, outside] of rows) {
    assert.equal([await has(query, inside), await has(query, outside)], [true, false], query)
  }
  await close()
})

listing('keeps the filters in the link to the next page', async () => {
  const { get, close } = await servedExercises()
  const { headers } = await get<Page>('/v1/exercises?limit=2&muscle=chest&q=press')
  const next = /^<(.+)>/.exec(headers.link as string)?.[1] as string
  const { body } = await get<{ items: { primaryMuscles: string[]; secondaryMuscles: string[] }[] }>(next)
  assert.is(body.items.length, 2)
  for (const { primaryMuscles, secondaryMuscles } of body.items) {
    assert.ok([...primaryMuscles, ...secondaryMuscles].includes('chest'))
  }
  await close()
})

listing('refuses filters that are none, and a cursor of another list', async () => {
  const { call, get, close } = await servedExercises()
  const query =
    'muscle=heart&equipment=&category=x&bodyArea=arms&level=0&metric=kg&custom=maybe&limit=0&page=2&q=%20'
  const { status, body } = await get<Refused>(`/v1/exercises?${query}`)
  assert.is(status, 422)
  assert.equal(body.errors.map(({ pointer }) => pointer).toSorted(), [
    '/bodyArea',
    '/category',
    '/custom',
    '/equipment',
    '/level',
    '/limit',
    '/metric',
    '/muscle',
    '/page',
    '/q',
  ])
  const { body: page } = await get<Page>('/v1/exercises?limit=1')
  assert.is((await get(`/v1/exercises?cursor=${page.next}`, { 'accept-language': 'ru' })).status, 400)
  assert.is((await get('/v1/exercises?cursor=x')).status, 400)
  assert.is((await call('GET', '/v1/exercises')).status, 401)
  await close()
})

listing.run()
