import { connect } from 'node:net'
import Type from 'typebox'
import { type Route, route } from '../../src/adapters/http/route.ts'
import { Id, ListOf, LocalDate, paging, Text } from '../../src/adapters/http/schemas.ts'
import type { Refusal } from '../../src/domain/refusal.ts'

export const THING = '0197a2c4-6d1e-7c3a-9b52-0f6e8d4c1a70'

const Echo = Type.Object({}, { additionalProperties: true, title: 'Echo' })
const echoed = { description: 'What the handler was given.', schema: Echo }
const New = Type.Object(
  { title: Text(1, 20), count: Type.Optional(Type.Integer({ minimum: 0 })) },
  { title: 'New' },
)
const shared = { summary: 'A thing', tag: 'Things', access: 'user' } as const

/** Made-up routes that answer with what their handlers were given; `refuse` decides for /v1/refusing. */
export function thingRoutes(refuse: () => Refusal | Promise<Refusal> = broken): Route[] {
  const filters = Type.Object({
    ...paging,
    from: Type.Optional(LocalDate),
    custom: Type.Optional(Type.Boolean()),
  })
  const one = { ...shared, params: Type.Object({ id: Id }) }
  return [
    route(
      'GET',
      '/v1/things',
      {
        ...shared,
        query: filters,
        answers: { 200: { description: 'Things.', schema: ListOf(Echo, { title: 'Things' }) } },
      },
      async (request) => ({ status: 200, body: { items: [request] } }),
    ),
    route('POST', '/v1/things', { ...shared, body: New, answers: { 201: echoed } }, async (request) => ({
      status: 201,
      body: request,
    })),
    route(
      'GET',
      '/v1/things/{id}',
      { ...one, answers: { 200: { ...echoed, headers: ['etag'] } } },
      async (request) => ({ status: 200, headers: { etag: '7' }, body: request }),
    ),
    route(
      'PATCH',
      '/v1/things/{id}',
      { ...one, conditional: true, body: New, answers: { 200: echoed } },
      async (request) => ({
        status: 200,
        body: { ...request, ifMatch: request.ifMatch ?? 'any' },
      }),
    ),
    route('POST', '/v1/things/{id}/polish', { ...one, answers: { 200: echoed } }, async (request) => ({
      status: 200,
      body: request,
    })),
    route('DELETE', '/v1/things/{id}', { ...one, answers: { 204: { description: 'Gone.' } } }, async () => ({
      status: 204,
    })),
    route('GET', '/v1/things/live', { ...shared, answers: { 200: echoed } }, async () => ({
      status: 200,
      body: { live: true },
    })),
    route(
      'POST',
      '/v1/knock',
      { ...shared, access: 'nobody', bodyLimit: 100, answers: { 200: echoed } },
      async (request) => ({
        status: 200,
        body: request,
      }),
    ),
    route(
      'POST',
      '/v1/refusing',
      {
        ...shared,
        access: 'nobody',
        refusals: [401, 403, 404, 409, 412],
        answers: { 204: { description: 'Never.' } },
      },
      async () => refuse(),
    ),
  ]
}

function broken(): never {
  throw new Error('the secret inside')
}

/** Sends bytes as they are and gives all that comes back until the other side closes. */
export function exchange(port: number, ...chunks: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let received = ''
    socket.setEncoding('latin1')
    socket.on('data', (text) => {
      received += text
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(received))
    for (const chunk of chunks) socket.write(chunk, 'latin1')
  })
}
