import type { Database } from 'better-sqlite3'
import type { UserEvents } from '../../application/user-events.ts'
import type { UserEvent } from '../../domain/user/events.ts'
import { emailKey, type RegisteredUser, user } from '../../domain/user/user.ts'
import { eventReader } from './event-rows.ts'
import { headOf, streamReader, userStream } from './log-file.ts'
import { decodeEvent, type SubjectKeys } from './read-log.ts'

/** The kinds of streams that bear their owner's id after the kind, and then an id of their own. */
export const ownedKinds = ['exercise', 'goal', 'measurement', 'plan', 'session'] as const

export type OwnStream = { key: number; name: string }

// The hyphen is followed by the full stop, so what lies between are all names with the prefix.
const owned = ownedKinds
  .map((kind) => `s.name > '${kind}-' || @userId || '-' AND s.name < '${kind}-' || @userId || '.'`)
  .map((range) => `SELECT s.key, s.name FROM streams s WHERE ${range}`)
const ofUser = [`SELECT s.key, s.name FROM streams s WHERE s.name = 'user-' || @userId`, ...owned].join(
  ' UNION ALL ',
)

// The custom exercises of people lie in the same range; theirs have two ids in their names.
const uuid = '-????????-????-????-????-????????????'
const ofCatalogue = `SELECT s.key, s.name FROM streams s
  WHERE s.name > 'exercise-' AND s.name < 'exercise.' AND s.name NOT GLOB 'exercise${uuid}${uuid}'`

function positionsIn(streams: string): string {
  return `SELECT e.position FROM (${streams}) own CROSS JOIN events e ON e.stream = own.key
    WHERE e.position > @after AND e.position <= @upTo ORDER BY e.position LIMIT @limit`
}

/** Every stream of one person, found by ranges of names: nothing of anybody else's is looked at. */
export function streamsOfUser(db: Database, userId: string): OwnStream[] {
  return db.prepare<{ userId: string }, OwnStream>(ofUser).all({ userId })
}

export type Span = { after?: number; upTo?: number; limit?: number }

/** Reads the events of one person or of the catalogue in the order of the log; prepared once. */
export function createUserEvents(db: Database) {
  const ofPerson = db.prepare<object, number>(positionsIn(ofUser)).pluck()
  const published = db.prepare<object, number>(positionsIn(ofCatalogue)).pluck()
  const at = eventReader<[string]>(
    db,
    'WHERE e.position IN (SELECT value FROM json_each(?)) ORDER BY e.position',
  )
  const span = ({ after = 0, upTo = Number.MAX_SAFE_INTEGER, limit = -1 }: Span) => ({ after, upTo, limit })
  return {
    /** The positions of the person's events, in order. The index of versions holds them: no event is read. */
    positions: (userId: string, asked: Span = {}) => ofPerson.all({ userId, ...span(asked) }),
    catalogue: (asked: Span = {}) => published.all(span(asked)),
    at: (positions: readonly number[]) => at(JSON.stringify(positions)),
  }
}

/** The events of people as the use cases see them. */
export function userEventsOf(db: Database, keys: SubjectKeys): UserEvents {
  const events = createUserEvents(db)
  return {
    async after(userId, position, limit) {
      if (!isPerson(db, keys, userId)) return []
      const stored = events.at(events.positions(userId, { after: position, limit }))
      return stored.map((one) => decodeEvent(one, keys))
    },
    async head() {
      const { position, hash } = headOf(db)
      return { position, hash: hash.toString('hex') }
    },
  }
}

/** The last event up to a time: events are recorded in the order of their times. 0 where there is none. */
export function positionAt(db: Database, instant: string): number {
  const recordedAt = db.prepare<[number], string>('SELECT recorded_at FROM events WHERE position = ?').pluck()
  let [low, high] = [
    0,
    db.prepare<[], number>('SELECT coalesce(max(position), 0) FROM events').pluck().get() ?? 0,
  ]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((recordedAt.get(middle) as string) <= instant) low = middle
    else high = middle - 1
  }
  return low
}

/** False for nobody's id, and for somebody who was erased, whatever is left in the log. */
export function isPerson(db: Database, keys: SubjectKeys, userId: string): boolean {
  const found = db.prepare<[string], 1>('SELECT 1 FROM streams WHERE name = ?').get(userStream(userId))
  return found !== undefined && (keys.subjectKey(userId) !== undefined || !keys.isErased(userId))
}

/** The person of this id, or with this e-mail now, as the log alone tells; undefined where there is none. */
export function personNamed(db: Database, keys: SubjectKeys, name: string): string | undefined {
  if (!name.includes('@')) {
    const userId = name.trim().toLowerCase()
    return isPerson(db, keys, userId) ? userId : undefined
  }
  const read = streamReader(db)
  const people = db
    .prepare<[], string>("SELECT name FROM streams WHERE name > 'user-' AND name < 'user.' ORDER BY key")
    .pluck()
  for (const stream of people.all()) {
    if (!isPerson(db, keys, stream.slice('user-'.length))) continue
    let state = user.initial
    for (const stored of read(stream, Number.MAX_SAFE_INTEGER)) {
      state = user.evolve(state, decodeEvent(stored, keys) as UserEvent)
    }
    const { email, userId } = state as RegisteredUser
    if (emailKey(email) === emailKey(name)) return userId
  }
  return undefined
}
