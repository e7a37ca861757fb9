import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seeded } from '../support/kill-story.ts'
import { runProgram, startServer } from '../support/process.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const seed = Number(process.env.SEED ?? Date.now())
const random = seeded(seed)
const KILLS = 12

const test = suite(`kill -9 outside of the load, SEED=${seed}`)

/** Runs a command and kills it after so many milliseconds, unless it has ended before. */
async function killed(dataDir: string, command: string, milliseconds: number) {
  const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }
  const child = spawn(process.execPath, [main, command], { env, stdio: 'ignore' })
  const exited = once(child, 'exit')
  await Promise.race([exited, pause(milliseconds)])
  child.kill('SIGKILL')
  await exited
}

async function expectWhole(dataDir: string) {
  const { code, output, errors } = await runProgram(dataDir, 'verify')
  assert.is(code, 0, output + errors)
}

async function expectServing(dataDir: string) {
  const server = await startServer(dataDir, { LOG_LEVEL: 'silent' })
  assert.is((await fetch(`${server.url}/readyz`)).status, 200)
  assert.is(await server.stop('SIGTERM'), 0)
  await expectWhole(dataDir)
}

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'repledger-kill-'))
}

test('a first start or seeding that is killed leaves what the next start goes on with', async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const dataDir = temporary()
    for (const command of ['serve', 'seed', 'serve']) {
      await killed(dataDir, command, 150 + random(700))
      if (readdirSync(dataDir).includes('log.db')) await expectWhole(dataDir)
    }
    await expectServing(dataDir)
    rmSync(dataDir, { recursive: true })
  }
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
  for (let kill = 0; kill < KILLS; kill++) {
    await killed(dataDir, 'replay', 250 + random(1200))
    await expectWhole(dataDir)
    for (const name of readdirSync(dataDir)) if (/^views\.\d+\.db/.test(name)) rmSync(join(dataDir, name))
    await killed(dataDir, 'serve', 250 + random(1200))
    await expectWhole(dataDir)
  }
  await expectServing(dataDir)
  rmSync(dataDir, { recursive: true })
})

test('a shutdown that is killed leaves everything for the next start', async () => {
  const dataDir = temporary()
  for (let kill = 0; kill < KILLS; kill++) {
    const server = await startServer(dataDir, { LOG_LEVEL: 'silent' })
    const ended = server.stop('SIGTERM')
    await Promise.race([ended, pause(random(30))])
    await server.stop('SIGKILL')
    await expectWhole(dataDir)
  }
  await expectServing(dataDir)
  rmSync(dataDir, { recursive: true })
})

test.run()
