import Type from 'typebox'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openApiDocument } from '../../../src/adapters/http/openapi.ts'
import { type Route, route } from '../../../src/adapters/http/route.ts'
import { Id, Text } from '../../../src/adapters/http/schemas.ts'
import { startHttp } from '../../support/http.ts'
import { thingRoutes } from '../../support/things.ts'

const test = suite('openapi')

type Operation = {
  operationId: string
  security: unknown[]
  parameters: { $ref?: string; name?: string; in?: string; required?: boolean; example?: unknown }[]
  requestBody?: { required: boolean }
  responses: Record<string, { $ref?: string; headers?: object }>
}

const document = openApiDocument(thingRoutes())

function operation(path: string, method: string) {
  return document.paths[path]?.[method] as Operation
}

function named(method: 'GET' | 'POST', path: string, schema: ReturnType<typeof Type.Object>): Route {
  const answers = { 200: { description: 'A thing.', schema } }
  return route(method, path, { summary: 'A thing', tag: 'Things', access: 'user', answers }, async () => ({
    status: 200,
  }))
}

test('an operation has a name, its parameters and who may call it', () => {
  const one = operation('/v1/things/{id}', 'patch')
  assert.equal(
    [one.operationId, one.security, one.requestBody?.required],
    ['patchThingsId', [{ bearer: ['write'] }], true],
  )
  assert.equal(
    one.parameters.map(({ name, required, $ref }) => $ref ?? `${name} ${required}`),
    ['id true', '#/components/parameters/IfMatch'],
  )
  assert.equal(operation('/v1/knock', 'post').security, [])
})

test('a parameter with a default is not required', () => {
  const { parameters } = operation('/v1/things', 'get')
  assert.equal(
    parameters.map(({ name, in: where, required }) => `${where} ${name} ${required}`),
    ['query limit false', 'query cursor false', 'query from false', 'query custom false'],
  )
})

test('what must be filled in has an example, and what may be left out has none', () => {
  const { parameters } = operation('/v1/things/{id}', 'get')
  assert.equal(
    parameters.filter(({ $ref }) => $ref === undefined).map(({ name, example }) => [name, example]),
    [['id', '0197a2c4-6d1e-7c3a-9b52-0f6e8d4c1a70']],
  )
  for (const parameter of operation('/v1/things', 'get').parameters) assert.not('example' in parameter)
})

test('a GET that reads a body is shown with its fields in the query, as browsers send none', () => {
  const body = Type.Object({ id: Id, note: Type.Optional(Text(1, 5, { examples: ['new'] })) })
  const answers = { 200: { description: 'A thing.' } }
  const spec = { summary: 'A thing', tag: 'Things', access: 'user', loose: true, body, answers } as const
  const shown = openApiDocument([route('GET', '/a', spec, async () => ({ status: 200 }))])
  const one = shown.paths['/a'] as Record<string, Operation>
  const { parameters, requestBody } = one.get as Operation
  assert.is(requestBody, undefined)
  assert.equal(
    parameters.map(({ name, in: where, required }) => `${where} ${name} ${required}`),
    ['query id true', 'query note false'],
  )
})

test('an operation tells every refusal that applies, and no other', () => {
  const everywhere = ['400', '406', '413', '415', '422', '429', '500', '503']
  const statuses = (path: string, method: string) => Object.keys(operation(path, method).responses)
  assert.equal(statuses('/v1/things', 'get'), ['200', ...everywhere, '401', '403'].toSorted())
  assert.equal(
    statuses('/v1/things/{id}', 'get'),
    ['200', '304', '401', '403', '404', ...everywhere].toSorted(),
  )
  const patched = ['200', '401', '403', '404', '412', ...everywhere].toSorted()
  assert.equal(statuses('/v1/things/{id}', 'patch'), patched)
  assert.equal(statuses('/v1/knock', 'post'), ['200', ...everywhere].toSorted())
})

test('a POST of a user tells of Idempotency-Key and that an answer may be repeated', () => {
  const { parameters, responses } = operation('/v1/things', 'post')
  assert.equal(parameters, [{ $ref: '#/components/parameters/IdempotencyKey' }])
  assert.equal(Object.keys(responses[201]?.headers ?? {}), [
    'x-request-id',
    'idempotency-replayed',
    'ratelimit',
    'ratelimit-policy',
  ])
  assert.equal(operation('/v1/knock', 'post').parameters, [])
})

test('schemas with a title stand among the components, without our own keywords', () => {
  assert.equal(document.components.schemas.New, {
    type: 'object',
    required: ['title'],
    properties: {
      title: { type: 'string', minLength: 1, maxLength: 20, format: 'text' },
      count: { type: 'integer', minimum: 0 },
    },
    title: 'New',
    additionalProperties: false,
  })
})

test('components that nobody uses are left out', () => {
  assert.equal(Object.keys(document.components.parameters), ['IdempotencyKey', 'IfMatch', 'IfNoneMatch'])
  assert.not('location' in document.components.headers)
})

test('two schemas of one title are refused, unless they are the same', () => {
  const thing = Type.Object({ id: Id }, { title: 'Thing' })
  const other = Type.Object({ name: Text(1, 5) }, { title: 'Thing' })
  assert.throws(() => openApiDocument([named('GET', '/a', thing), named('GET', '/b', other)]), /title Thing/)
  openApiDocument([
    named('GET', '/a', thing),
    named('POST', '/a', Type.Object({ id: Id }, { title: 'Thing' })),
  ])
})

test('a parameter of the path or a header that is not described is refused', () => {
  const plain = Type.Object({})
  assert.throws(() => openApiDocument([named('GET', '/a/{id}', plain)]), /does not declare its parameter id/)
  const answers = { 200: { description: 'A thing.', headers: ['x-thing'] } }
  const spec = { summary: 'A thing', tag: 'Things', access: 'user', answers } as const
  assert.throws(
    () => openApiDocument([route('GET', '/a', spec, async () => ({ status: 200 }))]),
    /x-thing is not described/,
  )
})

test('the document and the pages that show it are served, without any inline script', async () => {
  const http = await startHttp(thingRoutes())
  const served = (await (await fetch(`${http.url}/openapi.json`)).json()) as typeof document
  assert.equal(Object.keys(served.paths).slice(-4), ['/livez', '/health/live', '/readyz', '/health/ready'])
  const answer = await fetch(`${http.url}/docs`)
  const page = await answer.text()
  assert.not.match(answer.headers.get('content-security-policy') as string, 'unsafe')
  assert.not.match(page, /<script>|<style|style=|\son\w+=/)
  for (const [, asset] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const { status, headers } = await fetch(`${http.url}${asset}`)
    assert.equal([status, headers.get('content-type')?.split('/')[0] === 'application'], [200, false], asset)
  }
  const start = await (await fetch(`${http.url}/docs/start.js`)).text()
  // What somebody has typed in is kept nowhere.
  assert.not.match(start, 'persistAuthorization')
  await http.close()
})

test.run()
