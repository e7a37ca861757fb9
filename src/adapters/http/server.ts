import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, Server as Listener } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import type { Progress } from '../../application/audit.ts'
import { createApp, type HttpSettings, type Log } from './app.ts'
import { createBareAnswers } from './bare-answers.ts'
import { type Authentication, createBearer } from './bearer.ts'
import { createCrowd } from './crowd.ts'
import { docsRoutes } from './docs.ts'
import { healthRoutes, type Readiness } from './health.ts'
import { openApiDocument } from './openapi.ts'
import { createRateLimit } from './rate-limit.ts'
import type { Route } from './route.ts'
import { unwatched, type Watch } from './watching.ts'

export type HttpServer = {
  /** Resolves with the port once it is listened to. */
  listen: () => Promise<number>
  /** From now on the routes answer; before, all but the probes is 503. */
  open: (parts: HttpParts) => void
  /**
   * Not ready at once; takes no new connection, serves the next request of those that are open and ends them
   * with its answer. Resolves when what runs has been answered, or after the time to drain.
   */
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
  watch?: Watch
}

type Limits = {
  headersMs: number
  requestMs: number
  /** How long a client may take nothing of its answer. */
  stalledMs: number
  drainMs: number
  connections: number
  /** So many changes at once are never too many. */
  changes: number
}

const LIMITS: Limits = {
  headersMs: 10_000,
  requestMs: 30_000,
  stalledMs: 120_000,
  drainMs: 8000,
  // More than the streams of one person, and fewer than the files that a process may have open.
  connections: 4000,
  changes: 1000,
}
/** How long a connection in use has to ask again, so that it is ended by an answer. */
const LINGER_MS = 500
const CHECK_MS = 2000
const KEEP_ALIVE_MS = 65_000

const CLOSED: HttpParts = {
  routes: [],
  authentication: { authenticate: never, loginHasEnded: never, now: Date.now, whenErased: () => {} },
  readiness: () => 'starting',
}

/** The routes with the probes, the document, and the pages that show it, as one server. */
export function createHttpServer(surroundings: Surroundings): HttpServer {
  const { settings, logger, progress, watch = unwatched } = surroundings
  const limits = { ...LIMITS, ...surroundings.limits }
  let isDraining = false
  let isListening = true
  const count = createRateLimit(settings.requestsPerMinute)
  const crowd = createCrowd(limits.changes, () => performance.now())
  const reading = new Set<string>()
  function appOf(parts: HttpParts) {
    const readiness = () => (isListening ? parts.readiness() : 'draining')
    const told = () => (isDraining ? 'draining' : parts.readiness())
    const routes = [...parts.routes, ...healthRoutes(told, progress)]
    const document = once(() => JSON.stringify(openApiDocument(routes, settings.publicUrl)))
    const bearer = createBearer(parts.authentication)
    return createApp({
      routes: parts === CLOSED ? routes : [...routes, ...docsRoutes(document)],
      surroundings: { readiness, bearer, isGone: parts.authentication.isGone, count, crowd, reading },
      settings,
      logger,
      watch,
    }).callback()
  }
  let answer = appOf(CLOSED)

  let running = 0
  let arrived = 0
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
  function ends() {
    running -= 1
    if (running === 0) onIdle()
  }
  const serve: RequestListener = (req, res) => {
    bare.begins(req, res)
    running += 1
    res.on('close', ends)
    if (isDraining || !crowd.isFull(req.method)) void answer(req, res)
    else {
      const asked = { method: req.method as string, headers: req.headers }
      void watch(asked, async () => bare.refuseCrowded(req, res))
    }
  }
  const server = createServer(options, serve)
  // An expectation that is not known may be passed over.
  server.on('checkExpectation', serve)
  server.on('clientError', bare.refuseBroken)
  server.on('connect', bare.refuseTunnel)
  server.on('connection', () => {
    arrived += 1
  })
  server.maxConnections = limits.connections
  server.setTimeout(limits.stalledMs)
  const lingerMs = Math.min(LINGER_MS, limits.drainMs)

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
      // Whoever has come until now is let in first, one at each turn: who still waits there would be cut. No
      // connection is ended before, as its client would come again just then.
      const until = performance.now() + lingerMs
      for (let before = -1; before < arrived && performance.now() < until; ) {
        before = arrived
        await turns()
      }
      const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>()
      // Not the server's own close, which cuts connections that seem idle while a request is on its way.
      Listener.prototype.close.call(server, () => onClosed())
      isListening = false
      onClosing()
      await within(lingerMs, closed)
      await turns()
      server.closeIdleConnections()
      if (running > 0) {
        const { promise: idle, resolve } = Promise.withResolvers<void>()
        onIdle = resolve
        await within(limits.drainMs, idle)
        await turns()
      }
      server.closeAllConnections()
      // Nothing is left to close but what looks after slow connections.
      server.close()
      await closed
    },
  }
}

/** Long enough for the event loop to read all that has come in. */
async function turns() {
  await turn()
  await turn()
}

async function within(milliseconds: number, done: Promise<void>) {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, milliseconds)
  await Promise.race([done, late.promise])
  clearTimeout(timer)
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
