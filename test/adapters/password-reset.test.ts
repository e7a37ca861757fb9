import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isHindrance, type Serving } from '../../src/adapters/cli/operations.ts'
import { readSettings, type Settings } from '../../src/adapters/cli/settings.ts'
import { operations } from '../../src/adapters/operations.ts'
import { ask, password, traces } from '../support/canaries.ts'
import { temporaryDirectory } from '../support/writer.ts'
import { run } from './cli/run-program.ts'

type Context = { dataDir: string; served: Serving }

const test = suite<Context>('new passwords, over a restart too')

const email = 'ada@example.org'
const next = 'nine quiet mornings'
// Of `password`, with a cost that nobody would choose.
const weak = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'

const environmentOf = (dataDir: string) => ({
  ...{ DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' },
  MASTER_KEY: Buffer.alloc(32, 7).toString('hex'),
})

async function serve(dataDir: string): Promise<Serving> {
  const served = await operations.serve(readSettings(environmentOf(dataDir)) as Settings)
  assert.not(isHindrance(served))
  return served as Serving
}

async function restart(context: Context, between: () => Promise<void> = async () => {}) {
  await context.served.close()
  await between()
  Object.assign(context.served, await serve(context.dataDir))
}

const reset = (dataDir: string, person = email) =>
  run(`password-reset ${person} --json`, operations, environmentOf(dataDir))

const login = (url: string, secret: string) => ask(url, 'POST', '/v1/auth/login', { email, password: secret })

const statusOf = async (url: string, bearer: string) =>
  (await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${bearer}` } })).status

test.before(async (context) => {
  context.dataDir = temporaryDirectory()
  context.served = await serve(context.dataDir)
  await ask(context.served.url, 'POST', '/v1/auth/register', { email, password, firstName: 'Ada' })
})

test.after(async ({ served }) => {
  await served.close()
})

test('a changed password ends the other logins at once, and no personal token', async (context) => {
  const { served } = context
  const [one, two] = [await login(served.url, password), await login(served.url, password)]
  const wanted = { name: 'Watch', scopes: ['read'] }
  const { token } = await ask(served.url, 'POST', '/v1/tokens', wanted, one.accessToken)
  const statuses = () =>
    Promise.all([one.accessToken, two.accessToken, token].map((b) => statusOf(served.url, b)))
  assert.equal(await statuses(), [200, 200, 200])
  const change = { currentPassword: password, newPassword: next }
  await ask(served.url, 'POST', '/v1/auth/password', change, one.accessToken)
  assert.equal(await statuses(), [200, 401, 200])
  await restart(context)
  assert.equal(await statuses(), [200, 401, 200])
})

test('a ticket from beside the server ends all of them', async (context) => {
  const { dataDir, served } = context
  const one = await login(served.url, next)
  const wanted = { name: 'Scale', scopes: ['read'] }
  const { token } = await ask(served.url, 'POST', '/v1/tokens', wanted, one.accessToken)
  const { exitCode, output, complaints } = await reset(dataDir)
  assert.equal([exitCode, complaints], [0, ''])
  const { userId, ticket, expiresAt } = JSON.parse(output)
  assert.is(userId, one.user.id)
  assert.ok(Date.parse(expiresAt) - Date.now() <= 60 * 60 * 1000)
  assert.equal(traces(dataDir, [ticket]), [])
  await ask(served.url, 'POST', '/v1/auth/reset', { ticket, newPassword: password })
  const statuses = () => Promise.all([one.accessToken, token].map((bearer) => statusOf(served.url, bearer)))
  assert.equal(await statuses(), [401, 401])
  await restart(context)
  assert.equal(await statuses(), [401, 401])
  await login(served.url, password)
})

test('a ticket from where no server runs is good in the next one', async (context) => {
  const { dataDir, served } = context
  let printed = ''
  await restart(context, async () => {
    const { exitCode, output } = await run(`password-reset ${email}`, operations, environmentOf(dataDir))
    assert.is(exitCode, 0)
    printed = output
  })
  const [ticket, about] = printed.split('\n')
  assert.match(about ?? '', /^for [\w-]+, good once until .*Z: POST \/v1\/auth\/reset/)
  await ask(served.url, 'POST', '/v1/auth/reset', { ticket, newPassword: next })
  await login(served.url, next)
  assert.is((await run('verify', operations, environmentOf(dataDir))).exitCode, 0)
})

test('there is no ticket for nobody', async ({ dataDir }) => {
  assert.equal(await reset(dataDir, 'nobody@example.org'), {
    ...{ exitCode: 1, output: '' },
    complaints: 'repledger: Nobody has this e-mail.\n',
  })
})

test('what keeps the command from its work is told', async () => {
  const hindrance = { hindrance: 'held', detail: 'Another process owns it.' } as const
  assert.equal(await run('password-reset ada', { giveResetTicket: async () => hindrance }), {
    ...{ exitCode: 75, output: '' },
    complaints: 'repledger: Another process owns it.\n',
  })
})

test('a hash of an older cost is made anew by the next login', async (context) => {
  const { dataDir, served } = context
  const inVault = <T>(work: (file: Sqlite.Database) => T) => {
    const file = new Sqlite(join(dataDir, 'vault.db'))
    try {
      return work(file)
    } finally {
      file.close()
    }
  }
  await restart(context, async () => {
    inVault((file) => file.prepare('UPDATE subjects SET password_hash = ?').run(weak))
  })
  await login(served.url, 'password')
  const kept = inVault((file) => file.prepare('SELECT password_hash FROM subjects').pluck().get())
  assert.match(kept as string, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  await login(served.url, 'password')
})

test.run()
