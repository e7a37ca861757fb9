import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { authRoutes } from '../../../src/adapters/http/auth.ts'
import { meRoutes } from '../../../src/adapters/http/me.ts'
import { createThrottle } from '../../../src/adapters/http/throttle.ts'
import { refuse } from '../../../src/domain/refusal.ts'
import { startHttp } from '../../support/http.ts'
import { memoryUsers, startedAt } from '../../support/memory-users.ts'

const ann = { email: 'Ann@Example.org', password: 'correct horse battery', firstName: 'Ann' }
const credentials = { email: ann.email, password: ann.password }
const annsId = '00000000-0000-4000-8000-000000000001'
const user = {
  id: annsId,
  email: 'Ann@Example.org',
  firstName: 'Ann',
  lastName: null,
  age: null,
  birthDate: null,
  phone: null,
  goal: null,
  units: 'metric',
  timeZone: 'UTC',
  createdAt: '2025-06-15T12:00:00.000Z',
}
const pair = (login: string, refreshToken: string) => {
  return { accessToken: `${annsId}/${login}`, tokenType: 'Bearer', expiresIn: 600, refreshToken }
}
type Refused = { type: string; detail: string; errors: { pointer: string; code: string }[] }

async function served(registered?: object) {
  const memory = memoryUsers()
  const { users, erasure, tokens, vault } = memory
  const throttle = createThrottle(() => 0)
  const routes = [...authRoutes(users, tokens, throttle, 12), ...meRoutes(users, erasure, throttle)]
  const server = await startHttp(routes, {
    authentication: {
      async authenticate(token) {
        const claims = await users.authenticate(token)
        return claims && { ...claims, scopes: ['login', 'read', 'write'] }
      },
      loginHasEnded: vault.loginHasEnded,
      now: () => startedAt,
    },
  })
  const post = <B = Refused>(path: string, body?: object, token?: string) => {
    return server.call<B>('POST', path, { ...(body && { body }), ...(token !== undefined && { token }) })
  }
  if (registered !== undefined) await post('/v1/auth/register', registered)
  return { ...memory, ...server, post }
}

const registering = suite('POST /v1/auth/register')

registering('answers who has registered with a pair of tokens that nobody may keep', async () => {
  const { post, close } = await served()
  const { status, headers, body } = await post('/v1/auth/register', ann)
  assert.equal([status, headers.location, headers['cache-control']], [201, '/v1/me', 'no-store'])
  assert.equal(body, { user, ...pair('login-1', 'refresh-2') })
  await close()
})

registering('takes all that is known, the phone in any way to write it', async () => {
  const { post, events, close } = await served()
  const told = { lastName: ' Lee ', goal: 'Run', units: 'imperial', timeZone: 'Europe/Paris', age: 36 }
  const { body } = await post('/v1/auth/register', { ...ann, ...told, phone: ' +1 (415) 555-2671' })
  const expected = { ...user, ...told, lastName: 'Lee', phone: '+14155552671' }
  assert.equal(body, { user: expected, ...pair('login-1', 'refresh-2') } as never)
  const { age, ...kept } = told
  const { password, ...annTold } = ann
  assert.equal(events[0]?.data, {
    userId: annsId,
    registeredAt: '2025-06-15T12:00:00.000Z',
    ...annTold,
    ...kept,
    lastName: 'Lee',
    ageYears: age,
    phone: '+14155552671',
  })
  await close()
})

registering('names every field that does not pass, and records nothing', async () => {
  const { post, events, close } = await served()
  const refusals = async (body: object) => {
    const answer = await post('/v1/auth/register', body)
    assert.is(answer.status, 422)
    return answer.body.errors.map(({ pointer, code }) => `${pointer} ${code}`).toSorted()
  }
  assert.equal(await refusals({}), ['/email required', '/firstName required', '/password required'])
  const wrong = {
    ...{ email: 'ann', password: 'short', firstName: ' ', lastName: 5, age: 12, birthDate: '2020-02-30' },
    ...{ phone: '123', goal: '', units: 'stone', timeZone: 'Mars/Olympus', admin: true },
  }
  const pointers = (await refusals(wrong)).map((refusal) => refusal.split(' ')[0])
  assert.equal(
    pointers,
    Object.keys(wrong)
      .map((name) => `/${name}`)
      .toSorted(),
  )
  const late = { birthDate: '2024-01-01', phone: '+1 23 45 67', password: 'my-PASSWORD-is-long' }
  assert.equal(await refusals({ ...ann, ...late }), [
    '/birthDate out-of-range',
    '/password too-common',
    '/phone wrong-format',
  ])
  assert.equal(await refusals({ ...ann, age: 30, birthDate: '1990-01-01' }), ['/birthDate either-or'])
  assert.is(events.length, 0)
  await close()
})

registering('refuses an e-mail and a phone that somebody has', async () => {
  const { post, events, close } = await served({ ...ann, phone: '+14155552671' })
  const email = await post('/v1/auth/register', { ...ann, email: 'ann@example.ORG' })
  const phone = await post('/v1/auth/register', {
    ...ann,
    email: 'bob@example.org',
    phone: '+1 415 555 2671',
  })
  assert.equal(
    [email, phone].map(({ status, body }) => [status, body.type]),
    [
      [409, 'urn:repledger:problem:email-taken'],
      [409, 'urn:repledger:problem:phone-taken'],
    ],
  )
  assert.is(events.length, 1)
  await close()
})

registering('asks to come again while too many passwords wait', async () => {
  const { post, passwords, close } = await served()
  passwords.hash = () => Promise.reject(Object.assign(new Error('full'), refuse('contended', 'Try again.')))
  const { status, headers } = await post('/v1/auth/register', ann)
  assert.equal([status, headers['retry-after']], [503, '1'])
  await close()
})

registering.run()

const loggingIn = suite('POST /v1/auth/login')

loggingIn('answers as registering does', async () => {
  const { post, close } = await served(ann)
  const { status, headers, body } = await post('/v1/auth/login', {
    email: 'ann@example.org',
    password: ann.password,
  })
  assert.equal([status, headers['cache-control']], [200, 'no-store'])
  assert.equal(body, { user, ...pair('login-3', 'refresh-4') })
  await close()
})

loggingIn('tells somebody unknown and a wrong password apart in nothing', async () => {
  const { post, close } = await served(ann)
  const wrong = await post('/v1/auth/login', { email: ann.email, password: 'wrong' })
  const unknown = await post('/v1/auth/login', { email: 'bob@example.org', password: ann.password })
  assert.equal([wrong.status, wrong.headers['www-authenticate']], [401, 'Bearer realm="repledger"'])
  const shown = ({ status, body }: typeof wrong) => ({ status, ...body, instance: '' })
  assert.equal(shown(unknown), shown(wrong))
  await close()
})

loggingIn('needs both fields and knows no others', async () => {
  const { post, close } = await served()
  const { status, body } = await post('/v1/auth/login', { email: 'ann', name: 'Ann' })
  assert.equal(
    [status, ...body.errors.map(({ pointer }) => pointer).toSorted()],
    [422, '/email', '/name', '/password'],
  )
  await close()
})

loggingIn.run()

const refreshing = suite('POST /v1/auth/refresh')

refreshing('gives a new pair, once', async () => {
  const { post, close } = await served(ann)
  const { status, headers, body } = await post('/v1/auth/refresh', { refreshToken: 'refresh-2' })
  assert.equal([status, headers['cache-control']], [200, 'no-store'])
  assert.equal(body, pair('login-1', 'refresh-3'))
  const again = await post('/v1/auth/refresh', { refreshToken: 'refresh-2' })
  assert.equal([again.status, again.body.type], [401, 'urn:repledger:problem:login-ended'])
  await close()
})

refreshing('needs a token', async () => {
  const { post, close } = await served()
  for (const body of [{}, { refreshToken: '' }, { refreshToken: 7 }]) {
    const answer = await post('/v1/auth/refresh', body)
    assert.equal([answer.status, answer.body.errors.map(({ pointer }) => pointer)], [422, ['/refreshToken']])
  }
  await close()
})

refreshing.run()

const loggingOut = suite('POST /v1/auth/logout')

loggingOut('ends the login, without a body too', async () => {
  for (const sent of [undefined, {}, { everywhere: false }]) {
    const { post, call, close } = await served(ann)
    const token = `${annsId}/login-1`
    const other = (await post<{ accessToken: string }>('/v1/auth/login', credentials)).body.accessToken
    const { status, body } = await post('/v1/auth/logout', sent, token)
    assert.equal([status, body], [204, ''] as never)
    assert.is((await call('GET', '/v1/me', { token })).status, 401)
    assert.is((await post('/v1/auth/refresh', { refreshToken: 'refresh-2' })).status, 401)
    assert.is((await call('GET', '/v1/me', { token: other })).status, 200)
    await close()
  }
})

loggingOut('ends every login when asked to', async () => {
  const { post, call, close } = await served(ann)
  const other = (await post<{ accessToken: string }>('/v1/auth/login', credentials)).body.accessToken
  assert.is((await post('/v1/auth/logout', { everywhere: true }, `${annsId}/login-1`)).status, 204)
  assert.is((await call('GET', '/v1/me', { token: other })).status, 401)
  await close()
})

loggingOut('is for who is logged in', async () => {
  const { post, close } = await served()
  assert.is((await post('/v1/auth/logout')).status, 401)
  assert.is((await post('/v1/auth/logout', {}, 'nonsense')).status, 401)
  await close()
})

loggingOut.run()

const publishing = suite('GET /.well-known/jwks.json')

publishing('shows the public keys to everybody', async () => {
  const { call, close } = await served()
  const { status, headers, body } = await call('GET', '/.well-known/jwks.json')
  assert.equal([status, headers['cache-control']], [200, 'public, max-age=60'])
  const key = { kty: 'OKP', crv: 'Ed25519', x: 'public', kid: 'key', alg: 'EdDSA', use: 'sig' }
  assert.equal(body, { keys: [key] })
  await close()
})

publishing.run()
