import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openVault } from '../../../src/adapters/sqlite/vault.ts'
import { copyOf, storyOf300, views } from '../../support/story.ts'
import { expectFindings, verified } from '../../support/tampering.ts'
import { appendOf, start, temporaryDirectory, writerOn } from '../../support/writer.ts'

const test = suite('verify: the vault against the people of the log')
const untouched = storyOf300()

/** The story with Cleo erased: the event is there, and her key is what `after` leaves of it. */
function withCleoErased(after: string): string {
  const dataDir = copyOf(untouched)
  const writer = writerOn(dataDir, { views })
  const erased = { type: 'UserErased', data: { erasedAt: '2026-03-01T11:00:00.000Z' } } as const
  writer.append([appendOf([{ stream: 'user-cleo', events: [erased] }])], start + 400_000)
  writer.close(start + 400_000)
  changeVault(dataDir, after)
  return dataDir
}

function changeVault(dataDir: string, sql: string) {
  const vault = openVault(dataDir)
  vault.exec(sql)
  vault.close()
}

const noKey = "DELETE FROM subjects WHERE user_id = 'cleo';"
const asked = "DELETE FROM erasures; INSERT INTO erasures VALUES ('cleo', '2026-03-01T10:59:00.000Z',"

test('a person who was erased, and whose key is gone, is in order', () => {
  const dataDir = withCleoErased(`${noKey} ${asked} '2026-03-01T11:00:01.000Z')`)
  expectFindings(dataDir, [], { checkViews: false })
  assert.equal(verified(dataDir).notes, [])
})

test('a key of somebody who was erased is found, at the position of the erasure', () => {
  for (const after of ['SELECT 1', `${asked} '2026-03-01T11:00:01.000Z')`]) {
    expectFindings(withCleoErased(after), [['key-kept', 301, 'user-cleo']], { checkViews: false })
  }
})

test('a key of somebody who was erased as the vault says is found, even where the log was not told', () => {
  const dataDir = copyOf(untouched)
  changeVault(dataDir, `${asked} '2026-03-01T11:00:01.000Z')`)
  expectFindings(dataDir, [['key-kept', 299, 'user-cleo']])
  assert.equal(verified(dataDir).notes, [])
})

const others: [what: string, sql: string, kinds: string[]][] = [
  ['a secret gone', "DELETE FROM secrets WHERE purpose = 'classic id'", ['key-missing']],
  [
    'a secret changed',
    "UPDATE secrets SET sealed = zeroblob(61) WHERE purpose = 'idempotency'",
    ['key-missing'],
  ],
  ['the keys of tokens gone', "DELETE FROM key_pairs WHERE purpose = 'token'", ['key-missing']],
  ['the check value gone', 'DELETE FROM master_check', ['key-missing']],
  ['an index gone', 'DROP INDEX logins_by_use', ['schema-changed']],
  [
    'a trigger that writes down keys',
    `CREATE TABLE copied (key BLOB);
    CREATE TRIGGER copying AFTER INSERT ON subjects BEGIN INSERT INTO copied VALUES (NEW.data_key); END`,
    ['schema-changed', 'schema-changed'],
  ],
]
for (const [what, sql, kinds] of others) {
  test(`${what} in the vault is found`, () => {
    const dataDir = copyOf(untouched)
    changeVault(dataDir, sql)
    expectFindings(
      dataDir,
      kinds.map((kind) => [kind]),
    )
  })
}

test('an erasure that is under way is told, and is no finding', () => {
  const dataDir = withCleoErased(`${asked} NULL)`)
  expectFindings(dataDir, [], { checkViews: false })
  assert.match(verified(dataDir, { checkViews: false }).notes.join(), 'Erasures are under way (1)')
})

test('a person without a key who was never erased is found, once', () => {
  const dataDir = copyOf(untouched)
  changeVault(dataDir, noKey)
  expectFindings(dataDir, [['key-missing', 3, 'user-cleo']])
})

test('people who were erased since this copy of the log was made are told', () => {
  const dataDir = copyOf(untouched)
  changeVault(dataDir, `${noKey} ${asked} '2026-03-01T11:00:01.000Z')`)
  expectFindings(dataDir, [], { checkViews: false })
  assert.match(verified(dataDir, { checkViews: false }).notes.join(), 'whom this log still has (1)')
})

test('keys of nobody are told, and are no finding: a crash leaves them', () => {
  const dataDir = copyOf(untouched)
  changeVault(dataDir, "INSERT INTO subjects VALUES ('zoe', zeroblob(61), NULL)")
  expectFindings(dataDir, [])
  assert.match(verified(dataDir).notes.join(), 'keys of people who are not in the log (1)')
})

test('a vault of before anybody could be erased goes on to verify', () => {
  const dataDir = copyOf(untouched)
  const vault = new Sqlite(join(dataDir, 'vault.db'))
  vault.exec('DROP TABLE erasures')
  vault.close()
  expectFindings(dataDir, [])
})

const copies = suite('verify: a copy')

copies('that is the log alone is checked as far as it goes, and says how far', () => {
  const folder = temporaryDirectory()
  cpSync(join(untouched, 'log.db'), join(folder, 'log.db'))
  const { findings, notes, events } = verified(folder, { isCopy: true })
  assert.equal([events, findings], [300, []])
  assert.match(notes.join(' '), 'no views')
  assert.match(notes.join(' '), 'no vault.db')
  expectFindings(folder, [['key-missing']])
  assert.equal(
    readdirSync(folder).filter((name) => !name.startsWith('log.db')),
    [],
  )
})

copies('that has its vault and its views beside it is checked as a whole', () => {
  const folder = copyOf(untouched)
  assert.equal(verified(folder, { isCopy: true }).notes, [])
  rmSync(join(folder, 'views.1.db'))
  assert.equal(verified(folder).notes, ['There are no views here that could be compared.'])
  assert.equal(verified(folder, { isCopy: true }).notes, ['There are no views here that could be compared.'])
})

test.run()
copies.run()
