import type { MeasurementKind } from '../measurement/events.ts'
import { unitsFitting, valueRange } from '../measurement/kinds.ts'
import type { DistanceUnit, WeightUnit } from '../session/events.ts'
import type { Range } from '../session/fields.ts'
import { type Quantity, setLimits } from '../session/set-facts.ts'
import {
  distanceFrom,
  distanceMillimeters,
  type LengthUnit,
  lengthFrom,
  lengthMicrometers,
  weightFrom,
  weightMicrograms,
} from '../statistics/units.ts'
import type { GoalDetails, GoalKind } from './events.ts'

export type Scaled = Pick<GoalDetails, 'kind' | 'measurementKind' | 'unit'>

const custom: Range = { minimum: -1e9, maximum: 1e9 }
const perWeek: Range = { minimum: 0, maximum: 100, multipleOf: 1 }

/** What a set has to be measured by, for the goals that follow an exercise. */
export const quantityOf: Readonly<{ [K in GoalKind]?: Quantity }> = {
  lift: 'weight',
  reps: 'reps',
  distance: 'distance',
  duration: 'durationSeconds',
}

/** The units that a goal may be told in; undefined where it may be any text. */
export function goalUnits(
  kind: GoalKind,
  measurementKind: MeasurementKind | undefined,
): readonly string[] | undefined {
  switch (kind) {
    case 'body-weight':
    case 'lift':
      return unitsFitting('weight')
    case 'measurement':
      return measurementKind === undefined ? undefined : unitsFitting(measurementKind)
    case 'reps':
      return ['reps']
    case 'distance':
      return ['m', 'km', 'mi', 'yd']
    case 'duration':
      return ['s']
    case 'frequency':
      return ['per-week']
    case 'custom':
      return undefined
  }
}

/** The numbers that a target or a start can be, in whatever unit. */
export function goalRange(kind: GoalKind, measurementKind: MeasurementKind | undefined): Range {
  const quantity = quantityOf[kind]
  if (quantity !== undefined) return setLimits[quantity]
  if (kind === 'frequency') return perWeek
  if (kind === 'body-weight') return valueRange('weight')
  return measurementKind === undefined ? custom : valueRange(measurementKind)
}

/** The whole number that a value is compared by: micrograms, micrometres, millimetres; others as entered. */
export function countOf(value: number, goal: Scaled): number {
  switch (dimensionOf(goal)) {
    case 'weight':
      return weightMicrograms(value, goal.unit as WeightUnit)
    case 'length':
      return lengthMicrometers(value, goal.unit as LengthUnit)
    case 'distance':
      return distanceMillimeters(value, goal.unit as DistanceUnit)
    case 'number':
      return value
  }
}

/** The other way round: in the goal's unit. */
export function valueFrom(count: number, goal: Scaled): number {
  switch (dimensionOf(goal)) {
    case 'weight':
      return weightFrom(count, goal.unit as WeightUnit)
    case 'length':
      return lengthFrom(count, goal.unit as LengthUnit)
    case 'distance':
      return distanceFrom(count, goal.unit as DistanceUnit)
    case 'number':
      return count
  }
}

function dimensionOf({ kind, measurementKind, unit }: Scaled) {
  if (kind === 'body-weight' || kind === 'lift' || measurementKind === 'weight') return 'weight'
  if (kind === 'distance') return 'distance'
  const isLength = (unit === 'cm' || unit === 'in') && measurementKind?.startsWith('custom:') === false
  return isLength ? 'length' : 'number'
}
