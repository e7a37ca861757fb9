import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createHttpServer } from '../../../src/adapters/http/server.ts'
import type { Progress } from '../../../src/application/audit.ts'
import { settings } from '../../support/http.ts'
import { thingRoutes } from '../../support/things.ts'

const test = suite('starting')

const logger = { error: assert.unreachable, debug() {}, isLevelEnabled: () => false }

test('listens at once: the probes tell how far it is, all else is 503, then the routes answer', async () => {
  let progress: Progress | undefined
  const server = createHttpServer({ settings, logger, progress: () => progress })
  const url = `http://127.0.0.1:${await server.listen()}`
  async function ask(path: string, method = 'GET') {
    const answer = await fetch(url + path, { method, headers: { connection: 'close' } })
    const { status, type, progress } = (await answer.json()) as Record<string, unknown>
    return [answer.status, answer.headers.get('retry-after'), type ?? status, progress].filter(Boolean)
  }
  assert.equal(await ask('/readyz'), [503, '1', 'starting'])
  progress = { phase: 'Rebuilding the views', done: 1000, total: 3000 }
  for (const path of ['/readyz', '/health/ready']) {
    assert.equal(await ask(path), [503, '1', 'starting', progress])
  }
  for (const path of ['/livez', '/health/live']) assert.equal(await ask(path), [200, 'up'])
  const notReady = [503, '1', 'urn:repledger:problem:not-ready']
  for (const path of ['/v1/things', '/nowhere', '/docs', '/openapi.json']) {
    assert.equal(await ask(path), notReady)
    assert.equal(await ask(path, 'POST'), notReady)
  }
  const authentication = {
    ...{ authenticate: async () => undefined, loginHasEnded: async () => false },
    ...{ now: () => 0, whenErased: () => {} },
  }
  server.open({ routes: thingRoutes(), authentication, readiness: () => 'ready' })
  assert.equal(await ask('/readyz'), [200, 'ready'])
  assert.is((await ask('/v1/things', 'POST'))[0], 401)
  assert.is((await ask('/nowhere'))[0], 404)
  await server.close()
})

test.run()
