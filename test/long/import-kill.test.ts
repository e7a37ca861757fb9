import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ask, password } from '../support/canaries.ts'
import { seeded } from '../support/kill-story.ts'
import { killsOf, killsSomewhere, tellKills } from '../support/kills.ts'
import { runProgram, startServer } from '../support/process.ts'

const seed = Number(process.env.SEED ?? Date.now())
const random = seeded(seed)
const env = { LOG_LEVEL: 'silent' }
const SESSIONS = 800

const test = suite(`kill -9 of an import, SEED=${seed}`)

async function expectGood(dataDir: string, ...args: string[]) {
  const { code, output, errors } = await runProgram(dataDir, ...args)
  assert.is(code, 0, `${args[0]}: ${output}${errors}`)
  return output
}

const registered = async (url: string, name: string) => {
  const email = `${name}@example.com`
  const { user } = await ask(url, 'POST', '/v1/auth/register', { email, password, firstName: 'Kim' })
  return { id: user.id as string, email }
}

/** What somebody has now, as only the imported events can have made it. */
async function sumsOf(url: string, email: string) {
  const { accessToken } = await ask(url, 'POST', '/v1/auth/login', { email, password })
  const { sessions, sets, volume } = await ask(url, 'GET', '/v1/statistics', undefined, accessToken)
  const { items } = await ask(url, 'GET', '/v1/statistics/records', undefined, accessToken)
  return { sessions, sets, volume, records: items?.length }
}

/** Sessions of one person, who exports them. */
async function exported(dataDir: string, document: string) {
  const { url, stop } = await startServer(dataDir, env)
  const { email } = await registered(url, 'first')
  const { accessToken } = await ask(url, 'POST', '/v1/auth/login', { email, password })
  for (let from = 0; from < SESSIONS; from += 200) {
    const sessions = Array.from({ length: 200 }, (_, index) => {
      const startedAt = Date.UTC(2023, 0, 1) + (from + index) * 8 * 60 * 60 * 1000
      const sets = [{ reps: 1 + random(12), weight: 60 + random(60) }]
      return {
        startedAt: new Date(startedAt).toISOString(),
        finishedAt: new Date(startedAt + 60 * 60 * 1000).toISOString(),
        exercises: [{ exerciseId: 'barbell-back-squat', sets }],
      }
    })
    await ask(url, 'POST', '/v1/sessions/bulk', { sessions }, accessToken)
  }
  const sums = await sumsOf(url, email)
  assert.is(sums.sessions, SESSIONS)
  await stop('SIGTERM')
  await expectGood(dataDir, 'export', '--user', email, '--output', document)
  return sums
}

test('at any moment, alone or in a server: the second run finishes it, and nothing is twice', async () => {
  const place = mkdtempSync(join(tmpdir(), 'repledger-import-kill-'))
  const dataDir = join(place, 'data')
  const document = join(place, 'first.json')
  try {
    const sums = await exported(dataDir, document)
    const [alone, live] = [killsOf('import'), killsOf('import into a live server')]
    const server = await startServer(dataDir, env)
    const people = await Promise.all(
      Array.from({ length: 2 * alone + live + 1 }, (_, index) => registered(server.url, `kim${index}`)),
    )
    await server.stop('SIGTERM')
    const taker = () => (people.pop() as (typeof people)[number]).email
    const began = performance.now()
    await expectGood(dataDir, 'import', document, '--user', taker())
    const took = performance.now() - began

    const killing = killsSomewhere(random, took)
    const takers: string[] = []
    let landed = 0
    while (landed < alone && people.length > live) {
      const email = taker()
      if (await killing(dataDir, 'import', document, '--user', email)) landed += 1
      await expectGood(dataDir, 'import', document, '--user', email)
      await expectGood(dataDir, 'verify')
      takers.push(email)
    }
    tellKills('import', landed, seed)

    for (let kill = 0; kill < live; kill++) {
      const email = taker()
      const serving = await startServer(dataDir, env)
      const running = runProgram(dataDir, 'import', document, '--user', email)
      await pause(took / 3 + random(took))
      await serving.stop('SIGKILL')
      await running
      await expectGood(dataDir, 'import', document, '--user', email)
      await expectGood(dataDir, 'verify')
      takers.push(email)
    }
    tellKills('import into a live server', live, seed)

    await expectGood(dataDir, 'verify')
    assert.equal(
      readdirSync(dataDir).filter((name) => /\.part$|\.building|scratch/.test(name)),
      [],
    )
    const { url, stop } = await startServer(dataDir, env)
    for (const email of takers) assert.equal(await sumsOf(url, email), sums)
    await stop('SIGTERM')
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})

test.run()
