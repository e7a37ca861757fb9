import { load } from './load.ts'
import { type Started, slowSyncs, startOurs, startPeer } from './program.ts'
import type { Side } from './row.ts'
import { bodies, logSets, register, type Trainee } from './trainees.ts'

const SLOW_SYNC_MICROSECONDS = 1500
const WARMING_SECONDS = 4

type Start = () => Promise<Started>
type Registering = (url: string, count: number) => Promise<Trainee[]>

const strangers: Registering = async (_, count) =>
  Array.from({ length: count }, () => ({ token: 'none', session: '' }))

function logging(name: string, connections: number, start: Start, registering: Registering): Side {
  return {
    name: `${name}, ${connections} connections`,
    async open({ seconds }) {
      const server = await start()
      const people = await registering(server.url, connections)
      const round = async () => (await logSets(server.url, people, connections, seconds)).rate
      await logSets(server.url, people, connections, WARMING_SECONDS)
      return { round, close: server.end }
    },
  }
}

const fastify = (connections: number, synchronous: 'FULL' | 'NORMAL') =>
  logging(
    `Fastify, ${synchronous}`,
    connections,
    () => startPeer('fastify', { SYNCHRONOUS: synchronous }),
    strangers,
  )

function echo(connections: number): Side {
  const [body = ''] = bodies
  const headers = { 'content-type': 'application/json' }
  return {
    name: `Koa echo, ${connections} connections`,
    async open({ seconds }) {
      const server = await startPeer('echo', {}, true)
      const round = async (lasting = seconds) => {
        const request = { method: 'POST', path: '/echo', headers, body }
        const { answers, seconds: took } = await load(server.url, connections, lasting, () => [
          { ...request },
        ])
        return answers / took
      }
      await round(WARMING_SECONDS)
      return { round: () => round(), close: server.end }
    },
  }
}

const slow = () => slowSyncs(SLOW_SYNC_MICROSECONDS)

/** Sets logged over HTTP in a second, by who logs them and over how many connections. */
export const sides = {
  service64: logging('service', 64, () => startOurs(), register),
  service256: logging('service', 256, () => startOurs(), register),
  echo64: echo(64),
  echo256: echo(256),
  fastify64: fastify(64, 'FULL'),
  fastify256: fastify(256, 'FULL'),
  careless64: fastify(64, 'NORMAL'),
  careless256: fastify(256, 'NORMAL'),
  slowService64: logging('service on slow syncs', 64, async () => startOurs(slow()), register),
  slowFastify64: logging(
    'Fastify, FULL, on slow syncs',
    64,
    async () => startPeer('fastify', slow()),
    strangers,
  ),
}
