import type { Database } from 'better-sqlite3'
import type { StoredEvent } from './event-rows.ts'
import { type FramedEvent, frames, HASH_BYTES } from './hash-chain.ts'

const TIME_BYTES = 24
const [ZERO, NINE] = [48, 57]

/** With the integer keys that stand for its stream and for the person it belongs to, 0 for nobody. */
export type PagedEvent = FramedEvent & { streamKey: number; subjectKey: number }

const literal = (bytes: Buffer) => `x'${bytes.toString('hex')}'`

const numbers = [
  ...['e.stream', 'e.version', 'e.schema_version', 'coalesce(e.subject, 0)', 'octet_length(s.name)'],
  ...['octet_length(e.event_id)', 'octet_length(e.type)', "octet_length(coalesce(u.name, ''))"],
  ...['octet_length(e.body)', 'octet_length(e.metadata)'],
]

const parts = [
  ...numbers.flatMap((number) => [number, "' '"]),
  ...[
    literal(frames.stream),
    's.name',
    literal(frames.eventId),
    'e.event_id',
    literal(frames.type),
    'e.type',
  ],
  ...[literal(frames.recordedAt), 'e.recorded_at', literal(frames.subject), 'u.name'],
  ...[literal(frames.previousHash), 'e.prev_hash', 'e.hash', 'e.body', 'e.metadata'],
]

/**
 * Reads pages of events as they are hashed: all bytes of a page are one value, and none is made of a column.
 * Undefined where a row between two positions is missing, or is none that was ever written. Prepared once for
 * a connection.
 */
export function framedReader(log: Database): (from: number, to: number) => PagedEvent[] | undefined {
  // Rows with other times and hashes than these are left out, and so make the count too small.
  const joined = log
    .prepare<[number, number], Buffer | null>(
      `SELECT CAST(group_concat(bytes, '') AS BLOB) FROM (
        SELECT concat(${parts.join(', ')}) AS bytes
        FROM events e JOIN streams s ON s.key = e.stream LEFT JOIN streams u ON u.key = e.subject
        WHERE e.position BETWEEN ? AND ? AND octet_length(e.recorded_at) = ${TIME_BYTES}
          AND octet_length(e.prev_hash) = ${HASH_BYTES} AND octet_length(e.hash) = ${HASH_BYTES}
        ORDER BY e.position)`,
    )
    .pluck()
  return (from, to) => {
    const page = joined.get(from, to)
    return page ? cut(page, from, to) : undefined
  }
}

// Where the next number is looked for in a page.
let at = 0

function nextNumber(page: Buffer): number {
  let value = 0
  for (;;) {
    const digit = page[at++]
    if (digit === undefined || digit < ZERO || digit > NINE) return value
    value = value * 10 + digit - ZERO
  }
}

function cut(page: Buffer, from: number, to: number): PagedEvent[] | undefined {
  const events: PagedEvent[] = []
  at = 0
  for (let position = from; position <= to && at < page.length; position++) {
    const streamKey = nextNumber(page)
    const version = nextNumber(page)
    const schemaVersion = nextNumber(page)
    const subjectKey = nextNumber(page)
    const streamBytes = nextNumber(page)
    const idBytes = nextNumber(page)
    const typeBytes = nextNumber(page)
    const subjectBytes = nextNumber(page)
    const bodyBytes = nextNumber(page)
    const metadataBytes = nextNumber(page)
    const begin = at
    const stream = begin + frames.stream.length
    const eventId = stream + streamBytes + frames.eventId.length
    const type = eventId + idBytes + frames.type.length
    const recordedAt = type + typeBytes + frames.recordedAt.length
    const subject = recordedAt + TIME_BYTES + frames.subject.length
    const previousHash = subject + subjectBytes + frames.previousHash.length
    const hash = previousHash + HASH_BYTES
    const body = hash + HASH_BYTES
    const metadata = body + bodyBytes
    at = metadata + metadataBytes
    const places = {
      begin,
      stream,
      eventId,
      type,
      recordedAt,
      subject,
      previousHash,
      hash,
      body,
      metadata,
      end: at,
    }
    if (streamBytes === 0 || (subjectKey !== 0 && subjectBytes === 0)) return undefined
    events.push({ page, position, streamKey, version, schemaVersion, subjectKey, places })
  }
  return at === page.length && events.length === to - from + 1 ? events : undefined
}

/** The same event with a value for each column. */
export function storedIn({ page, places, ...facts }: PagedEvent): StoredEvent {
  const { previousHash, hash, body, metadata, end } = places
  const event = { page, places }
  return {
    ...facts,
    stream: textOf(event, 'stream', 'eventId'),
    eventId: textOf(event, 'eventId', 'type'),
    type: textOf(event, 'type', 'recordedAt'),
    recordedAt: textOf(event, 'recordedAt', 'subject'),
    subject: textOf(event, 'subject', 'previousHash'),
    body: page.subarray(body, metadata),
    metadata: page.subarray(metadata, end),
    previousHash: page.subarray(previousHash, hash),
    hash: page.subarray(hash, body),
  }
}

/** Of letters of one byte each, as what is checked with them has no others. */
export function typeOf({ page, places }: PagedEvent): string {
  return page.toString('latin1', places.type, places.recordedAt - frames.recordedAt.length)
}

export function timeOf({ page, places }: PagedEvent): string {
  return page.toString('latin1', places.recordedAt, places.recordedAt + TIME_BYTES)
}

type Column = keyof typeof frames

function textOf({ page, places }: Pick<PagedEvent, 'page' | 'places'>, column: Column, next: Column): string {
  return page.toString('utf8', places[column], places[next] - frames[next].length)
}
