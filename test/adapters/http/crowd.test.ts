import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCrowd } from '../../../src/adapters/http/crowd.ts'
import { settings, startHttp } from '../../support/http.ts'
import { thingRoutes } from '../../support/things.ts'

const test = suite('crowd')

/** A crowd of which two are always let in, and a clock. */
function crowded() {
  const clock = { milliseconds: 0 }
  const crowd = createCrowd(2, () => clock.milliseconds)
  const leaving: (() => void)[] = []
  const isLetIn = (method = 'POST') => !crowd.isFull(method)
  const enter = (method = 'POST') => {
    void crowd.within(method, () => new Promise<void>((resolve) => leaving.push(resolve)))
  }
  const leave = async (count: number) => {
    for (const resolve of leaving.splice(0, count)) resolve()
    await new Promise(setImmediate)
  }
  return { clock, crowd, isLetIn, enter, leave }
}

test('lets so many in whatever comes, and then one for each that leaves', async () => {
  const { isLetIn, enter, leave } = crowded()
  enter()
  assert.is(isLetIn(), true)
  enter()
  assert.is(isLetIn(), false)
  await leave(1)
  assert.is(isLetIn(), true)
})

test('refuses who was on the way when too many came', async () => {
  const { crowd, enter } = crowded()
  for (let count = 0; count < 2; count++) enter()
  const late = await crowd.within('POST', async () => 'let in').catch(({ code }) => code)
  assert.equal([late, await crowd.within('GET', async () => 'let in')], ['contended', 'let in'])
})

test('neither holds back nor counts who only reads', () => {
  const { isLetIn, enter } = crowded()
  for (const method of ['GET', 'HEAD', 'OPTIONS']) enter(method)
  assert.is(isLetIn(), true)
  for (let count = 0; count < 2; count++) enter()
  assert.equal(['POST', 'GET', 'HEAD', 'OPTIONS'].map(isLetIn), [false, true, true, true])
})

test('lets in as many more as were answered in the last second', async () => {
  const { clock, isLetIn, enter, leave } = crowded()
  for (let count = 0; count < 4; count++) {
    for (let two = 0; two < 2; two++) enter()
    await leave(2)
  }
  clock.milliseconds = 2000
  for (let count = 0; count < 4; count++) {
    assert.is(isLetIn(), true)
    enter()
  }
  assert.is(isLetIn(), false)
  // Nobody was answered meanwhile.
  clock.milliseconds = 3000
  await leave(1)
  assert.is(isLetIn(), false)
})

test('is told of as 503 with when to try again, while reading goes on', async () => {
  const asked = Promise.withResolvers<void>()
  const held = Promise.withResolvers<never>()
  const refuse = () => {
    asked.resolve()
    return held.promise
  }
  const http = await startHttp(thingRoutes(refuse), { limits: { changes: 1 } })
  const first = http.call('POST', '/v1/refusing')
  await asked.promise
  const { status, headers, body } = await http.call<{ type: string }>('POST', '/v1/things', { token: 'ada' })
  assert.equal([status, headers['retry-after'], body.type], [503, '1', 'urn:repledger:problem:contended'])
  assert.is((await http.call('GET', '/v1/things', { token: 'ada' })).status, 200)
  held.resolve({ refusal: 'not-found', detail: 'It is gone.' } as never)
  assert.is((await first).status, 404)
  assert.is((await http.call('POST', '/v1/knock')).status, 200)
  await http.close()
})

test('says to a page what any other answer does', async () => {
  const origin = 'https://app.example'
  const http = await startHttp(thingRoutes(), {
    limits: { changes: 0 },
    settings: { ...settings, corsOrigins: [origin], trustProxyHops: 1 },
  })
  const asked = { token: 'ada', headers: { origin, 'x-forwarded-proto': 'https' } }
  const { status, headers } = await http.call('POST', '/v1/things', asked)
  const read = await http.call('GET', '/v1/things', asked)
  const names = ['access-control-allow-origin', 'access-control-expose-headers', 'vary']
  assert.is(status, 503)
  for (const name of [...names, 'strict-transport-security'])
    assert.is(headers[name], read.headers[name], name)
  const preflight = { headers: { origin, 'access-control-request-method': 'POST' } }
  assert.is((await http.call('OPTIONS', '/v1/things', preflight)).status, 204)
  await http.close()
})

test.run()
