import type { Database } from 'better-sqlite3'
import type { AsOf, Moment } from '../../application/as-of.ts'
import { createFeed } from '../../application/user-events.ts'
import { type RecordAsked, type Why, whyRecord } from '../../application/why.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import { views } from './all-views.ts'
import type { MasterKeySource } from './master-key.ts'
import { openLogAndKeys } from './offline.ts'
import { askPast, foldPast, logUpTo } from './past.ts'
import { readsOf } from './reads.ts'
import { personNamed, userEventsOf } from './user-streams.ts'
import type { Keyring } from './vault.ts'
import { weighingOf } from './views/body-weights.ts'

type Place = MasterKeySource & { dataDir: string }

/** What the log had about a person, named by id or e-mail; beside a live server too, as all below. */
export function readPast(place: Place, person: string, moment: Moment): Promise<AsOf | Refusal> {
  return withPerson(place, person, (log, keys, userId) =>
    askPast({ log, keys, views }, { userId, moment, now: Date.now(), language: 'en' }),
  )
}

/** Hands one person's document on, or the table of their sets, piece by piece. */
export function exportUser(
  place: Place,
  person: string,
  sink: (text: string) => Promise<void>,
  form: 'document' | 'csv' = 'document',
): Promise<undefined | Refusal> {
  return withPerson(place, person, async (log, keys, userId) => {
    const feed = createFeed({ events: userEventsOf(log, keys), clock: Date })
    for await (const piece of feed[form](userId)) await sink(piece)
    return undefined
  })
}

/** The events that make a person's record what it is. */
export function explainRecord(place: Place, person: string, asked: RecordAsked): Promise<Why | Refusal> {
  return withPerson(place, person, async (log, keys, userId) => {
    const upTo = Number.MAX_SAFE_INTEGER
    const options = { log, keys, views }
    const scratch = foldPast(options, userId, upTo)
    const nameOf = log.prepare<[number], string>('SELECT name FROM streams WHERE key = ?').pluck()
    const weighing = weighingOf(scratch)
    try {
      const { records, users } = readsOf(scratch)
      const need = {
        ...{ records, users, log: logUpTo(options, upTo) },
        weighing(ofUser: string, sessionId: string) {
          const key = weighing(ofUser, sessionId)
          return key === undefined ? undefined : nameOf.get(key)
        },
      }
      return await whyRecord(need, userId, asked)
    } finally {
      scratch.close()
    }
  })
}

async function withPerson<T>(
  place: Place,
  person: string,
  work: (log: Database, keys: Keyring, userId: string) => Promise<T>,
): Promise<T | Refusal> {
  const { log, keys, close } = openLogAndKeys(place.dataDir, place)
  try {
    const userId = personNamed(log, keys, person)
    if (userId === undefined) return refuse('not-found', 'There is no such person.')
    return await work(log, keys, userId)
  } finally {
    close()
  }
}
