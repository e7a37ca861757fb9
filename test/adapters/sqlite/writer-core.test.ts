import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  lastCheckpoint,
  pageOfCheckpoints,
  publicKeyOf,
  publicKeysOf,
} from '../../../src/adapters/sqlite/checkpoints.ts'
import {
  GENESIS,
  hashCheckpoint,
  verifyCheckpoint,
  verifyPublicKey,
} from '../../../src/adapters/sqlite/hash-chain.ts'
import { type KeyPurpose, keyPairs, makeKeyPair, tokenKeys } from '../../../src/adapters/sqlite/key-pairs.ts'
import { headOf, openLog } from '../../../src/adapters/sqlite/log-file.ts'
import { openVault } from '../../../src/adapters/sqlite/vault.ts'
import {
  appendOf,
  masterKey,
  registrationOf,
  renamed,
  start,
  temporaryDirectory,
  writerOn,
} from '../../support/writer.ts'

const test = suite('writer core')

function writerWithAda() {
  const dataDir = temporaryDirectory()
  const writer = writerOn(dataDir)
  writer.keep([{ kind: 'create subject', userId: 'ada', passwordHash: 'x' }], start)
  writer.append([registrationOf('ada')], start)
  return { dataDir, writer }
}

const renamings = (count: number) =>
  appendOf([
    { stream: 'user-ada', subject: 'ada', events: Array.from({ length: count }, () => renamed('Grace')) },
  ])

function reading<T>(file: Database, read: (file: Database) => T): T {
  const answer = read(file)
  file.close()
  return answer
}

const inLog = <T>(dataDir: string, read: (log: Database) => T) =>
  reading(openLog(dataDir, { readonly: true }), read)
const inVault = <T>(dataDir: string, read: (vault: Database) => T) => reading(openVault(dataDir), read)

test('a checkpoint is signed every 1,000 events and at the end, and each names the one before', () => {
  const { dataDir, writer } = writerWithAda()
  writer.tend(start)
  assert.is(inLog(dataDir, lastCheckpoint), undefined)
  writer.append([renamings(999)], start)
  writer.tend(start + 1)
  writer.append([renamings(998)], start)
  writer.tend(start + 2)
  assert.is(writer.unsigned(), 998)
  writer.close(start + 3)
  const [first, second, ...more] = inLog(dataDir, (log) => pageOfCheckpoints(log, 0, 10))
  assert.is(more.length, 0)
  assert.ok(first && second)
  assert.equal([first.position, first.count, second.position, second.count], [1000, 1000, 1998, 1998])
  assert.equal([first.signedAt, second.signedAt], ['2026-03-01T10:00:00.001Z', '2026-03-01T10:00:00.003Z'])
  assert.equal([first.previous, second.previous], [GENESIS, hashCheckpoint(first)])
  assert.equal(second.hash, inLog(dataDir, headOf).hash)
  const [key] = inLog(dataDir, publicKeysOf)
  assert.ok(key)
  for (const checkpoint of [first, second]) {
    assert.ok(verifyCheckpoint(checkpoint, checkpoint.signature, publicKeyOf(key)))
  }
})

test('a head that is signed is not signed again', () => {
  const { dataDir, writer } = writerWithAda()
  writer.sign(start)
  writer.sign(start + 1)
  writer.close(start + 2)
  writerOn(dataDir).close(start + 3)
  assert.is(inLog(dataDir, (log) => pageOfCheckpoints(log, 0, 10)).length, 1)
})

test('a checkpoint is never dated before the event that it signs', () => {
  const { dataDir, writer } = writerWithAda()
  writer.sign(start - 5000)
  writer.close(start)
  assert.is(inLog(dataDir, lastCheckpoint)?.signedAt, '2026-03-01T10:00:00.000Z')
})

test('the first public key vouches for itself, and a second is signed by the first', () => {
  const { dataDir, writer } = writerWithAda()
  writer.close(start)
  inVault(dataDir, (vault) => makeKeyPair(vault, masterKey, 'checkpoint', '2026-03-02T10:00:00.000Z'))
  const again = writerOn(dataDir)
  again.append([renamings(1)], start)
  again.close(start)
  const [first, second, ...more] = inLog(dataDir, publicKeysOf)
  assert.ok(first && second && more.length === 0)
  assert.equal([first.signedBy, second.signedBy], [first.keyId, first.keyId])
  assert.ok(verifyPublicKey(first, first.signature, publicKeyOf(first)))
  assert.ok(verifyPublicKey(second, second.signature, publicKeyOf(first)))
  assert.not(verifyPublicKey(second, second.signature, publicKeyOf(second)))
  assert.is(inLog(dataDir, lastCheckpoint)?.keyId, second.keyId)
})

test('keys are made once', () => {
  const { dataDir, writer } = writerWithAda()
  writer.close(start)
  const keysOf = (purpose: KeyPurpose) =>
    inVault(dataDir, (vault) => keyPairs(vault, masterKey, purpose).map(({ kid }) => kid))
  const first = [keysOf('token'), keysOf('checkpoint')]
  writerOn(dataDir).close(start)
  assert.equal(
    first.map(({ length }) => length),
    [1, 1],
  )
  assert.equal([keysOf('token'), keysOf('checkpoint')], first)
})

test('a vault without what it must hold is an error', () => {
  const vault = openVault(temporaryDirectory())
  assert.throws(() => tokenKeys(vault, masterKey), /no key for access tokens/)
  vault.close()
})

test('a log without its vault, or with another one’s, is refused', () => {
  const { dataDir, writer } = writerWithAda()
  writer.close(start)
  const removeVault = () => rmSync(join(dataDir, 'vault.db'))
  removeVault()
  assert.throws(() => writerOn(dataDir), /log.db holds events, but vault.db is missing/)
  assert.not(readdirSync(dataDir).includes('vault.db'))
  openVault(dataDir).close()
  assert.throws(() => writerOn(dataDir), /they do not belong together/)
})

test('keys of people beside a log that is gone or empty are a refusal, and nothing is made anew', () => {
  const { dataDir, writer } = writerWithAda()
  writer.close(start)
  rmSync(join(dataDir, 'views.1.db'))
  rmSync(join(dataDir, 'log.db'))
  for (let attempt = 0; attempt < 2; attempt++) {
    assert.throws(() => writerOn(dataDir), /holds the keys of people, but log.db is missing or empty/)
    assert.not(existsSync(join(dataDir, 'log.db')))
  }
  openLog(dataDir).close()
  assert.throws(() => writerOn(dataDir), /log.db is missing or empty/)
  assert.is(
    inVault(dataDir, (vault) => vault.prepare('SELECT count(*) FROM subjects').pluck().get()),
    1,
  )
})

test('no public half of a signing key stands in the clear, where another could take its place', () => {
  const { dataDir, writer } = writerWithAda()
  writer.close(start)
  const columns = inVault(dataDir, (vault) =>
    vault.prepare("SELECT name FROM pragma_table_info('key_pairs')").pluck().all(),
  )
  assert.equal(columns, ['number', 'purpose', 'key_id', 'private_key', 'created_at'])
})

test('a key whose person never came is removed at the next start, unless they have logged in', () => {
  const { dataDir, writer } = writerWithAda()
  writer.keep(
    ['bob', 'cleo'].map((userId) => ({ kind: 'create subject', userId, passwordHash: 'x' })),
    start,
  )
  // Cleo was in a log that is newer than this one.
  writer.keep(
    ['ada', 'cleo'].map((userId) => ({ kind: 'start login', userId })),
    start,
  )
  writer.close(start)
  const people = (vault: Database) => [
    vault.prepare('SELECT user_id FROM subjects').pluck().all(),
    vault.prepare('SELECT user_id FROM logins ORDER BY user_id').pluck().all(),
  ]
  assert.equal(inVault(dataDir, people), [
    ['ada', 'bob', 'cleo'],
    ['ada', 'cleo'],
  ])
  writerOn(dataDir).close(start)
  assert.equal(inVault(dataDir, people), [
    ['ada', 'cleo'],
    ['ada', 'cleo'],
  ])
})

test('a vault command that fails leaves the others of its batch alone', () => {
  const { dataDir, writer } = writerWithAda()
  const subject = (userId: string) => ({ kind: 'create subject', userId, passwordHash: 'x' }) as const
  const outcomes = writer.keep([subject('bob'), subject('ada'), subject('eve')], start)
  assert.equal(
    outcomes.map((outcome) => 'result' in outcome),
    [true, false, true],
  )
  writer.close(start)
  assert.equal(
    inVault(dataDir, (vault) => vault.prepare('SELECT user_id FROM subjects').pluck().all()),
    ['ada', 'bob', 'eve'],
  )
})

test('what the vault forgets does not stay behind in its pages', () => {
  const { dataDir, writer } = writerWithAda()
  writer.close(start)
  const settings = (vault: Database) =>
    ['synchronous', 'secure_delete', 'foreign_keys'].map((name) => vault.pragma(name, { simple: true }))
  assert.equal(inVault(dataDir, settings), [2, 1, 1])
})

test('after a close no WAL is left, and views that fell behind are level after the start', () => {
  const { dataDir, writer } = writerWithAda()
  writer.close(start)
  assert.equal(readdirSync(dataDir).sort(), ['log.db', 'vault.db', 'views.1.db'])
  const views = new Sqlite(join(dataDir, 'views.1.db'))
  views.exec('DELETE FROM person; UPDATE view_state SET position = 0, hash = zeroblob(32)')
  writerOn(dataDir).close(start)
  assert.equal(views.prepare('SELECT email FROM person').pluck().all(), ['ada@example.org'])
  views.close()
})

test.run()
