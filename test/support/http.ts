import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Authentication } from '../../src/adapters/http/bearer.ts'
import { formats } from '../../src/adapters/http/formats.ts'
import { healthRoutes } from '../../src/adapters/http/health.ts'
import { openApiDocument } from '../../src/adapters/http/openapi.ts'
import type { Route } from '../../src/adapters/http/route.ts'
import { createHttpServer, type HttpParts } from '../../src/adapters/http/server.ts'

type Call = {
  body?: unknown
  headers?: Record<string, string>
  token?: string
  /** Sent as it is, with no content type of its own. */
  raw?: string | Uint8Array<ArrayBuffer>
}
export type Reply<B> = { status: number; headers: Record<string, string>; body: B }
type Response = { $ref?: string; content?: Record<string, unknown>; headers?: Record<string, unknown> }

// Headers that an answer may lack, by what it has to say and how the server is set.
const OPTIONAL = ['link', 'idempotency-replayed', 'ratelimit', 'ratelimit-policy']

/**
 * The routes on a port of their own, with a client that holds every answer against the document: its status,
 * content type, headers and body. Unless told otherwise the token of a person is their id. A 500 is thrown.
 */
export async function startHttp(routes: readonly Route[], changed: Partial<HttpParts> = {}) {
  const failures: unknown[] = []
  const server = createHttpServer({
    routes,
    authentication: tokensAreIds,
    readiness: () => 'ready',
    logger: { error: (entry: unknown) => failures.push(entry), debug: () => {}, isLevelEnabled: () => true },
    ...changed,
    settings: { ...settings, ...changed.settings },
  })
  const port = await server.listen()
  const conforms = contractOf([...routes, ...healthRoutes(() => 'ready')])

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
    const isJson = answer.headers.get('content-type')?.includes('json') === true && text !== ''
    const reply = {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: isJson ? JSON.parse(text) : text,
    }
    conforms(method, path.split('?', 1)[0] as string, reply)
    return reply as Reply<B>
  }

  return { url: `http://127.0.0.1:${port}`, port, call, close: server.close }
}

const settings = {
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
  }),
  loginHasEnded: async () => false,
  now: () => 0,
}

/** Throws for an answer that the document of the routes does not tell of. */
function contractOf(routes: readonly Route[]) {
  const document = openApiDocument(routes)
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  for (const [name, format] of Object.entries(formats))
    ajv.addFormat(name, { type: 'string', validate: format })
  ajv.addFormat('uri-reference', true)
  ajv.addSchema(document, 'document')
  const templates = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  }))
  templates.sort((a, b) => a.path.split('{').length - b.path.split('{').length)

  return (method: string, path: string, { status, headers, body }: Reply<unknown>) => {
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
    const template = templates.find((known) => known.pattern.test(path) && document.paths[known.path]?.[verb])
    if (template === undefined) return
    const where = `${method} ${template.path} -> ${status}`
    const operation = document.paths[template.path]?.[verb] as { responses: Record<string, Response> }
    const declared = operation.responses[status]
    if (declared === undefined) throw new Error(`${where} is not documented: ${JSON.stringify(body)}`)
    const name = declared.$ref?.split('/').at(-1) as string
    const response =
      declared.$ref === undefined ? declared : (document.components.responses[name] as Response)
    for (const header of Object.keys(response.headers ?? {})) {
      if (headers[header] === undefined && !OPTIONAL.includes(header))
        throw new Error(`${where} lacks ${header}`)
    }
    const types = Object.keys(response.content ?? {})
    const type = headers['content-type']?.split(';', 1)[0]
    if (types.length === 0 && body === '') return
    if (type === undefined || !types.includes(type))
      throw new Error(`${where} is of type ${type}, not ${types}`)
    if (method === 'HEAD' || !type.includes('json')) return
    const pointer = declared.$ref?.slice(2) ?? `paths/${escaped(template.path)}/${verb}/responses/${status}`
    const validate = ajv.getSchema(`document#/${pointer}/content/${escaped(type)}/schema`)
    if (validate?.(body)) return
    throw new Error(
      `${where} is not as documented: ${ajv.errorsText(validate?.errors)}\n${JSON.stringify(body)}`,
    )
  }
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}
