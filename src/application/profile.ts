import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { localDateOf } from '../domain/statistics/calendar.ts'
import type { Units } from '../domain/user/events.ts'
import { ageAt, noPerson, type UserState, user } from '../domain/user/user.ts'
import type { Load } from './event-log.ts'
import type { Clock } from './ports.ts'

export type Person = {
  id: string
  email: string
  firstName: string
  lastName: string | null
  age: number | null
  birthDate: string | null
  phone: string | null
  goal: string | null
  units: Units
  timeZone: string
  createdAt: string
}

export type VersionedPerson = { person: Person; version: number }

/** The profile of a person, as old as they are by the clock. */
export function createMe({ load, clock }: { load: Load; clock: Clock }) {
  return async (userId: string, version?: number): Promise<VersionedPerson | Refusal> => {
    const { state, version: reached } = await load(`user-${userId}`, user, version)
    const person = personOf(state, new Date(clock.now()).toISOString())
    return isRefusal(person) ? person : { person, version: reached }
  }
}

function personOf(state: UserState, now: string): Person | Refusal {
  if (state.status !== 'registered') return noPerson()
  const { userId, email, firstName, lastName, birthDate, phone, goal, units, timeZone, registeredAt } = state
  return {
    id: userId,
    email,
    firstName,
    lastName: lastName ?? null,
    age: ageAt(state, localDateOf(now, timeZone)),
    birthDate: birthDate ?? null,
    phone: phone ?? null,
    goal: goal ?? null,
    units,
    timeZone,
    createdAt: registeredAt,
  }
}
