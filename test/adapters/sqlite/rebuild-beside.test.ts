import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DuplicateKey } from '../../../src/adapters/sqlite/duplicate.ts'
import { NoRoom } from '../../../src/adapters/sqlite/rebuild.ts'
import { type BesideOptions, rebuildBeside } from '../../../src/adapters/sqlite/rebuild-beside.ts'
import { ViewsRemoved } from '../../../src/adapters/sqlite/switching.ts'
import { differences, filesOf, thrown, within } from '../../support/rebuilding.ts'
import { copyOf, profiles, published, storyOf300 } from '../../support/story.ts'
import { tamperViews, verified } from '../../support/tampering.ts'
import { registrationOf, start, writerOn } from '../../support/writer.ts'

const test = suite('rebuild beside the writer')
const untouched = storyOf300()

const build = (dataDir: string, more: Partial<BesideOptions> = {}) =>
  within(dataDir, (options) => rebuildBeside({ ...options, rest: () => {}, reserveBytes: 0, ...more }))

test('finds nothing to say of views that are right, and leaves them beside the new ones', () => {
  const dataDir = copyOf(untouched)
  assert.equal(build(dataDir), { events: 300, findings: [] })
  assert.equal(filesOf(dataDir), ['views.1.db', 'views.2.db'])
  assert.equal(differences(join(dataDir, 'views.1.db'), join(dataDir, 'views.2.db')), [])
})

test('names every value that differs by table, key and column, and the new file is right', () => {
  const dataDir = copyOf(untouched)
  tamperViews(dataDir, (db) =>
    db.exec("UPDATE profile SET changes = 7 WHERE key = 2; DELETE FROM exercise WHERE id = 'press-10'"),
  )
  const detail = (what: string) => ({ kind: 'view-differs' as const, detail: `views.1.db: ${what}` })
  assert.equal(build(dataDir).findings, [
    detail('table exercise, key press-10: the row is missing.'),
    detail('table profile, key 2, column changes: not the value that the log gives.'),
  ])
  assert.equal(differences(join(untouched, 'views.1.db'), join(dataDir, 'views.2.db')), [])
})

test('compares nothing with views of other versions', () => {
  const dataDir = copyOf(untouched)
  const bumped = [{ ...profiles, version: 2 }, published]
  tamperViews(dataDir, (db) => db.exec('DELETE FROM profile'))
  assert.equal(build(dataDir, { views: bumped }), { events: 300, findings: [] })
  assert.equal(verified(dataDir, { views: bumped }).findings, [])
})

test('takes in what is written meanwhile, and compares at one position', () => {
  const dataDir = copyOf(untouched)
  const writer = writerOn(dataDir, { views: [profiles, published] })
  const arrivals = ['gus', 'hal', 'ida']
  writer.keep(
    arrivals.map((userId) => ({ kind: 'create subject', userId, passwordHash: 'x' })),
    start,
  )
  const rest = () => {
    const userId = arrivals.shift()
    if (userId !== undefined) writer.append([registrationOf(userId)], start + 900_000)
  }
  const built = build(dataDir, { rest })
  writer.close(start + 900_000)
  assert.equal(built, { events: 303, findings: [] })
  assert.equal(arrivals, [])
})

test('stops before the disk is full, and gives back what it took', () => {
  const dataDir = copyOf(untouched)
  const error = thrown(() => build(dataDir, { reserveBytes: Number.MAX_SAFE_INTEGER }))
  assert.instance(error, NoRoom)
  assert.equal(filesOf(dataDir), ['views.1.db'])
})

test('gives back what it took from a disk that is full already', () => {
  const dataDir = copyOf(untouched)
  const filling = {
    ...published,
    tables: `${published.tables} CREATE TABLE full (key INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;
      INSERT INTO full VALUES (9223372036854775807);
      CREATE TRIGGER full_disk AFTER INSERT ON exercise BEGIN INSERT INTO full VALUES (NULL); END;`,
  }
  const error = thrown(() => build(dataDir, { views: [profiles, filling] })) as { code?: string }
  assert.is(error.code, 'SQLITE_FULL')
  assert.equal(filesOf(dataDir), ['views.1.db'])
})

test('knows when its file is taken away, before and after the last page', () => {
  for (const last of [false, true]) {
    const dataDir = copyOf(untouched)
    const remove = () => rmSync(join(dataDir, 'views.2.building.db'))
    const onProgress = ({ done }: { done: number }) => {
      if (done === (last ? 300 : 0)) remove()
    }
    assert.instance(
      thrown(() => build(dataDir, { onProgress })),
      ViewsRemoved,
    )
    assert.equal(filesOf(dataDir), ['views.1.db'])
  }
})

test('a unique key met twice leaves the old views as they are', () => {
  const dataDir = copyOf(untouched)
  const stricter = {
    ...profiles,
    version: 2,
    tables: profiles.tables.replace('first_name TEXT NOT NULL', '$& UNIQUE'),
  }
  const error = thrown(() => build(dataDir, { views: [stricter, published] }))
  assert.instance(error, DuplicateKey)
  assert.match((error as Error).message, /position 2 claims profile.first_name.* position 1/)
  assert.equal(filesOf(dataDir), ['views.1.db'])
  const db = new Sqlite(join(dataDir, 'views.1.db'), { readonly: true })
  assert.is(db.prepare('SELECT position FROM view_state').pluck().get(), 300)
  db.close()
})

test.run()
