import { statSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'
import type { Findings } from './findings.ts'
import { changedRequests } from './idempotency.ts'
import { logSchema } from './log-file.ts'
import type { SubjectKeys } from './read-log.ts'

type SchemaObject = { type: string; name: string; sql: string | null }

/** Pages, indexes and constraints as SQLite itself checks them. */
export function verifyIntegrity(db: Database, file: string, findings: Findings) {
  findings.reading(file, () => {
    const lines = db.prepare<[], string>('PRAGMA integrity_check(10)').pluck().all()
    for (const line of lines) {
      if (line !== 'ok') findings.add({ kind: 'corrupt-file', detail: `${file}: ${line}` })
    }
    // A page that was cut reads as if it went on with zeros, which may be all that was there.
    const pageSize = db.pragma('page_size', { simple: true }) as number
    if (lines[0] === 'ok' && statSync(db.name).size % pageSize !== 0) {
      findings.add({ kind: 'corrupt-file', detail: `${file}: it ends within a page.` })
    }
  })
}

/**
 * Every table, index and trigger of the log as it was made: without its triggers the log is not append-only.
 */
export function verifySchema(log: Database, findings: Findings) {
  const reference = new Sqlite(':memory:')
  reference.exec(logSchema)
  const expected = schemaOf(reference)
  const found = schemaOf(log)
  reference.close()
  for (const [name, { type, sql }] of expected) {
    const there = found.get(name)
    const fault = there === undefined ? 'is missing' : there.sql === sql ? undefined : 'is not as it was made'
    if (fault !== undefined)
      findings.add({ kind: 'schema-changed', detail: `The ${type} ${name} of log.db ${fault}.` })
  }
  for (const [name, { type }] of found) {
    if (expected.has(name)) continue
    findings.add({ kind: 'schema-changed', detail: `The ${type} ${name} does not belong into log.db.` })
  }
}

function schemaOf(db: Database): Map<string, SchemaObject> {
  const objects = db.prepare<[], SchemaObject>('SELECT type, name, sql FROM sqlite_schema').all()
  const own = objects.filter(({ name }) => !/^sqlite_(stat|sequence)/.test(name))
  return new Map(own.map((object) => [object.name, object]))
}

/** What in log.db stands beside the events and is at odds with them: streams that lost all of theirs. */
export function verifyStreams(log: Database, findings: Findings) {
  const unused = log.prepare<[], string>(
    `SELECT name FROM streams WHERE NOT EXISTS (SELECT 1 FROM events WHERE stream = streams.key)
      AND key < (SELECT max(stream) FROM events)`,
  )
  for (const stream of unused.pluck().all()) {
    findings.add({ kind: 'missing', stream, detail: 'No event is left in this stream.' })
  }
}

/** Subjects that the hash cannot tell from none. */
export function verifySubjects(log: Database, findings: Findings) {
  const select = `SELECT e.position, s.name AS stream FROM events e LEFT JOIN streams s ON s.key = e.stream
    WHERE e.subject = 0`
  for (const { position, stream } of log.prepare<[], { position: number; stream: string }>(select).all()) {
    findings.add({ kind: 'changed', position, stream, detail: 'It names a subject that cannot be.' })
  }
}

/** Remembered requests that were changed: a repetition would not get the answer that was given. */
export function verifyRemembered(log: Database, keys: SubjectKeys, findings: Findings) {
  for (const position of changedRequests(log, keys)) {
    findings.add({ kind: 'changed', position, detail: 'The request remembered from here on was changed.' })
  }
}

/**
 * The end of the log against everything that points into it: what points past it says that a tail was cut
 * off.
 */
export function verifyEnd(
  log: Database,
  head: number,
  { reached, people }: { reached: number | undefined; people: number | undefined },
  findings: Findings,
) {
  const highest = (select: string) => log.prepare<[], number | null>(select).pluck().get() ?? 0
  const pointers = [
    { from: 'a signed checkpoint', to: highest('SELECT max(position) FROM checkpoints') },
    { from: 'a remembered request', to: highest('SELECT max(last_position) FROM idempotency') },
    { from: 'the state of the views', to: reached ?? 0 },
  ].filter(({ to }) => to > head)
  const emptied = log
    .prepare<[], string>('SELECT name FROM streams WHERE key > (SELECT coalesce(max(stream), 0) FROM events)')
    .pluck()
    .all()
  const signs = pointers.map(({ from, to }) => `${from} points to position ${to}`)
  if (emptied.length > 0)
    signs.push(`no event is left in ${emptied[0]} and ${emptied.length - 1} more streams`)
  if (head === 0 && people) signs.push(`the vault holds the keys of ${people} people`)
  if (signs.length === 0) return
  const detail = `The log ends at position ${head}, but ${signs.join(', ')}.`
  findings.add({ kind: 'cut', position: head, detail })
}
