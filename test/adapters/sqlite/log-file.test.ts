import { statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  headOf,
  logSchema,
  openLog,
  pageOfEvents,
  streamReader,
} from '../../../src/adapters/sqlite/log-file.ts'
import {
  appendOf,
  registrationOf,
  renamed,
  start,
  temporaryDirectory,
  writerOn,
} from '../../support/writer.ts'

const test = suite('log file')

function writtenLog() {
  const dataDir = temporaryDirectory()
  const writer = writerOn(dataDir)
  writer.keep([{ kind: 'create subject', userId: 'ada', passwordHash: 'x' }], start)
  writer.append([registrationOf('ada')], start)
  writer.append([appendOf([{ stream: 'user-ada', subject: 'ada', events: [renamed('Grace')] }])], start)
  writer.close(start)
  return dataDir
}

test('nothing in the log can be changed, removed or replaced, whoever opens the file', () => {
  const dataDir = writtenLog()
  const plain = new Sqlite(join(dataDir, 'log.db'))
  const tables = {
    streams: 'key, name',
    events:
      'position, stream, version, event_id, type, schema_version, body, metadata, recorded_at, subject, ' +
      'prev_hash, hash',
    checkpoints: 'position, hash, count, signed_at, previous, key_id, signature',
    public_keys: 'number, key_id, public_key, created_at, signed_by, signature',
  }
  const everything = () => Object.keys(tables).map((table) => plain.prepare(`SELECT * FROM ${table}`).all())
  const before = everything()
  for (const [table, columns] of Object.entries(tables)) {
    const first = columns.split(', ')[0] as string
    const shifted = columns.replace(first, `${first} + 1000`)
    const next = columns.replace(first, `(SELECT max(${first}) + 1 FROM ${table})`)
    const attempts = [
      `UPDATE ${table} SET ${first} = ${first}`,
      `UPDATE OR REPLACE ${table} SET ${first} = 1`,
      `DELETE FROM ${table}`,
      `DELETE FROM ${table} WHERE ${first} = (SELECT max(${first}) FROM ${table})`,
      `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`,
      `REPLACE INTO ${table} SELECT * FROM ${table}`,
      `INSERT OR IGNORE INTO ${table} SELECT * FROM ${table} LIMIT 1`,
    ]
    if (table !== 'checkpoints') {
      attempts.push(`INSERT OR REPLACE INTO ${table} SELECT ${shifted} FROM ${table}`)
      attempts.push(`INSERT OR REPLACE INTO ${table} SELECT ${next} FROM ${table} LIMIT 1`)
    }
    for (const sql of attempts) {
      assert.throws(() => plain.exec(sql), new RegExp(`${table} is append-only`), sql)
      assert.equal(everything(), before, sql)
    }
  }
  plain.close()
})

test('an event can follow only the last one, with the next version of its stream', () => {
  const plain = new Sqlite(join(writtenLog(), 'log.db'))
  const insert = plain.prepare(
    "INSERT INTO events VALUES (?, 1, ?, 'id', 'T', 1, x'00', x'00', '2026', NULL, ?, zeroblob(32))",
  )
  const { position, hash } = headOf(plain)
  assert.is(position, 2)
  for (const [at, version, previous] of [
    [4, 3, hash],
    [2, 3, hash],
    [3, 2, hash],
    [3, 4, hash],
    [3, 3, Buffer.alloc(32)],
  ]) {
    assert.throws(() => insert.run(at, version, previous), /events is append-only/)
  }
  insert.run(3, 3, hash)
  assert.is(headOf(plain).position, 3)
  plain.close()
})

test('the first event follows the genesis hash', () => {
  const log = openLog(temporaryDirectory())
  log.exec("INSERT INTO streams VALUES (1, 'one')")
  const insert = log.prepare(
    "INSERT INTO events VALUES (1, 1, 1, 'id', 'T', 1, x'00', x'00', '2026', NULL, ?, zeroblob(32))",
  )
  assert.throws(() => insert.run(Buffer.alloc(32, 1)), /append-only/)
  insert.run(Buffer.alloc(32))
  log.close()
})

test('the file is in WAL mode, synchronous=FULL and private, also when it is opened again', () => {
  const dataDir = temporaryDirectory()
  for (let opening = 0; opening < 2; opening++) {
    const log = openLog(dataDir)
    assert.is(log.pragma('synchronous', { simple: true }), 2)
    assert.is(log.pragma('journal_mode', { simple: true }), 'wal')
    assert.is(log.pragma('wal_autocheckpoint', { simple: true }), 4000)
    log.close()
  }
  assert.is(statSync(join(dataDir, 'log.db')).mode & 0o777, 0o600)
})

test('a connection for reading makes no file and cannot write', () => {
  const dataDir = temporaryDirectory()
  assert.throws(() => openLog(dataDir, { readonly: true }))
  openLog(dataDir).close()
  const log = openLog(dataDir, { readonly: true })
  assert.throws(() => log.exec("INSERT INTO streams VALUES (1, 'one')"), /readonly/)
  log.close()
})

test('the schema that stands in the file is the declared one, and strict', () => {
  const schemaOf = (db: Sqlite.Database) =>
    db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all()
  const declared = new Sqlite(':memory:')
  declared.exec(logSchema)
  const log = openLog(temporaryDirectory())
  assert.equal(schemaOf(log), schemaOf(declared))
  const strict = log.prepare(
    "SELECT min(strict) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'",
  )
  assert.is(strict.pluck().get(), 1)
  log.close()
})

test('events are read in pages of the whole log and by stream up to a version', () => {
  const log = openLog(writtenLog(), { readonly: true })
  const [first, second] = pageOfEvents(log, 0, 10)
  assert.equal(pageOfEvents(log, 1, 10), [second])
  assert.equal(pageOfEvents(log, 0, 1), [first])
  assert.equal(streamReader(log)('user-ada', 1), [first])
  assert.equal(streamReader(log)('user-nobody', 9), [])
  const { body, metadata, hash, previousHash, eventId, ...rest } = second as NonNullable<typeof second>
  assert.equal(rest, {
    ...{
      position: 2,
      streamKey: 1,
      stream: 'user-ada',
      version: 2,
      type: 'UserProfileChanged',
      schemaVersion: 1,
    },
    ...{ recordedAt: '2026-03-01T10:00:00.000Z', subjectKey: 1, subject: 'user-ada' },
  })
  assert.equal(previousHash, first?.hash)
  assert.not(body.toString('latin1').includes('Grace'))
  log.close()
})

test.run()
