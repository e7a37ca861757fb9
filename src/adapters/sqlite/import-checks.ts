import { createHash } from 'node:crypto'
import type { Metadata } from '../../application/event-log.ts'
import {
  type CarriedEvent,
  checkDocument,
  type ImportNeed,
  importLimits,
  isCarried,
  ownedBy,
} from '../../application/import-check.ts'
import type { Imported, Prepared } from '../../application/imports.ts'
import type { EventType } from '../../domain/events.ts'
import { type FieldError, type Refusal, refuseFields } from '../../domain/refusal.ts'
import { readDocument } from './document.ts'
import { schemaFault } from './event-schemas.ts'
import { userStream } from './log-file.ts'
import { foldPast, type PastOptions } from './past.ts'
import { createUserEvents } from './user-streams.ts'
import type { ViewEvent } from './views.ts'
import { createFolding, uniqueRefusal } from './views-file.ts'

/** Checks documents against an account and the catalogue; what passed is kept until it is released. */
export function createImportChecks(options: PastOptions) {
  const prepared = new Map<string, readonly string[]>()
  return {
    prepare(userId: string, bytes: Uint8Array): Prepared | Refusal {
      const carried: string[] = []
      const counts = { events: 0, exercises: 0, plans: 0, sessions: 0, measurements: 0, goals: 0 }
      const keep = (one: CarriedEvent) => {
        carried.push(JSON.stringify(one))
        count(counts, one)
      }
      const checked = tried(options, userId, keep, (need) => checkBytes(bytes, need))
      if ('errors' in checked) return refuseFields(checked.errors)
      const importId = idOf(userId, carried)
      prepared.set(importId, carried)
      return { importId, profile: checked, counts, ...standing(options, userId, importId) }
    },
    take(importId: string, from: number, count: number): CarriedEvent[] {
      const carried = prepared.get(importId)?.slice(from, from + count) ?? []
      return carried.map((text) => JSON.parse(text))
    },
    release: (importId: string) => void prepared.delete(importId),
  }
}

function checkBytes(bytes: Uint8Array, need: ImportNeed) {
  try {
    return checkDocument(readDocument(bytes, 'events', importLimits.events), need)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const message = 'The document is not JSON in UTF-8.'
    return { errors: [{ pointer: '', code: 'wrong-format', message }] }
  }
}

/** Goes on with views of the account as it began, alone in memory: what cannot be folded is not let in. */
function tried<T>(
  options: PastOptions,
  userId: string,
  keep: (carried: CarriedEvent) => void,
  check: (need: ImportNeed) => T,
): T {
  const { log, views } = options
  const scratch = foldPast(options, undefined, Number.MAX_SAFE_INTEGER)
  const { fold } = createFolding(scratch, views)
  const known = scratch.prepare<[string], 1>('SELECT 1 FROM exercise WHERE owner = 0 AND id = ?').pluck()
  const subjectKey =
    log.prepare<[string], number>('SELECT key FROM streams WHERE name = ?').pluck().get(userStream(userId)) ??
    0
  const keys = new Map([['user', subjectKey]])
  let position = 0
  let hasFailed = false
  // Above all keys of the log, so that none of the catalogue's is met.
  let nextKey =
    1 + (log.prepare<[], number>('SELECT coalesce(max(key), 0) FROM streams').pluck().get() as number)
  const enrol = scratch.prepare(
    `INSERT INTO user (key, id, email, units, time_zone) VALUES (?, ?, '', 'metric', 'UTC')`,
  )
  enrol.run(subjectKey, userId)
  scratch.exec('BEGIN')
  try {
    return check({
      checkData: faultOf,
      isInCatalogue: (id) => known.get(id) === 1,
      tryOut(carried) {
        const { stream, version, event } = carried
        // Nothing takes back what a failure left half done, so the rest would be told of wrongly.
        if (hasFailed) return undefined
        const streamKey = keys.get(stream) ?? nextKey++
        keys.set(stream, streamKey)
        position += 1
        const recordedAt = new Date(0).toISOString()
        const name = ownedBy(userId, stream)
        try {
          fold({ ...event, position, streamKey, subjectKey, stream: name, version, recordedAt } as ViewEvent)
          keep(carried)
          return undefined
        } catch (error) {
          hasFailed = true
          return uniqueRefusal(error, views) ?? 'It does not fit to what came before it.'
        }
      },
    })
  } finally {
    scratch.close()
  }
}

function faultOf(type: EventType, data: unknown): FieldError[] {
  const fault = schemaFault(type, data)
  if (fault === undefined) return []
  const pointer = /(?:field )(\/\S*)/.exec(fault)?.[1] ?? ''
  return [{ pointer, code: 'not-allowed', message: `${fault[0]?.toUpperCase()}${fault.slice(1)}.` }]
}

/** Told by whose and what it is, so that the same document has the same id however it is written. */
function idOf(userId: string, carried: readonly string[]): string {
  const hash = createHash('sha256').update(userId)
  for (const one of carried) hash.update(one)
  const hex = hash.digest('hex')
  // In the form of a UUID of version 8, which is for such hashes.
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** What of the account's events came with this very document, and what did not. Nothing is unsealed. */
function standing({ log }: PastOptions, userId: string, importId: string) {
  const events = createUserEvents(log)
  const positions = events.positions(userId)
  let [done, others] = [0, 0]
  for (let from = 0; from < positions.length; from += 1000) {
    for (const { type, metadata } of events.at(positions.slice(from, from + 1000))) {
      if (!isCarried(type)) continue
      const { commandId } = JSON.parse(metadata.toString()) as Metadata
      if (commandId === importId) done += 1
      else others += 1
    }
  }
  return { done, others }
}

function count(counts: Imported, { stream, version }: CarriedEvent) {
  counts.events += 1
  const [kind] = stream.split('-')
  if (version === 1 && kind !== 'user') counts[`${kind}s` as keyof Imported] += 1
}
