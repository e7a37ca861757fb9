import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { localDateOf } from '../domain/statistics/calendar.ts'
import type { Units } from '../domain/user/events.ts'
import { type Answered, keptAnswers } from './kept-answers.ts'
import type { Clock, WhenErased } from './ports.ts'
import type { TotalReads } from './statistics.ts'
import type { UserReads } from './users.ts'

export type AnswersNeed = {
  totals: Pick<TotalReads, 'dependsOn'>
  users: Pick<UserReads, 'settingsOf'>
  clock: Clock
  whenErased?: WhenErased
}

/** What an answer about a person takes from around it; today is that of the person. */
export type Asker = { units: Units; today: string }

/** Answers questions about people; what was answered last is kept. */
export function createAnswers({ totals, users, clock, whenErased }: AnswersNeed) {
  const kept = keptAnswers()
  whenErased?.((userId) => kept.forget(`${userId} `))

  /** The answer to this question as it was given last, while nothing that it follows from has moved. */
  return async function answered<A extends object>(
    userId: string,
    question: object,
    answerIt: (asker: Asker) => Promise<A | Refusal>,
  ): Promise<Answered<A> | Refusal> {
    const [position, { units, timeZone }] = await Promise.all([
      totals.dependsOn(userId),
      users.settingsOf(userId),
    ])
    const today = localDateOf(new Date(clock.now()).toISOString(), timeZone)
    const key = `${userId} ${JSON.stringify(question)}`
    const dependsOn = `${key} ${position} ${units} ${today}`
    const known = kept.find(key, dependsOn)
    if (known !== undefined) return known as Answered<A>
    const answer = await answerIt({ units, today })
    if (isRefusal(answer)) return answer
    kept.keep(key, { answer, dependsOn })
    return { answer, dependsOn }
  }
}
