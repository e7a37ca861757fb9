import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import * as assert from 'uvu/assert'
import { answersTo, ask, assertReadable, type Marked, password, plant, traces } from './canaries.ts'
import { startServer } from './process.ts'
import { environmentOf, told } from './served.ts'

/** Many people with canaries in all that they wrote, one of whom leaves while others go on. */
export async function tellErasureStory(people: number) {
  const dataDir = mkdtempSync(join(tmpdir(), 'repledger-erasure-'))
  const server = await startServer(dataDir, environmentOf(dataDir))
  const { url } = server
  try {
    const marked: Marked[] = []
    for (let person = 0; person < people; person++) marked.push(await plant(url, person))
    const leaving = marked[Math.floor(people / 2)] as Marked
    const others = marked.filter((one) => one !== leaving)
    const before = await Promise.all(others.map((one) => answersTo(url, one)))
    assertReadable(await answersTo(url, leaving), leaving)
    assert.ok(traces(dataDir, leaving.canaries).length > 20)
    const wrapped = dataKeyOf(dataDir, leaving.userId)
    const writing = keepWriting(url, leaving)
    await ask(url, 'DELETE', '/v1/me', { password }, leaving.accessToken)
    // Whoever was still writing is told that nobody is there, and never that something broke.
    assert.equal(
      (await writing).filter((status) => ![201, 401, 404].includes(status)),
      [],
    )
    assert.equal(traces(dataDir, [...leaving.canaries, wrapped]), [])
    assert.equal(await Promise.all(others.map((one) => answersTo(url, one))), before)
    for (const [index, one] of others.entries()) {
      assertReadable(before[index] as (typeof before)[number], one)
      assert.ok(traces(dataDir, one.canaries).length > 20)
    }
    await expectGone(url, leaving)
    const verified = await told('verify', dataDir)
    assert.is(verified.exitCode, 0, verified.output + verified.complaints)
    const certified = await told(`erase ${leaving.userId} --yes --json`, dataDir)
    assert.is(certified.exitCode, 0, certified.complaints)
    const { last, checks } = JSON.parse(certified.output)
    assert.is(lastPositionOf(dataDir, leaving.userId), last.position)
    assert.ok(checks.every(({ found }: { found: number }) => found === 0))
    assert.is(await server.stop('SIGTERM'), 0)
    const again = await told('verify', dataDir)
    assert.is(again.exitCode, 0, again.output + again.complaints)
    assert.equal(traces(dataDir, [...leaving.canaries, wrapped]), [])
  } finally {
    await server.stop('SIGKILL')
    rmSync(dataDir, { recursive: true })
  }
}

/** Logs and reads from several places at once until it is refused; gives the statuses that were answered. */
async function keepWriting(url: string, { accessToken, canaries }: Marked): Promise<number[]> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` }
  const session = {
    startedAt: '2025-03-02T17:00:00Z',
    finishedAt: '2025-03-02T18:00:00Z',
    notes: canaries[3],
  }
  const measurement = {
    kind: 'weight',
    value: 80,
    unit: 'kg',
    measuredAt: '2025-03-02T06:00:00Z',
    notes: canaries[4],
  }
  const bodies = { '/v1/sessions': session, '/v1/measurements': measurement }
  const statuses: number[] = []
  const write = async (path: keyof typeof bodies) => {
    for (let count = 0; count < 200; count++) {
      const sent = { method: 'POST', headers, body: JSON.stringify(bodies[path]) }
      const answers = await Promise.all([fetch(url + path, sent), fetch(`${url}/v1/statistics`, { headers })])
      const [{ status }] = answers
      await Promise.all(answers.map((answer) => answer.text()))
      statuses.push(status)
      if (status !== 201) return
    }
  }
  await Promise.all([write('/v1/sessions'), write('/v1/sessions'), write('/v1/measurements')])
  return statuses
}

async function expectGone(url: string, { accessToken, refreshToken, email }: Marked) {
  const status = async (path: string, body?: object) => {
    const sent = body && { method: 'POST', body: JSON.stringify(body) }
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` }
    const answer = await fetch(url + path, { ...sent, headers })
    await answer.text()
    return answer.status
  }
  const asked = ['/v1/me', '/v1/sessions', '/v1/statistics', '/v1/me/events']
  assert.equal(await Promise.all(asked.map((path) => status(path))), [401, 401, 401, 401])
  assert.is(await status('/v1/auth/login', { email, password }), 401)
  assert.is(await status('/v1/auth/refresh', { refreshToken }), 401)
}

function dataKeyOf(dataDir: string, userId: string): Buffer {
  const select = 'SELECT data_key FROM subjects WHERE user_id = ?'
  return reading(dataDir, 'vault.db', (db) =>
    db.prepare<[string], Buffer>(select).pluck().get(userId),
  ) as Buffer
}

/** The last event that anything in the log names the person with. */
function lastPositionOf(dataDir: string, userId: string) {
  const select = `SELECT max(position) FROM events JOIN streams s ON s.key = stream WHERE s.name LIKE ?`
  return reading(dataDir, 'log.db', (db) => db.prepare<[string], number>(select).pluck().get(`%${userId}%`))
}

function reading<T>(dataDir: string, name: string, read: (db: Sqlite.Database) => T): T {
  const db = new Sqlite(join(dataDir, name), { readonly: true })
  try {
    return read(db)
  } finally {
    db.close()
  }
}
