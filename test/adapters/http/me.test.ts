import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { meRoutes, phoneNumber } from '../../../src/adapters/http/me.ts'
import { createThrottle } from '../../../src/adapters/http/throttle.ts'
import type { Registration } from '../../../src/application/users.ts'
import { startHttp } from '../../support/http.ts'
import { memoryUsers, metadata } from '../../support/memory-users.ts'

const ann: Registration = {
  email: 'Ann@Example.org',
  password: 'correct horse battery',
  firstName: 'Ann',
  lastName: 'Lee',
  birthDate: '1990-06-16',
  phone: '+14155552671',
  goal: 'Run',
}
const token = '00000000-0000-4000-8000-000000000001'
const user = {
  id: token,
  email: 'Ann@Example.org',
  firstName: 'Ann',
  lastName: 'Lee',
  age: 34,
  birthDate: '1990-06-16',
  phone: '+14155552671',
  goal: 'Run',
  units: 'metric',
  timeZone: 'UTC',
  createdAt: '2025-06-15T12:00:00.000Z',
}
type Refused = { type: string; errors: { pointer: string; code: string }[] }

async function served() {
  const { users, erasure, told, vault, events } = memoryUsers()
  await users.register(metadata, ann)
  const throttle = createThrottle(() => 0)
  const { call, close } = await startHttp(meRoutes(users, erasure, throttle))
  const patch = (body: object, headers: Record<string, string> = {}) => {
    return call<Refused>('PATCH', '/v1/me', { token, body, headers })
  }
  const leave = (body: object, headers: Record<string, string> = {}) => {
    return call<Refused>('DELETE', '/v1/me', { token, body, headers })
  }
  return { users, told, vault, events, call, patch, leave, close }
}

const reading = suite('GET /v1/me')

reading('is for who is logged in', async () => {
  const { call, close } = await served()
  assert.is((await call('GET', '/v1/me')).status, 401)
  await close()
})

reading('answers the profile and its version, which the client may hold', async () => {
  const { call, close } = await served()
  const { status, headers, body } = await call('GET', '/v1/me', { token })
  assert.equal([status, headers.etag, headers['cache-control']], [200, '"1"', 'no-store'])
  assert.equal(body, user)
  const held = await call('GET', '/v1/me', { token, headers: { 'if-none-match': '"1"' } })
  assert.equal([held.status, held.body], [304, ''])
  await close()
})

reading('finds nobody where nobody is', async () => {
  const { call, close } = await served()
  assert.is((await call('GET', '/v1/me', { token: 'somebody' })).status, 404)
  await close()
})

reading.run()

const changing = suite('PATCH /v1/me')

changing('changes what it names', async () => {
  const { events, patch, close } = await served()
  const told = { firstName: 'Anna', goal: 'Lift', units: 'imperial', timeZone: 'Europe/Paris' }
  const { status, headers, body } = await patch({ ...told, phone: '+44 20 7946 0018' })
  assert.equal([status, headers.etag], [200, '"2"'])
  assert.equal(body as object, { ...user, ...told, phone: '+442079460018' })
  assert.equal(events[1]?.data, { ...told, phone: '+442079460018' })
  await close()
})

changing('clears what may be unknown', async () => {
  const { events, patch, close } = await served()
  const none = { lastName: null, age: null, birthDate: null, phone: null, goal: null }
  assert.equal((await patch(none)).body as object, { ...user, ...none })
  assert.equal(events[1]?.data, { lastName: null, birthDate: null, phone: null, goal: null })
  await close()
})

changing('takes the age or the birth date, whichever is told last', async () => {
  const { patch, close } = await served()
  assert.equal((await patch({ age: 40 })).body as object, { ...user, age: 40, birthDate: null })
  assert.equal((await patch({ birthDate: '2000-06-15' })).body as object, {
    ...user,
    age: 25,
    birthDate: '2000-06-15',
  })
  await close()
})

changing('records nothing when nothing differs', async () => {
  const { events, patch, close } = await served()
  assert.is((await patch({})).headers.etag, '"1"')
  assert.is((await patch({ firstName: ' Ann', units: 'metric' })).headers.etag, '"1"')
  assert.is(events.length, 1)
  await close()
})

changing('honours If-Match', async () => {
  const { events, patch, close } = await served()
  assert.is((await patch({ goal: 'Lift' }, { 'if-match': '"2"' })).status, 412)
  assert.is(events.length, 1)
  assert.is((await patch({ goal: 'Lift' }, { 'if-match': '"1"' })).status, 200)
  await close()
})

changing('names every field that does not pass, and records nothing', async () => {
  const { events, patch, close } = await served()
  const wrong = {
    email: 'ann',
    firstName: null,
    lastName: '',
    age: 12.5,
    birthDate: '1990-13-01',
    phone: 'call me',
    goal: 'x'.repeat(501),
    units: null,
    timeZone: '+02:00',
    id: 'other',
  }
  const { status, body } = await patch(wrong)
  assert.is(status, 422)
  const pointers = body.errors.map(({ pointer }) => pointer).toSorted()
  assert.equal(
    pointers,
    Object.keys(wrong)
      .map((name) => `/${name}`)
      .toSorted(),
  )
  const late = await patch({ phone: '+9990000000', birthDate: '2024-01-01', email: 'new@example.org' })
  assert.equal(
    [late.status, late.body.errors.map(({ pointer, code }) => `${pointer} ${code}`)],
    [422, ['/phone wrong-format', '/birthDate out-of-range', '/currentPassword required']],
  )
  assert.is(events.length, 1)
  await close()
})

changing('changes the e-mail for who knows the password', async () => {
  const { patch, close } = await served()
  const wrong = await patch({ email: 'new@example.org', currentPassword: 'wrong' })
  assert.equal(
    [wrong.status, wrong.body.errors.map(({ pointer, code }) => `${pointer} ${code}`)],
    [422, ['/currentPassword wrong']],
  )
  const { body } = await patch({ email: 'new@example.org', currentPassword: ann.password })
  assert.equal(body as object, { ...user, email: 'new@example.org' })
  await close()
})

changing('does not take what somebody else has', async () => {
  const { users, events, patch, close } = await served()
  await users.register(metadata, { ...ann, email: 'bob@example.org', phone: '+14155552672' })
  const phone = await patch({ phone: '+14155552672' })
  const email = await patch({ email: 'BOB@example.org', currentPassword: ann.password })
  assert.equal(
    [phone, email].map(({ status, body }) => [status, body.type]),
    [
      [409, 'urn:repledger:problem:phone-taken'],
      [409, 'urn:repledger:problem:email-taken'],
    ],
  )
  assert.is(events.length, 2)
  await close()
})

changing.run()

const leaving = suite('DELETE /v1/me')

leaving('erases who knows the password', async () => {
  const { users, vault, events, call, leave, close } = await served()
  const { status, body } = await leave({ password: ann.password })
  assert.equal([status, body], [204, ''])
  assert.equal(events.at(-1)?.data, { erasedAt: user.createdAt })
  assert.is((await call('GET', '/v1/me', { token })).status, 404)
  assert.is(await vault.passwordHash(token), undefined)
  const again = await users.register(metadata, ann)
  assert.equal('person' in again && again.person.email, ann.email)
  await close()
})

leaving('takes no other password, and none at all is no password', async () => {
  const { events, leave, close } = await served()
  const refused = [await leave({ password: 'wrong' }), await leave({}), await leave({ password: 1 })]
  assert.equal(
    refused.map(({ status, body }) => [status, body.errors.map(({ pointer, code }) => `${pointer} ${code}`)]),
    [
      [422, ['/password wrong']],
      [422, ['/password required']],
      [422, ['/password wrong-type']],
    ],
  )
  assert.is(events.length, 1)
  await close()
})

leaving('honours If-Match', async () => {
  const { events, leave, close } = await served()
  assert.is((await leave({ password: ann.password }, { 'if-match': '"2"' })).status, 412)
  assert.is(events.length, 1)
  assert.is((await leave({ password: ann.password }, { 'if-match': '"1"' })).status, 204)
  await close()
})

leaving('says what is to be done while others read the files', async () => {
  const { told, leave, close } = await served()
  told.done = false
  const { status, headers, body } = await leave({ password: ann.password })
  assert.equal([status, body.type], [503, 'urn:repledger:problem:erasure-under-way'])
  assert.is(headers['retry-after'], '1')
  await close()
})

leaving.run()

const phones = suite('phoneNumber')

phones('is the same however it is written', async () => {
  for (const text of ['+14155552671', '+1 415 555 2671', '+1 (415) 555-2671', '+1.415.555.2671']) {
    assert.is(await phoneNumber(text), '+14155552671')
  }
})

phones('is empty for what is no number of any country', async () => {
  for (const text of ['', '415 555 2671', '+1', '+9990000000', '+1 415', 'call +1 415 555 2671']) {
    assert.is(await phoneNumber(text), '')
  }
})

phones.run()
