import { Agent, type IncomingMessage, request } from 'node:http'
import { createParser } from 'eventsource-parser'

/** Whatever JSON holds. */
export type Json = Record<string, ReturnType<typeof JSON.parse>>
export type Received = { id: number; event: string; data: Json }
export type Following = Awaited<ReturnType<typeof follow>>

type Asked = { token?: string; lastEventId?: number | string; language?: string; method?: string }

/** Opens a stream as an EventSource would, and keeps what comes of it. */
export async function follow(url: string, { token, lastEventId, language, method = 'GET' }: Asked = {}) {
  const agent = new Agent({ keepAlive: false })
  const outgoing = request(url, {
    agent,
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(lastEventId !== undefined && { 'last-event-id': String(lastEventId) }),
      ...(language !== undefined && { 'accept-language': language }),
    },
  })
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve).on('error', reject).end()
  })
  const received: Received[] = []
  const waiting: (() => void)[] = []
  const over = Promise.withResolvers<'ended' | 'cut'>()
  let text = ''
  let left = Number.POSITIVE_INFINITY
  let retry: number | undefined
  const parser = createParser({
    onEvent: ({ id, event = '', data }) => received.push({ id: Number(id), event, data: JSON.parse(data) }),
    onRetry: (milliseconds) => {
      retry = milliseconds
    },
  })
  answer.setEncoding('utf8')
  answer.on('data', (chunk: string) => {
    const part = chunk.slice(0, left)
    left -= part.length
    text += part
    parser.feed(part)
    if (left === 0) outgoing.destroy()
    for (const wake of waiting.splice(0)) wake()
  })
  answer.on('error', () => undefined)
  answer.on('close', () => {
    over.resolve(answer.complete ? 'ended' : 'cut')
    for (const wake of waiting.splice(0)) wake()
  })
  outgoing.on('error', () => undefined)

  /** Resolves when it holds, or the stream is over. */
  async function until(holds: () => boolean) {
    while (!holds() && !answer.closed) await new Promise<void>((resolve) => waiting.push(resolve))
  }

  return {
    status: answer.statusCode as number,
    headers: answer.headers,
    received,
    over: over.promise,
    isOver: () => answer.closed,
    text: () => text,
    retry: () => retry,
    until,
    reached: (version: number) => until(() => (received.at(-1)?.id ?? 0) >= version),
    cut: () => outgoing.destroy(),
    /** Goes away after so many more characters, be it in the middle of a message. */
    cutAfter: (characters: number) => {
      left = characters
    },
  }
}
