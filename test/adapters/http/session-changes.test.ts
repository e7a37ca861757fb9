import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sessionRoutes } from '../../../src/adapters/http/sessions.ts'
import { startHttp } from '../../support/http.ts'
import { ada, memorySessions, now } from '../../support/memory-sessions.ts'
import {
  discard,
  document,
  fields,
  id,
  type Json,
  live,
  logged,
  opened,
  problem,
  type Scenario,
  sessionScenarios,
  setId,
  squat,
  startedAt,
} from '../../support/session-scenarios.ts'

const changing: Record<string, Scenario> = {
  'a correction of the session': {
    given: [logged],
    request: ['PATCH', `/v1/sessions/${id}`, { title: ' Legs ', bodyWeight: 80 }, { 'if-match': '"1"' }],
    status: 200,
    body: { ...document, title: 'Legs', bodyWeight: 80, bodyWeightUnit: 'kg', version: 2 },
    headers: { etag: '"2"' },
    recorded: ['SessionLogged', 'SessionChanged'],
  },
  'a correction that changes nothing': {
    given: [logged],
    request: ['PATCH', `/v1/sessions/${id}`, { title: null }],
    status: 200,
    body: document,
    recorded: ['SessionLogged'],
  },
  'a correction of a stale version': {
    given: [logged],
    request: ['PATCH', `/v1/sessions/${id}`, { title: 'Legs' }, { 'if-match': '"2"' }],
    status: 412,
    body: problem('stale-version'),
    recorded: ['SessionLogged'],
  },
  'a correction of what is discarded': {
    given: [logged, discard],
    request: ['PATCH', `/v1/sessions/${id}`, { title: 'Legs' }],
    status: 409,
    body: problem('session-discarded'),
    recorded: ['SessionLogged', 'SessionDiscarded'],
  },
  'a correction of fields that cannot be': {
    given: [logged],
    request: ['PATCH', `/v1/sessions/${id}`, { startedAt: null, id, notes: ' ' }],
    status: 422,
    body: fields(['/id', 'unknown-field'], ['/startedAt', 'wrong-type'], ['/notes', 'too-short']),
    recorded: ['SessionLogged'],
  },
  'finishing the live session': {
    given: [live()],
    request: ['POST', `/v1/sessions/${id}/finish`, { effort: 'heavy' }],
    status: 200,
    body: { ...opened, status: 'finished', finishedAt: now, effort: 'heavy', version: 2 },
    headers: { etag: '"2"' },
    recorded: ['SessionStarted', 'SessionFinished'],
  },
  'finishing again with other values': {
    given: [logged],
    request: ['POST', `/v1/sessions/${id}/finish`, { effort: 'easy' }],
    status: 409,
    body: problem('session-not-active'),
    recorded: ['SessionLogged'],
  },
  'finishing before the start': {
    given: [live()],
    request: ['POST', `/v1/sessions/${id}/finish`, { finishedAt: '2025-03-01T16:00:00Z' }],
    status: 422,
    body: fields(['/finishedAt', 'out-of-order']),
    recorded: ['SessionStarted'],
  },
  'discarding, once more': {
    given: [logged, discard],
    request: discard,
    status: 204,
    body: '',
    headers: { etag: '"2"' },
    recorded: ['SessionLogged', 'SessionDiscarded'],
  },
  'discarding what is not there': { request: discard, status: 404, body: problem('not-found'), recorded: [] },
  'restoring what was discarded': {
    given: [logged, discard],
    request: ['POST', `/v1/sessions/${id}/restore`],
    status: 200,
    body: { ...document, version: 3 },
    recorded: ['SessionLogged', 'SessionDiscarded', 'SessionRestored'],
  },
  'restoring while another is live': {
    given: [live(), discard, ['POST', '/v1/sessions', { id: setId }]],
    request: ['POST', `/v1/sessions/${id}/restore`],
    status: 409,
    body: problem('live-session-exists', { sessionId: setId }),
    recorded: ['SessionStarted', 'SessionDiscarded', 'SessionStarted'],
  },
}

const walk = suite('paging and repetition')

walk('a list goes on where its cursor says, under the same filters', async () => {
  const { sessions } = await memorySessions()
  const { call, close } = await startHttp(sessionRoutes(sessions))
  const bodies = [1, 2, 3].map((day) => ({
    startedAt: `2025-02-0${day}T17:00:00Z`,
    finishedAt: `2025-02-0${day}T18:00:00Z`,
  }))
  await call('POST', '/v1/sessions/bulk', { token: ada, body: { sessions: bodies } })
  type Page = { items: { localDate: string }[]; next?: string }
  const first = await call<Page>('GET', '/v1/sessions?limit=2&from=2025-02-01', { token: ada })
  const link = /^<(.+)>; rel="next"$/.exec(first.headers.link as string)?.[1] as string
  const second = await call<Page>('GET', link, { token: ada })
  const days = [...first.body.items, ...second.body.items].map(({ localDate }) => localDate)
  assert.equal(days, ['2025-02-03', '2025-02-02', '2025-02-01'])
  assert.equal([typeof first.body.next, second.body.next], ['string', undefined])
  await close()
})

walk('history goes on where its cursor says', async () => {
  const { sessions } = await memorySessions()
  const { call, close } = await startHttp(sessionRoutes(sessions))
  await call('POST', '/v1/sessions', { token: ada, body: { id } })
  await call('POST', `/v1/sessions/${id}/finish`, { token: ada, body: {} })
  type Page = { items: { type: string }[]; next?: string }
  const first = await call<Page>('GET', `/v1/sessions/${id}/history?limit=1`, { token: ada })
  const path = `/v1/sessions/${id}/history?limit=1&cursor=${first.body.next}`
  const second = await call<Page>('GET', path, { token: ada })
  const types = [...first.body.items, ...second.body.items].map(({ type }) => type)
  assert.equal(types, ['SessionStarted', 'SessionFinished'])
  const none = await call('GET', `/v1/sessions/${setId}/history`, { token: ada })
  assert.is(none.status, 404)
  await close()
})

walk('a key makes a repetition the first answer again, records and all', async () => {
  const { sessions, recorded } = await memorySessions()
  const { call, close } = await startHttp(sessionRoutes(sessions))
  const twice: [string, unknown][] = [
    ['/v1/sessions/bulk', { sessions: [{ startedAt, finishedAt: now }] }],
    ['/v1/sessions', { id }],
    [`/v1/sessions/${id}/sets`, { ...squat, reps: 5, weight: 100 }],
    [`/v1/sessions/${id}/finish`, { finishedAt: '2025-03-01T19:00:00Z' }],
  ]
  for (const [path, body] of twice) {
    const headers = { 'idempotency-key': 'one' }
    const first = await call('POST', path, { token: ada, body, headers })
    const second = await call('POST', path, { token: ada, body, headers })
    assert.equal([second.status, second.body], [first.status, first.body])
    assert.equal(
      [first, second].map((reply) => reply.headers['idempotency-replayed']),
      [undefined, 'true'],
    )
  }
  assert.is(recorded().length, 4)
  const headers = { 'idempotency-key': 'one' }
  const other = await call('POST', '/v1/sessions', { token: ada, body: { title: 'Legs' }, headers })
  assert.is(other.status, 422)
  await close()
})

walk('a set tells the records that it made', async () => {
  const { sessions } = await memorySessions()
  const { call, close } = await startHttp(sessionRoutes(sessions))
  await call('POST', '/v1/sessions', { token: ada, body: { id } })
  const body = { ...squat, id: setId, reps: 5, weight: 100 }
  const reply = await call<{ records: Json[] }>('POST', `/v1/sessions/${id}/sets`, { token: ada, body })
  assert.equal(reply.body.records[0], {
    ...squat,
    name: 'Barbell Back Squat',
    kind: 'best-session-volume',
    value: 500,
    unit: 'kg',
    achievedAt: now,
    sessionId: id,
    setId,
  })
  await close()
})

const test = suite('changing sessions over HTTP')
sessionScenarios(test, changing)
test.run()
walk.run()
