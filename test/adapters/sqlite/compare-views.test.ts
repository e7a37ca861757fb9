import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compareViews, type Difference } from '../../../src/adapters/sqlite/compare-views.ts'

const test = suite('compare views')

const tables = `
  CREATE TABLE pair (one INTEGER, other TEXT, value, PRIMARY KEY (one, other)) WITHOUT ROWID;
  CREATE TABLE loose (word TEXT, bytes BLOB);
  CREATE TABLE numbered (key INTEGER PRIMARY KEY, real REAL);`

function made(sql = '') {
  const db = new Sqlite(':memory:')
  db.exec(tables)
  db.exec(sql)
  return db
}

function differences(expected: string, found: string): Difference[] {
  const told: Difference[] = []
  compareViews(made(expected), made(found), (difference) => told.push(difference))
  return told
}

test('finds nothing where all is the same, whatever the order it was written in', () => {
  const one =
    "INSERT INTO pair VALUES (1, 'a', null), (2, 'b', 1.5);" +
    "INSERT INTO loose VALUES ('x', null), ('y', x'00')"
  const other =
    "INSERT INTO pair VALUES (2, 'b', 1.5), (1, 'a', null);" +
    "INSERT INTO loose VALUES ('y', x'00'), ('x', null)"
  assert.equal(differences(one, other), [])
})

test('names table, key and column of each value', () => {
  const [one, other] = [
    "INSERT INTO pair VALUES (1, 'a', 7), (2, 'b', 8)",
    "INSERT INTO pair VALUES (1, 'a', 7), (2, 'b', 9)",
  ]
  assert.equal(differences(one, other), [
    { table: 'pair', key: '2 b', column: 'value', expected: 8n, found: 9n },
  ])
})

test('tells kinds of values apart', () => {
  for (const [one, other] of [
    ['1', '1.0'],
    ["'1'", '1'],
    ['null', "''"],
    ["x'31'", "'1'"],
    ['9007199254740993', '9007199254740992'],
  ]) {
    const found = differences(
      `INSERT INTO pair VALUES (1, 'a', ${one})`,
      `INSERT INTO pair VALUES (1, 'a', ${other})`,
    )
    assert.equal(
      found.map(({ key, column }) => [key, column]),
      [['1 a', 'value']],
      `${one} and ${other}`,
    )
  }
})

test('tells rows that only one of them has', () => {
  const [one, other] = [
    'INSERT INTO numbered VALUES (1, 1), (3, 3)',
    'INSERT INTO numbered VALUES (2, 2), (3, 3), (4, 4)',
  ]
  assert.equal(differences(one, other), [
    { table: 'numbered', key: '1', column: '*', expected: '1 1', found: undefined },
    { table: 'numbered', key: '2', column: '*', expected: undefined, found: '2 2' },
    { table: 'numbered', key: '4', column: '*', expected: undefined, found: '4 4' },
  ])
})

test('counts equal rows of a table without a key', () => {
  const found = differences(
    "INSERT INTO loose VALUES ('x', x'01')",
    "INSERT INTO loose VALUES ('x', x'01'), ('x', x'01')",
  )
  assert.equal(found, [{ table: 'loose', key: 'x 01', column: '*', expected: undefined, found: 'x 01' }])
})

test('leaves out the rows of a table that is made otherwise', () => {
  const found = differences(
    'INSERT INTO loose VALUES (1, 1)',
    'DROP TABLE loose; CREATE TABLE loose (word TEXT)',
  )
  assert.equal(
    found.map(({ table, key, column }) => [table, key, column]),
    [['sqlite_schema', 'table loose', 'sql']],
  )
})

test('finds any one value that differs, and nothing else', () => {
  // The library's own unit of all there are takes longer to make than all of this.
  const unit = fc.nat({ max: 0x10_ffff }).map((point) => String.fromCodePoint(point))
  const value = fc.oneof(
    fc.constant(null),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true }),
    fc.string({ unit }).filter((text) => text.isWellFormed() && !text.includes('\0')),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  )
  const key = fc.string({ unit, maxLength: 3 }).filter((text) => text.isWellFormed() && !text.includes('\0'))
  const rows = fc.uniqueArray(fc.record({ one: fc.integer({ min: -2, max: 2 }), other: key, value }), {
    selector: ({ one, other }) => `${one} ${other}`,
    minLength: 1,
  })
  fc.assert(
    fc.property(rows, fc.nat(), (rows, at) => {
      const [expected, found] = [made(), made()]
      for (const db of [expected, found]) {
        const insert = db.prepare('INSERT INTO pair VALUES (:one, :other, :value)')
        for (const row of db === expected ? rows : rows.toReversed()) insert.run(row)
      }
      const told: Difference[] = []
      compareViews(expected, found, (difference) => told.push(difference))
      assert.equal(told, [])
      const { one, other } = rows[at % rows.length] as (typeof rows)[number]
      found
        .prepare("UPDATE pair SET value = coalesce(value, '') || 'x' WHERE one = ? AND other = ?")
        .run(one, other)
      compareViews(expected, found, (difference) => told.push(difference))
      assert.equal(
        told.map(({ key }) => key),
        [`${one} ${other}`],
      )
    }),
    { numRuns: 50, seed: 20260304 },
  )
})

test.run()
