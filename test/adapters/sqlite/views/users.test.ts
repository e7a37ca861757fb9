import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { userQueries, usersView } from '../../../../src/adapters/sqlite/views/users.ts'
import type { Profile, ProfileChange } from '../../../../src/domain/user/events.ts'
import { type Fact, foldViews } from '../../../support/fold-views.ts'

const plain: Profile = { email: 'Ann@Example.org', firstName: 'Ann', units: 'metric', timeZone: 'UTC' }
const registered = (userId: string, profile: Partial<Profile> = {}): Fact => {
  const data = { userId, registeredAt: '2025-01-01T00:00:00.000Z', ...plain, ...profile }
  return { stream: `user-${userId}`, subject: userId, event: { type: 'UserRegistered', data } }
}
const changed = (userId: string, data: ProfileChange): Fact => {
  return { stream: `user-${userId}`, subject: userId, event: { type: 'UserProfileChanged', data } }
}
const folded = (...facts: Fact[]) => {
  const { db, fold } = foldViews([usersView], facts)
  return { fold, users: userQueries(db), rows: () => db.prepare('SELECT * FROM user ORDER BY key').all() }
}

const view = suite('the view of users')

view('keeps what people are looked up by, under the key of their stream', () => {
  const { rows } = folded(
    registered('ann', { phone: '+14155552671' }),
    registered('bob', { email: 'bob@example.org' }),
  )
  assert.equal(rows(), [
    {
      key: 1,
      id: 'ann',
      email: 'ann@example.org',
      phone: '+14155552671',
      units: 'metric',
      time_zone: 'UTC',
      classic_id_hmac: null,
    },
    {
      key: 2,
      id: 'bob',
      email: 'bob@example.org',
      phone: null,
      units: 'metric',
      time_zone: 'UTC',
      classic_id_hmac: null,
    },
  ])
})

view('finds people by e-mail and phone', async () => {
  const { users } = folded(registered('ann', { phone: '+14155552671' }))
  assert.is(await users.byEmail('ann@example.org'), 'ann')
  assert.is(await users.byPhone('+14155552671'), 'ann')
  assert.is(await users.byEmail('bob@example.org'), undefined)
  assert.is(await users.byPhone('+14155552672'), undefined)
})

view('finds people by the keyed hash of a classic id, and knows who exists', async () => {
  const { users } = folded(registered('ann', { classicIdHmac: 'hash' } as Partial<Profile>))
  assert.is(await users.byClassicId('hash'), 'ann')
  assert.is(await users.byClassicId('other'), undefined)
  assert.equal([await users.exists('ann'), await users.exists('bob')], [true, false])
})

view('finds a phone however it is written', async () => {
  const { users, fold } = folded(registered('ann', { phone: '+1 (415) 555-2671' }))
  assert.is(await users.byPhone('+14155552671'), 'ann')
  fold(changed('ann', { phone: '+14155552672' }))
  assert.is(await users.byPhone('+14155552671'), undefined)
})

view('knows the settings of a person, and fails for nobody', async () => {
  const { users } = folded(registered('ann', { units: 'imperial', timeZone: 'Europe/Paris' }))
  assert.equal(await users.settingsOf('ann'), { units: 'imperial', timeZone: 'Europe/Paris' })
  const failed = await users.settingsOf('bob').catch((error: Error) => error.message)
  assert.is(failed, 'There is no such person')
})

view('follows a change, and the change that undoes it', () => {
  const { fold, rows } = folded(registered('ann', { phone: '+14155552671' }))
  const before = rows()
  fold(
    changed('ann', {
      email: 'New@Example.org',
      phone: '+14155552672',
      units: 'imperial',
      timeZone: 'Europe/Paris',
    }),
  )
  assert.equal(rows(), [
    {
      key: 1,
      id: 'ann',
      email: 'new@example.org',
      phone: '+14155552672',
      units: 'imperial',
      time_zone: 'Europe/Paris',
      classic_id_hmac: null,
    },
  ])
  fold(changed('ann', { ...plain, phone: '+14155552671' }))
  assert.equal(rows(), before)
})

view('forgets a phone, and gives it to somebody else', () => {
  const { fold, rows } = folded(registered('ann', { phone: '+14155552671' }))
  fold(changed('ann', { phone: null }))
  fold(registered('bob', { email: 'bob@example.org', phone: '+14155552671' }))
  assert.equal(
    rows().map((row) => (row as { phone: string }).phone),
    [null, '+14155552671'],
  )
})

view('is not touched by what it does not keep', () => {
  const { fold, rows } = folded(registered('ann', { phone: '+14155552671' }))
  const before = rows()
  fold(changed('ann', { goal: 'Run', lastName: 'Lee', birthDate: '1990-01-01' }))
  assert.equal(rows(), before)
})

view('declares the keys that it will not have twice, as SQLite names them', () => {
  const { fold } = folded(
    registered('ann', { phone: '+14155552671' }),
    registered('bob', { email: 'bob@example.org' }),
  )
  const failure = (fact: Fact) => {
    try {
      fold(fact)
    } catch (error) {
      return (error as Error).message
    }
    return undefined
  }
  const email = failure(changed('bob', { email: 'ANN@example.org' }))
  const phone = failure(changed('bob', { phone: '+14155552671' }))
  assert.equal(
    [email, phone],
    ['UNIQUE constraint failed: user.email', 'UNIQUE constraint failed: user.phone'],
  )
  assert.equal(usersView.unique, { 'user.email': 'email-taken', 'user.phone': 'phone-taken' })
})

view.run()
