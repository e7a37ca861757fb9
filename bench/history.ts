import { load, send } from './load.ts'
import { startOurs } from './program.ts'
import { lasting } from './row.ts'
import { logSets, register, type Trainee } from './trainees.ts'

const LARGE_SETS = 100_000
const SMALL_SETS = 100
const SETS_A_SESSION = 25
const SESSIONS_A_REQUEST = 100
const DAYS = 3652
const WRITERS = 32

/** A service with somebody of a hundred thousand sets over ten years, somebody of a hundred, and writers. */
export const history = lasting(
  async () => {
    const server = await startOurs()
    const [large, small, ...writers] = (await register(server.url, WRITERS + 2)) as [Trainee, Trainee]
    await tell(server.url, large.token, LARGE_SETS)
    await tell(server.url, small.token, SMALL_SETS)
    return {
      ...server,
      large: { token: large.token, sets: LARGE_SETS },
      small: { token: small.token, sets: SMALL_SETS },
      write: (seconds: number) => logSets(server.url, writers as Trainee[], WRITERS, seconds),
    }
  },
  (server) => server.end(),
)

async function tell(url: string, token: string, count: number) {
  const lifts = (await send(url, '/v1/exercises?metric=weight-reps&limit=40', token)).items
  const total = count / SETS_A_SESSION
  const sessions = Array.from({ length: total }, (_, number) => {
    const day = Math.floor((number * DAYS) / total)
    const startedAt = new Date(Date.now() - (DAYS - day) * 86_400_000 - (number % 3) * 7_200_000)
    const exercises = [0, 1, 2, 3, 4].map((entry) => ({
      exerciseId: lifts[(number + entry) % lifts.length].id,
      sets: [0, 1, 2, 3, 4].map((set) => ({ reps: 3 + ((number + set) % 8), weight: 40 + (number % 100) })),
    }))
    const finishedAt = new Date(startedAt.getTime() + 3_600_000)
    return { startedAt, finishedAt, effort: 'average', exercises }
  })
  for (let first = 0; first < total; first += SESSIONS_A_REQUEST) {
    await send(url, '/v1/sessions/bulk', token, {
      sessions: sessions.slice(first, first + SESSIONS_A_REQUEST),
    })
  }
}

/** Answers in a second over so many connections, all asked by one person. */
export async function asking(
  url: string,
  path: string,
  headers: Record<string, string>,
  connections: number,
  seconds: number,
) {
  const request = { method: 'GET', path, headers }
  const { answers, seconds: took } = await load(url, connections, seconds, () => [{ ...request }])
  return answers / took
}
