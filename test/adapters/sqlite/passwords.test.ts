import { hash } from 'node:crypto'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createLogins } from '../../../src/adapters/sqlite/logins.ts'
import { hashOfEachCost } from '../../../src/adapters/sqlite/passwords.ts'
import { openVault } from '../../../src/adapters/sqlite/vault.ts'
import type { VaultCommand } from '../../../src/adapters/sqlite/writer-protocol.ts'
import { type LogForTests, openLogForTests, race } from '../../support/opened-log.ts'
import { masterKey, start, temporaryDirectory } from '../../support/writer.ts'

const HOUR = 60 * 60 * 1000

type Vault = {
  dataDir: string
  vault: Database
  ask: (command: VaultCommand, later?: number) => ReturnType<ReturnType<typeof createLogins>['carryOut']>
  login: (userId?: string, passwordHash?: string) => string
  hashOf: (userId: string) => unknown
  removeExpired: (now: number) => void
}
const test = suite<Vault>('passwords in the vault')

test.before.each((context) => {
  const dataDir = temporaryDirectory()
  const vault = openVault(dataDir)
  const { carryOut, removeExpired } = createLogins(vault, masterKey)
  const ask: Vault['ask'] = (command, later = 0) => carryOut(command, start + later)
  for (const userId of ['ada', 'bob']) ask({ kind: 'create subject', userId, passwordHash: 'old' })
  ask({ kind: 'create subject', userId: 'unclaimed', passwordHash: undefined })
  const login: Vault['login'] = (userId = 'ada', passwordHash = 'old') =>
    ask({ kind: 'start login', userId, passwordHash }).login?.loginId ?? 'none'
  const find = vault.prepare('SELECT password_hash FROM subjects WHERE user_id = ?').pluck()
  const hashOf = (userId: string) => find.get(userId)
  Object.assign(context, { dataDir, vault, ask, login, hashOf, removeExpired })
})

test.after.each(({ vault }) => {
  vault.close()
})

const newTicket = (ask: Vault['ask'], userId = 'ada') =>
  ask({ kind: 'give ticket', userId, expiresAt: start + HOUR }).ticket as string
const reset = (ask: Vault['ask'], ticket: string, later?: number) =>
  ask({ kind: 'reset password', ticket, passwordHash: 'new' }, later)

test('a login begins with the password of now, or not at all', ({ ask, login, hashOf }) => {
  assert.is.not(login(), 'none')
  ask({ kind: 'set password', userId: 'ada', passwordHash: 'new' })
  assert.is(hashOf('ada'), 'new')
  assert.is(login('ada', 'old'), 'none')
  assert.is.not(login('ada', 'new'), 'none')
})

test('a change ends every login but its own, and nobody else’s', ({ ask, login, hashOf }) => {
  const [own, other, bobs] = [login(), login(), login('bob')]
  const change = { kind: 'change password', userId: 'ada', loginId: own, from: 'old', to: 'new' } as const
  assert.equal(ask(change), { done: true, ended: [other] })
  assert.equal([hashOf('ada'), hashOf('bob')], ['new', 'old'])
  assert.equal(ask(change), { done: false, ended: [] })
  assert.equal(ask({ kind: 'end every login', userId: 'bob' }), { ended: [bobs] })
  assert.equal(ask({ kind: 'end every login', userId: 'ada' }), { ended: [own] })
})

test('a hash is renewed while it is the one that was looked at, and nothing ends', ({
  ask,
  login,
  hashOf,
}) => {
  login()
  const renew = { kind: 'renew hash', userId: 'ada', from: 'old', to: 'stronger' } as const
  assert.equal(ask(renew), { done: true, ended: [] })
  assert.equal(ask({ ...renew, to: 'late' }), { done: false, ended: [] })
  assert.is(hashOf('ada'), 'stronger')
})

test('a ticket is 32 random bytes of which only the hash is kept', ({ vault, ask }) => {
  const ticket = newTicket(ask)
  assert.match(ticket, /^rlr_[\w-]{43}$/)
  const kept = vault.prepare('SELECT ticket_hash FROM reset_tickets').pluck().all()
  assert.equal(kept, [hash('sha256', ticket, 'buffer')])
})

test('a reset spends its ticket and ends every login and token of the person', ({
  vault,
  ask,
  login,
  hashOf,
}) => {
  const logins = [login(), login()]
  const token = {
    ...{ id: 'token', userId: 'ada', tokenHash: Buffer.from('x'), name: 'watch', scopes: 'read' },
    ...{ createdAt: start, expiresAt: null },
  }
  ask({ kind: 'keep token', token, most: 50 })
  ask({
    kind: 'keep token',
    token: { ...token, id: 'bobs', userId: 'bob', tokenHash: Buffer.from('y') },
    most: 50,
  })
  login('bob')
  const ticket = newTicket(ask)
  const { done, ended } = reset(ask, ticket)
  assert.equal([done, ended.toSorted()], [true, [...logins, 'token'].toSorted()])
  assert.is(hashOf('ada'), 'new')
  assert.equal(reset(ask, ticket), { done: false, ended: [] })
  assert.equal(vault.prepare('SELECT token_id FROM access_tokens').pluck().all(), ['bobs'])
  assert.is(vault.prepare('SELECT count(*) FROM logins').pluck().get(), 1)
})

test('a ticket ends with its hour, a newer one, a change of the password, and its person', ({
  vault,
  ask,
  removeExpired,
}) => {
  const ended = (ticket: string, later?: number) =>
    assert.equal(reset(ask, ticket, later), { done: false, ended: [] })
  const first = newTicket(ask)
  const second = newTicket(ask)
  ended(first)
  ended(second, HOUR)
  ask({ kind: 'change password', userId: 'ada', loginId: 'none', from: 'old', to: 'changed' })
  ended(second)
  const third = newTicket(ask)
  const bobs = newTicket(ask, 'bob')
  vault.exec("DELETE FROM subjects WHERE user_id = 'ada'")
  ended(third)
  removeExpired(start + HOUR - 1)
  assert.is(vault.prepare('SELECT user_id FROM reset_tickets').pluck().get(), 'bob')
  removeExpired(start + HOUR)
  assert.is(vault.prepare('SELECT count(*) FROM reset_tickets').pluck().get(), 0)
  ended(bobs)
})

test('there is no ticket for nobody, nor where there is no password yet', ({ ask }) => {
  assert.equal(ask({ kind: 'give ticket', userId: 'nobody', expiresAt: start }), { ended: [] })
  assert.equal(ask({ kind: 'give ticket', userId: 'unclaimed', expiresAt: start }), { ended: [] })
})

test('one hash of each cost is found, whatever else is kept', ({ vault, ask }) => {
  const made = (cost: string, salt: string) => `$argon2id$v=19$${cost}$${salt}$dGFn`
  for (const [person, passwordHash] of [
    made('m=19456,t=2,p=1', 'b'),
    made('m=19456,t=2,p=1', 'a'),
    made('m=9216,t=4,p=1', 'c'),
  ].entries()) {
    ask({ kind: 'create subject', userId: `person ${person}`, passwordHash })
  }
  assert.equal(hashOfEachCost(vault).toSorted(), [made('m=19456,t=2,p=1', 'a'), made('m=9216,t=4,p=1', 'c')])
})

test('a vault from before there were tickets takes them from then on', ({ dataDir, vault }) => {
  vault.exec('DROP TABLE reset_tickets')
  vault.close()
  const again = openVault(dataDir)
  assert.ok(
    createLogins(again, masterKey).carryOut({ kind: 'give ticket', userId: 'ada', expiresAt: 1 }, 0).ticket,
  )
  again.close()
})

test.run()

const port = suite<LogForTests>('the vault as the use cases see it')

port.before.each(async (context) => {
  Object.assign(context, await openLogForTests())
})

port.after.each(async ({ close }) => {
  await close()
})

port('a reset is believed at once, and has one winner of many', async ({ vault }) => {
  const { loginId } = (await vault.startLogin('ada', 'hash of Ada')) ?? {}
  assert.not(await vault.loginHasEnded(loginId as string))
  const ticket = (await vault.giveResetTicket('ada', start + HOUR)) as string
  assert.equal(await vault.resetTicket(ticket), { userId: 'ada', expiresAt: start + HOUR })
  assert.is(await vault.resetTicket('unknown'), undefined)
  const won = await race(10, (racer) => vault.resetPassword(ticket, `hash ${racer}`))
  assert.is(won.filter(Boolean).length, 1)
  assert.is(await vault.passwordHash('ada'), `hash ${won.indexOf(true)}`)
  assert.ok(await vault.loginHasEnded(loginId as string))
})

port('a change has one winner of many, whose login goes on', async ({ vault, dataDir }) => {
  const logins = await race(10, () => vault.startLogin('ada', 'hash of Ada'))
  const won = await race(10, (racer) => {
    const loginId = logins[racer]?.loginId as string
    return vault.changePassword({ userId: 'ada', loginId }, { from: 'hash of Ada', to: `hash ${racer}` })
  })
  assert.is(won.filter(Boolean).length, 1)
  const left = logins[won.indexOf(true)]?.loginId as string
  const ended = await race(10, (racer) => vault.loginHasEnded(logins[racer]?.loginId as string))
  assert.equal(ended.indexOf(false), won.indexOf(true))
  await vault.renewPasswordHash('ada', { from: `hash ${won.indexOf(true)}`, to: 'renewed' })
  assert.is(await vault.passwordHash('ada'), 'renewed')
  const file = new Sqlite(join(dataDir, 'vault.db'), { readonly: true })
  assert.equal(file.prepare('SELECT login_id FROM logins').pluck().all(), [left])
  file.close()
})

port.run()
