import type { EntryExercise, PlannedExercise, PlannedSet, SessionEvent } from './events.ts'
import { told } from './fields.ts'

/** How a step came to an end; one that is `open` is still to be done. */
export type StepStatus = 'open' | 'done' | 'skipped'

/** One set of the plan's day on its way: what was planned stays beside what is aimed at now, and was done. */
export type Step = EntryExercise & {
  /** The number of the step in the order of doing, from 1; with `.1`, `.2`, .. after each swap. */
  readonly stepId: string
  /** Of the guide's planned exercises, and in it the set, both from 0. */
  readonly exercise: number
  readonly set: number
  readonly target: PlannedSet
  readonly status: StepStatus
  /** The logged set that fulfilled it. */
  readonly setId?: string
  /** Of an adjustment. */
  readonly note?: string
  /** Of a skip. */
  readonly reason?: string
  /** Seconds of rest after it; 0 where the next of a round follows at once. */
  readonly restSeconds?: number
}

/** What leads through a live session. The current step is the first that is open. */
export type Guide = {
  readonly planned: readonly PlannedExercise[]
  readonly steps: readonly Step[]
  /** When the rest that was begun last ends; it may have passed. */
  readonly restEndsAt?: string
  /** Which entry of the session each planned exercise, by its index and exercise id, goes into. */
  readonly entries: Readonly<Record<string, number>>
  /** The highest number that a step was given: another day goes on behind it, so that no id comes twice. */
  readonly issued: number
}

/** The steps of a day, supersets by rounds; their numbers go on behind `issued`. */
export function guideOf(planned: readonly PlannedExercise[], issued = 0): Guide {
  const groups = Map.groupBy(planned.keys(), (index) => planned[index]?.supersetGroup ?? `alone ${index}`)
  const steps = [...groups.values()]
    .flatMap((members) => roundsOf(planned, members))
    .map((step, index) => ({ ...step, stepId: `${issued + index + 1}` }))
  return { planned, steps, entries: {}, issued: issued + steps.length }
}

/** One set of each member in turn; an exercise that stands alone is a group of one. */
function roundsOf(planned: readonly PlannedExercise[], members: readonly number[]): Omit<Step, 'stepId'>[] {
  const group = members.map((index) => ({ index, ...(planned[index] as PlannedExercise) }))
  const rests = group.flatMap(({ restSeconds }) => restSeconds ?? [])
  const longest = rests.length === 0 ? undefined : Math.max(...rests)
  const rounds = Math.max(...group.map(({ sets }) => sets.length))
  return Array.from({ length: rounds }, (_, set) => {
    const round = group.filter(({ sets }) => set < sets.length)
    return round.map(({ index, exerciseId, exerciseName, metric, sets, restSeconds = longest }, place) => {
      const rest = place < round.length - 1 ? 0 : restSeconds
      return {
        ...{ exerciseId, exerciseName, metric, exercise: index, set },
        target: sets[set] as PlannedSet,
        status: 'open' as const,
        ...(rest !== undefined && { restSeconds: rest }),
      }
    })
  }).flat()
}

type Guided = { readonly status: string; readonly guide?: Guide }

/** The step that is to be done now; none where all are done or skipped, or the session is not live. */
export function currentStep({ status, guide }: Guided): Step | undefined {
  return status === 'active' ? guide?.steps.find(isOpen) : undefined
}

/** The step that comes after the current one. */
export function nextStep({ status, guide }: Guided): Step | undefined {
  return status === 'active' ? guide?.steps.filter(isOpen)[1] : undefined
}

/** When the rest that is on at that time ends; undefined where none is. */
export function restOf(state: Guided, now: string): string | undefined {
  const endsAt = state.guide?.restEndsAt
  return endsAt !== undefined && endsAt > now && currentStep(state) !== undefined ? endsAt : undefined
}

export function isOpen({ status }: Step): boolean {
  return status === 'open'
}

export function plannedFor({ planned }: Guide, { exercise }: Step): PlannedExercise {
  return planned[exercise] as PlannedExercise
}

/** Each planned exercise goes into one entry for each exercise that it became. */
function keyOf({ exercise, exerciseId }: Step): string {
  return `${exercise}:${exerciseId}`
}

/** Where a set goes, and the facts that are of its step. */
export type Place = {
  readonly entry: number
  readonly exercise: EntryExercise | undefined
  readonly stepId?: string
  readonly restEndsAt?: string
  readonly supersetGroup?: number
}

/**
 * Where in the session the set of a step goes, and what it begins there: a rest if another step follows, and
 * the superset of an entry that it opens. An entry that is there already is joined, if none of the guide's
 * other exercises has.
 */
export function placeOfStep(
  guide: Guide,
  step: Step,
  exercises: readonly EntryExercise[],
  now: string,
): Place {
  const taken = Object.values(guide.entries)
  const free = exercises.findLastIndex(
    ({ exerciseId, metric }, entry) =>
      exerciseId === step.exerciseId && metric === step.metric && !taken.includes(entry),
  )
  const entry = guide.entries[keyOf(step)] ?? (free === -1 ? exercises.length : free)
  const standing = exercises[entry]
  const supersetGroup = standing ? undefined : plannedFor(guide, step).supersetGroup
  const { stepId, restSeconds = 0 } = step
  const follows = guide.steps.some((other) => isOpen(other) && other.stepId !== stepId)
  const restEndsAt = follows && restSeconds > 0 ? secondsAfter(now, restSeconds) : undefined
  return { entry, exercise: standing ?? step, stepId, ...told({ restEndsAt, supersetGroup }) }
}

export function secondsAfter(now: string, seconds: number): string {
  return new Date(Date.parse(now) + seconds * 1000).toISOString()
}

type DataOf<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>['data']

export function afterSet(
  guide: Guide,
  {
    stepId,
    setId,
    entry,
    restEndsAt,
  }: Pick<DataOf<'SetLogged'>, 'stepId' | 'setId' | 'entry' | 'restEndsAt'>,
): Guide {
  const entries = { ...guide.entries }
  const steps = guide.steps.map((step) => {
    if (step.stepId !== stepId) return step
    entries[keyOf(step)] = entry
    return { ...step, status: 'done' as const, setId }
  })
  return resting({ ...guide, steps, entries }, restEndsAt)
}

/** The step that the set fulfilled is to be done again. */
export function afterDeletion(guide: Guide, setId: string): Guide {
  const steps = guide.steps.map((step) => {
    if (step.setId !== setId) return step
    const { setId: _, ...open } = step
    return { ...open, status: 'open' as const }
  })
  return { ...guide, steps }
}

export function afterSkip(guide: Guide, { stepIds, reason }: DataOf<'StepsSkipped'>): Guide {
  const why = reason !== undefined && { reason }
  const steps = guide.steps.map((step) =>
    stepIds.includes(step.stepId) ? { ...step, status: 'skipped' as const, ...why } : step,
  )
  return resting({ ...guide, steps }, steps.some(isOpen) ? guide.restEndsAt : undefined)
}

/** What was noted of the target went with it. */
export function afterSwap(guide: Guide, { steps: swaps, ...data }: DataOf<'StepsSwapped'>): Guide {
  const { exerciseId, exerciseName, metric } = data
  const steps = guide.steps.map((step) => {
    const swap = swaps.find(({ swapped }) => swapped === step.stepId)
    if (swap === undefined) return step
    const { note: _, ...about } = step
    return { ...about, exerciseId, exerciseName, metric, stepId: swap.stepId, target: swap.target }
  })
  return { ...guide, steps }
}

export function afterAdjust(guide: Guide, { stepId, note, target }: DataOf<'StepAdjusted'>): Guide {
  const steps = guide.steps.map((step) =>
    step.stepId === stepId ? { ...step, note, target: target ?? step.target } : step,
  )
  return { ...guide, steps }
}

export function resting({ restEndsAt: _, ...guide }: Guide, endsAt: string | undefined): Guide {
  return endsAt === undefined ? guide : { ...guide, restEndsAt: endsAt }
}
