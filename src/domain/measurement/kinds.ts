import type { WeightUnit } from '../session/events.ts'
import type { Range } from '../session/fields.ts'
import { type LengthUnit, lengthFrom, unitsOf, weightFrom } from '../statistics/units.ts'
import type { Units } from '../user/events.ts'
import { type MeasurementKind, measurementKinds } from './events.ts'

export const measurementLimits = { customNameLength: 100, unitLength: 20, notesLength: 2000 } as const

/** One of the kinds known, or `custom:` and a name. */
export function isMeasurementKind(kind: string): kind is MeasurementKind {
  if (measurementKinds.some((known) => known === kind)) return true
  return /^custom:\S/.test(kind) && [...kind].length <= 'custom:'.length + measurementLimits.customNameLength
}

/** The units that a kind may be told in; undefined for a kind of one's own, which takes any text. */
export function unitsFitting(kind: MeasurementKind): readonly string[] | undefined {
  return isCustom(kind) ? undefined : [...new Set([unitOf(kind, 'metric'), unitOf(kind, 'imperial')])]
}

/** The unit that is meant where none is told, and that answers are given in; '' where any may be. */
export function unitOf(kind: MeasurementKind, units: Units): string {
  switch (kind) {
    case 'weight':
      return unitsOf[units].weight
    case 'body-fat':
      return '%'
    case 'resting-heart-rate':
      return 'bpm'
    case 'sleep-hours':
      return 'h'
    default:
      return isCustom(kind) ? '' : unitsOf[units].length
  }
}

/** What a kind is measured in: a weight has micrograms beside it, a length of the body micrometres. */
export function dimensionOf(kind: MeasurementKind): 'weight' | 'length' | 'other' {
  if (kind === 'weight') return 'weight'
  return (unitsFitting(kind) ?? []).includes('cm') ? 'length' : 'other'
}

/** Turns micrograms of a weight, and micrometres of a length, into `unit`; leaves other kinds as they are. */
export function convertedTo(kind: MeasurementKind, unit: string): (measured: number) => number {
  switch (dimensionOf(kind)) {
    case 'weight':
      return (micrograms) => weightFrom(micrograms, unit as WeightUnit)
    case 'length':
      return (micrometers) => lengthFrom(micrometers, unit as LengthUnit)
    case 'other':
      return (value) => value
  }
}

/** The values that a kind can have, in whatever unit it is told. */
export function valueRange(kind: MeasurementKind): Range {
  switch (kind) {
    case 'body-fat':
      return { minimum: 0, maximum: 100 }
    case 'resting-heart-rate':
      return { minimum: 20, maximum: 300 }
    case 'sleep-hours':
      return { minimum: 0, maximum: 24 }
    default:
      return isCustom(kind) ? { minimum: -1e9, maximum: 1e9 } : { exclusiveMinimum: 0, maximum: 1000 }
  }
}

function isCustom(kind: string): kind is `custom:${string}` {
  return kind.startsWith('custom:')
}
