import {
  type Api,
  type Credentials,
  keyed,
  open,
  type StreamMessage,
  type StreamTicket,
  type TokenPair,
} from './api.ts'
import { insist, type Patience, pause } from './attempts.ts'
import { createLogin, type TokenStore } from './login.ts'
import { ForeignAnswerError, RefusedError } from './problem.ts'
import { type Connecting, type FollowOptions, follow } from './stream.ts'

type Method = keyof Api
type Path<M extends Method> = keyof Api[M] & string
type Taken<M extends Method, P extends Path<M>> = Api[M][P] extends { asked: infer Asked } ? Asked : never
type Given<M extends Method, P extends Path<M>> = Api[M][P] extends { answer: infer Body } ? Body : never

/** What any call may be given besides its own parameters and body. */
export type CallOptions = {
  /** The ETag that the thing must still have: refused with 412 where it has changed in the meantime. */
  ifMatch?: string
  /** Of its own for each call unless told; to be told where a call outlives the program. */
  idempotencyKey?: string
  headers?: { [name: string]: string }
  signal?: AbortSignal
}

/** `body` has the type that the document tells of. */
export type Answer<Body> = { status: number; headers: Headers; body: Body }

/** Nothing needs to be given where nothing has to be. */
type Asked<T> = object extends T ? [asked?: T & CallOptions] : [asked: T & CallOptions]

type Calls = {
  [M in Method]: <P extends Path<M>>(path: P, ...asked: Asked<Taken<M, P>>) => Promise<Answer<Given<M, P>>>
}

type Item<Body> = Body extends { items: (infer T)[] } ? T : never
type ListPath = {
  [P in Path<'get'>]: Given<'get', P> extends { items: unknown[] } ? P : never
}[Path<'get'>]

export type Client = Calls & {
  /** Every item of a list, page after page, each page asked for when it is needed. */
  each<P extends ListPath>(path: P, ...asked: Asked<Taken<'get', P>>): AsyncGenerator<Item<Given<'get', P>>>
  /** Every message of a session once and in order, over as many connections as it takes, until it is over. */
  follow(sessionId: string, options?: FollowOptions): AsyncGenerator<StreamMessage>
}

export type ClientOptions = Partial<Patience> & {
  /** Of the server, such as `https://training.example.org`. */
  url: string
  /** A personal access token, in place of a login. */
  token?: string
  /** Where the tokens of a login are kept; in memory unless told. */
  store?: TokenStore
  /** Whom to log in when nobody is; without it such calls are refused with 401. */
  credentials?: () => Credentials | Promise<Credentials>
  /** What sends the requests; `fetch` of the platform unless told. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Milliseconds from some fixed moment. */
  now?: () => number
  /** How long one attempt may take. */
  attemptMs?: number
  /** Aborted when the client is needed no more. */
  signal?: AbortSignal
}

type AnyAsked = CallOptions & {
  params?: { [name: string]: string }
  query?: { [name: string]: unknown }
  body?: unknown
  contentType?: string
}

// To ask for these once more does no harm: of a refresh whose answer was lost the server gives another.
const harmless: ReadonlySet<string> = new Set(['post /v1/auth/login', 'post /v1/auth/refresh'])
const repeatable: ReadonlySet<string> = new Set(['get', 'put', 'delete'])

/** A client of one server for one person. */
export function createClient(options: ClientOptions): Client {
  const { attempts = 5, longestWaitMs = 60_000, wait = pause, random = Math.random } = options
  const { fetch: send = (url, init) => fetch(url, init), attemptMs = 30_000 } = options
  const { now = Date.now, signal: leaving } = options
  const address = options.url.replace(/\/+$/, '')
  const patience = { attempts, longestWaitMs, wait, random }
  const login = createLogin({
    ...{ token: options.token, credentials: options.credentials, now },
    store: options.store ?? { load: () => undefined, save: () => undefined },
    logIn: async (body) => (await ask('post', '/v1/auth/login', { body })).body as TokenPair,
    async refresh(refreshToken) {
      try {
        return (await ask('post', '/v1/auth/refresh', { body: { refreshToken } })).body as TokenPair
      } catch (error) {
        if (error instanceof RefusedError && error.status === 401) return undefined
        throw error
      }
    },
  })

  /** Sends with a token, and once more with another where that one was refused. */
  async function authorized<T>(headers: Headers, attempt: () => Promise<T>, statusOf: (got: T) => number) {
    const sent = await login.accessToken()
    if (sent !== undefined) headers.set('authorization', `Bearer ${sent}`)
    const got = await attempt()
    if (statusOf(got) !== 401 || sent === undefined) return got
    const other = await login.accessToken(sent)
    if (other === undefined) return got
    headers.set('authorization', `Bearer ${other}`)
    return attempt()
  }

  async function ask(method: Method, path: string, asked: AnyAsked = {}): Promise<Answer<unknown>> {
    const name = `${method} ${path}`
    const { body, contentType = 'application/json', signal } = asked
    const headers = new Headers(asked.headers)
    if (asked.ifMatch !== undefined) headers.set('if-match', asked.ifMatch)
    if (keyed.has(name)) headers.set('idempotency-key', asked.idempotencyKey ?? newKey())
    if (body !== undefined) headers.set('content-type', contentType)
    const init = { method: method.toUpperCase(), headers, body: written(body) }
    const url = address + filled(path, asked)
    const over = either(leaving, signal)
    const isRepeatable = repeatable.has(method) || keyed.has(name) || harmless.has(name)
    const attempt = () =>
      insist(
        () => send(url, { ...init, signal: either(over, AbortSignal.timeout(attemptMs)) ?? null }),
        isRepeatable ? patience : { ...patience, attempts: 1 },
        over,
      )
    const { response, text } = open.has(name)
      ? await attempt()
      : await authorized(headers, attempt, (got) => got.response.status)
    return read(name, response, text)
  }

  /** As `ask`; a login is kept, wherever it comes from. */
  async function call(method: Method, path: string, asked?: AnyAsked): Promise<Answer<unknown>> {
    const answer = await ask(method, path, asked)
    if (path === '/v1/auth/logout') await login.forget()
    else if (isTokenPair(answer.body)) await login.keep(answer.body)
    return answer
  }

  async function* each(path: string, asked: AnyAsked = {}): AsyncGenerator<unknown> {
    let cursor: string | undefined
    do {
      const query = { ...asked.query, ...(cursor !== undefined && { cursor }) }
      const page = (await call('get', path, { ...asked, query })).body as { items: unknown[]; next?: string }
      yield* page.items
      cursor = page.next
    } while (cursor !== undefined)
  }

  /** One connection to a stream. */
  async function connect(sessionId: string, asked: Connecting): Promise<Response> {
    const path = '/v1/sessions/{id}/stream'
    const params = { id: sessionId }
    const headers = new Headers({ accept: 'text/event-stream' })
    const { lastEventId, signal } = asked
    const ticket = asked.byTicket && (await ask('post', `${path}-ticket`, { params, signal })).body
    if (lastEventId !== undefined && !ticket) headers.set('last-event-id', lastEventId)
    const query = ticket ? { ticket: (ticket as StreamTicket).ticket, lastEventId } : {}
    const attempt = () => send(address + filled(path, { params, query }), { headers, signal })
    const response = ticket ? await attempt() : await authorized(headers, attempt, ({ status }) => status)
    if (response.status < 400) return response
    return read(`get ${path}`, response, await response.text()) as never
  }

  const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
  const calls = methods.map((method) => [method, call.bind(undefined, method)])
  return {
    ...(Object.fromEntries(calls) as Calls),
    each: each as Client['each'],
    follow: (sessionId, asked = {}) =>
      follow((connecting) => connect(sessionId, connecting), {
        ...{ ...asked, signal: either(leaving, asked.signal) },
        ...{ wait, random },
      }),
  }
}

function written(body: unknown): string | Blob | null {
  if (body === undefined) return null
  return typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body)
}

/** The path with everything put in; what is undefined is not asked for. */
function filled(path: string, { params = {}, query = {} }: AnyAsked): string {
  const place = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''))
  const told = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(told.map(([name, value]): [string, string] => [name, String(value)]))
  return search.size === 0 ? place : `${place}?${search}`
}

function read(call: string, { status, ok, headers }: Response, text: string): Answer<unknown> {
  const isJson = /\bjson\b/.test(headers.get('content-type') ?? '')
  const body = isJson && text !== '' ? JSON.parse(text) : undefined
  if (!ok) throw new RefusedError(call, status, body ?? {})
  if (body === undefined && text !== '' && !/^text\/(?!html)/.test(headers.get('content-type') ?? ''))
    throw new ForeignAnswerError('This server does not speak as RepLedger does.')
  return { status, headers, body: body ?? (text === '' ? undefined : text) }
}

function isTokenPair(body: unknown): body is TokenPair {
  return typeof body === 'object' && body !== null && 'refreshToken' in body && 'accessToken' in body
}

function either(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one === undefined || other === undefined ? (one ?? other) : AbortSignal.any([one, other])
}

/** As `crypto.randomUUID` is only there over https. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
