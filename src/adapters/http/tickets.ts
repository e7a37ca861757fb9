import { hash, randomBytes } from 'node:crypto'
import { Problem } from './problem.ts'
import type { Caller } from './route.ts'

type Ticket = { caller: Caller; sessionId: string; endsAt: number }

const SECONDS = 60
const KEPT_A_PERSON = 2048

/** One-use tickets for clients that cannot send a header; whoever has one may follow that one session. */
export function createTickets(now: () => number) {
  // In the order of making, which is that of ending too.
  const tickets = new Map<string, Ticket>()
  const kept = new Map<string, number>()

  function remove(digest: string, { caller: { userId } }: Ticket) {
    tickets.delete(digest)
    const left = (kept.get(userId) ?? 0) - 1
    if (left > 0) kept.set(userId, left)
    else kept.delete(userId)
  }

  function removeEnded() {
    for (const [digest, ticket] of tickets) {
      if (ticket.endsAt > now()) return
      remove(digest, ticket)
    }
  }

  return {
    /** Throws a 429 for who has many that were never used. */
    issue(caller: Caller, sessionId: string) {
      removeEnded()
      const count = kept.get(caller.userId) ?? 0
      if (count >= KEPT_A_PERSON) {
        const headers = { 'retry-after': String(SECONDS) }
        throw new Problem('too-many-requests', `${count} tickets wait to be used.`, { headers })
      }
      const ticket = randomBytes(32).toString('base64url')
      tickets.set(digestOf(ticket), { caller, sessionId, endsAt: now() + SECONDS * 1000 })
      kept.set(caller.userId, count + 1)
      return { ticket, expiresIn: SECONDS }
    },
    /** Who made it, once; throws a 401 for one that is not good for this session, or no more. */
    spend(text: string, sessionId: string): Caller {
      removeEnded()
      const digest = digestOf(text)
      const ticket = tickets.get(digest)
      if (ticket !== undefined) remove(digest, ticket)
      if (ticket?.sessionId === sessionId) return ticket.caller
      throw new Problem('unauthenticated', 'The ticket is unknown, spent or expired.')
    },
  }
}

function digestOf(ticket: string): string {
  return hash('sha256', ticket, 'base64')
}
