import type { Metric } from '../exercise/events.ts'
import type { Units } from '../user/events.ts'
import type { DistanceUnit, PlannedSet, SetKind, WeightUnit } from './events.ts'
import { checkNumber, type Findings, report, told } from './fields.ts'
import { checkQuantities, measuredIn, quantitiesOf, setLimits } from './set-facts.ts'

/** A set as a client plans it; null says the same as leaving it out. */
export type PlannedSetFields = {
  kind?: SetKind | undefined
  reps?: number | null | undefined
  repsMin?: number | null | undefined
  repsMax?: number | null | undefined
  weight?: number | null | undefined
  weightUnit?: WeightUnit | undefined
  durationSeconds?: number | null | undefined
  distance?: number | null | undefined
  distanceUnit?: DistanceUnit | undefined
  rpe?: number | null | undefined
}

/** The set as it will be kept; what does not fit the metric is reported. A weight may be left open. */
export function plannedSet(
  findings: Findings,
  fields: PlannedSetFields,
  metric: Metric,
  units: Units,
): PlannedSet {
  const entered = {
    kind: fields.kind ?? ('working' as const),
    reps: fields.reps ?? undefined,
    repsMin: fields.repsMin ?? undefined,
    repsMax: fields.repsMax ?? undefined,
    weight: fields.weight ?? undefined,
    weightUnit: fields.weightUnit,
    durationSeconds: fields.durationSeconds ?? undefined,
    distance: fields.distance ?? undefined,
    distanceUnit: fields.distanceUnit,
    rpe: fields.rpe ?? undefined,
  }
  const { reps, repsMin, repsMax } = entered
  const ranged = repsMin !== undefined || repsMax !== undefined
  // A range stands for the number, where the metric has one at all.
  const optional = ranged ? (['weight', 'reps'] as const) : (['weight'] as const)
  checkQuantities(findings, entered, metric, optional)
  checkNumber(findings, 'rpe', entered.rpe, setLimits.rpe)
  if (ranged) checkRange(findings, metric, reps, repsMin, repsMax)
  return { ...told(entered), ...measuredIn(entered, units) }
}

/** What the set aims at as it was entered: the integers beside the quantities are for sums. */
export function plannedSetDocument(set: PlannedSet) {
  const { weightMicrograms: _, distanceMillimeters: __, ...entered } = set
  return entered
}

function checkRange(
  findings: Findings,
  metric: Metric,
  reps: number | undefined,
  repsMin: number | undefined,
  repsMax: number | undefined,
) {
  const given = { repsMin, repsMax }
  for (const field of ['repsMin', 'repsMax'] as const) {
    const value = given[field]
    checkNumber(findings, field, value, setLimits.reps)
    if (value === undefined) {
      report(findings, field, 'required', 'A range of repetitions needs repsMin and repsMax.')
    } else if (!quantitiesOf[metric].includes('reps')) {
      report(findings, field, 'not-applicable', `A set of ${metric} has no ${field}.`)
    } else if (reps !== undefined) {
      report(findings, field, 'either-or', 'Give reps, or repsMin and repsMax, not both.')
    }
  }
  if (repsMin !== undefined && repsMax !== undefined && repsMin > repsMax) {
    report(findings, 'repsMin', 'out-of-order', 'repsMin must not be above repsMax.')
  }
}
