import Type from 'typebox'
import {
  type MeasurementEvent,
  type MeasurementKind,
  measurementKinds,
} from '../../../domain/measurement/events.ts'
import { measurementLimits } from '../../../domain/measurement/kinds.ts'
import { Change, Day, Fields, Id, Instant, Nothing, schemasOf, Text, TimeZone, Whole } from './parts.ts'

const { customNameLength, unitLength, notesLength } = measurementLimits

export const Kind = Type.Unsafe<MeasurementKind>({
  type: 'string',
  pattern: `^(${measurementKinds.join('|')}|custom:\\S[^]*)$`,
  maxLength: 'custom:'.length + customNameLength,
})
/** What any kind can be, in whatever unit. */
export const Value = Type.Number({ minimum: -1e9, maximum: 1e9 })

const correctable = {
  value: Value,
  unit: Text(unitLength),
  weightMicrograms: Type.Optional(Whole(0, Number.MAX_SAFE_INTEGER)),
  lengthMicrometers: Type.Optional(Whole(0, Number.MAX_SAFE_INTEGER)),
  measuredAt: Instant,
  timeZone: TimeZone,
  localDate: Day,
  notes: Type.Optional(Text(notesLength)),
}

export const measurementSchemas = schemasOf<MeasurementEvent>()({
  MeasurementTaken: Fields({ ...correctable, kind: Kind, measurementId: Id }),
  MeasurementCorrected: Change(correctable),
  MeasurementDeleted: Nothing,
})
