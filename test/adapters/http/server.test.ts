import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { route } from '../../../src/adapters/http/route.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { startHttp } from '../../support/http.ts'
import { exchange, thingRoutes } from '../../support/things.ts'

const test = suite('server')

const KNOCK = 'POST /v1/refusing HTTP/1.1\r\nhost: a\r\n\r\n'
const LIVE = 'GET /livez HTTP/1.1\r\nhost: a\r\n\r\n'
const brief = { headersMs: 50, requestMs: 50, drainMs: 50 }

const BODY = 'POST /v1/knock HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n'
const CHUNKS = `${BODY}transfer-encoding: chunked\r\n\r\nffff\r\n`
const ENDLESS = 'GET /v1/endless HTTP/1.1\r\nhost: a\r\n\r\n'

/** What comes back to somebody who goes on sending the same. */
async function dripping(port: number, beginning: string, drop: string) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).setEncoding('latin1')
  let received = ''
  socket.on('data', (text) => {
    received += text
  })
  socket.on('error', () => {})
  socket.write(beginning)
  const timer = setInterval(() => socket.write(drop), 5)
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(timer)
  return received
}

/** A server with an answer that never ends; `opened` resolves when it is asked for. */
async function withEndless(limits: { stalledMs?: number }) {
  const opened = Promise.withResolvers<{ readable: Readable; bytes: number }>()
  const open = () => {
    const chunk = Buffer.alloc(65_536)
    const stream = {
      bytes: 0,
      readable: new Readable({
        read() {
          stream.bytes += chunk.length
          this.push(chunk)
        },
      }),
    }
    opened.resolve(stream)
    return stream.readable
  }
  const answers = { 200: { description: 'No end.', contentType: 'application/octet-stream' } }
  const spec = { summary: 'Endless', tag: 'Things', access: 'nobody', answers } as const
  const headers = { 'content-type': 'application/octet-stream' }
  const endless = route('GET', '/v1/endless', spec, async () => ({ status: 200, headers, open }))
  return { http: await startHttp([endless], { limits }), opened: opened.promise }
}

/** A server with one request that runs until it is let go, on a connection that stays open. */
async function withOneRunning(limits = { headersMs: 1000, requestMs: 1000, drainMs: 10_000 }) {
  const started = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  const routes = thingRoutes(async () => {
    started.resolve()
    await finish.promise
    return refuse('not-found', 'Done.')
  })
  const http = await startHttp(routes, { limits })
  const answer = exchange(http.port, KNOCK)
  await started.promise
  return { http, answer, finish: finish.resolve }
}

/** Whoever comes while it closes is let in or kept out, and never cut. */
async function untilRefused(port: number) {
  const asked = LIVE.replace('host', 'connection: close\r\nhost')
  let met = ''
  while (met !== 'ECONNREFUSED') {
    met = await exchange(port, asked).catch((error) => error.code)
    assert.match(met, /^ECONNREFUSED$|"status":"up"\}$/)
  }
}

test('closing waits for what runs and says that the connection ends', async () => {
  const { http, answer, finish } = await withOneRunning()
  const closed = http.close()
  await untilRefused(http.port)
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
  await untilRefused(http.port)
  socket.write('\r\n')
  const [text] = await once(socket, 'data')
  assert.match(text, /^HTTP\/1\.1 503 .*\r\nretry-after: 1\r\n/is)
  assert.match(text, /\r\nconnection: close\r\n/i)
  finish()
  await answer
  await closed
})

test('a request on a connection in use is served while it closes, and ends the connection', async () => {
  const http = await startHttp(thingRoutes())
  const socket = connect(http.port, '127.0.0.1')
  socket.setEncoding('latin1')
  socket.write(LIVE)
  await once(socket, 'data')
  const closed = http.close()
  await untilRefused(http.port)
  socket.write('GET /v1/things/live HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ada\r\n\r\n')
  const [text] = await once(socket, 'data')
  assert.match(text, /^HTTP\/1\.1 200 .*\r\nconnection: close\r\n/is)
  await closed
})

test('closing does not wait for ever', async () => {
  const { http, answer, finish } = await withOneRunning({ headersMs: 1000, requestMs: 1000, drainMs: 1 })
  const cut = answer.catch(() => '')
  await http.close()
  assert.is(await cut, '')
  finish()
})

test('closing ends idle connections soon, even one that never asked anything', async () => {
  const http = await startHttp(thingRoutes(), { limits: { drainMs: 50 } })
  const silent = exchange(http.port)
  const idle = exchange(http.port, LIVE)
  await http.call('GET', '/livez')
  await http.close()
  assert.is(await silent, '')
  assert.match(await idle, /^HTTP\/1\.1 200 /)
})

test('headers and bodies that come too slowly are cut off with 408', async () => {
  const http = await startHttp(thingRoutes(), { limits: brief })
  assert.match(await exchange(http.port, 'GET /livez HTTP/1.1\r\nhost:'), /^HTTP\/1\.1 408 .*"status":408/s)
  const head =
    'POST /v1/knock HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n'
  assert.match(await exchange(http.port, head, '{'), /^HTTP\/1\.1 408 /)
  await http.close()
})

test('headers and bodies that never stop coming, bit by bit, are cut off all the same', async () => {
  const http = await startHttp(thingRoutes(), { limits: brief })
  const beginnings = [
    'GET /livez HTTP/1.1\r\nhost: a\r\nx: ',
    `${BODY}content-length: 100000\r\n\r\n`,
    CHUNKS,
  ]
  const told = beginnings.map((beginning) => dripping(http.port, beginning, 'a'))
  for (const answer of await Promise.all(told)) assert.match(answer, /^HTTP\/1\.1 408 .*"status":408/s)
  await http.close()
})

test('whoever says nothing at all is cut off', async () => {
  const http = await startHttp(thingRoutes(), { limits: brief })
  assert.match(await exchange(http.port), /^HTTP\/1\.1 408 /)
  await http.close()
})

test('whoever takes nothing of an answer is cut off, and little waits for them meanwhile', async () => {
  const { http, opened } = await withEndless({ stalledMs: 300 })
  const socket = connect(http.port, '127.0.0.1').pause()
  socket.write(ENDLESS)
  const stream = await opened
  await new Promise((resolve) => stream.readable.once('close', resolve))
  assert.ok(stream.bytes < 32 * 1024 * 1024, `${stream.bytes} bytes were asked for.`)
  socket.destroy()
  await http.close()
})

test('nothing is written into an answer that is on its way', async () => {
  const { http, opened } = await withEndless({})
  const socket = connect(http.port, '127.0.0.1')
  let received = ''
  socket.setEncoding('latin1').on('data', (text) => {
    if (received === '') socket.write('nonsense\r\n\r\n')
    received += text
  })
  socket.on('error', () => {})
  socket.write(ENDLESS)
  await opened
  await new Promise((resolve) => socket.once('close', resolve))
  assert.match(received, /^HTTP\/1\.1 200 /)
  assert.not.match(received, 'HTTP/1.1 400')
  await http.close()
})

test('whoever never closes their half of a broken connection does not keep it', async () => {
  const http = await startHttp(thingRoutes())
  assert.match(await dripping(http.port, 'nonsense\r\n\r\n', 'a'), /^HTTP\/1\.1 400 /)
  await http.close()
})

test('more connections than there may be are not taken', async () => {
  const http = await startHttp(thingRoutes(), { limits: { connections: 2 } })
  const [first, second] = [exchange(http.port), exchange(http.port)]
  const third = await exchange(http.port, LIVE).catch((error) => error.code)
  assert.ok(third === '' || third === 'ECONNRESET' || third === 'EPIPE', third)
  await http.close()
  assert.equal([await first, await second], ['', ''])
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
