import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { TSchema } from 'typebox'
import type { FieldError } from '../../domain/refusal.ts'
import { fieldErrors } from './field-errors.ts'
import { formats } from './formats.ts'

type Check = (value: unknown) => readonly FieldError[]

type Node = { [keyword: string]: unknown }
type Place = { parentData: Record<string | number, unknown>; parentDataProperty: string | number }

const NONE: readonly FieldError[] = []

// That the schemas are ones is seen by the lint of the document that is made of them.
const options = {
  ...{ allErrors: true, verbose: true, strictTypes: false, strictTuples: false },
  validateSchema: false,
} as const
const bodies = compilerOf(withOurs(new Ajv2020(options)))
const urls = compilerOf(withOurs(new Ajv2020({ ...options, useDefaults: true })))
const DECIMAL = /^-?\d{1,15}(\.\d{1,15})?$/

/** The check of a body: all errors at once. Texts are trimmed, ids and instants brought to one form. */
export function bodyCheck(schema: TSchema): Check {
  return lazily(bodies, schema)
}

/** As of a body; numbers and booleans are read from their texts first, and what is absent has its default. */
export function urlCheck(schema: TSchema): Check {
  const check = lazily(urls, schema)
  const { properties = {} } = schema as { properties?: Record<string, { type?: unknown }> }
  const typed = Object.entries(properties).filter(([, { type }]) => type !== 'string')
  return (value) => {
    const texts = value as Record<string, unknown>
    for (const [name, { type }] of typed) {
      if (typeof texts[name] === 'string') texts[name] = read(texts[name], type)
    }
    return check(value)
  }
}

/** As of a body of an old client: texts are trimmed, and numbers read from them, before all else. */
export function looseCheck(schema: TSchema): Check {
  const check = lazily(bodies, { ...schema, additionalProperties: true })
  const { properties = {} } = schema as { properties?: Record<string, { type?: unknown; anyOf?: Node[] }> }
  return (value) => {
    const fields = value as Record<string, unknown>
    for (const [name, { type, anyOf }] of Object.entries(properties)) {
      const field = fields[name]
      if (typeof field === 'string') fields[name] = read(field.trim(), type ?? anyOf?.[0]?.type)
    }
    return check(value)
  }
}

// Not by Ajv, which reads 0x10 and even Infinity as numbers, and the latter as one within any limits.
function read(text: string, type: unknown): unknown {
  if ((type === 'integer' || type === 'number') && DECIMAL.test(text)) return Number(text)
  return type === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : text
}

/** The schema as it is checked and published: an object that does not say otherwise has no other fields. */
export function closed(schema: unknown, isPart = false): unknown {
  if (Array.isArray(schema)) return schema.map((item) => closed(item, isPart))
  if (typeof schema !== 'object' || schema === null) return schema
  const node: Node = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === '$id') continue
    if (keyword === 'properties') {
      node[keyword] = Object.fromEntries(
        Object.entries(value as Node).map(([name, field]) => [name, closed(field)]),
      )
    } else if (['examples', 'default', 'enum', 'const'].includes(keyword)) {
      node[keyword] = value
    } else {
      node[keyword] = closed(value, keyword === 'allOf')
    }
  }
  if (node.allOf !== undefined) node.unevaluatedProperties ??= false
  else if (node.properties !== undefined && !isPart) node.additionalProperties ??= false
  return node
}

// Compiling all schemas costs more than a start may take, and most are not needed soon.
function lazily(compile: (schema: TSchema) => ValidateFunction, schema: TSchema): Check {
  let validate: ValidateFunction | undefined
  return (value) => {
    validate ??= compile(schema)
    return validate(value) ? NONE : fieldErrors(validate.errors ?? [])
  }
}

/** Compiles a schema once, however many routes share it. */
function compilerOf(ajv: Ajv2020) {
  const made = new WeakMap<TSchema, ValidateFunction>()
  return (schema: TSchema): ValidateFunction => {
    const validate = made.get(schema) ?? ajv.compile(closed(schema) as object)
    made.set(schema, validate)
    return validate
  }
}

function withOurs(ajv: Ajv2020): Ajv2020 {
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, { type: 'string', validate })
  const inPlace =
    (change: (text: string, how: string) => string) =>
    (how: string, text: string, _: unknown, at?: Place) => {
      if (at !== undefined) at.parentData[at.parentDataProperty] = change(text, how)
      return true
    }
  ajv.addKeyword({
    keyword: 'trim',
    type: 'string',
    schemaType: 'boolean',
    before: 'maxLength',
    modifying: true,
    errors: false,
    validate: inPlace((text) => text.trim()),
  })
  ajv.addKeyword({
    keyword: 'onEntry',
    type: 'string',
    schemaType: 'string',
    modifying: true,
    errors: false,
    validate: inPlace((text, how) => (how === 'instant' ? instantOf(text) : text.toLowerCase())),
  })
  return ajv
}

function instantOf(text: string): string {
  return formats['date-time']?.(text) ? new Date(text).toISOString() : text
}
