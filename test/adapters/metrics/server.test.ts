import { createServer, type Server } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createMeasuring, type Measuring } from '../../../src/adapters/metrics/measuring.ts'
import { createMetricsServer } from '../../../src/adapters/metrics/server.ts'

const test = suite('metrics server')

/** A server on a port that was free a moment ago. */
async function shown(measuring: Measuring) {
  const { promise, resolve } = Promise.withResolvers<number>()
  const probe: Server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as { port: number }
    probe.close(() => resolve(port))
  })
  const metricsPort = await promise
  const server = createMetricsServer({ metricsHost: '127.0.0.1', metricsPort }, measuring)
  async function ask(path: string, method = 'GET') {
    const answer = await fetch(`http://127.0.0.1:${metricsPort}${path}`, { method })
    return [answer.status, answer.headers.get('content-type'), await answer.text()] as const
  }
  return { ...server, ask, metricsPort }
}

test('shows the metrics, and nothing else', async () => {
  const { listen, close, ask } = await shown(createMeasuring())
  await listen()
  const [status, type, text] = await ask('/metrics')
  assert.equal([status, type], [200, 'text/plain; version=0.0.4; charset=utf-8'])
  assert.match(text, /^# TYPE repledger_http_requests_total counter$/m)
  assert.is((await ask('/metrics', 'HEAD'))[0], 200)
  for (const [path, method] of [
    ['/', 'GET'],
    ['/metrics', 'POST'],
    ['/metrics/', 'GET'],
  ] as const) {
    assert.is((await ask(path, method))[0], 404)
  }
  await close()
})

test('a failure to read them is a 500 that tells nothing', async () => {
  const broken = createMeasuring()
  broken.render = () => Promise.reject(new Error('the secret inside'))
  const { listen, close, ask } = await shown(broken)
  await listen()
  assert.equal(await ask('/metrics'), [500, 'text/plain', 'The metrics could not be read.\n'])
  await close()
})

test('a port that is taken is an error, and without a port there is nothing', async () => {
  const first = await shown(createMeasuring())
  await first.listen()
  const place = { metricsHost: '127.0.0.1', metricsPort: first.metricsPort }
  const second = createMetricsServer(place, createMeasuring())
  assert.is(await second.listen().catch((error) => error.code), 'EADDRINUSE')
  await second.close()
  await first.close()
  const none = createMetricsServer({ ...place, metricsPort: undefined }, createMeasuring())
  await none.listen()
  await none.close()
})

test.run()
