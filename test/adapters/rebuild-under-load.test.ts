import { readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isHindrance, type Serving } from '../../src/adapters/cli/operations.ts'
import { readSettings, type Settings } from '../../src/adapters/cli/settings.ts'
import { operations } from '../../src/adapters/operations.ts'
import { temporaryDirectory } from '../support/writer.ts'
import { run } from './cli/run-program.ts'

const test = suite('a rebuild under load')

type Json = Record<string, ReturnType<typeof JSON.parse>>

const CLIENTS = 6
const SWITCHES = 2

function clientOf(url: string) {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  async function ask(path: string, body?: unknown): Promise<Json> {
    const method = body === undefined ? 'GET' : 'POST'
    const content = body === undefined ? null : JSON.stringify(body)
    const response = await fetch(url + path, { method, headers, body: content })
    const answer = (await response.json()) as Json
    assert.ok(response.ok, JSON.stringify(answer))
    return answer
  }
  return {
    ask,
    async register(email: string) {
      const account = { email, password: 'a long enough phrase', firstName: 'Kim' }
      headers.authorization = `Bearer ${(await ask('/v1/auth/register', account)).accessToken}`
    },
  }
}

/** Logs a session after the other, and reads each at once from the views of sessions and of sums. */
async function train(url: string, email: string, enough: () => boolean) {
  const { ask, register } = clientOf(url)
  await register(email)
  let done = 0
  let reps = 0
  while (!enough()) {
    done += 1
    reps += done
    const { id } = await ask('/v1/sessions', {
      startedAt: '2025-03-01T17:00:00Z',
      finishedAt: '2025-03-01T18:00:00Z',
      exercises: [{ exerciseId: 'barbell-back-squat', sets: [{ reps: done, weight: 60 }] }],
    })
    const [session, totals] = await Promise.all([ask(`/v1/sessions/${id}`), ask('/v1/statistics')])
    assert.is(session.exercises[0].sets[0].reps, done)
    assert.equal([totals.sessions, totals.sets, totals.reps], [done, done, reps])
  }
  return done
}

test('every client reads what it wrote, through every switch, and nothing is lost', async () => {
  const dataDir = temporaryDirectory()
  const environment = {
    ...{ DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', RATE_LIMIT: 'off' },
    MASTER_KEY: Buffer.alloc(32, 7).toString('hex'),
  }
  const served = await operations.serve(readSettings(environment) as Settings)
  assert.not(isHindrance(served))
  const { url, close } = served as Serving
  let switches = 0
  const clients = Array.from({ length: CLIENTS }, (_, index) =>
    train(url, `client${index}@example.org`, () => switches === SWITCHES),
  )
  const failed = Promise.race(clients)
  for (; switches < SWITCHES; switches++) {
    const replayed = await Promise.race([run('replay', operations, environment), failed])
    assert.match((replayed as { output: string }).output, / 0 findings /)
  }
  const done = await Promise.all(clients)
  assert.ok(done.every((sessions) => sessions > 0))
  const verified = await run('verify', operations, environment)
  assert.is(verified.exitCode, 0, verified.output)
  assert.ok(readdirSync(dataDir).includes(`views.${1 + SWITCHES}.db`))
  await close()
})

test.run()
