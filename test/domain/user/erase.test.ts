import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  claimAccount,
  clearClassicCounts,
  createClassicStatistics,
  needsToken,
} from '../../../src/domain/user/classic.ts'
import type { UserEvent } from '../../../src/domain/user/events.ts'
import {
  changeProfile,
  eraseUser,
  planNumberOf,
  registerUser,
  takePlanNumber,
  type UserState,
  user,
} from '../../../src/domain/user/user.ts'
import { given } from '../../support/given-when-then.ts'

const test = suite('erasing a person')

const now = '2025-06-15T12:00:00.000Z'
const profile = {
  ...{ email: 'ada@example.org', firstName: 'Ada' },
  ...({ units: 'metric', timeZone: 'UTC' } as const),
}
const registered = {
  type: 'UserRegistered',
  data: { userId: 'ada', registeredAt: '2025-03-01T18:00:00.000Z', ...profile },
} as UserEvent
const erased = { type: 'UserErased', data: { erasedAt: now } } as UserEvent

test('it is the last thing that is told of somebody', () => {
  given(user, [registered])
    .when((state) => eraseUser(state, { now }))
    .then([erased])
})

test('whoever is erased already is not erased again', () => {
  given(user, [registered, erased])
    .when((state) => eraseUser(state, { now: '2025-06-16T12:00:00.000Z' }))
    .then([])
})

test('nobody cannot be erased', () => {
  given(user, [])
    .when((state) => eraseUser(state, { now }))
    .thenRefused('not-found')
})

test('afterwards nothing is left to be known, and every command finds nobody', () => {
  const state = [registered, erased].reduce(user.evolve, user.initial)
  assert.equal(state, { status: 'erased' })
  assert.is(planNumberOf(state, 'a'), undefined)
  assert.ok(needsToken(state))
  const commands: ((state: UserState) => ReturnType<typeof eraseUser>)[] = [
    (state) => changeProfile(state, { now, change: { firstName: 'Ada' } }),
    (state) => takePlanNumber(state, 'a'),
    (state) => claimAccount(state, { now }),
    (state) => createClassicStatistics(state, { now, counts: { easy: 1, average: 1, heavy: 1 } }),
    (state) => clearClassicCounts(state, { now }),
  ]
  for (const command of commands) given(user, [registered, erased]).when(command).thenRefused('not-found')
})

test('the id of somebody who was erased is never used again', () => {
  given(user, [registered, erased])
    .when((state) => registerUser(state, { userId: 'ada', now, profile }))
    .thenRefused('id-taken')
})

test.run()
