import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Problem } from '../../../src/adapters/http/problem.ts'
import { createTickets } from '../../../src/adapters/http/tickets.ts'

const test = suite('tickets')

const callerOf = (userId: string) => ({
  ...{ userId, loginId: 'login', tokenId: 'token', expiresAt: Infinity },
  scopes: [],
})
const ada = callerOf('ada')

function statusOf(attempt: () => unknown) {
  try {
    attempt()
    return 'none'
  } catch (error) {
    return (error as Problem).status
  }
}

test('a ticket is long, lives for a minute, and is good once for its session', () => {
  let now = 0
  const tickets = createTickets(() => now)
  const { ticket, expiresIn } = tickets.issue(ada, 'session')
  assert.match(ticket, /^[\w-]{43}$/)
  assert.is(expiresIn, 60)
  assert.equal(tickets.spend(ticket, 'session'), ada)
  assert.is(
    statusOf(() => tickets.spend(ticket, 'session')),
    401,
  )
  const second = tickets.issue(ada, 'session').ticket
  now = 59_999
  assert.equal(tickets.spend(second, 'session'), ada)
  const third = tickets.issue(ada, 'session').ticket
  now += 60_000
  assert.is(
    statusOf(() => tickets.spend(third, 'session')),
    401,
  )
})

test('a ticket that was shown at another session is spent', () => {
  const tickets = createTickets(() => 0)
  const { ticket } = tickets.issue(ada, 'session')
  assert.is(
    statusOf(() => tickets.spend(ticket, 'other')),
    401,
  )
  assert.is(
    statusOf(() => tickets.spend(ticket, 'session')),
    401,
  )
})

test('one person has no end of tickets, and stands in nobody else’s way', () => {
  let now = 0
  const tickets = createTickets(() => now)
  const issued = Array.from({ length: 2048 }, () => tickets.issue(ada, 'session').ticket)
  assert.is(
    statusOf(() => tickets.issue(ada, 'session')),
    429,
  )
  tickets.issue(callerOf('bob'), 'session')
  tickets.spend(issued[0] as string, 'session')
  tickets.issue(ada, 'session')
  now = 60_000
  tickets.issue(ada, 'session')
})

test.run()
