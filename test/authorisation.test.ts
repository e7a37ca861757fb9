import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Serving } from '../src/adapters/cli/operations.ts'
import { accessTable, type Kind, type Row } from './support/access-table.ts'
import { type Answered, type Asked, populate, send, type World } from './support/callers.ts'
import { serve } from './support/served.ts'
import { temporaryDirectory } from './support/writer.ts'

type Operation = { security: unknown[]; requestBody?: { content: Record<string, { example: unknown }> } }
type Context = { served: Serving; url: string; world: World; operations: Record<string, Operation> }
type Expected = number | 'granted' | 'theirs'
type Caller = 'nobody' | 'classic id' | 'another' | 'reader' | 'writer' | 'auditor' | 'watcher' | 'owner'

const test = suite<Context>('who may ask what')

/** What each is answered; `granted` is as the owner is, `theirs` so too unless it is asked of the owner's. */
const columns: Readonly<Record<Kind, Record<Caller, Expected>>> = {
  all: columnsOf('granted', 'granted', 'granted', 'granted', 'granted', 'granted'),
  reads: columnsOf(401, 401, 'theirs', 'granted', 403, 403),
  writes: columnsOf(401, 401, 'theirs', 403, 'granted', 403),
  login: columnsOf(401, 401, 'theirs', 403, 403, 403),
  audits: { ...columnsOf(401, 401, 403, 403, 403, 403), auditor: 'granted', owner: 403 },
  watches: { ...columnsOf(401, 401, 403, 403, 403, 403), watcher: 'granted', owner: 403 },
  'id-reads': columnsOf(401, 401, 401, 'granted', 403, 403),
  'id-writes': columnsOf(401, 401, 401, 403, 'granted', 403),
  'makes-id': columnsOf('granted', 401, 'granted', 403, 'granted', 403),
}

function columnsOf(...given: readonly [Expected, Expected, Expected, Expected, Expected, Expected]) {
  const [nobody, classicId, another, reader, writer, operator] = given
  const operators = { auditor: operator, watcher: operator }
  return { nobody, 'classic id': classicId, another, reader, writer, ...operators, owner: 'granted' as const }
}

test.before(async (context) => {
  const dataDir = temporaryDirectory()
  context.served = await serve(dataDir)
  context.url = context.served.url
  context.world = await populate(context.url, dataDir)
  const { paths } = JSON.parse((await send(context.url, 'GET', '/openapi.json')).text)
  context.operations = Object.fromEntries(
    Object.entries(paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  )
})

test.after(({ served }) => served.close())

test('every route has a row, and every row a route', ({ operations }) => {
  assert.equal(Object.keys(accessTable).toSorted(), Object.keys(operations).toSorted())
})

test('what the document says is needed is what is needed', ({ operations }) => {
  const said = (kind: Kind) => {
    if (kind === 'all') return []
    const needed = { [kind === 'audits' || kind === 'watches' ? 'operator' : 'bearer']: [scopeOf(kind)] }
    return kind.includes('id') ? [{}, needed] : [needed]
  }
  for (const [name, [kind]] of Object.entries(accessTable)) {
    // Its tickets are nobody's business here.
    const expected = name === 'GET /v1/sessions/{id}/stream' ? [{}, { bearer: ['read'] }] : said(kind)
    assert.equal(operations[name]?.security, expected, name)
  }
})

for (const [name, row] of Object.entries(accessTable)) {
  const [kind, status, , ofAnother = status] = row
  // Whoever else they are, they are nobody, or the owner of what is their own, in these.
  const isTold = (caller: Caller) => {
    if (kind === 'all') return caller === 'nobody' || caller === 'auditor'
    return kind !== 'login' || caller !== 'another'
  }

  test(`${name} is answered to each as the table says`, async (context) => {
    const { url, world } = context
    const [method, path] = name.split(' ') as [string, string]
    const id = kind.startsWith('id-') ? world.claimed.id : ''
    const given = await askedOf(context, name, row, id)
    const before = await headOf(url)
    const granted: Caller[] = []
    for (const [caller, answer] of Object.entries(columns[kind]) as [Caller, Expected][]) {
      const isOthers = answer === 'theirs' && given.params !== undefined
      if (answer === 'granted' || (answer === 'theirs' && !isOthers)) {
        granted.push(caller)
        continue
      }
      const expected = isOthers ? 404 : (answer as number)
      const asked = { ...given, token: tokenOf(world, caller, kind) }
      const refused = await send(url, method, path, asked)
      assert.is(refused.status, expected, `${caller}: ${refused.text}`)
      assert.is(refused.headers['www-authenticate'] !== undefined, expected !== 404, caller)
      if (isOthers)
        assert.equal(comparable(refused), comparable(await send(url, method, path, unknown(asked))))
      if (method === 'GET' && status !== 201) {
        assert.is((await send(url, 'HEAD', path, asked)).status, expected, `${caller} by HEAD`)
      }
    }
    assert.equal(await headOf(url), before, 'who is refused changes nothing')
    for (const [index, caller] of granted.filter(isTold).entries()) {
      const made = index === 0 ? given : await askedOf(context, name, row, id)
      const token = made.token ?? tokenOf(world, caller, kind)
      const answered = await send(url, method, path, { ...made, token })
      const expected = caller === 'another' ? ofAnother : status
      assert.is(answered.status, expected, `${caller}: ${answered.text}`)
    }
  })
}

test('the id of an account that is not claimed opens it, and nothing else', async (context) => {
  const { url, world } = context
  for (const [name, row] of Object.entries(accessTable)) {
    if (!row[0].startsWith('id-')) continue
    const [method, path] = name.split(' ') as [string, string]
    const asked = await askedOf(context, name, row, world.classicId)
    assert.is((await send(url, method, path, asked)).status, row[1], name)
    const strange = await askedOf(context, name, row, randomUUID())
    assert.is((await send(url, method, path, strange)).status, 404, name)
  }
})

test('what somebody else’s name a body bears is as unknown as a made-up one', async ({ url, world }) => {
  const token = world.ben.tokens.owner
  const [plan, exercise] = [await world.plan(), await world.exercise()]
  const bodies = (id: string) => [
    ['/v1/sessions', { finishedAt: '2025-03-01T18:00:00Z', startedAt: '2025-03-01T17:00:00Z', planId: id }],
    [
      '/v1/plans',
      { name: 'Plan', days: [{ name: 'A', exercises: [{ exerciseId: id, sets: [{ reps: 5 }] }] }] },
    ],
    ['/v1/goals', { kind: 'lift', title: 'Lift', exerciseId: id, target: 100, unit: 'kg' }],
  ]
  for (const index of [0, 1, 2]) {
    const [path, body] = bodies(index === 0 ? plan : exercise)[index] as [string, object]
    const [, madeUp] = bodies(randomUUID())[index] as [string, object]
    const [answer, other] = await Promise.all([
      send(url, 'POST', path, { token, body }),
      send(url, 'POST', path, { token, body: madeUp }),
    ])
    assert.ok(answer.status >= 400, `${path}: ${answer.text}`)
    assert.equal(comparable(answer), comparable(other), path)
  }
})

test('another user’s Idempotency-Key is no key of one’s own', async ({ url, world: { ada, ben } }) => {
  const body = { name: 'Plan with a key' }
  const make = (token: string, name = body) =>
    send(url, 'POST', '/v1/plans', { token, body: name, headers: { 'idempotency-key': 'key-1' } })
  const [hers, again] = [await make(ada.tokens.owner), await make(ada.tokens.owner)]
  const his = await make(ben.tokens.owner)
  const other = await make(ben.tokens.owner, { name: 'Other' })
  assert.equal([hers.status, again.headers['idempotency-replayed']], [201, 'true'])
  assert.equal([his.status, his.headers['idempotency-replayed'], other.status], [201, undefined, 422])
  assert.is.not(JSON.parse(his.text).id, JSON.parse(hers.text).id)
})

test('If-Match tells nobody that something of somebody else is there', async ({ url, world }) => {
  const token = world.ben.tokens.owner
  const body = { name: 'Mine now' }
  const change = (id: string, version: string) =>
    send(url, 'PATCH', '/v1/plans/{id}', { params: { id }, token, body, headers: { 'if-match': version } })
  const id = await world.plan()
  const answers = [await change(id, '"1"'), await change(id, '"9"'), await change(randomUUID(), '"1"')]
  assert.equal(
    answers.map(({ status }) => status),
    [404, 404, 404],
  )
  assert.equal(comparable(answers[0] as Answered), comparable(answers[2] as Answered))
  assert.equal(comparable(answers[1] as Answered), comparable(answers[2] as Answered))
})

function scopeOf(kind: Kind) {
  if (kind === 'audits') return 'audit'
  if (kind === 'watches') return 'metrics'
  if (kind === 'login') return 'login'
  return kind.endsWith('reads') ? 'read' : 'write'
}

async function askedOf(
  { world, operations }: Context,
  name: string,
  [, , make]: Row,
  id: string,
): Promise<Asked> {
  const [[contentType, { example }] = ['', { example: undefined }]] = Object.entries(
    operations[name]?.requestBody?.content ?? {},
  )
  return { ...(example !== undefined && { body: example, contentType }), ...(await make?.(world, id)) }
}

function tokenOf({ ada, ben, claimed, classicId, operators }: World, caller: Caller, kind: Kind) {
  if (caller === 'nobody') return undefined
  if (caller === 'classic id') return classicId
  if (caller === 'auditor' || caller === 'watcher') return operators[caller]
  if (caller === 'another') return ben.tokens.owner
  return (kind.startsWith('id-') ? claimed : ada).tokens[caller]
}

function unknown({ params = {}, ...asked }: Asked): Asked {
  return { ...asked, params: Object.fromEntries(Object.keys(params).map((name) => [name, randomUUID()])) }
}

function comparable({ status, text, headers }: Answered) {
  const { date: _, 'x-request-id': id = '', ...others } = headers
  return { status, text: text.replace(id, ''), others }
}

async function headOf(url: string) {
  return JSON.parse((await send(url, 'GET', '/v1/audit/head')).text).position
}

test.run()
