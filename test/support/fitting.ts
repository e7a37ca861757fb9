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

// Words that must name something there is; one exercise for each metric.
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  exerciseId: [
    ...['barbell-back-squat', 'pull-up', 'weighted-pull-up', 'assisted-pull-up', 'jumping-jack'],
    ...['plank', 'treadmill-running', 'farmers-walk'],
  ],
}

/** Values that fit a schema of the document, as a rule; its own examples among them. */
export function fitting(document: Document, schema: Schema, name = ''): fc.Arbitrary<unknown> {
  const { $ref, anyOf, examples, enum: words, type } = schema
  if ($ref !== undefined) {
    return fitting(document, document.components.schemas?.[$ref.split('/').at(-1) as string] as Schema, name)
  }
  if (KNOWN[name] !== undefined) return fc.constantFrom(...KNOWN[name])
  if (words !== undefined) return fc.constantFrom(...words)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((form) => fitting(document, form, name)))
  if (schema.pattern !== undefined && examples !== undefined) return fc.constantFrom(...examples)
  const types = [type ?? 'object'].flat().map((one) => typed(document, schema, one))
  return examples === undefined ? fc.oneof(...types) : fc.oneof(fc.constantFrom(...examples), ...types)
}

function typed(document: Document, schema: Schema, type: string): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], items = {}, minItems = 0, maxItems = 3 } = schema
  switch (type) {
    case 'object': {
      const fields = Object.entries(properties).map(
        ([name, field]) => [name, fitting(document, field, name)] as const,
      )
      return fc.record<Record<string, unknown>>(Object.fromEntries(fields), { requiredKeys: required })
    }
    case 'array':
      return fc.array(fitting(document, items), { minLength: minItems, maxLength: Math.min(maxItems, 3) })
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 100 })
    case 'number':
      return numberOf(schema)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return textOf(schema)
  }
}

function numberOf({ minimum, exclusiveMinimum, maximum = 1000, multipleOf }: Schema): fc.Arbitrary<number> {
  const min = minimum ?? exclusiveMinimum ?? 0
  if (multipleOf !== undefined) {
    return fc.integer({ min: min / multipleOf, max: maximum / multipleOf }).map((count) => count * multipleOf)
  }
  return fc.double({ min, max: maximum, minExcluded: exclusiveMinimum !== undefined, noNaN: true })
}

function textOf({ format = '', minLength = 0, maxLength = 100 }: Schema): fc.Arbitrary<string> {
  const dates = fc.date({ min: new Date('1950-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
    uuid: fc.uuid(),
    date: dates.map((date) => date.toISOString().slice(0, 10)),
    'date-time': dates.map((date) => date.toISOString()),
    email: fc.emailAddress(),
    'time-zone': fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Kiritimati', 'America/St_Johns'),
  }
  const text = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 20) })
  return formats[format] ?? text
}
