import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { certify } from '../../src/adapters/sqlite/certificate.ts'
import { answersTo, ask, type Marked, password, plant, traces } from '../support/canaries.ts'
import { seeded } from '../support/kill-story.ts'
import { killsOf, tellKills } from '../support/kills.ts'
import { runProgram, startServer } from '../support/process.ts'
import { masterKey } from '../support/writer.ts'

const seed = Number(process.env.SEED ?? Date.now())
const random = seeded(seed)
const child = fileURLToPath(new URL('../support/erasing-child.ts', import.meta.url))
const env = { LOG_LEVEL: 'silent', MASTER_KEY: masterKey.export().toString('hex') }
Object.assign(process.env, env)

const test = suite(`kill -9 while somebody is erased, SEED=${seed}`)

async function withPeople(count: number, story: (dataDir: string, people: Marked[]) => Promise<void>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'repledger-erase-kill-'))
  try {
    const { url, stop } = await startServer(dataDir, env)
    const people: Marked[] = []
    for (let person = 0; person < count; person++) people.push(await plant(url, person))
    await stop('SIGTERM')
    await story(dataDir, people)
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}

/** What is left of somebody whose erasure was begun: nothing, once it is run again. */
async function expectErased(dataDir: string, { userId, canaries }: Marked) {
  const { code, errors } = await runProgram(dataDir, 'erase', userId, '--yes')
  assert.is(code, 0, errors)
  assert.equal(traces(dataDir, canaries), [])
  const verified = await runProgram(dataDir, 'verify')
  assert.is(verified.code, 0, verified.output + verified.errors)
}

/** A start and a stop, after which whatever was begun is finished. */
async function expectFinished(dataDir: string, { userId, canaries }: Marked) {
  const { stop } = await startServer(dataDir, env)
  const verifiedLive = await runProgram(dataDir, 'verify')
  assert.is(verifiedLive.code, 0, verifiedLive.output + verifiedLive.errors)
  assert.is(await stop('SIGTERM'), 0)
  assert.is.not(certify(dataDir, userId).finishedAt, null)
  assert.equal(traces(dataDir, canaries), [])
  const verified = await runProgram(dataDir, 'verify')
  assert.is(verified.code, 0, verified.output + verified.errors)
}

const steps = ['asked', 'appended', 'destroyed', 'forgotten', 'rewritten', 'truncated']

test('at every step: the second start finishes it, and so does the second run', async () => {
  await withPeople(2 * steps.length + 1, async (dataDir, people) => {
    for (const [index, step] of [...steps, ...steps].entries()) {
      const leaving = people[index] as Marked
      const killed = spawn(process.execPath, [child, dataDir, leaving.userId, step], { stdio: 'inherit' })
      assert.equal(await once(killed, 'exit'), [null, 'SIGKILL'])
      await (index < steps.length ? expectFinished : expectErased)(dataDir, leaving)
    }
    tellKills('erasure at every step', 2 * steps.length)
    const staying = people.at(-1) as Marked
    assert.ok(traces(dataDir, staying.canaries).length > 20)
  })
})

test('at any moment, asked over HTTP and beside others who write: the second start finishes it', async () => {
  const kills = killsOf('erasure at any moment')
  await withPeople(kills + 1, async (dataDir, people) => {
    for (const leaving of people.slice(0, -1)) {
      const { url, stop } = await startServer(dataDir, env)
      const { accessToken } = await ask(url, 'POST', '/v1/auth/login', { email: leaving.email, password })
      const staying = await ask(url, 'POST', '/v1/auth/login', { email: people.at(-1)?.email, password })
      const measured = { kind: 'weight', value: 80, unit: 'kg', measuredAt: '2025-03-02T06:00:00Z' }
      const write = () => ask(url, 'POST', '/v1/measurements', measured, staying.accessToken).catch(() => {})
      const writing = [write(), write(), write()]
      const erased = ask(url, 'DELETE', '/v1/me', { password }, accessToken).then(
        () => true,
        () => false,
      )
      await pause(random(250))
      await stop('SIGKILL')
      await Promise.all(writing)
      const answered = await erased
      if (answered) assert.equal(traces(dataDir, leaving.canaries), [])
      if (isAsked(dataDir, leaving.userId)) await expectFinished(dataDir, leaving)
      else assert.not(answered)
    }
    tellKills('erasure at any moment', kills, seed)
    const { url, stop } = await startServer(dataDir, env)
    const { accessToken } = await ask(url, 'POST', '/v1/auth/login', {
      email: people.at(-1)?.email,
      password,
    })
    const answers = await answersTo(url, { accessToken })
    assert.ok(answers.every(([, status]) => status === 200))
    await stop('SIGTERM')
  })
})

/** Whether the erasure had been begun when the server was killed. */
function isAsked(dataDir: string, userId: string) {
  const vault = new Sqlite(join(dataDir, 'vault.db'))
  const row = vault.prepare('SELECT 1 FROM erasures WHERE user_id = ?').get(userId)
  vault.close()
  return row !== undefined
}

test.run()
