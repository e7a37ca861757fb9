import { isRefusal, type Refusal, refuse, refuseFields } from '../refusal.ts'
import type { Settings } from './details.ts'
import type { EntryExercise, PlannedSet, SessionEvent } from './events.ts'
import { checkNumber, checkText, type Findings, same, told, within } from './fields.ts'
import { currentStep, type Guide, isOpen, plannedFor, restOf, type Step, secondsAfter } from './guide.ts'
import { reportUnknown } from './log-session.ts'
import { type PlannedSetFields, plannedSet } from './planned-set.ts'
import { discarded, noSession, type SessionState } from './session.ts'
import { type Quantity, quantitiesOf } from './set-facts.ts'

export const guideLimits = {
  reasonLength: 500,
  noteLength: 500,
  restSeconds: { minimum: 0, maximum: 3600, multipleOf: 1 },
} as const

/** What a set that is told for a step names: that it is the current one, and of its exercise. */
export function stepTold(
  state: SessionState,
  { stepId, exerciseId }: { stepId?: string | undefined; exerciseId?: string | undefined },
): Step | Refusal {
  const found = whereIn(state)
  if (isRefusal(found)) return found
  const { step } = found
  return step.stepId === stepId && (exerciseId ?? step.exerciseId) === step.exerciseId
    ? step
    : notCurrent(step)
}

export type SkipSteps = {
  stepId: string
  /** All that is left of the step's planned exercise. */
  whole?: boolean | undefined
  reason?: string | undefined
}

export function skipSteps(state: SessionState, command: SkipSteps): SessionEvent[] | Refusal {
  const found = whereIn(state, command.stepId)
  if (isRefusal(found)) return found
  const { guide, step } = found
  const reason = command.reason?.trim()
  const findings: Findings = { at: '', errors: [] }
  checkText(findings, 'reason', reason, guideLimits.reasonLength)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  return byExercise(command.whole ? leftOf(guide, step) : [step]).map((steps) => ({
    type: 'StepsSkipped',
    data: { stepIds: steps.map(({ stepId }) => stepId), ...countedOf(guide, steps), ...told({ reason }) },
  }))
}

export type SwapSteps = {
  stepId: string
  /** Undefined for what is no exercise that this person can log. */
  exercise: EntryExercise | undefined
}

/** What is left of the step's planned exercise is done with another exercise, under new ids. */
export function swapSteps(state: SessionState, { stepId, exercise }: SwapSteps): SessionEvent[] | Refusal {
  const found = whereIn(state, stepId)
  if (isRefusal(found)) return found
  const { guide, step } = found
  const findings: Findings = { at: '', errors: [] }
  if (exercise === undefined) {
    reportUnknown(findings)
    return refuseFields(findings.errors)
  }
  const others = leftOf(guide, step).filter(({ exerciseId }) => exerciseId !== exercise.exerciseId)
  return byExercise(others).map((steps) => {
    const { exerciseId: swappedExerciseId, workingSets } = countedOf(guide, steps)
    const swaps = steps.map((swapped) => ({
      swapped: swapped.stepId,
      stepId: idAfter(swapped.stepId),
      target: targetWith(guide, swapped, exercise),
    }))
    return { type: 'StepsSwapped', data: { ...exercise, swappedExerciseId, workingSets, steps: swaps } }
  })
}

export type AdjustStep = {
  stepId: string
  note: string
  /** In place of what the step aims at, as a whole. */
  target?: PlannedSetFields | undefined
  settings: Settings
}

export function adjustStep(state: SessionState, command: AdjustStep): SessionEvent[] | Refusal {
  const found = whereIn(state, command.stepId)
  if (isRefusal(found)) return found
  const { stepId, exerciseId, metric, target: before, note: noted } = found.step
  const findings: Findings = { at: '', errors: [] }
  const note = command.note.trim()
  checkText(findings, 'note', note, guideLimits.noteLength)
  const { target: fields, settings } = command
  const target = fields && plannedSet(within(findings, '/target'), fields, metric, settings.units)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  if (note === noted && same(target ?? before, before)) return []
  return [{ type: 'StepAdjusted', data: { stepId, exerciseId, note, ...told({ target }) } }]
}

export type SetRest = { now: string; seconds: number }

/** The rest ends so many seconds from now, or at once. */
export function setRest(state: SessionState, { now, seconds }: SetRest): SessionEvent[] | Refusal {
  const found = whereIn(state)
  if (isRefusal(found)) return found
  const findings: Findings = { at: '', errors: [] }
  checkNumber(findings, 'seconds', seconds, guideLimits.restSeconds)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  const endsAt = seconds === 0 ? undefined : secondsAfter(now, seconds)
  if (endsAt === restOf(state, now)) return []
  return [{ type: 'RestSet', data: { endsAt: endsAt ?? null } }]
}

/** The guide and its current step, or why there is none to do anything with. */
function whereIn(state: SessionState, stepId?: string): { guide: Guide; step: Step } | Refusal {
  if (state.status === 'none') return noSession()
  if (state.status === 'discarded') return discarded()
  if (state.guide === undefined) return noGuide()
  const step = currentStep(state)
  if (step === undefined || step.stepId !== (stepId ?? step.stepId)) return notCurrent(step)
  return { guide: state.guide, step }
}

/** The steps of the planned exercise that are still to be done. */
function leftOf({ steps }: Guide, { exercise }: Step): Step[] {
  return steps.filter((step) => step.exercise === exercise && isOpen(step))
}

/** Where a step was opened again after a swap, one planned exercise is two for the rest of it. */
function byExercise(steps: readonly Step[]): Step[][] {
  return [...Map.groupBy(steps, ({ exerciseId }) => exerciseId).values()]
}

/** Whether a set counts as one to be done hangs on the plan: an adjustment moves no count. */
function countedOf(guide: Guide, steps: readonly Step[]) {
  const { exerciseId } = steps[0] as Step
  const working = steps.filter((step) => plannedAt(guide, step).kind !== 'warmup')
  return { exerciseId, workingSets: working.length }
}

function plannedAt(guide: Guide, step: Step): PlannedSet {
  return plannedFor(guide, step).sets[step.set] as PlannedSet
}

/** `7`, `7.1`, `7.2`, .. */
export function idAfter(stepId: string): string {
  const [number, swaps = '0'] = stepId.split('.')
  return `${number}.${Number(swaps) + 1}`
}

/**
 * What fits the new exercise; weight and distance are its own, which the plan knows of the exercise that it
 * names. What the exercise swapped had no place for is as it was planned.
 */
function targetWith(guide: Guide, step: Step, { exerciseId, metric }: EntryExercise): PlannedSet {
  const before = plannedAt(guide, step)
  const own = exerciseId === plannedFor(guide, step).exerciseId && loadOf(before)
  const aimed = (quantity: Quantity) => (quantitiesOf[step.metric].includes(quantity) ? step.target : before)
  const fits = (quantity: Quantity) => quantitiesOf[metric].includes(quantity)
  const { kind, rpe } = step.target
  const { reps, repsMin, repsMax }: Partial<PlannedSet> = fits('reps') ? aimed('reps') : {}
  const { durationSeconds }: Partial<PlannedSet> = fits('durationSeconds') ? aimed('durationSeconds') : {}
  return { kind, ...told({ reps, repsMin, repsMax, durationSeconds, rpe }), ...own }
}

function loadOf(set: PlannedSet): Partial<PlannedSet> {
  const { weight, weightUnit, weightMicrograms, distance, distanceUnit, distanceMillimeters } = set
  return told({ weight, weightUnit, weightMicrograms, distance, distanceUnit, distanceMillimeters })
}

export function noGuide(): Refusal {
  return refuse('no-guide', 'This session is not done by a day of a plan.')
}

function notCurrent(step: Step | undefined): Refusal {
  const detail = step ? `Step ${step.stepId} is the current one.` : 'No step is left to be done.'
  return refuse('step-not-current', detail)
}
