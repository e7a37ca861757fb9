import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { statisticsRoutes } from '../../../src/adapters/http/statistics.ts'
import { startHttp } from '../../support/http.ts'
import { ann, bob, training } from '../../support/training.ts'

const served = async () => {
  const told = training()
  const { call, close } = await startHttp(statisticsRoutes(told.statistics))
  told.session({
    effort: 'heavy',
    bodyWeight: 80,
    sets: [
      { exercise: 'squat', weight: 100, reps: 5 },
      { exercise: 'pull-up', reps: 8 },
      { exercise: 'running', distance: 5, durationSeconds: 1500 },
    ],
  })
  const get = <B>(path: string, headers = {}, token = ann) =>
    call<B>('GET', `/v1/statistics${path}`, { token, headers })
  return { ...told, call, get, close }
}

const paths = ['', '/records', '/trends?metric=volume', '/exercises/squat', '/muscles', '/calendar', '/load']
const statistics = suite('statistics over HTTP')

statistics('are for who is logged in', async () => {
  const { call, close } = await served()
  for (const path of paths) assert.is((await call('GET', `/v1/statistics${path}`)).status, 401)
  await close()
})

statistics('answer as documented, empty histories too', async () => {
  const { get, close } = await served()
  for (const path of paths) {
    assert.is((await get(path)).status, 200)
    assert.is((await get(path, {}, bob)).status, 200)
  }
  for (const metric of ['sessions', 'estimated-1rm', 'max-weight', 'measurement&kind=weight']) {
    assert.is((await get(`/trends?bucket=day&metric=${metric}`)).status, 200)
  }
  await close()
})

statistics('have a tag that the client may hold until something is logged', async () => {
  const { get, session, close } = await served()
  const tags = new Set<string>()
  for (const path of paths) {
    const { headers } = await get(path)
    const tag = headers.etag as string
    tags.add(tag)
    const held = await get(path, { 'if-none-match': tag })
    assert.equal([held.status, held.body], [304, ''])
    session({})
    assert.is((await get(path, { 'if-none-match': tag })).status, 200)
  }
  assert.is(tags.size, paths.length)
  assert.is.not((await get('', {}, bob)).headers.etag, (await get('')).headers.etag)
  await close()
})

statistics('name exercises in the language asked for', async () => {
  const { get, close } = await served()
  for (const path of ['', '/exercises/squat']) {
    const { headers } = await get(path, { 'accept-language': 'ru' })
    assert.equal(
      [headers['content-language'], headers.vary?.toLowerCase().includes('accept-language')],
      ['ru', true],
    )
  }
  await close()
})

statistics('come within the range asked for', async () => {
  const { get, close } = await served()
  type Summary = { period: object; sessions: number }
  const { body } = await get<Summary>('?from=2025-06-02&to=2025-06-30')
  assert.equal([body.period, body.sessions], [{ from: '2025-06-02', to: '2025-06-30' }, 0])
  const inMay = await get<{ items: unknown[] }>('/records?to=2025-05-31')
  assert.equal(inMay.body, { items: [] })
  await close()
})

type Page = { items: { exerciseId: string; kind: string; reps?: number; formula?: string }[]; next?: string }

statistics('have records in pages that link to the next', async () => {
  const { get, call, close } = await served()
  const all = await get<Page>('/records?limit=200')
  const first = await get<Page>('/records?limit=5&formula=brzycki')
  assert.is(first.body.items.length, 5)
  assert.is(first.body.items.find(({ formula }) => formula !== undefined)?.formula, 'brzycki')
  const link = /^<(.+)>; rel="next"$/.exec(first.headers.link as string)?.[1] as string
  const second = await call<Page>('GET', link, { token: ann })
  const key = ({ exerciseId, kind, reps }: Page['items'][0]) => `${exerciseId} ${kind} ${reps}`
  assert.equal([...first.body.items, ...second.body.items].map(key), all.body.items.slice(0, 10).map(key))
  const squats = await get<Page>('/records?exerciseId=SQUAT')
  assert.equal([...new Set(squats.body.items.map(({ exerciseId }) => exerciseId))], ['squat'])
  assert.is((await get('/records?cursor=bm9uc2Vuc2U')).status, 400)
  await close()
})

statistics('know every exercise of the catalogue, and no other', async () => {
  const { get, close } = await served()
  assert.is((await get('/exercises/plank')).status, 200)
  assert.is((await get('/exercises/nobody-knows')).status, 404)
  assert.is((await get('/exercises/%20')).status, 404)
  await close()
})

statistics('have the moving average of what was measured, and the load of each day', async () => {
  const { get, measure, close } = await served()
  measure(80)
  type Trends = { points: object[] }
  const trend = await get<Trends>('/trends?metric=measurement&kind=weight&bucket=month')
  const point = { start: '2025-06-01', value: 80, count: 1, average: 80, max: 80, movingAverage: 80 }
  assert.equal(trend.body.points, [point])
  const load = await get<Trends>('/load?from=2025-06-01&to=2025-06-01')
  const day = { date: '2025-06-01', load: 480, acute: 480 / 7, chronic: 480 / 28, ratio: null }
  assert.equal(load.body.points, [day])
  await close()
})

statistics('have a calendar of any year', async () => {
  const { get, close } = await served()
  const of = async (query: string) => (await get<{ days: unknown[] }>(`/calendar${query}`)).body.days
  assert.equal(await of(''), [{ date: '2025-06-01', sessions: 1, volume: { value: 1140, unit: 'kg' } }])
  assert.equal(await of('?year=2024'), [])
  await close()
})

const refused: [query: string, pointers: string[]][] = [
  ['?from=2025-02-30&to=tomorrow', ['/from', '/to']],
  ['?from=2025-06-02&to=2025-06-01', ['/from']],
  ['?form=2025-06-02', ['/form']],
  ['/records?formula=guess&limit=0', ['/formula', '/limit']],
  ['/records?exerciseId=a%20b', ['/exerciseId']],
  ['/trends', ['/metric']],
  ['/trends?metric=mood&bucket=year', ['/bucket', '/metric']],
  ['/exercises/squat?from=x', ['/from']],
  ['/muscles?to=2025-6-1', ['/to']],
  ['/calendar?year=MMXXV', ['/year']],
  ['/trends?metric=measurement', ['/kind']],
  ['/trends?metric=measurement&kind=mood', ['/kind']],
  ['/load?from=2025-06-02&to=2025-06-01', ['/from']],
]
for (const [query, pointers] of refused) {
  statistics(`refuse ${query}`, async () => {
    const { get, close } = await served()
    const { status, body } = await get<{ errors: { pointer: string }[] }>(query)
    assert.equal([status, body.errors.map(({ pointer }) => pointer).sort()], [422, pointers])
    await close()
  })
}

statistics.run()
