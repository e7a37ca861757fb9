import { type Refusal, refuse, refuseFields } from '../refusal.ts'
import type { EntryExercise } from '../session/events.ts'
import { type Findings, report } from '../session/fields.ts'
import { outlineTold, type PlanContext, type PlanFields, planDetails } from './details.ts'
import type { Outline, PlanChange, PlanDetails, PlanEvent, PlanOrigin } from './events.ts'

export type PlanOpening = Extract<PlanEvent, { type: 'PlanCreated' }>['data']

export type KnownPlan = {
  readonly status: 'live' | 'archived'
  /** As the plan was when it was made. */
  readonly opening: PlanOpening
  readonly details: PlanDetails
  readonly updatedAt: string
}
export type PlanState = { readonly status: 'none' } | KnownPlan

export const initial = { status: 'none' } as PlanState

export function evolve(state: PlanState, event: PlanEvent): PlanState {
  const standing = state as KnownPlan
  switch (event.type) {
    case 'PlanCreated': {
      const { planId: _, number: __, createdAt, origin: ___, ...details } = event.data
      return { status: 'live', opening: event.data, details, updatedAt: createdAt }
    }
    case 'PlanChanged': {
      const { changedAt, ...change } = event.data
      return { ...standing, details: withChange(standing.details, change), updatedAt: changedAt }
    }
    case 'PlanArchived':
      return { ...standing, status: 'archived', updatedAt: event.data.archivedAt }
  }
}

export function withChange(details: PlanDetails, change: PlanChange): PlanDetails {
  const told = Object.entries({ ...details, ...change }).filter(([, fact]) => fact !== null)
  return Object.fromEntries(told) as PlanDetails
}

export type CreatePlan = PlanContext & {
  planId: string
  number: number
  now: string
  plan: PlanFields
  /** What the plan was made from, where it was not told as it is. */
  origin?: PlanOrigin | undefined
  /** What the client told of it, to know a repetition by. */
  told: object
}

/**
 * Telling again what was told when the plan was made does nothing; telling something else under its id is
 * `id-taken`. Refuses all failing fields at once.
 */
export function createPlan(state: PlanState, command: CreatePlan): PlanEvent[] | Refusal {
  const { planId, number, now, plan, origin } = command
  if (state.status !== 'none') {
    if (restates(command.told, state.opening)) return []
    return refuse('id-taken', 'Another plan of yours has this id.')
  }
  const findings: Findings = { at: '', errors: [] }
  const details = {
    exerciseTypes: [],
    days: [],
    ...planDetails(findings, plan, command),
    name: plan.name.trim(),
  }
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  const made = origin === undefined ? {} : { origin }
  return [{ type: 'PlanCreated', data: { ...details, planId, number, createdAt: now, ...made } }]
}

/** Fields that are given replace; null clears. */
export type PlanChangeFields = Partial<Omit<PlanFields, 'outline'>>

export type ChangePlan = PlanContext & { now: string; change: PlanChangeFields }

/** Keeps what differs from the plan as it stands; an exercise in it may have been archived since. */
export function changePlan(state: PlanState, command: ChangePlan): PlanEvent[] | Refusal {
  if (state.status === 'none') return noPlan()
  if (state.status === 'archived') return archived()
  const { now, change, units } = command
  const findings: Findings = { at: '', errors: [] }
  const exercises = new Map([...plannedIn(state.details), ...command.exercises])
  const details = planDetails(findings, change, { units, exercises })
  if (change.name === null) report(findings, 'name', 'required', 'A plan needs a name.')
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  const cleared = Object.entries(change).flatMap(([name, value]) => (value === null ? [[name, null]] : []))
  return changed(state, { ...Object.fromEntries(cleared), ...details }, now)
}

/** The plan as a whole: what is not told is cleared. An outline stays, it is told elsewhere. */
export function replacePlan(
  state: PlanState,
  { plan, ...command }: PlanContext & { now: string; plan: Omit<PlanFields, 'outline'> },
): PlanEvent[] | Refusal {
  const told = Object.entries(plan).filter(([, value]) => value !== undefined)
  const nothing = { goal: null, frequencyPerWeek: null, sessionMinutes: null, exerciseTypes: [], days: [] }
  return changePlan(state, { ...command, change: { ...nothing, ...Object.fromEntries(told) } })
}

export type ChangeOutline = {
  now: string
  /** The four texts as they are shown now, told or made from the days. */
  standing: Outline
  change: Partial<Outline>
}

export function changeOutline(state: PlanState, command: ChangeOutline): PlanEvent[] | Refusal {
  if (state.status === 'none') return noPlan()
  if (state.status === 'archived') return archived()
  const findings: Findings = { at: '', errors: [] }
  const change = outlineTold(findings, command.change)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  const outline = { ...command.standing, ...change }
  return same(outline, command.standing) ? [] : changed(state, { outline }, command.now)
}

/** Takes a plan out of the list; what was logged from it stays as it is. */
export function archivePlan(state: PlanState, now: string): PlanEvent[] | Refusal {
  if (state.status === 'none') return noPlan()
  return state.status === 'archived' ? [] : [{ type: 'PlanArchived', data: { archivedAt: now } }]
}

export function noPlan(): Refusal {
  return refuse('not-found', 'There is no such plan.')
}

function archived(): Refusal {
  return refuse('archived', 'This plan is archived; it cannot be changed any more.')
}

function plannedIn({ days }: PlanDetails): [string, EntryExercise][] {
  return days.flatMap(({ exercises }) =>
    exercises.map(({ exerciseId, exerciseName, metric }): [string, EntryExercise] => [
      exerciseId,
      { exerciseId, exerciseName, metric },
    ]),
  )
}

function changed({ details }: KnownPlan, change: PlanChange, now: string): PlanEvent[] {
  const was = new Map<string, unknown>(Object.entries(details))
  const different = Object.entries(change).filter(([name, is]) => !same(was.get(name) ?? null, is))
  if (different.length === 0) return []
  return [{ type: 'PlanChanged', data: { ...Object.fromEntries(different), changedAt: now } }]
}

/** Details are always made in one same order, so equal ones have equal texts. */
function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

/** True when all that is told stands recorded just so; null says the same as leaving out. */
function restates(told: unknown, recorded: unknown): boolean {
  if (told === undefined || told === null) return true
  if (typeof told === 'string') return told.trim() === recorded
  if (typeof told !== 'object') return told === recorded
  if (typeof recorded !== 'object' || recorded === null) return false
  if (Array.isArray(told) && told.length !== (recorded as unknown[]).length) return false
  const kept = recorded as Record<string, unknown>
  return Object.entries(told).every(([name, fact]) => restates(fact, kept[name]))
}
