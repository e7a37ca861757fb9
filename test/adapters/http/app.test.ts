import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isRefusal, type Refusal, refuse, refuseFields } from '../../../src/domain/refusal.ts'
import { startHttp } from '../../support/http.ts'
import { exchange, THING, thingRoutes } from '../../support/things.ts'

const test = suite('app')

let outcome: Refusal | Error = refuse('not-found', 'No.')
const logged: Record<string, unknown>[] = []
const logger = {
  error: (entry: object) => logged.push({ ...entry }),
  debug: () => {},
  isLevelEnabled: () => false,
}
const routes = thingRoutes(() => {
  if (isRefusal(outcome)) return outcome
  throw outcome
})
const http = await startHttp(routes, { logger: logger as never })

test('a refusal is answered as problem details with all headers kept', async () => {
  outcome = refuse('live-session-exists', 'Session one is live.', { sessionId: 'one' })
  const { status, headers, body } = await http.call('POST', '/v1/refusing')
  assert.is(status, 409)
  assert.equal(body, {
    type: 'urn:repledger:problem:live-session-exists',
    title: 'A session is live already',
    status: 409,
    detail: 'Session one is live.',
    instance: headers['x-request-id'],
    sessionId: 'one',
  })
  assert.equal(
    ['content-type', 'cache-control', 'x-content-type-options', 'access-control-allow-origin'].map(
      (name) => headers[name],
    ),
    ['application/problem+json; charset=utf-8', 'no-store', 'nosniff', '*'],
  )
  assert.equal(logged, [])
})

test('refused fields keep their pointers', async () => {
  outcome = refuseFields([{ pointer: '/a', code: 'required', message: '`a` is required.' }])
  const { status, body } = await http.call<{ errors: unknown }>('POST', '/v1/refusing')
  assert.equal([status, body.errors], [422, outcome.errors])
})

test('what nobody expected is 500, logged once, with nothing of it told', async () => {
  outcome = new Error('the secret inside')
  const { status, headers, body } = await http.call<{ instance: string }>('POST', '/v1/refusing')
  assert.is(status, 500)
  assert.not.match(JSON.stringify(body), 'secret')
  assert.equal(logged.splice(0), [
    { requestId: headers['x-request-id'], method: 'POST', route: '/v1/refusing', err: outcome },
  ])
  assert.is(body.instance, headers['x-request-id'])
})

test('an unknown path is 404, in the same form', async () => {
  for (const path of [
    '/',
    '/v1',
    '/v1/thing',
    '/v1/things/',
    '/V1/things',
    '//v1/things',
    `/v1/things/${THING}/more`,
  ]) {
    const { status, headers } = await http.call('GET', path)
    assert.equal([status, headers['content-type']], [404, 'application/problem+json; charset=utf-8'], path)
  }
})

test('a known path with another method is 405 and names those that there are', async () => {
  const { status, headers } = await http.call('PUT', '/v1/things')
  assert.equal([status, headers.allow], [405, 'GET, HEAD, OPTIONS, POST'])
  assert.is(
    (await http.call('POST', `/v1/things/${THING}`)).headers.allow,
    'DELETE, GET, HEAD, OPTIONS, PATCH',
  )
  for (const wrong of ['POST', 'DELETE']) {
    const { status: refused, headers: about } = await http.call(wrong, '/v1/things/live')
    assert.equal([refused, about.allow], [405, 'GET, HEAD, OPTIONS'])
  }
})

test('OPTIONS tells the methods', async () => {
  const { status, headers } = await http.call('OPTIONS', '/v1/things')
  assert.equal([status, headers.allow], [204, 'GET, HEAD, OPTIONS, POST'])
  assert.is((await http.call('OPTIONS', '/nowhere')).status, 404)
})

test('a path that cannot be decoded is 400', async () => {
  for (const path of ['/v1/things/%', '/v1/things/%zz', '/%e0%a4%a', '/v1/things/%ff']) {
    assert.is((await http.call('GET', path)).status, 400, path)
  }
})

test('the id of a request is ours, whatever the client sends', async () => {
  const { headers } = await http.call('GET', '/livez', { headers: { 'x-request-id': 'mine' } })
  assert.match(headers['x-request-id'] as string, /^[\da-f-]{36}$/)
})

test('what is not HTTP is answered with problem details all the same', async () => {
  const cases = [
    ['nonsense\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nhost: a\r\nlong: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['POST /v1/knock HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n', 400],
  ] as const
  for (const [text, status] of cases) {
    assert.match(
      await exchange(http.port, text),
      new RegExp(`^HTTP/1\\.1 ${status} .*connection: close`, 'is'),
      text.slice(0, 40),
    )
  }
  for (const text of ['nonsense\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n']) {
    assert.match(await exchange(http.port, text), /application\/problem\+json.*"status":400/s)
  }
})

test('a target with an address that is none is 400', async () => {
  const asked = 'GET https://[::1 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'
  assert.match(await exchange(http.port, asked), /^HTTP\/1\.1 400 .*"status":400/s)
})

test('an expectation that is not known is passed over', async () => {
  const asked = 'GET /livez HTTP/1.1\r\nhost: a\r\nexpect: tea\r\nconnection: close\r\n\r\n'
  assert.match(await exchange(http.port, asked), /^HTTP\/1\.1 200 /)
})

test.after(http.close)
test.run()
