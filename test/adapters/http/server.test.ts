import { once } from 'node:events'
import { connect } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { refuse } from '../../../src/domain/refusal.ts'
import { startHttp } from '../../support/http.ts'
import { exchange, thingRoutes } from '../../support/things.ts'

const test = suite('server')

const KNOCK = 'POST /v1/refusing HTTP/1.1\r\nhost: a\r\n\r\n'
const LIVE = 'GET /livez HTTP/1.1\r\nhost: a\r\n\r\n'
const brief = { headersMs: 50, requestMs: 50, drainMs: 50 }

/** A server with one request that runs until it is let go, on a connection that stays open. */
async function withOneRunning(timeouts = { headersMs: 1000, requestMs: 1000, drainMs: 10_000 }) {
  const started = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  const routes = thingRoutes(async () => {
    started.resolve()
    await finish.promise
    return refuse('not-found', 'Done.')
  })
  const http = await startHttp(routes, { timeouts })
  const answer = exchange(http.port, KNOCK)
  await started.promise
  return { http, answer, finish: finish.resolve }
}

test('closing waits for what runs and says that the connection ends', async () => {
  const { http, answer, finish } = await withOneRunning()
  const closed = http.close()
  const refused = await exchange(http.port, LIVE).catch((error) => error.code)
  assert.is(refused, 'ECONNREFUSED')
  finish()
  assert.match(await answer, /^HTTP\/1\.1 404 .*\r\nconnection: close\r\n/is)
  await closed
})

test('a request on a connection from before is told that the service goes down', async () => {
  const { http, answer, finish } = await withOneRunning()
  const socket = connect(http.port, '127.0.0.1')
  socket.setEncoding('latin1')
  // Half a request keeps the connection from being idle when the server closes.
  socket.write('GET /readyz HTTP/1.1\r\nhost: a\r\n')
  await http.call('GET', '/livez')
  const closed = http.close()
  socket.write('\r\n')
  const [text] = await once(socket, 'data')
  assert.match(text, /^HTTP\/1\.1 503 .*\r\nretry-after: 1\r\n/is)
  assert.match(text, /\r\nconnection: close\r\n/i)
  finish()
  await answer
  await closed
})

test('closing does not wait for ever', async () => {
  const { http, answer, finish } = await withOneRunning({ headersMs: 1000, requestMs: 1000, drainMs: 1 })
  const cut = answer.catch(() => '')
  await http.close()
  assert.is(await cut, '')
  finish()
})

test('closing ends idle connections at once, even one that never asked anything', async () => {
  const http = await startHttp(thingRoutes())
  const silent = exchange(http.port)
  const idle = exchange(http.port, LIVE)
  await http.call('GET', '/livez')
  await http.close()
  assert.is(await silent, '')
  assert.match(await idle, /^HTTP\/1\.1 200 /)
})

test('headers and bodies that come too slowly are cut off with 408', async () => {
  const http = await startHttp(thingRoutes(), { timeouts: brief })
  assert.match(await exchange(http.port, 'GET /livez HTTP/1.1\r\nhost:'), /^HTTP\/1\.1 408 .*"status":408/s)
  const head =
    'POST /v1/knock HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n'
  assert.match(await exchange(http.port, head, '{'), /^HTTP\/1\.1 408 /)
  await http.close()
})

test('a port that is taken is an error of listening', async () => {
  const http = await startHttp(thingRoutes())
  const settings = {
    host: '127.0.0.1',
    port: http.port,
    corsOrigins: '*',
    trustProxyHops: 0,
    requestsPerMinute: 'off',
  } as const
  const second = await startHttp(thingRoutes(), { settings: { ...settings, publicUrl: undefined } }).catch(
    (error) => error.code,
  )
  assert.is(second, 'EADDRINUSE')
  await http.close()
})

test.run()
