import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { ExpectedVersion } from '../../application/event-log.ts'
import { eventVersions, readEvent } from '../../domain/events.ts'
import { noPerson } from '../../domain/user/user.ts'
import { GENESIS, hashEvent } from './hash-chain.ts'
import type { createIdempotency } from './idempotency.ts'
import { userStream } from './log-file.ts'
import { seal, sealedContext } from './sealing.ts'
import type { Keyring } from './vault.ts'
import type { ViewEvent } from './views.ts'
import type { AppendCommand, AppendResult, EventToAppend } from './writer-protocol.ts'

/** Where the log ends: what the next event follows. */
export type Tail = { position: number; hash: Buffer; recordedAt: string }

export type Appending = (
  command: AppendCommand,
  tail: Tail,
  now: number,
) => { result: AppendResult; tail: Tail }

type Place = {
  stream: string
  streamKey: number
  subject: string
  subjectKey: number
  userId: string | undefined
}

export function tailOf(log: Database): Tail {
  const last = 'SELECT position, hash, recorded_at AS recordedAt FROM events ORDER BY position DESC LIMIT 1'
  return log.prepare<[], Tail>(last).get() ?? { position: 0, hash: GENESIS, recordedAt: '' }
}

/**
 * Writes one command's events and folds them into the views. Runs inside the caller's transaction and
 * savepoint, which the caller undoes unless the answer has a `lastPosition`.
 */
export function createAppending(
  log: Database,
  fold: (event: ViewEvent) => void,
  keyring: Keyring,
  idempotency: ReturnType<ReturnType<typeof createIdempotency>['writing']>,
): Appending {
  const findStream = log.prepare<[string], number>('SELECT key FROM streams WHERE name = ?').pluck()
  const insertStream = log
    .prepare<[string], number>(
      'INSERT INTO streams VALUES ((SELECT coalesce(max(key), 0) + 1 FROM streams), ?) RETURNING key',
    )
    .pluck()
  const findVersion = log
    .prepare<[number], number>('SELECT coalesce(max(version), 0) FROM events WHERE stream = ?')
    .pluck()
  const insertEvent = log.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')

  const isGone = (userId: string) => keyring.subjectKey(userId) === undefined && keyring.isErased(userId)
  const keyOf = (stream: string) => findStream.get(stream) ?? (insertStream.get(stream) as number)

  function write(event: EventToAppend, place: Place, version: number, metadata: Buffer, tail: Tail): Tail {
    const { type, body: clear } = event
    const { stream, streamKey, subject, subjectKey, userId } = place
    const { recordedAt } = tail
    const position = tail.position + 1
    const schemaVersion = eventVersions[type]
    const body =
      userId === undefined
        ? Buffer.from(clear)
        : seal(dataKeyOf(keyring, userId), clear, sealedContext(stream, version, type, schemaVersion))
    const eventId = randomUUID()
    const chained = { position, stream, version, eventId, type, schemaVersion, recordedAt, subject }
    const hash = hashEvent({ ...chained, body, metadata, previousHash: tail.hash })
    insertEvent.run(
      ...[position, streamKey, version, eventId, type, schemaVersion, body, metadata, recordedAt],
      ...[subjectKey || null, tail.hash, hash],
    )
    const read = readEvent(type, schemaVersion, JSON.parse(clear))
    fold({ ...read, position, streamKey, subjectKey, stream, version, recordedAt } as ViewEvent)
    return { position, hash, recordedAt }
  }

  return (command, before, now) => {
    const clock = new Date(now).toISOString()
    let tail = { ...before, recordedAt: clock > before.recordedAt ? clock : before.recordedAt }
    if (concerned(command).some(isGone)) return { result: noPerson(), tail: before }
    const metadata = Buffer.from(command.metadata)
    for (const { stream, subject: userId, expected, events } of command.appends) {
      const found = findStream.get(stream)
      let version = found === undefined ? 0 : (findVersion.get(found) as number)
      if (!isAsExpected(expected, version)) {
        return { result: { conflict: { stream, expected, actual: version } }, tail: before }
      }
      if (events.length === 0) continue
      const streamKey = found ?? (insertStream.get(stream) as number)
      const subject = userId === undefined ? '' : userStream(userId)
      const subjectKey = userId === undefined ? 0 : keyOf(subject)
      for (const event of events) {
        version += 1
        tail = write(event, { stream, streamKey, subject, subjectKey, userId }, version, metadata, tail)
      }
    }
    const { remember } = command
    if (remember !== undefined) {
      const user = findStream.get(userStream(remember.userId))
      if (user === undefined) throw new Error('Only a person who is in the log has anything remembered.')
      if (!idempotency.remember(user, remember, before.position + 1, tail.position, now)) {
        return { result: keyStands(command), tail: before }
      }
    }
    return { result: { lastPosition: tail.position }, tail }
  }
}

/** The people with whose keys something is to be sealed. */
function concerned({ appends, remember }: AppendCommand): string[] {
  const people = [...appends.map(({ subject }) => subject), remember?.userId]
  return people.filter((userId) => userId !== undefined)
}

// Answered as a lost race, so that the caller reads again and finds what the first one left.
function keyStands({ appends: [first] }: AppendCommand): AppendResult {
  const { stream, expected } = first ?? { stream: '', expected: 'any' }
  return { conflict: { stream, expected, actual: 0 } }
}

function isAsExpected(expected: ExpectedVersion, version: number): boolean {
  if (expected === 'any') return true
  return expected === 'no stream' ? version === 0 : version === expected
}

function dataKeyOf(keyring: Keyring, userId: string) {
  const key = keyring.subjectKey(userId)
  if (key === undefined) throw new Error(`There is no key for ${userId}: nothing is written in the clear.`)
  return key
}
