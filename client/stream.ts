import { createParser } from 'eventsource-parser'
import type { StreamMessage } from './api.ts'
import { isLost, type Patience, pauseMs } from './attempts.ts'
import { RefusedError, UnreachableError } from './problem.ts'

/** Three heartbeats: what is silent for longer is no connection any more. */
const SILENCE_MS = 45_000

export type FollowOptions = {
  /** The last message that is known already; what came behind it is told. */
  lastEventId?: string
  /** Opens each connection by a one-use ticket in the address, where no header can be sent. */
  byTicket?: boolean
  /** How long a connection may say nothing. */
  silenceMs?: number
  signal?: AbortSignal
}

export type Connecting = { lastEventId: string | undefined; byTicket: boolean; signal: AbortSignal }

type Parts = Pick<Patience, 'wait' | 'random'> &
  Omit<FollowOptions, 'signal'> & { signal: AbortSignal | undefined }

/**
 * Every message once and in order. Ends when the session is over; throws when the signal is aborted, or the
 * server refuses for good.
 */
export async function* follow(
  connect: (asked: Connecting) => Promise<Response>,
  { wait, random, signal, byTicket = false, silenceMs = SILENCE_MS, ...asked }: Parts,
): AsyncGenerator<StreamMessage> {
  let { lastEventId } = asked
  let failures = 0
  let leastMs = 0

  /** One connection to its end; true where nothing comes after it. */
  async function* listen(): AsyncGenerator<StreamMessage, boolean> {
    const cut = new AbortController()
    const left = signal === undefined ? cut.signal : AbortSignal.any([signal, cut.signal])
    let silence = setTimeout(() => cut.abort(), silenceMs)
    try {
      const { status, body } = await connect({ lastEventId, byTicket, signal: left })
      if (status === 204) return true
      if (body === null) return false
      const heard: StreamMessage[] = []
      const parser = createParser({
        onEvent: ({ event, id, data }) => heard.push({ id, event, data: JSON.parse(data) } as StreamMessage),
        onRetry: (milliseconds) => {
          leastMs = milliseconds
        },
      })
      const reader = body.pipeThrough(new TextDecoderStream()).getReader()
      for (;;) {
        const { done, value } = await reader.read()
        // However long a reader takes over a message, that is not the server's silence.
        clearTimeout(silence)
        if (done) return false
        failures = 0
        parser.feed(value)
        for (const message of heard.splice(0)) {
          lastEventId = message.id
          yield message
          if (message.data.status !== 'active') return true
        }
        silence = setTimeout(() => cut.abort(), silenceMs)
      }
    } finally {
      clearTimeout(silence)
      cut.abort()
    }
  }

  for (;;) {
    try {
      if (yield* listen()) return
    } catch (error) {
      signal?.throwIfAborted()
      if (!mayPass(error)) throw error
    }
    failures += 1
    await wait(Math.max(leastMs, pauseMs(failures, random())), signal)
  }
}

/** A connection that was lost or cut, or a server that answers otherwise in a while. */
function mayPass(error: unknown): boolean {
  if (error instanceof RefusedError) return error.status >= 500 || [408, 429].includes(error.status)
  if (error instanceof UnreachableError) return true
  return isLost(error) || (error instanceof DOMException && error.name === 'AbortError')
}
