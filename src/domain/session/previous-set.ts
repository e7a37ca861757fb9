import { setDocument } from './document.ts'
import type { SetFacts, SetKind } from './events.ts'
import type { Guide, Step } from './guide.ts'
import type { PreviousSet } from './guide-document.ts'

/** The sets of one exercise as they were done last, in order. */
export type LastTime = { sessionId: string; localDate: string; sets: readonly SetFacts[] }

/**
 * The set of last time that a step is to be held against: warm-ups against warm-ups, the others against the
 * others, the first against the first and so on as they stand in the plan, and what is more against the last.
 */
export function previousSet({ steps }: Guide, step: Step, last: LastTime | undefined): PreviousSet | null {
  if (last === undefined) return null
  const { sets, ...where } = last
  const isAlike = ({ kind }: { kind: SetKind }) => (kind === 'warmup') === (step.target.kind === 'warmup')
  const before = steps.filter(
    (other) => other.exerciseId === step.exerciseId && isAlike(other.target) && isBefore(other, step),
  )
  const alike = sets.filter(isAlike)
  const set = alike[before.length] ?? alike.at(-1)
  return set === undefined ? null : { ...setDocument(set), ...where }
}

/** In the plan, which supersets do not follow. */
function isBefore(one: Step, other: Step): boolean {
  return one.exercise < other.exercise || (one.exercise === other.exercise && one.set < other.set)
}
