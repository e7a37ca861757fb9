import { type Refusal, refuse, refuseFields } from '../refusal.ts'
import { agrees, checkNumber, checkText, difference, type Findings, told } from '../session/fields.ts'
import {
  checkFollowed,
  checkGoal,
  enteredGoal,
  type GoalExercise,
  type GoalFields,
  goalLimits,
  plannedGoal,
} from './details.ts'
import type { Direction, GoalChange, GoalDetails, GoalEvent } from './events.ts'
import { bestOf, type DatedValue } from './progress.ts'
import { countOf, goalRange, valueFrom } from './scale.ts'

export type Progressed = { value: number; notes?: string; at: string }

/** What somebody wants to reach, whatever became of it so far. */
export type Goal = {
  readonly status: 'pursued' | 'abandoned'
  readonly goalId: string
  readonly setAt: string
  readonly details: GoalDetails
  /** Told of one by one, for custom goals alone. */
  readonly progress: readonly Progressed[]
}

/** `opening`: as the goal was when it was set. */
export type KnownGoal = Goal & { readonly opening: GoalDetails }
export type GoalState =
  | { readonly status: 'none' }
  | KnownGoal
  | (Omit<KnownGoal, 'status'> & { readonly status: 'deleted' })

const initial = { status: 'none' } as GoalState

function evolve(state: GoalState, event: GoalEvent): GoalState {
  const standing = state as KnownGoal
  switch (event.type) {
    case 'GoalSet': {
      const { goalId, setAt, ...details } = event.data
      return { status: 'pursued', goalId, setAt, opening: details, details, progress: [] }
    }
    case 'GoalChanged':
      return { ...standing, details: changed(standing.details, event.data) }
    case 'GoalProgressed':
      return { ...standing, progress: [...standing.progress, event.data] }
    case 'GoalAbandoned':
      return { ...standing, status: 'abandoned' }
    case 'GoalResumed':
      return { ...standing, status: 'pursued' }
    case 'GoalDeleted':
      return { ...standing, status: 'deleted' }
  }
}

export const goal = { initial, evolve }

/** The details after a change; null clears. */
export function changed(details: GoalDetails, change: GoalChange): GoalDetails {
  const facts = Object.entries({ ...details, ...change }).filter(([, fact]) => fact !== null)
  return Object.fromEntries(facts) as GoalDetails
}

export type SetGoal = {
  goalId: string
  now: string
  fields: GoalFields
  /** The exercise that the goal names, where there is one that can be logged. */
  exercise: GoalExercise | undefined
  /** What the goal would follow, as far as it is there already. */
  standing: readonly DatedValue[]
}

/**
 * Sets a goal. Telling again what was told when it was set does nothing; telling something else under its id
 * is `id-taken`. Refuses all failing fields at once.
 */
export function setGoal(state: GoalState, command: SetGoal): GoalEvent[] | Refusal {
  const { goalId, now, fields, exercise, standing } = command
  if (state.status !== 'none') {
    if (agrees(enteredGoal(fields), state.opening)) return []
    return refuse('id-taken', 'Another goal of yours has this id.')
  }
  const details = plannedGoal(fields, exercise)
  const findings: Findings = { at: '', errors: [] }
  checkFollowed(findings, details, exercise)
  checkGoal(findings, details)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  const best = bestOf(details, standing)
  const start = details.start ?? (best === undefined ? undefined : valueFrom(best, details))
  return [{ type: 'GoalSet', data: { goalId, setAt: now, ...details, ...told({ start }) } }]
}

export type ChangeGoal = {
  now: string
  change: {
    title?: string | undefined
    target?: number | undefined
    unit?: string | undefined
    start?: number | undefined
    direction?: Direction | undefined
    dueOn?: string | null | undefined
    status?: 'active' | 'abandoned' | undefined
  }
}

/**
 * Changes what is wanted; what it follows stays. Under another unit the numbers that are not told anew become
 * those of the new unit. Abandoning leaves the goal as it is, until it is active again.
 */
export function changeGoal(state: GoalState, { now, change }: ChangeGoal): GoalEvent[] | Refusal {
  if (state.status !== 'pursued' && state.status !== 'abandoned') return noGoal()
  const { status, ...fields } = change
  const before = state.details
  const findings: Findings = { at: '', errors: [] }
  const after = enteredGoal({ ...inUnit(before, fields.unit), ...told(fields) })
  checkGoal(findings, after)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  const data: GoalChange = difference(before, after)
  const events: GoalEvent[] = Object.keys(data).length === 0 ? [] : [{ type: 'GoalChanged', data }]
  if (status === 'abandoned' && state.status === 'pursued') {
    events.push({ type: 'GoalAbandoned', data: { at: now } })
  }
  if (status === 'active' && state.status === 'abandoned') {
    events.push({ type: 'GoalResumed', data: { at: now } })
  }
  return events
}

function inUnit(details: GoalDetails, told: string | undefined): GoalDetails {
  const unit = told?.trim() ?? details.unit
  if (unit === details.unit) return details
  const converted = (value: number) => valueFrom(countOf(value, details), { ...details, unit })
  const { start, target } = details
  return {
    ...details,
    unit,
    target: converted(target),
    ...(start !== undefined && { start: converted(start) }),
  }
}

export type ProgressGoal = { now: string; value: number; notes?: string | null | undefined }

/** How far a custom goal has come; `goal-follows-log` for all others. */
export function progressGoal(state: GoalState, { now, ...fields }: ProgressGoal): GoalEvent[] | Refusal {
  if (state.status !== 'pursued' && state.status !== 'abandoned') return noGoal()
  const { kind } = state.details
  if (kind !== 'custom') {
    return refuse('goal-follows-log', `A ${kind} goal follows what is logged, and moves by nothing else.`)
  }
  const notes = fields.notes?.trim()
  const findings: Findings = { at: '', errors: [] }
  checkNumber(findings, 'value', fields.value, goalRange(kind, undefined))
  checkText(findings, 'notes', notes, goalLimits.notesLength)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  return [{ type: 'GoalProgressed', data: { value: fields.value, ...told({ notes }), at: now } }]
}

export function deleteGoal(state: GoalState): GoalEvent[] | Refusal {
  if (state.status !== 'pursued' && state.status !== 'abandoned') return noGoal()
  return [{ type: 'GoalDeleted', data: {} }]
}

export function noGoal(): Refusal {
  return refuse('not-found', 'There is no such goal.')
}
