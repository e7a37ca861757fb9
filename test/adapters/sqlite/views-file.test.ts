import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { View, ViewEvent } from '../../../src/adapters/sqlite/views.ts'
import {
  createFolding,
  openScratchViews,
  openViews,
  reachedBy,
  uniqueRefusal,
  viewsAreCurrent,
} from '../../../src/adapters/sqlite/views-file.ts'
import { profiles, published, views } from '../../support/story.ts'
import { temporaryDirectory } from '../../support/writer.ts'

const files = suite('views file')
const refusals = suite('unique refusal')

const names = (dataDir: string) =>
  readdirSync(dataDir)
    .filter((name) => name.endsWith('.db'))
    .sort()

files('is made with all tables, at the start of the log, for its owner alone', () => {
  const dataDir = temporaryDirectory()
  const db = openViews(dataDir, views)
  assert.equal(names(dataDir), ['views.1.db'])
  assert.is(statSync(join(dataDir, 'views.1.db')).mode & 0o777, 0o600)
  assert.equal(reachedBy(db), { position: 0, hash: Buffer.alloc(32) })
  const pragmas = ['journal_mode', 'synchronous', 'secure_delete'].map((name) =>
    db.pragma(name, { simple: true }),
  )
  assert.equal(pragmas, ['wal', 1, 1])
  db.close()
})

files('is the newest where there are several, and those before it go', () => {
  const dataDir = temporaryDirectory()
  for (const number of [2, 9, 10]) new Sqlite(join(dataDir, `views.${number}.db`)).close()
  for (const name of ['views.10.building.db', 'views.11.building.db', 'views.9.db-wal', 'views.x.db']) {
    writeFileSync(join(dataDir, name), '')
  }
  openViews(dataDir, views).close()
  assert.equal(readdirSync(dataDir).sort(), ['views.10.db', 'views.11.building.db', 'views.x.db'])
})

files('is left alone by those who only read', () => {
  const dataDir = temporaryDirectory()
  openViews(dataDir, views).close()
  const db = openViews(dataDir, views, { readonly: true })
  assert.throws(() => db.exec('DELETE FROM profile'), /readonly/)
  db.close()
})

files('knows the versions that it was made with', () => {
  const db = openScratchViews(views)
  assert.is(viewsAreCurrent(db, views), true)
  assert.is(viewsAreCurrent(db, [{ ...profiles, version: 2 }, published]), false)
  assert.is(viewsAreCurrent(db, [profiles]), false)
  assert.is(viewsAreCurrent(new Sqlite(':memory:'), views), false)
})

files('without its one row of state says so', () => {
  const db = openScratchViews(views)
  db.exec('DELETE FROM view_state')
  assert.throws(() => reachedBy(db), /does not say which position/)
})

files('folds an event into each view that cares, in their order, and keeps how far it came', () => {
  const told: string[] = []
  const telling = (name: string): View => ({
    ...{ name, version: 1, tables: '', unique: {} },
    on: () => ({ SessionDiscarded: ({ position }) => void told.push(`${name} ${position}`) }),
  })
  const views = [telling('first'), telling('second')]
  const db = openScratchViews(views)
  const folding = createFolding(db, views)
  folding.fold({ type: 'SessionDiscarded', data: {}, position: 7 } as ViewEvent)
  folding.fold({ type: 'SessionRestored', data: {}, position: 8 } as ViewEvent)
  assert.equal(told, ['first 7', 'second 7'])
  folding.reached(8, Buffer.alloc(32, 1))
  assert.equal(folding.position(), { position: 8, hash: Buffer.alloc(32, 1) })
})

const keyed: View = {
  name: 'keyed',
  version: 1,
  tables: `
    CREATE TABLE user (key INTEGER PRIMARY KEY, email TEXT UNIQUE, phone TEXT UNIQUE);
    CREATE TABLE session (user INTEGER, id TEXT, live INTEGER, PRIMARY KEY (user, id)) WITHOUT ROWID;
    CREATE UNIQUE INDEX one_live ON session (user) WHERE live = 1;
    CREATE TABLE exercise (name TEXT NOT NULL);
    CREATE UNIQUE INDEX one_name ON exercise (lower(name));`,
  unique: {
    'user.email': 'email-taken',
    'session.user,session.id': 'id-taken',
    'session.user': 'live-session-exists',
    one_name: 'name-taken',
  },
  on: () => ({}),
}

const violations: [sql: string, code: string | undefined][] = [
  ["INSERT INTO user VALUES (2, 'a', null)", 'email-taken'],
  ["INSERT INTO user VALUES (2, 'b', '1')", undefined],
  ["INSERT INTO user VALUES (1, 'b', null)", undefined],
  ["INSERT INTO session VALUES (1, 'x', 0)", 'id-taken'],
  ["INSERT INTO session VALUES (1, 'y', 1)", 'live-session-exists'],
  ["INSERT INTO exercise VALUES ('SQUAT')", 'name-taken'],
  ['INSERT INTO exercise VALUES (null)', undefined],
  ['INSERT INTO nowhere VALUES (1)', undefined],
]
for (const [sql, code] of violations) {
  refusals(`of ${sql} is ${code ?? 'none'}`, () => {
    const db = openScratchViews([keyed])
    db.exec("INSERT INTO user VALUES (1, 'a', '1'); INSERT INTO session VALUES (1, 'x', 1)")
    db.exec("INSERT INTO exercise VALUES ('squat')")
    assert.is(
      refusalOf(() => db.exec(sql)),
      code,
    )
  })
}

refusals('of any other error is none', () => {
  assert.is(uniqueRefusal(new Error('UNIQUE constraint failed: user.email'), [keyed]), undefined)
})

function refusalOf(work: () => unknown) {
  try {
    work()
  } catch (error) {
    return uniqueRefusal(error, [keyed])
  }
  throw new assert.Assertion({ message: 'Nothing was thrown.' } as never)
}

files.run()
refusals.run()
