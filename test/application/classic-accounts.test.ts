import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RecordedEvent } from '../../src/application/event-log.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import { memoryUsers, metadata } from '../support/memory-users.ts'

const anna = {
  email: 'anna@example.org',
  firstName: 'Анна',
  lastName: 'Иванова',
  ageYears: 31,
  phone: '8 (916) 123-45-67',
}
const request = { metadata, idempotency: undefined }
const password = 'correct horse battery'
const codeOf = (answer: unknown) => (isRefusal(answer) ? answer.refusal : 'accepted')

async function annas() {
  const memory = memoryUsers()
  const created = await memory.accounts.create(request, anna)
  if (isRefusal(created)) throw new Error(created.detail)
  const userId = memory.events[0]?.stream.replace('user-', '') as string
  return { ...memory, id: created.classicId, userId }
}

const creating = suite('create')

creating('keeps the id in the sealed body, beside the hash that it is found by', async () => {
  const { events, id, userId, hashes } = await annas()
  const [registered] = events as [RecordedEvent]
  assert.is(registered.type, 'UserRegistered')
  const { classicIdHmac, ...data } = registered.data as { classicIdHmac: string }
  assert.match(classicIdHmac, /^[\da-f]{64}$/)
  const registeredAt = '2025-06-15T12:00:00.000Z'
  assert.equal(data, { userId, registeredAt, units: 'metric', timeZone: 'UTC', ...anna, classicId: id })
  assert.is(registered.metadata.actor, userId)
  assert.is.not(userId, id)
  assert.equal([...hashes], [[userId, undefined]])
})

creating('refuses what is taken or does not pass, and makes no key for it', async () => {
  const { accounts, hashes, events } = await annas()
  const other = { ...anna, email: 'other@example.org' }
  assert.is(codeOf(await accounts.create(request, anna)), 'email-taken')
  assert.is(codeOf(await accounts.create(request, other)), 'email-taken')
  const wrong = { ...other, phone: '1', ageYears: 12 }
  assert.is(codeOf(await accounts.create(request, wrong)), 'invalid-fields')
  assert.equal([hashes.size, events.length], [1, 1])
})

creating('is told again only to the key that it was made with', async () => {
  const { accounts } = await annas()
  const idempotency = { key: 'once', request: 'same' }
  assert.is(codeOf(await accounts.create({ metadata, idempotency }, anna)), 'email-taken')
})

const opening = suite('ownerOf')

opening('lets in who knows the id, until the account is claimed', async () => {
  const { accounts, users, id, userId } = await annas()
  const ownerOf = async (one: string, bearer?: string) => {
    const owner = await accounts.ownerOf(one, bearer)
    return isRefusal(owner) ? owner.refusal : owner
  }
  assert.is(await ownerOf(id), userId)
  assert.is(await ownerOf(id.toUpperCase()), userId)
  assert.is(await ownerOf(userId), 'token-needed')
  assert.is(await ownerOf('nobody'), 'not-found')
  assert.is(codeOf(await users.claim(metadata, id, password)), 'accepted')
  assert.is(await ownerOf(id), 'token-needed')
  assert.is(await ownerOf(id, 'bob'), 'token-needed')
  assert.is(await ownerOf(id, userId), userId)
  assert.is(await ownerOf(userId, userId), userId)
  assert.equal(await accounts.profile(userId), {
    ...{ firstName: 'Анна', lastName: 'Иванова', email: anna.email, phone: anna.phone },
  })
})

const claiming = suite('claim')

claiming('gives the account its password and logs in', async () => {
  const { users, id, userId, events } = await annas()
  const claimed = await users.claim(metadata, id, password)
  if (isRefusal(claimed)) throw new Error(claimed.detail)
  assert.equal([claimed.person.id, claimed.version], [userId, 2])
  const { type, data, metadata: about } = events[1] as (typeof events)[1] & object
  assert.equal(
    [type, data, about.actor],
    ['AccountClaimed', { claimedAt: '2025-06-15T12:00:00.000Z' }, userId],
  )
  assert.is(codeOf(await users.login(anna.email, password)), 'accepted')
})

claiming('happens once, also when two do it at the same time', async () => {
  const { users, id, events } = await annas()
  const claims = await Promise.all([
    users.claim(metadata, id, 'the first long one'),
    users.claim(metadata, id, 'the second long one'),
  ])
  assert.equal(claims.map(codeOf), ['accepted', 'account-claimed'])
  assert.is(codeOf(await users.claim(metadata, id, password)), 'account-claimed')
  assert.is(codeOf(await users.login(anna.email, 'the first long one')), 'accepted')
  assert.is(codeOf(await users.login(anna.email, 'the second long one')), 'wrong-credentials')
  assert.is(events.length, 2)
})

claiming('refuses an unknown id, a poor password, and to wait too long', async () => {
  const { users, passwords, id, userId, work } = await annas()
  assert.is(codeOf(await users.claim(metadata, 'nobody', password)), 'not-found')
  assert.is(codeOf(await users.claim(metadata, userId, password)), 'not-found')
  assert.is(codeOf(await users.claim(metadata, id, 'анна-анна-анна-иванова')), 'invalid-fields')
  assert.is(work.hashed, 0)
  passwords.hash = () =>
    Promise.reject(Object.assign(new Error('full'), { refusal: 'contended', detail: 'full' }))
  assert.is(codeOf(await users.claim(metadata, id, password)), 'contended')
})

creating.run()
opening.run()
claiming.run()
