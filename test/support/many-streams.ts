import { readdirSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { ServerProcess } from './process.ts'

/** Whatever JSON holds. */
type Json = Record<string, ReturnType<typeof JSON.parse>>

export type Measured = {
  kilobytesAStream: number
  /** How long until each stream had each step, in milliseconds. */
  latencies: number[]
  descriptors: { before: number; open: number; after: number }
}

const WARMING_STREAMS = 100
const WARMING_ROUNDS = 300
const STEPS = 20
const SETTLING_MS = 3000

/** What so many open streams on one session cost a server, and how fast each new version reaches them all. */
export async function measureStreams(server: ServerProcess, count: number): Promise<Measured> {
  const { post, path, token, warm } = await follow(server.url)
  const latencies: number[] = []
  const open = () => openStream(server.url, path, token)

  async function tell(streams: readonly Stream[]) {
    const before = streams.map(({ messages }) => messages())
    const began = performance.now()
    const arrived = streams.map(async (stream, index) => {
      await stream.reached((before[index] as number) + 1)
      latencies.push(performance.now() - began)
    })
    await post(`${path}/sets`, { exerciseId: 'barbell-back-squat', reps: 5, weight: 100 })
    await Promise.all(arrived)
  }

  const warming = await openMany(WARMING_STREAMS, open)
  for (let step = 0; step < STEPS; step++) await tell(warming)
  for (const stream of warming) stream.close()
  // As a server that has been asked for a while, whose heap has room for what is soon thrown away.
  await warm()
  await settle()
  latencies.length = 0

  const before = { descriptors: descriptorsOf(server), kilobytes: kilobytesOf(server) }
  const streams = await openMany(count, open)
  for (let step = 0; step < STEPS; step++) await tell(streams)
  await settle()
  const kilobytes = kilobytesOf(server)
  const whileOpen = descriptorsOf(server)
  for (const stream of streams) stream.close()
  await settle()
  return {
    kilobytesAStream: (kilobytes - before.kilobytes) / count,
    latencies,
    descriptors: { before: before.descriptors, open: whileOpen, after: descriptorsOf(server) },
  }
}

type Stream = { messages: () => number; reached: (count: number) => Promise<void>; close: () => void }

/** A connection that only counts messages, as a thousand clients that parse them would be measured too. */
function openStream(url: string, path: string, token: string): Promise<Stream> {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  const waiting: { count: number; resolve: () => void }[] = []
  let messages = 0
  socket.write(`GET ${path}/stream HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\n\r\n`)
  socket.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf('\nid: '); at !== -1; at = chunk.indexOf('\nid: ', at + 1)) messages += 1
    while ((waiting[0]?.count ?? Number.POSITIVE_INFINITY) <= messages) waiting.shift()?.resolve()
  })
  const reached = (count: number) =>
    new Promise<void>((resolve) => {
      if (messages >= count) resolve()
      else waiting.push({ count, resolve })
    })
  const stream = { messages: () => messages, reached, close: () => socket.destroy() }
  return reached(1).then(() => stream)
}

async function openMany(count: number, open: () => Promise<Stream>): Promise<Stream[]> {
  const streams: Stream[] = []
  while (streams.length < count) streams.push(...(await Promise.all(Array.from({ length: 50 }, open))))
  return streams
}

async function follow(url: string) {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  const post = async (path: string, body: unknown): Promise<Json> => {
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Json
  }
  const account = { email: 'many@example.com', password: 'a long enough phrase', firstName: 'Mo' }
  const { accessToken: token } = await post('/v1/auth/register', account)
  headers.authorization = `Bearer ${token}`
  const { id } = await post('/v1/sessions', {})
  const path = `/v1/sessions/${id}`
  const warm = async () => {
    for (let round = 0; round < WARMING_ROUNDS; round++) {
      const asked = Array.from({ length: 20 }, async () => (await fetch(url + path, { headers })).text())
      await Promise.all(asked)
    }
  }
  return { post, path, token: String(token), warm }
}

function kilobytesOf({ processId }: ServerProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1])
}

function descriptorsOf({ processId }: ServerProcess): number {
  return readdirSync(`/proc/${processId}/fd`).length
}

function settle() {
  return delay(SETTLING_MS)
}
