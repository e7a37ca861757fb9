import { randomUUID } from 'node:crypto'
import { Explained } from './operations.ts'
import type { GuideDocument, Login } from './train-wire.ts'

const ATTEMPT_MS = 10_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000
/** Time that a token must still have, so that it does not end on the way. */
const MARGIN_MS = 30_000

export type Credentials = { token: string } | { email: string; password: string }

export type Problem = {
  detail?: string
  title?: string
  errors?: { message: string }[]
  guide?: GuideDocument
}

/** `version` is that of the session, as the ETag has it; 0 where there is none. */
export type Answer<T> =
  | { status: number; body: T; version: number; problem?: undefined }
  | { status: number; problem: Problem }

export type ClientParts = {
  url: string
  credentials: Credentials
  /** Milliseconds from some fixed moment. */
  now(): number
  /** Rejects when the signal is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<unknown>
  /** Aborted when the client leaves. */
  leaving: AbortSignal
  onOnline(online: boolean): void
}

export type Client = {
  /** Asks until there is an answer: a lost one is asked for again under the same Idempotency-Key. */
  ask<T>(method: string, path: string, body?: object): Promise<Answer<T>>
  /** One attempt at a stream; its body is still to be read. */
  open(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response>
  /** What the server's clock shows, or showed at that moment, as far as its answers have told it. */
  serverTime(at?: number): number
}

type Pair = { accessToken: string; refreshToken: string; endsAt: number }

/**
 * Speaks plain HTTP to any server of the contract. Until the server has answered once, not reaching it is
 * a failure; from then on it is a dead zone that will end.
 */
export function createClient(parts: ClientParts): Client {
  const { url, credentials, now, wait, leaving, onOnline } = parts
  let pair: Pair | undefined
  let renewing: Promise<string> | undefined
  let reached = false
  /** Of the server's clock against `now`. */
  let offset = Date.now() - now()

  async function send(method: string, path: string, headers: Headers, body?: string, signal?: AbortSignal) {
    const asked = now()
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      body: body ?? null,
      signal: signal ?? AbortSignal.any([leaving, AbortSignal.timeout(ATTEMPT_MS)]),
    })
    const date = Date.parse(response.headers.get('date') ?? '')
    // The header has whole seconds, cut off; the answer was made about half way.
    if (!Number.isNaN(date)) offset = date + 500 - (asked + now()) / 2
    return response
  }

  /** Until something that is meant for good comes back. */
  async function insist<T>(
    method: string,
    path: string,
    headers: Headers,
    body?: string,
  ): Promise<Answer<T>> {
    for (let failures = 0; ; failures++) {
      try {
        const response = await send(method, path, headers, body)
        if (!passing.has(response.status)) {
          reached = true
          onOnline(true)
          return await read<T>(response)
        }
        await response.body?.cancel()
        const after = Number(response.headers.get('retry-after') ?? 0)
        if (after > 0) await wait(after * 1000, leaving)
      } catch (error) {
        leaving.throwIfAborted()
        if (error instanceof Explained) throw error
        if (!reached) throw new Explained(`${url} cannot be reached: ${reasonOf(error)}.`)
      }
      onOnline(false)
      await wait(pauseMs(failures), leaving)
    }
  }

  async function login(): Promise<string> {
    if ('token' in credentials) throw new Explained('The token in REPLEDGER_TOKEN is not good, or no longer.')
    const answer = await insist<Login>('POST', '/v1/auth/login', json(), JSON.stringify(credentials))
    if (answer.problem === undefined) return keep(answer.body)
    throw new Explained(`The login failed: ${wordsOf(answer.problem)}`)
  }

  async function renew(): Promise<string> {
    if (pair === undefined) return login()
    const { refreshToken } = pair
    const told = JSON.stringify({ refreshToken })
    const answer = await insist<Login>('POST', '/v1/auth/refresh', json(), told)
    // Its answer may have been lost for too long, which ends the login.
    return answer.problem === undefined ? keep(answer.body) : login()
  }

  function keep({ accessToken, refreshToken, expiresIn }: Login) {
    const lifeMs = expiresIn * 1000
    pair = { accessToken, refreshToken, endsAt: now() + lifeMs - Math.min(MARGIN_MS, lifeMs / 2) }
    return accessToken
  }

  /** The token to be sent; another than the one that was refused, where one was. */
  async function token(refused?: string): Promise<string> {
    if ('token' in credentials) return refused === undefined ? credentials.token : login()
    if (pair !== undefined && pair.accessToken !== refused && now() < pair.endsAt) return pair.accessToken
    renewing ??= renew().finally(() => {
      renewing = undefined
    })
    return renewing
  }

  async function authorized(headers: Headers, refused?: string) {
    const sent = await token(refused)
    headers.set('authorization', `Bearer ${sent}`)
    return sent
  }

  return {
    async ask<T>(method: string, path: string, body?: object) {
      const headers = body === undefined ? new Headers() : json()
      if (method === 'POST') headers.set('idempotency-key', randomUUID())
      const text = body === undefined ? undefined : JSON.stringify(body)
      const sent = await authorized(headers)
      const answer = await insist<T>(method, path, headers, text)
      if (answer.status !== 401) return answer
      await authorized(headers, sent)
      return insist<T>(method, path, headers, text)
    },
    async open(path, asked, signal) {
      const headers = new Headers(asked)
      const sent = await authorized(headers)
      const response = await send('GET', path, headers, undefined, signal)
      if (response.status !== 401) return response
      await authorized(headers, sent)
      return send('GET', path, headers, undefined, signal)
    },
    serverTime: (at = now()) => at + offset,
  }
}

/** What a server says that will answer otherwise in a while, or something in front of it. */
const passing = new Set([408, 429, 502, 503, 504])

/** Longer after each failure, and never in step with others that lost the same server. */
export function pauseMs(failures: number, random = Math.random()): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.75 + random / 2)
}

function json() {
  return new Headers({ 'content-type': 'application/json' })
}

async function read<T>(response: Response): Promise<Answer<T>> {
  const { status } = response
  const text = await response.text()
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
  const body = isJson && text !== '' ? JSON.parse(text) : undefined
  if (!response.ok) return { status, problem: body ?? { detail: `The server answered with ${status}.` } }
  if (body === undefined && text !== '') throw new Explained('This server does not speak as RepLedger does.')
  const version = Number(/^(?:W\/)?"(\d+)/.exec(response.headers.get('etag') ?? '')?.[1] ?? 0)
  return { status, body, version }
}

/** What is wrong, all of it, in sentences. */
export function wordsOf({ detail, title, errors = [] }: Problem): string {
  return errors.length > 0
    ? errors.map(({ message }) => message).join(' ')
    : (detail ?? title ?? 'No reason.')
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error
  return cause instanceof Error && cause.message !== '' ? cause.message : message
}
