import type { DistanceUnit, WeightUnit } from '../domain/session/events.ts'
import { distanceUnitOf, plainWords, weightUnitOf } from './csv-texts.ts'

export const dialects = ['strong', 'hevy', 'fitnotes', 'repledger'] as const
export type Dialect = (typeof dialects)[number]

/** What a column may tell, whatever it is called. */
const words = {
  date: ['date', 'start time', 'datum', 'data', 'fecha', '日期'],
  end: ['end time'],
  title: [
    ...['workout name', 'title', 'trainingsname', 'name des trainings', 'name des workouts'],
    ...['nom de l entrainement', 'nom du workout', 'nome do treino', 'nombre del entrenamiento'],
    ...['训练名称', '锻炼名称'],
  ],
  exercise: [
    ...['exercise name', 'exercise title', 'exercise', 'name der ubung', 'ubungsname', 'ubung'],
    ...['nom de l exercice', 'exercice', 'nome do exercicio', 'exercicio', 'nombre del ejercicio'],
    ...['ejercicio', '练习名称', '动作名称', '运动名称'],
  ],
  order: [
    ...['set order', 'set index', 'satzreihenfolge', 'reihenfolge der satze', 'satz'],
    ...['ordre des series', 'ordre de la serie', 'ordem da serie', 'ordem das series'],
    ...['orden de la serie', 'orden de las series', '组序', '组顺序', '组数'],
  ],
  kind: ['set type', 'kind'],
  weight: ['weight', 'gewicht', 'poids', 'peso', '重量'],
  weightUnit: [
    ...['weight unit', 'gewichtseinheit', 'unite de poids', 'unidade de peso', 'unidad de peso', '重量单位'],
  ],
  reps: [...['reps', 'wiederholungen', 'wdh', 'repetitions', 'repeticoes', 'repeticiones', '次数']],
  rpe: ['rpe'],
  distance: ['distance', 'entfernung', 'distanz', 'strecke', 'distancia', '距离'],
  distanceUnit: [
    ...['distance unit', 'entfernungseinheit', 'distanzeinheit', 'unite de distance'],
    ...['unidade de distancia', 'unidad de distancia', '距离单位'],
  ],
  seconds: ['seconds', 'duration seconds', 'time', 'sekunden', 'secondes', 'segundos', '秒', '秒数'],
  notes: ['notes', 'comment', 'notizen', 'notas', '备注', '笔记'],
  exerciseNotes: ['exercise notes'],
  workoutNotes: [
    ...['workout notes', 'description', 'trainingsnotizen', 'workout notizen', 'notizen zum training'],
    ...['notes d entrainement', 'notes de l entrainement', 'notas do treino', 'notas del entrenamiento'],
    ...['训练备注', '锻炼备注', '训练笔记'],
  ],
  duration: [
    'duration',
    'workout duration',
    'dauer',
    'trainingsdauer',
    'duree',
    'duracao',
    'duracion',
    '时长',
    '持续时间',
  ],
  superset: ['superset id'],
  category: ['category'],
  number: ['workout', 'workout number'],
} as const
export type Column = keyof typeof words

const known: ReadonlyMap<string, Column> = new Map(
  Object.entries(words).flatMap(([column, names]) => names.map((name) => [name, column as Column])),
)

/** The columns of our own files, in their order. */
export const ownColumns = [
  ...['session_id', 'started_at', 'finished_at', 'time_zone', 'title', 'effort', 'session_notes'],
  ...['body_weight', 'body_weight_unit', 'entry', 'exercise_id', 'exercise', 'metric', 'exercise_notes'],
  ...['superset_group', 'set_id', 'kind', 'reps', 'weight', 'weight_unit', 'duration_seconds', 'distance'],
  ...['distance_unit', 'rpe', 'side', 'set_notes', 'performed_at'],
] as const
export type OwnColumn = (typeof ownColumns)[number]

// A header in a language that is not known is read by place, where what is known of it agrees.
const strongLayouts: readonly (readonly Column[])[] = [
  [
    ...(['date', 'title', 'duration', 'exercise', 'order', 'weight', 'reps', 'distance', 'seconds'] as const),
    ...(['notes', 'workoutNotes', 'rpe'] as const),
  ],
  [
    ...(['date', 'title', 'exercise', 'order', 'weight', 'weightUnit', 'reps', 'rpe', 'distance'] as const),
    ...(['distanceUnit', 'seconds', 'notes', 'workoutNotes', 'duration'] as const),
  ],
  [
    ...(['number', 'date', 'title', 'duration', 'exercise', 'order', 'weight', 'reps', 'rpe'] as const),
    ...(['distance', 'seconds', 'notes', 'workoutNotes'] as const),
  ],
]
const LEAST_KNOWN = 4

export type Header = {
  dialect: Dialect
  names: readonly string[]
  /** Where each thing is told: in several columns where one of them may be blank. */
  places: ReadonlyMap<Column | OwnColumn, readonly number[]>
  /** Where the header says it. */
  weightUnit: WeightUnit | undefined
  distanceUnit: DistanceUnit | undefined
  durationInSeconds: boolean
}

/** What the first row of a file says about the others; undefined where it is of no program that is known. */
export function headerOf(fields: readonly string[]): Header | undefined {
  const names = fields.map((field) => field.trim())
  if (ownColumns.every((name) => names.includes(name))) {
    const places = new Map(ownColumns.map((name) => [name, [names.indexOf(name)]] as const))
    return { dialect: 'repledger', names, places, ...noUnits, durationInSeconds: true }
  }
  const read = names.map(columnOf)
  const columns = byPlace(read.map(({ column }) => column))
  const dialect = dialectOf(new Set(columns))
  if (dialect === undefined) return undefined
  const places = new Map<Column, number[]>()
  for (const [index, column] of columns.entries()) {
    if (column !== undefined) places.set(column, [...(places.get(column) ?? []), index])
  }
  const unitOf = (column: Column) => read[places.get(column)?.[0] ?? -1]?.unit ?? ''
  return {
    ...{ dialect, names, places },
    weightUnit: weightUnitOf(unitOf('weight')),
    distanceUnit: distanceUnitOf(unitOf('distance'))?.[0],
    durationInSeconds: /^s/.test(unitOf('duration')),
  }
}

const noUnits = { weightUnit: undefined, distanceUnit: undefined }

/** `Weight (kg)`, `weight_kg` and `Weight` are one column, the first two with a unit. */
function columnOf(name: string): { column: Column | undefined; unit: string } {
  const whole = known.get(plainWords(name))
  if (whole !== undefined) return { column: whole, unit: '' }
  const [, before = '', unit = ''] = /^(.*?)[\s_]*[(（]?(\p{L}+)[)）]?$/u.exec(name) ?? []
  return { column: known.get(plainWords(before)), unit: plainWords(unit) }
}

function byPlace(columns: readonly (Column | undefined)[]): readonly (Column | undefined)[] {
  const count = columns.filter((column) => column !== undefined).length
  const layout = strongLayouts.find(
    (one) => one.length === columns.length && columns.every((column, at) => (column ?? one[at]) === one[at]),
  )
  return count < LEAST_KNOWN ? columns : (layout ?? columns)
}

function dialectOf(columns: ReadonlySet<Column | undefined>): Dialect | undefined {
  const has = (...names: Column[]) => names.every((name) => columns.has(name))
  if (!has('date', 'exercise')) return undefined
  if (has('title', 'end')) return 'hevy'
  if (has('title', 'order')) return 'strong'
  return has('category') ? 'fitnotes' : undefined
}

/**
 * The cells of a row, one for each column. FitNotes quotes nothing, so a comma in a name makes one cell more:
 * the name ends where what follows can be a weight, its unit and repetitions. Undefined where nothing fits.
 */
export function cellsOf({ dialect, names, places }: Header, fields: readonly string[]) {
  const surplus = fields.length - names.length
  if (surplus <= 0) return fields
  const isBlankBeyond = fields.slice(names.length).every((field) => field.trim() === '')
  if (dialect !== 'fitnotes') return isBlankBeyond ? fields : undefined
  const at = places.get('exercise')?.[0] as number
  const columns: Column[] = ['weight', 'weightUnit', 'reps', 'distance']
  for (let joined = surplus; joined >= 0; joined--) {
    const name = fields.slice(at, at + joined + 1).join(',')
    const cells = [...fields.slice(0, at), name, ...fields.slice(at + joined + 1)]
    const comment = cells.splice(names.length - 1, surplus - joined + 1).join(',')
    const whole = [...cells, comment]
    const fits = columns.every((column) =>
      (places.get(column) ?? []).every((place) => canBe(column, whole[place] ?? '')),
    )
    if (fits && (joined === surplus || places.has('notes'))) return whole
  }
  return isBlankBeyond ? fields : undefined
}

function canBe(column: Column, cell: string): boolean {
  if (cell.trim() === '') return true
  return column === 'weightUnit' ? !/\d/.test(cell) : /^\s*\d+([.,]\d+)?\s*$/.test(cell)
}
