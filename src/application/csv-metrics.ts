import type { Metric } from '../domain/exercise/events.ts'
import { exerciseLimits } from '../domain/exercise/exercise.ts'
import { type Quantity, quantitiesOf, type SetFields } from '../domain/session/set-facts.ts'
import type { RowSet } from './csv-row-set.ts'

const quantities: readonly Quantity[] = ['reps', 'weight', 'distance', 'durationSeconds']

// What a new exercise can be told in, the plainest first.
const plain: readonly Metric[] = [
  ...([
    'reps',
    'duration',
    'distance-duration',
    'weight-reps',
    'weight-duration',
    'weight-distance',
  ] as const),
]

const wordsOf: Readonly<Record<Metric, string>> = {
  'weight-reps': 'weight and reps',
  'bodyweight-reps': 'body weight',
  'weighted-bodyweight-reps': 'weighted',
  'assisted-bodyweight-reps': 'assisted',
  reps: 'reps',
  duration: 'time',
  'weight-duration': 'weight and time',
  'distance-duration': 'distance',
  'weight-distance': 'weight and distance',
}

const LONGEST_WORDS = 30

/** The name under which those sets of an exercise are kept that are told in other quantities. */
export function besidesName(name: string, metric: Metric): string {
  const room = exerciseLimits.nameLength - LONGEST_WORDS
  return `${[...name].slice(0, room).join('').trim()} (${wordsOf[metric]})`
}

/** Zero is as good as nothing told. */
function told({ fields }: RowSet): Quantity[] {
  return quantities.filter((quantity) => (fields[quantity] ?? 0) !== 0)
}

export function fits(metric: Metric, set: RowSet): boolean {
  return told(set).every((quantity) => quantitiesOf[metric].includes(quantity))
}

/** With what no metric has a place for beside the rest kept as a note: the time first, then the distance. */
export function loosened(set: RowSet): RowSet {
  let loose = set
  for (const quantity of ['durationSeconds', 'distance'] as const) {
    if (plain.some((metric) => fits(metric, loose))) break
    const { [quantity]: value, ...fields } = loose.fields
    const text = quantity === 'distance' ? `${value} ${fields.distanceUnit}` : `${value} s`
    if (quantity === 'distance') delete fields.distanceUnit
    const notes = fields.notes ? `${fields.notes}\n${text}` : text
    loose = { ...loose, fields: { ...fields, notes }, changes: [...loose.changes, `${text} became a note.`] }
  }
  return loose
}

const BODY = /\b(pull|chin|push|muscle)[- ]?ups?\b|\bdips?\b/i
const APPARATUS = /machine|cable|smith/i

/** That of a new exercise of this name: the plainest in which most of the sets can be told. */
export function metricFor(name: string, sets: readonly RowSet[]): Metric {
  const counts = plain.map((metric) => sets.filter((set) => fits(metric, set)).length)
  const metric = plain[counts.indexOf(Math.max(...counts))] as Metric
  if (/assisted/i.test(name) && metric === 'weight-reps') return 'assisted-bodyweight-reps'
  if (!BODY.test(name) || APPARATUS.test(name)) return metric
  if (metric === 'weight-reps') return 'weighted-bodyweight-reps'
  return metric === 'reps' ? 'bodyweight-reps' : metric
}

/** The fields of a set in the quantities of the metric; what it needs and is not told is 0. */
export function fieldsIn(metric: Metric, { fields }: RowSet): SetFields {
  const { reps, weight, weightUnit, durationSeconds, distance, distanceUnit, ...rest } = fields
  const all = { reps, weight, durationSeconds, distance }
  const isOptional = metric === 'distance-duration'
  const isAnyTold = (fields.distance ?? 0) !== 0 || (fields.durationSeconds ?? 0) !== 0
  const measured = Object.fromEntries(
    quantitiesOf[metric].flatMap((quantity) => {
      const value = all[quantity] ?? 0
      if (!isOptional || value !== 0) return [[quantity, value]]
      return !isAnyTold && quantity === 'durationSeconds' ? [[quantity, 0]] : []
    }),
  )
  return {
    ...rest,
    ...measured,
    ...('weight' in measured && { weightUnit }),
    ...('distance' in measured && { distanceUnit }),
  }
}
