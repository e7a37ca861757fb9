import Type from 'typebox'
import { type MeasurementKind as Kind, measurementKinds } from '../../domain/measurement/events.ts'
import { measurementLimits } from '../../domain/measurement/kinds.ts'
import { DateTime, exampleId, Id, LocalDate, Nullable, paging, Text, TimeZone } from './schemas.ts'

const { customNameLength, unitLength, notesLength } = measurementLimits

export const MeasurementKind = Type.Unsafe<Kind>({
  type: 'string',
  trim: true,
  format: 'text',
  maxLength: 'custom:'.length + customNameLength,
  pattern: `^(${measurementKinds.join('|')}|custom:\\S.{0,${customNameLength - 1}})$`,
  description: `One of ${measurementKinds.join(', ')}, or \`custom:\` and a name.`,
  examples: ['weight'],
})

const Value = Type.Number({
  minimum: -1e9,
  maximum: 1e9,
  description: 'Exactly as entered, in `unit`.',
  examples: [81.4],
})
const Unit = Text(1, unitLength, {
  description:
    'kg or lb, % of body fat, cm or in, bpm, h; any text for a kind of one’s own, which needs one. ' +
    'That of the user unless told.',
  examples: ['kg'],
})
const MeasuredAt = { ...DateTime, description: 'Now unless told.' }
const Notes = Text(1, notesLength, {
  description: 'Anything worth keeping.',
  examples: ['Before breakfast.'],
})

export const MeasurementDocument = Type.Object(
  {
    id: Id,
    kind: MeasurementKind,
    value: Value,
    unit: Type.String({ description: 'As entered.', examples: ['kg'] }),
    measuredAt: { ...DateTime, description: 'When it was measured.' },
    timeZone: TimeZone,
    localDate: { ...LocalDate, description: 'The day it belongs to, by that time zone.' },
    notes: Nullable(Notes),
    version: Type.Integer({ description: 'As in its ETag.', examples: [1] }),
  },
  { title: 'Measurement', description: 'What was measured of the body. What was not told is null.' },
)

export const NewMeasurement = Type.Object(
  {
    id: Type.Optional(Id),
    kind: MeasurementKind,
    value: Value,
    unit: Type.Optional(Unit),
    measuredAt: Type.Optional(MeasuredAt),
    timeZone: Type.Optional(TimeZone),
    notes: Type.Optional(Notes),
  },
  { title: 'NewMeasurement', examples: [{ id: exampleId, kind: 'weight', value: 81.4, unit: 'kg' }] },
)

export const MeasurementChange = Type.Object(
  {
    value: Type.Optional(Value),
    unit: Type.Optional(Unit),
    measuredAt: Type.Optional({ ...DateTime, description: 'When it was measured.' }),
    timeZone: Type.Optional(TimeZone),
    notes: Type.Optional(Nullable(Notes)),
  },
  {
    title: 'MeasurementChange',
    description: 'Fields that are given replace, null clears. The kind stays.',
    examples: [{ value: 80.9, notes: null }],
  },
)

export const MeasurementFilters = Type.Object({
  ...paging,
  kind: Type.Optional(MeasurementKind),
  from: Type.Optional({ ...LocalDate, description: 'The first local date.' }),
  to: Type.Optional({ ...LocalDate, description: 'The last local date.' }),
})
