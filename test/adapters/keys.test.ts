import { join } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Serving } from '../../src/adapters/cli/operations.ts'
import type { RotatedKeys } from '../../src/application/audit.ts'
import { ask, password } from '../support/canaries.ts'
import { serve, told } from '../support/served.ts'
import { temporaryDirectory } from '../support/writer.ts'
import { run } from './cli/run-program.ts'

type Context = { dataDir: string; served: Serving; accessToken: string; refreshToken: string }

const test = suite<Context>('keys rotate')

const rotated: RotatedKeys = {
  tokens: { keyId: 't2', replaced: 't1', until: '2026-03-02T10:11:00.000Z' },
  checkpoints: { keyId: 'c2', replaced: 'c1' },
}

test.before(async (context) => {
  context.dataDir = temporaryDirectory()
  context.served = await serve(context.dataDir)
  const account = { email: 'ann@example.org', password, firstName: 'Ann' }
  Object.assign(context, await ask(context.served.url, 'POST', '/v1/auth/register', account))
})

test.after(({ served }) => served.close())

const kidOf = (token: string) => decodeProtectedHeader(token).kid

async function shownKids({ url }: Serving) {
  const { keys } = await ask(url, 'GET', '/.well-known/jwks.json')
  return (keys as { kid: string }[]).map(({ kid }) => kid)
}

async function rotate(dataDir: string): Promise<RotatedKeys> {
  const { exitCode, output, complaints } = await told('keys rotate --json', dataDir)
  assert.equal([exitCode, complaints], [0, ''])
  return JSON.parse(output)
}

test('prints what signs from now on, and what signed before', async () => {
  const rotateKeys = async () => rotated
  assert.equal(await run('keys rotate', { rotateKeys }), {
    exitCode: 0,
    output:
      'access tokens are signed with t2\n' +
      'those that t1 signed are good until 2026-03-02T10:11:00.000Z\n' +
      'checkpoints are signed with c2\n' +
      'which c1 vouches for in the log\n',
    complaints: '',
  })
  assert.equal(JSON.parse((await run('keys rotate --json', { rotateKeys })).output), rotated)
})

test('says what hinders it, and is the only thing that is done with keys', async () => {
  const rotateKeys = async () => ({ hindrance: 'held', detail: 'Stop it first.' }) as const
  assert.equal(await run('keys rotate', { rotateKeys }), {
    ...{ exitCode: 75, output: '', complaints: 'repledger: Stop it first.\n' },
  })
  for (const words of ['keys', 'keys turn', 'keys rotate twice']) assert.is((await run(words)).exitCode, 64)
  const nowhere = join(temporaryDirectory(), 'nowhere')
  const { exitCode, complaints } = await told('keys rotate', nowhere)
  assert.equal([exitCode, complaints], [1, `repledger: There is no log.db in ${nowhere}.\n`])
})

test('of a live server logs nobody out, and signs with the new key at once', async (context) => {
  const { dataDir, served, accessToken, refreshToken } = context
  const { tokens, checkpoints } = await rotate(dataDir)
  assert.equal(await shownKids(served), [tokens.keyId, tokens.replaced])
  assert.is(kidOf(accessToken), tokens.replaced)
  await ask(served.url, 'GET', '/v1/me', undefined, accessToken)
  const renewed = await ask(served.url, 'POST', '/v1/auth/refresh', { refreshToken })
  assert.is(kidOf(renewed.accessToken), tokens.keyId)
  await ask(served.url, 'GET', '/v1/me', undefined, renewed.accessToken)
  const again = await rotate(dataDir)
  assert.equal([again.tokens.replaced, again.checkpoints.replaced], [tokens.keyId, checkpoints.keyId])
  assert.equal(await shownKids(served), [again.tokens.keyId, tokens.keyId, tokens.replaced])
  for (const token of [accessToken, renewed.accessToken]) {
    await ask(served.url, 'GET', '/v1/me', undefined, token)
  }
  assert.is((await told('verify', dataDir)).exitCode, 0)
  Object.assign(context, { refreshToken: renewed.refreshToken })
})

test('without a server logs nobody out either', async (context) => {
  const { dataDir, served, accessToken, refreshToken } = context
  const before = await shownKids(served)
  await served.close()
  const { tokens } = await rotate(dataDir)
  assert.is((await told('verify', dataDir)).exitCode, 0)
  context.served = await serve(dataDir)
  const { url } = context.served
  assert.equal(await shownKids(context.served), [tokens.keyId, ...before])
  await ask(url, 'GET', '/v1/me', undefined, accessToken)
  const renewed = await ask(url, 'POST', '/v1/auth/refresh', { refreshToken })
  assert.is(kidOf(renewed.accessToken), tokens.keyId)
})

test.run()
