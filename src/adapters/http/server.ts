import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Progress } from '../../application/audit.ts'
import { createApp, type HttpSettings, type Log } from './app.ts'
import { createBareAnswers } from './bare-answers.ts'
import { type Authentication, createBearer } from './bearer.ts'
import { docsRoutes } from './docs.ts'
import { healthRoutes, type Readiness } from './health.ts'
import { openApiDocument } from './openapi.ts'
import { createRateLimit } from './rate-limit.ts'
import type { Route } from './route.ts'

export type HttpServer = {
  /** Resolves with the port once it is listened to. */
  listen: () => Promise<number>
  /** From now on the routes answer; before, all but the probes is 503. */
  open: (parts: HttpParts) => void
  /** Not ready at once; resolves when what runs has been answered, or after the time to drain. */
  close: () => Promise<void>
}

export type HttpParts = {
  routes: readonly Route[]
  authentication: Authentication
  readiness: () => Readiness
  /** Called when the server closes: what would run on for ever is to end. */
  onClosing?: () => void
}

export type Surroundings = {
  settings: HttpSettings
  logger: Log
  /** How far the start is. */
  progress?: () => Progress | undefined
  limits?: Partial<Limits>
}

type Limits = {
  headersMs: number
  requestMs: number
  /** How long a client may take nothing of its answer. */
  stalledMs: number
  drainMs: number
  connections: number
}

const LIMITS: Limits = {
  headersMs: 10_000,
  requestMs: 30_000,
  stalledMs: 120_000,
  drainMs: 10_000,
  // More than the streams of one person, and fewer than the files that a process may have open.
  connections: 4000,
}
const CHECK_MS = 2000
const KEEP_ALIVE_MS = 65_000

const CLOSED: HttpParts = {
  routes: [],
  authentication: { authenticate: never, loginHasEnded: never, now: Date.now, whenErased: () => {} },
  readiness: () => 'starting',
}

/** The routes with the probes, the document, and the pages that show it, as one server. */
export function createHttpServer(surroundings: Surroundings): HttpServer {
  const { settings, logger, progress } = surroundings
  const limits = { ...LIMITS, ...surroundings.limits }
  let isDraining = false
  const count = createRateLimit(settings.requestsPerMinute)
  function appOf(parts: HttpParts) {
    const readiness = () => (isDraining ? 'draining' : parts.readiness())
    const routes = [...parts.routes, ...healthRoutes(readiness, progress)]
    const document = once(() => JSON.stringify(openApiDocument(routes, settings.publicUrl)))
    const bearer = createBearer(parts.authentication)
    return createApp({
      routes: parts === CLOSED ? routes : [...routes, ...docsRoutes(document)],
      surroundings: { readiness, bearer, isGone: parts.authentication.isGone, count },
      settings,
      logger,
    }).callback()
  }
  let answer = appOf(CLOSED)

  let running = 0
  let onIdle = () => {}
  let onClosing = () => {}
  const options = {
    // Refused by the app instead, with a body.
    requireHostHeader: false,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.min(CHECK_MS, limits.headersMs),
  }
  const bare = createBareAnswers(settings)
  const serve: RequestListener = (req, res) => {
    bare.begins(req, res)
    running += 1
    res.once('close', () => {
      running -= 1
      if (running === 0) onIdle()
    })
    void answer(req, res)
  }
  const server = createServer(options, serve)
  // An expectation that is not known may be passed over.
  server.on('checkExpectation', serve)
  server.on('clientError', bare.refuseBroken)
  server.on('connect', bare.refuseTunnel)
  server.maxConnections = limits.connections
  server.setTimeout(limits.stalledMs)

  return {
    open(parts) {
      answer = appOf(parts)
      onClosing = parts.onClosing ?? onClosing
    },
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(settings.port, settings.host, () => {
          server.off('error', reject)
          resolve((server.address() as AddressInfo).port)
        })
      }),
    close: async () => {
      isDraining = true
      const closed = new Promise((resolve) => server.close(resolve))
      onClosing()
      server.closeIdleConnections()
      if (running > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, limits.drainMs)
          onIdle = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      server.closeAllConnections()
      await closed
    },
  }
}

function never(): Promise<never> {
  return Promise.reject(new Error('Nobody can be known before the start is over.'))
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
