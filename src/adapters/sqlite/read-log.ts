import type { KeyObject } from 'node:crypto'
import type { Metadata, RecordedEvent } from '../../application/event-log.ts'
import { type DomainEvent, readEvent } from '../../domain/events.ts'
import type { StoredEvent } from './event-rows.ts'
import { sealedContext, unseal } from './sealing.ts'
import type { ViewEvent } from './views.ts'

export type SubjectKeys = {
  subjectKey(userId: string): KeyObject | undefined
  /** Asked about people who have no key. */
  isErased(userId: string): boolean
}

export const noKeys: SubjectKeys = { subjectKey: () => undefined, isErased: () => false }

export type UnreadableReason = 'key-missing' | 'unreadable' | 'unknown-type'

/**
 * A stored event that does not open or means nothing to today's code; the message names its position and
 * stream.
 */
export class UnreadableEvent extends Error {
  readonly reason: UnreadableReason
  readonly position: number
  readonly stream: string
  readonly subject: string

  constructor(reason: UnreadableReason, stored: StoredEvent, detail: string, cause?: unknown) {
    super(`Event ${stored.position} of ${stored.stream}: ${detail}`, { cause })
    this.name = 'UnreadableEvent'
    this.reason = reason
    this.position = stored.position
    this.stream = stored.stream
    this.subject = stored.subject
  }
}

/** True where the person of this event was erased: nobody can read it any more, and nobody has to. */
export function isErased(stored: StoredEvent, keys: SubjectKeys): boolean {
  if (stored.subjectKey === 0) return false
  return keyOf(stored, keys) === undefined && keys.isErased(userIdOf(stored.subject))
}

/** An event as the views see it. */
export function readForViews(stored: StoredEvent, keys: SubjectKeys): ViewEvent {
  const { position, streamKey, subjectKey, stream, version, recordedAt } = stored
  const { type, data } = openEvent(stored, keys)
  return { type, data, position, streamKey, subjectKey, stream, version, recordedAt } as ViewEvent
}

/** An event as the use cases see it. */
export function decodeEvent(stored: StoredEvent, keys: SubjectKeys): RecordedEvent {
  const { type, data } = openEvent(stored, keys)
  return {
    type,
    data,
    position: stored.position,
    stream: stored.stream,
    version: stored.version,
    eventId: stored.eventId,
    schemaVersion: stored.schemaVersion,
    recordedAt: stored.recordedAt,
    metadata: parse(stored, 'metadata', stored.metadata) as Metadata,
    hash: stored.hash.toString('hex'),
  } as RecordedEvent
}

function openEvent(stored: StoredEvent, keys: SubjectKeys): DomainEvent {
  const data = parse(stored, 'body', openBody(stored, keys))
  try {
    return readEvent(stored.type, stored.schemaVersion, data)
  } catch (error) {
    throw new UnreadableEvent('unknown-type', stored, messageOf(error), error)
  }
}

/** The bytes that were sealed. */
export function openBody(stored: StoredEvent, keys: SubjectKeys): Buffer {
  const { stream, version, type, schemaVersion, subject, subjectKey, body } = stored
  if (subjectKey === 0) return body
  const key = keyOf(stored, keys)
  if (key === undefined) {
    throw new UnreadableEvent('key-missing', stored, `the vault holds no key for its subject ${subject}.`)
  }
  try {
    return unseal(key, body, sealedContext(stream, version, type, schemaVersion))
  } catch (error) {
    const detail = 'its body does not open under the key of its subject.'
    throw new UnreadableEvent('unreadable', stored, detail, error)
  }
}

function keyOf(stored: StoredEvent, keys: SubjectKeys): KeyObject | undefined {
  try {
    return keys.subjectKey(userIdOf(stored.subject))
  } catch (error) {
    const detail = `the key of its subject ${stored.subject} does not open under the master key.`
    throw new UnreadableEvent('unreadable', stored, detail, error)
  }
}

function userIdOf(subject: string): string {
  return subject.startsWith('user-') ? subject.slice('user-'.length) : subject
}

function parse(stored: StoredEvent, column: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch (error) {
    throw new UnreadableEvent('unreadable', stored, `its ${column} is not JSON.`, error)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
