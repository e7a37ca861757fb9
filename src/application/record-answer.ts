import type { Formula } from '../domain/statistics/one-rep-max.ts'
import type { RecordKind } from '../domain/statistics/records.ts'
import type { Units } from '../domain/user/events.ts'
import { measureOf } from './record-units.ts'
import type { NamedBest, RecordPlace } from './records.ts'

export type RecordAnswer = {
  exerciseId: string
  name: string
  kind: RecordKind
  value: number
  unit: string
  reps?: number
  formula?: Formula
  achievedAt: string
  sessionId: string
  setId: string
  previous?: number
}

/** By exercise, kind and reps. */
export function compareRecords(a: RecordAnswer | RecordPlace, b: RecordAnswer | RecordPlace) {
  if (a.exerciseId !== b.exerciseId) return a.exerciseId < b.exerciseId ? -1 : 1
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1
  return (a.reps ?? 0) - (b.reps ?? 0)
}

export function recordAnswer(best: NamedBest, units: Units): RecordAnswer {
  const { exerciseId, exerciseName, kind, formula, reps, value, previous } = best
  const { achievedAt, sessionId, setId } = best
  const [unit, convert] = measureOf(kind, units)
  return {
    exerciseId,
    name: exerciseName,
    kind,
    value: convert(value),
    unit,
    ...(reps > 0 && { reps }),
    ...(formula !== '' && { formula }),
    achievedAt,
    sessionId,
    setId,
    ...(previous !== null && { previous: convert(previous) }),
  }
}
