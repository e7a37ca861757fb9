import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { authRoutes } from '../../../src/adapters/http/auth.ts'
import { credentialRoutes } from '../../../src/adapters/http/credentials.ts'
import { meRoutes } from '../../../src/adapters/http/me.ts'
import { type Attempt, createThrottle, type Throttle } from '../../../src/adapters/http/throttle.ts'
import type { ResetTicket } from '../../../src/application/credentials.ts'
import type { LoggedIn } from '../../../src/application/users.ts'
import { startHttp } from '../../support/http.ts'
import { memoryUsers, metadata, startedAt } from '../../support/memory-users.ts'

const ann = { password: 'correct horse battery', firstName: 'Ann' }
const next = 'nine quiet mornings'

type Refused = { type: string; errors: { pointer: string; code: string }[] }
type Served = Awaited<ReturnType<typeof served>> & { email: string; token: string }

async function served() {
  const memory = memoryUsers()
  const { users, credentials, erasure, tokens, vault } = memory
  const attempts: Attempt[] = []
  const { attempt, forgive } = createThrottle(() => 0)
  const throttle: Throttle = {
    forgive,
    attempt(told, work) {
      attempts.push(told)
      return attempt(told, work)
    },
  }
  const routes = [
    ...authRoutes(users, tokens, throttle, 12),
    ...credentialRoutes(credentials, throttle, 12),
    ...meRoutes(users, erasure, throttle),
  ]
  const server = await startHttp(routes, {
    authentication: {
      async authenticate(bearer) {
        const claims = await users.authenticate(bearer)
        return claims && { ...claims, scopes: ['login', 'read', 'write'] }
      },
      loginHasEnded: vault.loginHasEnded,
      now: () => startedAt,
    },
  })
  const post = (path: string, body: object, bearer?: string) =>
    server.call<Refused>('POST', path, { body, ...(bearer !== undefined && { token: bearer }) })
  const login = (email: string, password: string) => post('/v1/auth/login', { email, password })
  return { ...memory, ...server, post, login, attempts }
}

const shown = ({ status, body }: { status: number; body: Refused }) => [
  status,
  ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
]

const test = suite<Served>('credentials')

test.before(async (context) => {
  Object.assign(context, await served())
})

test.before.each(async (context) => {
  context.email = `ann${context.attempts.length}@example.org`
  const registered = await context.users.register(metadata, { ...ann, email: context.email })
  context.token = (registered as LoggedIn).accessToken
})

test.after(async ({ close }) => {
  await close()
})

test('the password is changed by whoever is logged in and knows it', async ({
  post,
  login,
  call,
  email,
  token,
}) => {
  const change = { currentPassword: ann.password, newPassword: next }
  assert.is((await post('/v1/auth/password', change)).status, 401)
  assert.equal(shown(await post('/v1/auth/password', { ...change, currentPassword: 'wrong' }, token)), [
    422,
    '/currentPassword wrong',
  ])
  assert.equal(shown(await post('/v1/auth/password', { ...change, newPassword: 'short' }, token)), [
    422,
    '/newPassword too-short',
  ])
  assert.equal(shown(await post('/v1/auth/password', { ...change, newPassword: 'password1234' }, token)), [
    422,
    '/newPassword too-common',
  ])
  assert.is((await post('/v1/auth/password', change, token)).status, 204)
  assert.is((await call('GET', '/v1/me', { token })).status, 200)
  assert.equal([(await login(email, ann.password)).status, (await login(email, next)).status], [401, 200])
})

test('a ticket is good for one new password', async ({ post, login, call, credentials, email, token }) => {
  const { ticket } = (await credentials.giveResetTicket(email)) as ResetTicket
  const reset = (fields: object) => post('/v1/auth/reset', { ticket, newPassword: next, ...fields })
  const unknown = await reset({ ticket: 'unknown' })
  assert.equal([unknown.status, unknown.body.type], [401, 'urn:repledger:problem:reset-ticket-ended'])
  assert.equal(shown(await reset({ newPassword: 'password1234' })), [422, '/newPassword too-common'])
  assert.is((await reset({})).status, 204)
  assert.is((await reset({})).status, 401)
  assert.is((await call('GET', '/v1/me', { token })).status, 401)
  assert.equal([(await login(email, ann.password)).status, (await login(email, next)).status], [401, 200])
})

test('a login is throttled alike whether somebody has the e-mail or not, and costs nothing then', async ({
  login,
  work,
  email: known,
}) => {
  const told: unknown[] = []
  for (const email of [known, 'nobody@example.org']) {
    for (let failure = 0; failure < 5; failure++) assert.is((await login(email, 'wrong')).status, 401)
    const verified = work.verified
    const { status, headers, body } = await login(email, ann.password)
    told.push({ status, retryAfter: headers['retry-after'], ...body, instance: '' })
    assert.is(work.verified, verified)
  }
  assert.equal(told[0], told[1])
  assert.equal((told[0] as { status: number }).status, 429)
})

test('a ticket lets in whoever has tried too often', async ({ post, login, credentials, email }) => {
  for (let failure = 0; failure < 5; failure++) await login(email, 'wrong')
  assert.is((await login(email, ann.password)).status, 429)
  const { ticket } = (await credentials.giveResetTicket(email)) as ResetTicket
  assert.is((await post('/v1/auth/reset', { ticket, newPassword: next })).status, 204)
  assert.is((await login(email, next)).status, 200)
})

test('whoever finds a device unlocked tries the password of its owner in vain', async ({
  post,
  call,
  login,
  work,
  email,
  token,
}) => {
  const tries = [
    () => post('/v1/auth/password', { currentPassword: 'wrong', newPassword: next }, token),
    () => call('PATCH', '/v1/me', { token, body: { email: 'm@example.org', currentPassword: 'wrong' } }),
    () => call('DELETE', '/v1/me', { token, body: { password: 'wrong' } }),
  ]
  for (let failure = 0; failure < 5; failure++) assert.is((await tries[failure % 3]?.())?.status, 422)
  const verified = work.verified
  for (const again of tries) assert.is((await again()).status, 429)
  assert.is(work.verified, verified)
  assert.is((await call('PATCH', '/v1/me', { token, body: { goal: 'Run' } })).status, 200)
  assert.is((await login(email, ann.password)).status, 200)
})

test('tickets and classic ids are tried from an address, of nobody yet', async ({ post, attempts }) => {
  assert.is((await post('/v1/auth/reset', { ticket: 'unknown', newPassword: next })).status, 401)
  const id = '7d9f2c1e-5b3a-4e8d-9c60-2f1a8b7e4d35'
  assert.is((await post('/v1/auth/claim', { id, password: next })).status, 404)
  assert.equal(attempts.slice(-2), [{ address: '127.0.0.1' }, { address: '127.0.0.1' }])
})

test.run()
