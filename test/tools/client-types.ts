// Writes client/api.ts from the document that the program serves: `npm run client`.
import { writeFileSync } from 'node:fs'
import { servedDocument } from '../support/served-document.ts'

export const target = new URL('../../client/api.ts', import.meta.url)

type Schema = {
  $ref?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly Schema[]
  type?: string | readonly string[]
  items?: Schema
  properties?: { [name: string]: Schema }
  required?: readonly string[]
  additionalProperties?: boolean | Schema
  description?: string
}
type Content = { [type: string]: { schema: Schema } }
type Parameter = { $ref?: string; name: string; in: string; required: boolean; schema: Schema }
type Operation = {
  summary: string
  description?: string
  tags: readonly string[]
  security: readonly object[]
  parameters: readonly Parameter[]
  requestBody?: { required: boolean; content: Content }
  responses: { [status: string]: { content?: Content } }
}
export type Document = {
  paths: { [path: string]: { [method: string]: Operation } }
  components: { schemas: { [name: string]: Schema } }
}

/** Kept for clients that were there before; a new one has no use for them. */
const classic = 'Classic'
const header = '// Made from the OpenAPI document by `npm run client`; not to be changed by hand.\n'

/** The whole module: a type for each schema, what each call takes and answers, and which may be repeated. */
export function clientTypes({ paths, components }: Document): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const told = operations.filter(({ operation }) => !operation.tags.includes(classic) && !isStream(operation))
  const methods = Map.groupBy(told, ({ method }) => method)
  const api = [...methods].map(([method, calls]) => {
    const lines = calls.map(({ path, operation }) => callOf(path, operation))
    return `  ${method}: {\n${lines.join('')}  }\n`
  })
  const schemas = Object.entries(components.schemas).filter(([name]) => !name.startsWith(classic))
  return [
    header,
    ...schemas.map(([name, schema]) => `${comment(schema, '')}export type ${name} = ${typeOf(schema, '')}\n`),
    `/** What each call takes and answers, by method and path. */\nexport type Api = {\n${api.join('')}}\n`,
    '/** Repeated under one Idempotency-Key they are done once. */',
    `export const keyed: ReadonlySet<string> = ${setOf(told, takesKey)}\n`,
    '/** Nobody needs to have logged in for these. */',
    `export const open: ReadonlySet<string> = ${setOf(told, ({ security }) => security.length === 0)}\n`,
  ].join('\n')
}

type Call = { path: string; method: string; operation: Operation }

function setOf(calls: readonly Call[], isOne: (operation: Operation) => boolean): string {
  const lines = calls
    .filter(({ operation }) => isOne(operation))
    .map(({ path, method }) => `  '${method} ${path}',\n`)
  return `new Set([\n${lines.join('')}])`
}

/** Streams are followed, not asked for. */
function isStream({ responses }: Operation): boolean {
  return Object.values(responses).some(({ content }) => content?.['text/event-stream'] !== undefined)
}

function takesKey({ parameters }: Operation): boolean {
  return parameters.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey'))
}

function callOf(path: string, { summary, parameters, requestBody, responses }: Operation): string {
  const asked = [...parametersIn('path', parameters), ...parametersIn('query', parameters)]
  for (const [type, { schema }] of Object.entries(requestBody?.content ?? {})) {
    const isJson = type === 'application/json'
    const mark = requestBody?.required ? '' : '?'
    asked.push(`body${mark}: ${isJson ? typeOf(schema, '      ') : 'string | Blob'}`)
    if (!isJson) asked.push(`contentType: '${type}'`)
    break
  }
  const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  const bodies = answers.map(([, { content }]) => {
    const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content ?? {})
    if (type === '') return 'undefined'
    return type === 'application/json' ? typeOf(schema, '      ') : 'string'
  })
  const taken =
    asked.length === 0 ? 'object' : `{\n${asked.map((line) => `        ${line}\n`).join('')}      }`
  const answer = [...new Set(bodies)].join(' | ')
  const about = `    /** ${/\W$/.test(summary) ? summary : `${summary}.`} */\n`
  return `${about}    '${path}': {\n      asked: ${taken}\n      answer: ${answer}\n    }\n`
}

function parametersIn(where: 'path' | 'query', parameters: readonly Parameter[]): string[] {
  const found = parameters.filter((parameter) => parameter.in === where)
  if (found.length === 0) return []
  const fields = found.map(
    ({ name, required, schema }) => `${name}${required ? '' : '?'}: ${typeOf(schema, '')}`,
  )
  const isOptional = found.every(({ required }) => !required)
  return [`${where === 'path' ? 'params' : 'query'}${isOptional ? '?' : ''}: { ${fields.join('; ')} }`]
}

function typeOf(schema: Schema, indent: string): string {
  const { $ref, anyOf, type, items, properties, additionalProperties } = schema
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1)
  if (anyOf !== undefined) return anyOf.map((each) => typeOf(each, indent)).join(' | ')
  if ('const' in schema) return literal(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
  if (Array.isArray(type)) return type.map((each) => typeOf({ ...schema, type: each }, indent)).join(' | ')
  if (type === 'array') return listOf(typeOf(items ?? {}, indent))
  if (type !== 'object') return plainTypes[String(type)] ?? 'unknown'
  if (properties !== undefined && Object.keys(properties).length > 0) return objectOf(schema, indent)
  const values = typeof additionalProperties === 'object' ? typeOf(additionalProperties, indent) : 'unknown'
  return `{ [name: string]: ${values} }`
}

const plainTypes: { readonly [type: string]: string } = {
  ...{ string: 'string', number: 'number', integer: 'number', boolean: 'boolean', null: 'null' },
}

function objectOf({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `
  const fields = Object.entries(properties).map(([name, schema]) => {
    const shown = /^\w+$/.test(name) ? name : `'${name}'`
    const mark = required.includes(name) ? '' : '?'
    return `${comment(schema, inner)}${inner}${shown}${mark}: ${typeOf(schema, inner)}\n`
  })
  return `{\n${fields.join('')}${indent}}`
}

function listOf(type: string): string {
  return type.includes(' | ') && !type.startsWith('{') ? `(${type})[]` : `${type}[]`
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value)
}

function comment({ description }: Schema, indent: string): string {
  return description === undefined ? '' : `${indent}/** ${description.replaceAll('*/', '* /')} */\n`
}

if (import.meta.main) writeFileSync(target, clientTypes(await servedDocument<Document>()))
