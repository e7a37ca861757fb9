import type { PlannedExercise } from './events.ts'
import { type Findings, report } from './fields.ts'

/** What a session has to know of the plan that it names. */
export type NamedPlan = {
  planId: string
  archived: boolean
  days: readonly { exercises: readonly PlannedExercise[] }[]
}

type Named = { planId?: string | null | undefined; planDay?: number | null | undefined }

/**
 * Whether the plan is one that can be followed and the day one of its days. `plan` is undefined for what is
 * no plan of this person's. What stands in the session already stays good, whatever became of the plan since.
 */
export function checkPlanDay(
  findings: Findings,
  named: Named,
  plan: NamedPlan | undefined,
  standing: Named = {},
) {
  const planId = named.planId ?? undefined
  const planDay = named.planDay ?? undefined
  if (planId === standing.planId && planDay === standing.planDay) return
  if (planId === undefined) {
    if (planDay !== undefined) {
      report(findings, 'planDay', 'not-applicable', 'planDay says nothing without planId.')
    }
  } else if (plan?.planId !== planId || (plan.archived && planId !== standing.planId)) {
    report(findings, 'planId', 'unknown-plan', 'planId names no plan of yours that can be followed.')
  } else if (
    planDay !== undefined &&
    !(Number.isInteger(planDay) && planDay >= 0 && planDay < plan.days.length)
  ) {
    report(
      findings,
      'planDay',
      'out-of-range',
      `planDay must be one of the ${plan.days.length} days, from 0.`,
    )
  }
}

/** What is planned for the day that is named, if one is. */
export function exercisesOf(plan: NamedPlan | undefined, planDay: number | undefined) {
  const exercises = plan?.days[planDay ?? -1]?.exercises
  return exercises && [...exercises]
}
