import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { SessionEvent } from '../src/domain/session/events.ts'
import { session } from '../src/domain/session/session.ts'
import { temporaryDirectory } from '../test/support/writer.ts'
import { loggingOf, openOwnLog, sessionEvent } from './own-log.ts'
import { type Row, rate, type Side } from './row.ts'

const SETS_EACH = 50
const LOADED_EVENTS = 100

async function openEmmett() {
  const { getSQLiteEventStore, sqliteConnection } = await import('@event-driven-io/emmett-sqlite')
  const fileName = join(temporaryDirectory(), 'emmett.db')
  const connection = sqliteConnection({ fileName })
  await connection.command('PRAGMA synchronous = FULL')
  const store = getSQLiteEventStore({ fileName, connectionOptions: { singleton: true, connection } })
  let stream = ''
  let version = 0
  const append = async (setsEach: number) => {
    if (version === 0) stream = randomUUID()
    const event = sessionEvent(stream, version, setsEach)
    const expectedStreamVersion = version === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(version)
    await store.appendToStream(`session-${stream}`, [event], { expectedStreamVersion })
    version = event.type === 'SessionFinished' ? 0 : version + 1
    return `session-${stream}`
  }
  return { store, append, close: () => connection.close() }
}

const append: Side = {
  name: 'append',
  async open({ seconds }) {
    const log = await openOwnLog()
    const logging = loggingOf(log, await log.addPerson(), SETS_EACH)
    return { round: () => rate(seconds, logging), close: log.close }
  },
}

const appendToEmmett: Side = {
  name: 'emmett-sqlite',
  async open({ seconds }) {
    const { append, close } = await openEmmett()
    return { round: () => rate(seconds, () => append(SETS_EACH)), close }
  },
}

const loadAndFold: Side = {
  name: 'load',
  async open({ seconds }) {
    const log = await openOwnLog()
    const userId = await log.addPerson()
    const logging = loggingOf(log, userId, LOADED_EVENTS)
    const { sessionId } = await logging()
    for (let events = 1; events < LOADED_EVENTS; events++) await logging()
    const round = () =>
      rate(seconds, async () => {
        const events = await log.log.readStream(`session-${userId}-${sessionId}`)
        return events.reduce((state, event) => session.evolve(state, event as SessionEvent), session.initial)
      })
    return { round, close: log.close }
  },
}

const aggregateInEmmett: Side = {
  name: 'emmett-sqlite',
  async open({ seconds }) {
    const { store, append, close } = await openEmmett()
    const stream = await append(LOADED_EVENTS)
    for (let events = 1; events < LOADED_EVENTS; events++) await append(LOADED_EVENTS)
    const folding = { initialState: () => session.initial, evolve: session.evolve }
    return { round: () => rate(seconds, () => store.aggregateStream(stream, folding)), close }
  },
}

const much = { unit: '/s', better: 'more', must: 3, goal: 6 } as const

export const rows: readonly Row[] = [
  {
    ...much,
    id: 'T8',
    name: 'append one event a call / emmett-sqlite, FULL',
    sides: [append, appendToEmmett],
  },
  {
    ...much,
    id: 'T8d',
    name: 'load a stream of 100 events and fold it / emmett-sqlite aggregateStream',
    sides: [loadAndFold, aggregateInEmmett],
  },
]
