import Type from 'typebox'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exampleOf } from '../../../src/adapters/http/openapi-examples.ts'
import { Id, ListOf, Nullable, OneOf } from '../../../src/adapters/http/schemas.ts'

const test = suite('examples of schemas')

const Count = Type.Integer({ examples: [3, 4] })

test('are the first that a schema tells, before all that could be made', () => {
  assert.is(exampleOf(Count), 3)
  assert.is(exampleOf(Nullable(Count)), 3)
  assert.is(exampleOf(Type.Boolean({ examples: [false], default: true })), false)
  assert.equal(exampleOf(Type.Object({ count: Count }, { examples: [{ count: 7 }] })), { count: 7 })
  assert.equal(exampleOf(Type.Array(Count, { examples: [[]] })), [])
})

test('else the constant, the default or the first word', () => {
  assert.is(exampleOf(Type.Literal('Bearer')), 'Bearer')
  assert.is(exampleOf(Type.Literal(0)), 0)
  assert.is(exampleOf(Type.Integer({ default: 50 })), 50)
  assert.is(exampleOf(Type.Boolean({ default: false })), false)
  assert.is(exampleOf(OneOf(['kg', 'lb'])), 'kg')
  assert.is(exampleOf(Nullable(OneOf(['kg', 'lb']))), 'kg')
  assert.is(exampleOf(Type.Null()), null)
})

test('else one made of the examples of the parts', () => {
  const thing = Type.Object({ id: Id, count: Type.Optional(Count), note: Type.Optional(Type.String()) })
  const id = '0197a2c4-6d1e-7c3a-9b52-0f6e8d4c1a70'
  assert.equal(exampleOf(thing), { id, count: 3 })
  assert.equal(exampleOf(Nullable(thing)), { id, count: 3 })
  assert.equal(exampleOf(Type.Union([thing, Count])), { id, count: 3 })
  assert.equal(exampleOf(Type.Intersect([thing, Type.Object({ unit: OneOf(['kg', 'lb']) })])), {
    ...{ id, count: 3 },
    unit: 'kg',
  })
  assert.equal(exampleOf(Type.Array(Type.Array(Count))), [[3]])
  assert.equal(Object.keys(exampleOf(ListOf(thing)) as object), ['items', 'next'])
})

test('are none where nothing is told', () => {
  assert.is(exampleOf(Type.String()), undefined)
  assert.is(exampleOf(Type.Array(Type.String())), undefined)
  assert.equal(exampleOf(Type.Object({ note: Type.String() })), {})
})

test.run()
