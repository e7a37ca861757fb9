import { UnreachableError } from './problem.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000

/** What a server says that will answer otherwise in a while, or something in front of it. */
export const passing: ReadonlySet<number> = new Set([408, 429, 502, 503, 504])

export type Patience = {
  /** How often a call that may be repeated is sent in all. */
  attempts: number
  /** Whoever is told by Retry-After to wait for longer gives up at once. */
  longestWaitMs: number
  /** Rejects when the signal is aborted. */
  wait(milliseconds: number, signal: AbortSignal | undefined): Promise<unknown>
  random(): number
}

/** An answer that has arrived as a whole. */
export type Arrived = { response: Response; text: string }

/** Sends again what got lost or was put off, each time after a longer pause. */
export async function insist(
  send: () => Promise<Response>,
  { attempts, longestWaitMs, wait, random }: Patience,
  signal?: AbortSignal,
): Promise<Arrived> {
  for (let failures = 1; ; failures++) {
    let leastMs = 0
    try {
      const response = await send()
      // Read here, as an answer may be lost half way.
      const text = await response.text()
      leastMs = retryAfterMs(response.headers, Date.now())
      const isFinal = !passing.has(response.status) || failures >= attempts || leastMs > longestWaitMs
      if (isFinal) return { response, text }
    } catch (error) {
      if (!isLost(error)) throw error
      if (failures >= attempts) throw new UnreachableError(reasonOf(error), { cause: error })
    }
    await wait(leastMs + pauseMs(failures, random()), signal)
  }
}

/** Longer after each failure, and never in step with others that lost the same server. */
export function pauseMs(failures: number, random: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)) * (0.75 + random / 2)
}

/** Seconds or a date, as both are in use; 0 where nothing is said. */
export function retryAfterMs(headers: Headers, nowMs: number): number {
  const after = headers.get('retry-after') ?? ''
  const milliseconds = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - nowMs
  return Math.max(0, milliseconds || 0)
}

/** Of a failed fetch: by the network, or as nothing came for too long. */
export function isLost(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')
}

/** The reason of the network, where the platform tells it. */
export function reasonOf(error: unknown): string {
  const { cause, message } = error as Error
  return cause instanceof Error && cause.message !== '' ? cause.message : message
}

/** Waits, or rejects as soon as the signal is aborted. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
