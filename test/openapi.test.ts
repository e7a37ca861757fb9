import { Ajv2020 } from 'ajv/dist/2020.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formats } from '../src/adapters/http/formats.ts'
import { textOf } from './support/contract.ts'
import { otherwise, turnOf } from './support/newcomer.ts'
import { serve } from './support/served.ts'
import { temporaryDirectory } from './support/writer.ts'

const test = suite('the OpenAPI document of the whole program')

type Schema = {
  $ref?: string
  description?: string
  examples?: unknown[]
  type?: string | string[]
  enum?: unknown[]
  maxLength?: number
  maxItems?: number
  additionalProperties?: boolean | Schema
  unevaluatedProperties?: boolean
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  allOf?: Schema[]
}
type Content = Record<string, { schema: Schema; example?: unknown }>
type Parameter = {
  $ref?: string
  name: string
  in: string
  schema: Schema
  example?: unknown
  required?: boolean
}
type Operation = {
  operationId?: string
  summary?: string
  tags?: string[]
  security: unknown[]
  parameters: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { $ref?: string; content?: Content }>
}
type Document = {
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; responses: Record<string, { content?: Content }> }
}

const server = await serve(temporaryDirectory())
const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    ...{ method: method.toUpperCase(), path, operation },
  })),
)

type Named = (typeof operations)[number]

const ajv = new Ajv2020({ strict: false, allErrors: true })
for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, { type: 'string', validate })
ajv.addSchema(document, 'document')

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}

test('names every operation once, and tells what it does and where it belongs', () => {
  const described = document.tags.filter(({ description }) => description.length > 10).map(({ name }) => name)
  for (const { name, operation } of operations) {
    assert.match(operation.summary ?? '', /^\p{Lu}.{5,}/u, name)
    assert.is(operation.tags?.length, 1, name)
    assert.ok(described.includes(operation.tags?.[0] as string), name)
  }
  const ids = operations.map(({ operation }) => operation.operationId)
  assert.is(new Set(ids).size, operations.length)
})

test('shows an example of every body, asked or answered, that its schema allows', () => {
  const contents: [string, Content][] = operations.flatMap(({ method, path, operation }) => {
    const at = `paths/${escaped(path)}/${method.toLowerCase()}`
    const asked: [string, Content][] = operation.requestBody
      ? [[`${at}/requestBody/content`, operation.requestBody.content]]
      : []
    const answers = Object.entries(operation.responses).flatMap(([status, { content }]) =>
      content === undefined ? [] : [[`${at}/responses/${status}/content`, content] as [string, Content]],
    )
    return [...asked, ...answers]
  })
  for (const [name, { content }] of Object.entries(document.components.responses)) {
    if (content !== undefined) contents.push([`components/responses/${name}/content`, content])
  }
  assert.ok(contents.length > 50)
  for (const [at, content] of contents) {
    for (const [type, { example }] of Object.entries(content)) {
      assert.not.type(example, 'undefined', at)
      const validate = ajv.getSchema(`document#/${at}/${escaped(type)}/schema`)
      assert.ok(validate?.(example), `${at}: ${ajv.errorsText(validate?.errors)}`)
    }
  }
})

test('describes every field of every schema', () => {
  const silent: string[] = []
  function walk(schema: Schema, at: string) {
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      if (field.$ref === undefined && field.description === undefined) silent.push(`${at}/${name}`)
      walk(field, `${at}/${name}`)
    }
    for (const part of [schema.items, ...(schema.anyOf ?? [])]) if (part !== undefined) walk(part, at)
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) walk(schema, name)
  for (const { name, operation } of operations) {
    for (const { content = {} } of [operation.requestBody ?? {}, ...Object.values(operation.responses)]) {
      for (const { schema } of Object.values(content)) walk(schema, name)
    }
    for (const parameter of operation.parameters) {
      if (parameter.$ref === undefined && !('description' in parameter))
        silent.push(`${name}?${parameter.name}`)
    }
  }
  assert.equal(silent, [])
})

test('fills in nothing that was not asked for: filters, conditions and keys', () => {
  for (const { name, operation } of operations) {
    for (const { name: parameter, required, example } of operation.parameters) {
      assert.is(example !== undefined, required === true, `${name}: ${parameter}`)
    }
  }
})

/** What has no end of its own in what is sent: texts, lists, and objects with any fields. */
function endless(schema: Schema, where: string, within: readonly string[] = []): string[] {
  const name = schema.$ref?.split('/').at(-1)
  if (name !== undefined) {
    const named = document.components.schemas[name] as Schema
    return within.includes(name) ? [] : endless(named, `${where} ${name}`, [...within, name])
  }
  const { properties = {}, items, anyOf = [], allOf = [] } = schema
  const isA = (type: string) => [schema.type].flat().includes(type)
  const isClosed = schema.additionalProperties === false || schema.unevaluatedProperties === false
  const own = [
    ...(isA('string') && schema.enum === undefined && schema.maxLength === undefined ? ['text'] : []),
    ...(isA('array') && schema.maxItems === undefined ? ['list'] : []),
    ...(isA('object') && !isClosed ? ['fields'] : []),
  ]
  return [
    ...own.map((what) => `${where}: ${what}`),
    ...Object.entries(properties).flatMap(([field, inner]) => endless(inner, `${where}/${field}`, within)),
    ...[...(items ? [items] : []), ...anyOf, ...allOf].flatMap((inner) => endless(inner, where, within)),
  ]
}

test('sets an end to every text and every list that is sent', () => {
  const found = operations.flatMap(({ name, operation: { parameters, requestBody } }) => [
    ...parameters.flatMap((one) => (one.$ref || one.in === 'header' ? [] : endless(one.schema, name))),
    ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => endless(schema, name)),
  ])
  // Old clients send fields that nobody reads, and what an event says is checked by its type.
  const isKnown = (where: string) => /^POST \/user\/\S+ \w+: fields$|ExportedEvent\/data: fields$/.test(where)
  assert.equal(
    found.filter((where) => !isKnown(where)),
    [],
  )
})

test('lets a newcomer register, authorise once, and try every endpoint as its example says', async () => {
  let token: string | undefined
  const { operation: changing } = operations.find(({ path }) => path === '/v1/auth/password') as Named
  const change = changing.requestBody?.content['application/json']?.example as Record<string, string>
  const madeUpId = String(document.paths['/user/{id}']?.get?.parameters[0]?.example)
  let classicId = madeUpId
  let password = String(change.currentPassword)
  const asMeant = (given: string) =>
    given
      .replaceAll(madeUpId, classicId)
      .replaceAll(`"password":"${change.currentPassword}"`, `"password":"${password}"`)
  const answers: Record<string, string> = {}
  const login = operations.find(({ name }) => name === 'POST /v1/auth/login') as Named
  for (const one of operations.toSorted((a, b) => turnOf(a) - turnOf(b))) {
    const { name, path, operation } = one
    const isClassic = path.startsWith('/user/')
    const bearer = isClassic || operation.security.length === 0 ? undefined : token
    const { status, text } = await tried(one, bearer, asMeant)
    if (name === 'POST /v1/auth/password') password = String(change.newPassword)
    const logsIn = name === 'POST /v1/auth/register' || name === 'POST /v1/auth/logout'
    if (logsIn) token = JSON.parse((await tried(login, undefined, String)).text).accessToken
    if (name === 'POST /user/create') classicId = JSON.parse(text).id
    const isAsExpected = name in otherwise ? status === otherwise[name] : status < 300
    if (!isAsExpected) answers[name] = `${status} ${text}`
  }
  assert.equal(answers, {})
})

/** Sends the examples as the page that shows the document would; `meant` puts in what only a person knows. */
async function tried(
  { method, path, operation }: Named,
  token: string | undefined,
  meant: (given: string) => string,
) {
  const { parameters, requestBody } = operation
  const [type = '', { example } = {}] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const required = parameters.filter((parameter) => parameter.in === 'query' && parameter.required)
  const query = new URLSearchParams(
    Object.fromEntries(required.map(({ name, example: value }) => [name, meant(String(value))])),
  )
  const inPath = (name: string) => parameters.find((parameter) => parameter.name === name)?.example
  const filled = meant(path.replace(/\{(\w+)\}/g, (_, name) => String(inPath(name))))
  const headers: Record<string, string> = {}
  if (example !== undefined) headers['content-type'] = type
  if (token !== undefined) headers.authorization = `Bearer ${token}`
  const body =
    example === undefined ? null : meant(typeof example === 'string' ? example : JSON.stringify(example))
  const answer = await fetch(`${server.url}${filled}?${query}`, { method, headers, body })
  return { status: answer.status, text: await textOf(answer) }
}

test.after(server.close)

test.run()
