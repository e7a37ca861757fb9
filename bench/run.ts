// Figures of this machine: node bench/run.ts [seconds of a round]
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measureStreams } from '../test/support/many-streams.ts'
import { runProgram, startServer } from '../test/support/process.ts'
import { load, type Shot, send } from './load.ts'
import { refusedLogins } from './logins.ts'

const ROUNDS = 5
const SETS_A_SESSION = 50
const STREAMS = 1000
const milliseconds = Number(process.argv[2] ?? 2) * 1000
const dataDir = await mkdtemp(join(tmpdir(), 'repledger-bench-'))
const say = (line: string) => process.stdout.write(`${line}\n`)

type Trainee = { token: string; session: string; sets: number }

const emailOf = (person: number) => `b${person}@example.com`

/** A person with a live session, and a new one after every fifty sets. */
function trainees(url: string) {
  const agent = new Agent({ keepAlive: true })
  const all: Trainee[] = []
  const start = async (token: string) =>
    (await send(agent, url, { path: '/v1/sessions', body: {}, token })).id as string
  return {
    async register(count: number) {
      for (const index of Array.from({ length: count }, (_, done) => done + all.length)) {
        const body = { email: emailOf(index), password: 'a long enough phrase', firstName: 'Bo' }
        const { accessToken: token } = await send(agent, url, { path: '/v1/auth/register', body })
        all.push({ token, session: await start(token), sets: 0 })
      }
    },
    async nextSet(index: number): Promise<Shot> {
      const trainee = all[index] as Trainee
      if (trainee.sets === SETS_A_SESSION) {
        const { token, session } = trainee
        await send(agent, url, { path: `/v1/sessions/${session}/finish`, body: {}, token })
        Object.assign(trainee, { session: await start(token), sets: 0 })
      }
      trainee.sets += 1
      const body = { exerciseId: 'barbell-back-squat', reps: 5, weight: 60 + (trainee.sets % 40) }
      return { path: `/v1/sessions/${trainee.session}/sets`, body, token: trainee.token }
    },
    statistics: (): Shot => ({ path: '/v1/statistics', token: (all[0] as Trainee).token }),
  }
}

function quantile(values: readonly number[], share: number) {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] as number
}

function spread(values: readonly number[], digits: number) {
  return [0.5, 0, 1].map((share) => quantile(values, share).toFixed(digits)).join(' / ')
}

const began = performance.now()
const server = await startServer(dataDir)
say(`ready after ${Math.round(performance.now() - began)} ms`)
const echo = await startServer(dataDir, {}, fileURLToPath(new URL('./echo.ts', import.meta.url)))
try {
  const people = trainees(server.url)
  const echoed = { path: '/echo', body: { exerciseId: 'barbell-back-squat', reps: 5, weight: 60 } }
  for (const connections of [64, 256]) {
    await people.register(connections - (connections === 64 ? 0 : 64))
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      ours.push((await load(server.url, connections, milliseconds, people.nextSet)).length)
      theirs.push((await load(echo.url, connections, milliseconds, () => echoed)).length)
    }
    const ratios = ours.map((count, round) => count / (theirs[round] as number))
    const rates = ours.map((count) => (count / milliseconds) * 1000)
    say(`${connections} connections: ${spread(rates, 0)} sets a second (median / least / most)`)
    say(`${connections} connections: ${spread(ratios, 2)} of what an echo answers`)
  }
  const alone = await load(server.url, 1, milliseconds, people.statistics)
  const [busy] = await Promise.all([
    load(server.url, 1, milliseconds, people.statistics),
    load(server.url, 32, milliseconds, (connection) => people.nextSet(connection + 32)),
  ])
  for (const [name, latencies] of [['alone', alone] as const, ['beside 32 writers', busy] as const]) {
    const [half, most] = [quantile(latencies, 0.5), quantile(latencies, 0.99)]
    say(`statistics ${name}: p50 ${half.toFixed(2)} ms, p99 ${most.toFixed(2)} ms`)
  }
  const { wrong, unknown } = await refusedLogins(server.url, emailOf)
  const [ofWrong, ofUnknown] = [quantile(wrong, 0.5), quantile(unknown, 0.5)]
  const apart = `${((ofUnknown / ofWrong - 1) * 100).toFixed(1)} %`
  say(`a wrong login: p50 ${ofWrong.toFixed(1)} ms, at nobody ${ofUnknown.toFixed(1)} ms, ${apart} apart`)
  const { kilobytesAStream, latencies: reached } = await measureStreams(server, STREAMS)
  const [half, late, most] = [0.5, 0.99, 1].map((share) => quantile(reached, share).toFixed(1))
  say(`a step to ${STREAMS} streams: p50 ${half} ms, p99 ${late} ms, at most ${most} ms`)
  say(`${STREAMS} streams: ${kilobytesAStream.toFixed(1)} KB each`)
  await server.stop('SIGTERM')
  for (const command of ['verify', 'replay']) say((await runProgram(dataDir, command)).output.trim())
} finally {
  await Promise.all([server.stop('SIGKILL'), echo.stop('SIGKILL')])
  await rm(dataDir, { recursive: true, force: true })
}
