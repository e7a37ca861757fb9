import type { TSchema } from 'typebox'
import metadata from '../../../package.json' with { type: 'json' }
import { closed } from './check.ts'
import { exampleOf } from './openapi-examples.ts'
import { HEADERS, PARAMETERS, REFUSALS, refusalResponses, SECURITY_SCHEMES, TAGS } from './openapi-parts.ts'
import { type Described, type Route, scopeOf, takesIdempotencyKey } from './route.ts'
import { ProblemDetails } from './schemas.ts'

type Json = { [name: string]: unknown }

const EVERYWHERE = [400, 406, 413, 415, 422, 429, 500, 503]

/** The OpenAPI 3.1 document of the routes. Throws where one name has two schemas or a part is undeclared. */
export function openApiDocument(routes: readonly Route[], publicUrl = '/') {
  const schemas = new Map<string, Json>()
  const paths: Record<string, Json> = {}
  published(ProblemDetails, schemas)
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, schemas) }
  }
  const tags = [...new Set(routes.map(({ spec }) => spec.tag))]
  const responses = usedOf('responses', refusalResponses(), paths)
  return {
    openapi: '3.1.0',
    info: {
      title: 'RepLedger',
      version: metadata.version,
      description: 'A workout log whose history cannot be lost or quietly changed.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    tags: tags.map((name) => ({ name, description: TAGS[name] ?? name })),
    paths,
    components: {
      securitySchemes: SECURITY_SCHEMES,
      schemas: Object.fromEntries([...schemas].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      parameters: usedOf('parameters', PARAMETERS, paths),
      headers: usedOf('headers', HEADERS, { paths, responses }),
      responses,
    },
  }
}

function usedOf(kind: string, components: Readonly<Json>, users: Json): Json {
  const text = JSON.stringify(users)
  return Object.fromEntries(Object.entries(components).filter(([name]) => text.includes(`/${kind}/${name}"`)))
}

function operationOf({ method, path, spec }: Route, schemas: Map<string, Json>): Json {
  return {
    operationId: operationIdOf(method, path),
    summary: spec.summary,
    ...(spec.description && { description: spec.description }),
    tags: [spec.tag],
    ...(spec.deprecated && { deprecated: true }),
    security: securityOf({ method, spec }),
    parameters: parametersOf({ method, path, spec }, schemas),
    ...(spec.body && method !== 'GET' && { requestBody: requestBodyOf(spec, schemas) }),
    responses: responsesOf({ method, path, spec }, schemas),
  }
}

function securityOf(route: Pick<Route, 'method' | 'spec'>): Json[] {
  const scope = scopeOf(route)
  if (scope === undefined) return []
  const needed = { [route.spec.access === 'operator' ? 'operator' : 'bearer']: [scope] }
  return route.spec.access === 'anybody' ? [{}, needed] : [needed]
}

function operationIdOf(method: string, path: string): string {
  const words = path.replace(/^\/v1\//, '/').match(/[a-z0-9]+/gi) ?? []
  const capitalized = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return method.toLowerCase() + capitalized.join('')
}

function requestBodyOf({ body, bodyType, query, loose }: Route['spec'], schemas: Map<string, Json>): Json {
  const { required, anyOf } = body as { required?: readonly string[]; anyOf?: readonly unknown[] }
  if (bodyType !== undefined)
    return { required: true, content: { [bodyType]: shown(body as TSchema, schemas) } }
  const isElsewhere = loose === true && query !== undefined
  const isRequired = !isElsewhere && (anyOf !== undefined || (required?.length ?? 0) > 0)
  return { required: isRequired, content: { 'application/json': shown(body as TSchema, schemas) } }
}

function parametersOf({ method, path, spec }: Omit<Route, 'handle'>, schemas: Map<string, Json>): Json[] {
  const inPath = namedIn(spec.params, 'path', schemas)
  for (const name of path.matchAll(/\{(\w+)\}/g)) {
    if (!inPath.some((parameter) => parameter.name === name[1])) {
      throw new Error(`${method} ${path} does not declare its parameter ${name[1]}.`)
    }
  }
  const shared: (keyof typeof PARAMETERS)[] = []
  if (takesIdempotencyKey({ method, spec })) shared.push('IdempotencyKey')
  if (spec.conditional) shared.push('IfMatch')
  if (method === 'GET' && answersWith(spec, 'etag')) shared.push('IfNoneMatch')
  if (answersWith(spec, 'content-language')) shared.push('AcceptLanguage')
  const isStream = Object.values(spec.answers).some((answer) => answer.contentType === 'text/event-stream')
  if (isStream) shared.push('LastEventId')
  const references = shared.map((name) => ({ $ref: `#/components/parameters/${name}` }))
  // Browsers send no body with a GET, so the page that shows the document could not try it.
  const inQuery = method === 'GET' ? (spec.body ?? spec.query) : spec.query
  return [...inPath, ...namedIn(inQuery, 'query', schemas), ...references]
}

function namedIn(schema: TSchema | undefined, where: 'path' | 'query', schemas: Map<string, Json>): Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([name, field]) => {
    const { description, ...plain } = published(field, schemas)
    const isRequired = where === 'path' || (required.includes(name) && plain.default === undefined)
    return {
      name,
      in: where,
      required: isRequired,
      ...(description !== undefined && { description }),
      // Pages that show the document fill in what stands here: filters that nobody asked for would be sent.
      ...(isRequired && { example: exampleOf(plain) }),
      schema: plain,
    }
  })
}

function responsesOf({ method, path, spec }: Omit<Route, 'handle'>, schemas: Map<string, Json>): Json {
  const responses: Json = {}
  for (const [status, described] of Object.entries(spec.answers)) {
    const besides = takesIdempotencyKey({ method, spec }) ? ['idempotency-replayed'] : []
    const counted = spec.always ? [] : ['ratelimit', 'ratelimit-policy']
    responses[status] = responseOf(described, [...besides, ...counted], schemas)
  }
  const statuses = new Set<number>([...EVERYWHERE, ...(spec.refusals ?? [])])
  if (spec.access !== 'nobody') statuses.add(401).add(403)
  if (path.includes('{')) statuses.add(404)
  if (spec.conditional) statuses.add(412)
  if (spec.always) statuses.delete(429)
  if (method === 'GET' && answersWith(spec, 'etag')) statuses.add(304)
  for (const status of statuses) {
    responses[status] ??= { $ref: `#/components/responses/${REFUSALS[status]?.name}` }
  }
  return responses
}

function responseOf(described: Described, besides: readonly string[], schemas: Map<string, Json>): Json {
  const { description, schema, contentType = 'application/json' } = described
  const names = ['x-request-id', ...(described.headers ?? []), ...besides]
  const headers = names.map((name) => {
    if (HEADERS[name] === undefined) throw new Error(`The header ${name} is not described.`)
    return [name, { $ref: `#/components/headers/${name}` }]
  })
  const content = schema && { content: { [contentType]: shown(schema, schemas) } }
  return { description, headers: Object.fromEntries(headers), ...content }
}

function answersWith(spec: Route['spec'], header: string): boolean {
  return Object.values(spec.answers).some(({ headers }) => headers?.includes(header))
}

function shown(schema: TSchema, schemas: Map<string, Json>): Json {
  const example = exampleOf(schema)
  return { schema: published(schema, schemas), ...(example !== undefined && { example }) }
}

/** A schema as the document shows it: those with a title stand among the components, once. */
function published(schema: unknown, schemas: Map<string, Json>): Json {
  return hoisted(closed(schema), schemas) as Json
}

function hoisted(schema: unknown, schemas: Map<string, Json>): unknown {
  if (Array.isArray(schema)) return schema.map((item) => hoisted(item, schemas))
  if (typeof schema !== 'object' || schema === null) return schema
  const node: Json = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties') {
      const fields = Object.entries(value as Json)
      node[keyword] = Object.fromEntries(fields.map(([name, field]) => [name, hoisted(field, schemas)]))
    } else if (keyword !== 'trim' && keyword !== 'onEntry') {
      node[keyword] = keyword === 'examples' || keyword === 'default' ? value : hoisted(value, schemas)
    }
  }
  if (typeof node.title !== 'string') return node
  const other = schemas.get(node.title)
  if (other !== undefined && JSON.stringify(other) !== JSON.stringify(node)) {
    throw new Error(`Two schemas have the title ${node.title}.`)
  }
  schemas.set(node.title, node)
  return { $ref: `#/components/schemas/${node.title}` }
}
