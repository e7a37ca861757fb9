import type { Direction, GoalKind } from './events.ts'
import type { Goal } from './goal.ts'
import { type DatedValue, progressOf, type Today } from './progress.ts'
import { valueFrom } from './scale.ts'

export type GoalDocument = {
  id: string
  kind: GoalKind
  title: string
  exerciseId: string | null
  measurementKind: string | null
  target: number
  unit: string
  start: number | null
  current: number | null
  progress: number
  direction: Direction | null
  dueOn: string | null
  status: 'active' | 'achieved' | 'abandoned'
  achievedAt: string | null
  forecastOn: string | null
  setAt: string
  version: number
}

/** The goal as it is shown at a version, its numbers in its own unit. */
export function goalDocument(
  goal: Goal,
  version: number,
  values: readonly DatedValue[],
  day: Today,
): GoalDocument {
  const { goalId, setAt, details } = goal
  const { kind, title, exerciseId = null, measurementKind = null, target, unit, dueOn = null } = details
  const { start, current, ...rest } = progressOf(goal, values, day)
  const shown = (count: number | null) => (count === null ? null : valueFrom(count, details))
  return {
    id: goalId,
    kind,
    title,
    exerciseId,
    measurementKind,
    target,
    unit,
    start: details.start ?? shown(start),
    current: shown(current),
    ...rest,
    dueOn,
    setAt,
    version,
  }
}
