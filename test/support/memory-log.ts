import Database from 'better-sqlite3'
import type { View, ViewEvent } from '../../src/adapters/sqlite/views.ts'
import { createChanges } from '../../src/application/changes.ts'
import type { EventLog, RecordedEvent } from '../../src/application/event-log.ts'
import { createFollowers } from '../../src/application/followers.ts'
import { refuse } from '../../src/domain/refusal.ts'

/** The port EventLog over an array, folded into real views in memory, so that unique keys refuse as ever. */
export function memoryLog(views: readonly View[]) {
  const db = new Database(':memory:')
  for (const view of views) db.exec(view.tables)
  const handlers = views.map((view) => view.on(db))
  const unique = new Map(views.flatMap((view) => Object.entries(view.unique)))
  const events: RecordedEvent[] = []
  const streams: string[] = []
  const keyOf = (stream: string) =>
    1 + (streams.includes(stream) ? streams.indexOf(stream) : streams.push(stream) - 1)
  const read = (stream: string) => events.filter((event) => event.stream === stream)

  const fold = db.transaction((recorded: readonly RecordedEvent[], subject: string | undefined) => {
    const subjectKey = subject === undefined ? 0 : keyOf(`user-${subject}`)
    for (const event of recorded) {
      const seen = { ...event, streamKey: keyOf(event.stream), subjectKey } as ViewEvent
      for (const handler of handlers) handler[event.type]?.(seen as never)
    }
  })

  const { follow, tell, count } = createFollowers()
  const { changed, ...changes } = createChanges()
  const log: EventLog = {
    readStream: async (stream, upTo = Number.POSITIVE_INFINITY, after = 0) => read(stream).slice(after, upTo),
    follow,
    remembered: async () => undefined,
    async append(appends, metadata) {
      for (const { stream, subject, expected, events: added } of appends) {
        const actual = read(stream).length
        const fits = expected === 'any' || (expected === 'no stream' ? 0 : expected) === actual
        if (!fits) return { conflict: { stream, expected, actual } }
        const recorded = added.map((event, index) => ({
          ...event,
          position: events.length + index + 1,
          stream,
          version: actual + index + 1,
          eventId: crypto.randomUUID(),
          schemaVersion: 1,
          recordedAt: '2025-01-01T00:00:00.000Z',
          metadata,
          hash: '',
        }))
        try {
          fold(recorded, subject)
        } catch (error) {
          const code = unique.get(/UNIQUE constraint failed: (.+)/.exec((error as Error).message)?.[1] ?? '')
          if (code === undefined) throw error
          return refuse(code, 'A unique key of a view is taken.')
        }
        events.push(...recorded)
      }
      for (const { subject } of appends) if (subject !== undefined) changed(subject)
      for (const { stream } of appends) tell(stream)
      return { lastPosition: events.length }
    },
  }

  return { log, db, events, followed: count, changes }
}
