import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isHindrance, type Serving } from '../../src/adapters/cli/operations.ts'
import { readSettings, type Settings } from '../../src/adapters/cli/settings.ts'
import { operations } from '../../src/adapters/operations.ts'
import { copyOf } from '../support/story.ts'
import { temporaryDirectory } from '../support/writer.ts'
import { run } from './cli/run-program.ts'

const test = suite('the program on its files')

const environmentOf = (dataDir: string) => ({
  ...{ DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' },
  MASTER_KEY: Buffer.alloc(32, 7).toString('hex'),
})

const untouched = temporaryDirectory()

test.before(async () => {
  assert.is((await run('seed', operations, environmentOf(untouched))).exitCode, 0)
})

async function told(words: string, dataDir: string) {
  const { exitCode, complaints } = await run(words, operations, environmentOf(dataDir))
  return [exitCode, complaints.replaceAll(dataDir, 'DATA_DIR')]
}

const reading = ['verify', 'head', 'show exercise-plank', 'replay']

test('where there is no data, whoever only reads it says so in a sentence and makes nothing', async () => {
  const dataDir = join(temporaryDirectory(), 'nowhere')
  for (const words of reading) {
    assert.equal(await told(words, dataDir), [1, 'repledger: There is no log.db in DATA_DIR.\n'], words)
  }
  assert.not(existsSync(dataDir))
})

test('without its vault a log is refused in a sentence', async () => {
  const dataDir = copyOf(untouched)
  rmSync(join(dataDir, 'vault.db'))
  const missing = 'repledger: There is no vault.db in DATA_DIR.\n'
  assert.equal(await told('replay', dataDir), [1, missing])
  assert.equal(await told('show exercise-plank', dataDir), [1, missing])
  assert.equal(await told('serve', dataDir), [
    1,
    'repledger: log.db holds events, but vault.db is missing: without it they stay sealed.\n',
  ])
})

test('what is no database any more is a difference, and its name is for verify to tell', async () => {
  const dataDir = copyOf(untouched)
  writeFileSync(join(dataDir, 'log.db'), 'nothing that SQLite could read'.repeat(1000))
  const sentence =
    'repledger: A file in DATA_DIR is not as it was written: file is not a database. ' +
    'Run `verify`, which names it.\n'
  for (const words of ['serve', 'seed', 'head', 'replay']) {
    assert.equal(await told(words, dataDir), [2, sentence], words)
  }
  assert.is((await told('verify', dataDir))[0], 2)
})

test('a file that cannot be opened is told in a sentence', async () => {
  const dataDir = copyOf(untouched)
  rmSync(join(dataDir, 'owner.lock'))
  mkdirSync(join(dataDir, 'owner.lock'))
  assert.equal(await told('serve', dataDir), [
    1,
    'repledger: A file in DATA_DIR cannot be used: unable to open database file.\n',
  ])
})

async function serving(dataDir: string): Promise<Serving> {
  const served = await operations.serve(readSettings(environmentOf(dataDir)) as Settings)
  assert.not(isHindrance(served))
  return served as Serving
}

test('what the disk has no room for is answered 503, and goes on once there is room', async () => {
  const dataDir = copyOf(untouched)
  const { url, close } = await serving(dataDir)
  const views = new Sqlite(join(dataDir, 'views.1.db'))
  // A table whose row ids are used up answers as a full disk does.
  views.exec(`CREATE TABLE full (key INTEGER PRIMARY KEY AUTOINCREMENT);
    INSERT INTO full VALUES (9223372036854775807);
    CREATE TRIGGER full_disk AFTER INSERT ON user BEGIN INSERT INTO full VALUES (NULL); END`)
  const register = () =>
    fetch(`${url}/v1/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.org', password: 'a long enough phrase', firstName: 'Ada' }),
    })
  const full = await register()
  assert.equal([full.status, full.headers.get('retry-after')], [503, '1'])
  assert.match(((await full.json()) as { type: string }).type, 'cannot-write')
  views.exec('DROP TRIGGER full_disk; DROP TABLE full')
  views.close()
  assert.is((await register()).status, 201)
  await close()
  assert.is((await told('verify', dataDir))[0], 0)
})

test('a server that was closed leaves no WAL behind', async () => {
  const dataDir = copyOf(untouched)
  await (await serving(dataDir)).close()
  assert.equal(readdirSync(dataDir).sort(), ['log.db', 'owner.lock', 'vault.db', 'views.1.db'])
})

test('what was backed up is restored by the same program, and verifies', async () => {
  const place = temporaryDirectory()
  const [copy, safe, dataDir] = ['copy', 'safe', 'data'].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ]
  assert.is((await told(`backup ${copy} --vault ${safe}`, untouched))[0], 0)
  assert.is((await told(`restore ${copy} --vault ${safe}`, dataDir))[0], 0)
  assert.is((await told('verify', dataDir))[0], 0)
  const again = 'repledger: DATA_DIR/log.db is there: move it away first, nothing is overwritten.\n'
  assert.equal(await told(`restore ${copy} --vault ${safe}`, dataDir), [1, again])
})

test.run()
