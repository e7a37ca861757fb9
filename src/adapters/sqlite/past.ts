import type { Database } from 'better-sqlite3'
import { type AsOf, answerPast, type Moment } from '../../application/as-of.ts'
import { createAct, type EventLog } from '../../application/event-log.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { headOf, streamReader } from './log-file.ts'
import { decodeEvent, readForViews, type SubjectKeys } from './read-log.ts'
import { readsOf } from './reads.ts'
import { createUserEvents, isPerson, positionAt } from './user-streams.ts'
import type { View } from './views.ts'
import { createFolding, openScratchViews } from './views-file.ts'

const PAGE_EVENTS = 1000

export type PastOptions = { log: Database; keys: SubjectKeys; views: readonly View[] }

export type PastQuestion = { userId: string; moment: Moment; now: number; language: 'en' | 'ru' }

/** Where in the log a moment is, and what the clock showed then. */
export type Place = { position: number; clock: number }

/** A time not after the last event's is now only where it is not before the clock either. */
export function placeOf(log: Database, moment: Moment, now: number): Place {
  const head = headOf(log).position
  if ('position' in moment) {
    const position = Math.min(moment.position, head)
    const at = log.prepare<[number], string>('SELECT recorded_at FROM events WHERE position = ?').pluck()
    return {
      position,
      clock: position === head ? now : Date.parse(at.get(position) ?? new Date(0).toISOString()),
    }
  }
  const clock = Date.parse(moment.time)
  if (clock >= now) return { position: head, clock: now }
  return { position: positionAt(log, moment.time), clock }
}

/** What the log gave about a person at a moment: their events up to there, folded by themselves. */
export async function askPast(options: PastOptions, question: PastQuestion): Promise<AsOf | Refusal> {
  const { userId, moment, now, language } = question
  const { log, keys } = options
  const { position, clock } = placeOf(log, moment, now)
  if (!isPerson(log, keys, userId)) return refuse('not-found', 'There is no such person.')
  const events = createUserEvents(log)
  if (events.positions(userId, { upTo: position, limit: 1 }).length === 0) {
    return refuse('not-found', 'This account was not there yet.')
  }
  const views = foldPast(options, userId, position)
  try {
    const { planStatistics, plans, ...reads } = readsOf(views)
    const idle = { clock: { now: () => clock }, newId: () => '' }
    const need = { ...reads, ...createAct(logUpTo(options, position)), ...idle }
    const past = await answerPast({ ...need, plans: planStatistics, live: plans }, userId, language)
    return isRefusal(past) ? past : { position, at: new Date(clock).toISOString(), ...past }
  } finally {
    views.close()
  }
}

// None of the answers asks these, and keeping the records level takes longer than all else together.
const unasked = ['records', 'classic']

/** The views of the catalogue and of one person, if any, as they were at a position. */
export function foldPast(
  { log, keys, views }: PastOptions,
  userId: string | undefined,
  upTo: number,
): Database {
  const events = createUserEvents(log)
  const own = userId === undefined ? [] : events.positions(userId, { upTo })
  const positions = [...events.catalogue({ upTo }), ...own]
  const inOrder = Float64Array.from(positions).sort()
  const scratch = openScratchViews(views, ':memory:')
  const { fold } = createFolding(
    scratch,
    views.filter(({ name }) => !unasked.includes(name)),
  )
  scratch.pragma('journal_mode = OFF')
  scratch.exec('BEGIN')
  for (let from = 0; from < inOrder.length; from += PAGE_EVENTS) {
    for (const stored of events.at([...inOrder.subarray(from, from + PAGE_EVENTS)])) {
      fold(readForViews(stored, keys))
    }
  }
  scratch.exec('COMMIT')
  return scratch
}

/** The log as it was: read up to a position, never written. */
export function logUpTo({ log, keys }: PastOptions, position: number): EventLog {
  const read = streamReader(log)
  return {
    async readStream(stream, upToVersion = Number.MAX_SAFE_INTEGER) {
      const stored = read(stream, upToVersion).filter((event) => event.position <= position)
      return stored.map((event) => decodeEvent(event, keys))
    },
    append: async () => {
      throw new Error('The past cannot be changed.')
    },
    remembered: async () => undefined,
    follow: () => () => {},
  }
}
