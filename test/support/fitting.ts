import fc from 'fast-check'
import type { Document } from './contract.ts'

export type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  multipleOf?: number
  minLength?: number
  maxLength?: number
  format?: string
  pattern?: string
  examples?: unknown[]
}

/** Values for a field of this name that must name something there is; undefined where any value will do. */
export type KnownValues = (name: string) => fc.Arbitrary<unknown> | undefined

const UNITS = ['kg', 'cm', 'reps', 'm', 's', 'per-week', '%', 'squats']

/** Values that fit a schema of the document, as a rule; its own examples among them. */
export function fitting(document: Document, known: KnownValues) {
  function valueFor(schema: Schema, name = ''): fc.Arbitrary<unknown> {
    const { $ref, anyOf, examples, enum: words, type } = schema
    const named = known(name)
    if (named !== undefined) return named
    if ($ref !== undefined) return valueFor(schemaAt(document, $ref), name)
    if (words !== undefined) return fc.constantFrom(...words)
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (anyOf !== undefined) return fc.oneof(...anyOf.map((form) => valueFor(form, name)))
    if (schema.pattern !== undefined && examples !== undefined) return fc.constantFrom(...examples)
    const types = fc.oneof(...[type ?? 'object'].flat().map((one) => typed(schema, one, name)))
    const plain = examples?.filter((value) => typeof value !== 'object') ?? []
    if (plain.length === 0) return types
    return fc.oneof({ weight: 3, arbitrary: types }, { weight: 1, arbitrary: fc.constantFrom(...plain) })
  }

  function typed(schema: Schema, type: string, name: string): fc.Arbitrary<unknown> {
    const { properties = {}, required = [], items = {}, minItems = 0, maxItems = 3 } = schema
    switch (type) {
      case 'object': {
        const fields = Object.entries(properties).map(([key, field]) => [key, valueFor(field, key)] as const)
        return fc.record<Record<string, unknown>>(Object.fromEntries(fields), { requiredKeys: required })
      }
      case 'array': {
        const length = { minLength: minItems, maxLength: Math.min(maxItems, 3) }
        return schema.uniqueItems
          ? fc.uniqueArray(valueFor(items), length)
          : fc.array(valueFor(items), length)
      }
      case 'integer':
        return integerOf(schema)
      case 'number':
        return numberOf(schema)
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      default:
        return name === 'unit' ? fc.constantFrom(...UNITS) : textOf(schema)
    }
  }

  return valueFor
}

export function schemaAt(document: Document, reference: string): Schema {
  return document.components.schemas?.[reference.split('/').at(-1) as string] as Schema
}

function integerOf({ minimum = 0, maximum = 100 }: Schema): fc.Arbitrary<number> {
  const usual = fc.integer({ min: minimum, max: Math.min(maximum, minimum + 20) })
  return fc.oneof({ weight: 3, arbitrary: usual }, fc.maxSafeInteger().map(within), fc.constant(maximum))

  function within(number: number) {
    return Math.min(maximum, Math.max(minimum, number))
  }
}

function numberOf({ minimum, exclusiveMinimum, maximum = 1000, multipleOf }: Schema): fc.Arbitrary<number> {
  const min = minimum ?? exclusiveMinimum ?? 0
  if (multipleOf !== undefined) {
    return fc.integer({ min: min / multipleOf, max: maximum / multipleOf }).map((count) => count * multipleOf)
  }
  const usual = fc.integer({ min: 1, max: 200 }).map((halves) => halves / 2)
  return fc.oneof(
    { weight: 3, arbitrary: usual.filter((number) => number >= min && number <= maximum) },
    fc.double({ min, max: maximum, minExcluded: exclusiveMinimum !== undefined, noNaN: true }),
  )
}

function textOf({ format = '', minLength = 0, maxLength = 100 }: Schema): fc.Arbitrary<string> {
  const dates = fc.date({ min: new Date('1950-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
    uuid: fc.uuid(),
    date: dates.map((date) => date.toISOString().slice(0, 10)),
    'date-time': dates.map((date) => date.toISOString()),
    moment: dates.map((date) => date.toISOString()),
    email: fc.emailAddress(),
    'time-zone': fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Kiritimati', 'America/St_Johns'),
  }
  const text = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 20) })
  return formats[format] ?? text
}
