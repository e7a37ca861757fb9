import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ask, password } from '../support/canaries.ts'
import { seeded } from '../support/kill-story.ts'
import { atEveryStep, killed, killsOf, killsSomewhere, tellKills } from '../support/kills.ts'
import { runProgram, type ServerProcess, startServer } from '../support/process.ts'
import { masterKey } from '../support/writer.ts'

const seed = Number(process.env.SEED ?? Date.now())
const random = seeded(seed)
const env = { LOG_LEVEL: 'silent', MASTER_KEY: masterKey.export().toString('hex') }
Object.assign(process.env, env)

const test = suite(`kill -9 of backup and restore, SEED=${seed}`)
const place = mkdtempSync(join(tmpdir(), 'repledger-backup-kill-'))
const dataDir = join(place, 'data')
const folder = join(place, 'log')
const vault = join(place, 'vault')
/** The ids of all sessions that were answered 201. */
const acknowledged: string[] = []

async function expectGood(where: string, ...args: string[]) {
  const { code, output, errors } = await runProgram(where, ...args)
  assert.is(code, 0, `${args[0]}: ${output}${errors}`)
  return output
}

/** Logs sessions from several places at once until told to end. */
function keepWriting({ url }: ServerProcess, token: string) {
  let isOver = false
  const write = async () => {
    while (!isOver) {
      const times = { startedAt: '2024-01-01T10:00:00Z', finishedAt: '2024-01-01T11:00:00Z' }
      acknowledged.push((await ask(url, 'POST', '/v1/sessions', times, token)).id)
    }
  }
  const writing = Promise.all([write(), write(), write()])
  return {
    end: () => {
      isOver = true
      return writing
    },
  }
}

function expectSessions(where: string, ids: readonly string[]) {
  const log = new Sqlite(join(where, 'log.db'), { readonly: true })
  const names = log.prepare<[], string>("SELECT name FROM streams WHERE name LIKE 'session-%'").pluck().all()
  log.close()
  const there = new Set(names.map((name) => name.slice(-36)))
  assert.equal(
    ids.filter((id) => !there.has(id)),
    [],
  )
}

/** The second run of a backup; only where all of it was in its place already it has nothing to do. */
async function backUpAgain(folder: string, vaultFolder: string) {
  const isWhole = existsSync(folder) && existsSync(vaultFolder)
  const { code, errors } = await runProgram(dataDir, 'backup', folder, '--vault', vaultFolder)
  if (isWhole) assert.match(errors, 'is there already')
  else assert.is(code, 0, errors)
  await expectGood(dataDir, 'verify', folder)
  assert.equal(readdirSync(vaultFolder), ['vault.sealed'])
  assert.equal(leftIn(place), [])
}

/** What only an unfinished job leaves. */
function leftIn(where: string) {
  return readdirSync(where).filter((name) => /\.part$|^restoring|\.whole|\.building/.test(name))
}

test.after(() => rmSync(place, { recursive: true, force: true }))

test('a backup beside a live server that writes is whole after its second run', async () => {
  const server = await startServer(dataDir, env)
  const account = { email: 'kill@example.com', password, firstName: 'Kim' }
  const { accessToken } = await ask(server.url, 'POST', '/v1/auth/register', account)
  const { end } = keepWriting(server, accessToken)
  try {
    const began = performance.now()
    await expectGood(dataDir, 'backup', join(place, 'first'), '--vault', join(place, 'first-vault'))
    const killing = killsSomewhere(random, performance.now() - began)
    const wanted = killsOf('backup beside a live server')
    let landed = 0
    for (let attempt = 0; landed < wanted && attempt < 3 * wanted; attempt++) {
      const [copy, sealed] = [join(place, `log-${attempt}`), join(place, `vault-${attempt}`)]
      const before = acknowledged.slice()
      if (!(await killing(dataDir, 'backup', copy, '--vault', sealed))) continue
      landed += 1
      await backUpAgain(copy, sealed)
      expectSessions(copy, before)
    }
    tellKills('backup beside a live server', landed, seed)
  } finally {
    await end().catch(() => {})
    await server.stop('SIGTERM')
  }
  await expectGood(dataDir, 'verify')
  expectSessions(dataDir, acknowledged)
})

test('a backup killed before any change that it makes to a disk is whole after its second run', async () => {
  const landed = await atEveryStep(async (step) => {
    for (const path of [folder, vault]) rmSync(path, { recursive: true, force: true })
    const wasKilled = await killed(dataDir, { atStep: step }, 'backup', folder, '--vault', vault)
    await backUpAgain(folder, vault)
    expectSessions(folder, acknowledged)
    return wasKilled
  })
  tellKills('backup at every step', landed)
})

/** A directory for a restore: empty, or with today's vault and views that were made before. */
function emptied(withVault: boolean) {
  const restored = join(place, 'restored')
  rmSync(restored, { recursive: true, force: true })
  mkdirSync(restored)
  if (withVault) cpSync(join(dataDir, 'vault.db'), join(restored, 'vault.db'))
  const [views = ''] = readdirSync(dataDir).filter((name) => /^views\.\d+\.db$/.test(name))
  cpSync(join(dataDir, views), join(restored, views))
  return restored
}

const positionOf = (head: string) => JSON.parse(head).position as number

/** The second run of a restore, after which everything is in its place, unless it was already. */
async function expectRestored(restored: string, args: string[], position: number) {
  const isWhole = readdirSync(restored).includes('log.db') && leftIn(restored).length === 0
  const { code, errors } = await runProgram(restored, 'restore', ...args)
  if (isWhole) assert.match(errors, 'nothing is overwritten')
  else assert.is(code, 0, errors)
  assert.is(positionOf(await expectGood(restored, 'head', '--json')), position)
  await expectGood(restored, 'verify')
  assert.equal(leftIn(restored), [])
}

test('a restore killed before any change that it makes to a disk finishes on its second run', async () => {
  const head = positionOf(await expectGood(dataDir, 'head', '--json'))
  const at = head - 2
  let landed = 0
  for (const { more, withVault, position } of [
    { more: ['--vault', vault], withVault: false, position: head },
    { more: ['--vault', vault, '--at', String(at)], withVault: false, position: at },
    { more: [], withVault: true, position: head },
  ]) {
    landed += await atEveryStep(async (step) => {
      const restored = emptied(withVault)
      const wasKilled = await killed(restored, { atStep: step }, 'restore', folder, ...more)
      if (!wasKilled) return false
      await expectRestored(restored, [folder, ...more], position)
      if (position === head) expectSessions(restored, acknowledged)
      return true
    })
  }
  tellKills('restore at every step', landed)
})

test('a restore killed at any moment finishes on its second run, and what it put there serves', async () => {
  const head = positionOf(await expectGood(dataDir, 'head', '--json'))
  const wanted = killsOf('restore at any moment')
  const first = emptied(false)
  const began = performance.now()
  await expectGood(first, 'restore', folder, '--vault', vault)
  const killing = killsSomewhere(random, performance.now() - began)
  let landed = 0
  for (let attempt = 0; landed < wanted && attempt < 3 * wanted; attempt++) {
    const position = random(2) === 0 ? head : head - 1 - random(100)
    const args = [folder, '--vault', vault, '--at', String(position)]
    const restored = emptied(false)
    if (!(await killing(restored, 'restore', ...args))) continue
    landed += 1
    await expectRestored(restored, args, position)
  }
  const restored = join(place, 'restored')
  const server = await startServer(restored, env)
  assert.is(await server.stop('SIGTERM'), 0)
  await expectGood(restored, 'verify')
  tellKills('restore at any moment', landed, seed)
})

test.run()
