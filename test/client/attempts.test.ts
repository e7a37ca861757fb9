import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pause, pauseMs, retryAfterMs } from '../../client/attempts.ts'
import { ForeignAnswerError, RefusedError, UnreachableError } from '../../client/problem.ts'
import { startClient } from '../support/api-client.ts'
import { startGuideServer } from '../support/guide-server.ts'
import { bench, logging, withServer } from '../support/trainee.ts'

const test = suite('what a client sends again')
const token = 'secret'
const params = { id: 'one' }
const set = { params, body: { stepId: '1', reps: 8, weight: 80, id: '0198c0de-0000-7000-8000-0000000000b3' } }
const statusOf = (error: unknown) => (error instanceof RefusedError ? error.status : error)

test(
  'is a set whose answer was lost, or cut off, under the same key, and it is logged once',
  withServer([bench, bench], async (server) => {
    server.change('start')
    const { api, pauses } = startClient(server, { token })
    server.fail(/sets$/, 'answer lost')
    server.fail(/sets$/, 'answer cut')
    const { status, body } = await api.post('/v1/sessions/{id}/sets', set)
    assert.equal([status, 'set' in body && body.set.reps], [201, 8])
    const attempts = server.asked.filter(({ what }) => what === logging)
    assert.is(attempts.length, 3)
    assert.match(attempts[0]?.key ?? '', /^[\da-f]{32}$/)
    assert.is(new Set(attempts.map(({ key }) => key)).size, 1)
    assert.is(server.sets.length, 1)
    assert.equal(pauses, [500, 1000])
  }),
)

test(
  'has a key of its own for each call, or the one that is given',
  withServer([bench, bench, bench], async (server) => {
    server.change('start')
    const { api } = startClient(server, { token })
    await api.post('/v1/sessions/{id}/sets', set)
    await api.post('/v1/sessions/{id}/sets', {
      params,
      body: { stepId: '2', reps: 8 },
      idempotencyKey: 'mine',
    })
    const keys = server.asked.map(({ key }) => key)
    assert.is(new Set(keys).size, 2)
    assert.is(keys[1], 'mine')
  }),
)

test(
  'is not what would be done twice',
  withServer([bench], async (server) => {
    const { api, pauses } = startClient(server, { token })
    server.fail(/PATCH/, 'answer lost')
    const lost = await api.patch('/v1/me', { body: { firstName: 'Anna' } }).catch((error: unknown) => error)
    assert.instance(lost, UnreachableError)
    server.fail(/ticket$/, { status: 503 })
    assert.is(await api.post('/v1/sessions/{id}/stream-ticket', { params }).catch(statusOf), 503)
    assert.equal([server.asked.length, pauses], [2, []])
  }),
)

test(
  'is given up after some attempts, each after a longer pause, or after the wait that was asked for',
  withServer([], async (server) => {
    const { api, pauses } = startClient(server, { token })
    server.fail(/me$/, { status: 503, headers: { 'retry-after': '3' } })
    server.fail(/me$/, { status: 429, headers: { 'retry-after': '60' } })
    server.fail(/me$/, 'lost', 2)
    assert.is((await api.get('/v1/me')).status, 200)
    assert.equal(pauses.splice(0), [3500, 61_000, 2000, 4000])
    server.fail(/me$/, { status: 504 }, 5)
    assert.is(await api.get('/v1/me').catch(statusOf), 504)
    assert.equal(pauses.splice(0), [500, 1000, 2000, 4000])
    server.fail(/me$/, { status: 503, headers: { 'retry-after': '61' } })
    assert.is(await api.get('/v1/me').catch(statusOf), 503)
    assert.equal(pauses, [])
    const closed = await startGuideServer([])
    closed.close()
    const gone = await startClient(closed)
      .api.get('/livez')
      .catch((error: unknown) => error)
    assert.match(String(gone), /^UnreachableError: connect ECONNREFUSED/)
  }),
)

test(
  'is nothing any more once it is not wanted',
  withServer([], async (server) => {
    const leaving = new AbortController()
    const { api } = startClient(server, { token, signal: leaving.signal, wait: pause })
    server.fail(/me$/, { status: 503, headers: { 'retry-after': '9' } }, Infinity)
    const asked = api.get('/v1/me', { signal: new AbortController().signal }).catch((error: unknown) => error)
    leaving.abort(new Error('Enough.'))
    assert.is(String(await asked), 'Error: Enough.')
  }),
)

test(
  'is no answer of somebody else',
  withServer([], async (server) => {
    server.fail(/me$/, { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Welcome</p>' })
    const { api } = startClient(server, { token })
    assert.instance(await api.get('/v1/me').catch((error: unknown) => error), ForeignAnswerError)
  }),
)

test('pauses grow to a quarter of a minute, give or take a quarter of it', () => {
  assert.equal(
    [1, 2, 6, 40].map((failures) => [pauseMs(failures, 0), pauseMs(failures, 1)]),
    [
      [375, 625],
      [750, 1250],
      [11_250, 18_750],
      [11_250, 18_750],
    ],
  )
})

test('a pause ends by itself, or with its signal', async () => {
  await pause(0)
  const leaving = new AbortController()
  await pause(0, leaving.signal)
  const waiting = pause(60_000, leaving.signal).catch((error: unknown) => error)
  leaving.abort('left')
  assert.is(await waiting, 'left')
  assert.is(await pause(0, leaving.signal).catch((error: unknown) => error), 'left')
})

test('Retry-After is read as seconds and as a date', () => {
  const now = Date.parse('2026-03-02T18:00:00Z')
  const after = (value: string) => retryAfterMs(new Headers({ 'retry-after': value }), now)
  assert.equal(
    ['0', '7', 'Mon, 02 Mar 2026 18:00:05 GMT', 'Mon, 02 Mar 2026 17:00:00 GMT', 'soon'].map(after),
    [0, 7000, 5000, 0, 0],
  )
  assert.is(retryAfterMs(new Headers(), now), 0)
})

test.run()
