import { openPipe } from '../test/support/pipelining.ts'
import { residentMegabytes, startOurs } from './program.ts'
import { bodies, register, type Trainee } from './trainees.ts'

const CONNECTIONS = 64
const MINUTE_MS = 60_000

type Minute = { rate: number; megabytes: number; p50: number; p99: number }

/**
 * Logs sets for so long and tells after each minute what the service holds and how long its answers took, and
 * at last by how much both have moved in a minute, the first one left out.
 */
export async function steadyLoad(seconds: number, say: (line: string) => void) {
  const server = await startOurs()
  try {
    const people = await register(server.url, CONNECTIONS)
    const minutes: Minute[] = []
    const times: number[] = []
    const until = performance.now() + seconds * 1000
    const logging = Promise.all(people.map((person) => logUntil(server.url, person, until, times)))
    const every = Math.min(MINUTE_MS, seconds * 100)
    while (performance.now() < until) {
      await Promise.race([logging, new Promise((resolve) => setTimeout(resolve, every))])
      const sorted = times.splice(0).sort((a, b) => a - b)
      if (sorted.length === 0) continue
      const at = (part: number) => sorted[Math.floor(sorted.length * part)] as number
      const rate = (sorted.length * 1000) / every
      const minute = { rate, megabytes: residentMegabytes(server), p50: at(0.5), p99: at(0.99) }
      minutes.push(minute)
      say(
        `${minutes.length}: ${Math.round(rate)} sets/s, ${minute.megabytes.toFixed(0)} MB, ` +
          `p50 ${minute.p50.toFixed(1)} ms, p99 ${minute.p99.toFixed(1)} ms`,
      )
    }
    await logging
    const later = minutes.slice(1)
    const slope = (of: keyof Minute) => slopeOf(later.map((minute) => minute[of])).toFixed(2)
    say(
      `each adds ${slope('megabytes')} MB, p50 ${slope('p50')} ms, p99 ${slope('p99')} ms to the one before`,
    )
  } finally {
    await server.end()
  }
}

async function logUntil(url: string, { token }: Trainee, until: number, times: number[]) {
  while (performance.now() < until) times.push(...(await logSession(url, token)))
}

/** A session of fifty sets, one after the other, on a connection of its own; gives how long each took. */
export async function logSession(url: string, token: string): Promise<number[]> {
  const { post, close } = openPipe(url, token)
  const demand = async (path: string, body: string) => {
    const answered = await post(path, body)
    if (answered.status >= 300) throw new Error(`${path}: ${answered.status}`)
    return answered
  }
  const times: number[] = []
  const { head } = await demand('/v1/sessions', '{}')
  const session = /\nlocation: *(\S+)/i.exec(head)?.[1] as string
  for (const set of bodies) times.push((await demand(`${session}/sets`, set)).milliseconds)
  await demand(`${session}/finish`, '{}')
  close()
  return times
}

/** Of the line through values at equal distances, by least squares. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const squares = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0)
  return values.reduce((sum, value, at) => sum + value * (at - middle), 0) / (squares || 1)
}
