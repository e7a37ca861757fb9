import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Aggregate, type Command, createAct, type EventLog } from '../../src/application/event-log.ts'
import { isRefusal, refuse } from '../../src/domain/refusal.ts'
import type { SessionEvent } from '../../src/domain/session/events.ts'

const test = suite('act')

type Count = { changes: number }
const counter: Aggregate<Count, SessionEvent> = {
  initial: { changes: 0 },
  evolve: (state) => ({ changes: state.changes + 1 }),
}
const change = (title: string): SessionEvent => ({ type: 'SessionChanged', data: { title } })
const metadata = { actor: 'ann', commandId: 'c', correlationId: 'r' }
const command: Command = { userId: 'ann', metadata }

/** A log in memory that keeps the promises of the port, and counts how often it is read. */
function memoryLog() {
  const streams = new Map<string, SessionEvent[]>()
  const memory = new Map<string, { request: string; outcome: unknown }>()
  let reads = 0
  const log: EventLog = {
    readStream: async (stream, upTo) => {
      reads += 1
      return (streams.get(stream) ?? []).slice(0, upTo) as never
    },
    follow: () => () => undefined,
    append: async (appends, _metadata, remember) => {
      for (const { stream, expected } of appends) {
        const actual = streams.get(stream)?.length ?? 0
        if (expected !== 'any' && (expected === 'no stream' ? 0 : expected) !== actual) {
          return { conflict: { stream, expected, actual } }
        }
      }
      for (const { stream, events } of appends) {
        streams.set(stream, [...(streams.get(stream) ?? []), ...(events as SessionEvent[])])
      }
      if (remember) memory.set(remember.key, remember)
      return { lastPosition: 1 }
    },
    remembered: async (_userId, key, request) => {
      const known = memory.get(key)
      return known && (known.request === request ? { outcome: known.outcome } : 'other request')
    },
  }
  return { log, streams, reads: () => reads }
}

const version = (after: readonly { version: number }[]) => after.map((folded) => folded.version)
const target = (stream: string, title = 'Legs') => ({
  stream,
  aggregate: counter,
  decide: () => [change(title)],
})

test('appends what was decided and makes the outcome from the state after it', async () => {
  const { log, streams } = memoryLog()
  const { act } = createAct(log)
  assert.equal(await act(command, [target('a')], version), { outcome: [1], replayed: false })
  assert.equal(await act(command, [target('a', 'Arms')], version), { outcome: [2], replayed: false })
  assert.equal(streams.get('a'), [change('Legs'), change('Arms')])
})

test('appends nothing when there is nothing to do', async () => {
  const { log, streams } = memoryLog()
  const idle = { stream: 'a', aggregate: counter, decide: () => [] }
  assert.equal(await createAct(log).act(command, [idle], version), { outcome: [0], replayed: false })
  assert.equal(streams.size, 0)
})

test('remembers an answer without events, so that its repetition does not act later', async () => {
  const { log, streams } = memoryLog()
  const { act } = createAct(log)
  const keyed = { ...command, idempotency: { key: 'k', request: 'r' } }
  const idle = { stream: 'a', aggregate: counter, decide: () => [] }
  assert.equal(await act(keyed, [idle], version), { outcome: [0], replayed: false })
  assert.equal(await act(keyed, [target('a')], version), { outcome: [0], replayed: true })
  assert.is(streams.size, 0)
})

test('lands several streams together, or none of them when one refuses', async () => {
  const { log, streams } = memoryLog()
  const { act } = createAct(log)
  const refusing = { stream: 'b', aggregate: counter, decide: () => refuse('not-found', 'No such session.') }
  assert.equal(await act(command, [target('a'), refusing], version), refuse('not-found', 'No such session.'))
  assert.equal(streams.size, 0)
  assert.equal(await act(command, [target('a'), target('b')], version), { outcome: [1, 1], replayed: false })
})

test('lets fifty commands of one user each decide on what the one before left', async () => {
  const { log, streams, reads } = memoryLog()
  const { act } = createAct(log)
  const acted = await Promise.all(Array.from({ length: 50 }, () => act(command, [target('a')], version)))
  assert.equal(
    acted.map((done) => !isRefusal(done) && done.outcome[0]),
    Array.from({ length: 50 }, (_, index) => index + 1),
  )
  assert.is(streams.get('a')?.length, 50)
  assert.is(reads(), 1)
})

test('decides again when another process was faster', async () => {
  const { log, streams } = memoryLog()
  const { act } = createAct(log)
  await act(command, [target('a')], version)
  streams.get('a')?.push(change('from elsewhere'))
  assert.equal(await act(command, [target('a')], version), { outcome: [3], replayed: false })
})

test('gives up on a stream that never stands still', async () => {
  const { log } = memoryLog()
  const restless: EventLog = {
    ...log,
    append: async () => ({ conflict: { stream: 'a', expected: 0, actual: 1 } }),
  }
  const acted = await createAct(restless).act(command, [target('a')], version)
  assert.is(isRefusal(acted) && acted.refusal, 'contended')
})

test('refuses a stale If-Match and names the version that stands', async () => {
  const { log } = memoryLog()
  const { act } = createAct(log)
  await act(command, [target('a')], version)
  assert.equal(
    await act({ ...command, ifMatch: 7 }, [target('a')], version),
    refuse('stale-version', 'The current version is 1.'),
  )
  assert.equal(await act({ ...command, ifMatch: 1 }, [target('a')], version), {
    outcome: [2],
    replayed: false,
  })
})

test('answers a repetition under the same key with the first outcome, and does nothing', async () => {
  const { log, streams } = memoryLog()
  const { act } = createAct(log)
  const keyed = { ...command, idempotency: { key: 'k', request: 'one' } }
  const acted = await Promise.all([1, 2, 3].map(() => act(keyed, [target('a')], version)))
  assert.equal(acted, [
    { outcome: [1], replayed: false },
    { outcome: [1], replayed: true },
    { outcome: [1], replayed: true },
  ])
  assert.is(streams.get('a')?.length, 1)
  const other = await act({ ...keyed, idempotency: { key: 'k', request: 'two' } }, [target('a')], version)
  assert.is(isRefusal(other) && other.refusal, 'idempotency-key-reused')
})

test('goes on with the next command after one that failed', async () => {
  const { log } = memoryLog()
  const { act } = createAct(log)
  const failing = {
    stream: 'a',
    aggregate: counter,
    decide: (): never => {
      throw new Error('broken')
    },
  }
  const [failed, next] = await Promise.allSettled([
    act(command, [failing], version),
    act(command, [target('a')], version),
  ])
  assert.is(failed?.status, 'rejected')
  assert.equal(next, { status: 'fulfilled', value: { outcome: [1], replayed: false } })
})

test('loads a state as it stood after an earlier version', async () => {
  const { log } = memoryLog()
  const { act, load } = createAct(log)
  for (const title of ['a', 'b', 'c']) await act(command, [target('a', title)], version)
  assert.equal(await load('a', counter), { state: { changes: 3 }, version: 3 })
  assert.equal(await load('a', counter, 2), { state: { changes: 2 }, version: 2 })
})

test('acts for nobody, as the catalogue does', async () => {
  const { log } = memoryLog()
  assert.equal(await createAct(log).act({ userId: undefined, metadata }, [target('a')], version), {
    outcome: [1],
    replayed: false,
  })
})

test('a turn waits for the commands of its person before it, and those behind wait for it', async () => {
  const { log } = memoryLog()
  const { act, inTurn } = createAct(log)
  const order: string[] = []
  const acted = (name: string) => act(command, [target(name)], () => void order.push(name))
  const others = { ...command, userId: 'bob' }
  const done = [
    acted('before'),
    inTurn('ann', async () => void order.push('turn')),
    acted('behind'),
    act(others, [target('other')], () => void order.push('of another')),
  ]
  await Promise.all(done)
  assert.equal(
    order.filter((name) => name !== 'of another'),
    ['before', 'turn', 'behind'],
  )
  assert.is(order.indexOf('of another') < 2, true)
})

test('the states of a person who is forgotten are read again, and no others', async () => {
  const { log, reads } = memoryLog()
  const { load, forget } = createAct(log)
  const streams = ['user-ann', 'session-ann-1', 'user-bob']
  for (const stream of streams) await load(stream, counter)
  forget('ann')
  assert.is(reads(), 3)
  for (const stream of streams) await load(stream, counter)
  assert.is(reads(), 5)
})

test('states of long streams leave less room for others, and the oldest go first', async () => {
  const { log, streams, reads } = memoryLog()
  const { load } = createAct(log)
  for (const stream of ['a', 'b', 'c']) streams.set(stream, Array(7_500).fill(change('Legs')))
  for (const stream of ['a', 'b', 'a', 'c']) await load(stream, counter)
  assert.is(reads(), 3)
  for (const stream of ['b', 'c', 'a']) await load(stream, counter)
  assert.is(reads(), 4)
})

test.run()
