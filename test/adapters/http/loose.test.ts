import Type from 'typebox'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { looseCheck } from '../../../src/adapters/http/check.ts'
import { route } from '../../../src/adapters/http/route.ts'
import { Text } from '../../../src/adapters/http/schemas.ts'
import { startHttp } from '../../support/http.ts'

const Thing = Type.Object(
  { name: Text(1, 5), count: Type.Optional(Type.Integer({ minimum: 0 })) },
  { title: 'LooseThing', additionalProperties: true },
)
const Echo = Type.Object({}, { additionalProperties: true, title: 'LooseEcho' })
const answers = { 201: { description: 'What the handler was given.', schema: Echo } }
const shared = {
  summary: 'A thing',
  tag: 'Things',
  access: 'anybody',
  loose: true,
  idempotent: true,
  body: Thing,
  answers,
  besides: ({ code, status }: { code: string; status: number }) => ({ SAID: `${code} ${status}` }),
  together: ({ name }: Readonly<Record<string, unknown>>) =>
    name === 'bad' ? [{ pointer: '/name', code: 'bad', message: 'Bad.' }] : [],
} as const
const handle = async (request: object) => ({ status: 201, body: request })
const http = await startHttp([
  route('POST', '/things', shared, handle),
  route('GET', '/things', { ...shared, query: Type.Partial(Thing) }, handle),
])

type Seen = { body: object; caller?: { userId: string }; idempotency?: { key: string; request: string } }
type Problem = { SAID: string; errors: { pointer: string; code: string }[] }
const post = <B = Seen>(body: object, more = {}) => http.call<B>('POST', '/things', { body, ...more })

const test = suite('loose endpoints')

test('take numbers as texts, trim, and pass over what they do not know', async () => {
  const { status, body } = await post({ name: ' ann ', count: ' 12 ', more: [1] })
  assert.equal([status, body.body], [201, { name: 'ann', count: 12, more: [1] }])
  assert.equal((await post({ name: 'ann', count: 7 })).body.body, { name: 'ann', count: 7 })
})

test('know anybody, and a bearer of a token by name', async () => {
  assert.is((await post({ name: 'ann' })).body.caller, undefined)
  assert.is((await post({ name: 'ann' }, { token: 'ada' })).body.caller?.userId, 'ada')
})

test('tell all that is wrong, alone and together, with what their problems say besides', async () => {
  const { status, body } = await post<Problem>({ name: 'bad', count: '1.5' })
  assert.equal([status, body.SAID], [422, 'invalid-fields 422'])
  assert.equal(
    body.errors.map(({ pointer, code }) => `${pointer} ${code}`),
    ['/count wrong-type', '/name bad'],
  )
})

test('take the fields of a query where there is no body', async () => {
  const get = async (query: string) => (await http.call<Seen & Problem>('GET', `/things?${query}`)).body
  assert.equal((await get('name=ann&count=3&other=x')).body, { name: 'ann', count: 3, other: 'x' })
  assert.equal((await get('name=a&name=b')).errors, [
    { pointer: '/name', code: 'repeated', message: '`name` must be given once.' },
  ])
  const ofPost = await http.call<Problem>('POST', '/things?name=ann')
  assert.is(ofPost.status, 422)
})

test('know a request again by its fields, also of a GET', async () => {
  const headers = { 'idempotency-key': 'once' }
  const { body } = await http.call<Seen>('GET', '/things?name=ann&count=03', { headers })
  assert.equal(body.idempotency, { key: 'GET /things once', request: '{"count":3,"name":"ann"}' })
})

test('make nothing when they are asked by HEAD', async () => {
  const answer = await fetch(`${http.url}/things?name=ann`, { method: 'HEAD' })
  assert.equal([answer.status, answer.headers.get('allow')], [405, 'GET, OPTIONS, POST'])
})

test('say it besides of a method that they do not take', async () => {
  const { status, body } = await http.call<Problem>('PUT', '/things')
  assert.equal([status, body.SAID], [405, 'method-not-allowed 405'])
})

test('say what a union would take', () => {
  const check = looseCheck(
    Type.Object({ weight: Type.Unsafe({ anyOf: [{ type: 'number', minimum: 1 }, { const: 'same' }] }) }),
  )
  const wrong = (weight: unknown) => check({ weight }).map(({ code, message }) => `${code} ${message}`)
  assert.equal([wrong('same'), wrong('2.5'), wrong(3)], [[], [], []])
  assert.equal(wrong('0'), ['too-small `weight` must be 1 or more.'])
  assert.equal(wrong('x'), ['not-allowed `weight` must be a number or one of: same.'])
})

test.after(http.close)
test.run()
