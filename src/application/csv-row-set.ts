import type { Metric } from '../domain/exercise/events.ts'
import type { DistanceUnit, Effort, WeightUnit } from '../domain/session/events.ts'
import type { SetFields } from '../domain/session/set-facts.ts'
import type { Units } from '../domain/user/events.ts'

/** A row of a file as its adapter reads it; lines count from 1. */
export type CsvRow = { line: number; fields: readonly string[] }

/** What is meant where the file does not say it. */
export type Defaults = { units: Units; weightUnit?: WeightUnit; distanceUnit?: DistanceUnit }

/** One set as a row tells it. */
export type RowSet = {
  line: number
  /** A local time, or an instant in our own files. */
  startedAt: string
  title?: string
  workoutNotes?: string
  /** A local time or an instant, or how long it took. */
  end?: string | number
  exercise: string
  order?: number
  exerciseNotes?: string
  supersetGroup?: number
  fields: SetFields
  /** What was changed to fit. */
  changes: string[]
  /** What only our own files tell. */
  own?: OwnFacts
}

export type RowReading =
  | { set: RowSet }
  | { refused: string }
  | { skipped: string }
  /** What is noted of the exercise before. */
  | { skipped: string; note: string }

/** What only our own files tell of a set and its session. */
export type OwnFacts = {
  sessionId: string
  setId: string
  exerciseId: string
  metric: Metric
  entry: number
  timeZone: string
  effort?: Effort
  bodyWeight?: number
  bodyWeightUnit?: WeightUnit
}

export function unreadable(what: string, text: string): string {
  return text === '' ? `It has no ${what}.` : `"${text.slice(0, 40)}" is no ${what} that can be read.`
}
