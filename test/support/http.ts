import type { Authentication } from '../../src/adapters/http/bearer.ts'
import { healthRoutes } from '../../src/adapters/http/health.ts'
import { openApiDocument } from '../../src/adapters/http/openapi.ts'
import type { Route } from '../../src/adapters/http/route.ts'
import { createHttpServer, type HttpParts, type Surroundings } from '../../src/adapters/http/server.ts'
import { contractOf, type Reply } from './contract.ts'

type Call = {
  body?: unknown
  headers?: Record<string, string>
  token?: string
  /** Sent as it is, with no content type of its own. */
  raw?: string | Uint8Array<ArrayBuffer>
}

/**
 * The routes on a port of their own, with a client that holds every answer against the document: its status,
 * content type, headers and body. Unless told otherwise the token of a person is their id. A 500 is thrown.
 */
export async function startHttp(routes: readonly Route[], changed: Partial<HttpParts & Surroundings> = {}) {
  const failures: unknown[] = []
  const server = createHttpServer({
    logger: { error: (entry: unknown) => failures.push(entry), debug: () => {}, isLevelEnabled: () => true },
    ...changed,
    settings: { ...settings, ...changed.settings },
  })
  server.open({ routes, authentication: tokensAreIds, readiness: () => 'ready', ...changed })
  const port = await server.listen()
  const conforms = contractFor(routes)

  async function call<B = unknown>(method: string, path: string, { body, headers, token, raw }: Call = {}) {
    const sent: Record<string, string> = { connection: 'close' }
    if (body !== undefined) sent['content-type'] = 'application/json'
    if (token !== undefined) sent.authorization = `Bearer ${token}`
    const content = raw ?? (body === undefined ? null : JSON.stringify(body))
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...sent, ...headers },
      body: content,
    })
    const text = await answer.text()
    if (answer.status === 500 && changed.logger === undefined) {
      const { err } = failures.at(-1) as { err: Error }
      throw new Error(`${method} ${path} failed`, { cause: err })
    }
    const isJson = /[/+]json/.test(answer.headers.get('content-type') ?? '') && text !== ''
    const reply = {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: isJson ? JSON.parse(text) : text,
    }
    conforms(method, path, reply)
    return reply as Reply<B>
  }

  return { url: `http://127.0.0.1:${port}`, port, call, close: server.close }
}

const contracts = new Map<string, ReturnType<typeof contractOf>>()

// Made once for the same routes: compiling its schemas takes longer than most tests.
function contractFor(routes: readonly Route[]) {
  const declared = JSON.stringify(routes)
  const known = contracts.get(declared)
  const contract = known ?? contractOf(openApiDocument([...routes, ...healthRoutes(() => 'ready')]))
  contracts.set(declared, contract)
  return contract
}

export const settings = {
  host: '127.0.0.1',
  port: 0,
  corsOrigins: '*',
  trustProxyHops: 0,
  requestsPerMinute: 'off',
  publicUrl: undefined,
} as const

const tokensAreIds: Authentication = {
  authenticate: async (token) => ({
    userId: token,
    loginId: `login-${token}`,
    tokenId: 'token',
    expiresAt: Infinity,
    scopes: ['login', 'read', 'write'],
  }),
  loginHasEnded: async () => false,
  now: () => 0,
}
