// What the client reads of the server's documents; there may be more in them.
import type { Metric } from '../../domain/exercise/events.ts'
import type { PlannedSet, SetFacts } from '../../domain/session/events.ts'
import type { Units } from '../../domain/user/events.ts'

type Integers = 'weightMicrograms' | 'distanceMillimeters'

export type Target = Partial<Omit<PlannedSet, Integers>>
/** The quantities of a set as they were entered. */
export type Amounts = Partial<Omit<SetFacts, Integers | 'setId'>>
export type LoggedSet = Amounts & { id: string; exerciseId?: string; stepId?: string; deleted?: boolean }
export type PreviousSet = Amounts & { localDate: string }

export type Step = {
  id: string
  exerciseId: string
  name: string
  metric: Metric
  notes: string | null
  supersetGroup: number | null
  /** From 1, within its exercise. */
  setNumber: number
  setsTotal: number
  target: Target
  previous: PreviousSet | null
  restSeconds: number | null
  note: string | null
}

export type Rest = { endsAt: string } | null
export type Progress = { setsDone: number; setsSkipped: number; setsTotal: number }
export type Status = 'active' | 'finished' | 'discarded'

export type GuideDocument = {
  version: number
  step: Step | null
  next: Step | null
  rest: Rest
  progress: Progress
  finished: boolean
  steps: Pick<Step, 'exerciseId' | 'name' | 'metric'>[]
}

export type SessionDocument = {
  id: string
  status: Status
  startedAt: string
  planId: string | null
  planDay: number | null
  exercises: { exerciseId: string; name: string; sets: LoggedSet[] }[]
}

export type Snapshot = {
  version: number
  status: Status
  session: SessionDocument
  guide: GuideDocument | null
  finished: boolean
}

/** What one version of the session changed; what it left as it was is not named. */
export type Change = {
  version: number
  type: string
  status: Status
  finished: boolean
  step?: Step | null
  next?: Step | null
  rest?: Rest
  progress?: Progress
  set?: LoggedSet
}

export type RecordDocument = {
  exerciseId: string
  name: string
  kind: string
  value: number
  unit: string
  reps?: number
  sessionId: string
  previous?: number
}

export type PlanDocument = {
  id: string
  number: number
  name: string
  days: { name: string; exercises: { name: string; sets: unknown[] }[] }[]
}

export type ExerciseDocument = { id: string; name: string; metric: Metric }
export type Person = { units: Units }
export type Page<T> = { items: T[]; next?: string }
export type Login = { accessToken: string; expiresIn: number; refreshToken: string }
