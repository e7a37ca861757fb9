import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { HttpSettings } from '../../../src/adapters/http/app.ts'
import type { Authentication } from '../../../src/adapters/http/bearer.ts'
import { startHttp } from '../../support/http.ts'
import { thingRoutes } from '../../support/things.ts'

const test = suite('rate limit')

function start(requestsPerMinute: number | 'off', trustProxyHops = 0, authentication?: Authentication) {
  const settings: HttpSettings = {
    host: '127.0.0.1',
    port: 0,
    corsOrigins: '*',
    trustProxyHops,
    requestsPerMinute,
    publicUrl: undefined,
  }
  return startHttp(thingRoutes(), { settings, ...(authentication && { authentication }) })
}

test('says on every answer what is left, and refuses one too many', async () => {
  const http = await start(2)
  const left = async () =>
    (await http.call('GET', '/v1/things', { token: 'ada' })).headers.ratelimit?.replace(/t=\d+/, 't')
  assert.equal([await left(), await left()], ['"default";r=1;t', '"default";r=0;t'])
  const { status, headers } = await http.call('GET', '/v1/things', { token: 'ada' })
  assert.equal([status, headers['ratelimit-policy']], [429, '"default";q=2;w=60'])
  assert.ok(Number(headers['retry-after']) >= 1 && Number(headers['retry-after']) <= 60)
  await http.close()
})

test('counts each user apart, and by address whoever is not known', async () => {
  const http = await start(1)
  const status = async (path: string, token?: string) =>
    (await http.call('GET', path, token ? { token } : {})).status
  assert.equal([await status('/v1/things', 'ada'), await status('/v1/things', 'bob')], [200, 200])
  assert.equal(
    [await status('/v1/things'), await status('/v1/things'), await status('/nowhere')],
    [401, 429, 429],
  )
  assert.is((await http.call('POST', '/v1/knock')).status, 429)
  await http.close()
})

test('the probes are answered whatever the rate', async () => {
  const http = await start(1)
  for (let times = 0; times < 3; times++) assert.is((await http.call('GET', '/livez')).status, 200)
  await http.close()
})

test('the address of a client is taken only from as many proxies as are trusted', async () => {
  const knock = async (http: Awaited<ReturnType<typeof start>>, forwarded: string) =>
    (await http.call('POST', '/v1/knock', { headers: { 'x-forwarded-for': forwarded } })).status
  const bare = await start(1)
  assert.equal([await knock(bare, '10.0.0.1'), await knock(bare, '10.0.0.2')], [200, 429])
  await bare.close()
  const proxied = await start(1, 1)
  assert.equal(
    [await knock(proxied, '1.1.1.1, 10.0.0.1'), await knock(proxied, '1.1.1.1, 10.0.0.2')],
    [200, 200],
  )
  assert.is(await knock(proxied, '2.2.2.2, 10.0.0.2'), 429)
  await proxied.close()
})

test('who has a whole network of addresses is counted once, and whatever the port', async () => {
  const http = await start(1, 1)
  const knock = async (forwarded: string) =>
    (await http.call('POST', '/v1/knock', { headers: { 'x-forwarded-for': forwarded } })).status
  assert.equal([await knock('2001:db8:0:7::1'), await knock('2001:db8:0:7:ffff::2')], [200, 429])
  assert.equal(
    [await knock('192.0.2.7:1'), await knock('192.0.2.7:2'), await knock('::ffff:192.0.2.7')],
    [200, 429, 429],
  )
  await http.close()
})

test('tokens that are none count for the address that sends them', async () => {
  const authentication: Authentication = {
    authenticate: async () => undefined,
    loginHasEnded: async () => false,
    now: () => 0,
  }
  const http = await start(2, 0, authentication)
  const statuses: number[] = []
  for (const token of ['a', 'b', 'c', 'd']) {
    statuses.push((await http.call('GET', '/v1/things', { token })).status)
  }
  assert.equal(statuses, [401, 401, 429, 429])
  await http.close()
})

test('off counts nothing', async () => {
  const http = await start('off')
  const { status, headers } = await http.call('GET', '/v1/things', { token: 'ada' })
  assert.equal([status, 'ratelimit' in headers, 'ratelimit-policy' in headers], [200, false, false])
  await http.close()
})

test.run()
