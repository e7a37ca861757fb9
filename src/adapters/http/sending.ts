import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { Context } from 'koa'
import type { HttpSettings } from './app.ts'
import { crossOriginHeaders, securityHeaders, strictTransport } from './security.ts'

/** What is sent; a 304 and a 204 have no body. */
export type Sent = {
  status: number
  headers: Readonly<Record<string, string>>
  /** With its quotes, in place of the bare one among the headers. */
  etag?: string | undefined
  body?: string | Buffer | Readable | undefined
}

/** Of a body that is a value or its text. */
export const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * Writes an answer with the headers of every answer, which are put together only now: what waits holds none
 * of them. Koa sends what is a stream; all else goes to Node in one call, which takes a third of the time.
 */
export function createSender({ publicUrl, corsOrigins }: HttpSettings) {
  const ofEveryAnswer = securityHeaders(publicUrl)
  const across = crossOriginHeaders(corsOrigins)
  const made = new WeakMap<object, Readonly<Record<string, string>>>()

  function basisFor({ method, headers }: IncomingMessage): Readonly<Record<string, string>> {
    // Who asks what may be asked is told so by the middleware of CORS.
    if (method === 'OPTIONS') return Object.fromEntries(ofEveryAnswer)
    const ofOrigin = across(headers.origin)
    const known = made.get(ofOrigin)
    if (known !== undefined) return known
    const basis = Object.fromEntries([...ofEveryAnswer, ...ofOrigin])
    made.set(ofOrigin, basis)
    return basis
  }

  return (ctx: Context, { status, headers, etag, body }: Sent, isLast: boolean): void => {
    const { req, res, state } = ctx
    const basis = basisFor(req)
    const head: Record<string, string> = { ...basis, 'x-request-id': state.requestId }
    if (state.isSecure) Object.assign(head, strictTransport)
    for (const name in state.counted) head[name] = state.counted[name]
    for (const name in headers) {
      if (name !== 'content-type' || status !== 304) head[name] = headers[name] as string
    }
    if (etag !== undefined) head.etag = etag
    if (headers.vary !== undefined && basis.vary !== undefined) head.vary = `${basis.vary}, ${headers.vary}`
    // An upgrade is not followed, but what comes in one piece with such a request Node passes over.
    if (isLast || req.headers.upgrade !== undefined) head.connection = 'close'
    if (body !== undefined) head['content-type'] ??= JSON_TYPE
    if (typeof body === 'string' || Buffer.isBuffer(body)) {
      head['content-length'] = String(Buffer.byteLength(body))
    } else if (body !== undefined) {
      for (const name in head) res.setHeader(name, head[name] as string)
      ctx.status = status
      ctx.body = body
      return
    }
    ctx.respond = false
    res.writeHead(status, head)
    res.end(body)
  }
}
