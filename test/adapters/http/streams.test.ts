import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Problem } from '../../../src/adapters/http/problem.ts'
import { createStreams } from '../../../src/adapters/http/streams.ts'
import type { Message, Place } from '../../../src/application/session-stream.ts'

const test = suite('streams')

const beginning = { userId: 'ada', sessionId: 'session', version: 0, state: { status: 'active' } } as Place
const callerOf = (loginId: string, expiresAt = 1_000_000) => ({
  ...{ userId: 'ada', loginId, tokenId: 'token', expiresAt },
  scopes: [],
})

/** A story that is told by `grow`, and whose streams live by seconds that are counted. */
function streamsOfStory() {
  const onMore = new Set<() => void>()
  const failures: unknown[] = []
  const ended = new Set<string>()
  let tick = () => {}
  let versions = 0
  let status = 'active'
  let broken: Error | undefined
  let seconds = 0
  const streams = createStreams({
    stream: {
      async next(place: Place, limit: number) {
        if (broken) throw broken
        const last = Math.min(versions, place.version + limit)
        const messages = Array.from({ length: last - place.version }, (_, index) => ({
          ...{ version: place.version + index + 1, name: 'progress', data: {} },
        })) as Message[]
        return { messages, place: { ...place, version: last, state: { status } } as Place }
      },
      follow(_place: Place, hear: () => void) {
        onMore.add(hear)
        return () => onMore.delete(hear)
      },
    } as never,
    loginHasEnded: async (loginId) => ended.has(loginId),
    now: () => seconds * 1000,
    onFailure: (error) => failures.push(error),
    everySecond: (given) => {
      tick = given
      return () => {
        tick = () => {}
      }
    },
  })
  return {
    streams,
    failures,
    ended,
    followers: () => onMore.size,
    open: (caller = callerOf('login'), version = 0) =>
      streams.open(caller, { ...beginning, version }, Buffer.from('retry: 1000\n\n'), 'en'),
    async grow(count: number, now = 'active') {
      versions += count
      status = now
      for (const hear of onMore) hear()
      await settled()
    },
    breakWith: (error: Error) => {
      broken = error
    },
    async pass(count: number) {
      for (let passed = 0; passed < count; passed++) {
        seconds += 1
        tick()
      }
      await settled()
    },
  }
}

async function settled() {
  for (let turn = 0; turn < 50; turn++) await setImmediate()
}

/** Takes all that comes, for as long as it is not paused. */
function reading(readable: Readable) {
  let text = ''
  readable.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  return { ids: () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)), text: () => text }
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

test('all that follow a session are given the same bytes, in the same order', async () => {
  const story = streamsOfStory()
  const [first, second] = [story.open(), story.open()]
  const [one, other] = [reading(first), reading(second)]
  await story.grow(3)
  await story.grow(100)
  assert.equal([one.ids(), other.ids()], [upTo(103), upTo(103)])
  assert.match(one.text(), /^retry: 1000\n\nid: 1\nevent: progress\ndata: \{\}\n\n/)
  assert.equal(story.streams.count(), { streams: 2, channels: 1 })
  first.destroy()
  second.destroy()
  assert.equal([story.streams.count(), story.followers()], [{ streams: 0, channels: 0 }, 0])
})

test('who is far behind reads at their own pace, and is then told what is new', async () => {
  const story = streamsOfStory()
  await story.grow(500)
  const head = story.open(callerOf('login'), 500)
  const behind = story.open(callerOf('login'), 10)
  const [now, late] = [reading(head), reading(behind)]
  behind.pause()
  await story.grow(200)
  behind.resume()
  await settled()
  await story.grow(1)
  assert.equal([now.ids(), late.ids()], [upTo(701, 501), upTo(701, 11)])
  head.destroy()
  behind.destroy()
})

test('who had caught up and falls 128 messages behind is dropped, the others are not', async () => {
  const story = streamsOfStory()
  const [quick, slow] = [story.open(), story.open()]
  const taken = reading(quick)
  reading(slow)
  await settled()
  slow.pause()
  await story.grow(120)
  assert.is(slow.destroyed, false)
  await story.grow(20)
  assert.equal([slow.destroyed, quick.destroyed, taken.ids().length], [true, false, 140])
  quick.destroy()
})

test('who takes nothing for 30 seconds while something waits is dropped', async () => {
  const story = streamsOfStory()
  const [patient, stuck] = [story.open(), story.open()]
  reading(patient)
  reading(stuck)
  await settled()
  stuck.pause()
  await story.pass(100)
  assert.equal([patient.destroyed, stuck.destroyed], [false, true])
  patient.destroy()
})

test('a heartbeat comes every 15 seconds', async () => {
  const story = streamsOfStory()
  const quiet = story.open()
  const taken = reading(quiet)
  await settled()
  await story.pass(14)
  assert.is(taken.text(), 'retry: 1000\n\n')
  await story.pass(1)
  await story.pass(15)
  assert.is(taken.text(), 'retry: 1000\n\n: \n\n: \n\n')
  quiet.destroy()
})

test('a login that has ended, or a token that has expired, ends its streams within a second', async () => {
  const story = streamsOfStory()
  const all = [story.open(callerOf('a')), story.open(callerOf('b')), story.open(callerOf('c', 3000))]
  const stuck = story.open(callerOf('b'))
  for (const one of [...all, stuck]) reading(one)
  await settled()
  stuck.pause()
  await story.grow(2)
  story.ended.add('b')
  await story.pass(1)
  const [a, b, c] = all as [Readable, Readable, Readable]
  assert.equal(
    [a, b, c, stuck].map(({ destroyed }) => destroyed),
    [false, true, false, true],
  )
  assert.is(b.readableEnded, true)
  await story.pass(2)
  assert.equal([a.destroyed, c.readableEnded, c.destroyed], [false, true, true])
  a.destroy()
})

test('the end of the story ends the streams when all is given', async () => {
  const story = streamsOfStory()
  const [quick, slow] = [story.open(), story.open()]
  const [one, other] = [reading(quick), reading(slow)]
  slow.pause()
  await story.grow(40, 'finished')
  assert.equal([quick.readableEnded, slow.readableEnded], [true, false])
  slow.resume()
  await settled()
  assert.equal([one.ids(), other.ids(), slow.readableEnded], [upTo(40), upTo(40), true])
  assert.equal([story.streams.count().streams, story.followers()], [0, 0])
})

test('a story that cannot be read drops its streams, and is told of once', async () => {
  const story = streamsOfStory()
  const all = [story.open(), story.open()]
  for (const one of all) reading(one)
  await settled()
  const broken = new Error('unreadable')
  story.breakWith(broken)
  await story.grow(1)
  assert.equal([all.map(({ destroyed }) => destroyed), story.failures], [[true, true], [broken]])
  assert.equal(story.streams.count(), { streams: 0, channels: 0 })
})

test('who is behind in a story that cannot be read is dropped, and may come again', async () => {
  const story = streamsOfStory()
  await story.grow(40)
  const [head, behind] = [story.open(callerOf('login'), 40), story.open(callerOf('login'), 1)]
  reading(head)
  await settled()
  story.breakWith(new Error('unreadable'))
  reading(behind)
  await settled()
  assert.equal([head.destroyed, behind.destroyed, story.failures.length], [false, true, 1])
  head.destroy()
})

test('one person may have 2,048 streams; others have theirs', async () => {
  const story = streamsOfStory()
  const all = Array.from({ length: 2048 }, () => story.open())
  assert.throws(
    () => story.open(),
    ({ status, headers }: Problem) => status === 429 && headers['retry-after'] === '15',
  )
  all.push(story.open({ ...callerOf('login'), userId: 'bob' }))
  all[0]?.destroy()
  all.push(story.open())
  for (const one of all) one.destroy()
  assert.equal(story.streams.count(), { streams: 0, channels: 0 })
})

test('when the server closes all streams end well, and none is opened', async () => {
  const story = streamsOfStory()
  const open = story.open()
  reading(open)
  await settled()
  story.streams.closeAll()
  await settled()
  assert.equal([open.readableEnded, story.streams.count().streams], [true, 0])
  assert.throws(
    () => story.open(),
    ({ status }: Problem) => status === 503,
  )
})

test.run()
