import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { route } from '../../../src/adapters/http/route.ts'
import { CannotWrite } from '../../../src/application/ports.ts'
import { startHttp } from '../../support/http.ts'

const test = suite('whoever goes while they ask')

test('is told that they are gone, or of a full disk, where anybody else is told of a failure', async () => {
  const failing = route(
    'GET',
    '/v1/things',
    { summary: 'Fail', tag: 'Things', access: 'user', answers: { 200: { description: 'Never.' } } },
    async () => {
      throw new Error('There is no such person')
    },
  )
  const full = route(
    'DELETE',
    '/v1/things',
    { summary: 'Leave', tag: 'Things', access: 'user', answers: { 204: { description: 'Never.' } } },
    async () => {
      throw new CannotWrite('There is no room left')
    },
  )
  const failures: unknown[] = []
  const { call, close } = await startHttp([failing, full], {
    authentication: {
      authenticate: async (userId) => ({
        ...{ userId, loginId: userId, tokenId: 'token', expiresAt: 1 },
        scopes: ['login', 'read', 'write'],
      }),
      loginHasEnded: async () => false,
      now: () => 0,
      isGone: async (userId) => userId === 'ada',
    },
    logger: { error: (entry: unknown) => failures.push(entry), debug: () => {}, isLevelEnabled: () => true },
  })
  const statusOf = async (token: string, method = 'GET') =>
    (await call(method, '/v1/things', { token })).status
  assert.equal([await statusOf('ada'), await statusOf('ben')], [401, 500])
  assert.is(failures.length, 1)
  assert.is(await statusOf('ada', 'DELETE'), 503)
  await close()
})

test.run()
