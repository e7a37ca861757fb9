import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createAct } from '../src/application/event-log.ts'
import type { SessionEvent } from '../src/domain/session/events.ts'
import { session } from '../src/domain/session/session.ts'
import { temporaryDirectory } from '../test/support/writer.ts'
import { loggingOf, openOwnLog, sessionEvent } from './own-log.ts'
import { type Row, rate, rateOfAll, type Side } from './row.ts'

const SETS_EACH = 50
const LOADED_EVENTS = 100
const CALLERS = 64

async function openEmmett() {
  const { getSQLiteEventStore, sqliteConnection } = await import('@event-driven-io/emmett-sqlite')
  const fileName = join(temporaryDirectory(), 'emmett.db')
  const connection = sqliteConnection({ fileName })
  await connection.command('PRAGMA synchronous = FULL')
  const store = getSQLiteEventStore({ fileName, connectionOptions: { singleton: true, connection } })
  /** Appends one event a call, to a stream of its own. */
  function appending(setsEach = SETS_EACH) {
    let stream = ''
    let version = 0
    return async () => {
      if (version === 0) stream = randomUUID()
      const event = sessionEvent(stream, version, setsEach)
      const expectedStreamVersion = version === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(version)
      await store.appendToStream(`session-${stream}`, [event], { expectedStreamVersion })
      version = event.type === 'SessionFinished' ? 0 : version + 1
      return `session-${stream}`
    }
  }
  return { store, appending, close: () => connection.close() }
}

function append(callers: number): Side {
  return {
    name: callers === 1 ? 'append' : `append, ${callers} callers`,
    async open({ seconds }) {
      const log = await openOwnLog()
      const loggings: (() => Promise<unknown>)[] = []
      while (loggings.length < callers) loggings.push(loggingOf(log, await log.addPerson(), SETS_EACH))
      return { round: () => rateOfAll(seconds, loggings), close: log.close }
    },
  }
}

function appendToEmmett(callers: number): Side {
  return {
    name: callers === 1 ? 'emmett-sqlite' : `emmett-sqlite, ${callers} callers`,
    async open({ seconds }) {
      const { appending, close } = await openEmmett()
      const calls = Array.from({ length: callers }, () => appending())
      return { round: () => rateOfAll(seconds, calls), close }
    },
  }
}

/** A stream of a hundred events, and a log to read it from. */
async function openLoaded() {
  const log = await openOwnLog()
  const userId = await log.addPerson()
  const logging = loggingOf(log, userId, LOADED_EVENTS)
  const { sessionId } = await logging()
  for (let events = 1; events < LOADED_EVENTS; events++) await logging()
  return { log, stream: `session-${userId}-${sessionId}` }
}

const loadAndFold: Side = {
  name: 'load',
  async open({ seconds }) {
    const { log, stream } = await openLoaded()
    const round = () =>
      rate(seconds, async () => {
        const events = await log.log.readStream(stream)
        return events.reduce((state, event) => session.evolve(state, event as SessionEvent), session.initial)
      })
    return { round, close: log.close }
  },
}

const loadKept: Side = {
  name: 'load of what is kept',
  async open({ seconds }) {
    const { log, stream } = await openLoaded()
    const { load } = createAct(log.log)
    return { round: () => rate(seconds, () => load(stream, session)), close: log.close }
  },
}

const aggregateInEmmett: Side = {
  name: 'emmett-sqlite',
  async open({ seconds }) {
    const { store, appending, close } = await openEmmett()
    const append = appending(LOADED_EVENTS)
    const stream = await append()
    for (let events = 1; events < LOADED_EVENTS; events++) await append()
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
    sides: [append(1), appendToEmmett(1)],
  },
  {
    ...much,
    id: 'T8 64',
    name: 'the same, 64 callers at once',
    sides: [append(CALLERS), appendToEmmett(CALLERS)],
  },
  {
    ...much,
    id: 'T8d',
    name: 'load a stream of 100 events and fold it / emmett-sqlite aggregateStream',
    sides: [loadAndFold, aggregateInEmmett],
  },
  {
    id: 'T8d warm',
    name: 'load it as a command does, its folded state being kept / the same',
    unit: '/s',
    better: 'more',
    sides: [loadKept, aggregateInEmmett],
  },
]
