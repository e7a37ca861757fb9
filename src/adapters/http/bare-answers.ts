import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { originOf } from './address.ts'
import type { HttpSettings } from './app.ts'
import { crowdedOut } from './crowd.ts'
import { PROBLEM_TYPE, Problem, problemDetails } from './problem.ts'
import { crossOriginHeaders, securityHeaders, strictTransport } from './security.ts'
import type { Answered } from './watching.ts'

type Broken = ConstructorParameters<typeof Problem>

const UNREADABLE: Broken = ['unreadable-request', 'This is not HTTP as we know it.']
const BROKEN: Readonly<Record<string, Broken>> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The headers may have 16 KiB and 2,000 lines at most.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request did not arrive in time.'],
}
const NO_TUNNEL: Broken = [
  'method-not-allowed',
  'This is no proxy.',
  { headers: { allow: 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT' } },
]
const CROWDED = crowdedOut()
const LINGER_MS = 250

/** For what never comes to the app: it cannot be read as a request, or comes while too many wait. */
export function createBareAnswers({ publicUrl, corsOrigins, trustProxyHops }: HttpSettings) {
  const latest = new WeakMap<Duplex, ServerResponse>()
  const ofEveryAnswer = [...securityHeaders(publicUrl)]
  const headersFor = crossOriginHeaders(corsOrigins)

  function partsOf(problem: Problem, id: string, origin?: string) {
    const body = problemDetails(problem, id)
    const headers = [
      ['content-type', PROBLEM_TYPE],
      ['content-length', String(Buffer.byteLength(body))],
      ['x-request-id', id],
      ...ofEveryAnswer,
      ...headersFor(origin),
      ...Object.entries(problem.headers),
    ]
    return { body, headers }
  }

  function answer(socket: Duplex, broken: Broken): void {
    const id = randomUUID()
    const problem = new Problem(...broken)
    const { body, headers } = partsOf(problem, id)
    const lines = [['connection', 'close'], ...headers].map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`)
    // Whoever never closes the other half would keep the connection for ever.
    setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }

  return {
    /** To be told of every request, so that no answer is ever written into another. */
    begins: (request: IncomingMessage, response: ServerResponse) => void latest.set(request.socket, response),

    refuseBroken(error: Error & { code?: string }, socket: Duplex): void {
      if (socket.writableEnded) return
      const broken = BROKEN[String(error.code)] ?? UNREADABLE
      const before = latest.get(socket)
      if (!socket.writable || error.code === 'ECONNRESET') socket.destroy()
      else if (before === undefined || before.writableFinished) answer(socket, broken)
      else if (before.headersSent) socket.destroy()
      else if (!before.req.complete) answer(socket, broken)
      else {
        socket.pause()
        before.once('close', () => answer(socket, broken))
      }
    },

    /** As short a way as there is, since so many are refused at once. */
    refuseCrowded(request: IncomingMessage, response: ServerResponse): Answered {
      const requestId = randomUUID()
      const { body, headers } = partsOf(CROWDED, requestId, request.headers.origin)
      const { status, code } = CROWDED
      const { isSecure } = originOf(request, trustProxyHops)
      const strict = isSecure ? Object.entries(strictTransport) : []
      response.writeHead(status, Object.fromEntries([...headers, ...strict])).end(body)
      const { method = '' } = request
      return { method, route: undefined, status, code, milliseconds: 0, requestId }
    },

    refuseTunnel: (_: IncomingMessage, socket: Duplex): void => answer(socket, NO_TUNNEL),
  }
}
