import type { Metric } from '../exercise/events.ts'
import { isMeasurementKind } from '../measurement/kinds.ts'
import { checkNumber, checkText, type Findings, report, told } from '../session/fields.ts'
import { quantitiesOf } from '../session/set-facts.ts'
import { isDate } from '../statistics/calendar.ts'
import type { Direction, GoalDetails, GoalKind } from './events.ts'
import { followsBest } from './progress.ts'
import { goalRange, goalUnits, quantityOf } from './scale.ts'

export const goalLimits = { titleLength: 200, unitLength: 20, notesLength: 2000 } as const

/** A goal as a client tells it; null says the same as leaving it out. */
export type GoalFields = {
  kind: GoalKind
  title: string
  target: number
  unit: string
  exerciseId?: string | undefined
  measurementKind?: string | undefined
  start?: number | undefined
  direction?: Direction | undefined
  dueOn?: string | null | undefined
}

export type GoalExercise = { exerciseId: string; metric: Metric }

/** What was told, in the form in which it is kept. */
export function enteredGoal(fields: GoalFields): GoalDetails {
  return told({
    kind: fields.kind,
    title: fields.title.trim(),
    target: fields.target,
    unit: fields.unit.trim(),
    exerciseId: fields.exerciseId?.toLowerCase(),
    measurementKind: fields.measurementKind?.replace(/^custom:\s+/, 'custom:').trim() as
      | GoalDetails['measurementKind']
      | undefined,
    start: fields.start,
    direction: fields.direction,
    dueOn: fields.dueOn ?? undefined,
  })
}

/** Reports what does not pass, but for what a goal follows: that is chosen once, and stays. */
export function checkGoal(findings: Findings, details: GoalDetails) {
  const { kind, measurementKind, unit, target, start, direction, dueOn } = details
  const fitting = goalUnits(kind, measurementKind)
  const range = goalRange(kind, measurementKind)
  checkText(findings, 'title', details.title, goalLimits.titleLength)
  if (fitting === undefined) checkText(findings, 'unit', unit, goalLimits.unitLength)
  else if (!fitting.includes(unit)) {
    report(findings, 'unit', 'not-allowed', `The unit of this goal is ${fitting.join(' or ')}.`)
  }
  checkNumber(findings, 'target', target, range)
  checkNumber(findings, 'start', start, range)
  if (target === 0 && followsBest(kind) && direction === 'up') {
    report(findings, 'target', 'out-of-range', 'A target of 0 is no way up.')
  }
  if (kind === 'frequency' && direction === 'down') {
    report(findings, 'direction', 'not-allowed', 'A goal of frequency goes up.')
  }
  if (dueOn !== undefined && !isDate(dueOn)) {
    report(findings, 'dueOn', 'wrong-format', 'dueOn must be a day that exists, such as 2025-12-31.')
  }
}

/** Reports where what a goal follows is missing, not known, or of no use for its kind. */
export function checkFollowed(
  findings: Findings,
  { kind, exerciseId, measurementKind }: GoalDetails,
  exercise: GoalExercise | undefined,
) {
  const quantity = quantityOf[kind]
  if (quantity === undefined) {
    if (exerciseId !== undefined) notOf(findings, 'exerciseId', kind)
  } else if (exerciseId === undefined) {
    report(findings, 'exerciseId', 'required', `A ${kind} goal needs exerciseId.`)
  } else if (exercise === undefined) {
    report(findings, 'exerciseId', 'unknown-exercise', 'exerciseId names no exercise that you can log.')
  } else if (!quantitiesOf[exercise.metric].includes(quantity)) {
    const message = `A set of ${exercise.metric} has no ${quantity}.`
    report(findings, 'exerciseId', 'not-applicable', message)
  }
  if (kind !== 'measurement') {
    if (measurementKind !== undefined) notOf(findings, 'measurementKind', kind)
  } else if (measurementKind === undefined) {
    report(findings, 'measurementKind', 'required', 'A measurement goal needs measurementKind.')
  } else if (!isMeasurementKind(measurementKind)) {
    const message = 'measurementKind must be one of those known, or custom: and a name.'
    report(findings, 'measurementKind', 'not-allowed', message)
  }
}

function notOf(findings: Findings, field: string, kind: GoalKind) {
  report(findings, field, 'not-applicable', `A ${kind} goal has no ${field}.`)
}

/** The goal as it would be kept, but for a start that is not told. */
export function plannedGoal(fields: GoalFields, exercise: GoalExercise | undefined): GoalDetails {
  const entered = enteredGoal(fields)
  return { ...entered, ...told({ direction: wayOf(entered, exercise) }) }
}

/**
 * Bests go up but for assistance, unless the start that is told lies above the target; undefined where the
 * way follows from a start that may come later.
 */
function wayOf(entered: GoalDetails, exercise: GoalExercise | undefined): Direction | undefined {
  const { kind, direction, start, target } = entered
  if (direction !== undefined) return direction
  if (kind === 'frequency') return 'up'
  if (!followsBest(kind)) return undefined
  if (start !== undefined) return target < start ? 'down' : 'up'
  return kind === 'lift' && exercise?.metric === 'assisted-bodyweight-reps' ? 'down' : 'up'
}
