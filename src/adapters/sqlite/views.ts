import type { Database } from 'better-sqlite3'
import type { DomainEvent, EventOf, EventType } from '../../domain/events.ts'
import type { RefusalCode } from '../../domain/refusal.ts'
import type { SetRow } from './views/set-rows.ts'

/**
 * An event as a view sees it: the log's own integer keys stand for its stream and for the person it belongs
 * to.
 */
export type ViewEvent<E extends DomainEvent = DomainEvent> = E & {
  position: number
  streamKey: number
  /** 0 for what is nobody's. */
  subjectKey: number
  stream: string
  version: number
  recordedAt: string
  /** The row of the set that this event logged, as the sessions view leaves it to the views behind it. */
  loggedSet?: SetRow
}

/** Deletes what belongs to the person of this `UserErased`: from each place, by the `@user` in it. */
export function forgetting(db: Database, ...places: readonly string[]) {
  const deletions = places.map((place) => db.prepare(`DELETE FROM ${place}`))
  return ({ streamKey: user }: { streamKey: number }) => {
    for (const deletion of deletions) deletion.run({ user })
  }
}

export type Handlers = { [T in EventType]?: (event: ViewEvent<EventOf<T>>) => void } & {
  /** Something was undone, or folded by others: what a view keeps in memory holds no longer. */
  forget?: () => void
}

/** A read model: its tables, what each event does to them; its queries stand below it in the same file. */
export type View = {
  name: string
  /** Bump it and every view is built anew. */
  version: number
  tables: string
  /** The refusal for each unique key, by the columns as SQLite names them in its error: `user.email`. */
  unique: Readonly<Record<string, RefusalCode>>
  /** Prepares the statements once for a connection. Handlers trust the log and never refuse. */
  on: (db: Database) => Handlers
  /**
   * Where a whole log is folded: the handlers that run then, without its triggers, and what makes all the
   * rest from the rows of the views before it, once every event is folded.
   */
  atOnce?: (db: Database) => { on: Handlers; fill: () => void }
}
