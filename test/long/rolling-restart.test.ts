import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createListener } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type ServerProcess, startServer } from '../support/process.ts'

const test = suite('a rolling restart under load')

const CLIENTS = 24
const STREAMS = 8
const RESTARTS = 6
const EXIT_MS = 10_000

const ends: (() => unknown)[] = []
// Also after a failure nothing may go on.
test.after(() => {
  for (const end of ends) end()
})

type Person = { token: string; session: string }

async function freePort(): Promise<string> {
  const listener = createListener().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  listener.close()
  await once(listener, 'close')
  return String(port)
}

/** Hands requests on over kept connections; whom it cannot connect to it tries again, and nothing else. */
async function startProxy(target: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const cut: string[] = []

  function handOn(asked: IncomingMessage, body: Buffer, answer: ServerResponse) {
    const options = { host: '127.0.0.1', port: target, agent, method: asked.method, path: asked.url }
    const handed = request({ ...options, headers: asked.headers }, (answered) => {
      const { connection: _, ...headers } = answered.headers
      answer.writeHead(answered.statusCode as number, headers)
      answered.pipe(answer)
    })
    handed.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') setTimeout(handOn, 20, asked, body, answer)
      else {
        cut.push(`${asked.method} ${asked.url} ${error.code} ${handed.reusedSocket ? 'reused' : 'new'}`)
        answer.destroy()
      }
    })
    handed.end(body)
  }

  const server = createServer(async (asked, answer) => {
    handOn(asked, Buffer.concat(await asked.toArray()), answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...{ url, cut },
    close() {
      server.closeAllConnections()
      server.close()
      agent.destroy()
    },
  }
}

async function ask<T>(url: string, path: string, token: string, body?: object) {
  const answer = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as T }
}

async function trainee(url: string, index: number): Promise<Person> {
  const person = { email: `p${index}@example.com`, password: 'correct horse battery', firstName: 'Pat' }
  const { body } = await ask<{ accessToken: string }>(url, '/v1/auth/register', '', person)
  const token = body.accessToken
  const session = await ask<{ id: string }>(url, '/v1/sessions', token, {})
  return { token, session: session.body.id }
}

/** Logs one set after the other until it is told to stop, or fails; gives how many were acknowledged. */
async function train(url: string, { token, session }: Person, isOver: () => boolean, strange: unknown[]) {
  const set = { exerciseId: 'push-up', reps: 5 }
  let acknowledged = 0
  while (!isOver()) {
    const { status, body } = await ask<object>(url, `/v1/sessions/${session}/sets`, token, set).catch(
      (error) => ({ status: 0, body: { error: String(error.cause ?? error) } }),
    )
    if (status === 201) acknowledged += 1
    else {
      strange.push([status, body])
      break
    }
  }
  return acknowledged
}

/** Follows a session straight at the service; true once the stream has ended well. */
async function follow(url: string, { token, session }: Person): Promise<boolean> {
  const answer = await fetch(`${url}/v1/sessions/${session}/stream`, {
    headers: { authorization: `Bearer ${token}` },
  })
  assert.is(answer.status, 200)
  return answer.text().then(
    () => true,
    () => false,
  )
}

test('loses no request, ends streams well, and ends with 0 in time', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'repledger-rolling-'))
  const port = await freePort()
  const start = () => startServer(dataDir, { PORT: port })
  let server: ServerProcess = await start()
  const proxy = await startProxy(port)
  ends.push(proxy.close, () => server.stop('SIGKILL'))
  const people = await Promise.all(Array.from({ length: CLIENTS }, (_, index) => trainee(proxy.url, index)))
  let isOver = false
  const strange: unknown[] = []
  const training = people.map((person) => train(proxy.url, person, () => isOver, strange))
  const exits: number[] = []
  for (let restart = 0; restart < RESTARTS; restart++) {
    const streams = people.slice(0, STREAMS).map((person) => follow(server.url, person))
    await pause(1000)
    const began = performance.now()
    const code = await server.stop('SIGTERM')
    if (code !== 0) strange.push(`it ended with ${code}`)
    exits.push(performance.now() - began)
    const isWell = (await Promise.all(streams)).every(Boolean)
    if (!isWell) strange.push(`a stream was cut at restart ${restart}`)
    server = await start()
  }
  await pause(500)
  isOver = true
  const acknowledged = await Promise.all(training)
  assert.equal([proxy.cut, strange], [[], []])
  assert.ok(Math.max(...exits) < EXIT_MS)
  for (const [index, { token, session }] of people.entries()) {
    type Document = { exercises: { sets: unknown[] }[] }
    const { body } = await ask<Document>(server.url, `/v1/sessions/${session}`, token)
    assert.is(body.exercises[0]?.sets.length, acknowledged[index])
  }
  const sets = acknowledged.reduce((total, count) => total + count, 0)
  const slowest = (Math.max(...exits) / 1000).toFixed(2)
  console.log(`# ${sets} sets over ${RESTARTS} restarts, none lost; the slowest exit took ${slowest} s`)
  assert.is(await server.stop('SIGTERM'), 0)
  rmSync(dataDir, { recursive: true })
})

test('is not ready at once, and serves what comes on connections from before', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'repledger-rolling-'))
  const server = await startServer(dataDir)
  ends.push(() => server.stop('SIGKILL'))
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const get = (path: string) =>
    new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
      request(`${server.url}${path}`, { agent }, (answer) => {
        answer.resume()
        answer.on('end', () => resolve([answer.statusCode, answer.headers.connection]))
      })
        .on('error', reject)
        .end()
    })
  let last: unknown = await get('/readyz')
  assert.equal(last, [200, 'keep-alive'])
  const stopped = server.stop('SIGTERM')
  const seen: unknown[] = []
  while (last !== 'ECONNREFUSED') {
    last = await get('/readyz').catch((error) => error.code)
    if (JSON.stringify(last) !== JSON.stringify(seen.at(-1))) seen.push(last)
  }
  const became = [[200, 'keep-alive'], [503, 'keep-alive'], [503, 'close'], 'ECONNREFUSED']
  assert.equal(
    seen,
    became.filter((each) => seen.some((one) => String(one) === String(each))),
  )
  assert.equal(seen.slice(-2), became.slice(-2))
  assert.is(await stopped, 0)
  agent.destroy()
  rmSync(dataDir, { recursive: true })
})

test.run()
