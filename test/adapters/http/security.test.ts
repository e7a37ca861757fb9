import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { HttpSettings } from '../../../src/adapters/http/app.ts'
import { startHttp, settings as usual } from '../../support/http.ts'
import { exchange, THING, thingRoutes } from '../../support/things.ts'

const test = suite('security')

const silent = { error: () => {}, debug: () => {}, isLevelEnabled: () => false }

async function headersOf(changed: Partial<HttpSettings>, headers: Record<string, string>, method = 'GET') {
  const http = await startHttp(thingRoutes(), { settings: { ...usual, ...changed } })
  const answer = await http.call(method, '/v1/things', { headers })
  await http.close()
  return answer.headers
}

test('every answer is protected, refusals too', async () => {
  const headers = await headersOf({}, {})
  const names = [
    'content-security-policy',
    'x-content-type-options',
    'x-frame-options',
    'referrer-policy',
    'cache-control',
  ]
  assert.equal(
    names.map((name) => headers[name]),
    [
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'nosniff',
      'DENY',
      'no-referrer',
      'no-store',
    ],
  )
  assert.not('x-powered-by' in headers)
  assert.not('strict-transport-security' in headers)
})

test('strict transport only behind https: by our own address, or by a proxy that is believed', async () => {
  const forwarded = { 'x-forwarded-proto': 'https' }
  const isStrict = async (changed: Partial<HttpSettings>, headers = {}) =>
    'strict-transport-security' in (await headersOf(changed, headers))
  assert.ok(await isStrict({ publicUrl: 'https://reps.example.org' }))
  assert.ok(await isStrict({ trustProxyHops: 1 }, forwarded))
  assert.not(await isStrict({ publicUrl: 'http://reps.example.org' }))
  assert.not(await isStrict({}, forwarded))
})

test('any origin may ask, without credentials', async () => {
  const headers = await headersOf({}, { origin: 'https://a.example' })
  assert.is(headers['access-control-allow-origin'], '*')
  assert.not('access-control-allow-credentials' in headers)
  const exposed = headers['access-control-expose-headers'] as string
  for (const name of ['ETag', 'Location', 'Link', 'RateLimit', 'Idempotency-Replayed', 'X-Request-Id']) {
    assert.ok(exposed.split(',').includes(name), name)
  }
})

test('a list of origins lets in those alone, and caches are told', async () => {
  const corsOrigins = ['https://a.example', 'https://b.example']
  const allowed = await headersOf({ corsOrigins }, { origin: 'https://b.example' })
  const other = await headersOf({ corsOrigins }, { origin: 'https://evil.example' })
  assert.equal([allowed['access-control-allow-origin'], allowed.vary], ['https://b.example', 'Origin'])
  assert.equal([other['access-control-allow-origin'], other.vary], [undefined, 'Origin'])
})

test('a browser is told before it sends what it may send', async () => {
  const asked = { origin: 'https://a.example', 'access-control-request-method': 'POST' }
  const headers = await headersOf({}, asked, 'OPTIONS')
  assert.is(headers['access-control-allow-origin'], '*')
  assert.is(headers['access-control-allow-methods'], 'GET,HEAD,POST,PUT,PATCH,DELETE')
  assert.match(
    headers['access-control-allow-headers'] as string,
    'Authorization,Content-Type,Idempotency-Key,If-Match',
  )
})

/** One of every kind of answer, with its status: by a client that knows HTTP, and on the bare socket. */
const kinds: readonly [status: number, head: string][] = [
  [200, 'GET /v1/things'],
  [200, 'HEAD /v1/things'],
  [204, `DELETE /v1/things/${THING}`],
  [204, 'OPTIONS /v1/things HTTP/1.1\r\naccess-control-request-method: POST'],
  [304, `GET /v1/things/${THING} HTTP/1.1\r\nif-none-match: "7"`],
  [400, 'GET /v1/things/%zz'],
  [400, 'GET /v1/things HTTP/1.2'],
  [401, 'GET /v1/things HTTP/1.1\r\nauthorization: Basic YTpi'],
  [404, 'GET /nowhere'],
  [405, 'TRACE /v1/things'],
  [405, 'CONNECT a:80'],
  [406, 'GET /v1/things HTTP/1.1\r\naccept: text/html'],
  [413, 'POST /v1/things HTTP/1.1\r\ncontent-length: 65537'],
  [415, 'POST /v1/things HTTP/1.1\r\ncontent-length: 1\r\ncontent-type: text/plain'],
  [422, 'POST /v1/things'],
  [431, `GET /v1/things HTTP/1.1\r\na: ${'b'.repeat(20_000)}`],
  [500, 'POST /v1/refusing'],
  [200, 'GET /docs'],
  [200, 'GET /openapi.json'],
]

/** What each kind of answer says under these names. */
async function saidBy(settings: HttpSettings, origin: string, names: readonly string[]) {
  const http = await startHttp(thingRoutes(), { settings, logger: silent as never })
  const asked = kinds.map(async ([status, kind]) => {
    const head = kind.includes(' HTTP/') ? kind : `${kind} HTTP/1.1`
    const token = kind.includes('authorization') ? '' : 'authorization: Bearer ada\r\n'
    const lines = `host: a\r\norigin: ${origin}\r\n${token}connection: close\r\n\r\n`
    const text = (await exchange(http.port, `${head}\r\n${lines}`)).split('\r\n\r\n', 1)[0] as string
    const headers = new Headers(
      text
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(/: ?(.*)/s, 2) as [string, string]),
    )
    for (const name of ['x-powered-by', 'server', 'set-cookie']) assert.not(headers.has(name), kind)
    return { status, is: Number(text.slice(9, 12)), said: names.map((name) => headers.get(name)) }
  })
  const answers = await Promise.all(asked)
  await http.close()
  assert.equal(
    answers.map(({ is }) => is),
    answers.map(({ status }) => status),
  )
  return answers.map(({ said }) => said)
}

test('every kind of answer is protected, and kept by nobody', async () => {
  const names = ['x-content-type-options', 'x-frame-options', 'referrer-policy', 'strict-transport-security']
  const settings = { ...usual, publicUrl: 'https://reps.example.org' }
  for (const said of await saidBy(settings, 'https://a.example', names)) {
    assert.equal(said, ['nosniff', 'DENY', 'no-referrer', 'max-age=31536000'])
  }
  const kept = await saidBy(usual, 'https://a.example', ['cache-control', 'content-security-policy'])
  for (const [index, said] of kept.entries()) {
    const isPage = /docs|openapi/.test(kinds[index]?.[1] as string)
    assert.is(said[0], isPage ? 'public, max-age=300' : 'no-store')
    assert.match(said[1] as string, /^default-src 'none'/)
    assert.not.match(said[1] as string, 'unsafe')
  }
})

test('every kind of answer says who may read it, and that this hangs on the origin', async () => {
  const names = ['access-control-allow-origin', 'access-control-allow-credentials', 'vary']
  for (const said of await saidBy(usual, 'https://a.example', names)) {
    assert.equal(said, ['*', null, 'Origin'])
  }
  const listed = { ...usual, corsOrigins: ['https://a.example'] }
  for (const said of await saidBy(listed, 'https://evil.example', names)) {
    assert.equal(said, [null, null, 'Origin'])
  }
  // On the bare socket nobody can tell who asks, so nobody may read it there.
  const [ofA, bare] = [[] as unknown[], [400, 405, 431]]
  const told = await saidBy(listed, 'https://a.example', names)
  for (const [index, said] of told.entries()) if (!bare.includes(kinds[index]?.[0] as number)) ofA.push(said)
  assert.equal(
    ofA,
    ofA.map(() => ['https://a.example', null, 'Origin']),
  )
})

test('a browser that may not send is not told that it may', async () => {
  const asked = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
  const headers = await headersOf({ corsOrigins: ['https://a.example'] }, asked, 'OPTIONS')
  const told = ['origin', 'methods', 'headers'].map((what) => headers[`access-control-allow-${what}`])
  assert.equal([...told, headers.vary], [undefined, undefined, undefined, 'Origin'])
})

test('a browser is answered what it may send before the path is read', async () => {
  const http = await startHttp(thingRoutes())
  const headers = { origin: 'https://a.example', 'access-control-request-method': 'POST' }
  assert.is((await http.call('OPTIONS', '/v1/things/%zz', { headers })).status, 204)
  const plain = await http.call('OPTIONS', '/v1/things/%zz')
  assert.equal([plain.status, plain.headers.vary], [400, 'Origin'])
  await http.close()
})

test('of a list of protocols that one counts which our proxy has written', async () => {
  const isStrict = async (proto: string) =>
    'strict-transport-security' in (await headersOf({ trustProxyHops: 1 }, { 'x-forwarded-proto': proto }))
  assert.equal([await isStrict('https, http'), await isStrict('http, https')], [false, true])
})

test.run()
