import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  claimAccount,
  clearClassicCounts,
  createClassicStatistics,
  needsToken,
} from '../../../src/domain/user/classic.ts'
import type { UserEvent } from '../../../src/domain/user/events.ts'
import { phoneKey, registerUser, type UserState, user } from '../../../src/domain/user/user.ts'
import { given } from '../../support/given-when-then.ts'

const now = '2025-06-15T12:00:00.000Z'
const profile = { email: 'ann@example.org', firstName: 'Анна', units: 'metric', timeZone: 'UTC' } as const
const classicKey = { classicId: 'secret', classicIdHmac: 'hash' }
const registered = {
  type: 'UserRegistered' as const,
  data: { userId: 'ann', registeredAt: now, ...profile },
}
const classic = { type: 'UserRegistered' as const, data: { ...registered.data, ...classicKey } }
const claimed: UserEvent = { type: 'AccountClaimed', data: { claimedAt: now } }
const counts = { easy: 5, average: 3, heavy: 2 }
const created: UserEvent = { type: 'ClassicStatisticsCreated', data: { ...counts, createdAt: now } }
const cleared: UserEvent = { type: 'ClassicCountsCleared', data: { clearedAt: now } }
const stateOf = (...events: UserEvent[]) => events.reduce(user.evolve, user.initial)

const accounts = suite('classic accounts')

accounts('are registered with the key that opens them', () => {
  given(user, [])
    .when((state) => registerUser(state, { userId: 'ann', now, profile, classicKey }))
    .then([classic])
})

accounts('take a phone number in any form, which nobody else may', () => {
  const phone = ' 8 (916) 123-45-67 '
  const register = (key?: typeof classicKey) =>
    given(user, []).when((state) =>
      registerUser(state, {
        userId: 'ann',
        now,
        profile: { ...profile, phone },
        ...(key && { classicKey: key }),
      }),
    )
  register(classicKey).then([
    { type: 'UserRegistered', data: { ...classic.data, phone: '8 (916) 123-45-67' } },
  ])
  const message = 'A phone number is in international form, such as +14155552671.'
  register().thenRefused('invalid-fields', { errors: [{ pointer: '/phone', code: 'wrong-format', message }] })
})

accounts('need a token from their claim on, and any other always', () => {
  assert.equal(
    [stateOf(classic), stateOf(classic, claimed), stateOf(registered), stateOf()].map(needsToken),
    [false, true, true, true],
  )
})

accounts('are claimed once', () => {
  const claim = (...past: UserEvent[]) => given(user, past).when((state) => claimAccount(state, { now }))
  claim(classic).then([claimed])
  claim(classic, claimed).thenRefused('account-claimed')
  claim(registered).thenRefused('account-claimed')
  claim().thenRefused('not-found')
})

accounts('know one phone in all its forms, where it is in international form', () => {
  assert.is(phoneKey('+7 (916) 123-45-67'), phoneKey('+79161234567'))
  assert.is.not(phoneKey('8 916 1234567'), phoneKey('+79161234567'))
  assert.is(phoneKey('Дом'), 'дом')
})

const statistics = suite('classic statistics')

statistics('are created once', () => {
  const create = (...past: UserEvent[]) =>
    given(user, past).when((state) => createClassicStatistics(state, { now, counts }))
  create(classic).then([created])
  create(classic, cleared).then([created])
  create(classic, created, cleared).thenRefused('statistics-exist')
  create().thenRefused('not-found')
})

statistics('count in whole numbers', () => {
  const message = (effort: string) => `${effort} must be a whole number from 0 to 1000000000.`
  given<UserState, UserEvent>(user, [classic])
    .when((state) => createClassicStatistics(state, { now, counts: { easy: -1, average: 0.5, heavy: 2e9 } }))
    .thenRefused('invalid-fields', {
      errors: ['easy', 'average', 'heavy'].map((effort) => ({
        pointer: `/${effort}`,
        code: 'out-of-range',
        message: message(effort),
      })),
    })
})

statistics('can be cleared again and again', () => {
  const clear = (...past: UserEvent[]) =>
    given(user, past).when((state) => clearClassicCounts(state, { now }))
  clear(classic, cleared).then([cleared])
  clear().thenRefused('not-found')
})

accounts.run()
statistics.run()
