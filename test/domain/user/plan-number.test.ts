import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { UserEvent } from '../../../src/domain/user/events.ts'
import { planNumberOf, takePlanNumber, user } from '../../../src/domain/user/user.ts'
import { given } from '../../support/given-when-then.ts'

const test = suite('plan number')

const registered = {
  type: 'UserRegistered',
  data: {
    userId: 'ada',
    registeredAt: '2025-03-01T18:00:00.000Z',
    email: 'ada@example.org',
    firstName: 'Ada',
    units: 'metric',
    timeZone: 'UTC',
  },
} as UserEvent
const taken = (number: number, planId: string): UserEvent => ({
  type: 'PlanNumberTaken',
  data: { number, planId },
})

test('plans are numbered from 1 in their order', () => {
  given(user, [registered])
    .when((state) => takePlanNumber(state, 'a'))
    .then([taken(1, 'a')])
  given(user, [registered, taken(1, 'a'), taken(2, 'b')])
    .when((state) => takePlanNumber(state, 'c'))
    .then([taken(3, 'c')])
})

test('a plan that has its number keeps it', () => {
  const past = [registered, taken(1, 'a'), taken(2, 'b')]
  given(user, past)
    .when((state) => takePlanNumber(state, 'a'))
    .then([])
  const state = past.reduce(user.evolve, user.initial)
  assert.equal([planNumberOf(state, 'b'), planNumberOf(state, 'c')], [2, undefined])
  assert.is(planNumberOf(user.initial, 'a'), undefined)
})

test('nobody gets none', () => {
  given(user, [])
    .when((state) => takePlanNumber(state, 'a'))
    .thenRefused('not-found')
})

test.run()
