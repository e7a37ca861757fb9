import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFile } from '../../../src/adapters/sqlite/open-file.ts'
import { temporaryDirectory } from '../../support/writer.ts'

const test = suite('open-file')

/** A file as a process leaves it that is killed in its first transaction, before there was a WAL. */
function cutOff(): string {
  const [living, dead] = [temporaryDirectory(), temporaryDirectory()].map((place) => join(place, 'log.db'))
  const db = new Sqlite(living)
  db.exec('CREATE TABLE event (body TEXT); PRAGMA cache_size = 1; BEGIN')
  const insert = db.prepare('INSERT INTO event VALUES (?)')
  for (let event = 0; event < 500; event++) insert.run('x'.repeat(1000))
  for (const suffix of ['', '-journal']) copyFileSync(living + suffix, dead + suffix)
  db.close()
  return dead as string
}

test('a reader rolls back what was cut off while the file was made', () => {
  const db = openFile(cutOff(), '', 'FULL', { readonly: true })
  assert.is(db.prepare('SELECT count(*) FROM event').pluck().get(), 0)
  assert.throws(() => db.exec('DELETE FROM event'), /readonly/)
  db.close()
})

test.run()
