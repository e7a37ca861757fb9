import { StepId } from '../../src/adapters/sqlite/schemas/guide.ts'
import { Kind } from '../../src/adapters/sqlite/schemas/measurement.ts'
import { Day, ExerciseId, Id, Instant, TimeZone } from '../../src/adapters/sqlite/schemas/parts.ts'

export type Schema = {
  type?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly Schema[]
  items?: Schema
  properties?: { [name: string]: Schema }
  required?: readonly string[]
  minimum?: number
  maximum?: number
  maxLength?: number
  pattern?: string
}

const words = new Map<object, string>([
  [Id, 'UUID'],
  [ExerciseId, 'word of the catalogue, or UUID'],
  [Instant, 'instant'],
  [Day, 'date'],
  [TimeZone, 'time zone'],
  [StepId, 'step of the guide'],
  [Kind, 'kind of measurement, or `custom:<name>`'],
])
const wordOf = new Map([...words].map(([schema, word]) => [JSON.stringify(schema), word]))

/** What a number is counted in is the end of its name. */
const units: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/Micrograms$/, 'µg; 1 lb is 453592370'],
  [/Micrometers$/, 'µm'],
  [/Millimeters$/, 'mm'],
  [/Seconds$/, 's'],
  [/Minutes$/, 'min'],
  [/Years$/, 'years'],
  [/^bodyWeight$/, 'that of `bodyWeightUnit`'],
  [/^weight$/, 'that of `weightUnit`'],
  [/^distance$/, 'that of `distanceUnit`'],
  [/^(value|target|start)$/, 'that of the `unit`'],
  [/^rpe$/, '1 to 10 by halves'],
  [/^(frequencyPerWeek)$/, 'sessions a week'],
]

/** A line for each field, those of what it holds below it: its path, its type, and what it is counted in. */
export function fieldRows(schema: Schema, shapes: ReadonlyMap<string, string>, isShape = false): string[][] {
  return below(schema, '', shapes, isShape)
}

function below(
  schema: Schema,
  path: string,
  shapes: ReadonlyMap<string, string>,
  isOpen: boolean,
): string[][] {
  const known = isOpen ? undefined : shapes.get(JSON.stringify(schema))
  if (known !== undefined) return []
  if (schema.items !== undefined) return below(schema.items, `${path}[]`, shapes, false)
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((each) => below(each, path, shapes, false))
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`
    const mark = schema.required?.includes(name) ? '' : ', or absent'
    return [
      [`\`${at}\``, typeOf(field, shapes) + mark, unitOf(name, field)],
      ...below(field, at, shapes, false),
    ]
  })
}

function typeOf(schema: Schema, shapes: ReadonlyMap<string, string>): string {
  const shape = shapes.get(JSON.stringify(schema))
  if (shape !== undefined) return `[${shape}](#${shape.toLowerCase()})`
  const word = wordOf.get(JSON.stringify(schema))
  if (word !== undefined) return word
  if (schema.anyOf !== undefined) {
    const forms = schema.anyOf.filter(({ type }) => type === 'object').length
    if (forms > 1) return `one of ${forms} forms`
    return [...new Set(schema.anyOf.map((each) => typeOf(each, shapes)))].join(' or ')
  }
  if (schema.const !== undefined) return `\`${schema.const}\``
  if (schema.enum !== undefined) return schema.enum.map((each) => `\`${each}\``).join(', ')
  if (schema.items !== undefined) return `list of ${typeOf(schema.items, shapes)}`
  if (schema.type === 'string') return schema.maxLength === undefined ? 'text' : `text to ${schema.maxLength}`
  if (schema.type === 'integer') return `integer${bounds(schema)}`
  return schema.type === 'number' ? `number${bounds(schema)}` : (schema.type ?? 'anything')
}

function bounds({ minimum, maximum }: Schema): string {
  if (maximum === undefined || maximum === Number.MAX_SAFE_INTEGER) return minimum ? ` from ${minimum}` : ''
  return minimum === undefined ? ` to ${maximum}` : ` ${minimum} to ${maximum}`
}

function unitOf(name: string, schema: Schema): string {
  const inside = schema.anyOf?.find(({ type }) => type !== 'null') ?? schema
  if (inside.type !== 'integer' && inside.type !== 'number') return ''
  return units.find(([ending]) => ending.test(name))?.[1] ?? ''
}
