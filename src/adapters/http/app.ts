import { randomUUID } from 'node:crypto'
import Router from '@koa/router'
import Koa, { type Context } from 'koa'
import type { Logger } from 'pino'
import { CannotWrite } from '../../application/ports.ts'
import { addressOf, originOf } from './address.ts'
import { endpoint, type Surroundings } from './endpoint.ts'
import { demandPlainHead } from './head.ts'
import { demandReady } from './health.ts'
import { PROBLEM_TYPE, Problem, problemDetails } from './problem.ts'
import type { Route } from './route.ts'
import { crossOrigin } from './security.ts'
import { createSender, type Sent } from './sending.ts'
import { type Answered, traceIdOf, unwatched, type Watch } from './watching.ts'

export type HttpSettings = {
  host: string
  port: number
  corsOrigins: '*' | readonly string[]
  /** How many proxies before us may be believed about the address of the client. */
  trustProxyHops: number
  requestsPerMinute: number | 'off'
  publicUrl: string | undefined
}

export type Log = Pick<Logger, 'error' | 'debug' | 'isLevelEnabled'>

type Parts = {
  routes: readonly Route[]
  surroundings: Surroundings
  settings: HttpSettings
  logger: Log
  watch?: Watch | undefined
}

/** Koa with one middleware, which answers everything: what is thrown becomes problem details. */
export function createApp({ routes, surroundings, settings, logger, watch = unwatched }: Parts): Koa {
  const app = new Koa()
  // Whoever goes away in the middle of an answer is no failure of ours.
  app.on('error', (error) => logger.debug({ err: error }, 'connection lost'))
  const find = finderOf(routes, surroundings)
  const preflight = crossOrigin(settings.corsOrigins)
  const send = createSender(settings)

  function found(ctx: Context): Promise<Sent> {
    const { req, state } = ctx
    const { isSecure, network } = originOf(req, settings.trustProxyHops)
    state.isSecure = isSecure
    state.network = network
    return req.method === 'OPTIONS' ? preflight(ctx, async () => read(ctx)) : read(ctx)
  }

  function read(ctx: Context): Promise<Sent> {
    ctx.state.path = pathOf(ctx)
    return find(ctx)
  }

  async function answer(ctx: Context): Promise<string | undefined> {
    const isLast = () => surroundings.readiness() === 'draining'
    try {
      send(ctx, await found(ctx), isLast())
      return undefined
    } catch (error) {
      const problem = error instanceof Problem ? error : failure(ctx, error, logger)
      send(ctx, sentAs(problem, ctx), isLast())
      return problem.code
    }
  }

  app.use((ctx) => {
    const startedAt = performance.now()
    const { headers } = ctx.req
    return watch({ method: ctx.req.method as string, headers }, async (traceId) => {
      ctx.state = stateOf(traceId ?? traceIdOf(headers))
      const code = await answer(ctx)
      const milliseconds = performance.now() - startedAt
      const answered: Answered = { ...named(ctx), status: ctx.res.statusCode, code, milliseconds }
      if (logger.isLevelEnabled('debug')) logger.debug(answered, 'request')
      return answered
    })
  })
  return app
}

/** What is known of a request while it is answered. */
function stateOf(traceId: string | undefined) {
  return {
    requestId: randomUUID(),
    traceId,
    isSecure: false,
    network: '',
    path: '',
    params: {},
    route: undefined,
    besides: undefined,
    /** The headers that say how often one may ask. */
    counted: undefined,
  }
}

function sentAs(problem: Problem, { state }: Context): Sent {
  return {
    status: problem.status,
    headers: { ...problem.headers, 'content-type': PROBLEM_TYPE },
    body: problemDetails(problem, state.requestId, state.besides?.(problem)),
  }
}

function failure(ctx: Context, error: unknown, logger: Log): Problem {
  logger.error({ ...named(ctx), err: error }, 'request failed')
  if (error instanceof CannotWrite) {
    return new Problem(
      'cannot-write',
      'Nothing can be written at the moment; reading still works. Try again later.',
    )
  }
  return new Problem('failure', 'Something failed on our side; the id in `instance` finds it in our log.')
}

/** What the log may know of a request: the route as declared and no text of the client's. */
function named(ctx: Context) {
  const { requestId, traceId, route } = ctx.state
  return { requestId, ...(traceId && { traceId }), method: ctx.req.method as string, route }
}

/** Throws where the path, or what the request says of itself, can be read in two ways or none. */
function pathOf(ctx: Context): string {
  demandPlainHead(ctx.req)
  try {
    // Parsing is what fails for a target such as `http://[`, with an address that is none.
    const { path } = ctx
    if (path.includes('%')) decodeURIComponent(path)
    return path
  } catch {
    throw new Problem('unreadable-request', 'The path cannot be read, or its percent signs encode nothing.')
  }
}

type Layer = { path: unknown; methods: string[]; besides?: Route['spec']['besides'] }
type Answering = (ctx: Context) => Promise<Sent>

/** Finds the route of a request and answers by it. */
function finderOf(routes: readonly Route[], surroundings: Surroundings): Answering {
  // A router tries all its paths one after the other, so each shape of them has one of its own.
  const byShape = Map.groupBy(routes, ({ path }) => shapeOf(path))
  const routers = new Map([...byShape].map(([shape, alike]) => [shape, routerOf(alike, surroundings)]))
  // A path without parameters needs none of them; and `/sessions/live` is never a `/sessions/{id}`.
  const plain = Map.groupBy(
    [...routers.values()].flatMap(({ stack }) => stack.filter(({ paramNames }) => paramNames.length === 0)),
    ({ path }) => path as string,
  )
  const refuse = nothingHere(surroundings)
  return (ctx) => {
    const { path } = ctx.state
    const method = ctx.req.method as string
    const known = plain.get(path)
    if (known !== undefined) {
      const layer = known.find(({ methods }) => methods.includes(method))
      return layer === undefined ? refuse(ctx, known) : (layer.stack[0] as Answering)(ctx)
    }
    const matched = routers.get(shapeOf(path))?.match(path, method)
    const layer = matched?.pathAndMethod[0]
    if (layer === undefined) return refuse(ctx, matched?.path)
    ctx.state.params = layer.params(path, layer.captures(path))
    return (layer.stack[0] as Answering)(ctx)
  }
}

function routerOf(routes: readonly Route[], surroundings: Surroundings): Router {
  const router = new Router({ strict: true, sensitive: true })
  // The first that matches answers, and `/sessions/live` is to be asked before `/sessions/{id}`.
  for (const route of routes.toSorted((a, b) => parametersIn(a) - parametersIn(b))) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1')
    const layer = router.register(path, [route.method], endpoint(route, surroundings))
    // A HEAD promises to change nothing, so it does not stand for a GET that makes something.
    if (201 in route.spec.answers) Object.assign(layer, { methods: [route.method] })
    Object.assign(layer, { besides: route.spec.besides })
  }
  return router
}

/** Equal for all paths that one route may match, as no parameter comes so early. */
function shapeOf(path: string): string {
  const [, first, second, ...more] = path.split('/')
  return first === 'v1'
    ? `${second} ${more.length}`
    : `/${first} ${second === undefined ? 0 : more.length + 1}`
}

function parametersIn({ path }: Route): number {
  return path.split('{').length - 1
}

function nothingHere({ count, readiness }: Surroundings) {
  return async (ctx: Context, layers: readonly Layer[] = []): Promise<Sent> => {
    if (readiness() === 'starting') demandReady('starting', ctx.method)
    const [first] = layers
    ctx.state.besides = first?.besides
    ctx.state.counted = await count(addressOf(ctx))
    if (first === undefined) throw new Problem('unknown-path', 'There is nothing at this path.')
    const methods = layers.filter(({ path }) => path === first.path).flatMap((layer) => layer.methods)
    const allow = [...new Set([...methods, 'OPTIONS'])].toSorted().join(', ')
    if (ctx.method !== 'OPTIONS') {
      throw new Problem('method-not-allowed', `This path takes ${allow}.`, { headers: { allow } })
    }
    return { status: 204, headers: { allow } }
  }
}
