import { hash, randomBytes } from 'node:crypto'
import { keepNewest } from '../../application/keep-newest.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { emailKey } from '../../domain/user/user.ts'
import { Problem } from './problem.ts'

/** Whose secret is tried, where that can be told, and from where. */
export type Attempt = { account?: string; address: string }

export type Throttle = {
  /** Tries a secret; throws a 429 with the time to wait instead when too many were wrong before. */
  attempt<T>(attempt: Attempt, work: () => Promise<T>): Promise<T>
  /** What was wrong with this account is forgiven, as its owner is there. */
  forgive(attempt: Required<Attempt>): void
}

type Rule = { free: number; longestMs: number; windowMs: number }
type Failures = { count: number; since: number; until: number }

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

// An account: some 110 guesses a day. An address may be that of many people, who err without any intent.
const ACCOUNT: Rule = { free: 5, longestMs: 15 * MINUTE, windowMs: 24 * HOUR }
const ADDRESS: Rule = { free: 100, longestMs: MINUTE, windowMs: HOUR }

// More than can be filled while the longest delay lasts, as each entry costs its maker a password check.
const KEPT = 100_000

const WAITING_AT_MOST = 8

const WRONG = new Set(['wrong-credentials', 'reset-ticket-ended', 'not-found'])

/**
 * Slows guessing down: after some wrong attempts each further one doubles the time until the next, up to a
 * limit. What is right ends the delay of the account, not that of the address. An address from which an
 * account was opened before is counted by itself, so that others cannot keep the owner out. In memory alone.
 */
export function createThrottle(now: () => number, most = KEPT): Throttle & { size: () => number } {
  const failures = new Map<string, Failures>()
  const known = new Map<string, true>()
  const turns = new Map<string, { last: Promise<unknown>; waiting: number }>()
  const salt = randomBytes(16).toString('base64url')
  // Neither e-mails nor addresses are kept, and each takes the same room.
  const keyOf = (...parts: string[]) => hash('sha256', JSON.stringify([salt, ...parts]), 'base64url')

  function standing(key: string, { windowMs }: Rule): Failures {
    const found = failures.get(key)
    return found === undefined || now() - found.since >= windowMs
      ? { count: 0, since: now(), until: 0 }
      : found
  }

  function demandPatience(key: string, rule: Rule) {
    const waitMs = standing(key, rule).until - now()
    if (waitMs <= 0) return
    const seconds = Math.ceil(waitMs / SECOND)
    const headers = { 'retry-after': String(seconds) }
    throw new Problem('too-many-attempts', `Too many attempts were wrong; wait ${seconds} s.`, { headers })
  }

  function noteWrong(key: string, rule: Rule) {
    const { count, since } = standing(key, rule)
    const delayMs = count + 1 < rule.free ? 0 : SECOND * 2 ** (count + 1 - rule.free)
    const until = now() + Math.min(delayMs, rule.longestMs)
    keepNewest(failures, key, { count: count + 1, since, until: delayMs === 0 ? 0 : until }, most)
  }

  /**
   * One at a time for each account, so that guesses sent all at once are counted as well; a few may wait, as
   * all who wait count among the changes that are under way.
   */
  function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = turns.get(key) ?? { last: Promise.resolve(), waiting: 0 }
    if (turn.waiting >= WAITING_AT_MOST) {
      throw new Problem('contended', 'This account is asked for too often at once; try again in a moment.')
    }
    turn.waiting += 1
    const done = turn.last.then(work)
    turn.last = done.then(nothing, nothing).then(() => {
      turn.waiting -= 1
      if (turn.waiting === 0) turns.delete(key)
    })
    turns.set(key, turn)
    return done
  }

  return {
    async attempt({ account, address }, work) {
      const from = keyOf('address', address)
      const here = account === undefined ? undefined : keyOf('known', account, address)
      const own = account === undefined || here === undefined || known.has(here) ? here : keyOf(account)
      const tried = async () => {
        if (own !== undefined) demandPatience(own, ACCOUNT)
        demandPatience(from, ADDRESS)
        const outcome = await work()
        if (!isRefusal(outcome)) {
          if (own !== undefined) failures.delete(own)
          if (here !== undefined) keepNewest(known, here, true, most)
        } else if (WRONG.has(outcome.refusal) || outcome.errors?.some(({ code }) => code === 'wrong')) {
          if (own !== undefined) noteWrong(own, ACCOUNT)
          noteWrong(from, ADDRESS)
        }
        return outcome
      }
      return own === undefined ? tried() : inTurn(own, tried)
    },
    forgive({ account, address }) {
      failures.delete(keyOf(account))
      failures.delete(keyOf('known', account, address))
    },
    size: () => failures.size + known.size + turns.size,
  }
}

/** Under which the throttle counts logins; the same for an e-mail that nobody has. */
export function loginKey(email: string): string {
  return `login ${emailKey(email)}`
}

/** Under which it counts what somebody does who is logged in: whoever is not cannot slow them down. */
export function callerKey(userId: string): string {
  return `caller ${userId}`
}

function nothing() {}
