import { Readable } from 'node:stream'
import { type Beginning, isLive, type Place, type SessionStream } from '../../application/session-stream.ts'
import type { Language } from '../../domain/exercise/events.ts'
import { type Channel, createChannel, type Rendered, rendered } from './channels.ts'
import { Problem } from './problem.ts'
import type { Caller } from './route.ts'

export type Streams = ReturnType<typeof createStreams>

export type StreamsNeed = {
  stream: SessionStream
  loginHasEnded: (loginId: string) => Promise<boolean>
  /** Milliseconds since 1970. */
  now: () => number
  onFailure: (error: unknown) => void
  /** Calls once a second until it is stopped. */
  everySecond?: (tick: () => void) => () => void
}

type Stream = {
  readonly readable: Readable
  readonly caller: Caller
  readonly channel: Channel
  readonly openedAt: number
  /** What was read from the log to catch up, and not given yet. */
  waiting: Rendered[]
  /** Where to read on in the log; undefined for who has once caught up, and is served from the channel. */
  place: Place | undefined
  /** The version given last. */
  version: number
  isReading: boolean
  /** Whether the client takes more. */
  isWanting: boolean
  isEnded: boolean
  /** The second in which nothing waited for the client. */
  freeAt: number
}

const STREAMS_A_PERSON = 2048
const HEARTBEAT_SECONDS = 15
const STUCK_SECONDS = 30
const HEARTBEAT = Buffer.from(': \n\n')
const PREAMBLE = Buffer.from('retry: 1000\n\n')

/** The open streams: each gets what it misses at its own pace, and none outlives its login. */
export function createStreams({ stream: source, loginHasEnded, now, onFailure, ...need }: StreamsNeed) {
  const { everySecond = eachSecond } = need
  const streams = new Set<Stream>()
  const ofPerson = new Map<string, number>()
  const channels = new Map<string, { channel: Channel; followers: Set<Stream> }>()
  const snapshots = new Map<string, Promise<Buffer>>()
  let second = 0
  let stopTicking = () => {}
  let isClosed = false

  function give(stream: Stream): void {
    while (stream.isWanting && !stream.isEnded && !stream.isReading) {
      const read = stream.waiting.shift()
      const next = read ?? stream.channel.message(stream.version + 1)
      if (next === undefined) {
        goOn(stream)
        return
      }
      if (read === undefined) stream.place = undefined
      stream.version = next.version
      stream.isWanting = stream.readable.push(next.bytes)
    }
  }

  /** Where nothing is at hand: reads on, or waits for more, or ends where no more is to come. */
  function goOn(stream: Stream): void {
    const { channel, version } = stream
    const place = channel.place()
    if (version < place.version) {
      void catchUp(stream)
      return
    }
    stream.place = undefined
    if (version === place.version && !isLive(place) && !channel.isLooking()) end(stream)
  }

  async function catchUp(stream: Stream): Promise<void> {
    stream.isReading = true
    try {
      const { messages, place } = await stream.channel.pageAfter(stream.place as Place)
      if (stream.readable.destroyed) return
      Object.assign(stream, { waiting: messages, place, isReading: false })
      give(stream)
    } catch (error) {
      onFailure(error)
      stream.readable.destroy()
    }
  }

  function end(stream: Stream) {
    if (stream.isEnded) return
    stream.isEnded = true
    stream.readable.push(null)
  }

  /** At once, and without what still waits for a client that does not take it. */
  function cut(stream: Stream) {
    if (stream.readable.readableLength > 0) stream.readable.destroy()
    else end(stream)
  }

  /** Rendered once for all who come within a second: a rest that it shows may have ended since. */
  function firstBytes({ place, snapshot }: Beginning, language: Language): Promise<Buffer> | Buffer {
    if (snapshot === undefined) return PREAMBLE
    const key = `${keyOf(place, language)} ${place.version}`
    const known = snapshots.get(key)
    if (known !== undefined) return known
    const bytes = snapshot().then((message) => Buffer.concat([PREAMBLE, rendered(message).bytes]))
    snapshots.set(key, bytes)
    setTimeout(() => snapshots.delete(key), 1000).unref()
    return bytes
  }

  function channelOf(place: Place, language: Language) {
    const key = keyOf(place, language)
    const known = channels.get(key)
    if (known !== undefined) return { key, ...known }
    const followers = new Set<Stream>()
    const channel = createChannel(source, place, language, {
      onMore() {
        for (const stream of followers) {
          // Who had caught up and takes too little is to come again, and to read from the log.
          if (stream.place === undefined && channel.hasLost(stream.version + 1)) stream.readable.destroy()
          else give(stream)
        }
      },
      onFailure(error) {
        onFailure(error)
        for (const { readable } of followers) readable.destroy()
      },
    })
    channels.set(key, { channel, followers })
    return { key, channel, followers }
  }

  function demandRoom({ userId }: Caller) {
    if (isClosed) throw new Problem('not-ready', 'The service is going down.')
    const count = ofPerson.get(userId) ?? 0
    if (count < STREAMS_A_PERSON) return
    const headers = { 'retry-after': String(HEARTBEAT_SECONDS) }
    throw new Problem('too-many-requests', `${count} streams are open; close one first.`, { headers })
  }

  function forget(stream: Stream, key: string, followers: Set<Stream>) {
    const { userId } = stream.caller
    streams.delete(stream)
    followers.delete(stream)
    if (followers.size === 0) {
      stream.channel.stop()
      channels.delete(key)
    }
    const left = (ofPerson.get(userId) ?? 0) - 1
    if (left > 0) ofPerson.set(userId, left)
    else ofPerson.delete(userId)
    if (streams.size === 0) stopTicking()
  }

  function tick() {
    second += 1
    for (const stream of streams) {
      const { readable, openedAt, isWanting, isEnded, caller } = stream
      if (readable.readableLength === 0) stream.freeAt = second
      if (second - stream.freeAt >= STUCK_SECONDS) readable.destroy()
      else if (caller.expiresAt <= now()) cut(stream)
      else if ((second - openedAt) % HEARTBEAT_SECONDS === 0 && isWanting && !isEnded) {
        stream.isWanting = readable.push(HEARTBEAT)
      }
    }
    cutLoggedOut().catch(onFailure)
  }

  async function cutLoggedOut() {
    for (const [loginId, logged] of Map.groupBy(streams, ({ caller }) => caller.loginId)) {
      if (await loginHasEnded(loginId)) for (const stream of logged) cut(stream)
    }
  }

  return {
    firstBytes,
    /** A stream that begins there with these bytes; throws where one person has too many. To be destroyed. */
    open(caller: Caller, place: Place, first: Buffer, language: Language): Readable {
      demandRoom(caller)
      const { key, channel, followers } = channelOf(place, language)
      const readable = new Readable({
        highWaterMark: 1,
        read() {
          stream.isWanting = true
          stream.freeAt = second
          give(stream)
        },
        destroy(error, done) {
          forget(stream, key, followers)
          done(error)
        },
      })
      const stream: Stream = {
        ...{ readable, caller, channel, openedAt: second, freeAt: second },
        ...{ waiting: [{ version: place.version, bytes: first }], place, version: place.version },
        ...{ isReading: false, isWanting: false, isEnded: false },
      }
      if (streams.size === 0) stopTicking = everySecond(tick)
      streams.add(stream)
      followers.add(stream)
      ofPerson.set(caller.userId, (ofPerson.get(caller.userId) ?? 0) + 1)
      return readable
    },
    /** Ends all streams well, and opens no more, so that clients come again elsewhere or later. */
    closeAll() {
      isClosed = true
      for (const stream of streams) end(stream)
    },
    /** How many are open, and how many sessions are followed for them. */
    count: () => ({ streams: streams.size, channels: channels.size }),
  }
}

function keyOf({ userId, sessionId }: Place, language: Language): string {
  return `${language} ${userId} ${sessionId}`
}

function eachSecond(tick: () => void): () => void {
  const timer = setInterval(tick, 1000).unref()
  return () => clearInterval(timer)
}
