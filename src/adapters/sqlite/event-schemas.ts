import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import Type, { type TSchema } from 'typebox'
import type { EventType } from '../../domain/events.ts'
import { exerciseSchemas } from './schemas/exercise.ts'
import { goalSchemas } from './schemas/goal.ts'
import { measurementSchemas } from './schemas/measurement.ts'
import { Fields, Text } from './schemas/parts.ts'
import { planSchemas } from './schemas/plan.ts'
import { sessionSchemas } from './schemas/session.ts'
import { userSchemas } from './schemas/user.ts'

/** The data of every event, as it is written and as it reads once it was brought up to today's version. */
export const eventSchemas: { readonly [T in EventType]: TSchema } = {
  ...userSchemas,
  ...exerciseSchemas,
  ...planSchemas,
  ...sessionSchemas,
  ...measurementSchemas,
  ...goalSchemas,
}

const metadataSchema = Fields({
  actor: Text(100),
  commandId: Text(100),
  correlationId: Text(100),
  traceId: Type.Optional(Text(100)),
})

const ajv = new Ajv2020({ strictTypes: false, validateSchema: false })
const compiled = new Map<string, ValidateFunction>()
let checkMetadata: ValidateFunction | undefined

/**
 * What is wrong with the data of an event: a field, as a JSON pointer, and what it should be; undefined where
 * nothing is. Names no value, as that is somebody's health data.
 */
export function schemaFault(type: EventType, data: unknown): string | undefined {
  let validate = compiled.get(type)
  if (validate === undefined) {
    validate = ajv.compile(eventSchemas[type])
    compiled.set(type, validate)
  }
  return validate(data) ? undefined : describe(validate.errors?.[0] as ErrorObject)
}

/** The same for the metadata beside it. */
export function metadataFault(metadata: Buffer): string | undefined {
  const found = parsed(metadata)
  checkMetadata ??= ajv.compile(metadataSchema)
  if (found !== undefined && checkMetadata(found)) return undefined
  return 'its metadata is not who and what caused it'
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}

function describe({ keyword, instancePath, params, message }: ErrorObject): string {
  const added = keyword === 'additionalProperties' ? String(params.additionalProperty).slice(0, 40) : ''
  if (added !== '') return `the field ${instancePath}/${added} does not belong there`
  const lacking = keyword === 'required' ? String(params.missingProperty) : ''
  if (lacking !== '') return `the field ${instancePath}/${lacking} is missing`
  return `${instancePath === '' ? 'its data' : `the field ${instancePath}`} ${message}`
}
