import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Serving } from '../../src/adapters/cli/operations.ts'
import { password, send } from '../support/callers.ts'
import { ask } from '../support/canaries.ts'
import { follow } from '../support/event-client.ts'
import { serve, told } from '../support/served.ts'
import { temporaryDirectory } from '../support/writer.ts'

type Context = { dataDir: string; served: Serving; url: string; token: string }

const test = suite<Context>('tokens of people and of the operator')
let people = 0

test.before(async (context) => {
  context.dataDir = temporaryDirectory()
  Object.assign(context, await started(context.dataDir))
})

test.before.each(async (context) => {
  const registered = await ask(context.url, 'POST', '/v1/auth/register', {
    ...{ email: `ada-${++people}@example.org`, password, firstName: 'Ada' },
  })
  context.token = registered.accessToken
})

test.after(({ served }) => served.close())

async function started(dataDir: string) {
  const served = await serve(dataDir)
  return { served, url: served.url }
}

const make = ({ url, token }: Context, scopes: string[], more: object = {}) =>
  ask(url, 'POST', '/v1/tokens', { name: 'Spreadsheet', scopes, ...more }, token)

test('a token is shown once, and listed without its secret and with its last use', async (context) => {
  const { url, token } = context
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  const { token: secret, ...facts } = await make(context, ['read', 'write'], { expiresAt })
  assert.equal([facts.expiresAt, facts.lastUsedAt, facts.scopes], [expiresAt, null, ['read', 'write']])
  const listed = async () => JSON.parse((await send(url, 'GET', '/v1/tokens', { token })).text)
  assert.equal(await listed(), { items: [facts] })
  assert.is((await send(url, 'GET', '/v1/me', { token: secret })).status, 200)
  // A change waits for the writes before it.
  const other = await make(context, ['read'])
  const { items } = await listed()
  assert.equal(items.map(({ id }: { id: string }) => id).toSorted(), [facts.id, other.id].toSorted())
  const used = items.find(({ id }: { id: string }) => id === facts.id)
  assert.ok(Math.abs(Date.now() - Date.parse(used.lastUsedAt)) < 60_000)
  const paged = await send(url, 'GET', '/v1/tokens', { token, query: '?limit=1' })
  assert.match(paged.headers.link ?? '', 'rel="next"')
  const { next } = JSON.parse(paged.text)
  const last = JSON.parse((await send(url, 'GET', '/v1/tokens', { token, query: `?cursor=${next}` })).text)
  assert.equal([last.items.length, 'next' in last], [1, false])
})

test('what a token may not be is refused', async (context) => {
  const { url, token } = context
  const refused = async (body: object) => {
    const { status, text } = await send(url, 'POST', '/v1/tokens', { token, body })
    return [status, ...JSON.parse(text).errors.map(({ pointer }: { pointer: string }) => pointer)]
  }
  assert.equal(await refused({ name: ' ', scopes: [] }), [422, '/name', '/scopes'])
  assert.equal(await refused({ name: 'a', scopes: ['read', 'read'] }), [422, '/scopes'])
  assert.equal(await refused({ name: 'a', scopes: ['login'] }), [422, '/scopes/0'])
  assert.equal(await refused({ name: 'a', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' }), [
    ...[422, '/expiresAt'],
  ])
})

test('a revoked token opens nothing from then on, and its streams end', async (context) => {
  const { url, token } = context
  const { id, token: secret } = await make(context, ['read'])
  const session = await ask(url, 'POST', '/v1/sessions', {}, token)
  const stream = await follow(`${url}/v1/sessions/${session.id}/stream`, { token: secret })
  const params = { id }
  assert.is((await send(url, 'DELETE', '/v1/tokens/{id}', { token, params })).status, 204)
  assert.is((await send(url, 'GET', '/v1/me', { token: secret })).status, 401)
  assert.is(await stream.over, 'ended')
  assert.is((await send(url, 'DELETE', '/v1/tokens/{id}', { token, params })).status, 404)
})

test('an Idempotency-Key makes no token twice the same', async ({ url, token }) => {
  const body = { name: 'one', scopes: ['read'] }
  const make = async () =>
    JSON.parse(
      (await send(url, 'POST', '/v1/tokens', { token, body, headers: { 'idempotency-key': 'k' } })).text,
    )
  assert.is.not((await make()).token, (await make()).token)
})

test('tokens outlive a restart, and a revoked one stays so', async (context) => {
  const [kept, revoked] = [await make(context, ['read']), await make(context, ['read'])]
  await send(context.url, 'DELETE', '/v1/tokens/{id}', { token: context.token, params: { id: revoked.id } })
  await context.served.close()
  Object.assign(context, await started(context.dataDir))
  const status = async (token: string) => (await send(context.url, 'GET', '/v1/me', { token })).status
  assert.equal([await status(kept.token), await status(revoked.token)], [200, 401])
})

test('an export tells nothing of tokens, and a backup with its vault has them', async (context) => {
  const { url, token, dataDir } = context
  const { id, token: secret } = await make(context, ['read'], { name: 'Watch of Ada' })
  const { text } = await send(url, 'GET', '/v1/me/export', { token })
  for (const hidden of [id, secret, 'Watch of Ada']) assert.not(text.includes(hidden))
  const [folder, vault] = [temporaryDirectory(), temporaryDirectory()]
  const { exitCode, complaints } = await told(`backup ${folder}/b --vault ${vault}/v`, dataDir)
  assert.is(exitCode, 0, complaints)
  const restored = temporaryDirectory()
  assert.is((await told(`restore ${folder}/b --vault ${vault}/v`, restored)).exitCode, 0)
  const { served, url: elsewhere } = await started(restored)
  assert.is((await send(elsewhere, 'GET', '/v1/me', { token: secret })).status, 200)
  await served.close()
})

test('the operator makes, lists and revokes tokens, live and without a server', async (context) => {
  const { dataDir } = context
  const live = JSON.parse((await told('token create audits --expires 30 --json', dataDir)).output)
  const verify = (token: string) => send(context.url, 'GET', '/v1/audit/verify', { token })
  assert.equal([live.name, live.scopes, live.lastUsedAt], ['audits', ['audit'], null])
  assert.ok(Math.abs(Date.parse(live.expiresAt) - Date.now() - 30 * 86_400_000) < 60_000)
  const { status, text } = await verify(live.token)
  const last = JSON.parse(text.trimEnd().split('\n').at(-1) as string)
  assert.equal([status, last.report.findingsTotal, last.report.notes], [200, 0, []])
  const metrics = await told('token create prometheus --scope metrics', dataDir)
  const [secret, line] = metrics.output.split('\n') as [string, string]
  assert.match(line, ' metrics "prometheus" made ')
  assert.is((await verify(secret)).status, 403)
  await context.served.close()
  const offline = await told('token list', dataDir)
  assert.match(offline.output, `"audits" made ${live.createdAt}, expires ${live.expiresAt}, last used 2`)
  assert.equal((await told(`token revoke ${live.id}`, dataDir)).output, `revoked ${live.id}\n`)
  assert.equal(JSON.parse((await told('token list --json', dataDir)).output).length, 1)
  Object.assign(context, await started(dataDir))
  assert.is((await verify(live.token)).status, 401)
  const unknown = await told(`token revoke ${live.id}`, dataDir)
  assert.equal([unknown.exitCode, unknown.complaints], [1, 'repledger: There is no such token.\n'])
})

test('wrong words about tokens are wrong usage', async ({ dataDir }) => {
  for (const words of [
    'token create',
    'token create x --expires 0',
    'token create x --scope read',
    `token create ${'x'.repeat(101)}`,
  ]) {
    assert.is((await told(words, dataDir)).exitCode, 64, words)
  }
})

test.run()
