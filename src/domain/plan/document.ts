import { plannedSetDocument } from '../session/planned-set.ts'
import type { PlanDetails, PlanOrigin } from './events.ts'
import type { KnownPlan } from './plan.ts'

/** A plan as it is shown, wherever it is read from. */
export type PlanContent = {
  planId: string
  number: number
  archived: boolean
  version: number
  createdAt: string
  updatedAt: string
  origin?: PlanOrigin | undefined
  details: PlanDetails
}

export type PlanDocument = ReturnType<typeof planDocument>

export function contentOf({ status, opening, details, updatedAt }: KnownPlan, version: number): PlanContent {
  const { planId, number, createdAt, origin } = opening
  return { planId, number, archived: status === 'archived', version, createdAt, updatedAt, origin, details }
}

/** What was not told is null; a set says only what it aims at. */
export function planDocument(content: PlanContent) {
  const { planId, number, archived, version, createdAt, updatedAt, origin, details } = content
  return {
    id: planId,
    number,
    name: details.name,
    goal: details.goal ?? null,
    frequencyPerWeek: details.frequencyPerWeek ?? null,
    sessionMinutes: details.sessionMinutes ?? null,
    exerciseTypes: details.exerciseTypes,
    days: details.days.map(({ name, weekday, exercises }) => ({
      name,
      weekday: weekday ?? null,
      exercises: exercises.map(({ exerciseId, exerciseName, notes, restSeconds, supersetGroup, sets }) => ({
        exerciseId,
        name: exerciseName,
        notes: notes ?? null,
        restSeconds: restSeconds ?? null,
        supersetGroup: supersetGroup ?? null,
        sets: sets.map(plannedSetDocument),
      })),
    })),
    outline: details.outline ?? null,
    origin: origin ?? null,
    archived,
    createdAt,
    updatedAt,
    version,
  }
}
