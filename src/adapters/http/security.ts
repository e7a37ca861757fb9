import cors from '@koa/cors'
import helmet from 'helmet'
import type { Context } from 'koa'
import type { Sent } from './sending.ts'

const STRICT = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
}
const EXPOSED = [
  'Content-Disposition',
  'Content-Language',
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
]
const ACCEPTED = [
  'Accept-Language',
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'traceparent',
]

/** For what was reached by https: this host is spoken to no other way for a year. */
export const strictTransport = { 'strict-transport-security': 'max-age=31536000' }

/** The headers of every answer. They are always the same, so helmet is asked once and not each time. */
export function securityHeaders(publicUrl: string | undefined): ReadonlyMap<string, string> {
  const isPublicHttps = publicUrl?.startsWith('https:') === true
  const headers = new Map<string, string>([
    ['cache-control', 'no-store'],
    ...(isPublicHttps ? Object.entries(strictTransport) : []),
  ])
  const recorder = {
    setHeader: (name: string, value: string) => headers.set(name.toLowerCase(), value),
    removeHeader: (name: string) => headers.delete(name.toLowerCase()),
  }
  const protect = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: STRICT },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  })
  protect({} as never, recorder as never, () => undefined)
  return headers
}

/**
 * Any origin without credentials, as all authentication is by header; or those of a list alone. Answers an
 * OPTIONS that asks what a page may ask; `otherwise` answers what is none.
 */
export function crossOrigin(origins: '*' | readonly string[]) {
  const preflight = cors({
    origin: origins === '*' ? '*' : (ctx) => (origins.includes(ctx.get('origin')) ? ctx.get('origin') : ''),
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ACCEPTED,
    exposeHeaders: EXPOSED,
    maxAge: 600,
    keepHeadersOnError: false,
  })
  return async (ctx: Context, otherwise: () => Promise<Sent>): Promise<Sent> => {
    let sent: Sent | undefined
    await preflight(ctx, async () => {
      sent = await otherwise()
    })
    return sent ?? { status: ctx.status, headers: {} }
  }
}

/** What an answer says to a page of an origin. */
export function crossOriginHeaders(origins: '*' | readonly string[]) {
  const vary = ['vary', 'Origin'] as const
  const ofStrangers = new Map([vary])
  const known = new Map(
    (origins === '*' ? ['*'] : origins).map((origin) => [
      origin,
      new Map([
        vary,
        ['access-control-allow-origin', origin],
        ['access-control-expose-headers', EXPOSED.join(',')],
      ]),
    ]),
  )
  return (origin = ''): Map<string, string> => known.get(origins === '*' ? '*' : origin) ?? ofStrangers
}
