import { told } from './served.ts'

type Json = Record<string, ReturnType<typeof JSON.parse>>
export type Asked = {
  params?: Record<string, string>
  body?: unknown
  /** JSON unless told; any other is sent as it is. */
  contentType?: string
  query?: string
  token?: string | undefined
}
export type Answered = { status: number; text: string; headers: Record<string, string> }
export type Tokens = { owner: string; reader: string; writer: string }
export type World = Awaited<ReturnType<typeof populate>>

export const password = 'a long enough phrase'
const set = { reps: 5, weight: 100 }
const day = {
  name: 'Push',
  exercises: ['barbell-bench-press', 'barbell-overhead-press'].map((exerciseId) => ({
    ...{ exerciseId, sets: [set, set] },
  })),
}
const finished = { startedAt: '2025-03-01T17:00:00Z', finishedAt: '2025-03-01T18:00:00Z' }

/** One request over HTTP; of a stream the answer is its beginning alone. */
export async function send(
  url: string,
  method: string,
  path: string,
  asked: Asked & { headers?: Record<string, string> } = {},
): Promise<Answered> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(asked.params?.[name] ?? name))
  const { body, contentType = 'application/json' } = asked
  const isText = contentType !== 'application/json' && typeof body === 'string'
  const answer = await fetch(url + filled + (asked.query ?? ''), {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': contentType }),
      ...(asked.token !== undefined && { authorization: `Bearer ${asked.token}` }),
      ...asked.headers,
    },
    body: body === undefined ? null : isText ? body : JSON.stringify(body),
  })
  const isStream = answer.headers.get('content-type') === 'text/event-stream'
  if (isStream) await answer.body?.cancel()
  const text = isStream ? '' : await answer.text()
  return { status: answer.status, text, headers: Object.fromEntries(answer.headers) }
}

/** A server with Ada, who owns what is asked for, Ben, who does not, the operator, and a classic account. */
export async function populate(url: string, dataDir: string) {
  let people = 0

  async function post(path: string, body: unknown, token?: string): Promise<Json> {
    const { status, text } = await send(url, 'POST', path, { body, ...(token !== undefined && { token }) })
    if (status >= 300) throw new Error(`POST ${path}: ${status} ${text}`)
    return text === '' ? {} : JSON.parse(text)
  }

  const email = () => `person-${++people}@example.org`

  async function tokensOf({ accessToken: owner }: Json): Promise<Tokens> {
    const made = (scope: string) => post('/v1/tokens', { name: scope, scopes: [scope] }, owner)
    const [{ token: reader }, { token: writer }] = await Promise.all([made('read'), made('write')])
    return { owner, reader, writer }
  }

  async function register(firstName: string) {
    const registered = await post('/v1/auth/register', { email: email(), password, firstName })
    return { email: registered.user.email as string, login: registered }
  }

  const classicPerson = () => ({
    ...{ first_name: 'Анна', last_name: 'Ли', age: 31, email: email(), phone: `+7916${2_000_000 + people}` },
  })

  /** An account that its id opens, with its statistics and a workout, number 1. */
  async function classicAccount() {
    const { id } = await post('/user/create', classicPerson())
    await post('/user/workouts/add', { id, hands: 'a', abdominal: 'b', back: 'c', legs: 'd' })
    await post('/user/statistics/create', statistics(id))
    return id as string
  }

  async function withTokens(firstName: string) {
    const { email: mail, login } = await register(firstName)
    return { email: mail, tokens: await tokensOf(login) }
  }

  const [ada, ben] = [await withTokens('Ada'), await withTokens('Ben')]
  const classicId = await classicAccount()
  const claimed = await classicAccount()
  const claim = await post('/v1/auth/claim', { id: claimed, password })
  const asAda = (path: string, body: unknown) => post(path, body, ada.tokens.owner)
  const ofOperator = async (scope: string) =>
    JSON.parse((await told(`token create ${scope} --scope ${scope} --json`, dataDir)).output).token as string
  let live: string | undefined

  async function start(token: string) {
    const plan = await post('/v1/plans', { name: 'Plan', days: [day] }, token)
    return (await post('/v1/sessions', { planId: plan.id, planDay: 0 }, token)).id as string
  }
  await start(ben.tokens.owner)

  return {
    ...{ ada, ben, classicId, claimed: { id: claimed, tokens: await tokensOf(claim) } },
    operators: { auditor: await ofOperator('audit'), watcher: await ofOperator('metrics') },
    ...{ email, classicPerson },
    newcomer: async () => (await register('Cleo')).login.accessToken as string,
    exercise: async () =>
      (await asAda('/v1/exercises', { name: email(), metric: 'weight-reps' })).id as string,
    plan: async () => (await asAda('/v1/plans', { name: 'Plan' })).id as string,
    async session() {
      const exercises = [{ exerciseId: 'barbell-bench-press', sets: [set] }]
      const { id, exercises: logged } = await asAda('/v1/sessions', { ...finished, exercises })
      return { id: id as string, setId: logged[0].sets[0].id as string }
    },
    /** A guided one, in place of the one before; with the step that is current. */
    async live() {
      const token = ada.tokens.owner
      if (live !== undefined) await send(url, 'DELETE', '/v1/sessions/{id}', { params: { id: live }, token })
      live = await start(token)
      const { text } = await send(url, 'GET', '/v1/sessions/{id}/guide', { params: { id: live }, token })
      return { id: live, stepId: JSON.parse(text).step.id as string }
    },
    async discarded() {
      const { id } = await asAda('/v1/sessions', finished)
      await send(url, 'DELETE', '/v1/sessions/{id}', { params: { id }, token: ada.tokens.owner })
      return id as string
    },
    async measurement() {
      const weight = { kind: 'weight', value: 80, unit: 'kg', measuredAt: finished.startedAt }
      return (await asAda('/v1/measurements', weight)).id as string
    },
    async goal() {
      const books = { kind: 'custom', title: 'Read', target: 10, unit: 'books' }
      return (await asAda('/v1/goals', books)).id as string
    },
    token: async () => (await asAda('/v1/tokens', { name: 'one', scopes: ['read'] })).id as string,
    async exported() {
      const { text } = await send(url, 'GET', '/v1/me/export', { token: ada.tokens.owner })
      return JSON.parse(text)
    },
  }
}

export function statistics(id: string) {
  const counts = { total_workouts: 3, easy_workouts: 1, average_workouts: 1, heavy_workouts: 1 }
  return { id, weight: 72.4, goal: 'Ten', ...counts }
}
