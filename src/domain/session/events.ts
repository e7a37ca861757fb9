// These shapes are on disk for ever: add optional fields, never rename or remove one.
import type { Metric } from '../exercise/events.ts'

export const setKinds = ['warmup', 'working', 'drop', 'failure'] as const
export type SetKind = (typeof setKinds)[number]

export const efforts = ['easy', 'average', 'heavy'] as const
export type Effort = (typeof efforts)[number]

export const sides = ['left', 'right', 'both'] as const
export type Side = (typeof sides)[number]

export type WeightUnit = 'kg' | 'lb'
export type DistanceUnit = 'm' | 'km' | 'mi' | 'yd'

/** What was lifted, run or held: the value and unit as entered are the truth, the integer is for sums. */
export type SetFacts = {
  setId: string
  kind: SetKind
  reps?: number
  weight?: number
  weightUnit?: WeightUnit
  weightMicrograms?: number
  durationSeconds?: number
  distance?: number
  distanceUnit?: DistanceUnit
  distanceMillimeters?: number
  rpe?: number
  side?: Side
  notes?: string
  performedAt?: string
}

/** Name and metric are those of that day, so that history needs no catalogue to be read. */
export type EntryExercise = { exerciseId: string; exerciseName: string; metric: Metric }

/** What a set of a plan aims at; the value and unit as entered are the truth. */
export type PlannedSet = {
  kind: SetKind
  reps?: number
  repsMin?: number
  repsMax?: number
  weight?: number
  weightUnit?: WeightUnit
  weightMicrograms?: number
  durationSeconds?: number
  distance?: number
  distanceUnit?: DistanceUnit
  distanceMillimeters?: number
  rpe?: number
}

export type PlannedExercise = EntryExercise & {
  notes?: string
  restSeconds?: number
  supersetGroup?: number
  sets: PlannedSet[]
}

export type EntryFacts = EntryExercise & { notes?: string; supersetGroup?: number; sets: SetFacts[] }

export type SessionDetails = {
  startedAt: string
  /** IANA name; the local date is the user's day and never moves by itself. */
  timeZone: string
  localDate: string
  finishedAt?: string
  title?: string
  notes?: string
  effort?: Effort
  planId?: string
  planDay?: number
  bodyWeight?: number
  bodyWeightUnit?: WeightUnit
  bodyWeightMicrograms?: number
}

export type SessionOpening = SessionDetails & {
  sessionId: string
  entries: EntryFacts[]
  /** Of a live session the plan's day as it was then, to be guided by: later changes do not count. */
  planned?: PlannedExercise[]
}

/** A change names only what changed; null clears an optional field. */
export type SessionChange = {
  [K in keyof SessionDetails]?: undefined extends SessionDetails[K]
    ? SessionDetails[K] | null
    : SessionDetails[K]
} & {
  /** Of a live session that now follows another day: that day, or null for none. */
  planned?: PlannedExercise[] | null
}

export type SessionEvent =
  | { type: 'SessionStarted'; data: SessionOpening }
  | { type: 'SessionLogged'; data: SessionOpening & { finishedAt: string } }
  /** `entry` counts the session's exercises from 0 in the order of their opening. */
  | {
      type: 'SetLogged'
      data: SetFacts &
        EntryExercise & {
          entry: number
          /** The step of the guide that it fulfils, and when the rest after it ends, if there is one. */
          stepId?: string
          restEndsAt?: string
          /** Of the entry that it opens as a step. */
          supersetGroup?: number
        }
    }
  | { type: 'SetCorrected'; data: SetFacts & { exerciseId: string; entry: number } }
  | { type: 'SetDeleted'; data: { setId: string; exerciseId: string; entry: number } }
  | { type: 'SessionFinished'; data: { finishedAt: string; effort?: Effort; notes?: string } }
  | { type: 'SessionChanged'; data: SessionChange }
  /** `workingSets` are those of the steps that are no warm-ups. */
  | {
      type: 'StepsSkipped'
      data: { stepIds: string[]; exerciseId: string; workingSets: number; reason?: string }
    }
  /** The steps of one exercise that were still to be done, now under new ids with another exercise. */
  | {
      type: 'StepsSwapped'
      data: EntryExercise & {
        swappedExerciseId: string
        workingSets: number
        steps: { swapped: string; stepId: string; target: PlannedSet }[]
      }
    }
  | { type: 'StepAdjusted'; data: { stepId: string; exerciseId: string; note: string; target?: PlannedSet } }
  /** The rest as it was extended, shortened or begun; null where it was ended. */
  | { type: 'RestSet'; data: { endsAt: string | null } }
  | { type: 'SessionDiscarded'; data: Record<string, never> }
  | { type: 'SessionRestored'; data: Record<string, never> }
  /** Workouts told of as a number, on a stream of their own: they count as so many sessions, on one day. */
  | {
      type: 'WorkoutsReported'
      data: {
        sessionId: string
        planId: string
        planNumber: number
        easy: number
        average: number
        heavy: number
        reportedAt: string
        timeZone: string
        localDate: string
      }
    }
