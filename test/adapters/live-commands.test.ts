import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Serving } from '../../src/adapters/cli/operations.ts'
import { askServer } from '../../src/adapters/control/client.ts'
import { ask, password } from '../support/canaries.ts'
import { serve, told } from '../support/served.ts'
import { temporaryDirectory } from '../support/writer.ts'

type Context = { dataDir: string; served: Serving }

const test = suite<Context>('commands beside a live server')

const register = (url: string, email: string) =>
  ask(url, 'POST', '/v1/auth/register', { email, password, firstName: 'Ada' })

test.before(async (context) => {
  context.dataDir = temporaryDirectory()
  context.served = await serve(context.dataDir)
})

test.after(async ({ served }) => {
  await served.close()
})

test('the catalogue is brought up to date by the server', async ({ dataDir }) => {
  const { exitCode, output } = await told('seed', dataDir)
  assert.equal([exitCode, output], [0, '0 exercises published, 171 unchanged\n'])
})

test('a person is erased by the server, and the certificate printed, twice the same', async (context) => {
  const { dataDir, served } = context
  const { user, accessToken } = await register(served.url, 'ada@example.org')
  const first = await told('erase Ada@Example.org --yes --json', dataDir)
  assert.equal([first.exitCode, first.complaints], [0, ''])
  const certificate = JSON.parse(first.output)
  assert.is(certificate.userId, user.id)
  assert.is((await fetch(`${served.url}/v1/me`, bearer(accessToken))).status, 401)
  assert.equal(await told(`erase ${user.id.toUpperCase()} --yes --json`, dataDir), first)
  const unknown = await told('erase ada@example.org --yes', dataDir)
  assert.equal(
    [unknown.exitCode, unknown.complaints],
    [1, 'repledger: Nobody has this e-mail. Whoever is erased is known by the id alone.\n'],
  )
  await register(served.url, 'ada@example.org')
  assert.is((await told('verify', dataDir)).exitCode, 0)
})

test('a person is erased by the program itself when no server runs', async ({ dataDir, served }) => {
  const { user } = await register(served.url, 'ben@example.org')
  await served.close()
  const { exitCode, output } = await told(`erase ${user.id} --yes`, dataDir)
  assert.is(exitCode, 0)
  assert.match(output, `erased ${user.id}\n`)
  assert.equal(await told('erase nobody --yes', dataDir), {
    ...{ exitCode: 1, output: '' },
    complaints: 'repledger: There is no such person.\n',
  })
  Object.assign(served, await serve(dataDir))
})

test('what the server does not know is not done', async ({ dataDir }) => {
  const reply = await askServer(dataDir, { command: 'toString', arguments: {} })
  assert.equal(reply, {
    hindrance: {
      hindrance: 'held',
      detail: `The server that owns ${dataDir} cannot toString; stop it first.`,
    },
  })
})

test('a fault of the program is told by its message alone', async ({ dataDir }) => {
  const reply = await askServer(dataDir, { command: 'erase', arguments: null })
  assert.match((reply as { failure: string }).failure, 'Cannot destructure')
})

test('without its socket a server is asked for nothing', async ({ dataDir }) => {
  rmSync(join(dataDir, 'control.sock'))
  const { exitCode, complaints } = await told('seed', dataDir)
  assert.equal([exitCode, complaints], [75, `repledger: Another process owns ${dataDir}; stop it first.\n`])
})

test('where there is no data nobody is erased, and nothing is made', async () => {
  const dataDir = join(temporaryDirectory(), 'nowhere')
  const { exitCode, complaints } = await told('erase ada --yes', dataDir)
  assert.equal([exitCode, complaints], [1, `repledger: There is no log.db in ${dataDir}.\n`])
  assert.not(existsSync(dataDir))
})

test('a server whose path is too long for a socket serves all the same', async () => {
  const dataDir = join(temporaryDirectory(), 'a'.repeat(120))
  mkdirSync(dataDir)
  const served = await serve(dataDir)
  assert.is((await fetch(`${served.url}/readyz`)).status, 200)
  assert.is((await told('seed', dataDir)).exitCode, 75)
  await served.close()
})

function bearer(token: string) {
  return { headers: { authorization: `Bearer ${token}` } }
}

test.run()
