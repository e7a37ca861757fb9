import type { Metric } from '../domain/exercise/events.ts'
import { metrics } from '../domain/exercise/events.ts'
import { type Effort, efforts, type SetKind, type Side, setKinds, sides } from '../domain/session/events.ts'
import type { SetFields } from '../domain/session/set-facts.ts'
import { isTimeZone } from '../domain/statistics/calendar.ts'
import type { Header, OwnColumn } from './csv-columns.ts'
import { type OwnFacts, type RowReading, unreadable } from './csv-row-set.ts'
import { distanceUnitOf, weightUnitOf } from './csv-texts.ts'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** A row of a file that we wrote: nothing in it is guessed. */
export function ownRow(header: Header, line: number, cells: readonly string[]): RowReading {
  const cell = (column: OwnColumn) => cells[header.places.get(column)?.[0] ?? -1] ?? ''
  const wrong = fault(cell)
  if (wrong !== undefined) return { refused: unreadable(wrong, cell(wrong)) }
  const number = (column: OwnColumn) => (cell(column) === '' ? undefined : Number(cell(column)))
  const texts = {
    title: cell('title'),
    workoutNotes: cell('session_notes'),
    exerciseNotes: cell('exercise_notes'),
  }
  const fields = {
    ...{ kind: cell('kind') as SetKind, reps: number('reps'), weight: number('weight') },
    ...{ weightUnit: weightUnitOf(cell('weight_unit')), durationSeconds: number('duration_seconds') },
    ...{ distance: number('distance'), distanceUnit: distanceUnitOf(cell('distance_unit'))?.[0] },
    ...{ rpe: number('rpe'), side: cell('side') as Side, notes: cell('set_notes') },
    performedAt: cell('performed_at'),
  }
  const own = {
    ...{ sessionId: cell('session_id'), setId: cell('set_id'), exerciseId: cell('exercise_id') },
    ...{ metric: cell('metric') as Metric, entry: Number(cell('entry')), timeZone: cell('time_zone') },
    ...{ effort: cell('effort') as Effort, bodyWeight: number('body_weight') },
    bodyWeightUnit: weightUnitOf(cell('body_weight_unit')),
  }
  return {
    set: {
      ...{ line, startedAt: cell('started_at'), end: cell('finished_at'), exercise: cell('exercise') },
      ...given(texts),
      ...given({ supersetGroup: number('superset_group') }),
      ...{ fields: given(fields) as SetFields, changes: [], own: given(own) as OwnFacts },
    },
  }
}

/** The first column that does not hold what it must. */
function fault(cell: (column: OwnColumn) => string): OwnColumn | undefined {
  const isNumber = (text: string) => Number.isFinite(Number(text))
  const holds: readonly (readonly [OwnColumn, boolean])[] = [
    ['session_id', UUID.test(cell('session_id'))],
    ['set_id', UUID.test(cell('set_id'))],
    ['started_at', INSTANT.test(cell('started_at'))],
    ['finished_at', INSTANT.test(cell('finished_at'))],
    ['time_zone', isTimeZone(cell('time_zone'))],
    ['entry', /^\d+$/.test(cell('entry'))],
    ['exercise_id', /^[a-z\d]+(-[a-z\d]+)*$/.test(cell('exercise_id'))],
    ['exercise', cell('exercise').trim() !== ''],
    ['metric', metrics.includes(cell('metric') as Metric)],
    ['kind', setKinds.includes(cell('kind') as SetKind)],
    ['effort', ['', ...efforts].includes(cell('effort'))],
    ['side', ['', ...sides].includes(cell('side'))],
    ...(
      ['reps', 'weight', 'duration_seconds', 'distance', 'rpe', 'superset_group', 'body_weight'] as const
    ).map((column) => [column, isNumber(cell(column))] as const),
    ...(['weight_unit', 'body_weight_unit'] as const).map(
      (column) => [column, cell(column) === '' || weightUnitOf(cell(column)) !== undefined] as const,
    ),
    ['distance_unit', cell('distance_unit') === '' || distanceUnitOf(cell('distance_unit')) !== undefined],
  ]
  return holds.find(([, isRight]) => !isRight)?.[0]
}

/** Without what was left blank. */
function given<T extends object>(facts: T): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  return Object.fromEntries(
    Object.entries(facts).filter(([, fact]) => fact !== undefined && fact !== ''),
  ) as never
}
