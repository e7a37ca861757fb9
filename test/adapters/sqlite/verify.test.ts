import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catchUp } from '../../../src/adapters/sqlite/catch-up.ts'
import { openLog } from '../../../src/adapters/sqlite/log-file.ts'
import { createKeyring, openVault } from '../../../src/adapters/sqlite/vault.ts'
import { openViews } from '../../../src/adapters/sqlite/views-file.ts'
import type { Progress } from '../../../src/application/audit.ts'
import { copyOf, exercise, profiles, published, storyOf300, views } from '../../support/story.ts'
import { type Expected, expectFindings, set, tamper, verified } from '../../support/tampering.ts'
import { appendOf, masterKey, start, temporaryDirectory, writerOn } from '../../support/writer.ts'

const test = suite('verify')
const untouched = storyOf300()

/** Changes one of the files by plain SQL and verifies what is left. */
function finds(how: string, file: string, sql: string, expected: Expected, detail?: string) {
  test(`finds ${how}`, () => {
    const dataDir = copyOf(untouched)
    const db = new Sqlite(join(dataDir, file))
    db.pragma('foreign_keys = OFF')
    db.exec(sql)
    db.close()
    expectFindings(dataDir, expected)
    if (detail !== undefined) assert.is(verified(dataDir).findings[0]?.detail, detail)
    rmSync(dataDir, { recursive: true })
  })
}

test('passes what nobody touched, tells how much it was, and changes no byte of it', () => {
  const digest = () =>
    ['log.db', 'vault.db', 'views.1.db'].map((file) =>
      createHash('sha256')
        .update(readFileSync(join(untouched, file)))
        .digest('hex'),
    )
  const before = digest()
  const progress: Progress[] = []
  const report = verified(untouched, { onProgress: (step) => progress.push(step) })
  assert.equal(
    { ...report, head: report.head?.position },
    { events: 300, head: 300, checkpoints: 3, notes: [], findings: [], findingsTotal: 0 },
  )
  assert.equal(progress[0], { phase: 'Checking the chain', done: 200, total: 300 })
  assert.equal(progress.at(-1), { phase: 'Rebuilding the views to compare', done: 300, total: 300 })
  assert.equal(digest(), before)
})

test('passes beside a server that writes, and what it left behind when it was killed', () => {
  const dataDir = copyOf(untouched)
  const writer = writerOn(dataDir, { views })
  writer.append([appendOf([{ stream: 'exercise-row', events: [exercise('row')] }])], start)
  assert.is(verified(dataDir).events, 301)
  expectFindings(dataDir, [])
  const killed = temporaryDirectory()
  cpSync(dataDir, killed, { recursive: true })
  assert.ok(readdirSync(killed).includes('log.db-wal'))
  expectFindings(killed, [])
  writer.close(start)
})

test('compares views that lag behind at their own position', () => {
  const dataDir = copyOf(untouched)
  rmSync(join(dataDir, 'views.1.db'))
  expectFindings(dataDir, [])
  const [log, vault, lagging] = [openLog(dataDir), openVault(dataDir), openViews(dataDir, views)]
  catchUp(log, lagging, createKeyring(vault, masterKey), views, { upTo: 150 })
  expectFindings(dataDir, [])
  lagging.exec("UPDATE profile SET first_name = 'Mallory' WHERE key = 2")
  expectFindings(dataDir, [['view-differs']])
  for (const db of [log, vault, lagging]) db.close()
})

test('leaves views of other versions to the next start, which makes them anew', () => {
  const dataDir = copyOf(untouched)
  const db = new Sqlite(join(dataDir, 'views.1.db'))
  db.exec('DELETE FROM profile')
  db.close()
  expectFindings(dataDir, [
    ['view-differs'],
    ['view-differs'],
    ['view-differs'],
    ['view-differs'],
    ['view-differs'],
  ])
  const newer = { views: [{ ...profiles, version: 2 }, published] }
  expectFindings(dataDir, [], newer)
  assert.equal(verified(dataDir, newer).notes, [
    'views.1.db is of another edition, and was not compared: the next start builds the views anew.',
  ])
  expectFindings(dataDir, [], { checkViews: false })
})

finds(
  'a value in a view',
  'views.1.db',
  'UPDATE profile SET changes = 1 WHERE key = 2',
  [['view-differs']],
  'views.1.db: table profile, key 2, column changes: not the value that the log gives.',
)
finds(
  'an edition that there cannot be',
  'views.1.db',
  "UPDATE view_state SET versions = '{}'; DELETE FROM profile",
  [['view-differs']],
  'views.1.db: table view_state, key 1, column versions: not the value that the log gives.',
)
finds(
  'a row missing from a view',
  'views.1.db',
  'DELETE FROM profile WHERE key = 2',
  [['view-differs']],
  'views.1.db: table profile, key 2: the row is missing.',
)
finds(
  'a row too many in a view',
  'views.1.db',
  "INSERT INTO exercise VALUES ('zzz', 1)",
  [['view-differs']],
  'views.1.db: table exercise, key zzz: the log gives no such row.',
)
finds(
  'an index on a view',
  'views.1.db',
  'CREATE INDEX another ON profile (first_name)',
  [['view-differs']],
  'views.1.db: table sqlite_schema, key index another: the log gives no such row.',
)
finds('views ahead of the log', 'views.1.db', 'UPDATE view_state SET position = 301', [
  ['view-ahead', 301],
  ['cut', 300],
])
finds('views of another log', 'views.1.db', 'UPDATE view_state SET hash = zeroblob(32)', [
  ['view-differs', 300],
])
finds(
  'views without their state',
  'views.1.db',
  'DROP TABLE view_state',
  [['corrupt-file']],
  'views.1.db cannot be read: no such table: view_state.',
)

finds(
  'views whose state is empty',
  'views.1.db',
  'DELETE FROM view_state',
  [['corrupt-file']],
  'views.1.db cannot be read: views.1.db does not say which position it has reached.',
)

finds(
  'a trigger dropped',
  'log.db',
  'DROP TRIGGER events_update',
  [['schema-changed']],
  'The trigger events_update of log.db is missing.',
)
finds(
  'a trigger changed',
  'log.db',
  'DROP TRIGGER events_update; CREATE TRIGGER events_update BEFORE UPDATE ON events BEGIN SELECT 1; END',
  [['schema-changed']],
  'The trigger events_update of log.db is not as it was made.',
)
finds(
  'a trigger added',
  'log.db',
  'CREATE TRIGGER more AFTER INSERT ON events BEGIN SELECT 1; END',
  [['schema-changed']],
  'The trigger more does not belong into log.db.',
)
finds('a mark in the header', 'log.db', 'PRAGMA user_version = 7', [['schema-changed']])
finds('an index dropped', 'log.db', 'DROP INDEX idempotency_by_age', [['schema-changed']])
finds('a table added', 'log.db', 'CREATE TABLE more (a)', [['schema-changed']])
finds('a table dropped', 'log.db', 'DROP TABLE checkpoints', [
  ['schema-changed'],
  ['schema-changed'],
  ['schema-changed'],
  ['schema-changed'],
  ['corrupt-file'],
  ['corrupt-file'],
])
test('finds a stream that no event uses', () => {
  const dataDir = copyOf(untouched)
  tamper(dataDir, (log) => log.exec("INSERT INTO streams VALUES (0, 'user-zoe')"))
  expectFindings(dataDir, [['missing', 0, 'user-zoe']])
  tamper(dataDir, (log) => log.exec("UPDATE streams SET key = 99 WHERE name = 'user-zoe'"))
  expectFindings(dataDir, [['cut', 300]])
})

finds(
  'a person whose key is gone, once',
  'vault.db',
  "DELETE FROM subjects WHERE user_id = 'cleo'",
  [['key-missing', 3, 'user-cleo']],
  'Event 3 of user-cleo: the vault holds no key for its subject user-cleo.',
)
finds(
  'a key of somebody else',
  'vault.db',
  "UPDATE subjects SET data_key = zeroblob(61) WHERE user_id = 'eve'",
  [['unreadable', 290, 'user-eve']],
)
finds(
  'a signing key that does not open',
  'vault.db',
  "UPDATE key_pairs SET private_key = zeroblob(61) WHERE purpose = 'checkpoint'",
  [['key-missing']],
)

test('finds that the vault is gone, and still checks the chain', () => {
  const dataDir = copyOf(untouched)
  rmSync(join(dataDir, 'vault.db'))
  expectFindings(dataDir, [['key-missing']])
  tamper(dataDir, set('body', "x'00'"))
  expectFindings(dataDir, [['key-missing'], ['changed', 57, 'user-ada']])
  assert.equal(
    readdirSync(dataDir).filter((name) => name === 'master.key'),
    [],
  )
})

test('checks a part of the log alone', () => {
  const dataDir = copyOf(untouched)
  tamper(dataDir, (log) => {
    set('body', "x'00'", 57)(log)
    set('body', "x'00'", 157)(log)
  })
  const part = (from: number, to: number) => {
    const { events, findings } = verified(dataDir, { from, to })
    return [events, ...findings.map(({ position }) => position)]
  }
  assert.equal(part(58, 156), [99])
  assert.equal(part(58, 157), [100, 157])
  assert.equal(part(1, 57), [57, 57])
  assert.equal(part(157, 900), [144, 157])
  assert.equal(part(301, 400), [0])
  assert.equal(verified(dataDir, { from: 301 }).notes, ['Nothing was checked: the log ends at position 300.'])
})

test.run()
