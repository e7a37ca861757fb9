import { daysBetween } from './calendar.ts'

export type Adherence = { planned: number; done: number }

/** Of the planned sets, besides, those that a guide was told to leave out, to do otherwise or to change. */
export type SetAdherence = Adherence & { skipped: number; swapped: number; adjusted: number }

/** A week in which a plan was followed that says how many sessions a week it means. */
export type PlannedWeek = { plan: string; monday: string; sessions: number; frequencyPerWeek: number }

/**
 * Sessions that were meant and done, of weeks ordered by plan and time. A plan asks for its sessions in every
 * week from the first to the last in which it was followed, a week without any as the week before it did; no
 * week counts more than it asks for.
 */
export function plannedSessions(weeks: readonly PlannedWeek[]): Adherence {
  const sum = { planned: 0, done: 0 }
  for (const [index, { plan, monday, sessions, frequencyPerWeek }] of weeks.entries()) {
    const next = weeks[index + 1]
    const follows = next !== undefined && next.plan === plan
    sum.planned += frequencyPerWeek * (follows ? daysBetween(monday, next.monday) / 7 : 1)
    sum.done += Math.min(sessions, frequencyPerWeek)
  }
  return sum
}

/** With the part of what was planned that was done, from 0 to 1; null where nothing was planned. */
export function withRatio<A extends Adherence>(adherence: A): A & { ratio: number | null } {
  const { planned, done } = adherence
  return { ...adherence, ratio: planned === 0 ? null : done / planned }
}
