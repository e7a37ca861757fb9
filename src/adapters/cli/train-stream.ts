import { createParser } from 'eventsource-parser'
import { Explained } from './operations.ts'
import { type Client, pauseMs } from './train-http.ts'
import type { Message } from './train-state.ts'

/** Three heartbeats: what is silent for longer is no connection any more. */
const SILENCE_MS = 45_000
const FATAL = { least: 400, most: 499, but: new Set([408, 429]) }

export type StreamParts = {
  client: Client
  sessionId: string
  wait(milliseconds: number, signal: AbortSignal): Promise<unknown>
  leaving: AbortSignal
  onOnline(online: boolean): void
  onMessage(message: Message): void
  silenceMs?: number
}

/**
 * Hands on every message of the session once and in order, over as many connections as it takes. Resolves
 * when the session is over; rejects when the client leaves, or the server will never answer.
 */
export async function followStream(parts: StreamParts): Promise<void> {
  const { client, sessionId, wait, leaving, onOnline, onMessage, silenceMs = SILENCE_MS } = parts
  let lastEventId: string | undefined
  let isOver = false
  let failures = 0
  let leastMs = 0
  const parser = createParser({
    onEvent: ({ event, id, data }) => {
      lastEventId = id ?? lastEventId
      const message = { event, data: JSON.parse(data) } as Message
      isOver = message.event === 'finished' || message.data.status !== 'active'
      onMessage(message)
    },
    onRetry: (milliseconds) => {
      leastMs = milliseconds
    },
  })

  /** One connection to its end; true where nothing comes after it. */
  async function listen(): Promise<boolean> {
    const silent = new AbortController()
    const timer = setTimeout(() => silent.abort(), silenceMs)
    try {
      const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
      const signal = AbortSignal.any([leaving, silent.signal])
      const path = `/v1/sessions/${sessionId}/stream`
      const response = await client.open(path, { accept: 'text/event-stream', ...headers }, signal)
      const { status, body } = response
      if (status >= FATAL.least && status <= FATAL.most && !FATAL.but.has(status)) {
        throw new Explained(`The stream of the session cannot be read: the server answered with ${status}.`)
      }
      if (status === 204) return true
      if (status !== 200 || body === null) return false
      onOnline(true)
      parser.reset()
      for await (const text of body.pipeThrough(new TextDecoderStream())) {
        timer.refresh()
        failures = 0
        parser.feed(text)
      }
      return isOver
    } finally {
      clearTimeout(timer)
    }
  }

  for (;;) {
    const heard = failures
    try {
      failures += 1
      if (await listen()) return
    } catch (error) {
      leaving.throwIfAborted()
      if (error instanceof Explained || error instanceof SyntaxError) throw error
    }
    if (isOver) return
    if (failures > heard) onOnline(false)
    await wait(Math.max(leastMs, pauseMs(failures)), leaving)
  }
}
