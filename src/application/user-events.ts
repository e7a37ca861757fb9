import { type EventType, eventVersions } from '../domain/events.ts'
import type { Head } from './audit.ts'
import { exportCsv } from './csv-export.ts'
import type { RecordedEvent } from './event-log.ts'
import { type ExportedEvent, userFormat, withoutOwner } from './import-check.ts'
import type { Clock } from './ports.ts'

export interface UserEvents {
  /** What happened to one person behind a position, in the order of the log; nothing of whoever is erased. */
  after(userId: string, position: number, limit: number): Promise<RecordedEvent[]>
  head(): Promise<Head>
}

export type OwnEvent = Pick<
  RecordedEvent,
  'position' | 'stream' | 'version' | 'type' | 'recordedAt' | 'data' | 'hash'
>

export type Feed = ReturnType<typeof createFeed>

const PAGE_EVENTS = 250

/** Everything that a person ever did, as it goes out: to sync with, or to take along. */
export function createFeed({ events, clock }: { events: UserEvents; clock: Clock }) {
  return {
    /** In order, behind a position: corrections and deletions are events like all others. */
    async page(userId: string, after: number, limit: number): Promise<{ items: OwnEvent[]; next?: number }> {
      const found = await events.after(userId, after, limit + 1)
      const items = found.slice(0, limit).map(shown)
      const last = items.at(-1)
      return found.length > limit && last !== undefined ? { items, next: last.position } : { items }
    },

    /** The sets of finished sessions as CSV, piece by piece. */
    csv: (userId: string) => exportCsv(events, userId),

    /** One JSON document of all up to now, piece by piece. */
    async *document(userId: string): AsyncGenerator<string> {
      const { position, hash } = await events.head()
      const opening = {
        format: userFormat,
        exportedAt: new Date(clock.now()).toISOString(),
        head: { position, hash },
      }
      yield `${JSON.stringify(opening).slice(0, -1)},"events":[`
      let [after, lead] = [0, '\n']
      for (;;) {
        const found = await events.after(userId, after, PAGE_EVENTS)
        const last = found.at(-1)
        const told = found.filter((event) => event.position <= position)
        if (told.length > 0)
          yield lead + told.map((event) => JSON.stringify(exported(userId, event))).join(',\n')
        if (last === undefined || last.position >= position) break
        ;[after, lead] = [last.position, ',\n']
      }
      yield '\n]}\n'
    },
  }
}

/** In the form of today. What opens or finds the account on this server alone stays here. */
function exported(userId: string, { stream, version, type, recordedAt, data }: RecordedEvent): ExportedEvent {
  const { classicId: _, classicIdHmac: __, ...rest } = data as Record<string, unknown>
  const schemaVersion = eventVersions[type as EventType]
  return { stream: withoutOwner(userId, stream), version, type, schemaVersion, recordedAt, data: rest }
}

export function shown({ position, stream, version, type, recordedAt, data, hash }: RecordedEvent): OwnEvent {
  return { position, stream, version, type, recordedAt, data, hash } as OwnEvent
}
