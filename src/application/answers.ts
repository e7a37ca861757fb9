import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { localDateOf } from '../domain/statistics/calendar.ts'
import type { Units } from '../domain/user/events.ts'
import { type Changes, keptWhileUnchanged } from './changes.ts'
import { type Answered, keptAnswers } from './kept-answers.ts'
import type { Clock, WhenErased } from './ports.ts'
import type { TotalReads } from './statistics.ts'
import type { UserReads, UserSettings } from './users.ts'

export type AnswersNeed = {
  totals: Pick<TotalReads, 'dependsOn'>
  users: Pick<UserReads, 'settingsOf'>
  clock: Clock
  /** Without it each question looks anew whether anything has moved. */
  changes?: Changes
  whenErased?: WhenErased
}

/** What an answer about a person takes from around it; today is that of the person. */
export type Asker = { units: Units; today: string }

/** What all answers about a person follow from. */
type Ground = UserSettings & { position: string }

const KNOWN_PEOPLE = 1000
const MINUTE_MILLISECONDS = 60_000

/** Answers questions about people; what was answered last is kept. */
export function createAnswers({ totals, users, clock, changes, whenErased }: AnswersNeed) {
  const kept = keptAnswers()
  const known = keptWhileUnchanged<Ground>(changes, KNOWN_PEOPLE)
  whenErased?.((userId) => {
    kept.forget(`${userId} `)
    known.forget(userId)
  })

  // A day begins with a minute, wherever that is.
  const days = new Map<string, string>()
  let minute = 0
  function todayIn(timeZone: string): string {
    const now = clock.now()
    const current = Math.floor(now / MINUTE_MILLISECONDS)
    if (current !== minute) days.clear()
    minute = current
    const known = days.get(timeZone)
    if (known !== undefined) return known
    const today = localDateOf(new Date(now).toISOString(), timeZone)
    days.set(timeZone, today)
    return today
  }

  async function groundOf(userId: string): Promise<Ground> {
    const found = known.find(userId)
    if (found !== undefined) return found
    const moment = changes?.momentOf(userId)
    const [position, settings] = await Promise.all([totals.dependsOn(userId), users.settingsOf(userId)])
    const ground = { ...settings, position }
    known.keep(userId, moment, ground)
    return ground
  }

  /** The answer to this question as it was given last, while nothing that it follows from has moved. */
  return async function answered<A extends object>(
    userId: string,
    question: object,
    answerIt: (asker: Asker) => Promise<A | Refusal>,
  ): Promise<Answered<A> | Refusal> {
    const moment = changes?.momentOf(userId)
    const { position, units, timeZone } = await groundOf(userId)
    const today = todayIn(timeZone)
    const key = `${userId} ${JSON.stringify(question)}`
    const dependsOn = `${key} ${position} ${units} ${today}`
    const before = kept.find(key, dependsOn)
    if (before !== undefined) return before as Answered<A>
    const answer = await answerIt({ units, today })
    if (isRefusal(answer)) return answer
    const given = { answer, dependsOn }
    // Of somebody who was erased meanwhile nothing may be kept.
    if (changes === undefined || (moment && changes.isNow(userId, moment))) kept.keep(key, given)
    return given
  }
}
