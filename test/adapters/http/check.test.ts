import Type, { type TSchema } from 'typebox'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bodyCheck, closed, urlCheck } from '../../../src/adapters/http/check.ts'
import {
  DateTime,
  Email,
  Id,
  Nullable,
  OneOf,
  paging,
  Rpe,
  Text,
} from '../../../src/adapters/http/schemas.ts'

const test = suite('check')

function wrong(schema: TSchema, value: unknown) {
  const errors = bodyCheck(schema)(value).map(({ pointer, code, message }) => `${pointer} ${code} ${message}`)
  return errors.toSorted()
}

test('trims texts before their length is looked at', () => {
  const body = { title: '  Legs ', note: '   ' }
  const errors = wrong(Type.Object({ title: Text(1, 4), note: Text(1, 10) }), body)
  assert.equal(errors, ['/note too-short `note` must not be empty.'])
  assert.equal(body, { title: 'Legs', note: '' })
})

test('counts the length of a text in code points', () => {
  assert.equal(wrong(Type.Object({ title: Text(1, 3) }), { title: '💪💪💪' }), [])
  assert.equal(wrong(Type.Object({ title: Text(3, 3) }), { title: '💪' }), [
    '/title too-short `title` must have 3 characters or more.',
  ])
})

test('brings ids and instants to one form', () => {
  const body = { id: '0197A2C4-6D1E-7C3A-9B52-0F6E8D4C1A70', at: '2025-03-01t00:30:00.1234+01:00', list: [] }
  assert.equal(wrong(Type.Object({ id: Id, at: DateTime, list: Type.Array(Id) }), body), [])
  assert.equal(body, { id: '0197a2c4-6d1e-7c3a-9b52-0f6e8d4c1a70', at: '2025-02-28T23:30:00.123Z', list: [] })
})

test('leaves an instant that is none as it is', () => {
  const body = { at: '2025-02-30T00:00:00Z' }
  assert.equal(wrong(Type.Object({ at: DateTime }), body), [
    '/at wrong-format `at` must be a date and time that exists, such as 2025-03-01T18:30:00Z.',
  ])
  assert.equal(body, { at: '2025-02-30T00:00:00Z' })
})

test('never coerces a body', () => {
  const schema = Type.Object({ count: Type.Integer(), custom: Type.Boolean(), title: Text(0, 9) })
  assert.equal(wrong(schema, { count: '3', custom: 'true', title: 5 }), [
    '/count wrong-type `count` must be a whole number.',
    '/custom wrong-type `custom` must be true or false.',
    '/title wrong-type `title` must be a text.',
  ])
})

test('reads numbers and booleans from a query, and puts in what is absent', () => {
  const query = { custom: 'false', deep: '-1.5' }
  const schema = Type.Object({ ...paging, custom: Type.Boolean(), deep: Type.Number() })
  assert.equal(urlCheck(schema)(query), [])
  assert.equal(query as object, { custom: false, deep: -1.5, limit: 50 })
})

test('refuses numbers that are none in a query', () => {
  for (const limit of [
    '',
    'ten',
    '-1',
    '9'.repeat(400),
    '1.5',
    '0',
    '201',
    'Infinity',
    'NaN',
    '0x10',
    '1e2',
    ' 5',
    'true',
  ]) {
    assert.is(urlCheck(Type.Object(paging))({ limit }).length, 1, limit)
  }
})

test('names every field that does not pass, at any depth', () => {
  const set = Type.Object({ reps: Type.Integer({ minimum: 0, maximum: 9 }), rpe: Type.Optional(Rpe) })
  const schema = Type.Object({
    name: Text(1, 5),
    sets: Type.Array(set, { minItems: 1, maxItems: 2, uniqueItems: true }),
  })
  assert.equal(wrong(schema, { sets: [{ reps: -1, rpe: 7.3 }, { reps: 10, extra: 1 }, {}], 'a/b~': 1 }), [
    '/a~1b~0 unknown-field `a/b~` is not known here.',
    '/name required `name` is required.',
    '/sets too-many `sets` must have 2 items or less.',
    '/sets/0/reps too-small `reps` must be 0 or more.',
    '/sets/0/rpe wrong-step `rpe` must be a multiple of 0.5.',
    '/sets/1/extra unknown-field `extra` is not known here.',
    '/sets/1/reps too-large `reps` must be 9 or less.',
    '/sets/2/reps required `reps` is required.',
  ])
  assert.equal(wrong(schema, { name: 'Legs', sets: [{ reps: 1 }, { reps: 1 }] }), [
    '/sets duplicate `sets` must not hold the same item twice.',
  ])
  assert.equal(wrong(schema, { name: 'Legs', sets: [7] }), [
    '/sets/0 wrong-type `sets[0]` must be an object.',
  ])
  assert.equal(wrong(schema, { name: 'Legs day', sets: [] }), [
    '/name too-long `name` must have 5 characters or less.',
    '/sets too-few `sets` must have 1 items or more.',
  ])
})

test('says the limits of every comparison', () => {
  const schema = Type.Object({
    above: Type.Number({ exclusiveMinimum: 0 }),
    below: Type.Number({ exclusiveMaximum: 5 }),
    few: Type.Record(Type.String(), Type.Number(), { minProperties: 1 }),
    many: Type.Record(Type.String(), Type.Number(), { maxProperties: 1 }),
    mail: Email,
    code: Type.String({ pattern: '^[a-z]+$' }),
  })
  const value = { above: 0, below: 5, few: {}, many: { a: 1, b: 2 }, mail: 'ada', code: '1' }
  assert.equal(wrong(schema, value), [
    '/above too-small `above` must be more than 0.',
    '/below too-large `below` must be less than 5.',
    '/code wrong-format `code` is not of a form that is known here.',
    '/few too-few `few` must have 1 fields or more.',
    '/mail wrong-format `mail` must be an e-mail address.',
    '/many too-many `many` must have 1 fields or less.',
  ])
})

test('a word must be one of those that are known, and null where that is allowed', () => {
  const schema = Type.Object({ effort: OneOf(['easy', 'heavy']), level: Nullable(OneOf(['low', 'high'])) })
  assert.equal(wrong(schema, { effort: 'easy', level: null }), [])
  assert.equal(wrong(schema, { effort: null, level: 'none' }), [
    '/effort wrong-type `effort` must be a text.',
    '/level not-allowed `level` must be one of: low, high, null.',
  ])
})

test('of the forms of a union it explains the nearest', () => {
  const set = Type.Object({ reps: Type.Integer({ minimum: 0 }), notes: Type.Optional(Text(0, 5)) })
  const schema = Type.Union([set, Type.Object({ sets: Type.Array(set) })])
  assert.equal(wrong(schema, { reps: 5 }), [])
  assert.equal(wrong(schema, { sets: [{ reps: -1 }] }), ['/sets/0/reps too-small `reps` must be 0 or more.'])
  assert.equal(wrong(schema, { reps: 'five' }), ['/reps wrong-type `reps` must be a whole number.'])
  assert.equal(wrong(schema, { sets: [], reps: 1 }).length, 1)
})

test('of a union of words or types it lists what may stand there', () => {
  const schema = Type.Object({
    side: Type.Union([Type.Literal('left'), Type.Literal('right')]),
    when: Type.Union([Type.Integer(), Type.Null()]),
    which: Nullable(Type.Object({ id: Id })),
  })
  assert.equal(wrong(schema, { side: 'up', when: 'now', which: { id: 'x' } }), [
    '/side not-allowed `side` must be one of: left, right.',
    '/when wrong-type `when` must be a whole number or null.',
    '/which/id wrong-format `id` must be a UUID.',
  ])
})

test('a constant must be what it is', () => {
  assert.equal(wrong(Type.Object({ kind: Type.Literal('set') }), { kind: 'rep' }), [
    '/kind not-allowed `kind` must be set.',
  ])
})

test('no more than a thousand errors are told', () => {
  const value = { list: Array.from({ length: 5000 }, () => -1) }
  assert.is(wrong(Type.Object({ list: Type.Array(Type.Integer({ minimum: 0 })) }), value).length, 1000)
})

test('of a union too, however many errors there are, only the nearest form is explained', () => {
  const lone = Type.Object({ reps: Type.Integer() })
  const schema = Type.Union([lone, Type.Object({ sets: Type.Array(lone) })])
  const found = wrong(schema, { sets: Array.from({ length: 1200 }, () => ({ reps: 'x' })) })
  assert.is(found.length, 1000)
  assert.is(found[0], '/sets/0/reps wrong-type `reps` must be a whole number.')
})

test('an unknown field is called by its name, even where that is a number or nothing', () => {
  assert.equal(wrong(Type.Object({}), { '': 1, 5: 1 }), [
    '/ unknown-field `` is not known here.',
    '/5 unknown-field `5` is not known here.',
  ])
})

test('closes objects, and intersections as a whole', () => {
  const both = Type.Intersect([Type.Object({ a: Type.Integer() }), Type.Object({ b: Type.Integer() })])
  assert.equal(wrong(both, { a: 1, b: 2 }), [])
  assert.equal(wrong(both, { a: 1, b: 2, c: 3 }), ['/c unknown-field `c` is not known here.'])
  assert.equal(closed({ $id: 'x', properties: {}, additionalProperties: true }), {
    properties: {},
    additionalProperties: true,
  })
})

test('names that objects inherit are fields like any other', () => {
  const hostile = JSON.parse('{"constructor": 1, "toString": 2, "__proto__": 3}')
  const pointers = bodyCheck(Type.Object({}))(hostile).map(({ pointer }) => pointer)
  assert.equal(pointers.toSorted(), ['/__proto__', '/constructor', '/toString'])
})

test.run()
