import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import * as assert from 'uvu/assert'
import { type Asking, brokenBodies, canary } from './secret-story.ts'

/** What opens something, or may do so: it is answered to nobody. */
export const sent = {
  ...{ password: canary('phrase'), newPassword: canary('next-phrase') },
  ...{ claimPassword: canary('claim-phrase'), wrongPassword: canary('wrong-phrase') },
  ...{ idempotencyKey: canary('idempotency-key'), authorization: canary('authorization') },
  ...{ query: canary('query'), path: canary('path'), header: canary('header'), body: canary('body') },
}

/** What is nobody else's business, and what its owner is shown alone. */
export const personal = {
  ...{ email: `${canary('e-mail')}@example.org`, classicEmail: `${canary('classic')}@example.org` },
  ...{ phone: '+79164711471', classicPhone: '+79164711472', firstName: canary('first-name') },
  ...{
    notes: canary('notes'),
    title: canary('title'),
    plan: canary('plan'),
    tokenName: canary('token-name'),
  },
  ...{ weight: '137.0625', measured: '91.4375' },
}

const { email, phone, firstName, notes, title } = personal
const weight = Number(personal.weight)

/** What a person does from the first day on. Gives every secret that was made on the way. */
export async function live(asking: Asking) {
  const { ask } = asking
  const made: Record<string, string> = {}
  const keep = (name: string, json: Record<string, string>) => {
    Object.assign(made, { [`access ${name}`]: json.accessToken, [`refresh ${name}`]: json.refreshToken })
  }
  const profile = { email, phone, firstName, lastName: notes, goal: notes }
  const registered = await ask('POST', '/v1/auth/register', { body: { ...profile, password: sent.password } })
  assert.is(registered.status, 201)
  keep('of the registration', registered.json)
  const login = await ask('POST', '/v1/auth/login', { body: { email, password: sent.password } })
  const { refreshToken } = login.json
  keep('of the login', login.json)
  const renewed = await ask('POST', '/v1/auth/refresh', { body: { refreshToken } })
  keep('renewed', renewed.json)
  const token: string = renewed.json.accessToken
  await train(asking, token, made)
  made.classicId = await older(asking)
  const changed = { currentPassword: sent.password, newPassword: sent.newPassword }
  assert.is((await ask('POST', '/v1/auth/password', { token, body: changed })).status, 204)
  const forTools = { name: personal.tokenName, scopes: ['read'] }
  const tool = await ask('POST', '/v1/tokens', { token, body: forTools })
  assert.is(tool.status, 201)
  made.personalToken = tool.json.token
  assert.is((await ask('GET', '/v1/me', { token: made.personalToken as string })).status, 200)
  for (const path of ['/v1/me', '/v1/me/export', '/v1/sessions', '/v1/statistics/records', '/v1/tokens']) {
    assert.is((await ask('GET', path, { token })).status, 200)
  }
  const exported = await ask('GET', '/v1/me/export', { token })
  return { token, made, exported: JSON.stringify(exported.json) }
}

/** Of somebody's export: every text that it holds is not what it must be. */
export function brokenExport(exported: string): string {
  return exported.replaceAll(/"(units|kind|unit|metric|timeZone|recordedAt)":"[^"]*"/g, `"$1":"${sent.body}"`)
}

async function train({ ask, url }: Asking, token: string, made: Record<string, string>) {
  const post = async (path: string, body: object, expected = 201, key = sent.idempotencyKey) => {
    const headers = { 'idempotency-key': key }
    const { status, json } = await ask('POST', path, { body, token, headers })
    assert.is(status, expected, JSON.stringify(json))
    return json
  }
  const sets = [{ reps: 5, weight, notes }]
  const period = { startedAt: '2026-03-01T17:00:00Z', finishedAt: '2026-03-01T18:00:00Z' }
  const session = { ...period, title, notes, exercises: [{ exerciseId: 'barbell-back-squat', notes, sets }] }
  await post('/v1/sessions', session)
  await post('/v1/sessions', session)
  await post('/v1/sessions', { ...session, notes: sent.body }, 422)
  const exercises = [{ exerciseId: 'plank', notes, sets: [{ durationSeconds: 60 }] }]
  const plan = await post('/v1/plans', { name: personal.plan, days: [{ name: personal.plan, exercises }] })
  const guided = await post(
    '/v1/sessions',
    { planId: plan.id, planDay: 0, notes },
    201,
    `${sent.idempotencyKey}.2`,
  )
  await post(`/v1/sessions/${guided.id}/sets`, { exerciseId: 'barbell-back-squat', ...sets[0] })
  const weighed = { kind: 'weight', value: Number(personal.measured), unit: 'kg', notes }
  await post('/v1/measurements', { ...weighed, measuredAt: '2026-03-01T06:00:00Z' })
  await post('/v1/goals', { kind: 'custom', title, target: 10, unit: 'books' })
  const stream = `/v1/sessions/${guided.id}/stream`
  made.ticket = (await post(`${stream}-ticket`, {})).ticket
  const [answer] = await once(get(`${url}${stream}?ticket=${made.ticket}`), 'response')
  assert.is(answer.statusCode, 200)
  await once(answer, 'data')
  answer.destroy()
  assert.is((await ask('GET', `${stream}?ticket=${made.ticket}`)).status, 401)
}

/** Somebody with an older client, whose id is a secret, who claims the account in the end. */
async function older({ ask }: Asking): Promise<string> {
  const body = { first_name: firstName, last_name: notes, age: 31, email: personal.classicEmail }
  const created = await ask('POST', '/user/create', { body: { ...body, phone: personal.classicPhone } })
  assert.is(created.status, 201)
  const { id } = created.json
  assert.is((await ask('GET', `/user/${id}`)).status, 200)
  assert.is((await ask('PATCH', `/user/${id}?id=${id}`, { body: { id } })).status, 405)
  assert.is((await ask('POST', '/v1/auth/claim', { body: { id, password: 'short' } })).status, 422)
  assert.is((await ask('POST', '/v1/auth/claim', { body: { id, password: sent.claimPassword } })).status, 200)
  assert.is((await ask('GET', `/user/${id}`)).status, 401)
  assert.is((await ask('POST', '/v1/auth/claim', { body: { id, password: sent.claimPassword } })).status, 409)
  return id
}

type Lived = Awaited<ReturnType<typeof live>>

const othersOpen = [
  '/v1/auth/register',
  '/v1/auth/refresh',
  '/v1/auth/claim',
  '/v1/auth/reset',
  '/user/create',
]
const othersClosed = ['/v1/auth/password', '/v1/sessions', '/v1/measurements', '/v1/me/import']

/** All that can be refused, with something secret wherever a text may be. */
export async function goWrong({ ask, send }: Asking, { token, made, exported }: Lived, isThorough = false) {
  const wrong = { email, password: sent.wrongPassword }
  assert.is((await ask('POST', '/v1/auth/login', { body: wrong })).status, 401)
  assert.is((await ask('DELETE', '/v1/me', { token, body: { password: sent.wrongPassword } })).status, 422)
  const again = { email, phone, firstName, password: sent.wrongPassword }
  assert.is((await ask('POST', '/v1/auth/register', { body: again })).status, 409)
  const spent = made['refresh of the login']
  for (const refreshToken of [spent, sent.authorization]) {
    await ask('POST', '/v1/auth/refresh', { body: { refreshToken } })
  }
  const open = ['/v1/auth/login', ...(isThorough ? othersOpen : [])]
  const closed = ['/v1/tokens', ...(isThorough ? othersClosed : [])]
  for (const path of [...open, ...closed]) {
    for (const broken of brokenBodies(sent.body)) {
      const { status } = await ask('POST', path, { ...broken, ...(closed.includes(path) && { token }) })
      assert.ok(status >= 400 && status < 500, `${status} of ${path}`)
    }
  }
  const { personalToken = '', classicId = '' } = made
  const everywhere = [sent.path, ...(isThorough ? Object.values(made) : [personalToken, classicId])]
  for (const secret of everywhere) {
    const asked = [`/${secret}`, `/v1/sessions/${secret}`, `/user/${secret}/x`, `/v1/exercises/%ff${secret}`]
    for (const path of asked) await ask('GET', path, { token })
    await ask('GET', `/v1/sessions?limit=${secret}&from=${secret}&cursor=${secret}`, { token })
    await ask('GET', `/v1/sessions?limit=${secret}`, { token: secret })
    await ask('GET', '/v1/sessions', { headers: { authorization: `Basic ${secret}` } })
  }
  const large = JSON.stringify({ email, password: sent.body }).padEnd(70_000, ' ')
  assert.is((await ask('POST', '/v1/auth/login', { raw: large })).status, 413)
  const raw = brokenExport(exported)
  assert.is((await ask('POST', '/v1/me/import', { token, raw })).status, 422)
  const names = ['if-match', 'if-none-match', 'accept', 'accept-language', 'traceparent', 'last-event-id']
  for (const name of [
    ...names,
    'user-agent',
    'referer',
    'cookie',
    'x-forwarded-for',
    'origin',
    'x-request-id',
  ]) {
    await ask('GET', '/v1/me', { token, headers: { [name]: sent.header } })
    await ask('OPTIONS', '/v1/me', { headers: { [name]: sent.header } })
  }
  await ask('POST', '/v1/goals', { token, body: {}, headers: { 'idempotency-key': sent.header.repeat(20) } })
  await send(`${sent.header} / HTTP/1.1\r\n\r\n`)
  await send(`GET /${sent.path} HTTP/9.9\r\nhost: ${sent.header}\r\n\r\n`)
  await send(`GET / HTTP/1.1\r\nhost: a\r\nx: ${sent.header.repeat(2000)}\r\n\r\n`)
  await send(`GET http://[${sent.header} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`)
}

/** Breaks the views under a running server, and asks what then fails on our side. */
export async function fail({ ask }: Asking, token: string, dataDir: string) {
  const name = readdirSync(dataDir).find((file) => /^views\.\d+\.db$/.test(file)) as string
  const views = new Sqlite(join(dataDir, name))
  const measurement = { kind: 'weight', value: Number(personal.measured), unit: 'kg', notes }
  const tables = views
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '%measurement%'")
    .pluck()
    .all()
  assert.ok(tables.length > 0)
  for (const table of tables) views.exec(`ALTER TABLE ${table} RENAME TO gone_${table}`)
  const headers = { 'idempotency-key': sent.header }
  const statuses = [
    await ask('GET', `/v1/measurements?kind=custom:${sent.query}`, { token }),
    await ask('POST', '/v1/measurements', { token, body: measurement, headers }),
  ].map(({ status }) => status)
  for (const table of tables) views.exec(`ALTER TABLE gone_${table} RENAME TO ${table}`)
  views.close()
  return statuses
}
