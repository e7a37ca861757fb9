import { nameKey } from '../domain/exercise/exercise.ts'
import { type Book, type RowOutcome, setsOf } from './csv-book.ts'
import type { Dialect } from './csv-columns.ts'
import type { NamedExercise } from './csv-exercises.ts'

/** What became of a file, row by row. */
export type CsvReport = {
  dialect: Dialect
  /** True where nothing was written: it tells what would be. */
  dryRun: boolean
  /** What the file holds, besides its header. */
  file: { rows: number; sets: number; workouts: number; exercises: number; reps: number }
  imported: number
  duplicates: number
  refused: number
  skipped: number
  exercises: NamedExercise[]
  rows: RowOutcome[]
}

type Parts = { dryRun: boolean; rows: readonly RowOutcome[]; named: NamedExercise[] }

export function reportOf(book: Book, { dryRun, rows, named }: Parts): CsvReport {
  const sets = setsOf(book)
  const count = (outcome: RowOutcome['outcome']) => rows.filter((row) => row.outcome === outcome).length
  return {
    ...{ dialect: book.dialect, dryRun },
    file: {
      ...{ rows: book.rows, sets: sets.length, workouts: book.workouts.length },
      exercises: new Set(sets.map(({ exercise }) => nameKey(exercise))).size,
      reps: sets.reduce((sum, { fields }) => sum + (fields.reps ?? 0), 0),
    },
    ...{ imported: count('imported'), duplicates: count('duplicate') },
    ...{ refused: count('refused'), skipped: count('skipped') },
    exercises: named,
    rows: rows.toSorted((left, right) => left.line - right.line),
  }
}
