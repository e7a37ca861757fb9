import { randomUUID } from 'node:crypto'
import type { Context } from 'koa'
import type { Metadata } from '../../application/event-log.ts'
import { CannotWrite } from '../../application/ports.ts'
import { type FieldError, isRefusal, pointerStep } from '../../domain/refusal.ts'
import { addressOf } from './address.ts'
import { type Authentication, demandScope } from './bearer.ts'
import { createBodyReader, createBytesReader, hasBody } from './body.ts'
import { bodyCheck, looseCheck, urlCheck } from './check.ts'
import { canonical, holds, keyErrors, versionOf } from './conditions.ts'
import type { Crowd } from './crowd.ts'
import { demandReady, type Readiness } from './health.ts'
import { Problem, problemOf } from './problem.ts'
import type { Count } from './rate-limit.ts'
import { type Answer, type Caller, type Request, type Route, scopeOf, takesIdempotencyKey } from './route.ts'
import type { Sent } from './sending.ts'

export type Surroundings = {
  readiness: () => Readiness
  bearer: (authorization: string | undefined) => Promise<Caller>
  isGone?: Authentication['isGone']
  count: Count
  crowd: Crowd
  /** Those of whom a large body is being read, whatever the route. */
  reading: Set<string>
}

type Asked = Request<never, never, never, 'user'>

const BODY_LIMIT = 65_536
const NOTHING = { type: 'object', properties: {} }

/** What Koa runs for a route: who asks, whether what is asked can be read, and only then the use case. */
export function endpoint(
  route: Route,
  { readiness, bearer, isGone, count, crowd, reading }: Surroundings,
): (ctx: Context) => Promise<Sent> {
  const { method, spec } = route
  const limit = spec.bodyLimit ?? BODY_LIMIT
  const readBody = spec.bytes ? async () => ({}) : createBodyReader(limit)
  const readBytes = spec.bytes && createBytesReader(limit, spec.bodyType ?? 'application/json', reading)
  const checkParams = spec.params && urlCheck(spec.params)
  const check = checksOf(spec)
  const types = contentTypesOf(route)
  const takesKey = takesIdempotencyKey(route)
  const scope = scopeOf(route)

  async function callerOf(ctx: Context): Promise<Caller | undefined> {
    if (spec.always) return undefined
    demandReady(readiness(), ctx.req.method as string)
    const { authorization } = ctx.req.headers
    if (spec.access === 'nobody' || (spec.access === 'anybody' && authorization === undefined)) {
      ctx.state.counted = await count(addressOf(ctx))
      return undefined
    }
    try {
      const caller = await bearer(authorization)
      ctx.state.counted = await count(caller.userId)
      demandScope(caller, scope)
      return caller
    } catch (error) {
      if (error instanceof Problem && error.status === 401) ctx.state.counted = await count(addressOf(ctx))
      throw error
    }
  }

  async function handled(asked: Asked, caller: Caller | undefined) {
    try {
      return await crowd.within(method, () => route.handle(asked))
    } catch (error) {
      // What was asked for went away with whoever asked; a full disk is told to the one who leaves, too.
      const person = spec.access === 'operator' ? undefined : caller?.userId
      const gone = person !== undefined && !(error instanceof CannotWrite) && (await isGone?.(person))
      throw gone ? erasedMeanwhile() : error
    }
  }

  return async (ctx) => {
    ctx.state.route = route.path
    ctx.state.besides = spec.besides
    const caller = await callerOf(ctx)
    demandAcceptable(ctx, types)
    const { params } = ctx.state
    if (checkParams?.(params).length) throw new Problem('not-found', 'There is nothing of this id.')
    const ifMatch = spec.conditional ? versionOf(ctx.req.headers) : undefined
    const key = takesKey ? ctx.req.headers['idempotency-key'] : undefined
    const { query, body, errors } = check(ctx.querystring, hasBody(ctx.req) ? await readBody(ctx) : {})
    if (typeof key === 'string') errors.push(...keyErrors(key))
    if (errors.length > 0) throw new Problem('invalid-fields', 'Some fields do not pass.', { errors })
    const asked = {
      params,
      query,
      body: spec.body && body,
      bytes: readBytes && (await readBytes(ctx, caller?.userId ?? '')),
      caller,
      metadata: metadataOf(ctx, caller),
      address: addressOf(ctx),
      ifMatch,
      idempotency:
        typeof key === 'string'
          ? { key: `${method} ${pathOf(route, params)} ${key}`, request: canonical(body) }
          : undefined,
      lastEventId: ctx.req.headers['last-event-id'],
      language: languageOf(ctx),
    } as unknown as Asked
    const answer = await handled(asked, caller)
    if (isRefusal(answer)) throw problemOf(answer)
    return sentOf(ctx, answer)
  }
}

function erasedMeanwhile(): Problem {
  return new Problem('unauthenticated', 'The account of this access token was erased.')
}

type Checks = (
  search: string,
  told: Record<string, unknown>,
) => { query: Record<string, unknown>; body: Record<string, unknown>; errors: FieldError[] }

function checksOf(spec: Route['spec']): Checks {
  const { loose, together = () => [] } = spec
  const checkQuery = urlCheck(spec.query ?? NOTHING)
  const body = spec.bytes ? NOTHING : (spec.body ?? NOTHING)
  const checkBody = loose ? looseCheck(body) : bodyCheck(body)
  return (search, told) => {
    const query: Record<string, unknown> = {}
    const ofQuery = readQuery(search, query)
    if (!loose) return { query, body: told, errors: [...ofQuery, ...checkQuery(query), ...checkBody(told)] }
    const byQuery = spec.query !== undefined && Object.keys(told).length === 0
    const body = byQuery ? query : told
    return { query, body, errors: [...(byQuery ? ofQuery : []), ...checkBody(body), ...together(body)] }
  }
}

function contentTypesOf({ spec }: Route): string[] {
  const good = Object.entries(spec.answers).flatMap(([status, answer]) =>
    Number(status) < 400 ? answer : [],
  )
  const described = good.filter(({ schema, contentType }) => schema ?? contentType)
  return [...new Set(described.map(({ contentType }) => contentType ?? 'application/json'))]
}

function demandAcceptable(ctx: Context, types: string[]): void {
  const { accept } = ctx.req.headers
  if (accept === undefined || accept === '*/*' || types.length === 0 || ctx.accepts(types) !== false) return
  throw new Problem('not-acceptable', `This is answered as ${types.join(' or ')}.`)
}

function readQuery(search: string, into: Record<string, unknown>): FieldError[] {
  const errors: FieldError[] = []
  if (search === '') return errors
  for (const [name, value] of new URLSearchParams(search)) {
    if (!Object.hasOwn(into, name)) {
      // Not by assignment: a parameter may bear the name of something that objects inherit.
      Object.defineProperty(into, name, { value, enumerable: true, writable: true, configurable: true })
      continue
    }
    const pointer = `/${pointerStep(name)}`
    if (errors.some((error) => error.pointer === pointer)) continue
    errors.push({ pointer, code: 'repeated', message: `\`${name}\` must be given once.` })
  }
  return errors
}

// However the client spells an id, it is the same path.
function pathOf({ path }: Route, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name) => params[name] as string)
}

function metadataOf(ctx: Context, caller: Caller | undefined): Metadata {
  const { requestId, traceId } = ctx.state
  return {
    actor: caller?.userId ?? 'nobody',
    commandId: randomUUID(),
    correlationId: requestId,
    ...(traceId && { traceId }),
  }
}

function languageOf(ctx: Context): 'en' | 'ru' {
  if (ctx.req.headers['accept-language'] === undefined) return 'en'
  return ctx.acceptsLanguages(['en', 'ru']) === 'ru' ? 'ru' : 'en'
}

function sentOf(ctx: Context, { status, body, open, headers = {} }: Answer): Sent {
  const opened = ctx.req.method === 'HEAD' ? undefined : open?.()
  const etag = headers.etag === undefined ? undefined : `"${headers.etag}"`
  if (etag !== undefined && isHeld(ctx, etag)) return { status: 304, headers, etag }
  if (opened !== undefined || body === undefined) return { status, headers, etag, body: opened }
  const isContent =
    (typeof body === 'string' || Buffer.isBuffer(body)) && headers['content-type'] !== undefined
  return { status, headers, etag, body: isContent ? body : JSON.stringify(body) }
}

function isHeld({ req }: Context, tag: string): boolean {
  return (req.method === 'GET' || req.method === 'HEAD') && holds(req.headers, tag)
}
