import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { Profile, ProfileChange } from '../domain/user/events.ts'
import { changeProfile, phoneKey, type UserState, user } from '../domain/user/user.ts'
import type { Acting, EventLog, Metadata, StreamAppend } from './event-log.ts'
import { type CarriedEvent, ownedBy } from './import-check.ts'
import type { Clock } from './ports.ts'
import { idNamed, streamOf, type UserReads } from './users.ts'

/** How many events came with the document, and of how many things of each kind they tell. */
export type Imported = {
  events: number
  exercises: number
  plans: number
  sessions: number
  measurements: number
  goals: number
}

/** A document that was checked against an account and the catalogue, and is held ready elsewhere. */
export type Prepared = {
  /** A UUID made from what is to be carried over: the same for the same document. */
  importId: string
  profile: Profile
  counts: Imported
  /** How many of its events are in the account already, and how many there are of other origin. */
  done: number
  others: number
}

export interface ImportChecks {
  /** Uses the document up. Refuses `invalid-fields`, with pointers into it, and `contended`. */
  prepare(userId: string, document: Uint8Array): Promise<Prepared | Refusal>
  /** Some of the events that are to be carried over, in order, from one on. */
  take(importId: string, from: number, count: number): Promise<CarriedEvent[]>
  release(importId: string): Promise<void>
}

export type ImportsNeed = Pick<Acting, 'act' | 'load' | 'inTurn' | 'forget'> & {
  log: Pick<EventLog, 'append'>
  checks: ImportChecks
  reads: Pick<UserReads, 'byPhone' | 'byEmail' | 'exists'>
  clock: Clock
}

export type Imports = ReturnType<typeof createImports>

// In one transaction with which nobody else waits for long.
const BATCH_EVENTS = 500
const AT_ONCE = 2

export function createImports(need: ImportsNeed) {
  const { act, load, inTurn, forget, log, checks, reads, clock } = need
  const running = new Set<string>()

  /** What the document says of the person, without the e-mail; the phone only where nobody has it. */
  async function takeProfile(userId: string, metadata: Metadata, profile: Profile) {
    const { firstName, lastName, ageYears, birthDate, phone, goal, units, timeZone } = profile
    const owner = phone === undefined ? userId : await reads.byPhone(phoneKey(phone))
    const told = { firstName, lastName, ageYears, birthDate, goal, units, timeZone }
    const withPhone = { ...told, ...(owner === undefined && { phone }) }
    const change = (from: object): ProfileChange =>
      Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined))
    const now = new Date(clock.now()).toISOString()
    const { state } = await load(streamOf(userId), user)
    // An older client's phone has no form, and is not one that a profile takes.
    const takes = (fields: object) => !isRefusal(changeProfile(state, { now, change: change(fields) }))
    const fields = takes(withPhone) ? withPhone : told
    const decide = (standing: UserState) => changeProfile(standing, { now, change: change(fields) })
    return act({ userId, metadata }, [{ stream: streamOf(userId), aggregate: user, decide }], () => undefined)
  }

  async function appendAll(userId: string, metadata: Metadata, prepared: Prepared) {
    const { importId, counts } = prepared
    for (let from = prepared.done; from < counts.events; from += BATCH_EVENTS) {
      const batch = await checks.take(importId, from, BATCH_EVENTS)
      if (batch.length === 0) throw new Error('The document that was checked is held no more.')
      const result = await inTurn(userId, async () => {
        const landed = await log.append(appendsOf(userId, batch), { ...metadata, commandId: importId })
        forget(userId)
        return landed
      })
      if (isRefusal(result)) return result
      if ('conflict' in result) return refuse('not-empty', 'What was taken in has been changed since.')
    }
    return undefined
  }

  const imports = {
    /** By the operator, for the person of this id or e-mail. Refuses `not-found` besides. */
    async takeNamed(name: string, metadata: Metadata, document: Uint8Array): Promise<Imported | Refusal> {
      const userId = await idNamed(reads, name)
      if (userId === undefined || !(await reads.exists(userId))) {
        return refuse('not-found', 'There is no such person.')
      }
      return imports.take(userId, metadata, document)
    },

    /**
     * Takes a document into an account that holds nothing yet; one that was taken in before, or in part, is
     * finished. Refuses `invalid-fields`, `not-empty`, `contended`.
     */
    async take(userId: string, metadata: Metadata, document: Uint8Array): Promise<Imported | Refusal> {
      if (running.has(userId)) return refuse('contended', 'Another import of yours is under way.')
      if (running.size >= AT_ONCE) return refuse('contended', 'Other imports are under way; try again.')
      running.add(userId)
      try {
        const prepared = await checks.prepare(userId, document)
        if (isRefusal(prepared)) return prepared
        const { importId, profile, counts, done, others } = prepared
        try {
          if (done === 0 && others > 0) return refuse('not-empty', 'This account holds something already.')
          const taken = done === 0 ? await takeProfile(userId, metadata, profile) : undefined
          if (isRefusal(taken)) return taken
          return (await appendAll(userId, metadata, prepared)) ?? counts
        } finally {
          await checks.release(importId)
        }
      } finally {
        running.delete(userId)
      }
    },
  }
  return imports
}

/** Events in their order, those that follow one another on one stream together. */
function appendsOf(userId: string, batch: readonly CarriedEvent[]): StreamAppend[] {
  const appends: (StreamAppend & { events: StreamAppend['events'][number][] })[] = []
  for (const { stream: told, version, event } of batch) {
    const stream = ownedBy(userId, told)
    const last = appends.at(-1)
    if (last?.stream === stream) last.events.push(event)
    else {
      // The person's own stream has versions of its own.
      const expected = told === 'user' ? 'any' : version === 1 ? 'no stream' : version - 1
      appends.push({ stream, subject: userId, expected, events: [event] })
    }
  }
  return appends
}
