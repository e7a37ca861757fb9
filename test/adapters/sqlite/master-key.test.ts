import { createSecretKey, hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadMasterKey, WrongMasterKey } from '../../../src/adapters/sqlite/master-key.ts'
import { createKeyring, openVault } from '../../../src/adapters/sqlite/vault.ts'
import { masterKey, start, temporaryDirectory, writerOn } from '../../support/writer.ts'

const test = suite('master key')
const bytes = Buffer.alloc(32, 7)

function refused(act: () => unknown, message: RegExp) {
  assert.throws(act, (error: unknown) => error instanceof WrongMasterKey && message.test(error.message))
}

function fingerprints(dataDir: string) {
  const files = readdirSync(dataDir).filter((name) => !/-(wal|shm)$/.test(name))
  return files.map((name) => [name, hash('sha256', readFileSync(join(dataDir, name)))])
}

test('the first start makes a key that its owner alone reads, and the next one finds it', () => {
  const dataDir = join(temporaryDirectory(), 'data')
  const first = loadMasterKey(dataDir, {})
  const second = loadMasterKey(dataDir, {})
  assert.equal([first.generated, second.generated], [true, false])
  assert.ok(first.key.equals(second.key))
  assert.is(statSync(join(dataDir, 'master.key')).mode & 0o777, 0o600)
  assert.is(statSync(dataDir).mode & 0o777, 0o700)
})

test('a key is given as base64 or hex, in the setting or in a file', () => {
  const dataDir = temporaryDirectory()
  const file = join(dataDir, 'given.key')
  for (const text of [bytes.toString('base64'), bytes.toString('hex'), bytes.toString('base64url')]) {
    assert.ok(loadMasterKey(dataDir, { masterKey: text }).key.equals(masterKey))
    writeFileSync(file, `${text}\n`)
    assert.ok(loadMasterKey(dataDir, { masterKeyFile: file }).key.equals(masterKey))
  }
  assert.not(existsSync(join(dataDir, 'master.key')))
})

test('what is not 32 bytes is no key', () => {
  for (const text of ['', 'short', bytes.toString('hex').slice(1), `${bytes.toString('base64')}AA`]) {
    refused(
      () => loadMasterKey(temporaryDirectory(), { masterKey: text }),
      /MASTER_KEY does not hold 32 bytes/,
    )
  }
  const masterKeyFile = '/nowhere/master.key'
  refused(() => loadMasterKey(temporaryDirectory(), { masterKeyFile }), /cannot be read: ENOENT.*nowhere/)
})

test('a key that does not open the vault is refused, and nothing is written', () => {
  const dataDir = temporaryDirectory()
  writerOn(dataDir).close(start)
  const before = fingerprints(dataDir)
  const wrong = Buffer.alloc(32, 8).toString('hex')
  refused(() => loadMasterKey(dataDir, { masterKey: wrong }), /not the one that vault.db was made with/)
  refused(() => loadMasterKey(dataDir, {}), /master.key is missing/)
  assert.equal(fingerprints(dataDir), before)
  assert.not(loadMasterKey(dataDir, { masterKey: bytes.toString('hex') }).generated)
})

test('no key is made beside a log that was written under another one', () => {
  const dataDir = temporaryDirectory()
  writerOn(dataDir).close(start)
  rmSync(join(dataDir, 'vault.db'))
  refused(() => loadMasterKey(dataDir, {}), /master.key is missing, and log.db cannot be opened/)
  assert.not(existsSync(join(dataDir, 'master.key')))
})

test('a first start that was cut off before the vault was made goes on', () => {
  const dataDir = temporaryDirectory()
  const { key } = loadMasterKey(dataDir, {})
  writeFileSync(join(dataDir, 'vault.db'), '')
  assert.ok(loadMasterKey(dataDir, {}).key.equals(key))
})

test('a data key opens under the master key that wrapped it alone, and only for its own person', () => {
  const dataDir = temporaryDirectory()
  const writer = writerOn(dataDir)
  const people = ['ada', 'bob'].map(
    (userId) => ({ kind: 'create subject', userId, passwordHash: 'x' }) as const,
  )
  writer.keep(people, start)
  const vault = openVault(dataDir)
  const keyOf = (userId: string) => createKeyring(vault, masterKey).subjectKey(userId)
  assert.not(keyOf('ada')?.equals(keyOf('bob') as never))
  assert.is(keyOf('eve'), undefined)
  assert.throws(() => createKeyring(vault, createSecretKey(Buffer.alloc(32, 8))).subjectKey('ada'))
  vault.exec("UPDATE subjects SET data_key = (SELECT data_key FROM subjects WHERE user_id = 'bob')")
  assert.throws(() => keyOf('ada'))
  vault.close()
})

test.run()
