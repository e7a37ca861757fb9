import type { Readable } from 'node:stream'
import type { Static, TSchema } from 'typebox'
import type { Metadata } from '../../application/event-log.ts'
import type { Scope, TokenClaims } from '../../application/ports.ts'
import type { FieldError, Refusal } from '../../domain/refusal.ts'
import type { BodyType } from './body.ts'

/** The one who asks, as the bearer token proved. */
export type Caller = TokenClaims

type Checked<S> = S extends TSchema ? Static<S> : undefined

export type Request<P, Q, B, A> = {
  params: Checked<P>
  query: Checked<Q>
  body: Checked<B>
  /** The body as it came, of a route that asks for `bytes`. */
  bytes: Uint8Array
  caller: A extends 'user' | 'login' | 'operator'
    ? Caller
    : A extends 'nobody'
      ? undefined
      : Caller | undefined
  metadata: Metadata
  /** Whence it came, as requests are counted. */
  address: string
  /** The version that If-Match names. */
  ifMatch: number | undefined
  /** Of a request that bears an Idempotency-Key: the key, and what makes the request the same again. */
  idempotency: { key: string; request: string } | undefined
  /** Of a client that comes back to a stream, the id of the last message that it has. */
  lastEventId: string | undefined
  language: 'en' | 'ru'
}

export type Answer = {
  status: number
  /** A value that becomes JSON, or a text or bytes with a `content-type` of their own. */
  body?: unknown
  /** Opens what is sent bit by bit, in place of a body. It may refuse, and is not asked for a HEAD. */
  open?: () => Readable
  /** Names in lower case; `etag` is given bare, the machinery quotes it and answers If-None-Match. */
  headers?: Record<string, string>
}

export type Described = {
  description: string
  schema?: TSchema
  headers?: readonly string[]
  contentType?: string
}

export type Spec<P, Q, B, A> = {
  summary: string
  description?: string
  tag: string
  /**
   * Who may ask: `nobody` needs no token, `anybody` may bear one; a `user` may bear a personal one, a `login`
   * may not; an `operator` is no person.
   */
  access: A
  /** What a personal token must be allowed where the method does not say it, or an operator's but `audit`. */
  scope?: 'read' | 'write' | 'metrics'
  params?: P
  query?: Q
  body?: B
  /** Bytes; 64 KiB unless told. */
  bodyLimit?: number
  /** The body is handed on unread, to be checked elsewhere; `body` only describes it. */
  bytes?: true
  /** JSON unless told; anything else is handed on unread. */
  bodyType?: BodyType
  /** Whether an Idempotency-Key counts; unless told, on every POST of a user. */
  idempotent?: boolean
  /**
   * As old clients send: texts are trimmed, numbers may be texts, other fields are ignored, and where there
   * is no body the fields of the query count, if it may have any.
   */
  loose?: boolean
  /** What is wrong with the fields of the body together, asked whatever is wrong with each. */
  together?: (fields: Readonly<Record<string, unknown>>) => readonly FieldError[]
  /** What the problem details of this endpoint say besides. */
  besides?: (problem: { code: string; status: number }) => Record<string, string>
  /** True on every change that honours If-Match. */
  conditional?: boolean
  deprecated?: boolean
  /** Answered even while starting or draining, and whatever the rate: the probes, the documents. */
  always?: boolean
  /** The answers of success, and refusals that say more than usual; the others are added by the machinery. */
  answers: Readonly<Record<number, Described>>
  /**
   * Statuses of refusals beyond those that the machinery adds: 401 where a token is needed, 404 where the
   * path has parameters, 412 where If-Match counts, 400, 406, 413, 415, 422, 429, 500 and 503 everywhere.
   */
  refusals?: readonly (401 | 403 | 404 | 409 | 412)[]
}

export type Access = 'nobody' | 'anybody' | 'user' | 'login' | 'operator'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type Route = {
  method: Method
  /** With `{name}` for a parameter, as OpenAPI writes it. */
  path: string
  spec: Spec<TSchema | undefined, TSchema | undefined, TSchema | undefined, Access>
  handle: (request: Request<never, never, never, 'user'>) => Promise<Answer | Refusal>
}

/** One endpoint: from it come the Koa route, the checks, the handler's types and the OpenAPI operation. */
export function route<
  A extends Access,
  P extends TSchema | undefined = undefined,
  Q extends TSchema | undefined = undefined,
  B extends TSchema | undefined = undefined,
>(
  method: Method,
  path: string,
  spec: Spec<P, Q, B, A>,
  handle: (request: Request<P, Q, B, A>) => Promise<Answer | Refusal>,
): Route {
  return { method, path, spec, handle } as unknown as Route
}

export function takesIdempotencyKey({ method, spec }: Pick<Route, 'method' | 'spec'>): boolean {
  return spec.idempotent ?? (method === 'POST' && spec.access === 'user')
}

/** What a token must be allowed to ask this; undefined where it needs none. */
export function scopeOf({ method, spec }: Pick<Route, 'method' | 'spec'>): Scope | undefined {
  if (spec.access === 'nobody') return undefined
  if (spec.access === 'login') return 'login'
  if (spec.access === 'operator') return spec.scope ?? 'audit'
  // Some of the older endpoints make something when they are only got.
  return spec.scope ?? (method === 'GET' && !(201 in spec.answers) ? 'read' : 'write')
}
