import type { DistanceUnit, WeightUnit } from '../session/events.ts'
import type { Units } from '../user/events.ts'

export type LengthUnit = 'cm' | 'in'

/** The units that a user's answers are given in; lengths are those of the body. */
export const unitsOf: Readonly<
  Record<Units, { weight: WeightUnit; distance: DistanceUnit; length: LengthUnit }>
> = {
  metric: { weight: 'kg', distance: 'km', length: 'cm' },
  imperial: { weight: 'lb', distance: 'mi', length: 'in' },
}

const microgramsPer: Readonly<Record<WeightUnit, number>> = { kg: 1_000_000_000, lb: 453_592_370 }
const millimetersPer: Readonly<Record<DistanceUnit, number>> = {
  m: 1_000,
  km: 1_000_000,
  mi: 1_609_344,
  yd: 914.4,
}
const micrometersPer: Readonly<Record<LengthUnit, number>> = { cm: 10_000, in: 25_400 }

/**
 * The whole micrograms nearest to a weight as entered; exact for kilograms to 9 decimals, for pounds to one.
 */
export function weightMicrograms(value: number, unit: WeightUnit): number {
  return Math.round(value * microgramsPer[unit])
}

/** The whole millimetres nearest to a distance as entered. */
export function distanceMillimeters(value: number, unit: DistanceUnit): number {
  return Math.round(value * millimetersPer[unit])
}

/** The whole micrometres nearest to a length as entered. */
export function lengthMicrometers(value: number, unit: LengthUnit): number {
  return Math.round(value * micrometersPer[unit])
}

/**
 * Micrograms, or a sum of micrograms times reps, in `unit`; what was entered to three decimals comes out as
 * entered.
 */
export function weightFrom(micrograms: number | bigint, unit: WeightUnit): number {
  return convert(micrograms, microgramsPer[unit])
}

/** Millimetres, or a sum of them, in `unit`; what was entered to two decimals comes out as entered. */
export function distanceFrom(millimeters: number | bigint, unit: DistanceUnit): number {
  return convert(millimeters, millimetersPer[unit])
}

/** Micrometres in `unit`; what was entered to two decimals comes out as entered. */
export function lengthFrom(micrometers: number, unit: LengthUnit): number {
  return convert(micrometers, micrometersPer[unit])
}

function convert(count: number | bigint, perUnit: number) {
  if (typeof count === 'bigint' && (count > Number.MAX_SAFE_INTEGER || count < Number.MIN_SAFE_INTEGER)) {
    // Only whole sizes are met here: whole units and the rest apart lose nothing that a double can hold.
    const size = BigInt(Math.round(perUnit * 10))
    return Number((count * 10n) / size) + Number((count * 10n) % size) / Number(size)
  }
  const whole = Number(count)
  // 2.25 lb is no whole number of micrograms: the shortest decimal kept as this integer is what was meant.
  for (const parts of [100, 1_000]) {
    const decimal = Math.round((whole / perUnit) * parts) / parts
    if (Math.round(decimal * perUnit) === whole) return decimal
  }
  return whole / perUnit
}
