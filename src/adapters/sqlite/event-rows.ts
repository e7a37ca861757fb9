import type { Database } from 'better-sqlite3'

export type StoredEvent = {
  position: number
  streamKey: number
  stream: string
  version: number
  eventId: string
  type: string
  schemaVersion: number
  body: Buffer
  metadata: Buffer
  recordedAt: string
  /** 0 for what is nobody's. */
  subjectKey: number
  /** The name of the person's stream, or ''. */
  subject: string
  previousHash: Buffer
  hash: Buffer
}

const columns = `e.position, e.stream AS streamKey, coalesce(s.name, '') AS stream, e.version,
  e.event_id AS eventId, e.type, e.schema_version AS schemaVersion, e.recorded_at AS recordedAt,
  coalesce(e.subject, 0) AS subjectKey, coalesce(u.name, '') AS subject`
const joined = `FROM events e LEFT JOIN streams s ON s.key = e.stream
  LEFT JOIN streams u ON u.key = e.subject`

const selectEvents = `SELECT ${columns}, e.body, e.metadata, e.prev_hash AS previousHash, e.hash ${joined}`

const selectLengths = `SELECT ${columns}, octet_length(e.body), octet_length(e.metadata),
  octet_length(e.prev_hash), octet_length(e.hash) ${joined}`

const selectBytes = `SELECT CAST(group_concat(bytes, '') AS BLOB) FROM (
  SELECT e.body || e.metadata || e.prev_hash || e.hash AS bytes FROM events e`

type Facts = [
  ...[position: number, streamKey: number, stream: string, version: number, eventId: string, type: string],
  ...[schemaVersion: number, recordedAt: string, subjectKey: number, subject: string],
  ...[body: number | null, metadata: number | null, previousHash: number | null, hash: number | null],
]

/**
 * Reads the events that a condition on `events e` chooses, in the order that it names; prepared once. All
 * bytes of a page come as one value and are cut apart here: a value of its own costs more than all else of
 * an event.
 */
export function eventReader<Parameters extends unknown[]>(db: Database, chosen: string) {
  const facts = db.prepare<Parameters, Facts>(`${selectLengths} ${chosen}`).raw()
  const bytes = db.prepare<Parameters, Buffer | null>(`${selectBytes} ${chosen})`).pluck()
  const whole = db.prepare<Parameters, StoredEvent>(`${selectEvents} ${chosen}`)
  return (...parameters: Parameters): StoredEvent[] => {
    const rows = facts.all(...parameters)
    if (rows.length === 0) return []
    return cut(rows, unlessTooBig(() => bytes.get(...parameters)) ?? null) ?? whole.all(...parameters)
  }
}

// A value has at most a billion bytes, which a page of large events may exceed.
function unlessTooBig<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if ((error as { code?: unknown }).code === 'SQLITE_TOOBIG') return undefined
    throw error
  }
}

/** Undefined where a column holds nothing, which nothing here ever writes: then the bytes do not line up. */
function cut(rows: readonly Facts[], bytes: Buffer | null): StoredEvent[] | undefined {
  if (bytes === null) return undefined
  let at = 0
  const take = (length: number | null) => {
    const from = at
    at += length ?? Number.NaN
    return bytes.subarray(from, at)
  }
  const events = rows.map((row) => {
    const [position, streamKey, stream, version, eventId, type, schemaVersion, recordedAt] = row
    return {
      position,
      streamKey,
      stream,
      version,
      eventId,
      type,
      schemaVersion,
      body: take(row[10]),
      metadata: take(row[11]),
      recordedAt,
      subjectKey: row[8],
      subject: row[9],
      previousHash: take(row[12]),
      hash: take(row[13]),
    }
  })
  // More where events were added meanwhile: they stand behind these.
  return at <= bytes.length ? events : undefined
}
