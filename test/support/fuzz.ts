import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { contractOf, type Document, schemasOf, textOf } from './contract.ts'
import { fitting, type Schema } from './fitting.ts'
import { startServer } from './process.ts'

type Parameter = { $ref?: string; name: string; in: string; schema: Schema }
type Operation = {
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}
type Asked = {
  method: string
  path: string
  query: [name: string, text: string][]
  headers: Record<string, string>
  /** Which of the ids known so far stand in the path; a text stands there itself. */
  ids: (number | string)[]
  body: unknown
  text: string | undefined
  isKnown: boolean
}
type Json = ReturnType<typeof JSON.parse>

const account = { email: 'fuzz@example.org', password: 'a long enough phrase' }

const hostile = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -1,
    -0,
    1.5,
    1e308,
    2 ** 53,
    '',
    ' ',
    '5',
    'NaN',
    '2025-02-30',
    'x'.repeat(3000),
  ),
  fc.constantFrom('\u0000', '\ud800', '__proto__', [], {}, [[[]]], { constructor: { prototype: 1 } }, [
    '',
    null,
  ]),
  fc.jsonValue(),
)
const words = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1e9',
    'NaN',
    'null',
    '2025-02-30',
    '\u0000',
    '😀',
    "'; --",
    'x'.repeat(500),
  ),
  fc.string().filter((word) => !/^\.+$/.test(word)), // dots go out of a path before it is sent
)

/**
 * Asks the real program what its OpenAPI document describes, rightly and wrongly. It never fails, answers as
 * documented, refuses a body that its schema does not allow, and stores nothing with a refusal.
 */
export async function fuzz({ requests, seed }: { requests: number; seed: number }) {
  const dataDir = await mkdtemp(join(tmpdir(), 'repledger-fuzz-'))
  const server = await startServer(dataDir)
  const log = new Database(join(dataDir, 'log.db'), { readonly: true })
  try {
    const head = log.prepare<[], number>('SELECT max(position) FROM events').pluck()
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document
    const ask = await asking(server.url)
    const conforms = contractOf(document)
    const fits = bodiesOf(document)
    const answered = new Set<string>()
    const property = fc.asyncProperty(anyRequest(document), async (asked) => {
      const before = head.get()
      const { target, status, headers, body } = await ask(asked)
      const where = `${asked.method} ${target} -> ${status} ${JSON.stringify(body)}`
      assert.ok(status < 500, where)
      conforms(asked.method, target, { status, headers, body })
      if (asked.text !== undefined || !fits(asked)) assert.ok(status >= 400, where)
      if (status >= 400) assert.is(head.get(), before, `${where} stored something`)
      if (status === 422) assert.ok(body.errors.length > 0, where)
      answered.add(`${asked.method} ${asked.path} ${status}`)
    })
    // What a request does hangs on those before it, so that a failing one cannot be made smaller alone.
    const report = await fc.check(property, { numRuns: requests, seed, endOnFailure: true })
    if (!report.failed) return answered
    const asked = JSON.stringify(report.counterexample)
    const { errorInstance: cause, numRuns } = report
    throw new Error(`Seed ${seed}, request ${numRuns} ${asked}: ${(cause as Error).message}`, { cause })
  } finally {
    log.close()
    await server.stop('SIGTERM')
    await rm(dataDir, { recursive: true, force: true })
  }
}

function anyRequest(document: Document): fc.Arbitrary<Asked> {
  const places = Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.keys(verbs).map((verb) => ({ method: verb.toUpperCase(), path })),
  )
  const id = fc.oneof({ weight: 6, arbitrary: fc.nat(1000) }, fc.uuid(), words)
  const broken = fc.constantFrom('{', '[]', '{}}')
  return fc.constantFrom(...places).chain(({ method, path }) => {
    const { parameters, requestBody } = operationAt(document, method, path)
    const schema = requestBody?.content['application/json']?.schema
    const none = fc.constant(undefined)
    return fc.record({
      method: fc.constant(method),
      path: fc.constant(path),
      query: queryOf(document, parameters),
      headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, anyHeaders),
      ids: fc.array(id, { minLength: 2, maxLength: 2 }),
      body: schema === undefined ? none : bodyOf(document, schema),
      text: method === 'GET' ? none : fc.oneof({ weight: 9, arbitrary: none }, broken),
      isKnown: fc.integer({ min: 0, max: 9 }).map((chance) => chance > 0),
    })
  })
}

function operationAt(document: Document, method: string, path: string): Operation {
  return document.paths[path]?.[method.toLowerCase()] as Operation
}

const anyHeaders = fc.record(
  {
    'if-match': fc.constantFrom('"1"', '"2"', 'W/"3"', '*', '""', '"x"', '1', '"1", "2"'),
    'if-none-match': fc.constantFrom('"1"', 'W/"2"', '*', 'x'),
    'idempotency-key': fc.constantFrom('a', 'b', 'c', '', 'a b', 'x'.repeat(256)),
    'accept-language': fc.constantFrom('ru', 'en', 'de, ru;q=0.1', '*', ';;'),
    accept: fc.constantFrom('*/*', 'application/json', 'application/*', 'text/html', ',', 'x'),
    traceparent: fc.constantFrom('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'x'),
  },
  { requiredKeys: [] },
)

function queryOf(document: Document, parameters: readonly Parameter[]): fc.Arbitrary<[string, string][]> {
  const named = parameters.filter((parameter) => parameter.in === 'query')
  const known = named.map(({ name, schema }) =>
    fc.tuple(fc.constant(name), fc.oneof({ weight: 4, arbitrary: fitting(document, schema, name) }, words)),
  )
  const pair = fc.oneof(...known, ...(known.length > 3 ? [] : [fc.tuple(words, words)]))
  return fc
    .array(pair, { maxLength: 3 })
    .map((pairs) => pairs.map(([name, value]) => [name, String(value)] as [string, string]))
}

function bodyOf(document: Document, schema: Schema): fc.Arbitrary<unknown> {
  const right = fitting(document, schema)
  const wrong = fc.tuple(right, fc.nat(), hostile, fc.constantFrom('put', 'add', 'take'))
  return fc.oneof(
    right,
    wrong.map(([value, where, what, how]) => spoiled(value, where, what, how)),
  )
}

/** The value with one place in it replaced, taken away, or joined by another. */
function spoiled(value: unknown, where: number, what: unknown, how: 'put' | 'add' | 'take'): unknown {
  const copy = structuredClone(value)
  const places: [holder: Json, name: string][] = []
  const walk = (holder: Json) => {
    for (const [name, inner] of Object.entries(holder)) {
      places.push([holder, name])
      if (typeof inner === 'object' && inner !== null) walk(inner)
    }
  }
  walk(copy)
  const [holder, name] = places[where % (places.length || 1)] ?? [copy, 'nothing']
  if (how === 'take' && !Array.isArray(holder)) delete holder[name]
  else if (how === 'add' && !Array.isArray(holder)) holder.unheardOf = what
  else holder[name] = what
  return copy
}

/** Whether a body is one that the document allows; where none is described, only an empty one is. */
function bodiesOf(document: Document) {
  const schemas = schemasOf(document)
  return ({ method, path, body }: Asked) => {
    if (body === undefined) return true
    const content = ['requestBody', 'content', 'application/json', 'schema']
    return (
      schemas.at('paths', path, method.toLowerCase(), ...content)?.(JSON.parse(JSON.stringify(body))) === true
    )
  }
}

/** A client that is logged in, and remembers what it has seen of sessions, sets and exercises. */
async function asking(url: string) {
  const json = { 'content-type': 'application/json' }
  const sessions = new Map<string, string[]>()
  const enter = async (path: string, body: object) => {
    const answer = await fetch(url + path, { method: 'POST', headers: json, body: JSON.stringify(body) })
    assert.ok(answer.ok, path)
    return ((await answer.json()) as Json).accessToken as string
  }
  let token = await enter('/v1/auth/register', { ...account, firstName: 'Fay' })

  function targetOf({ path, ids, query }: Asked): string {
    const [first = '', second = ''] = ids
    const known = path.startsWith('/v1/sessions') ? [...sessions.keys()] : ['plank', 'push-up']
    const id = pick(known, first)
    const filled = path
      .replace('{id}', encodeURIComponent(id) || '-')
      .replace('{setId}', encodeURIComponent(pick(sessions.get(id) ?? [], second)) || '-')
    return query.length > 0 ? `${filled}?${new URLSearchParams(query)}` : filled
  }

  function remember(body: Json) {
    for (const session of [body, ...(body.items ?? [])]) {
      if (session.status === undefined || session.exercises === undefined) continue
      const sets = session.exercises.flatMap((entry: Json) => entry.sets.map((set: Json) => set.id))
      sessions.set(session.id, sets)
    }
  }

  return async (asked: Asked) => {
    const target = targetOf(asked)
    const content = asked.text ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body))
    const answer = await fetch(url + target, {
      method: asked.method,
      headers: {
        ...(content !== undefined && json),
        ...(asked.isKnown && { authorization: `Bearer ${token}` }),
        ...asked.headers,
      },
      ...(content !== undefined && { body: content }),
    })
    const read = await textOf(answer)
    const body = read === '' ? '' : (JSON.parse(read) as Json)
    if (answer.ok && body !== '') remember(body)
    if (answer.ok && asked.path === '/v1/auth/logout') token = await enter('/v1/auth/login', account)
    return { target, status: answer.status, headers: Object.fromEntries(answer.headers), body }
  }
}

function pick(known: readonly string[], id: number | string): string {
  return typeof id === 'string' ? id : (known[id % known.length] ?? '-')
}
