import { type SetDocument, setDocument } from './document.ts'
import type { PlannedSet } from './events.ts'
import { currentStep, type Guide, nextStep, plannedFor, restOf, type Step } from './guide.ts'
import { plannedSetDocument } from './planned-set.ts'
import type { KnownSession } from './session.ts'

/** A set of another session, to be held against. */
export type PreviousSet = SetDocument & { sessionId: string; localDate: string }

/** What a step shows besides what the session knows. */
export type StepBackground = { instructions: readonly string[]; previous: PreviousSet | null }

export type StepDocument = ReturnType<typeof stepDocument>
export type GuideDocument = ReturnType<typeof guideDocument>

/** A step of a guided session with all that is needed to do it. */
export function stepDocument(
  { guide }: KnownSession,
  step: Step,
  { instructions, previous }: StepBackground,
) {
  const { notes, supersetGroup } = plannedFor(guide as Guide, step)
  return {
    ...namesOf(step),
    instructions,
    notes: notes ?? null,
    supersetGroup: supersetGroup ?? null,
    ...placeOf(guide as Guide, step),
    target: plannedSetDocument(step.target),
    previous,
    restSeconds: step.restSeconds ?? null,
    note: step.note ?? null,
  }
}

export function progressOf({ steps }: Guide) {
  const count = (wanted: Step['status']) => steps.filter(({ status }) => status === wanted).length
  return { setsDone: count('done'), setsSkipped: count('skipped'), setsTotal: steps.length }
}

/** A guided session's way as it is shown: where it stands, and every step with what was planned and done. */
export function guideDocument(
  state: KnownSession,
  version: number,
  now: string,
  backgroundOf: (step: Step) => StepBackground,
) {
  const guide = state.guide as Guide
  const [step, next] = [currentStep(state), nextStep(state)]
  const endsAt = restOf(state, now)
  const sets = setsOf(state)
  return {
    sessionId: state.opening.sessionId,
    version,
    step: step ? stepDocument(state, step, backgroundOf(step)) : null,
    next: next ? stepDocument(state, next, backgroundOf(next)) : null,
    rest: endsAt === undefined ? null : { endsAt },
    progress: progressOf(guide),
    finished: step === undefined,
    steps: guide.steps.map((one) => ({
      ...namesOf(one),
      ...placeOf(guide, one),
      status: one.status,
      target: plannedSetDocument(one.target),
      planned: plannedOf(guide, one),
      note: one.note ?? null,
      reason: one.reason ?? null,
      set: sets.get(one.setId) ?? null,
    })),
  }
}

function namesOf({ stepId, exerciseId, exerciseName, metric }: Step) {
  return { id: stepId, exerciseId, name: exerciseName, metric }
}

/** Which set of its planned exercise it is. */
function placeOf(guide: Guide, step: Step) {
  return { setNumber: step.set + 1, setsTotal: plannedFor(guide, step).sets.length }
}

function plannedOf(guide: Guide, step: Step) {
  const { exerciseId, exerciseName, sets } = plannedFor(guide, step)
  return { exerciseId, name: exerciseName, target: plannedSetDocument(sets[step.set] as PlannedSet) }
}

/** By their ids the sets as they stand. */
function setsOf({ entries }: KnownSession): Map<string | undefined, SetDocument> {
  const facts = entries.flatMap(({ sets }) => sets.flatMap((set) => set.facts ?? []))
  return new Map(facts.map((set) => [set.setId, setDocument(set)]))
}
