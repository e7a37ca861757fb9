import type { Database } from 'better-sqlite3'

/**
 * One value of one row that is not the same in both; `column` is '*' where only one of them has the row at
 * all.
 */
export type Difference = { table: string; key: string; column: string; expected: Value; found: Value }

type Value = bigint | number | string | Buffer | null | undefined
type Row = readonly Value[]

/** A sorted listing of rows that begin with their key. */
type Listing = { table: string; columns: readonly string[]; keyColumns: number; sql: string }

/** Tells every difference between two views files, in the order of tables and keys, a row at a time. */
export function compareViews(expected: Database, found: Database, tell: (difference: Difference) => void) {
  const unlike = new Set<string>()
  compareListing(expected, found, schemaListing, (difference) => {
    unlike.add(difference.key.replace(/^\w+ /, ''))
    tell(difference)
  })
  for (const table of tablesOf(expected)) {
    if (!unlike.has(table)) compareListing(expected, found, rowListing(expected, table), tell)
  }
}

const schemaListing: Listing = {
  table: 'sqlite_schema',
  columns: ['type', 'name', 'tbl_name', 'sql'],
  keyColumns: 2,
  sql: `SELECT type, name, tbl_name, sql FROM sqlite_schema
    WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' OR type IN ('trigger', 'view') ORDER BY type, name`,
}

function tablesOf(db: Database): string[] {
  const select = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
    AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`
  return db.prepare<[], string>(select).pluck().all()
}

// A table without a declared key is compared as a sorted list of whole rows: its row ids say nothing.
function rowListing(db: Database, table: string): Listing {
  const info = db
    .prepare<[string], { name: string; pk: number }>('SELECT name, pk FROM pragma_table_info(?)')
    .all(table)
  const key = info.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk)
  const sorted = key.length === 0 ? info : [...key, ...info.filter(({ pk }) => pk === 0)]
  const columns = sorted.map(({ name }) => name)
  const keyColumns = key.length || columns.length
  const order = columns.slice(0, keyColumns).map((column) => `${quoted(column)} COLLATE BINARY`)
  const sql = `SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(table)} ORDER BY ${order.join(', ')}`
  return { table, columns, keyColumns, sql }
}

function compareListing(
  expected: Database,
  found: Database,
  { table, columns, keyColumns, sql }: Listing,
  tell: (difference: Difference) => void,
) {
  const ours = rowsOf(expected, sql)
  const theirs = rowsOf(found, sql)
  const keyOf = (row: Row) => row.slice(0, keyColumns).map(asText).join(' ')
  try {
    let our = ours.next()
    let their = theirs.next()
    while (!our.done || !their.done) {
      const order = our.done ? 1 : their.done ? -1 : compareKeys(our.value, their.value, keyColumns)
      if (order < 0 && !our.done) {
        tell({ table, key: keyOf(our.value), column: '*', expected: wholeRow(our.value), found: undefined })
      } else if (order > 0 && !their.done) {
        tell({
          table,
          key: keyOf(their.value),
          column: '*',
          expected: undefined,
          found: wholeRow(their.value),
        })
      } else if (!our.done && !their.done) {
        for (const [index, column] of columns.entries()) {
          const [one, other] = [our.value[index], their.value[index]]
          if (!same(one, other)) tell({ table, key: keyOf(our.value), column, expected: one, found: other })
        }
      }
      if (order <= 0) our = ours.next()
      if (order >= 0) their = theirs.next()
    }
  } finally {
    // A listing left open would keep its connection from being closed.
    ours.return?.()
    theirs.return?.()
  }
}

function wholeRow(row: Row): string {
  return row.map(asText).join(' ')
}

function rowsOf(db: Database, sql: string): Iterator<Row, undefined> {
  const rows = db.prepare(sql).raw(true).safeIntegers(true).iterate()
  return rows as Iterator<Row, undefined>
}

function compareKeys(one: Row, other: Row, keyColumns: number): number {
  for (let index = 0; index < keyColumns; index++) {
    const order = compareValues(one[index], other[index])
    if (order !== 0) return order
  }
  return 0
}

// The order of SQLite: nulls, numbers, text by its bytes, blobs.
function compareValues(one: Value, other: Value): number {
  const byRank = rank(one) - rank(other)
  if (byRank !== 0 || one === null || one === undefined || other === null || other === undefined)
    return byRank
  if (rank(one) > 1) return Buffer.compare(bytes(one), bytes(other))
  return one < other ? -1 : one > other ? 1 : 0
}

function rank(value: Value): number {
  if (value === null || value === undefined) return 0
  if (typeof value === 'string') return 2
  return typeof value === 'object' ? 3 : 1
}

function bytes(value: Value): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(String(value))
}

function same(one: Value, other: Value): boolean {
  return typeof one === typeof other && compareValues(one, other) === 0
}

function asText(value: Value): string {
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value)
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
