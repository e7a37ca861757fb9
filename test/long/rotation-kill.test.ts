import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { askServer } from '../../src/adapters/control/client.ts'
import { ask, password } from '../support/canaries.ts'
import { exportOf, secondOpinion } from '../support/exports.ts'
import { seeded } from '../support/kill-story.ts'
import { atEveryStep, killed, killsOf, tellKills } from '../support/kills.ts'
import { runProgram, startServer } from '../support/process.ts'

const seed = Number(process.env.SEED ?? Date.now())
const random = seeded(seed)
const env = { LOG_LEVEL: 'silent' }
const account = { email: 'kim@example.org', password }

const test = suite(`kill -9 while keys are rotated, SEED=${seed}`)
const place = mkdtempSync(join(tmpdir(), 'repledger-rotation-kill-'))

test.after(() => rmSync(place, { recursive: true, force: true }))

async function expectGood(dataDir: string, ...args: string[]) {
  const { code, output, errors } = await runProgram(dataDir, ...args)
  assert.is(code, 0, `${args.join(' ')}: ${output}${errors}`)
  return output
}

/** To the program's own verifier, to the other one, and beside a head that is signed now. */
async function expectIntact(dataDir: string) {
  const kept = join(place, 'head.json')
  await expectGood(dataDir, 'head', '--sign', '--output', kept)
  await expectGood(dataDir, 'verify', '--against', kept)
  assert.equal((await secondOpinion(exportOf(dataDir)))[0], 0)
}

type Login = { accessToken: string; refreshToken: string }

/** Whoever was logged in still is, and what they write is signed for. */
async function expectLoggedIn(dataDir: string, { accessToken, refreshToken }: Login): Promise<Login> {
  const { url, stop } = await startServer(dataDir, env)
  await ask(url, 'GET', '/v1/me', undefined, accessToken)
  const renewed = (await ask(url, 'POST', '/v1/auth/refresh', { refreshToken })) as Login
  await ask(url, 'PATCH', '/v1/me', { goal: `Goal ${random(1000)}` }, renewed.accessToken)
  const { keys } = await ask(url, 'GET', '/.well-known/jwks.json')
  assert.ok(keys.length >= 1)
  assert.is(await stop('SIGTERM'), 0)
  return renewed
}

test('before any commit: it is done wholly by the next start, or not at all', async () => {
  const untouched = join(place, 'untouched')
  const { url, stop } = await startServer(untouched, env)
  const login = (await ask(url, 'POST', '/v1/auth/register', { ...account, firstName: 'Kim' })) as Login
  await stop('SIGTERM')
  const landed = await atEveryStep(async (step) => {
    const dataDir = join(place, `step-${step}`)
    cpSync(untouched, dataDir, { recursive: true })
    const wasKilled = await killed(dataDir, { atCommit: step }, 'keys', 'rotate')
    await expectIntact(dataDir)
    await expectLoggedIn(dataDir, login)
    await expectGood(dataDir, 'keys', 'rotate')
    await expectIntact(dataDir)
    return wasKilled
  })
  tellKills('rotation of keys at every commit', landed)
})

test('at any moment, beside others who write: nobody is logged out and all is signed for', async () => {
  const dataDir = join(place, 'live')
  const wanted = killsOf('rotation of keys of a live server')
  let server = await startServer(dataDir, env)
  let login = (await ask(server.url, 'POST', '/v1/auth/register', {
    ...{ ...account, firstName: 'Kim' },
  })) as Login
  let landed = 0
  let reach = 20
  for (let attempt = 0; landed < wanted && attempt < 4 * wanted; attempt++) {
    const { url, stop } = server
    const write = (goal: string) => ask(url, 'PATCH', '/v1/me', { goal }, login.accessToken).catch(() => {})
    const writing = Array.from({ length: 20 }, (_, index) => write(`Goal ${index}`))
    const rotating = askServer(dataDir, { command: 'rotate keys', arguments: {} })
    await pause(random(reach))
    await stop('SIGKILL')
    await Promise.all(writing)
    // Where it was answered already, the next kill comes sooner.
    const answered = (await rotating) !== undefined
    if (!answered) landed += 1
    reach = Math.max(2, Math.ceil(reach * (answered ? 0.75 : 1.1)))
    await expectIntact(dataDir)
    login = await expectLoggedIn(dataDir, login)
    server = await startServer(dataDir, env)
  }
  assert.is(await server.stop('SIGTERM'), 0)
  await expectIntact(dataDir)
  tellKills('rotation of keys of a live server', landed, seed)
})

test.run()
