import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Progress } from '../../application/audit.ts'
import { createApp, type HttpSettings, type Log } from './app.ts'
import { type Authentication, createBearer } from './bearer.ts'
import { docsRoutes } from './docs.ts'
import { healthRoutes, type Readiness } from './health.ts'
import { openApiDocument } from './openapi.ts'
import { Problem, problemDetails } from './problem.ts'
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
  timeouts?: Timeouts
}

type Timeouts = { headersMs: number; requestMs: number; drainMs: number }

const TIMEOUTS: Timeouts = { headersMs: 10_000, requestMs: 30_000, drainMs: 10_000 }
const CHECK_MS = 2000
const KEEP_ALIVE_MS = 65_000

type Broken = ConstructorParameters<typeof Problem>
const UNREADABLE: Broken = ['unreadable-request', 'This is not HTTP as we know it.']
const BROKEN: Readonly<Record<string, Broken>> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The headers may have 16 KiB at most.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request did not arrive in time.'],
}

const CLOSED: HttpParts = {
  routes: [],
  authentication: { authenticate: never, loginHasEnded: never, now: Date.now, whenErased: () => {} },
  readiness: () => 'starting',
}

/** The routes with the probes, the document, and the pages that show it, as one server. */
export function createHttpServer(surroundings: Surroundings): HttpServer {
  const { settings, logger, progress, timeouts = TIMEOUTS } = surroundings
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
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.min(CHECK_MS, timeouts.headersMs),
  }
  const serve: RequestListener = (req, res) => {
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
  server.on('clientError', refuseBroken)

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
          const timer = setTimeout(resolve, timeouts.drainMs)
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

// What cannot be read as a request never comes to the app, and is answered on the bare socket.
function refuseBroken(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const id = randomUUID()
  const problem = new Problem(...(BROKEN[error.code ?? ''] ?? UNREADABLE))
  const body = problemDetails(problem, id)
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'connection: close',
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${id}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
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
