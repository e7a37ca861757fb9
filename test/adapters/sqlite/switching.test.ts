import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ViewsForeign } from '../../../src/adapters/sqlite/catch-up.ts'
import { rebuildBeside } from '../../../src/adapters/sqlite/rebuild-beside.ts'
import { ViewsRemoved } from '../../../src/adapters/sqlite/switching.ts'
import type { Writer } from '../../../src/adapters/sqlite/writer-core.ts'
import { differences, filesOf, thrown, within } from '../../support/rebuilding.ts'
import { copyOf, storyOf300, views } from '../../support/story.ts'
import { tamperViews, verified } from '../../support/tampering.ts'
import { appendOf, renamed, start, writerOn } from '../../support/writer.ts'

const test = suite('switching views')
const untouched = storyOf300()
const later = start + 900_000

/** A writer beside which new views were built; the old ones are wrong about Ada, so that both can be told. */
function built() {
  const dataDir = copyOf(untouched)
  const troubles: unknown[] = []
  tamperViews(dataDir, (db) => db.exec('UPDATE profile SET changes = changes + 1000 WHERE key = 1'))
  const writer = writerOn(dataDir, { views, onViewsBehind: (error) => troubles.push(error) })
  within(dataDir, (options) => rebuildBeside({ ...options, rest: () => {}, reserveBytes: 0 }))
  return { dataDir, writer, troubles }
}

function rename(writer: Writer, count = 1) {
  const events = Array.from({ length: count }, (_, index) => renamed(`Name ${index}`))
  const [outcome] = writer.append([appendOf([{ stream: 'user-ada', subject: 'ada', events }])], later)
  assert.ok(outcome !== undefined && 'result' in outcome && 'lastPosition' in outcome.result)
}

function inViews<T>(dataDir: string, number: number, select: string): T {
  const db = new Sqlite(join(dataDir, `views.${number}.db`), { readonly: true })
  const found = db.prepare(select).pluck().get()
  db.close()
  return found as T
}

const changes = 'SELECT changes FROM profile WHERE key = 1'
const position = 'SELECT position FROM view_state'

test('the old file is written until the new one is level, and only the new one from then on', () => {
  const { dataDir, writer } = built()
  rename(writer)
  assert.is(writer.switchViews(), false)
  rename(writer)
  assert.is(inViews(dataDir, 1, position), 302)
  while (!writer.switchViews()) assert.is(inViews(dataDir, 1, position), 302)
  rename(writer)
  assert.equal(
    [1, 2].map((number) => inViews(dataDir, number, position)),
    [302, 303],
  )
  assert.is(inViews<number>(dataDir, 1, changes) - inViews<number>(dataDir, 2, changes), 1000 - 1)
  writer.removeOldViews()
  writer.close(later)
  assert.equal(filesOf(dataDir), ['views.2.db'])
  assert.equal(verified(dataDir).findings, [])
})

test('it ends though more is written between two steps than a step can take', () => {
  const { dataDir, writer } = built()
  let steps = 0
  do {
    rename(writer, 200)
    steps += 1
  } while (!writer.switchViews())
  assert.ok(steps < 100)
  writer.removeOldViews()
  writer.close(later)
  assert.equal(verified(dataDir).findings, [])
})

test('after a step that failed nothing is left of the new file, and the old one serves', () => {
  const { dataDir, writer } = built()
  writer.switchViews()
  rename(writer)
  const other = new Sqlite(join(dataDir, 'views.2.db'))
  other.exec("CREATE TRIGGER full BEFORE UPDATE ON profile BEGIN SELECT raise(ABORT, 'full'); END")
  other.close()
  assert.match(String(thrown(writer.switchViews)), /full/)
  assert.equal(filesOf(dataDir), ['views.1.db'])
  rename(writer)
  assert.is(inViews(dataDir, 1, position), 302)
  writer.close(later)
})

test('a file of another log is never switched to', () => {
  const { dataDir, writer } = built()
  const other = new Sqlite(join(dataDir, 'views.2.db'))
  other.exec('UPDATE view_state SET position = 7')
  other.close()
  assert.instance(thrown(writer.switchViews), ViewsForeign)
  assert.equal(filesOf(dataDir), ['views.1.db'])
  writer.close(later)
})

test('a new file that was taken away, opened or not, has to be built again', () => {
  for (const opened of [false, true]) {
    const { dataDir, writer } = built()
    if (opened) writer.switchViews()
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, `views.2.db${suffix}`), { force: true })
    assert.instance(thrown(writer.switchViews), ViewsRemoved)
    rename(writer)
    writer.close(later)
  }
})

test('new views end what the old ones could not follow', () => {
  const { dataDir, writer, troubles } = built()
  const other = new Sqlite(join(dataDir, 'views.1.db'))
  other.exec(`CREATE TABLE trap (key INTEGER REFERENCES profile (key) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER trap AFTER UPDATE ON profile BEGIN INSERT INTO trap VALUES (999); END`)
  other.close()
  rename(writer)
  assert.ok(writer.isBehind())
  assert.is(troubles.length, 1)
  while (!writer.switchViews());
  assert.not(writer.isBehind())
  writer.removeOldViews()
  writer.close(later)
  assert.equal(verified(dataDir).findings, [])
})

test('a close in the middle of it leaves both files, and the next start takes the new one', () => {
  const { dataDir, writer } = built()
  rename(writer)
  writer.switchViews()
  writer.close(later)
  assert.equal(filesOf(dataDir), ['views.1.db', 'views.2.db'])
  writerOn(dataDir, { views }).close(later)
  assert.equal(filesOf(dataDir), ['views.2.db'])
  assert.equal(verified(dataDir).findings, [])
  assert.equal(
    differences(join(untouched, 'views.1.db'), join(dataDir, 'views.2.db')).map(({ table }) => table),
    ['profile', 'profile', 'view_state', 'view_state'],
  )
})

test.run()
