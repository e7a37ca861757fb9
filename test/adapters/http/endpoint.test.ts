import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Readiness } from '../../../src/adapters/http/health.ts'
import { startHttp } from '../../support/http.ts'
import { THING, thingRoutes } from '../../support/things.ts'

const test = suite('endpoint')

type Seen = Record<string, unknown> & {
  metadata: Record<string, string>
  errors: { pointer: string; code: string }[]
}

let readiness: Readiness = 'ready'
const http = await startHttp(thingRoutes(), { readiness: () => readiness })
const token = 'ada'

function get(path: string, headers: Record<string, string> = {}) {
  return http.call<Seen>('GET', path, { token, headers })
}

function post(headers: Record<string, string>, body: unknown = { title: 'a' }) {
  return http.call<Seen>('POST', '/v1/things', { token, headers, body })
}

test('a handler is given what was asked, checked, and who asks', async () => {
  const { status, headers, body } = await get(`/v1/things/${THING}`)
  const { metadata, ...rest } = body
  assert.equal([status, headers.etag], [200, '"7"'])
  assert.equal(rest, {
    params: { id: THING },
    query: {},
    caller: {
      ...{ userId: 'ada', loginId: 'login-ada', tokenId: 'token', expiresAt: null },
      scopes: ['login', 'read', 'write'],
    },
    language: 'en',
    address: '127.0.0.1',
  })
  assert.equal(Object.keys(metadata), ['actor', 'commandId', 'correlationId'])
  assert.equal([metadata.actor, metadata.correlationId], ['ada', headers['x-request-id']])
})

test('who needs no token is nobody', async () => {
  const { body } = await http.call<Seen>('POST', '/v1/knock', { token })
  assert.equal([body.metadata.actor, 'caller' in body, 'idempotency' in body], ['nobody', false, false])
})

test('without a token it is 401, wherever the token stands otherwise', async () => {
  const { status, headers } = await http.call('GET', '/v1/things?access_token=ada')
  assert.equal([status, headers['www-authenticate']], [401, 'Bearer realm="repledger"'])
})

test('a trace is taken only from a traceparent of the right form', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  const traceId = async (traceparent: string) => (await get('/v1/things/live', { traceparent })).status
  assert.is(await traceId('nonsense'), 200)
  const seen = async (traceparent: string) =>
    (await get(`/v1/things/${THING}`, { traceparent })).body.metadata.traceId
  assert.is(await seen(`00-${trace}-00f067aa0ba902b7-01`), trace)
  assert.is(await seen(`00-${trace.toUpperCase()}-00f067aa0ba902b7-01`), undefined)
  assert.is(await seen(`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`), undefined)
  assert.is(await seen(`00-${trace}-${'0'.repeat(16)}-01`), undefined)
  assert.is(await seen('Robert; DROP TABLE events'), undefined)
})

test('an id in the path is lower-cased, and 404 when it is not of the form', async () => {
  assert.equal((await get(`/v1/things/${THING.toUpperCase()}`)).body.params, { id: THING })
  for (const id of ['7', `${THING}0`, '%00', '__proto__', "'%20OR%201=1"]) {
    assert.is((await get(`/v1/things/${id}`)).status, 404, id)
  }
})

test('a path without parameters goes before one with them', async () => {
  assert.equal((await get('/v1/things/live')).body, { live: true })
})

test('every field, query parameter and header that does not pass is named at once', async () => {
  const { status, body } = await http.call<Seen>('POST', '/v1/things?x=1&x=2&y=3&x=4', {
    token,
    headers: { 'idempotency-key': 'a b' },
    body: { count: -1, z: 1 },
  })
  assert.is(status, 422)
  assert.equal(body.errors.map(({ pointer, code }) => `${pointer} ${code}`).toSorted(), [
    '/Idempotency-Key wrong-format',
    '/count too-small',
    '/title required',
    '/x repeated',
    '/x unknown-field',
    '/y unknown-field',
    '/z unknown-field',
  ])
})

test('a query is read by the types of its schema', async () => {
  const seen = await get('/v1/things?limit=7&from=2024-02-29&custom=true')
  assert.equal((seen.body.items as Seen[])[0]?.query, { limit: 7, from: '2024-02-29', custom: true })
  for (const query of [
    'from=2023-02-29',
    'from=',
    'limit=0',
    'limit=201',
    'custom=1',
    '__proto__=1',
    'constructor=1',
  ]) {
    const { status, body } = await get(`/v1/things?${query}`)
    assert.equal(
      [status, body.errors.map(({ pointer }) => pointer)],
      [422, [`/${query.split('=')[0]}`]],
      query,
    )
  }
})

test('Accept must leave room for JSON', async () => {
  for (const accept of ['application/json', '*/*', 'application/*;q=0.1', 'text/html, application/json']) {
    assert.is((await get('/v1/things', { accept })).status, 200, accept)
  }
  for (const accept of ['text/html', 'application/xml, image/*', 'application/json;q=0']) {
    assert.is((await get('/v1/things', { accept })).status, 406, accept)
  }
  assert.is(
    (await http.call('DELETE', `/v1/things/${THING}`, { token, headers: { accept: 'text/html' } })).status,
    204,
  )
})

test('HEAD is GET without the body', async () => {
  const { status, headers, body } = await http.call('HEAD', `/v1/things/${THING}`, { token })
  assert.equal([status, headers.etag, Number(headers['content-length']) > 0, body], [200, '"7"', true, ''])
})

test('If-None-Match with the current tag is 304 without a body', async () => {
  const { status, headers, body } = await get(`/v1/things/${THING}`, { 'if-none-match': '"6", W/"7"' })
  assert.equal([status, headers.etag, headers['content-type'], body], [304, '"7"', undefined, ''])
  assert.is((await get(`/v1/things/${THING}`, { 'if-none-match': '"6"' })).status, 200)
})

test('If-Match is read on changes alone', async () => {
  const patch = async (value: string) => {
    const call = { token, body: { title: 'a' }, headers: { 'if-match': value } }
    const { status, body } = await http.call<Seen>('PATCH', `/v1/things/${THING}`, call)
    return status === 200 ? body.ifMatch : status
  }
  assert.equal(
    [await patch('"12"'), await patch('W/"3"'), await patch('*'), await patch('"1", "2"')],
    [12, 3, 'any', 400],
  )
  assert.is((await get(`/v1/things/${THING}`, { 'if-match': 'nonsense' })).status, 200)
})

test('an Idempotency-Key goes with the method, the path and the same form of the body', async () => {
  const first = await post({ 'idempotency-key': 'k' }, { title: ' a ', count: 1 })
  const again = await post({ 'idempotency-key': 'k' }, { count: 1, title: 'a' })
  assert.equal(first.body.idempotency, { key: 'POST /v1/things k', request: '{"count":1,"title":"a"}' })
  assert.equal(again.body.idempotency, first.body.idempotency)
  assert.not('idempotency' in (await post({})).body)
  assert.is((await post({ 'idempotency-key': '' })).status, 422)
})

test('an Idempotency-Key of a path is the same however its id is spelled', async () => {
  const keyOf = async (id: string) => {
    const call = { token, headers: { 'idempotency-key': 'k' } }
    return (await http.call<Seen>('POST', `/v1/things/${id}/polish`, call)).body.idempotency
  }
  const expected = { key: `POST /v1/things/${THING}/polish k`, request: '{}' }
  assert.equal([await keyOf(THING), await keyOf(THING.toUpperCase())], [expected, expected])
})

test('the language is the one that the client likes best of those there are', async () => {
  const language = async (accepted: string) =>
    (await get(`/v1/things/${THING}`, { 'accept-language': accepted })).body.language
  const asked = ['ru', 'ru-RU, en;q=0.5', 'en, ru;q=0.9', 'de', 'de, ru;q=0.2', '*', '']
  assert.equal(await Promise.all(asked.map(language)), ['ru', 'ru', 'en', 'en', 'ru', 'en', 'en'])
})

test('until it is ready all is 503, but for the probes', async () => {
  readiness = 'starting'
  const { status, headers } = await http.call('GET', '/v1/things')
  assert.equal([status, headers['retry-after']], [503, '1'])
  assert.is((await post({})).status, 503)
  assert.is((await http.call('GET', '/readyz')).status, 503)
  assert.is((await http.call('GET', '/livez')).status, 200)
  readiness = 'ready'
  assert.is((await http.call('GET', '/health/ready')).status, 200)
})

test('while it goes down it is not ready, and serves who is in already', async () => {
  readiness = 'draining'
  const { status, headers } = await http.call('GET', '/readyz')
  assert.equal([status, headers['retry-after']], [503, '1'])
  assert.is((await http.call('GET', '/livez')).status, 200)
  assert.is((await http.call('GET', '/v1/things', { token: 'ada' })).status, 200)
  readiness = 'ready'
})

test('while the views are behind only reads are 503', async () => {
  readiness = 'behind'
  const statuses = [
    (await get('/v1/things')).status,
    (await post({})).status,
    (await get('/health/ready')).status,
  ]
  readiness = 'ready'
  assert.equal(statuses, [503, 201, 503])
})

test.after(http.close)
test.run()
