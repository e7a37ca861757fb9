import type { RecordKind } from '../domain/statistics/records.ts'
import { distanceFrom, distanceMillimeters, unitsOf, weightFrom } from '../domain/statistics/units.ts'
import type { Units } from '../domain/user/events.ts'

/** The unit of a kind of record, and how its value is told in it. */
export function measureOf(
  kind: RecordKind,
  units: Units,
): [unit: string, convert: (value: number) => number] {
  const { weight, distance } = unitsOf[units]
  switch (kind) {
    case 'max-reps':
      return ['reps', (value) => value]
    case 'longest-duration':
      return ['s', (value) => value]
    case 'longest-distance':
      return [distance, (value) => distanceFrom(value, distance)]
    case 'best-pace':
      return [`s/${distance}`, (value) => value * (distanceMillimeters(1, distance) / 1_000)]
    default:
      return [weight, (value) => weightFrom(value, weight)]
  }
}
