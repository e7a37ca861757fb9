import fc from 'fast-check'
import type { Document } from './contract.ts'
import { fitting, type Schema, schemaAt } from './fitting.ts'
import { anyFlaw, type Flaw, oddHeaders, words } from './flaws.ts'

type Parameter = { $ref?: string; name: string; in: string; required?: boolean; schema: Schema }
type Described = {
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, unknown>
  security: Record<string, string[]>[]
  tags: string[]
}

/** One of the document, with what a fuzzer needs of it. */
export type Operation = {
  /** Method and path, as `POST /v1/plans`. */
  name: string
  method: string
  path: string
  query: Parameter[]
  body: Schema | undefined
  /** Of the body, where there is one. */
  contentType: string
  statuses: readonly number[]
  /** The security scheme of the token that it needs; undefined where none is needed. */
  scheme: string | undefined
  /** What the token must be allowed. */
  scope: string | undefined
  isClassic: boolean
  takesKey: boolean
}

/** Stands for something that was seen before, and is put in when the request is sent. */
export type Known = { known: string; nth: number }

export type Who = 'owner' | 'nobody' | 'stranger' | 'reader' | 'writer' | 'operator' | 'forger' | 'mumbler'

export type Asked = {
  operation: Operation
  who: Who
  params: (string | Known)[]
  query: [name: string, value: unknown][]
  headers: Record<string, unknown>
  body: unknown
  /** Fields that must agree are made to. */
  isAgreeing: boolean
  isHead: boolean
  flaw: Flaw | undefined
}

// What makes something is asked more often, so that there is something for the others to name.
const MAKING = /^POST (\/v1\/\w+|\/user\/create|\/v1\/sessions\/\{id\}\/sets)$/

const OTHERS = ['nobody', 'stranger', 'reader', 'writer', 'operator', 'forger', 'mumbler'] as const

export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs as Record<string, Described>).map(([verb, described]): Operation => {
      const { parameters, requestBody, responses, security, tags } = described
      const method = verb.toUpperCase()
      const [needed] = security.flatMap((choice) => Object.entries(choice))
      const [content] = Object.entries(requestBody?.content ?? {})
      return {
        name: `${method} ${path}`,
        method,
        path,
        query: parameters.filter((parameter) => parameter.in === 'query'),
        body: content?.[1].schema,
        contentType: content?.[0] ?? 'application/json',
        statuses: Object.keys(responses).map(Number),
        scheme: needed?.[0],
        scope: needed?.[1][0],
        isClassic: tags.includes('Classic'),
        takesKey: parameters.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey')),
      }
    }),
  )
}

/** Requests of all operations alike: as documented, or with one flaw. */
export function anyRequest(document: Document, operations: readonly Operation[]): fc.Arbitrary<Asked> {
  const each = operations.flatMap((operation) => {
    const asking = requestOf(document, operation)
    return Array.from({ length: MAKING.test(operation.name) ? 4 : 1 }, () => asking)
  })
  return fc.noBias(fc.nat(each.length - 1)).chain((index) => each[index] as fc.Arbitrary<Asked>)
}

function requestOf(document: Document, operation: Operation): fc.Arbitrary<Asked> {
  const { method, path, body } = operation
  const valueFor = fitting(document, (name) => knownAt(operation, name))
  const params = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => paramOf(operation, name as string))
  return fc.record({
    operation: fc.constant(operation),
    who: fc.oneof({ weight: 12, arbitrary: fc.constant<Who>('owner') }, fc.constantFrom<Who>(...OTHERS)),
    params: fc.tuple(...params),
    query: queryOf(operation, valueFor),
    headers: fc.oneof({ weight: 6, arbitrary: headersOf(operation) }, oddHeaders),
    body: body === undefined ? fc.constant(undefined) : bodyOf(document, operation, body, valueFor),
    isAgreeing: chance(5),
    isHead: method === 'GET' && !operation.statuses.includes(201) ? chance(1, 9) : fc.constant(false),
    flaw: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: anyFlaw }),
  })
}

/** True in so many of cases, false in the rest. */
function chance(yes: number, no = 1): fc.Arbitrary<boolean> {
  return fc.oneof(
    { weight: yes, arbitrary: fc.constant(true) },
    { weight: no, arbitrary: fc.constant(false) },
  )
}

function knownAs(kind: string): fc.Arbitrary<Known> {
  return fc.nat(999).map((nth) => ({ known: kind, nth }))
}

function paramOf({ path }: Operation, name: string): fc.Arbitrary<string | Known> {
  const kind = path.startsWith('/user/') ? (CLASSIC[name] as string) : `{${name}}`
  return fc.oneof({ weight: 12, arbitrary: knownAs(kind) }, fc.uuid(), words)
}

const CLASSIC: Readonly<Record<string, string>> = { id: 'classic', workout_number: 'workout-number' }

// By the name of the field, after that of the operation where it means something else there.
const KINDS: Readonly<Record<string, string>> = {
  exerciseId: 'exercise',
  planId: 'plan',
  stepId: 'step',
  id: 'fresh-id',
  email: 'fresh-email',
  phone: 'fresh-phone',
  currentPassword: 'password',
  refreshToken: 'refresh-token',
  cursor: 'cursor',
  lastEventId: 'version',
  at: 'now',
  'POST /v1/auth/login email': 'email',
  'POST /v1/auth/login password': 'password',
  'POST /v1/auth/register password': 'fresh-password',
  'POST /v1/auth/password newPassword': 'fresh-password',
  'POST /v1/auth/reset newPassword': 'fresh-password',
  'POST /v1/auth/reset ticket': 'reset-ticket',
  'POST /v1/auth/claim id': 'classic',
  'POST /v1/auth/claim password': 'fresh-password',
  'DELETE /v1/me password': 'password',
  'GET /v1/sessions/{id}/stream ticket': 'stream-ticket',
}

function knownAt({ name, isClassic }: Operation, field: string): fc.Arbitrary<Known> | undefined {
  const kind = (isClassic ? CLASSIC[field] : undefined) ?? KINDS[`${name} ${field}`] ?? KINDS[field]
  return kind === undefined ? undefined : knownAs(kind)
}

type ValueFor = ReturnType<typeof fitting>

function queryOf({ query }: Operation, valueFor: ValueFor): fc.Arbitrary<[string, unknown][]> {
  const pairs = query.map(({ name, schema, required }) => {
    const pair = valueFor(schema, name).map((value): [string, unknown] => [name, value])
    return fc.option(pair, { nil: undefined, freq: required ? 20 : 1 })
  })
  // Filters upon filters leave nothing over, so that most questions bear few of them.
  return fc.tuple(fc.tuple(...pairs), fc.array(fc.nat(30), { maxLength: 2 })).map(([given, kept]) =>
    given.filter((pair, index) => {
      const isNeeded = query[index]?.required || kept.some((one) => one % query.length === index)
      return pair !== undefined && isNeeded
    }),
  ) as fc.Arbitrary<[string, unknown][]>
}

function headersOf({ takesKey, method }: Operation): fc.Arbitrary<Record<string, unknown>> {
  const key = fc.uuid().map((id) => ({ 'idempotency-key': id }))
  const tag = knownAs('etag').map((etag) => ({ [method === 'GET' ? 'if-none-match' : 'if-match']: etag }))
  return fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, tag, takesKey ? key : fc.constant({}))
}

function bodyOf(document: Document, { name, contentType }: Operation, schema: Schema, valueFor: ValueFor) {
  const examples = schema.examples ?? schemaAt(document, schema.$ref ?? '')?.examples ?? []
  const told = name === 'POST /v1/me/import' ? knownAs('export') : valueFor(schema)
  if (examples.length === 0) return told
  // Nothing that is made up is a table.
  const weight = contentType === 'text/csv' ? 1 : 9
  return fc.oneof({ weight, arbitrary: told }, fc.constantFrom(...examples))
}
