import { readEvent } from '../../domain/events.ts'
import type { StoredEvent } from './event-rows.ts'
import { isErased, openBody, type SubjectKeys } from './read-log.ts'
import type { ViewEvent } from './views.ts'

/** What both threads share: how many pages were taken, a count of what was done, and 1 at the end. */
export const places = { taken: 0, ticks: 1, isEnded: 2 }

/** A page of events with their bodies in the clear, as it goes from one thread to another. */
export type JoinedPage = {
  /** The position before it, and its last one with its hash. */
  after: number
  position: number
  hash: Uint8Array
  /** One text for all: objects are copied from thread to thread far slower than they are parsed. */
  text: string
}

type Joined = [
  ...[position: number, streamKey: number, subjectKey: number, stream: string, version: number],
  ...[recordedAt: string, type: string, schemaVersion: number, body: unknown],
]

/** Throws where a body is no JSON: of two that are none, what is joined might be. */
export function joinPage(page: readonly StoredEvent[], keys: SubjectKeys): string {
  const events = page.filter((stored) => !isErased(stored, keys)).map((stored) => joined(stored, keys))
  return `[${events.join()}]`
}

function joined(stored: StoredEvent, keys: SubjectKeys): string {
  const { position, streamKey, subjectKey, stream, version, recordedAt, type, schemaVersion } = stored
  const places = [position, streamKey, subjectKey, stream, version]
  const facts = JSON.stringify([...places, recordedAt, type, schemaVersion])
  const body = openBody(stored, keys).toString()
  JSON.parse(body)
  return `${facts.slice(0, -1)},${body}]`
}

/** Throws on what means nothing to today's code. */
export function splitPage(text: string): ViewEvent[] {
  return JSON.parse(text).map((one: Joined) => {
    const [position, streamKey, subjectKey, stream, version, recordedAt, type, schemaVersion, body] = one
    const { data } = readEvent(type, schemaVersion, body)
    return { type, data, position, streamKey, subjectKey, stream, version, recordedAt }
  })
}
