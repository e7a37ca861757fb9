import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lockDataDir, type OwnerLock } from '../../../src/adapters/sqlite/owner-lock.ts'
import { temporaryDirectory } from '../../support/writer.ts'

const test = suite('owner lock')
const child = fileURLToPath(new URL('../../support/locking-child.ts', import.meta.url))

async function locking(dataDir: string) {
  const owner = spawn(process.execPath, [child, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [said] = await once(owner.stdout.setEncoding('utf8'), 'data')
  return { owner, said: String(said).trim() }
}

function locked(dataDir: string): OwnerLock {
  const lock = lockDataDir(dataDir)
  if (lock === 'held') throw new assert.Assertion({ message: 'Another one holds the lock.' } as never)
  return lock
}

test('makes the directory for its owner alone', () => {
  const dataDir = join(temporaryDirectory(), 'new', 'data')
  locked(dataDir).release()
  assert.is(statSync(dataDir).mode & 0o777, 0o700)
  assert.is(statSync(join(dataDir, 'owner.lock')).mode & 0o777, 0o600)
})

test('is held once in a process, and again after its release', () => {
  const dataDir = temporaryDirectory()
  const lock = locked(dataDir)
  assert.is(lockDataDir(dataDir), 'held')
  assert.is(lockDataDir(dataDir), 'held')
  lock.release()
  lock.release()
  locked(dataDir).release()
})

test('is held against another process, also after a vain try here', async () => {
  const dataDir = temporaryDirectory()
  const lock = locked(dataDir)
  assert.is(lockDataDir(dataDir), 'held')
  const { owner, said } = await locking(dataDir)
  assert.is(said, 'held')
  owner.kill('SIGKILL')
  lock.release()
})

test('of a process that was killed is free at once', async () => {
  const dataDir = temporaryDirectory()
  const { owner, said } = await locking(dataDir)
  assert.is(said, 'locked')
  assert.is(lockDataDir(dataDir), 'held')
  owner.kill('SIGKILL')
  await once(owner, 'exit')
  locked(dataDir).release()
})

test('goes to one of many that start together', async () => {
  const dataDir = temporaryDirectory()
  const all = await Promise.all(Array.from({ length: 4 }, () => locking(dataDir)))
  assert.equal(all.map(({ said }) => said).sort(), ['held', 'held', 'held', 'locked'])
  for (const { owner } of all) owner.kill('SIGKILL')
})

test('that cannot be taken for another reason is an error', () => {
  const dataDir = temporaryDirectory()
  writeFileSync(join(dataDir, 'owner.lock'), 'no lock of ours'.repeat(100))
  assert.throws(() => lockDataDir(dataDir), /not a database/)
})

test.run()
