import { type Refusal, refuse, refuseFields } from '../refusal.ts'
import type { Reported } from '../session/report-workouts.ts'
import type { UserEvent } from './events.ts'
import { noPerson, type UserState } from './user.ts'

export const classicLimits = { workouts: 1_000_000_000 } as const

/** False while a classic id alone opens the account; once there is a password, only an access token does. */
export function needsToken(state: UserState): boolean {
  return state.status !== 'registered' || state.classicId === undefined || state.claimedAt !== undefined
}

/** From here on the account has a password. Refuses `account-claimed`. */
export function claimAccount(state: UserState, { now }: { now: string }): UserEvent[] | Refusal {
  if (state.status !== 'registered') return noPerson()
  if (needsToken(state)) return refuse('account-claimed', 'This account has a password already; log in.')
  return [{ type: 'AccountClaimed', data: { claimedAt: now } }]
}

export type CreateClassicStatistics = { now: string; counts: Reported }

/** Once for each person: the counts that classic clients see from now on. Refuses `statistics-exist`. */
export function createClassicStatistics(
  state: UserState,
  { now, counts }: CreateClassicStatistics,
): UserEvent[] | Refusal {
  if (state.status !== 'registered') return noPerson()
  if (state.classicStatisticsAt !== undefined) {
    return refuse('statistics-exist', 'This person has statistics already; they can be edited.')
  }
  const errors = Object.entries(counts)
    .filter(([, count]) => !Number.isInteger(count) || count < 0 || count > classicLimits.workouts)
    .map(([effort]) => ({
      pointer: `/${effort}`,
      code: 'out-of-range',
      message: `${effort} must be a whole number from 0 to ${classicLimits.workouts}.`,
    }))
  if (errors.length > 0) return refuseFields(errors)
  return [{ type: 'ClassicStatisticsCreated', data: { ...counts, createdAt: now } }]
}

/** The counts that classic clients see begin again at 0; nothing that was logged goes. */
export function clearClassicCounts(state: UserState, { now }: { now: string }): UserEvent[] | Refusal {
  return state.status !== 'registered'
    ? noPerson()
    : [{ type: 'ClassicCountsCleared', data: { clearedAt: now } }]
}
