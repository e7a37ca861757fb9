import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seeded } from '../support/kill-story.ts'
import { atEveryStep, killed, killsOf, tellKills } from '../support/kills.ts'
import { runProgram, startServer } from '../support/process.ts'

const seed = Number(process.env.SEED ?? Date.now())
const random = seeded(seed)

const test = suite(`kill -9 outside of the load, SEED=${seed}`)

async function expectWhole(dataDir: string) {
  const { code, output, errors } = await runProgram(dataDir, 'verify')
  assert.is(code, 0, output + errors)
}

async function untilReady(url: string) {
  while ((await fetch(`${url}/readyz`)).status !== 200) await pause(20)
}

async function expectServing(dataDir: string) {
  const server = await startServer(dataDir, { LOG_LEVEL: 'silent' })
  await untilReady(server.url)
  assert.is(await server.stop('SIGTERM'), 0)
  await expectWhole(dataDir)
}

/** The second run of a rebuild, after which one file is left. */
async function expectRebuilt(dataDir: string) {
  assert.is((await runProgram(dataDir, 'replay')).code, 0)
  await expectWhole(dataDir)
  assert.is(readdirSync(dataDir).filter((name) => /^views\..*\.db$/.test(name)).length, 1)
}

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'repledger-kill-'))
}

test('a first start or seeding that is killed leaves what the next start goes on with', async () => {
  let landed = 0
  while (landed < killsOf('first start and seed')) {
    const dataDir = temporary()
    for (const command of ['serve', 'seed', 'serve']) {
      if (await killed(dataDir, { afterMilliseconds: 150 + random(700) }, command)) landed += 1
      if (readdirSync(dataDir).includes('log.db')) await expectWhole(dataDir)
    }
    await expectServing(dataDir)
    rmSync(dataDir, { recursive: true })
  }
  tellKills('first start and seed', landed, seed)
})

/** Three years of sessions of one person, so that a rebuild takes a while. */
async function logged(): Promise<string> {
  const dataDir = temporary()
  const { url, stop } = await startServer(dataDir)
  let headers: Record<string, string> = { 'content-type': 'application/json' }
  const post = async (path: string, body: unknown) => {
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    assert.is(response.status, 201)
    return response.json() as Promise<Record<string, string>>
  }
  const person = { email: 'kill@example.com', password: 'a long enough phrase', firstName: 'Kim' }
  headers = { ...headers, authorization: `Bearer ${(await post('/v1/auth/register', person)).accessToken}` }
  for (let bulk = 0; bulk < 25; bulk++) {
    const sessions = Array.from({ length: 200 }, (_, index) => {
      const startedAt = Date.UTC(2020, 0, 1) + (bulk * 200 + index) * 8 * 60 * 60 * 1000
      const sets = [{ reps: 1 + random(12), weight: 60 + random(60) }]
      return {
        startedAt: new Date(startedAt).toISOString(),
        finishedAt: new Date(startedAt + 60 * 60 * 1000).toISOString(),
        exercises: [{ exerciseId: 'barbell-back-squat', sets }],
      }
    })
    await post('/v1/sessions/bulk', { sessions })
  }
  assert.is(await stop('SIGTERM'), 0)
  return dataDir
}

test('a rebuild that is killed, offline or in a start, is gone on with or begun anew', async () => {
  const dataDir = await logged()
  let landed = 0
  while (landed < killsOf('rebuild at any moment')) {
    if (await killed(dataDir, { afterMilliseconds: 250 + random(1200) }, 'replay')) landed += 1
    await expectWhole(dataDir)
    for (const name of readdirSync(dataDir)) if (/^views\.\d+\.db/.test(name)) rmSync(join(dataDir, name))
    if (await killed(dataDir, { afterMilliseconds: 250 + random(1200) }, 'serve')) landed += 1
    await expectWhole(dataDir)
  }
  tellKills('rebuild at any moment', landed, seed)
  await expectServing(dataDir)
  const steps = await atEveryStep(async (step) => {
    const wasKilled = await killed(dataDir, { atStep: step }, 'replay')
    await expectRebuilt(dataDir)
    return wasKilled
  })
  tellKills('rebuild at every step', steps)
  rmSync(dataDir, { recursive: true })
})

/** What a rebuild has reached, in a file that is not finished yet. */
function halfBuilt(dataDir: string): number | undefined {
  const name = readdirSync(dataDir).find((each) => each.endsWith('.building.db'))
  if (name === undefined) return undefined
  const db = new Sqlite(join(dataDir, name))
  const made = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'view_state'").get() !== undefined
  const position = made ? db.prepare<[], number>('SELECT position FROM view_state').pluck().get() : undefined
  db.close()
  return position
}

const changeViews = (dataDir: string, sql: string) => {
  const [name = ''] = readdirSync(dataDir).filter((each) => /^views\.\d+\.db$/.test(each))
  const db = new Sqlite(join(dataDir, name))
  db.exec(sql)
  db.close()
}

test('a start that builds first goes on where it was, however often it is killed', async () => {
  const dataDir = await logged()
  changeViews(dataDir, 'CREATE TABLE of_old (key INTEGER PRIMARY KEY)')
  let reached = 0
  const kills = killsOf('start that builds')
  for (let kill = 0; kill < kills; kill++) {
    const server = await startServer(dataDir, { LOG_LEVEL: 'silent' })
    const answer = await fetch(`${server.url}/readyz`)
    const { status, progress } = (await answer.json()) as { status: string; progress?: { done: number } }
    if (status === 'starting') {
      assert.is((await fetch(`${server.url}/livez`)).status, 200)
      assert.ok((progress?.done ?? 0) >= reached, `${progress?.done} after ${reached}`)
      await pause(random(80))
    }
    await server.stop('SIGKILL')
    const left = halfBuilt(dataDir)
    if (left !== undefined) {
      assert.ok(left >= reached, `${left} after ${reached}`)
      reached = left
    } else {
      reached = 0
      changeViews(dataDir, 'CREATE TABLE of_old (key INTEGER PRIMARY KEY)')
    }
  }
  tellKills('start that builds', kills, seed)
  await expectServing(dataDir)
  rmSync(dataDir, { recursive: true })
})

test('a rebuild that is killed together with its server is gone on with under load', async () => {
  const dataDir = await logged()
  const acknowledged: string[] = []
  const account = { email: 'kill@example.com', password: 'a long enough phrase' }
  let switched = 0
  const kills = killsOf('rebuild beside a live server')
  for (let kill = 0; kill < kills; kill++) {
    if (!readdirSync(dataDir).some((name) => name.endsWith('.building.db'))) {
      changeViews(dataDir, `UPDATE view_state SET versions = '{"of-old":1}'`)
      switched += 1
    }
    const { url, stop } = await startServer(dataDir, { LOG_LEVEL: 'silent' })
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    const ask = async (path: string, body?: unknown) => {
      const content = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
      const answer = await fetch(url + path, { headers, ...content })
      assert.ok(answer.ok, `${path}: ${answer.status}`)
      return (await answer.json()) as Record<string, string>
    }
    await untilReady(url)
    headers.authorization = `Bearer ${(await ask('/v1/auth/login', account)).accessToken}`
    for (const id of acknowledged.slice(-20)) assert.is((await ask(`/v1/sessions/${id}`)).id, id)
    const write = async () => {
      for (;;) {
        const id = String(
          (
            await ask('/v1/sessions', {
              startedAt: '2024-01-01T10:00:00Z',
              finishedAt: '2024-01-01T11:00:00Z',
            })
          ).id,
        )
        acknowledged.push(id)
        assert.is((await ask(`/v1/sessions/${id}`)).id, id)
      }
    }
    const writers = Promise.allSettled([write(), write(), write()])
    await pause(random(900))
    await stop('SIGKILL')
    // What ends them is the lost connection, and nothing that they read.
    for (const ended of await writers) {
      assert.instance(ended.status === 'rejected' && ended.reason, TypeError)
    }
    await expectWhole(dataDir)
  }
  assert.ok(switched > 1, 'no rebuild came to its end')
  tellKills('rebuild beside a live server', kills, seed)
  const server = await startServer(dataDir, { LOG_LEVEL: 'silent' })
  assert.is((await runProgram(dataDir, 'replay')).code, 0)
  assert.is(await server.stop('SIGTERM'), 0)
  await expectWhole(dataDir)
  rmSync(dataDir, { recursive: true })
})

test('a shutdown that is killed leaves everything for the next start', async () => {
  const dataDir = temporary()
  let landed = 0
  while (landed < killsOf('shutdown')) {
    const server = await startServer(dataDir, { LOG_LEVEL: 'silent' })
    const ended = server.stop('SIGTERM')
    await Promise.race([ended, pause(random(30))])
    if ((await server.stop('SIGKILL')) === null) landed += 1
    await expectWhole(dataDir)
  }
  tellKills('shutdown', landed, seed)
  await expectServing(dataDir)
  rmSync(dataDir, { recursive: true })
})

test.run()
