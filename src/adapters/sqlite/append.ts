import { type KeyObject, randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { ExpectedVersion } from '../../application/event-log.ts'
import { eventVersions, readEvent } from '../../domain/events.ts'
import { noPerson } from '../../domain/user/user.ts'
import { GENESIS, hashEvent } from './hash-chain.ts'
import type { createIdempotency } from './idempotency.ts'
import { userStream } from './log-file.ts'
import { seal, sealedContext } from './sealing.ts'
import { createStreamEnds, type StreamEnd } from './stream-ends.ts'
import type { Keyring } from './vault.ts'
import type { ViewEvent } from './views.ts'
import type { AppendCommand, AppendResult, EventToAppend } from './writer-protocol.ts'

/** Where the log ends: what the next event follows. */
export type Tail = { position: number; hash: Buffer; recordedAt: string }

/** The tail in the answer has moved where anything was written, be it for nothing. */
export type Appending = (
  command: AppendCommand,
  tail: Tail,
  now: number,
) => { result: AppendResult; tail: Tail }

/** Whom an event belongs to, and the key that seals it; nobody's has neither name nor key. */
type Subject = { name: string; key: number; dataKey: KeyObject | undefined }

export function tailOf(log: Database): Tail {
  const last = 'SELECT position, hash, recorded_at AS recordedAt FROM events ORDER BY position DESC LIMIT 1'
  return log.prepare<[], Tail>(last).get() ?? { position: 0, hash: GENESIS, recordedAt: '' }
}

/**
 * Writes commands' events and folds them into the views, one command a call. Runs inside the caller's
 * transaction, which the caller undoes unless the answer has a `lastPosition`, and then has `forget` called.
 */
export function createAppending(
  log: Database,
  fold: (event: ViewEvent) => void,
  keyring: Keyring,
  idempotency: ReturnType<ReturnType<typeof createIdempotency>['writing']>,
): { append: Appending; forget: () => void } {
  const streams = createStreamEnds(log)
  const insertEvent = log.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')

  const isGone = (userId: string) => keyring.subjectKey(userId) === undefined && keyring.isErased(userId)

  function subjectOf(userId: string | undefined): Subject {
    if (userId === undefined) return nobody
    const name = userStream(userId)
    return { name, key: streams.findOrInsert(name).key, dataKey: dataKeyOf(keyring, userId) }
  }

  function write(
    { type, body: clear }: EventToAppend,
    stream: string,
    end: StreamEnd,
    subject: Subject,
    metadata: Buffer,
    { position: before, hash: previousHash, recordedAt }: Tail,
  ): Tail {
    const position = before + 1
    const version = end.version + 1
    const schemaVersion = eventVersions[type]
    const eventId = randomUUID()
    const body =
      subject.dataKey === undefined
        ? Buffer.from(clear)
        : seal(subject.dataKey, clear, sealedContext(stream, version, type, schemaVersion))
    const hash = hashEvent({
      position,
      stream,
      version,
      eventId,
      type,
      schemaVersion,
      recordedAt,
      subject: subject.name,
      body,
      metadata,
      previousHash,
    })
    insertEvent.run(
      ...([position, end.key, version, eventId, type, schemaVersion, body, metadata, recordedAt] as const),
      ...([subject.key || null, previousHash, hash] as const),
    )
    end.version = version
    const read = readEvent(type, schemaVersion, JSON.parse(clear))
    const keys = { streamKey: end.key, subjectKey: subject.key }
    fold({ ...read, position, ...keys, stream, version, recordedAt } as ViewEvent)
    return { position, hash, recordedAt }
  }

  function append(command: AppendCommand, before: Tail, now: number) {
    const clock = new Date(now).toISOString()
    let tail = { ...before, recordedAt: clock > before.recordedAt ? clock : before.recordedAt }
    if (concerned(command).some(isGone)) return { result: noPerson(), tail }
    const metadata = Buffer.from(command.metadata)
    for (const { stream, subject: userId, expected, events } of command.appends) {
      const version = streams.find(stream)?.version ?? 0
      if (!isAsExpected(expected, version)) {
        return { result: { conflict: { stream, expected, actual: version } }, tail }
      }
      if (events.length === 0) continue
      const end = streams.findOrInsert(stream)
      const subject = subjectOf(userId)
      for (const event of events) tail = write(event, stream, end, subject, metadata, tail)
    }
    const { remember } = command
    if (remember !== undefined) {
      const user = streams.find(userStream(remember.userId))
      if (user === undefined) throw new Error('Only a person who is in the log has anything remembered.')
      if (!idempotency.remember(user.key, remember, before.position + 1, tail.position, now)) {
        return { result: keyStands(command), tail }
      }
    }
    return { result: { lastPosition: tail.position }, tail }
  }

  return { append, forget: streams.forget }
}

const nobody: Subject = { name: '', key: 0, dataKey: undefined }

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
