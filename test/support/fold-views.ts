import Database from 'better-sqlite3'
import type { View, ViewEvent } from '../../src/adapters/sqlite/views.ts'
import type { DomainEvent } from '../../src/domain/events.ts'

export type Fact = { stream: string; subject?: string; event: DomainEvent; recordedAt?: string }

/**
 * Views in memory, folded from plain events as the writer would; streams get their keys as they first come.
 */
export function foldViews(views: readonly View[], facts: readonly Fact[] = []) {
  const db = new Database(':memory:')
  for (const view of views) db.exec(view.tables)
  const handlers = views.map((view) => view.on(db))
  const keys = new Map<string, number>()
  const versions = new Map<string, number>()
  let position = 0
  function keyOf(stream: string) {
    if (!keys.has(stream)) keys.set(stream, keys.size + 1)
    return keys.get(stream) as number
  }

  const folded: Fact[] = []
  const seen: ViewEvent[] = []

  function eventOf(fact: Fact): ViewEvent {
    folded.push(fact)
    const { stream, subject, event, recordedAt = '2025-01-01T00:00:00.000Z' } = fact
    const subjectKey = subject === undefined ? 0 : keyOf(`user-${subject}`)
    const streamKey = keyOf(stream)
    const version = (versions.get(stream) ?? 0) + 1
    versions.set(stream, version)
    position += 1
    return { ...event, position, streamKey, subjectKey, stream, version, recordedAt } as ViewEvent
  }

  function fold(fact: Fact) {
    const event = eventOf(fact)
    seen.push(event)
    for (const handler of handlers) handler[event.type]?.(event as never)
  }

  for (const fact of facts) fold(fact)
  return {
    ...{ db, fold, folded },
    /** The events as the views saw them. */
    seen,
    /** Its place in the log is taken, as by an event that nobody can read any more. */
    pass: (fact: Fact) => void eventOf(fact),
  }
}
