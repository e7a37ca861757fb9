import Sqlite, { type Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eventReader } from '../../../src/adapters/sqlite/event-rows.ts'

const test = suite('rows of events')

/** Tables that take anything, as those of a damaged file. */
function looseLog() {
  const db = new Sqlite(':memory:')
  db.exec(`
    CREATE TABLE streams (key, name);
    CREATE TABLE events (position INTEGER PRIMARY KEY, stream, version, event_id, type, schema_version, body,
      metadata, recorded_at, subject, prev_hash, hash);
    INSERT INTO streams VALUES (1, 'user-ada');
    INSERT INTO events VALUES (1, 1, 1, 'a', 'One', 1, x'00ff', x'', 'then', 1, x'01', x'02'),
      (2, 7, 2, 'b', 'Two', 1, x'10', x'2000', 'now', NULL, x'02', x'030405')`)
  return db
}

const all = 'WHERE e.position > 0 ORDER BY e.position'
const one = {
  ...{ position: 1, streamKey: 1, stream: 'user-ada', version: 1, eventId: 'a', type: 'One' },
  ...{ schemaVersion: 1, body: Buffer.of(0, 255), metadata: Buffer.of(), recordedAt: 'then' },
  ...{ subjectKey: 1, subject: 'user-ada', previousHash: Buffer.of(1), hash: Buffer.of(2) },
}
const two = {
  ...{ position: 2, streamKey: 7, stream: '', version: 2, eventId: 'b', type: 'Two', schemaVersion: 1 },
  ...{ body: Buffer.of(16), metadata: Buffer.of(32, 0), recordedAt: 'now', subjectKey: 0, subject: '' },
  ...{ previousHash: Buffer.of(2), hash: Buffer.of(3, 4, 5) },
}

test('bytes of any length are told apart', () => {
  assert.equal(eventReader(looseLog(), all)(), [one, two])
})

test('none are found where there are none', () => {
  assert.equal(eventReader(looseLog(), 'WHERE e.position > 2')(), [])
})

test('bytes that are missing do not shift those of the others', () => {
  for (const column of ['body', 'metadata', 'prev_hash', 'hash']) {
    const db = looseLog()
    db.exec(`UPDATE events SET ${column} = NULL WHERE position = 1`)
    const name = column === 'prev_hash' ? 'previousHash' : column
    assert.equal(eventReader(db, all)(), [{ ...one, [name]: null }, two])
    assert.equal(eventReader(db, 'WHERE e.position = 1')(), [{ ...one, [name]: null }])
  }
})

test('a page whose bytes are more than one value may have is read all the same', () => {
  const db = looseLog()
  const tooBig = () => {
    throw Object.assign(new Error('string or blob too big'), { code: 'SQLITE_TOOBIG' })
  }
  const small = {
    prepare: (sql: string) =>
      sql.includes('group_concat') ? { pluck: () => ({ get: tooBig }) } : db.prepare(sql),
  }
  assert.equal(eventReader(small as unknown as Database, all)(), [one, two])
})

test.run()
