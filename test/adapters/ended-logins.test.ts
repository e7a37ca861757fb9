import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Serving } from '../../src/adapters/cli/operations.ts'
import { ask, password } from '../support/canaries.ts'
import { follow } from '../support/event-client.ts'
import { serve } from '../support/served.ts'
import { temporaryDirectory } from '../support/writer.ts'

type Login = { accessToken: string; refreshToken: string }
type Context = { dataDir: string; served: Serving; email: string }

const test = suite<Context>('a login that has ended, in the whole program')
let people = 0

test.before(async (context) => {
  context.dataDir = temporaryDirectory()
  context.served = await serve(context.dataDir)
})

test.after(({ served }) => served.close())

test.before.each(async (context) => {
  people += 1
  context.email = `ann${people}@example.org`
  await ask(context.served.url, 'POST', '/v1/auth/register', {
    email: context.email,
    password,
    firstName: 'A',
  })
})

const logIn = async ({ served, email }: Context) =>
  (await ask(served.url, 'POST', '/v1/auth/login', { email, password })) as Login

const logOut = ({ served }: Context, { accessToken }: Login, everywhere: boolean) =>
  ask(served.url, 'POST', '/v1/auth/logout', { everywhere }, accessToken)

async function refresh({ served }: Context, refreshToken: string) {
  const answer = await fetch(`${served.url}/v1/auth/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken }),
  })
  return { status: answer.status, ...((await answer.json()) as Login) }
}

async function statusOf({ served }: Context, { accessToken }: Login) {
  const answer = await fetch(`${served.url}/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } })
  await answer.arrayBuffer()
  return answer.status
}

const statusesOf = (context: Context, ...logins: Login[]) =>
  Promise.all(logins.map((login) => statusOf(context, login)))

async function restart(context: Context) {
  await context.served.close()
  context.served = await serve(context.dataDir)
}

test('is over for its access token at once, known as that was, and after a restart', async (context) => {
  const [one, other] = [await logIn(context), await logIn(context)]
  assert.equal(await statusesOf(context, one, other), [200, 200])
  await logOut(context, one, false)
  assert.equal(await statusesOf(context, one, other), [401, 200])
  assert.is((await refresh(context, one.refreshToken)).status, 401)
  await restart(context)
  assert.equal(await statusesOf(context, one, other), [401, 200])
  assert.is((await refresh(context, one.refreshToken)).status, 401)
  assert.is((await refresh(context, other.refreshToken)).status, 200)
})

test('is over everywhere when that was asked for, and after a restart', async (context) => {
  const logins = [await logIn(context), await logIn(context), await logIn(context)] as const
  assert.equal(await statusesOf(context, ...logins), [200, 200, 200])
  await logOut(context, logins[0], true)
  assert.equal(await statusesOf(context, ...logins), [401, 401, 401])
  await restart(context)
  assert.equal(await statusesOf(context, ...logins), [401, 401, 401])
  const renewed = await Promise.all(logins.map(({ refreshToken }) => refresh(context, refreshToken)))
  assert.equal(
    renewed.map(({ status }) => status),
    [401, 401, 401],
  )
  assert.is(await statusOf(context, await logIn(context)), 200)
})

test('ends the streams that were opened with it, and no others', async (context) => {
  const [one, other] = [await logIn(context), await logIn(context)]
  const { id } = await ask(context.served.url, 'POST', '/v1/sessions', {}, one.accessToken)
  const path = `${context.served.url}/v1/sessions/${id}/stream`
  const [ending, staying] = [
    await follow(path, { token: one.accessToken }),
    await follow(path, { token: other.accessToken }),
  ]
  await logOut(context, one, false)
  await ending.over
  await ask(context.served.url, 'PATCH', `/v1/sessions/${id}`, { title: 'On' }, other.accessToken)
  await staying.reached(2)
  assert.equal(
    ending.received.map((message) => message.id),
    [1],
  )
  await logOut(context, other, true)
  await staying.over
})

test('that 20 refreshed at once with one token gives ten pairs, all of one login', async (context) => {
  const { refreshToken } = await logIn(context)
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(context, refreshToken)))
  const given = answers.filter(({ status }) => status === 200)
  assert.equal([given.length, answers.filter(({ status }) => status === 401).length], [10, 10])
  assert.equal(await statusesOf(context, ...given), Array(10).fill(200))
  await logOut(context, given[0] as Login, false)
  assert.equal(await statusesOf(context, ...given), Array(10).fill(401))
})

test('was never written down: no file holds a token that opens it', async (context) => {
  const first = await logIn(context)
  const second = await refresh(context, first.refreshToken)
  const tokens = [first, second].flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken])
  const forms = tokens.flatMap((token) => [Buffer.from(token), Buffer.from(token, 'base64url')])
  const files = readdirSync(context.dataDir).filter((name) => name !== 'control.sock')
  const found = files.filter((name) => {
    const content = readFileSync(join(context.dataDir, name))
    return forms.some((form) => content.includes(form))
  })
  assert.equal([files.includes('vault.db'), found], [true, []])
})

test.run()
