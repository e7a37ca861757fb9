import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RefusedError } from '../../client/problem.ts'
import { ann, memoryStore, startClient } from '../support/api-client.ts'
import type { GuideServer } from '../support/guide-server.ts'
import { withServer } from '../support/trainee.ts'

const test = suite('the login of a client')

const twenty = Array.from({ length: 20 }, (_, index) => index)
const auth = ({ asked }: GuideServer) =>
  asked.flatMap(({ what }) =>
    what.startsWith('POST /v1/auth/') ? [what.slice('POST /v1/auth/'.length)] : [],
  )
const statusOf = (error: unknown) => (error instanceof RefusedError ? error.status : error)

test(
  'of 20 calls at once whose token is refused one refreshes it, and all are answered',
  withServer([], async (server) => {
    const { api } = startClient(server)
    await api.post('/v1/auth/login', { body: ann })
    server.expire()
    const answers = await Promise.all(twenty.map(() => api.get('/v1/me')))
    assert.equal(
      answers.map(({ status }) => status),
      twenty.map(() => 200),
    )
    assert.equal(auth(server), ['login', 'refresh'])
  }),
)

test(
  'of 20 calls at once shortly before its end one refreshes it, and none is refused',
  withServer([], async (server) => {
    const { api, pass } = startClient(server)
    await api.post('/v1/auth/login', { body: ann })
    pass(569_999)
    await api.get('/v1/me')
    assert.equal(auth(server), ['login'])
    pass(1)
    await Promise.all(twenty.map(() => api.get('/v1/me')))
    assert.equal(auth(server), ['login', 'refresh'])
    assert.is(
      server.asked.filter(({ what, token }) => what === 'GET /v1/me' && token === 'token-1').length,
      1,
    )
  }),
)

test(
  'is kept for the next start, and what one tab has refreshed is good for the others',
  withServer([], async (server) => {
    const store = memoryStore()
    const first = startClient(server, { store })
    await first.api.post('/v1/auth/login', { body: ann })
    const second = startClient(server, { store })
    await second.api.get('/v1/me')
    server.expire()
    await first.api.get('/v1/me')
    await second.api.get('/v1/me')
    assert.equal(auth(server), ['login', 'refresh'])
    assert.equal(store.saved, [
      { accessToken: 'token-1', refreshToken: 'again-1', endsAt: 600_000 },
      { accessToken: 'token-2', refreshToken: 'again-2', endsAt: 600_000 },
    ])
  }),
)

test(
  'that has ended is forgotten, and the call refused',
  withServer([], async (server) => {
    const store = memoryStore()
    const { api } = startClient(server, { store })
    await api.post('/v1/auth/login', { body: ann })
    server.expire()
    server.spend()
    assert.is(await api.get('/v1/me').catch(statusOf), 401)
    assert.is(await api.get('/v1/me').catch(statusOf), 401)
    assert.is(store.saved.at(-1), undefined)
    assert.equal(auth(server), ['login', 'refresh'])
  }),
)

test(
  'is begun, and begun anew, by who gives credentials',
  withServer([], async (server) => {
    const { api } = startClient(server, { credentials: () => ann })
    await Promise.all(twenty.map(() => api.get('/v1/me')))
    server.expire()
    server.spend()
    await Promise.all(twenty.map(() => api.get('/v1/me')))
    assert.equal(auth(server), ['login', 'refresh', 'login'])
    const wrong = startClient(server, { credentials: async () => ({ ...ann, password: 'wrong' }) })
    const refused = await wrong.api.get('/v1/me').catch((error: unknown) => error as RefusedError)
    assert.ok(refused instanceof RefusedError)
    assert.equal(
      [refused.call, refused.status, refused.code, refused.message],
      ['post /v1/auth/login', 401, 'unknown', 'Wrong password.'],
    )
  }),
)

test(
  'is not refreshed where the server fails over it, and stays',
  withServer([], async (server) => {
    const store = memoryStore()
    const { api } = startClient(server, { store })
    await api.post('/v1/auth/login', { body: ann })
    server.expire()
    server.fail(/refresh$/, { status: 500 })
    assert.is(await api.get('/v1/me').catch(statusOf), 500)
    assert.is((await api.get('/v1/me')).status, 200)
    assert.equal(auth(server), ['login', 'refresh', 'refresh'])
  }),
)

test(
  'is not needed by who has a token of their own',
  withServer([], async (server) => {
    assert.is((await startClient(server, { token: 'secret' }).api.get('/v1/me')).status, 200)
    assert.is(await startClient(server, { token: 'old' }).api.get('/v1/me').catch(statusOf), 401)
    assert.equal(auth(server), [])
  }),
)

test.run()
