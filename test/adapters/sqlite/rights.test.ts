import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { narrowRights } from '../../../src/adapters/sqlite/rights.ts'
import { temporaryDirectory } from '../../support/writer.ts'

const test = suite('rights')

/** A folder with these files, open to everybody. */
function opened(...names: string[]) {
  const dataDir = join(temporaryDirectory(), 'data')
  mkdirSync(dataDir)
  for (const name of names) place(join(dataDir, name))
  chmodSync(dataDir, 0o777)
  return dataDir
}

function place(path: string, mode = 0o666) {
  writeFileSync(path, '')
  chmodSync(path, mode)
  return path
}

const modeOf = (...path: string[]) => (statSync(join(...path)).mode & 0o777).toString(8)

test('a folder of ours and the files in it are closed', () => {
  const names = ['log.db', 'log.db-wal', 'log.db-shm', 'vault.db', 'views.3.db', 'master.key', 'owner.lock']
  const dataDir = opened(...names)
  mkdirSync(join(dataDir, 'lost+found'))
  assert.equal(narrowRights(dataDir), [])
  assert.is(modeOf(dataDir), '700')
  assert.equal(
    names.map((name) => modeOf(dataDir, name)),
    names.map(() => '600'),
  )
})

test('a folder that holds more than ours is left as it is, and told of', () => {
  const dataDir = opened('log.db', 'letter.txt')
  assert.equal(narrowRights(dataDir), [`Others than its owner may use ${dataDir}`])
  assert.equal([modeOf(dataDir), modeOf(dataDir, 'log.db')], ['777', '600'])
  assert.is(modeOf(dataDir, 'letter.txt'), '666')
  chmodSync(dataDir, 0o700)
  assert.equal(narrowRights(dataDir), [])
})

test('what cannot be closed is told of', () => {
  // A folder of the system, where there is one that takes rights from nobody.
  for (const dataDir of ['/proc/self/task'].filter(existsSync)) {
    assert.equal(narrowRights(dataDir), [`Others than its owner may use ${dataDir}`])
  }
})

test('a master key that is kept elsewhere is not ours to close', () => {
  const dataDir = opened()
  const key = place(join(dataDir, '..', 'key'), 0o644)
  assert.equal(narrowRights(dataDir, key), ['Everybody on this machine may read MASTER_KEY_FILE'])
  assert.is(modeOf(key), '644')
  chmodSync(key, 0o440)
  assert.equal(narrowRights(dataDir, key), [])
  assert.equal(narrowRights(dataDir, join(dataDir, 'nowhere')), [])
})

test.run()
