import type { Metric } from '../exercise/events.ts'
import { distanceMillimeters, unitsOf, weightMicrograms } from '../statistics/units.ts'
import type { Units } from '../user/events.ts'
import type { DistanceUnit, SetFacts, SetKind, Side, WeightUnit } from './events.ts'
import { agrees, checkInstant, checkNumber, checkText, type Findings, report, told, utc } from './fields.ts'

export const setLimits = {
  reps: { minimum: 0, maximum: 2000, multipleOf: 1 },
  weight: { minimum: 0, maximum: 2000 },
  durationSeconds: { minimum: 0, maximum: 172_800, multipleOf: 1 },
  distance: { minimum: 0, maximum: 1_000_000 },
  rpe: { minimum: 1, maximum: 10, multipleOf: 0.5 },
  notesLength: 2000,
} as const

const quantities = ['reps', 'weight', 'durationSeconds', 'distance'] as const
export type Quantity = (typeof quantities)[number]

/** What a set of each metric is told in. Of distance and duration together at least one is needed. */
export const quantitiesOf: Readonly<Record<Metric, readonly Quantity[]>> = {
  'weight-reps': ['reps', 'weight'],
  'bodyweight-reps': ['reps'],
  'weighted-bodyweight-reps': ['reps', 'weight'],
  'assisted-bodyweight-reps': ['reps', 'weight'],
  reps: ['reps'],
  duration: ['durationSeconds'],
  'weight-duration': ['weight', 'durationSeconds'],
  'distance-duration': ['distance', 'durationSeconds'],
  'weight-distance': ['weight', 'distance'],
}

/** A set as a client tells it; null says the same as leaving it out. */
export type SetFields = {
  kind?: SetKind | undefined
  reps?: number | null | undefined
  weight?: number | null | undefined
  weightUnit?: WeightUnit | undefined
  durationSeconds?: number | null | undefined
  distance?: number | null | undefined
  distanceUnit?: DistanceUnit | undefined
  rpe?: number | null | undefined
  side?: Side | null | undefined
  notes?: string | null | undefined
  performedAt?: string | null | undefined
}

export type Measured = {
  readonly [Q in Quantity]?: number | undefined
} & { weightUnit?: WeightUnit | undefined; distanceUnit?: DistanceUnit | undefined }

/** What a set takes from around it. */
export type SetContext = { metric: Metric; units: Units; now: string; performedAt: string | undefined }

/** The set as it will be kept, units chosen and integers computed; what does not pass is reported. */
export function setFacts(
  findings: Findings,
  setId: string,
  fields: SetFields,
  context: SetContext,
): SetFacts {
  const entered = asEntered(fields)
  checkSet(findings, entered, context)
  const performedAt = entered.performedAt ?? context.performedAt
  const kind = entered.kind ?? 'working'
  return told({ ...entered, performedAt, setId, kind, ...measuredIn(entered, context.units) })
}

/** The units that are meant, and the integers beside the quantities. */
export function measuredIn({ weight, weightUnit, distance, distanceUnit }: Measured, units: Units) {
  const meant = {
    weight: weightUnit ?? unitsOf[units].weight,
    distance: distanceUnit ?? unitsOf[units].distance,
  }
  return {
    ...(weight !== undefined && {
      weightUnit: meant.weight,
      weightMicrograms: weightMicrograms(weight, meant.weight),
    }),
    ...(distance !== undefined && {
      distanceUnit: meant.distance,
      distanceMillimeters: distanceMillimeters(distance, meant.distance),
    }),
  }
}

/** True when everything that is told now was recorded just so when the set was logged. */
export function sameSet(id: string | undefined, fields: SetFields, recorded: SetFacts): boolean {
  return agrees({ setId: id, ...asEntered(fields) }, recorded)
}

function asEntered(fields: SetFields) {
  return {
    kind: fields.kind,
    reps: fields.reps ?? undefined,
    weight: fields.weight ?? undefined,
    weightUnit: fields.weightUnit,
    durationSeconds: fields.durationSeconds ?? undefined,
    distance: fields.distance ?? undefined,
    distanceUnit: fields.distanceUnit,
    rpe: fields.rpe ?? undefined,
    side: fields.side ?? undefined,
    notes: fields.notes?.trim(),
    performedAt: typeof fields.performedAt === 'string' ? utc(fields.performedAt) : undefined,
  }
}

function checkSet(findings: Findings, entered: ReturnType<typeof asEntered>, { metric, now }: SetContext) {
  checkQuantities(findings, entered, metric)
  checkNumber(findings, 'rpe', entered.rpe, setLimits.rpe)
  checkText(findings, 'notes', entered.notes, setLimits.notesLength)
  checkInstant(findings, 'performedAt', entered.performedAt, now)
}

/** Reports what the metric needs and what it has no place for; what is `optional` may be left out. */
export function checkQuantities(
  findings: Findings,
  entered: Measured,
  metric: Metric,
  optional: readonly Quantity[] = [],
) {
  const fitting = quantitiesOf[metric]
  for (const quantity of quantities) {
    const value = entered[quantity]
    if (fitting.includes(quantity)) checkNumber(findings, quantity, value, setLimits[quantity])
    else if (value !== undefined) {
      report(findings, quantity, 'not-applicable', `A set of ${metric} has no ${quantity}.`)
    }
  }
  const missing = fitting.filter(
    (quantity) => entered[quantity] === undefined && !optional.includes(quantity),
  )
  if (metric !== 'distance-duration') {
    for (const quantity of missing) {
      report(findings, quantity, 'required', `A set of ${metric} needs ${quantity}.`)
    }
  } else if (missing.length === 2) {
    report(findings, 'distance', 'required', `A set of ${metric} needs distance, durationSeconds, or both.`)
  }
  for (const quantity of ['weight', 'distance'] as const) {
    if (entered[`${quantity}Unit`] !== undefined && entered[quantity] === undefined) {
      report(findings, `${quantity}Unit`, 'not-applicable', `A unit says nothing without ${quantity}.`)
    }
  }
}
