import type { ErrorObject } from 'ajv'
import { type FieldError, pointerStep } from '../../domain/refusal.ts'

const MOST_ERRORS = 1000

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'a date and time that exists, such as 2025-03-01T18:30:00Z',
  date: 'a day that exists, such as 2025-03-01',
  moment: 'a date and time that exists, such as 2025-03-01T18:30:00Z, or a position',
  uuid: 'a UUID',
  email: 'an e-mail address',
  'time-zone': 'the name of a time zone, such as Europe/Berlin',
  text: 'plain text without control characters',
}

const COMPARISONS: Readonly<Record<string, (limit: unknown) => readonly [code: string, sentence: string]>> = {
  minimum: (limit) => ['too-small', `must be ${limit} or more`],
  exclusiveMinimum: (limit) => ['too-small', `must be more than ${limit}`],
  maximum: (limit) => ['too-large', `must be ${limit} or less`],
  exclusiveMaximum: (limit) => ['too-large', `must be less than ${limit}`],
  minLength: (limit) =>
    limit === 1 ? ['too-short', 'must not be empty'] : ['too-short', `must have ${limit} characters or more`],
  maxLength: (limit) => ['too-long', `must have ${limit} characters or less`],
  minItems: (limit) => ['too-few', `must have ${limit} items or more`],
  maxItems: (limit) => ['too-many', `must have ${limit} items or less`],
  minProperties: (limit) => ['too-few', `must have ${limit} fields or more`],
  maxProperties: (limit) => ['too-many', `must have ${limit} fields or less`],
}

/** What Ajv found, in sentences for people: one error to a field, of the forms of a union the nearest. */
export function fieldErrors(found: readonly ErrorObject[]): FieldError[] {
  const errors = new Map<string, FieldError>()
  for (const error of nearest(found)) {
    const pointer = pointerOf(error)
    if (errors.size === MOST_ERRORS) break
    if (!errors.has(pointer)) errors.set(pointer, { pointer, ...described(error, nameOf(pointer)) })
  }
  return [...errors.values()]
}

function pointerOf({ instancePath, params }: ErrorObject): string {
  const name = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty
  return name === undefined ? instancePath : `${instancePath}/${pointerStep(String(name))}`
}

function nameOf(pointer: string): string {
  const path = pointer.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = path.findLastIndex((part) => !/^\d*$/.test(part))
  if (last === -1) return 'The body'
  return `\`${path[last]}${path
    .slice(last + 1)
    .map((index) => `[${index}]`)
    .join('')}\``
}

function described(
  { keyword, params, parentSchema }: ErrorObject,
  name: string,
): { code: string; message: string } {
  const comparison = COMPARISONS[keyword]
  if (comparison !== undefined) {
    const [code, sentence] = comparison(params.limit)
    return { code, message: `${name} ${sentence}.` }
  }
  if ('missingProperty' in params) return { code: 'required', message: `${name} is required.` }
  if ('additionalProperty' in params || 'unevaluatedProperty' in params) {
    const unknown = params.additionalProperty ?? params.unevaluatedProperty
    return { code: 'unknown-field', message: `\`${unknown}\` is not known here.` }
  }
  switch (keyword) {
    case 'type':
      return { code: 'wrong-type', message: `${name} must be ${kinds([params.type].flat())}.` }
    case 'enum':
      return {
        code: 'not-allowed',
        message: `${name} must be one of: ${params.allowedValues.map(String).join(', ')}.`,
      }
    case 'const':
      return { code: 'not-allowed', message: `${name} must be ${params.allowedValue}.` }
    case 'multipleOf':
      return { code: 'wrong-step', message: `${name} must be a multiple of ${params.multipleOf}.` }
    case 'uniqueItems':
      return { code: 'duplicate', message: `${name} must not hold the same item twice.` }
    case 'format':
      return { code: 'wrong-format', message: `${name} must be ${FORMATS[params.format] ?? params.format}.` }
    default:
      return noneOf(parentSchema, name)
  }
}

function kinds(types: readonly string[]): string {
  return types.map((type) => KINDS[type]).join(' or ')
}

function noneOf(schema: ErrorObject['parentSchema'], name: string): { code: string; message: string } {
  const forms: { const?: unknown; type?: string | string[] }[] = schema?.anyOf ?? schema?.oneOf ?? []
  const words = forms.flatMap((form) => (form.const === undefined ? [] : [String(form.const)]))
  const types = [...new Set(forms.flatMap((form) => (form.const === undefined ? (form.type ?? []) : [])))]
  const oneOf = words.length > 0 ? [`one of: ${words.join(', ')}`] : []
  const wanted = [...(types.length > 0 ? [kinds(types)] : []), ...oneOf].join(' or ')
  if (words.length > 0) return { code: 'not-allowed', message: `${name} must be ${wanted}.` }
  if (types.length > 0) return { code: 'wrong-type', message: `${name} must be ${wanted}.` }
  return { code: 'wrong-format', message: `${name} is not of a form that is known here.` }
}

// Ajv reports every form of a union that did not fit. A person meant one of them: that with the least wrong.
function nearest(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  const union = unions.toSorted((a, b) => a.schemaPath.length - b.schemaPath.length)[0]
  if (union === undefined) return errors
  const inside = errors.filter((error) => isWithin(error, union))
  const outside = errors.filter((error) => error !== union && !isWithin(error, union))
  const forms = Object.values(Object.groupBy(inside, (error) => formIndex(error, union))) as ErrorObject[][]
  const best = forms.toSorted((a, b) => distance(a, union) - distance(b, union))[0]
  const chosen =
    best === undefined || best.some((error) => isMismatch(error, union)) ? [plain(union)] : nearest(best)
  return [...chosen, ...nearest(outside)]
}

function isWithin(error: ErrorObject, union: ErrorObject): boolean {
  const here =
    error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`)
  return here && error.schemaPath.startsWith(`${union.schemaPath}/`)
}

function formIndex(error: ErrorObject, union: ErrorObject): string {
  return error.schemaPath.slice(union.schemaPath.length + 1).split('/', 1)[0] as string
}

function isMismatch(error: ErrorObject, union: ErrorObject): boolean {
  return ['type', 'const', 'enum'].includes(error.keyword) && error.instancePath === union.instancePath
}

function distance(errors: readonly ErrorObject[], union: ErrorObject): number {
  const weights: Readonly<Record<string, number>> = {
    additionalProperties: 100,
    unevaluatedProperties: 100,
    required: 10,
  }
  const own = errors.filter(({ instancePath }) => instancePath === union.instancePath)
  const deeper = errors.length - own.length
  const weight = own.reduce(
    (sum, error) => sum + (isMismatch(error, union) ? 1000 : (weights[error.keyword] ?? 1)),
    0,
  )
  // Which form is meant shows in its own fields, however much is wrong inside of them.
  return weight + deeper / (deeper + 1)
}

function plain(union: ErrorObject): ErrorObject {
  return { ...union, keyword: 'union' }
}
