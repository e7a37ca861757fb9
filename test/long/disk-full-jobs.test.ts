import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ask, type Marked, password, plant, traces } from '../support/canaries.ts'
import { runProgram, startServer } from '../support/process.ts'
import { smallDisk } from '../support/small-disk.ts'
import { masterKey } from '../support/writer.ts'

const env = { LOG_LEVEL: 'silent', MASTER_KEY: masterKey.export().toString('hex') }
Object.assign(process.env, env)
const KIB = 1024

const test = suite('a disk that is full while a job runs')
const place = mkdtempSync(join(tmpdir(), 'repledger-jobs-'))
const folder = join(place, 'log')
const vault = join(place, 'vault')
const document = join(place, 'first.json')
test.after(() => rmSync(place, { recursive: true, force: true }))

async function expectGood(where: string, ...args: string[]) {
  const { code, output, errors } = await runProgram(where, ...args)
  assert.is(code, 0, `${args[0]}: ${output}${errors}`)
  return output
}

/** Runs a command that may lack room; true when it did, said so plainly, and gave no stack. */
async function lacksRoom(where: string, ...args: string[]): Promise<boolean> {
  const { code, output, errors } = await runProgram(where, ...args)
  if (code === 0) return false
  assert.is(code, 1, output + errors)
  assert.match(errors, /There is no room left for .*: make room, and run the same again\./)
  assert.not.match(errors, /^ +at /m)
  return true
}

/** People with something in every file, and a backup of it, made where there is room. */
async function peopled(count: number) {
  const dataDir = join(place, 'data')
  const { url, stop } = await startServer(dataDir, env)
  const people: Marked[] = []
  for (let person = 0; person < count; person++) people.push(await plant(url, person))
  const [first] = people as [Marked]
  const sessions = Array.from({ length: 200 }, (_, index) => {
    const startedAt = new Date(Date.UTC(2024, 0, 1 + index)).toISOString()
    const sets = [{ reps: 5, weight: 60 }]
    const exercises = [{ exerciseId: 'barbell-back-squat', sets }]
    return { startedAt, finishedAt: startedAt.replace('T00', 'T01'), notes: 'x'.repeat(900), exercises }
  })
  for (let bulk = 0; bulk < 4; bulk++) {
    await ask(url, 'POST', '/v1/sessions/bulk', { sessions }, first.accessToken)
  }
  await stop('SIGTERM')
  await expectGood(dataDir, 'backup', folder, '--vault', vault)
  await expectGood(dataDir, 'export', '--user', first.userId, '--output', document)
  return { dataDir, people }
}

/** A small disk with all of it restored, and its views built. */
async function onSmallDisk<T>(story: (disk: ReturnType<typeof smallDisk>) => Promise<T>) {
  const disk = smallDisk('64m')
  try {
    await expectGood(disk.path, 'restore', folder, '--vault', vault)
    await expectGood(disk.path, 'seed')
    return await story(disk)
  } finally {
    disk.remove()
  }
}

const spares = [0, 4, 16, 40, 64, 100, 160, 256, 400, 640, 1024, 1600, 2560].map(
  (kibibytes) => kibibytes * KIB,
)
const { dataDir, people } = await peopled(1 + 2 * spares.length)

test('of a backup: it says so, leaves nothing half done, and is whole when there is room', async () => {
  for (const isOfVault of [false, true]) {
    const disk = smallDisk('32k')
    const [target, kept] = [join(disk.path, 'backup'), join(place, `other-${isOfVault}`)]
    const args = isOfVault ? [kept, '--vault', target] : [target, '--vault', kept]
    try {
      assert.ok(await lacksRoom(dataDir, 'backup', ...args))
      assert.equal(readdirSync(disk.path, { recursive: true }), ['backup.part'])
      disk.resize('64m')
      await expectGood(dataDir, 'backup', ...args)
      assert.equal(readdirSync(disk.path), ['backup'])
      await expectGood(dataDir, 'verify', args[0] as string)
    } finally {
      disk.remove()
    }
  }
})

test('of a restore: nothing is put anywhere, and it finishes when there is room', async () => {
  let lacking = 0
  for (const more of [[], ['--at', '900']]) {
    for (const kibibytes of [64, 200, 500, 900, 1200, 1500, 1800, 2100, 2400, 2700, 3000, 4000, 5000]) {
      const disk = smallDisk(`${kibibytes}k`)
      const args = ['restore', folder, '--vault', vault, ...more]
      try {
        if (await lacksRoom(disk.path, ...args)) {
          lacking += 1
          assert.equal(
            readdirSync(disk.path).filter((name) => name !== 'owner.lock'),
            [],
          )
          disk.resize('64m')
          await expectGood(disk.path, ...args)
        }
        disk.resize('64m')
        await expectGood(disk.path, 'verify')
      } finally {
        disk.remove()
      }
    }
  }
  assert.ok(lacking > 8, `${lacking} restores lacked room`)
})

test('of a rebuild: the views that are there stay, and it finishes when there is room', async () => {
  await onSmallDisk(async (disk) => {
    let lacking = 0
    for (const spare of spares) {
      disk.fill(spare)
      if (await lacksRoom(disk.path, 'replay')) lacking += 1
      disk.release()
      await expectGood(disk.path, 'verify')
      await expectGood(disk.path, 'replay')
      assert.is(readdirSync(disk.path).filter((name) => /^views.*\.db$/.test(name)).length, 1)
    }
    assert.ok(lacking > 4, `${lacking} rebuilds lacked room`)
    await expectGood(disk.path, 'verify')
  })
})

test('of an erasure: it is not said to be done, and finishes when there is room', async () => {
  await onSmallDisk(async (disk) => {
    let lacking = 0
    for (const [index, spare] of spares.entries()) {
      const { userId, canaries } = people[1 + index] as Marked
      disk.fill(spare)
      if (await lacksRoom(disk.path, 'erase', userId, '--yes')) lacking += 1
      else assert.equal(traces(disk.path, canaries), [])
      disk.release()
      await expectGood(disk.path, 'erase', userId, '--yes')
      assert.equal(traces(disk.path, canaries), [])
      await expectGood(disk.path, 'verify')
    }
    assert.ok(lacking > 3, `${lacking} erasures lacked room`)
  })
})

test('of an erasure asked of a server: 503, and it goes on when there is room', async () => {
  await onSmallDisk(async (disk) => {
    const { url, stop } = await startServer(disk.path, env)
    try {
      const statuses: number[] = []
      for (const [index, spare] of spares.entries()) {
        const { userId, email, canaries } = people[1 + spares.length + index] as Marked
        const { accessToken } = await ask(url, 'POST', '/v1/auth/login', { email, password })
        disk.fill(spare)
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` }
        const sent = { method: 'DELETE', headers, body: JSON.stringify({ password }) }
        const answer = await fetch(`${url}/v1/me`, sent)
        await answer.text()
        statuses.push(answer.status)
        if (answer.status === 204) assert.equal(traces(disk.path, canaries), [])
        disk.release()
        await expectGood(disk.path, 'erase', userId, '--yes')
        assert.equal(traces(disk.path, canaries), [])
      }
      assert.equal([...new Set(statuses)].toSorted(), [204, 503], statuses.join())
      await expectGood(disk.path, 'verify')
      assert.is(await stop('SIGTERM'), 0)
      await expectGood(disk.path, 'verify')
    } finally {
      await stop('SIGKILL')
    }
  })
})

test('of an import: it says so, and finishes when there is room', async () => {
  await onSmallDisk(async (disk) => {
    const { url, stop } = await startServer(disk.path, env)
    const takers: string[] = []
    for (const [index] of spares.entries()) {
      const email = `taker${index}@example.org`
      await ask(url, 'POST', '/v1/auth/register', { email, password, firstName: 'Kim' })
      takers.push(email)
    }
    await stop('SIGTERM')
    let lacking = 0
    for (const [index, spare] of spares.entries()) {
      const args = ['import', document, '--user', takers[index] as string]
      disk.fill(spare)
      if (await lacksRoom(disk.path, ...args)) lacking += 1
      disk.release()
      await expectGood(disk.path, ...args)
      await expectGood(disk.path, 'verify')
    }
    assert.ok(lacking > 4, `${lacking} imports lacked room`)
    await expectGood(disk.path, 'verify')
    const again = await startServer(disk.path, env)
    try {
      for (const email of takers) {
        const { accessToken } = await ask(again.url, 'POST', '/v1/auth/login', { email, password })
        const { sessions } = await ask(again.url, 'GET', '/v1/statistics', undefined, accessToken)
        assert.is(sessions, 801)
      }
      assert.is(await again.stop('SIGTERM'), 0)
    } finally {
      await again.stop('SIGKILL')
    }
  })
})

test.run()
