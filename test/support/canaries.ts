import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'

type Json = Record<string, ReturnType<typeof JSON.parse>>

export const password = 'a long enough phrase'

/** Somebody whose every text, number and key can be told from all others' wherever it lies. */
export type Marked = {
  userId: string
  email: string
  refreshToken: string
  accessToken: string
  canaries: readonly string[]
}

const number = (person: number) => String(1_000_000 + person).slice(1)

/** Registers the person of this number, who writes a canary wherever a text may be. */
export async function plant(url: string, person: number): Promise<Marked> {
  const canaries: string[] = []
  const canary = (ending = 'ёж') => {
    const text = `canary${number(person)}x${canaries.length}${ending}`
    canaries.push(text)
    return text
  }
  const email = `${canary('z')}@example.org`
  const phone = `+7916${number(person)}1`
  canaries.push(phone)
  const names = { firstName: canary(), lastName: canary(), goal: canary() }
  const registered = await ask(url, 'POST', '/v1/auth/register', { email, password, phone, ...names })
  const { accessToken, refreshToken, user } = registered
  const post = (path: string, body: object) => ask(url, 'POST', path, body, accessToken, canary('z'))
  const exercise = await post('/v1/exercises', {
    ...{ name: canary(), metric: 'weight-reps', description: canary(), instructions: [canary(), canary()] },
  })
  const working = { reps: 5, weight: 100 + person }
  const plan = await post('/v1/plans', {
    ...{ name: canary(), goal: canary() },
    days: [{ name: canary(), exercises: [{ exerciseId: exercise.id, notes: canary(), sets: [working] }] }],
  })
  const session = await post('/v1/sessions', {
    ...{ startedAt: '2025-03-01T17:00:00Z', finishedAt: '2025-03-01T18:00:00Z', planId: plan.id, planDay: 0 },
    ...{ title: canary(), notes: canary(), bodyWeight: 80, bodyWeightUnit: 'kg' },
    exercises: [{ exerciseId: exercise.id, notes: canary(), sets: [{ ...working, notes: canary() }] }],
  })
  await post(`/v1/sessions/${session.id}/sets`, { exerciseId: exercise.id, ...working, notes: canary() })
  const measuredAt = '2025-03-01T06:00:00Z'
  const custom = { kind: `custom:${canary()}`, value: 7, unit: canary().slice(0, 20), measuredAt }
  await post('/v1/measurements', { ...custom, notes: canary() })
  await post('/v1/measurements', { kind: 'weight', value: 80, unit: 'kg', measuredAt, notes: canary() })
  const goal = await post('/v1/goals', { kind: 'custom', title: canary(), target: 10, unit: 'books' })
  await post(`/v1/goals/${goal.id}/progress`, { value: 3, notes: canary() })
  return { userId: user.id, email, refreshToken, accessToken, canaries }
}

export async function ask(
  url: string,
  method: string,
  path: string,
  body?: object,
  token?: string,
  idempotencyKey?: string,
): Promise<Json> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return text === '' ? {} : JSON.parse(text)
}

const questions = [
  ...['/v1/me', '/v1/exercises?custom=true', '/v1/plans', '/v1/sessions', '/v1/measurements', '/v1/goals'],
  ...[
    '/v1/statistics',
    '/v1/statistics/records',
    '/v1/statistics/muscles',
    '/v1/statistics/calendar?year=2025',
  ],
]

/** The bytes and the tags of all that a person can ask for. */
export async function answersTo(url: string, { accessToken }: Pick<Marked, 'accessToken'>) {
  return Promise.all(
    questions.map(async (path) => {
      const answer = await fetch(url + path, { headers: { authorization: `Bearer ${accessToken}` } })
      return [path, answer.status, answer.headers.get('etag'), await answer.text()]
    }),
  )
}

export function assertReadable(answers: Awaited<ReturnType<typeof answersTo>>, { canaries, email }: Marked) {
  const text = answers.map(([, , , body]) => body).join('\n')
  assert.ok(text.includes(email))
  // Of keys and e-mails nothing is answered, and a unit is cut off.
  const told = canaries.filter((canary) => canary.endsWith('ёж') && text.includes(canary))
  assert.ok(told.length >= 15, `${told.length} canaries are readable`)
}

/** How a text may lie in a file: as it is, two bytes a letter, escaped, in hex, in base64 at each place. */
export function formsOf(canary: string): Buffer[] {
  const utf8 = Buffer.from(canary)
  const utf16 = Buffer.from(canary, 'utf16le')
  const escaped = canary.replace(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const base64 = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), utf8])
      .toString('base64')
      .replaceAll('=', '')
    return Buffer.from(whole.slice(before === 0 ? 0 : before + 1, -2))
  })
  return [
    utf8,
    utf16,
    Buffer.from(utf16).swap16(),
    Buffer.from(escaped),
    Buffer.from(utf8.toString('hex')),
    ...base64,
  ]
}

/** Where anything of these canaries lies, in whatever form, in whatever file. */
export function traces(dataDir: string, canaries: readonly (string | Buffer)[]) {
  const needles = canaries.flatMap((canary) =>
    (typeof canary === 'string' ? formsOf(canary) : [canary]).map((form) => ({ canary, form })),
  )
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.sock'))
    .flatMap((name) => {
      const bytes = readFileSync(join(dataDir, name))
      return needles.flatMap(({ canary, form }) => (bytes.includes(form) ? [`${name}: ${canary}`] : []))
    })
}
