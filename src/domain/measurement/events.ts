// These shapes are on disk for ever: add optional fields, never rename or remove one.

export const measurementKinds = [
  'weight',
  'body-fat',
  'neck',
  'shoulders',
  'chest',
  'waist',
  'hips',
  'left-biceps',
  'right-biceps',
  'left-forearm',
  'right-forearm',
  'left-thigh',
  'right-thigh',
  'left-calf',
  'right-calf',
  'resting-heart-rate',
  'sleep-hours',
] as const

/** One of the kinds above, or `custom:<name>`. */
export type MeasurementKind = (typeof measurementKinds)[number] | `custom:${string}`

/** kg, lb, cm, in, %, bpm, h, or any short text for a custom kind. */
export type MeasurementUnit = string

export type MeasurementDetails = {
  kind: MeasurementKind
  /** As entered, with its unit: the truth. A weight has an integer for sums beside it, a length as well. */
  value: number
  unit: MeasurementUnit
  weightMicrograms?: number
  lengthMicrometers?: number
  measuredAt: string
  timeZone: string
  localDate: string
  notes?: string
}

/** A change names only what changed; null clears an optional field. */
export type MeasurementChange = {
  [K in Exclude<keyof MeasurementDetails, 'kind'>]?: undefined extends MeasurementDetails[K]
    ? MeasurementDetails[K] | null
    : MeasurementDetails[K]
}

export type MeasurementEvent =
  | { type: 'MeasurementTaken'; data: MeasurementDetails & { measurementId: string } }
  | { type: 'MeasurementCorrected'; data: MeasurementChange }
  | { type: 'MeasurementDeleted'; data: Record<string, never> }
