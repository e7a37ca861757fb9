import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { LoggedIn, Registration, Users } from '../../src/application/users.ts'
import { isRefusal, type Refusal, refuse } from '../../src/domain/refusal.ts'
import { memoryUsers, metadata } from '../support/memory-users.ts'

const ann: Registration = {
  email: 'Ann@Example.org',
  password: 'correct horse battery',
  firstName: 'Ann',
  phone: '+14155552671',
  birthDate: '1990-06-16',
}
const annsId = '00000000-0000-4000-8000-000000000001'
const annsAnswer = {
  id: annsId,
  email: 'Ann@Example.org',
  firstName: 'Ann',
  lastName: null,
  age: 34,
  birthDate: '1990-06-16',
  phone: '+14155552671',
  goal: null,
  units: 'metric',
  timeZone: 'UTC',
  createdAt: '2025-06-15T12:00:00.000Z',
}

async function registered(users: Users, registration: Registration = ann): Promise<LoggedIn> {
  const answer = await users.register(metadata, registration)
  if (isRefusal(answer)) throw new Error(JSON.stringify(answer))
  return answer
}
const codeOf = (answer: unknown) => (isRefusal(answer) ? (answer as Refusal).refusal : 'accepted')
const fieldsOf = (answer: unknown) => (isRefusal(answer) ? answer.errors : answer)
const full = () => Promise.reject(Object.assign(new Error('full'), refuse('contended', 'Try again.')))

const registering = suite('register')

registering('answers the person and a first login, and records who they are', async () => {
  const { users, events, hashes } = memoryUsers()
  const answer = await registered(users)
  assert.equal(answer, {
    person: annsAnswer,
    version: 1,
    accessToken: `${annsId}/login-1`,
    expiresInSeconds: 600,
    refreshToken: 'refresh-2',
  })
  const { password, ...told } = ann
  assert.equal(
    events.map(({ type, data, stream, metadata }) => ({ type, data, stream, actor: metadata.actor })),
    [
      {
        type: 'UserRegistered',
        data: {
          userId: annsId,
          registeredAt: '2025-06-15T12:00:00.000Z',
          units: 'metric',
          timeZone: 'UTC',
          ...told,
        },
        stream: `user-${annsId}`,
        actor: annsId,
      },
    ],
  )
  assert.equal([...hashes], [[annsId, `hash of ${password}`]])
})

registering('refuses what fails in profile and password at once, and keeps nothing', async () => {
  const { users, events, hashes, work } = memoryUsers()
  const answer = await users.register(metadata, { ...ann, password: 'short', ageYears: 7, firstName: '' })
  assert.equal(
    (fieldsOf(answer) as { pointer: string; code: string }[]).map(({ pointer, code }) => [pointer, code]),
    [
      ['/firstName', 'too-short'],
      ['/age', 'out-of-range'],
      ['/birthDate', 'either-or'],
      ['/password', 'too-short'],
    ],
  )
  assert.equal([events.length, hashes.size, work.hashed], [0, 0, 0])
})

registering('refuses an e-mail or phone that is taken before any key is made', async () => {
  const { users, events, hashes } = memoryUsers()
  await registered(users)
  assert.is(codeOf(await users.register(metadata, { ...ann, email: 'ANN@example.ORG' })), 'email-taken')
  assert.is(codeOf(await users.register(metadata, { ...ann, email: 'bob@example.org' })), 'phone-taken')
  assert.equal([events.length, hashes.size], [1, 1])
})

registering('lets one of many racers have the e-mail', async () => {
  const { users, events } = memoryUsers()
  const { phone, ...phoneless } = ann
  const racers = Array.from({ length: 20 }, () => users.register(metadata, phoneless))
  const codes = (await Promise.all(racers)).map(codeOf)
  assert.equal(codes.toSorted(), ['accepted', ...Array(19).fill('email-taken')])
  assert.is(events.length, 1)
})

registering('is refused while too many passwords wait, and keeps nothing', async () => {
  const { users, passwords, hashes } = memoryUsers()
  passwords.hash = full
  assert.equal(await users.register(metadata, ann), refuse('contended', 'Try again.'))
  assert.is(hashes.size, 0)
})

registering('fails when hashing does', async () => {
  const { users, passwords } = memoryUsers()
  passwords.hash = () => Promise.reject(new Error('broken'))
  assert.is(await users.register(metadata, ann).catch((error: Error) => error.message), 'broken')
})

registering.run()

const loggingIn = suite('login')

loggingIn('takes the e-mail in any case', async () => {
  const { users } = memoryUsers()
  await registered(users)
  assert.equal(await users.login(' ann@EXAMPLE.org ', ann.password), {
    person: annsAnswer,
    version: 1,
    accessToken: `${annsId}/login-3`,
    expiresInSeconds: 600,
    refreshToken: 'refresh-4',
  })
})

loggingIn('refuses somebody unknown and a wrong password alike, after one verification each', async () => {
  const { users, work } = memoryUsers()
  await registered(users)
  const wrong = await users.login(ann.email, 'wrong horse battery')
  assert.is(work.verified, 1)
  const unknown = await users.login('bob@example.org', ann.password)
  assert.is(work.verified, 2)
  assert.equal(wrong, refuse('wrong-credentials', 'E-mail and password do not belong together.'))
  assert.equal(unknown, wrong)
})

loggingIn('is refused while too many passwords wait', async () => {
  const { users, passwords } = memoryUsers()
  passwords.verify = full
  assert.is(codeOf(await users.login(ann.email, ann.password)), 'contended')
})

loggingIn.run()

const stayingIn = suite('a login')

stayingIn('goes on with a new pair for each refresh token, once', async () => {
  const { users } = memoryUsers()
  const { refreshToken } = await registered(users)
  const pair = { accessToken: `${annsId}/login-1`, expiresInSeconds: 600, refreshToken: 'refresh-3' }
  assert.equal(await users.refresh(refreshToken), pair)
  assert.is(codeOf(await users.refresh(refreshToken)), 'login-ended')
  assert.is(codeOf(await users.refresh('refresh-3')), 'accepted')
})

stayingIn('is known by its access token until it ends', async () => {
  const { users } = memoryUsers()
  const { accessToken, refreshToken } = await registered(users)
  for (const other of ['nonsense', 'bob/login-1']) assert.is(await users.authenticate(other), undefined)
  const claims = await users.authenticate(accessToken)
  assert.equal(claims && [claims.userId, claims.loginId], [annsId, 'login-1'])
  await users.logout({ userId: annsId, loginId: 'login-1' }, false)
  assert.is(await users.authenticate(accessToken), undefined)
  assert.is(codeOf(await users.refresh(refreshToken)), 'login-ended')
})

stayingIn('outlives the end of another one, unless all are ended', async () => {
  const { users } = memoryUsers()
  const first = await registered(users)
  const second = (await users.login(ann.email, ann.password)) as LoggedIn
  await users.logout({ userId: annsId, loginId: 'login-3' }, false)
  assert.ok(await users.authenticate(first.accessToken))
  assert.is(await users.authenticate(second.accessToken), undefined)
  await users.login(ann.email, ann.password)
  await users.logout({ userId: annsId, loginId: 'login-1' }, true)
  assert.is(await users.authenticate(first.accessToken), undefined)
  assert.is(await users.authenticate(`${annsId}/login-5`), undefined)
})

stayingIn.run()

const profile = suite('a profile')
const command = { userId: annsId, metadata: { ...metadata, actor: annsId } }

profile('is read by its owner and by nobody unknown', async () => {
  const { users } = memoryUsers()
  await registered(users)
  assert.equal(await users.me(annsId), { person: annsAnswer, version: 1 })
  assert.is(codeOf(await users.me('somebody')), 'not-found')
})

profile('changes, and stays as it is when nothing differs', async () => {
  const { users, events } = memoryUsers()
  await registered(users)
  const changed = { person: { ...annsAnswer, goal: 'Run', phone: null }, version: 2 }
  assert.equal(await users.changeProfile(command, { goal: 'Run', phone: null }), changed)
  assert.equal(await users.changeProfile(command, { goal: 'Run', firstName: 'Ann' }), changed)
  assert.is(events.length, 2)
})

profile('is changed from the version that was named, or not at all', async () => {
  const { users } = memoryUsers()
  await registered(users)
  assert.is(codeOf(await users.changeProfile({ ...command, ifMatch: 2 }, { goal: 'Run' })), 'stale-version')
  assert.is(codeOf(await users.changeProfile({ ...command, ifMatch: 1 }, { goal: 'Run' })), 'accepted')
})

profile('gives its e-mail away only to who knows the password', async () => {
  const { users, work } = memoryUsers()
  await registered(users)
  const change = { email: 'new@example.org', firstName: '' }
  const fields = async (password?: string) => {
    const errors = fieldsOf(await users.changeProfile(command, change, password))
    return (errors as { pointer: string; code: string }[]).map(({ pointer, code }) => [pointer, code])
  }
  const blank = ['/firstName', 'too-short']
  assert.equal(await fields(), [blank, ['/currentPassword', 'required']])
  assert.equal(await fields('wrong horse battery'), [blank, ['/currentPassword', 'wrong']])
  assert.equal(await fields(ann.password), [blank])
  assert.is(work.verified, 2)
  const answer = await users.changeProfile(command, { email: 'new@example.org' }, ann.password)
  assert.equal(answer, { person: { ...annsAnswer, email: 'new@example.org' }, version: 2 })
  assert.is(codeOf(await users.login(ann.email, ann.password)), 'wrong-credentials')
  assert.is(codeOf(await users.login('new@example.org', ann.password)), 'accepted')
})

profile('asks for a password again later while too many wait', async () => {
  const { users, passwords } = memoryUsers()
  await registered(users)
  passwords.verify = full
  assert.is(codeOf(await users.changeProfile(command, { email: 'new@example.org' }, '')), 'contended')
})

profile('cannot take the e-mail or phone of somebody else', async () => {
  const { users, events } = memoryUsers()
  await registered(users)
  await registered(users, { ...ann, email: 'bob@example.org', phone: '+14155552672' })
  assert.is(codeOf(await users.changeProfile(command, { phone: '+14155552672' })), 'phone-taken')
  const email = await users.changeProfile(command, { email: 'BOB@example.org' }, ann.password)
  assert.is(codeOf(email), 'email-taken')
  assert.is(events.length, 2)
})

profile.run()
