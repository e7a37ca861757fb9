import { isLost, passing, reasonOf } from '../../../client/attempts.ts'
import { type Answer, type Client, createClient } from '../../../client/client.ts'
import { ForeignAnswerError, RefusedError } from '../../../client/problem.ts'
import { Explained } from './operations.ts'

const ATTEMPT_MS = 10_000

export type LoginData = { token: string } | { email: string; password: string }

export type TrainClient = Client & {
  /** What the server's clock shows, or showed at that moment, as far as its answers have told it. */
  serverTime(at?: number): number
}

export type TrainClientParts = {
  url: string
  login: LoginData
  /** Milliseconds from some fixed moment. */
  now(): number
  wait(milliseconds: number, signal: AbortSignal): Promise<unknown>
  /** Aborted when the person leaves. */
  leaving: AbortSignal
  onOnline(online: boolean): void
}

/**
 * A client that asks until it is answered. Until the server has answered once, not reaching it is a failure;
 * from then on it is a dead zone that will end.
 */
export function createTrainClient(parts: TrainClientParts): TrainClient {
  const { url, login, now, wait, leaving, onOnline } = parts
  let reached = false
  /** Of the server's clock against `now`. */
  let offset = Date.now() - now()

  async function watchedFetch(target: string, init: RequestInit): Promise<Response> {
    const asked = now()
    try {
      const response = await fetch(target, init)
      const date = Date.parse(response.headers.get('date') ?? '')
      // The header has whole seconds, cut off; the answer was made about half way.
      if (!Number.isNaN(date)) offset = date + 500 - (asked + now()) / 2
      const isOnline = !passing.has(response.status)
      reached ||= isOnline
      onOnline(isOnline)
      return response
    } catch (error) {
      leaving.throwIfAborted()
      if (!isLost(error)) throw error
      if (!reached) throw new Explained(`${url} cannot be reached: ${reasonOf(error)}.`)
      onOnline(false)
      throw error
    }
  }

  const client = createClient({
    ...('token' in login ? { token: login.token } : { credentials: () => login }),
    ...{ url, now, signal: leaving, fetch: watchedFetch },
    wait: (milliseconds, signal = leaving) => wait(milliseconds, signal),
    ...{ attempts: Number.POSITIVE_INFINITY, longestWaitMs: Number.POSITIVE_INFINITY, attemptMs: ATTEMPT_MS },
  })
  return { ...client, serverTime: (at = now()) => at + offset }
}

/** What was answered, or the refusal as a value. */
export async function outcomeOf<Body>(
  call: Promise<Answer<Body>>,
): Promise<(Answer<Body> & { refused?: undefined }) | { refused: RefusedError }> {
  try {
    return await call
  } catch (error) {
    if (error instanceof RefusedError) return { refused: error }
    throw error
  }
}

/** A failure of the client as what is said of it. */
export function inWords(error: unknown): unknown {
  if (error instanceof ForeignAnswerError) return new Explained(error.message)
  if (!(error instanceof RefusedError)) return error
  const { call, status, message } = error
  if (call === 'post /v1/auth/login') return new Explained(`The login failed: ${message}`)
  if (status === 401) return new Explained('The token in REPLEDGER_TOKEN is not good, or no longer.')
  if (!call.endsWith('/stream')) return new Explained(message)
  return new Explained(`The stream of the session cannot be read: the server answered with ${status}.`)
}

/** The version that an answer's ETag names; 0 where there is none. */
export function versionOf({ headers }: Answer<unknown>): number {
  return Number(/^(?:W\/)?"(\d+)/.exec(headers.get('etag') ?? '')?.[1] ?? 0)
}
