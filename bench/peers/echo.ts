// Koa with the middleware of the service itself, and one route that sends the body back.

import { pino } from 'pino'
import Type from 'typebox'
import { type Answer, route } from '../../src/adapters/http/route.ts'
import { createHttpServer } from '../../src/adapters/http/server.ts'

const settings = {
  host: '127.0.0.1',
  port: 0,
  corsOrigins: '*',
  trustProxyHops: 0,
  requestsPerMinute: 'off',
  publicUrl: undefined,
} as const
const never = () => Promise.reject(new Error('Nobody is asked for a token here.'))
const server = createHttpServer({ settings, logger: pino({ level: 'warn' }) })
server.open({
  routes: [
    route(
      'POST',
      '/echo',
      {
        summary: 'Send the body back',
        tag: 'Echo',
        access: 'nobody',
        body: Type.Object({}, { additionalProperties: true }),
        answers: { 201: { description: 'The body.' } },
      },
      async ({ body }): Promise<Answer> => ({ status: 201, body }),
    ),
  ],
  authentication: { authenticate: never, loginHasEnded: never, now: Date.now },
  readiness: () => 'ready',
})
const port = await server.listen()
process.stdout.write(`echo answers at http://127.0.0.1:${port}\n`)
