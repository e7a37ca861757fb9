import { type Refusal, refuse, refuseFields } from '../refusal.ts'
import type { Settings } from '../session/details.ts'
import type { WeightUnit } from '../session/events.ts'
import {
  agrees,
  checkInstant,
  checkNumber,
  checkText,
  difference,
  type Findings,
  report,
  told,
  utc,
} from '../session/fields.ts'
import { isTimeZone, localDateOf } from '../statistics/calendar.ts'
import { type LengthUnit, lengthMicrometers, weightMicrograms } from '../statistics/units.ts'
import type { MeasurementChange, MeasurementDetails, MeasurementEvent, MeasurementKind } from './events.ts'
import {
  dimensionOf,
  isMeasurementKind,
  measurementLimits,
  unitOf,
  unitsFitting,
  valueRange,
} from './kinds.ts'

type Content = {
  readonly measurementId: string
  /** As it was when it was first told of. */
  readonly taken: MeasurementDetails
  readonly details: MeasurementDetails
}

export type TakenMeasurement = Content & { readonly status: 'taken' }
export type MeasurementState =
  | { readonly status: 'none' }
  | TakenMeasurement
  | (Content & { readonly status: 'deleted' })

const initial = { status: 'none' } as MeasurementState

function evolve(state: MeasurementState, event: MeasurementEvent): MeasurementState {
  const standing = state as TakenMeasurement
  switch (event.type) {
    case 'MeasurementTaken': {
      const { measurementId, ...details } = event.data
      return { status: 'taken', measurementId, taken: details, details }
    }
    case 'MeasurementCorrected': {
      const facts = Object.entries({ ...standing.details, ...event.data }).filter(([, fact]) => fact !== null)
      return { ...standing, details: Object.fromEntries(facts) as MeasurementDetails }
    }
    case 'MeasurementDeleted':
      return { ...standing, status: 'deleted' }
  }
}

export const measurement = { initial, evolve }

/** What a client tells; null says the same as leaving it out. */
export type MeasurementFields = {
  kind: MeasurementKind
  value: number
  unit?: string | undefined
  measuredAt?: string | undefined
  timeZone?: string | undefined
  notes?: string | null | undefined
}

export type TakeMeasurement = MeasurementFields & { measurementId: string; now: string; settings: Settings }

/**
 * Takes a measurement. Telling again what was told when it was taken does nothing; telling something else
 * under its id is `id-taken`. Refuses all failing fields at once.
 */
export function takeMeasurement(
  state: MeasurementState,
  command: TakeMeasurement,
): MeasurementEvent[] | Refusal {
  const { measurementId, now, settings, ...fields } = command
  if (state.status !== 'none') {
    if (agrees(asEntered(fields), state.taken)) return []
    return refuse('id-taken', 'Another measurement of yours has this id.')
  }
  const findings: Findings = { at: '', errors: [] }
  const details = measurementDetails(findings, fields, settings, now)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  return [{ type: 'MeasurementTaken', data: { measurementId, ...details } }]
}

export type CorrectMeasurement = {
  now: string
  settings: Settings
  change: Partial<Omit<MeasurementFields, 'kind'>>
}

/** Corrects what is told of a measurement; its kind stays. */
export function correctMeasurement(
  state: MeasurementState,
  { now, settings, change }: CorrectMeasurement,
): MeasurementEvent[] | Refusal {
  if (state.status !== 'taken') return noMeasurement()
  const before = state.details
  const findings: Findings = { at: '', errors: [] }
  const after = measurementDetails(findings, { ...before, ...told(change) }, settings, now)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  const moved = after.measuredAt !== before.measuredAt || after.timeZone !== before.timeZone
  const data: MeasurementChange = difference(
    before,
    moved ? after : { ...after, localDate: before.localDate },
  )
  return Object.keys(data).length === 0 ? [] : [{ type: 'MeasurementCorrected', data }]
}

export function deleteMeasurement(state: MeasurementState): MeasurementEvent[] | Refusal {
  return state.status === 'taken' ? [{ type: 'MeasurementDeleted', data: {} }] : noMeasurement()
}

export function noMeasurement(): Refusal {
  return refuse('not-found', 'There is no such measurement.')
}

function asEntered({ kind, value, unit, measuredAt, timeZone, notes }: MeasurementFields) {
  return {
    kind: kind.trim() as MeasurementKind,
    value,
    unit: unit?.trim(),
    measuredAt: measuredAt === undefined ? undefined : utc(measuredAt),
    timeZone,
    notes: notes?.trim(),
  }
}

/** The details as they will be kept, unit chosen and integers computed; what does not pass is reported. */
function measurementDetails(
  findings: Findings,
  fields: MeasurementFields,
  settings: Settings,
  now: string,
): MeasurementDetails {
  const entered = asEntered(fields)
  const { kind, value, unit = unitOf(kind, settings.units), measuredAt = now } = entered
  const { timeZone = settings.timeZone } = entered
  if (isMeasurementKind(kind)) {
    checkNumber(findings, 'value', value, valueRange(kind))
    checkUnit(findings, kind, unit)
  } else {
    report(findings, 'kind', 'not-allowed', 'kind must be one of those known, or custom: and a name.')
  }
  checkInstant(findings, 'measuredAt', entered.measuredAt, now)
  if (!isTimeZone(timeZone)) {
    report(findings, 'timeZone', 'unknown-time-zone', 'timeZone must be an IANA name, such as Europe/Paris.')
  }
  checkText(findings, 'notes', entered.notes, measurementLimits.notesLength)
  const dimension = dimensionOf(kind)
  return {
    ...told(entered),
    unit,
    measuredAt,
    timeZone,
    localDate: findings.errors.length > 0 ? '' : localDateOf(measuredAt, timeZone),
    ...(dimension === 'weight' && { weightMicrograms: weightMicrograms(value, unit as WeightUnit) }),
    ...(dimension === 'length' && { lengthMicrometers: lengthMicrometers(value, unit as LengthUnit) }),
  }
}

function checkUnit(findings: Findings, kind: MeasurementKind, unit: string) {
  const fitting = unitsFitting(kind)
  if (fitting === undefined) checkText(findings, 'unit', unit, measurementLimits.unitLength)
  else if (!fitting.includes(unit)) {
    report(findings, 'unit', 'not-allowed', `The unit of ${kind} is ${fitting.join(' or ')}.`)
  }
}
