import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as assert from 'uvu/assert'
import { startServer } from './process.ts'
import { environmentOf, told } from './served.ts'

/** Whatever JSON holds. */
type Json = Record<string, ReturnType<typeof JSON.parse>>
type Acknowledged = { path: string; set: unknown }

/** A small repeatable source of random numbers (mulberry32), so that a failing story can be told again. */
export function seeded(seed: number) {
  let state = seed >>> 0
  return (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/**
 * Eight writers log whole sessions and single sets; after a random number of acknowledgements the server is
 * killed with -9 while requests are in flight. After each restart everything acknowledged must be there, and
 * verify passes.
 */
export async function tellKillStory({ kills, seed }: { kills: number; seed: number }) {
  const random = seeded(seed)
  const dataDir = await mkdtemp(join(tmpdir(), 'repledger-kill-'))
  const acknowledged: Acknowledged[] = []
  let headers: Record<string, string> = { 'content-type': 'application/json' }
  const post = async (url: string, path: string, body: unknown) => {
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json() as Promise<Json>
  }

  async function write(url: string, enough: () => boolean) {
    while (!enough()) {
      const reps = 1 + random(20)
      const sets = [{ reps, weight: 60 }]
      const whole = {
        startedAt: '2025-03-01T17:00:00Z',
        finishedAt: '2025-03-01T18:00:00Z',
        exercises: [{ exerciseId: 'barbell-back-squat', sets }],
      }
      const session = await post(url, '/v1/sessions', whole)
      const path = `/v1/sessions/${session.id}`
      acknowledged.push({ path, set: session.exercises[0].sets[0] })
      const lone = { exerciseId: 'barbell-back-squat', reps: 3, weight: 70 }
      const { exerciseId: _, ...set } = (await post(url, `${path}/sets`, lone)).set
      acknowledged.push({ path, set })
    }
  }

  async function checkEverything(url: string) {
    for (const [path, written] of Map.groupBy(acknowledged, (one) => one.path)) {
      const session = (await (await fetch(url + path, { headers })).json()) as Json
      const sets: unknown[] = session.exercises?.flatMap((entry: Json) => entry.sets) ?? []
      for (const { set } of written)
        assert.ok(
          sets.some((kept) => isDeepStrictEqual(kept, set)),
          `${path} lost ${JSON.stringify(set)}`,
        )
    }
    const statistics = (await (await fetch(`${url}/v1/statistics`, { headers })).json()) as Json
    assert.ok(statistics.sets >= acknowledged.length)
  }

  let server = await startServer(dataDir, environmentOf(dataDir))
  try {
    const account = { email: 'kill@example.com', password: 'a long enough phrase' }
    await post(server.url, '/v1/auth/register', { ...account, firstName: 'Kim' })
    for (let kill = 0; kill < kills; kill++) {
      const { accessToken } = await post(server.url, '/v1/auth/login', account)
      headers = { ...headers, authorization: `Bearer ${accessToken}` }
      const goal = acknowledged.length + 20 + random(200)
      let stopped: Promise<unknown> | undefined
      const enough = () => {
        if (acknowledged.length >= goal) stopped ??= server.stop('SIGKILL')
        return stopped !== undefined
      }
      await Promise.allSettled(Array.from({ length: 8 }, () => write(server.url, enough)))
      assert.ok(stopped !== undefined, 'the load ended before the kill')
      await stopped
      server = await startServer(dataDir, environmentOf(dataDir))
      await checkEverything(server.url)
      const verified = await told('verify', dataDir)
      assert.is(verified.exitCode, 0, verified.output + verified.complaints)
    }
    assert.is(await server.stop('SIGTERM'), 0)
    const verified = await told('verify', dataDir)
    assert.is(verified.exitCode, 0, verified.output + verified.complaints)
  } finally {
    await server.stop('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  }
}
