import { sessionLimits } from '../domain/session/details.ts'
import type { SetKind } from '../domain/session/events.ts'
import { type SetFields, setLimits } from '../domain/session/set-facts.ts'
import { unitsOf } from '../domain/statistics/units.ts'
import { userLimits } from '../domain/user/user.ts'
import { type Column, cellsOf, type Header } from './csv-columns.ts'
import { ownRow } from './csv-own-rows.ts'
import { type CsvRow, type Defaults, type RowReading, unreadable } from './csv-row-set.ts'
import {
  distanceUnitOf,
  lengthSecondsOf,
  localTimeOf,
  numberOf,
  plainWords,
  secondsOf,
  snapped,
  weightUnitOf,
} from './csv-texts.ts'

const kinds: Readonly<Record<string, SetKind>> = {
  ...{ normal: 'working', working: 'working', warmup: 'warmup', w: 'warmup', drop: 'drop', d: 'drop' },
  ...{ dropset: 'drop', failure: 'failure', f: 'failure' },
}

/** Reads a row by what its header says. */
export function readRow(header: Header, row: CsvRow, defaults: Defaults): RowReading {
  if (row.fields.every((field) => field.trim() === '')) return { skipped: 'The row is blank.' }
  if (row.fields.every((field, index) => field.trim() === header.names[index])) {
    return { skipped: 'It is the header again.' }
  }
  const cells = cellsOf(header, row.fields)
  if (cells === undefined)
    return { refused: `It has ${row.fields.length} fields, not ${header.names.length}.` }
  if (header.dialect === 'repledger') return ownRow(header, row.line, cells)
  const cell = (column: Column) => {
    const places = header.places.get(column) ?? []
    return cells[places.find((place) => cells[place]?.trim()) ?? -1]?.trim() ?? ''
  }
  const order = plainWords(cell('order'))
  if (order === 'rest timer') return { skipped: 'A rest is no set.' }
  if (order === 'note') return { skipped: 'It is kept with the exercise.', note: cell('notes') }
  const startedAt = localTimeOf(cell('date'))
  if (startedAt === undefined) return { refused: unreadable('time', cell('date')) }
  const changes: string[] = []
  const exercise = textOf(cell('exercise'), userLimits.exerciseNameLength - 100, changes)
  if (exercise === '') return { refused: 'It names no exercise.' }
  const measured = measuredIn(header, cell, defaults, changes)
  if (typeof measured === 'string') return { refused: measured }
  const kind = kindOf(cell('kind') || order, changes)
  const rpe = rpeOf(cell('rpe'), changes)
  const notes = textOf(cell('notes'), setLimits.notesLength, changes)
  const superset = numberOf(cell('superset'))
  return {
    set: {
      ...{ line: row.line, startedAt, exercise, changes },
      ...withText('title', textOf(cell('title'), sessionLimits.titleLength, changes)),
      ...withText('workoutNotes', textOf(cell('workoutNotes'), sessionLimits.notesLength, changes)),
      ...withText('exerciseNotes', textOf(cell('exerciseNotes'), sessionLimits.notesLength, changes)),
      ...endOf(header, cell, changes),
      ...(/^\d+$/.test(order) && { order: Number(order) }),
      ...(superset !== undefined && { supersetGroup: superset }),
      fields: { kind, ...measured, ...(rpe !== undefined && { rpe }), ...withText('notes', notes) },
    },
  }
}

/** Without control characters, and no longer than it may be. */
export function textOf(text: string, length: number, changes: string[]): string {
  const clean = text.replace(/[^\P{C}\n\t]/gu, '').trim()
  const characters = [...clean]
  if (characters.length <= length) return clean
  changes.push(`A text was cut to ${length} characters.`)
  return `${characters.slice(0, length - 1).join('')}…`
}

export function withText<K extends string>(name: K, text: string): { [N in K]?: string } {
  return (text === '' ? {} : { [name]: text }) as { [N in K]?: string }
}

type Cell = (column: Column) => string

/** The quantities, of which 0 is as good as none; or why they cannot be read. */
function measuredIn(header: Header, cell: Cell, defaults: Defaults, changes: string[]): SetFields | string {
  const told = {
    weight: numberOf(cell('weight')),
    reps: numberOf(cell('reps')),
    distance: numberOf(cell('distance')),
    durationSeconds: secondsOf(cell('seconds')),
  }
  for (const [name, number] of Object.entries(told)) {
    const column = name === 'durationSeconds' ? 'seconds' : (name as Column)
    if (Number.isNaN(number)) return unreadable(name, cell(column))
  }
  const unitTold = cell('weightUnit')
  const weightUnit =
    header.weightUnit ??
    (unitTold === '' ? (defaults.weightUnit ?? unitsOf[defaults.units].weight) : weightUnitOf(unitTold))
  if (weightUnit === undefined) return unreadable('unit of weight', unitTold)
  const distanceTold = cell('distanceUnit')
  const distanceUnit: ReturnType<typeof distanceUnitOf> =
    header.distanceUnit !== undefined
      ? [header.distanceUnit, 1]
      : distanceTold === ''
        ? [defaults.distanceUnit ?? unitsOf[defaults.units].distance, 1]
        : distanceUnitOf(distanceTold)
  if (distanceUnit === undefined) return unreadable('unit of distance', distanceTold)
  const { weight, distance, reps, durationSeconds } = told
  const entered = weight === undefined ? undefined : snapped(weight, weightUnit)
  if (entered !== undefined && entered.weight !== weight)
    changes.push(`${weight} ${weightUnit} was ${entered.weight} ${entered.weightUnit}.`)
  return {
    ...entered,
    ...(reps !== undefined && { reps }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(distance !== undefined && { distance: distance * distanceUnit[1], distanceUnit: distanceUnit[0] }),
  }
}

function kindOf(told: string, changes: string[]): SetKind {
  const word = plainWords(told).replaceAll(' ', '')
  if (word === '' || /^\d+$/.test(word)) return 'working'
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined
  if (kind === undefined) changes.push(`A set of the kind "${told.slice(0, 40)}" counts as a working set.`)
  return kind ?? 'working'
}

function rpeOf(told: string, changes: string[]): number | undefined {
  const rpe = numberOf(told)
  if (rpe === undefined || rpe === 0) return undefined
  const half = Math.round(rpe * 2) / 2
  const fits = half >= setLimits.rpe.minimum && half <= setLimits.rpe.maximum
  if (!fits) changes.push(`An RPE of ${told.slice(0, 40)} was left out.`)
  else if (half !== rpe) changes.push(`An RPE of ${rpe} became ${half}.`)
  return fits ? half : undefined
}

function endOf({ durationInSeconds }: Header, cell: Cell, changes: string[]): { end?: string | number } {
  const told = cell('end')
  const end = told === '' ? lengthSecondsOf(cell('duration'), durationInSeconds) : localTimeOf(told)
  if (end === undefined && told === '') return {}
  if (end !== undefined && !Number.isNaN(end)) return { end }
  changes.push('When the workout ended cannot be read.')
  return {}
}
