import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { HttpSettings } from '../../../src/adapters/http/app.ts'
import { startHttp } from '../../support/http.ts'
import { thingRoutes } from '../../support/things.ts'

const test = suite('security')

const usual: HttpSettings = {
  host: '127.0.0.1',
  port: 0,
  corsOrigins: '*',
  trustProxyHops: 0,
  requestsPerMinute: 'off',
  publicUrl: undefined,
}

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

test.run()
