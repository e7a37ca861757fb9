import { type Refusal, refuseFields } from '../refusal.ts'
import { type DetailFields, type Settings, sessionDetails } from './details.ts'
import type { SessionChange, SessionDetails, SessionEvent } from './events.ts'
import { difference, type Findings, report, told } from './fields.ts'
import { checkPlanDay, exercisesOf, type NamedPlan } from './plan-day.ts'
import { discarded, type KnownSession, noSession, type SessionState } from './session.ts'

export type ChangeSession = {
  now: string
  settings: Settings
  change: DetailFields
  /** That which the session names then. */
  plan?: NamedPlan | undefined
}

/** Corrects what is told of a session; a live one has no end yet, and gets it by finishing. */
export function changeSession(state: SessionState, command: ChangeSession): SessionEvent[] | Refusal {
  if (state.status === 'none') return noSession()
  if (state.status === 'discarded') return discarded()
  const { now, settings } = command
  const change = withPlanDay(told(command.change), state.details)
  const { bodyWeightUnit, ...before } = state.details
  const keptUnit = change.bodyWeight !== null && bodyWeightUnit !== undefined && { bodyWeightUnit }
  const findings: Findings = { at: '', errors: [] }
  if (state.status === 'active' && change.finishedAt !== undefined) {
    report(findings, 'finishedAt', 'not-applicable', 'A live session has no finishedAt: finish it first.')
  }
  if (state.reported !== undefined && (change.effort ?? null) !== null) {
    report(findings, 'effort', 'not-applicable', 'The efforts of these workouts are told already.')
  }
  if (change.planId !== undefined || change.planDay !== undefined) {
    checkPlanDay(findings, { ...before, ...change }, command.plan, before)
  }
  const blamed = change.finishedAt === undefined ? 'startedAt' : 'finishedAt'
  const after = sessionDetails(findings, { ...before, ...keptUnit, ...change }, settings, now, blamed)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  const moved = after.startedAt !== before.startedAt || after.timeZone !== before.timeZone
  const data: SessionChange = difference(
    state.details,
    moved ? after : { ...after, localDate: before.localDate },
  )
  if (Object.keys(data).length === 0) return []
  return [{ type: 'SessionChanged', data: { ...data, ...plannedAnew(state, data, after, command.plan) } }]
}

/** A live session that follows another day than before is led through that one; or through none any more. */
function plannedAnew(
  { status, guide }: KnownSession,
  change: SessionChange,
  { planDay }: SessionDetails,
  plan: NamedPlan | undefined,
): Pick<SessionChange, 'planned'> {
  if (status !== 'active' || (change.planId === undefined && change.planDay === undefined)) return {}
  const planned = exercisesOf(plan, planDay) ?? null
  return planned === null && guide === undefined ? {} : { planned }
}

/** Without the plan, or in another one, the day that was meant is none any more. */
function withPlanDay(change: DetailFields, { planId, planDay }: SessionDetails): DetailFields {
  const elsewhere = change.planId !== undefined && (change.planId ?? undefined) !== planId
  return elsewhere && planDay !== undefined ? { planDay: null, ...change } : change
}
