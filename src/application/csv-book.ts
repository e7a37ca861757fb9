import { isRefusal, type Refusal, refuseFields } from '../domain/refusal.ts'
import { type Dialect, type Header, headerOf } from './csv-columns.ts'
import { loosened } from './csv-metrics.ts'
import type { CsvRow, Defaults } from './csv-row-set.ts'
import { readRow } from './csv-rows.ts'
import { gatherWorkouts, type PlacedSet, type Workout } from './csv-workouts.ts'

export const csvLimits = { bytes: 32 * 1024 * 1024, rows: 200_000 } as const

export const outcomes = ['imported', 'duplicate', 'refused', 'skipped'] as const

/** What became of a row, by its line in the file; with the reason wherever it was not simply taken. */
export type RowOutcome = {
  line: number
  outcome: (typeof outcomes)[number]
  reason?: string
  /** What was changed so that it fits. */
  changes?: readonly string[]
  sessionId?: string
  setId?: string
}

/** A file as it was read: its workouts, and the rows that tell of no set. */
export type Book = { dialect: Dialect; workouts: Workout[]; others: RowOutcome[]; rows: number }

export function setsOf({ workouts }: Book): PlacedSet[] {
  return workouts.flatMap(({ entries }) => entries.flatMap(({ sets }) => sets))
}

export async function readBook(
  rows: AsyncIterable<CsvRow | Refusal>,
  defaults: Defaults,
): Promise<Book | Refusal> {
  const gathered = gatherWorkouts()
  const others: RowOutcome[] = []
  let header: Header | undefined
  let count = 0
  for await (const row of rows) {
    if (isRefusal(row)) return row
    if (header === undefined) {
      header = headerOf(row.fields)
      if (header === undefined) return unknownHeader(row.fields)
      continue
    }
    count += 1
    if (count > csvLimits.rows)
      return wrongFile('too-many', `At most ${csvLimits.rows} rows can be taken in.`)
    const { line } = row
    const read = readRow(header, row, defaults)
    if ('refused' in read) others.push({ line, outcome: 'refused', reason: read.refused })
    else if ('skipped' in read) {
      if ('note' in read) gathered.note(read.note)
      others.push({ line, outcome: 'skipped', reason: read.skipped })
    } else {
      gathered.add(read.set.own === undefined ? loosened(read.set) : read.set)
    }
  }
  if (header === undefined) return wrongFile('required', 'The file is empty.')
  return { dialect: header.dialect, workouts: gathered.workouts(), others, rows: count }
}

function unknownHeader(fields: readonly string[]): Refusal {
  const found = fields.join(', ').slice(0, 200)
  return wrongFile(
    'unknown-format',
    `The header is of no program that is known: ${found}. Known are the exports of Strong (Date, Workout ` +
      'Name, Exercise Name, Set Order, ..), of Hevy (title, start_time, end_time, exercise_title, ..), of ' +
      'FitNotes (Date, Exercise, Category, ..) and of RepLedger (session_id, started_at, ..).',
  )
}

export function wrongFile(code: string, message: string): Refusal {
  return refuseFields([{ pointer: '', code, message }])
}
