// These shapes are on disk for ever: add optional fields, never rename or remove one.
import type { MeasurementKind } from '../measurement/events.ts'

export const goalKinds = [
  'body-weight',
  'measurement',
  'lift',
  'reps',
  'distance',
  'duration',
  'frequency',
  'custom',
] as const
export type GoalKind = (typeof goalKinds)[number]

export const directions = ['up', 'down'] as const
export type Direction = (typeof directions)[number]

export type GoalDetails = {
  kind: GoalKind
  title: string
  exerciseId?: string
  measurementKind?: MeasurementKind
  /** In `unit`, as entered. */
  target: number
  unit: string
  /** As given or, without that, the best value there was when the goal was set; absent where none was. */
  start?: number
  /** Absent where it follows from start and target. */
  direction?: Direction
  dueOn?: string
}

/** A change names only what changed; null clears an optional field. */
export type GoalChange = {
  [K in Exclude<
    keyof GoalDetails,
    'kind' | 'exerciseId' | 'measurementKind'
  >]?: undefined extends GoalDetails[K] ? GoalDetails[K] | null : GoalDetails[K]
}

export type GoalEvent =
  | { type: 'GoalSet'; data: GoalDetails & { goalId: string; setAt: string } }
  | { type: 'GoalChanged'; data: GoalChange }
  /** Of custom goals alone: all others follow what is logged. */
  | { type: 'GoalProgressed'; data: { value: number; notes?: string; at: string } }
  | { type: 'GoalAbandoned'; data: { at: string } }
  | { type: 'GoalResumed'; data: { at: string } }
  | { type: 'GoalDeleted'; data: Record<string, never> }
