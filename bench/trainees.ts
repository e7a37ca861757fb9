import type { Planned } from 'autocannon'
import { headersOf, load, send } from './load.ts'

const SETS_A_SESSION = 50
const REGISTERED_AT_ONCE = 8

/** Somebody with a token, and the live session that the answers named. */
export type Trainee = { token: string; session: string }

/** The bodies of one session's sets, in order. */
export const bodies = Array.from({ length: SETS_A_SESSION }, (_, set) =>
  JSON.stringify({ exerciseId: 'barbell-back-squat', reps: 5, weight: 60 + (set % 40) }),
)

export async function register(url: string, count: number): Promise<Trainee[]> {
  const people: Trainee[] = []
  while (people.length < count) {
    const wanted = Math.min(REGISTERED_AT_ONCE, count - people.length)
    const numbers = Array.from({ length: wanted }, (_, index) => people.length + index)
    const registered = numbers.map(async (number) => {
      const account = { email: `b${number}@example.com`, password: 'a long enough phrase', firstName: 'Bo' }
      const { accessToken } = await send(url, '/v1/auth/register', '', account)
      return { token: accessToken as string, session: '' }
    })
    people.push(...(await Promise.all(registered)))
  }
  return people
}

/**
 * All of them log sets for so long, each connection for people of its own, one session of fifty sets after
 * the other. Gives how many sets were logged, and how many in a second; their sessions are not counted.
 */
export async function logSets(url: string, people: readonly Trainee[], connections: number, seconds: number) {
  await Promise.all(people.map((trainee) => finish(url, trainee)))
  const tally = { others: 0 }
  const { answers, seconds: took } = await load(url, connections, seconds, (connection) =>
    sessionOf(
      people.filter((_, index) => index % connections === connection),
      tally,
    ),
  )
  return { sets: answers - tally.others, rate: (answers - tally.others) / took }
}

/**
 * The last round may have ended in the middle of a session. What it left unanswered is done before another
 * start of the same person is, so that this one meets whatever stands.
 */
async function finish(url: string, { token }: Trainee) {
  const started = await send(url, '/v1/sessions', token, {})
  const { id } = started ?? (await send(url, '/v1/sessions/live', token))
  await send(url, `/v1/sessions/${id}/finish`, token, {})
}

function sessionOf(people: readonly Trainee[], tally: { others: number }): Planned[] {
  let turn = -1
  let trainee = people[0] as Trainee
  const post = (path: () => string, body: string, onResponse?: (status: number, text: string) => void) => ({
    method: 'POST',
    setupRequest: (request: object) => {
      const whole = { ...request, path: path(), headers: headersOf(trainee.token), body }
      return { method: 'POST', ...whole }
    },
    ...(onResponse && { onResponse }),
  })
  const next = () => {
    turn += 1
    trainee = people[turn % people.length] as Trainee
    return '/v1/sessions'
  }
  return [
    post(next, '{}', (status, text) => {
      tally.others += 1
      if (status === 201) trainee.session = JSON.parse(text).id
    }),
    ...bodies.map((body) => post(() => `/v1/sessions/${trainee.session}/sets`, body)),
    post(
      () => `/v1/sessions/${trainee.session}/finish`,
      '{}',
      () => {
        tally.others += 1
      },
    ),
  ]
}
