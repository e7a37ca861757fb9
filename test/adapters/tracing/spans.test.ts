import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isHindrance, type Serving } from '../../../src/adapters/cli/operations.ts'
import { readSettings, type Settings } from '../../../src/adapters/cli/settings.ts'
import { operations } from '../../../src/adapters/operations.ts'
import { requestSpan, tracedLog, tracedReads } from '../../../src/adapters/tracing/spans.ts'
import type { EventLog } from '../../../src/application/event-log.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { type KeptSpan, keepSpans } from '../../support/kept-spans.ts'
import { temporaryDirectory } from '../../support/writer.ts'

const test = suite('spans')

const unheard: string[] = []
const answered = { route: '/v1/things', status: 200, code: undefined, requestId: 'request-1' }

test('without anybody who keeps them there are none, and no trace', async () => {
  const reads = tracedReads({ things: { count: () => 7 } })
  const given = await requestSpan({ method: 'GET', headers: {} }, async (traceId) => {
    unheard.push(String(traceId), String(reads.things.count()))
    return answered
  })
  assert.equal([given, unheard], [answered, ['undefined', '7']])
})

test('of a logged set: the request, in the trace of its client, its command, append and views', async () => {
  const spans = keepSpansOnce()
  const { ask, close } = await serving()
  const { body: session } = await ask('POST', '/v1/sessions', {})
  spans.length = 0
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  const set = { exerciseId: 'barbell-back-squat', reps: 5, weight: 100, weightUnit: 'kg' }
  const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
  const { status, requestId } = await ask('POST', `/v1/sessions/${session.id}/sets`, set, headers)
  assert.is(status, 201)
  assert.equal([...new Set(spans.map((span) => span.traceId))], [traceId])
  const named = new Map(spans.map((span) => [span.name, span]))
  const request = named.get('POST /v1/sessions/{id}/sets') as KeptSpan
  const command = named.get('command session') as KeptSpan
  const append = named.get('append session') as KeptSpan
  assert.equal(request.attributes, {
    'http.request.method': 'POST',
    'http.response.status_code': 201,
    'http.route': '/v1/sessions/{id}/sets',
    'repledger.request_id': requestId,
  })
  assert.equal(
    [request, command, append].map(({ parentId }) => parentId),
    ['00f067aa0ba902b7', request.spanId, command.spanId],
  )
  assert.equal(command.attributes, { 'repledger.replayed': false })
  const { 'repledger.position': position, ...rest } = append.attributes
  assert.equal(rest, { 'repledger.event_types': ['SetLogged'] })
  assert.ok(Number(position) > 100)
  const views = spans.filter(({ name }) => name.startsWith('view '))
  assert.ok(views.length > 0)
  const places = new Set([request.spanId, command.spanId])
  assert.ok(views.every(({ parentId }) => places.has(parentId as string)))
  await close()
})

test('a refusal is told by its code, and a request for nothing bears no path', async () => {
  const spans = keepSpansOnce()
  const { ask, close } = await serving()
  spans.length = 0
  await ask('POST', '/v1/sessions/0197a2c4-6d1e-7c3a-9b52-0f6e8d4c1a70/finish', {})
  await ask('GET', '/secret-of-ann')
  const told = spans
    .filter(({ name }) => !name.startsWith('view '))
    .map(({ name, attributes }) => [name, attributes['error.type']])
  assert.equal(told, [
    ['command session', 'not-found'],
    ['POST /v1/sessions/{id}/finish', 'not-found'],
    ['GET', 'unknown-path'],
  ])
  await close()
})

test('a lost race, a taken name and a failure are told of an append', async () => {
  const spans = keepSpansOnce()
  const outcomes = [
    { conflict: { stream: 'plan-a', expected: 1, actual: 2 } },
    refuse('name-taken', 'Taken.'),
    new Error('no disk'),
  ]
  const log = tracedLog({
    append: async () => {
      const outcome = outcomes.shift()
      if (outcome instanceof Error) throw outcome
      return outcome
    },
  } as unknown as EventLog)
  const appends = [{ stream: 'plan-a', subject: 'ada', expected: 1, events: [] }]
  const metadata = { actor: 'ada', commandId: 'c', correlationId: 'r' }
  spans.length = 0
  await requestSpan({ method: 'POST', headers: {} }, async () => {
    for (let times = 0; times < 2; times++) await log.append(appends, metadata)
    await log.append(appends, metadata).catch(() => {})
    return { ...answered, status: 500, code: 'failure' }
  })
  assert.equal(
    spans.map(({ name, attributes, status, exceptions }) => [
      ...[name, attributes['error.type'], status?.code, exceptions.length],
    ]),
    [
      ['append plan', 'version-conflict', undefined, 0],
      ['append plan', 'name-taken', undefined, 0],
      ['append plan', undefined, 2, 1],
      ['POST /v1/things', 'failure', 2, 0],
    ],
  )
})

test('a question that is answered at once is a span too', async () => {
  const spans = keepSpansOnce()
  const reads = tracedReads({ things: { count: () => 7 } })
  spans.length = 0
  await requestSpan({ method: 'GET', headers: {} }, async () => ({
    ...answered,
    status: reads.things.count(),
  }))
  assert.equal(
    spans.map(({ name }) => name),
    ['view things.count', 'GET /v1/things'],
  )
})

let kept: KeptSpan[] | undefined

// The first who registers stays.
function keepSpansOnce() {
  kept ??= keepSpans()
  return kept
}

type Told = { status: number; body: Record<string, string>; requestId: string }

/** The service on a port, and Ann, who asks it. */
async function serving() {
  const environment = {
    ...{ DATA_DIR: temporaryDirectory(), HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' },
    MASTER_KEY: Buffer.alloc(32, 7).toString('hex'),
  }
  const served = await operations.serve(readSettings(environment) as Settings)
  assert.not(isHindrance(served))
  const { url, close } = served as Serving
  let token = ''
  async function ask(method: string, path: string, body?: object, headers = {}): Promise<Told> {
    const answer = await fetch(url + path, {
      ...{ method, ...(body && { body: JSON.stringify(body) }) },
      headers: {
        ...{ 'content-type': 'application/json', connection: 'close', ...headers },
        ...(token && { authorization: `Bearer ${token}` }),
      },
    })
    const text = (await answer.json()) as Record<string, string>
    return { status: answer.status, body: text, requestId: answer.headers.get('x-request-id') as string }
  }
  const person = { email: 'ann@example.com', password: 'correct horse battery', firstName: 'Ann' }
  token = (await ask('POST', '/v1/auth/register', person)).body.accessToken as string
  return { ask, close }
}

test.run()
