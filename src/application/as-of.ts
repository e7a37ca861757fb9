import type { GoalDocument } from '../domain/goal/document.ts'
import type { PlanDocument } from '../domain/plan/document.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { createGoals, type GoalsNeed } from './goals.ts'
import type { PlanReads } from './plans.ts'
import { createMe, type Person } from './profile.ts'
import { createStatistics, type Statistics, type StatisticsNeed } from './statistics.ts'

/** An instant in UTC with milliseconds, or a position in the log; what is yet to come means now. */
export type Moment = { time: string } | { position: number }

/** What the profile, the statistics and the lists of goals and plans answered at one time. */
export type Past = {
  profile: Person
  statistics: Exclude<Awaited<ReturnType<Statistics['summary']>>, Refusal>['answer']
  goals: GoalDocument[]
  plans: PlanDocument[]
}

/** `position` is that of the last event of the log then, `at` the time by which days and ages are told. */
export type AsOf = { position: number; at: string } & Past

export interface Histories {
  /**
   * What the log gave about a person at a moment. Refuses `not-found` for a moment before the account, and
   * `contended` where too many ask.
   */
  asOf(userId: string, moment: Moment, language: 'en' | 'ru'): Promise<AsOf | Refusal>
}

export type PastNeed = StatisticsNeed &
  Omit<GoalsNeed, 'reads'> & { goals: GoalsNeed['reads']; live: PlanReads }

/** The same answers as ever, over views that end where the past does and under a clock that stands there. */
export async function answerPast(
  need: PastNeed,
  userId: string,
  language: 'en' | 'ru',
): Promise<Past | Refusal> {
  const profile = await createMe(need)(userId)
  if (isRefusal(profile)) return profile
  const statistics = await createStatistics(need).summary(userId, {}, language)
  if (isRefusal(statistics)) return statistics
  const goals = createGoals({ ...need, reads: need.goals })
  return {
    profile: profile.person,
    statistics: statistics.answer,
    goals: await everyPage((after) => goals.list(userId, undefined, PAGE, after)),
    plans: await everyPage((before) => need.live.list(userId, false, PAGE, before)),
  }
}

const PAGE = 200

async function everyPage<T>(pageBehind: (after?: number) => Promise<{ items: T[]; next?: number }>) {
  const all: T[] = []
  let after: number | undefined
  do {
    const { items, next } = await pageBehind(after)
    all.push(...items)
    after = next
  } while (after !== undefined)
  return all
}
