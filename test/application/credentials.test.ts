import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ResetTicket } from '../../src/application/credentials.ts'
import type { LoggedIn } from '../../src/application/users.ts'
import { isRefusal, type Refusal, refuse } from '../../src/domain/refusal.ts'
import { memoryUsers, metadata } from '../support/memory-users.ts'

const ann = { email: 'ann@example.org', password: 'correct horse battery', firstName: 'Annabel' }
const annsId = '00000000-0000-4000-8000-000000000001'
const login = { userId: annsId, loginId: 'login-1' }
const next = 'nine quiet mornings'

const codeOf = (answer: unknown) => (isRefusal(answer) ? (answer as Refusal).refusal : 'accepted')
const fieldsOf = (answer: unknown) =>
  (answer as Refusal).errors?.map(({ pointer, code }) => `${pointer} ${code}`)
const full = () => Promise.reject(Object.assign(new Error('full'), refuse('contended', 'Try again.')))

async function registered() {
  const memory = memoryUsers()
  await memory.users.register(metadata, ann)
  return memory
}

const changing = suite('a change of the password')

changing('keeps the login that asks and ends the others', async () => {
  const { users, credentials, hashes } = await registered()
  const other = (await users.login(ann.email, ann.password)) as LoggedIn
  assert.is(await credentials.changePassword(login, ann.password, next), undefined)
  assert.is(hashes.get(annsId), `hash of ${next}`)
  assert.ok(await users.authenticate(`${annsId}/login-1`))
  assert.is(await users.authenticate(other.accessToken), undefined)
  assert.is(codeOf(await users.login(ann.email, ann.password)), 'wrong-credentials')
  assert.is(codeOf(await users.login(ann.email, next)), 'accepted')
})

changing('names what is wrong with both passwords at once, and changes nothing', async () => {
  const { credentials, hashes } = await registered()
  const change = (current: string, wanted: string) => credentials.changePassword(login, current, wanted)
  assert.equal(fieldsOf(await change('wrong', next)), ['/currentPassword wrong'])
  assert.equal(fieldsOf(await change(ann.password, 'my Annabel is strong')), ['/newPassword too-personal'])
  assert.equal(fieldsOf(await change('wrong', 'short')), ['/currentPassword wrong', '/newPassword too-short'])
  assert.is(hashes.get(annsId), `hash of ${ann.password}`)
})

changing('has one winner of two that know the same password', async () => {
  const { credentials } = await registered()
  const changes = ['nine quiet mornings', 'ten quiet mornings'].map((wanted) =>
    credentials.changePassword(login, ann.password, wanted),
  )
  const answers = await Promise.all(changes)
  assert.equal(answers.map(codeOf).toSorted(), ['accepted', 'invalid-fields'])
})

changing('lets nobody in who was logging in with the old one meanwhile', async () => {
  const { users, credentials, vault } = await registered()
  const { startLogin } = vault
  vault.startLogin = async (...asked) => {
    vault.startLogin = startLogin
    await credentials.changePassword(login, ann.password, next)
    return startLogin(...asked)
  }
  assert.is(codeOf(await users.login(ann.email, ann.password)), 'wrong-credentials')
})

changing('waits while too many passwords do', async () => {
  const { credentials, passwords } = await registered()
  const { verify } = passwords
  passwords.verify = full
  assert.is(codeOf(await credentials.changePassword(login, ann.password, next)), 'contended')
  Object.assign(passwords, { verify, hash: full })
  assert.is(codeOf(await credentials.changePassword(login, ann.password, next)), 'contended')
})

changing.run()

const resetting = suite('a reset of the password')

resetting('takes a ticket of the hour, once, and ends every login', async () => {
  const { users, credentials } = await registered()
  const given = await credentials.giveResetTicket(' ANN@example.org')
  assert.equal(given, { userId: annsId, ticket: 'ticket-3', expiresAt: '2025-06-15T13:00:00.000Z' })
  const { ticket } = given as ResetTicket
  assert.equal(await credentials.resetPassword(ticket, next), { email: ann.email })
  assert.is(await users.authenticate(`${annsId}/login-1`), undefined)
  assert.is(codeOf(await users.login(ann.email, next)), 'accepted')
  assert.is(codeOf(await credentials.resetPassword(ticket, next)), 'reset-ticket-ended')
})

resetting('leaves the ticket as it is when the password does not do, or has to wait', async () => {
  const { credentials, passwords } = await registered()
  const { ticket } = (await credentials.giveResetTicket(annsId.toUpperCase())) as ResetTicket
  const { hash } = passwords
  passwords.hash = full
  assert.is(codeOf(await credentials.resetPassword(ticket, next)), 'contended')
  passwords.hash = hash
  assert.equal(fieldsOf(await credentials.resetPassword(ticket, 'password1234')), ['/newPassword too-common'])
  assert.is(codeOf(await credentials.resetPassword(ticket, next)), 'accepted')
})

resetting('refuses a ticket that is unknown, replaced, an hour old or of somebody erased', async () => {
  const { credentials, erasure, told, work } = await registered()
  const ended = async (ticket: string) =>
    assert.is(codeOf(await credentials.resetPassword(ticket, next)), 'reset-ticket-ended')
  await ended('unknown')
  const first = (await credentials.giveResetTicket(annsId)) as ResetTicket
  const second = (await credentials.giveResetTicket(annsId)) as ResetTicket
  await ended(first.ticket)
  told.later = 60 * 60 * 1000
  await ended(second.ticket)
  told.later = 0
  await erasure.eraseOwn({ userId: annsId, metadata }, ann.password)
  await ended(second.ticket)
  assert.is(work.hashed, 1)
})

resetting('has one winner of two that bear the same ticket', async () => {
  const { credentials } = await registered()
  const { ticket } = (await credentials.giveResetTicket(annsId)) as ResetTicket
  const racers = Array.from({ length: 5 }, () => credentials.resetPassword(ticket, next))
  const codes = (await Promise.all(racers)).map(codeOf)
  assert.equal(codes.toSorted(), ['accepted', ...Array(4).fill('reset-ticket-ended')])
})

resetting('is not for nobody, nor for an account that was never claimed', async () => {
  const { credentials, accounts, events } = await registered()
  const detailOf = async (name: string) => ((await credentials.giveResetTicket(name)) as Refusal).detail
  assert.is(await detailOf('bob@example.org'), 'Nobody has this e-mail.')
  assert.is(await detailOf('bob'), 'There is no such person.')
  const profile = { firstName: 'Bob', lastName: 'Old', phone: '1', ageYears: 40, email: 'bob@example.org' }
  await accounts.create({ metadata, idempotency: undefined }, { ...profile, goal: 'Run' })
  assert.is(events.length, 2)
  assert.match(await detailOf('bob@example.org'), 'has no password yet')
})

resetting.run()

const renewing = suite('a hash that guessing is too easy with')

renewing('is made anew when its password is right, and only then', async () => {
  const { users, hashes } = await registered()
  hashes.set(annsId, `weak hash of ${ann.password}`)
  assert.is(codeOf(await users.login(ann.email, 'wrong')), 'wrong-credentials')
  assert.is(hashes.get(annsId), `weak hash of ${ann.password}`)
  assert.is(codeOf(await users.login(ann.email, ann.password)), 'accepted')
  assert.is(hashes.get(annsId), `hash of ${ann.password}`)
})

renewing('does not keep anybody waiting', async () => {
  const { users, hashes, passwords } = await registered()
  hashes.set(annsId, `weak hash of ${ann.password}`)
  passwords.hash = full
  assert.is(codeOf(await users.login(ann.email, ann.password)), 'accepted')
  assert.is(hashes.get(annsId), `weak hash of ${ann.password}`)
})

renewing.run()
