import { createRequire } from 'node:module'
import type { Database } from 'better-sqlite3'
import { eventVersions } from '../../domain/events.ts'
import { framedReader, storedIn, timeOf, typeOf } from './chain-page.ts'
import type { StoredEvent } from './event-rows.ts'
import { createFindings } from './findings.ts'
import { GENESIS, hashInFrames } from './hash-chain.ts'
import type { SubjectKeys } from './read-log.ts'

const PAGE_EVENTS = 500

// Loading all schemas takes a thread longer than many pieces do: not where it has no body to read.
const load = createRequire(import.meta.url)
const bodyCheck = (): typeof import('./body-check.ts') => load('./body-check.ts')

const knownTypes: ReadonlySet<string> = new Set(Object.keys(eventVersions))

/** What threads share: the number of the next piece that nobody took, and a count of what was done. */
export const places = { next: 0, ticks: 1 }

/** A part of the chain in which everything is as it should be. */
export type Piece = {
  /** True where every body was read. */
  readable: boolean
  /** The key of each stream met, its first version here and its last, one stream after the other. */
  streams: Float64Array
}

/**
 * Checks parts of the chain by themselves, each against the event before it. Undefined where anything is not
 * as it should be, or cannot be read: what it is, only a walk along the whole chain can tell. Prepared once
 * for a connection.
 */
export function pieceChecker(log: Database, keys: SubjectKeys | undefined) {
  const pageOf = framedReader(log)
  const eventBefore = log.prepare<[number], { link: Buffer; recordedAt: string }>(
    'SELECT hash AS link, recorded_at AS recordedAt FROM events WHERE position = ? - 1',
  )

  function check(from: number, to: number, onPage: () => void): Piece | undefined {
    const findings = createFindings()
    let reads: ((row: StoredEvent) => boolean) | undefined
    const before = eventBefore.get(from) ?? { link: GENESIS, recordedAt: '' }
    let link = before.link.toString('latin1')
    let { recordedAt } = before
    const streams = new Map<number, { first: number; last: number }>()
    let readable = true
    for (let next = from; next <= to; next += PAGE_EVENTS) {
      const events = pageOf(next, Math.min(next + PAGE_EVENTS - 1, to))
      if (events === undefined) return undefined
      for (const event of events) {
        const { page, version, places } = event
        const hash = hashInFrames(event)
        const time = timeOf(event)
        const met = streams.get(event.streamKey)
        if (!holds(page, places.previousHash, link) || !holds(page, places.hash, hash)) return undefined
        if (time < recordedAt || (met !== undefined && version !== met.last + 1)) return undefined
        if (met === undefined) streams.set(event.streamKey, { first: version, last: version })
        else met.last = version
        link = hash
        recordedAt = time
        if (keys === undefined && event.subjectKey !== 0 && knownTypes.has(typeOf(event))) {
          readable = false
          continue
        }
        reads ??= bodyCheck().createReading(keys, findings)
        if (!reads(storedIn(event))) readable = false
      }
      if (findings.total() > 0) return undefined
      onPage()
    }
    const versions = [...streams].flatMap(([key, { first, last }]) => [key, first, last])
    return { readable, streams: Float64Array.from(versions) }
  }

  return (from: number, to: number, onPage: () => void = () => {}) => {
    try {
      return check(from, to, onPage)
    } catch {
      return undefined
    }
  }
}

/** Whether these bytes are there, each a letter of the text. */
function holds(page: Buffer, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (page[at + index] !== text.charCodeAt(index)) return false
  }
  return true
}
