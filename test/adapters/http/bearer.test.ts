import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createBearer, demandScope } from '../../../src/adapters/http/bearer.ts'
import { Problem } from '../../../src/adapters/http/problem.ts'
import type { Caller } from '../../../src/adapters/http/route.ts'

const test = suite('bearer')

const claims: Caller = {
  ...{ userId: 'ada', loginId: 'login', tokenId: 'token', expiresAt: 1000 },
  scopes: ['read'],
}

function given() {
  const asked: string[] = []
  const world = { now: 0, ended: false, forget: (_: string) => {} }
  const bearer = createBearer({
    authenticate: async (token) => {
      asked.push(token)
      return token.startsWith('good') ? claims : undefined
    },
    loginHasEnded: async (loginId) => loginId === 'login' && world.ended,
    now: () => world.now,
    whenErased: (forget) => {
      world.forget = forget
    },
  })
  return { asked, world, bearer }
}

async function challenge(answer: Promise<unknown>) {
  const problem = await answer.then(
    () => undefined,
    (error) => error,
  )
  return problem instanceof Problem && problem.status === 401 ? problem.headers['www-authenticate'] : problem
}

const INVALID = 'Bearer realm="repledger", error="invalid_token"'

test('a token is verified once and then known', async () => {
  const { asked, bearer } = given()
  assert.equal(await bearer('Bearer good'), claims)
  assert.equal(await bearer('bearer  good '), claims)
  assert.equal(asked, ['good'])
})

test('a known token is refused from the moment that it expires', async () => {
  const { world, bearer } = given()
  await bearer('Bearer good')
  world.now = 999
  assert.equal(await bearer('Bearer good'), claims)
  world.now = 1000
  assert.is(await challenge(bearer('Bearer good')), INVALID)
})

test('a known token is refused once its login has ended', async () => {
  const { world, bearer } = given()
  await bearer('Bearer good')
  world.ended = true
  assert.is(await challenge(bearer('Bearer good')), INVALID)
})

test('a token that does not hold is refused, and asked for again', async () => {
  const { asked, bearer } = given()
  assert.is(await challenge(bearer('Bearer bad')), INVALID)
  assert.is(await challenge(bearer('Bearer bad')), INVALID)
  assert.equal(asked, ['bad', 'bad'])
})

test('without a token of this kind nobody is asked', async () => {
  const { asked, bearer } = given()
  for (const header of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic good',
    'good',
    'Bearer a b',
    'Bearer good, Bearer good',
  ]) {
    assert.is(await challenge(bearer(header)), 'Bearer realm="repledger"', header ?? 'none')
  }
  assert.equal(asked, [])
})

test('only so many tokens are kept, the latest used', async () => {
  const { asked, bearer } = given()
  await bearer('Bearer good')
  for (let other = 0; other < 9_999; other++) await bearer(`Bearer good${other}`)
  await bearer('Bearer good')
  await bearer('Bearer good-one-more')
  await bearer('Bearer good')
  await bearer('Bearer good0')
  assert.is(asked.filter((token) => token === 'good').length, 1)
  assert.is(asked.filter((token) => token === 'good0').length, 2)
})

test('the tokens of somebody who was erased are known no more', async () => {
  const { asked, world, bearer } = given()
  await bearer('Bearer good')
  world.forget('ben')
  await bearer('Bearer good')
  world.forget('ada')
  await bearer('Bearer good')
  assert.equal(asked, ['good', 'good'])
})

test('each use of a token that holds is told', async () => {
  const used: string[] = []
  const bearer = createBearer({
    authenticate: async (token) => (token === 'good' ? claims : undefined),
    ...{ loginHasEnded: async () => false, now: () => 0, onUse: ({ tokenId }) => used.push(tokenId) },
  })
  await bearer('Bearer good')
  await bearer('Bearer good')
  await challenge(bearer('Bearer bad'))
  assert.equal(used, ['token', 'token'])
})

test('a token allows what its scopes name, and a refusal names what is missing', () => {
  demandScope(claims, 'read')
  demandScope(claims, undefined)
  for (const scope of ['write', 'login', 'audit'] as const) {
    try {
      demandScope(claims, scope)
      assert.unreachable(scope)
    } catch (error) {
      const { code, status, headers } = error as Problem
      assert.equal(
        [code, status, headers],
        [
          ...['insufficient-scope', 403],
          { 'www-authenticate': `Bearer realm="repledger", error="insufficient_scope", scope="${scope}"` },
        ],
      )
    }
  }
})

test.run()
