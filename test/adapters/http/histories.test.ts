import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { asOfRoute } from '../../../src/adapters/http/as-of.ts'
import { importRoute } from '../../../src/adapters/http/imports.ts'
import { userEventRoutes } from '../../../src/adapters/http/user-events.ts'
import { createHistories } from '../../../src/adapters/sqlite/histories.ts'
import { createImports } from '../../../src/application/imports.ts'
import { startHttp } from '../../support/http.ts'
import { belongings, livedBy, openToldLog } from '../../support/told-log.ts'
import { training } from '../../support/training.ts'
import { masterKey } from '../../support/writer.ts'

const http = suite('histories over HTTP')

const told = await openToldLog()
const { dataDir, clock } = told
const past = createHistories({ dataDir, masterKey, clock })
const { checks, histories } = past
const imports = createImports({ ...told.acting, log: told.events, checks, reads: told.reads.users, clock })
const server = await startHttp([asOfRoute(histories), ...userEventRoutes(told.feed), importRoute(imports)])
const { call } = server
const history = training()
history.session({ sets: [{ exercise: 'squat', reps: 5, weight: 100 }] })
const ada = await told.person()
const facts = livedBy(ada, [...belongings, ...history.folded])
const half = await told.append(facts.slice(0, 4))
const then = new Date(told.now()).toISOString()
const head = await told.append(facts.slice(4))

type Items = { items: { position: number; type: string }[]; next?: string }
type AsOf = { position: number; at: string; goals: object[]; plans: { name: string }[] }

http('give everything as it was at a time, at a position, and now', async () => {
  const before = await call<AsOf>('GET', `/v1/me/as-of?at=${then}`, { token: ada })
  assert.equal([before.status, before.body.position, before.body.at], [200, half, then])
  assert.equal([before.body.goals.length, before.body.plans.map(({ name }) => name)], [0, ['Press more']])
  const same = await call<AsOf>('GET', `/v1/me/as-of?at=${half}`, { token: ada })
  assert.equal(same.body, before.body)
  assert.equal((await call('GET', `/v1/me/as-of?at=${half}`, { token: ada })).body, same.body)
  const now = await call<AsOf>('GET', '/v1/me/as-of?at=2999-01-01T00:00:00%2B01:00', { token: ada })
  assert.equal([now.body.position, now.body.goals.length], [head, 2])
})

http('know nothing of a time before the account, and no time that is none', async () => {
  assert.is((await call('GET', '/v1/me/as-of?at=2020-01-01T00:00:00Z', { token: ada })).status, 404)
  assert.is((await call('GET', '/v1/me/as-of?at=3', { token: ada })).status, 404)
  for (const at of ['', '?at=yesterday', '?at=-1', '?at=2025-02-30T00:00:00Z', '?at=1&at=2']) {
    assert.is((await call('GET', `/v1/me/as-of${at}`, { token: ada })).status, 422, at)
  }
  assert.is((await call('GET', '/v1/me/as-of?at=3')).status, 401)
})

http('let only so many wait, and go on answering all others', async () => {
  const asked = Array.from({ length: 6 }, (_, later) => `/v1/me/as-of?at=${head + 100 + later}`)
  const statuses = await Promise.all(
    asked.map(async (path) => (await call('GET', path, { token: ada })).status),
  )
  assert.equal([...new Set(statuses)].toSorted(), [200, 503])
  assert.is((await call('GET', asked[0] as string, { token: ada })).status, 200)
})

http('forget an answer when they are told to', async () => {
  past.forget(ada)
  assert.is((await call('GET', `/v1/me/as-of?at=${half}`, { token: ada })).status, 200)
})

http('tell event by event what happened, in pages and behind a position', async () => {
  const first = await call<Items>('GET', '/v1/me/events?limit=3', { token: ada })
  assert.equal(
    first.body.items.map(({ type }) => type),
    ['UserRegistered', 'CustomExerciseCreated', 'PlanNumberTaken'],
  )
  assert.match(first.headers.link ?? '', /^<\/v1\/me\/events\?.*cursor=.*>; rel="next"$/)
  const rest = await call<Items>('GET', `/v1/me/events?limit=200&cursor=${first.body.next}`, { token: ada })
  const last = first.body.items.at(-1)?.position
  const behind = await call<Items>('GET', `/v1/me/events?limit=200&after=${last}`, { token: ada })
  assert.equal(behind.body, rest.body)
  assert.is(rest.body.items.at(-1)?.position, head)
  assert.equal((await call('GET', `/v1/me/events?after=${head}`, { token: ada })).body, { items: [] })
  assert.is((await call('GET', '/v1/me/events?after=-1', { token: ada })).status, 422)
  assert.is((await call('GET', '/v1/me/events?cursor=x', { token: ada })).status, 400)
})

http('go out as one document and come in again, plain or compressed', async () => {
  const { body, headers } = await call<object>('GET', '/v1/me/export', { token: ada })
  assert.match(headers['content-disposition'] ?? '', /^attachment; filename="/)
  const [ben, cleo] = [await told.person(), await told.person()]
  const plain = await call<{ sessions: number }>('POST', '/v1/me/import', { token: ben, body })
  assert.equal([plain.status, plain.body.sessions], [200, 1])
  const raw = gzipSync(JSON.stringify(body))
  const compressed = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  const zipped = await call('POST', '/v1/me/import', { token: cleo, raw, headers: compressed })
  assert.equal([zipped.status, zipped.body], [200, plain.body])
  assert.is((await call('POST', '/v1/me/import', { token: ada, body })).status, 409)
})

http('take in nothing that is too large, of another form, or no document', async () => {
  const ben = await told.person()
  const json = { 'content-type': 'application/json' }
  const send = async (raw: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) =>
    (await call('POST', '/v1/me/import', { token: ben, raw, headers })).status
  assert.is(await send('{}', { 'content-type': 'text/plain' }), 415)
  assert.is(await send('{'), 422)
  assert.is(await send('{"format":"repledger user 1","events":[]}'), 422)
  assert.is(
    await send(gzipSync(Buffer.alloc(33 * 1024 * 1024, 32)), { ...json, 'content-encoding': 'gzip' }),
    413,
  )
  assert.is(await send('not gzip', { ...json, 'content-encoding': 'gzip' }), 400)
})

http('outlive a thread that dies', async () => {
  const dying = histories.asOf(ada, { position: head }, 'en')
  await past.close()
  assert.match(await dying.then(String, String), 'has ended')
  const answer = await histories.asOf(ada, { position: head }, 'en')
  assert.is('position' in answer && answer.position, head)
})

http.after(async () => {
  await server.close()
  await past.close()
  await told.close()
})

http.run()
