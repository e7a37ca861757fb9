import { statSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'
import type { Findings } from './findings.ts'
import { changedRequests } from './idempotency.ts'
import type { SubjectKeys } from './read-log.ts'

type SchemaObject = { type: string; name: string; tableName: string; sql: string | null }

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
 * Every table, index and trigger of a file as it was made: without its triggers the log is not append-only,
 * and one of somebody else's could write down keys. `mayLack` are tables that came with a later edition.
 */
export function verifySchema(
  db: Database,
  { name: file, schema, mayLack = [] }: { name: string; schema: string; mayLack?: readonly string[] },
  findings: Findings,
) {
  const reference = new Sqlite(':memory:')
  reference.exec(schema)
  const expected = schemaOf(reference)
  const found = schemaOf(db)
  reference.close()
  const tell = (detail: string) => findings.add({ kind: 'schema-changed', detail })
  for (const [name, { type, tableName, sql }] of expected) {
    const there = found.get(name)
    const isLacking = there === undefined && !mayLack.includes(tableName)
    if (isLacking) tell(`The ${type} ${name} of ${file} is missing.`)
    else if (there !== undefined && there.sql !== sql)
      tell(`The ${type} ${name} of ${file} is not as it was made.`)
  }
  for (const [name, { type }] of found) {
    if (!expected.has(name)) tell(`The ${type} ${name} does not belong into ${file}.`)
  }
  for (const mark of ['user_version', 'application_id']) {
    const value = db.pragma(mark, { simple: true })
    if (value !== 0) tell(`The ${mark} of ${file} is ${value}, which nothing here ever writes.`)
  }
}

// What SQLite counts for its query planner may be there; a name like that hides no trigger.
function schemaOf(db: Database): Map<string, SchemaObject> {
  const select = `SELECT type, name, tbl_name AS tableName, sql FROM sqlite_schema
    WHERE type <> 'table' OR name NOT IN ('sqlite_stat1', 'sqlite_stat4')`
  return new Map(
    db
      .prepare<[], SchemaObject>(select)
      .all()
      .map((object) => [object.name, object]),
  )
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
