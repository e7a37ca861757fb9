import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import type { Context } from 'koa'
import bodyParser from 'koa-bodyparser'
import { Problem } from './problem.ts'

/** Reads the JSON object that a request with a body bears. */
export type ReadBody = (ctx: Context) => Promise<Record<string, unknown>>

const LINGER_MS = 250
/** What we take is at most a third as deep. */
const LEVELS = 32
const READ_AT_ONCE = 4
/** What a body may be. */
export type BodyType = 'application/json' | 'text/csv'

const CHARSET = /^\s*(?:charset\s*=\s*"?([\w-]+)"?\s*)?$/i

/** Whether a request has a body that is not empty. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return (length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined
}

export function createBodyReader(limitBytes: number): ReadBody {
  // That it is JSON is known by then, from more than it would ask for.
  const parse = bodyParser({ enableTypes: ['json'], jsonLimit: `${limitBytes}b`, detectJSON: () => true })

  return async (ctx) => {
    if (Number(ctx.req.headers['content-length']) > limitBytes) throw await tooLarge(ctx, limitBytes)
    const gzipped = isGzipped(ctx)
    demandType(ctx, 'application/json')
    // The parser's own inflating would leave the request hanging when the client goes away.
    const source = gzipped ? inflating(ctx, limitBytes) : ctx
    try {
      await parse(source, nothing)
    } catch (error) {
      if (gzipped) ctx.req.unpipe()
      const { status, message } = error as Error & { status?: number }
      if (status === 413) throw await tooLarge(ctx, limitBytes)
      throw new Problem('unreadable-body', `The body is not JSON that can be read: ${unquoted(message)}.`)
    }
    const { body, rawBody } = source.request
    if (Array.isArray(body)) throw new Problem('unreadable-body', 'The body must be a JSON object.')
    // Bytes that are not UTF-8 have become this character; a text that holds it was damaged before.
    if ((rawBody as string | undefined)?.includes('\ufffd'))
      throw new Problem('unreadable-body', 'The body is not valid UTF-8.')
    if (isDeeper(body, LEVELS)) throw new Problem('unreadable-body', 'The body is nested too deeply.')
    return body as Record<string, unknown>
  }
}

/** The bytes of a body, never more than the limit; `reading` are those of whom one is read already. */
export function createBytesReader(limitBytes: number, type: BodyType, reading: Set<string>) {
  return async (ctx: Context, userId: string): Promise<Uint8Array> => {
    if (reading.has(userId) || reading.size >= READ_AT_ONCE) {
      throw new Problem('contended', 'Another large body is being read; send this one after it.')
    }
    reading.add(userId)
    try {
      return await bytesOf(ctx, limitBytes, type)
    } finally {
      reading.delete(userId)
    }
  }
}

async function bytesOf(ctx: Context, limitBytes: number, type: BodyType): Promise<Uint8Array> {
  if (Number(ctx.req.headers['content-length']) > limitBytes) throw await tooLarge(ctx, limitBytes)
  const gzipped = isGzipped(ctx)
  demandType(ctx, type)
  const source = gzipped ? inflating(ctx, limitBytes).req : ctx.req
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      length += chunk.length
      if (length > limitBytes) break
      chunks.push(chunk)
    }
  } catch (error) {
    if ((error as { status?: number }).status === 413) throw await tooLarge(ctx, limitBytes)
    throw new Problem('unreadable-body', `The body cannot be read: ${(error as Error).message}.`)
  } finally {
    if (gzipped) ctx.req.unpipe()
  }
  if (length > limitBytes) throw await tooLarge(ctx, limitBytes)
  return Buffer.concat(chunks)
}

/** Without the part of the body that the parser quotes: it may hold a password or an id that is a secret. */
function unquoted(message: string): string {
  return message.replace(/(^|, )(\.\.\.)?".*(?= is not valid JSON$)/s, '$1it')
}

function isGzipped(ctx: Context): boolean {
  const coding = ctx.req.headers['content-encoding']
  if (coding === undefined) return false
  const encoding = coding.trim().toLowerCase()
  if (encoding === '' || encoding === 'identity') return false
  if (encoding === 'gzip') return true
  const headers = { 'accept-encoding': 'gzip, identity' }
  throw new Problem('unsupported-body', 'A body may be compressed with gzip only.', { headers })
}

function demandType(ctx: Context, type: BodyType): void {
  const { 'content-type': whole = '' } = ctx.req.headers
  if (whole === type) return
  const [told = '', ...more] = whole.split(';')
  const match = CHARSET.exec(more.join(';'))
  if (told.trim().toLowerCase() !== type || match === null) {
    const headers = { accept: type }
    throw new Problem('unsupported-body', `The body must be ${type}.`, { headers })
  }
  if (match[1] !== undefined && !/^utf-?8$/i.test(match[1])) {
    throw new Problem('unreadable-body', 'The body must be encoded in UTF-8.')
  }
}

function inflating(ctx: Context, limitBytes: number): Context {
  // It neither ends nor fails any more, and would be waited for for ever.
  if (ctx.req.destroyed) throw new Problem('unreadable-body', 'The body ended before it was whole.')
  const inflated = createGunzip()
  let length = 0
  // Some bytes inflate to none, and these could come for ever.
  ctx.req.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > limitBytes) inflated.destroy(Object.assign(new Error('too large'), { status: 413 }))
  })
  ctx.req.once('error', (error) => inflated.destroy(error))
  const req = Object.assign(ctx.req.pipe(inflated), { headers: {} })
  const request = Object.create(ctx.request, { body: { value: undefined, writable: true } })
  return { req, request } as unknown as Context
}

// A connection that is closed while the client still sends is reset, and the answer may be lost with it.
async function tooLarge(ctx: Context, limitBytes: number): Promise<Problem> {
  if (!ctx.req.readableEnded) {
    ctx.req.resume()
    await Promise.race([new Promise((resolve) => ctx.req.once('end', resolve)), delay(LINGER_MS)])
  }
  const headers = { connection: 'close' }
  return new Problem('body-too-large', `The body may have ${limitBytes} bytes at most.`, { headers })
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}

async function nothing(): Promise<void> {}
