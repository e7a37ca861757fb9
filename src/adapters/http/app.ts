import { randomUUID } from 'node:crypto'
import Router from '@koa/router'
import Koa, { type Context, type Middleware } from 'koa'
import type { Logger } from 'pino'
import { CannotWrite } from '../../application/ports.ts'
import { addressOf, originOf } from './address.ts'
import { endpoint, type Surroundings } from './endpoint.ts'
import { demandPlainHead } from './head.ts'
import { demandReady } from './health.ts'
import { Problem, problemDetails } from './problem.ts'
import type { Route } from './route.ts'
import { crossOrigin, securityHeaders, strictTransport } from './security.ts'
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

/** The onion: problem details outermost, then the headers of every answer, CORS, and the routes. */
export function createApp({ routes, surroundings, settings, logger, watch = unwatched }: Parts): Koa {
  const app = new Koa()
  // Whoever goes away in the middle of an answer is no failure of ours.
  app.on('error', (error) => logger.debug({ err: error }, 'connection lost'))
  app.use(problems(surroundings, logger, watch))
  app.use(headers(settings))
  app.use(crossOrigin(settings.corsOrigins))
  app.use(readable)
  app.use(routerOf(routes, surroundings))
  app.use(nothingHere(surroundings))
  return app
}

function problems({ readiness }: Surroundings, logger: Log, watch: Watch): Middleware {
  async function answer(ctx: Context, next: () => Promise<unknown>): Promise<string | undefined> {
    try {
      await next()
      return undefined
    } catch (error) {
      const problem = error instanceof Problem ? error : failure(ctx, error, logger)
      ctx.status = problem.status
      ctx.set(problem.headers)
      ctx.set('content-type', 'application/problem+json; charset=utf-8')
      ctx.body = problemDetails(problem, ctx.state.requestId, ctx.state.besides?.(problem))
      return problem.code
    }
  }

  return async (ctx, next) => {
    const startedAt = performance.now()
    ctx.state.requestId = randomUUID()
    ctx.res.setHeader('x-request-id', ctx.state.requestId)
    await watch({ method: ctx.method, headers: ctx.req.headers }, async (traceId) => {
      ctx.state.traceId = traceId ?? traceIdOf(ctx.req.headers)
      const code = await answer(ctx, next)
      if (readiness() === 'draining') ctx.set('connection', 'close')
      const milliseconds = performance.now() - startedAt
      const answered: Answered = { ...named(ctx), status: ctx.status, code, milliseconds }
      if (logger.isLevelEnabled('debug')) logger.debug(answered, 'request')
      return answered
    })
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
  return { requestId, ...(traceId && { traceId }), method: ctx.method, route }
}

function headers({ publicUrl, trustProxyHops }: HttpSettings): Middleware {
  const ofEveryAnswer = securityHeaders(publicUrl) as Map<string, string>
  return (ctx, next) => {
    ctx.state.origin = originOf(ctx.req, trustProxyHops)
    ctx.res.setHeaders(ofEveryAnswer)
    if (ctx.state.origin.isSecure) ctx.set(strictTransport)
    // It is not followed, but what comes in one piece with such a request Node passes over.
    if (ctx.req.headers.upgrade !== undefined) ctx.set('connection', 'close')
    return next()
  }
}

const readable: Middleware = (ctx, next) => {
  demandPlainHead(ctx.req)
  try {
    // Parsing is what fails for a target such as `http://[`, with an address that is none.
    if (ctx.path.includes('%')) decodeURIComponent(ctx.path)
  } catch {
    throw new Problem('unreadable-request', 'The path cannot be read, or its percent signs encode nothing.')
  }
  return next()
}

function routerOf(routes: readonly Route[], surroundings: Surroundings): Middleware {
  // A router tries all its paths one after the other, so each shape of them has one of its own.
  const byShape = Map.groupBy(routes, ({ path }) => shapeOf(path))
  const routers = new Map(
    [...byShape].map(([shape, alike]) => {
      const router = routerOfAlike(alike, surroundings)
      return [shape, { router, serve: router.routes() as Middleware }]
    }),
  )
  const plain = Map.groupBy(
    routes.filter((route) => parametersIn(route) === 0),
    ({ path }) => path,
  )
  return (ctx, next) => {
    const { path } = ctx
    const found = routers.get(shapeOf(path))
    if (found === undefined) return next()
    const known = plain.get(path)
    const method = ctx.method === 'HEAD' ? 'GET' : ctx.method
    if (known === undefined || known.some((route) => route.method === method)) return found.serve(ctx, next)
    // `/sessions/live` is no `/sessions/{id}`, so what it does not take is not asked of that one either.
    ctx.matched = found.router.match(path, ctx.method).path
    return next()
  }
}

function routerOfAlike(routes: readonly Route[], surroundings: Surroundings): Router {
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

function nothingHere({ count, readiness }: Surroundings): Middleware {
  return async (ctx) => {
    if (readiness() === 'starting') demandReady('starting', ctx.method)
    const layers: { path: unknown; methods: string[]; besides?: unknown }[] = ctx.matched ?? []
    const [first] = layers
    ctx.state.besides = first?.besides
    ctx.set(await count(addressOf(ctx)))
    if (first === undefined) throw new Problem('unknown-path', 'There is nothing at this path.')
    const methods = layers.filter(({ path }) => path === first.path).flatMap((layer) => layer.methods)
    const allow = [...new Set([...methods, 'OPTIONS'])].toSorted().join(', ')
    if (ctx.method !== 'OPTIONS') {
      throw new Problem('method-not-allowed', `This path takes ${allow}.`, { headers: { allow } })
    }
    ctx.set('allow', allow)
    ctx.status = 204
  }
}
