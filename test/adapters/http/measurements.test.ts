import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { measurementRoutes } from '../../../src/adapters/http/measurements.ts'
import { startHttp } from '../../support/http.ts'
import { ada, bob, memorySessions, now } from '../../support/memory-sessions.ts'
import {
  fields,
  id,
  type Json,
  problem,
  type Scenario,
  sessionScenarios,
} from '../../support/session-scenarios.ts'

const at = `/v1/measurements/${id}`
const taken = ['POST', '/v1/measurements', { id, kind: 'weight', value: 81.4 }] as const
const deleted = ['DELETE', at] as const
const key = { 'idempotency-key': 'first' }
const document = {
  id,
  kind: 'weight',
  value: 81.4,
  unit: 'kg',
  measuredAt: now,
  timeZone: 'Europe/Berlin',
  localDate: '2025-03-01',
  notes: null,
  version: 1,
}

const scenarios: Record<string, Scenario> = {
  'a measurement is taken': {
    request: taken,
    status: 201,
    body: document,
    headers: { location: at, etag: '"1"' },
    recorded: ['MeasurementTaken'],
  },
  'one of one’s own kind, with everything told': {
    request: [
      'POST',
      '/v1/measurements',
      {
        id,
        kind: ' custom:Arm span ',
        value: 180,
        unit: ' cm ',
        measuredAt: '2025-02-28T20:00:00-05:00',
        timeZone: 'America/New_York',
        notes: ' By the wall. ',
      },
    ],
    status: 201,
    body: {
      ...document,
      kind: 'custom:Arm span',
      value: 180,
      unit: 'cm',
      measuredAt: '2025-03-01T01:00:00.000Z',
      timeZone: 'America/New_York',
      localDate: '2025-02-28',
      notes: 'By the wall.',
    },
    recorded: ['MeasurementTaken'],
  },
  'telling it again under its id answers the same': {
    given: [taken, ['PATCH', at, { value: 80 }]],
    request: taken,
    status: 201,
    body: document,
    recorded: ['MeasurementTaken', 'MeasurementCorrected'],
  },
  'another one under a taken id': {
    given: [taken],
    request: ['POST', '/v1/measurements', { id, kind: 'weight', value: 80 }],
    status: 409,
    body: problem('id-taken'),
    recorded: ['MeasurementTaken'],
  },
  'a repetition under an idempotency key': {
    given: [[...taken, key]],
    request: [...taken, key],
    status: 201,
    body: document,
    headers: { 'idempotency-replayed': 'true' },
    recorded: ['MeasurementTaken'],
  },
  'another request under an idempotency key': {
    given: [[...taken, key]],
    request: ['POST', '/v1/measurements', { kind: 'weight', value: 80 }, key],
    status: 422,
    body: problem('idempotency-key-reused'),
    recorded: ['MeasurementTaken'],
  },
  'fields of the wrong form': {
    request: [
      'POST',
      '/v1/measurements',
      { kind: 'mood', value: '81', unit: '', measuredAt: 'today', timeZone: 'here', notes: '', mood: 1 },
    ],
    status: 422,
    body: fields(
      ['/kind', 'wrong-format'],
      ['/value', 'wrong-type'],
      ['/unit', 'too-short'],
      ['/measuredAt', 'wrong-format'],
      ['/timeZone', 'wrong-format'],
      ['/notes', 'too-short'],
      ['/mood', 'unknown-field'],
    ),
    recorded: [],
  },
  'fields that the domain refuses': {
    request: ['POST', '/v1/measurements', { kind: 'sleep-hours', value: 25, unit: 'min' }],
    status: 422,
    body: fields(['/value', 'out-of-range'], ['/unit', 'not-allowed']),
    recorded: [],
  },
  'a measurement without kind and value': {
    request: ['POST', '/v1/measurements', {}],
    status: 422,
    body: fields(['/kind', 'required'], ['/value', 'required']),
    recorded: [],
  },
  'taking without a token': {
    request: taken,
    token: '',
    status: 401,
    body: problem('unauthenticated'),
    recorded: [],
  },
  'a correction': {
    given: [taken],
    request: ['PATCH', at, { value: 179.5, unit: 'lb', notes: 'In pounds.' }, { 'if-match': '"1"' }],
    status: 200,
    body: { ...document, value: 179.5, unit: 'lb', notes: 'In pounds.', version: 2 },
    headers: { etag: '"2"' },
    recorded: ['MeasurementTaken', 'MeasurementCorrected'],
  },
  'a correction that changes nothing': {
    given: [taken],
    request: ['PATCH', at, { value: 81.4, notes: null }],
    status: 200,
    body: document,
    recorded: ['MeasurementTaken'],
  },
  'a correction of a stale version': {
    given: [taken],
    request: ['PATCH', at, { value: 80 }, { 'if-match': '"2"' }],
    status: 412,
    body: problem('stale-version'),
    recorded: ['MeasurementTaken'],
  },
  'a correction of the kind': {
    given: [taken],
    request: ['PATCH', at, { kind: 'waist' }],
    status: 422,
    body: fields(['/kind', 'unknown-field']),
    recorded: ['MeasurementTaken'],
  },
  'a deletion': {
    given: [taken],
    request: deleted,
    status: 204,
    body: '',
    headers: { etag: '"2"' },
    recorded: ['MeasurementTaken', 'MeasurementDeleted'],
  },
  'a deletion of a stale version': {
    given: [taken],
    request: [...deleted, undefined, { 'if-match': '"7"' }],
    status: 412,
    body: problem('stale-version'),
    recorded: ['MeasurementTaken'],
  },
  'somebody else’s': {
    given: [taken],
    request: ['GET', at],
    token: bob,
    status: 404,
    body: problem('not-found'),
    recorded: ['MeasurementTaken'],
  },
}
for (const [sentence, request] of Object.entries({
  'what is deleted cannot be read': ['GET', at],
  'what is deleted cannot be corrected': ['PATCH', at, { value: 80 }],
  'what is deleted cannot be deleted': deleted,
} as const)) {
  const recorded = ['MeasurementTaken', 'MeasurementDeleted']
  scenarios[sentence] = {
    given: [taken, deleted],
    request,
    status: 404,
    body: problem('not-found'),
    recorded,
  }
}

const measurements = suite('measurements over HTTP')

sessionScenarios(measurements, scenarios)

type Page = { items: Json[]; next?: string }

measurements('are listed newest first, in pages that link to the next, and read one by one', async () => {
  const memory = await memorySessions()
  const { call, close } = await startHttp(measurementRoutes(memory.measurements))
  const get = (path: string) => call<Page>('GET', path, { token: ada })
  for (const [kind, value, day] of [
    ['weight', 80, '02'],
    ['weight', 81, '01'],
    ['waist', 90, '02'],
    ['weight', 82, '03'],
  ]) {
    const body = { kind, value, measuredAt: `2025-02-${day}T06:00:00Z` }
    await call('POST', '/v1/measurements', { token: ada, body })
  }
  const values = ({ body }: { body: Page }) => body.items.map(({ value }) => value)
  const first = await get('/v1/measurements?kind=weight&limit=2')
  assert.equal(values(first), [82, 80])
  const link = /^<(.+)>; rel="next"$/.exec(first.headers.link as string)?.[1] as string
  const second = await get(link)
  assert.equal([values(second), second.body.next], [[81], undefined])
  assert.equal(values(await get('/v1/measurements?from=2025-02-02&to=2025-02-02')), [90, 80])
  assert.is((await get('/v1/measurements?cursor=bm9uc2Vuc2U')).status, 400)
  const read = await call('GET', `/v1/measurements/${first.body.items[0]?.id}`, { token: ada })
  assert.equal([read.body, read.headers.etag], [first.body.items[0], '"1"'])
  await close()
})

const refused: [query: string, pointers: string[]][] = [
  ['?from=2025-02-30', ['/from']],
  ['?from=2025-02-02&to=2025-02-01', ['/from']],
  ['?kind=mood&limit=0', ['/kind', '/limit']],
]
for (const [query, pointers] of refused) {
  measurements(`are not listed by ${query}`, async () => {
    const memory = await memorySessions()
    const { call, close } = await startHttp(measurementRoutes(memory.measurements))
    type Refused = { errors: { pointer: string }[] }
    const { status, body } = await call<Refused>('GET', `/v1/measurements${query}`, { token: ada })
    assert.equal([status, body.errors.map(({ pointer }) => pointer).sort()], [422, pointers])
    await close()
  })
}

measurements.run()
