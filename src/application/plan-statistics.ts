import {
  type PlannedWeek,
  plannedSessions,
  type SetAdherence,
  withRatio,
} from '../domain/statistics/adherence.ts'
import type { Range } from './records.ts'

export type PopularPlan = { planId: string; number: number; name: string; sessions: number }

export interface PlanStatisticReads {
  /** The plan with the most finished sessions, the last done of equals. */
  mostPopular(userId: string, range: Range): Promise<PopularPlan | undefined>
  /** Of sessions from a day of a plan: the sets that the day held, and what became of these. */
  sets(userId: string, range: Range): Promise<SetAdherence>
  /** With finished sessions from plans that say how often a week they mean to be followed. */
  weeks(userId: string, range: Range): Promise<PlannedWeek[]>
}

/** What plans have to do with what was done; null where none was followed. */
export async function planStatistics(reads: PlanStatisticReads, userId: string, range: Range) {
  const [popular, sets, weeks] = await Promise.all([
    reads.mostPopular(userId, range),
    reads.sets(userId, range),
    reads.weeks(userId, range),
  ])
  const sessions = weeks.length === 0 ? null : withRatio(plannedSessions(weeks))
  const nothing = sets.planned === 0 && sessions === null
  return {
    mostPopularPlan: popular ?? null,
    adherence: nothing ? null : { ...withRatio(sets), sessions },
  }
}
