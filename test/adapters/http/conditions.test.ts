import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { canonical, holds, keyErrors, versionOf } from '../../../src/adapters/http/conditions.ts'

const test = suite('conditions')

test('If-Match names a version, before the first dot, weak or strong', () => {
  const version = (text: string) => versionOf({ 'if-match': text })
  assert.equal(['"12"', 'W/"12"', ' "0" ', '"12.7.2025-03-01"', '*', '"12x"', '""', '"abc"'].map(version), [
    12,
    12,
    0,
    12,
    undefined,
    -1,
    -1,
    -1,
  ])
  assert.is(versionOf({}), undefined)
})

test('If-Match that is no single tag cannot be read', () => {
  for (const text of ['12', '"12', '"1", "2"', '', 'w/"1"', "'1'"]) {
    assert.throws(() => versionOf({ 'if-match': text }), /the one ETag/, text)
  }
})

test('If-None-Match compares weakly with each tag of its list', () => {
  const isHeld = (text: string) => holds({ 'if-none-match': text }, '"7"')
  assert.equal(['"7"', 'W/"7"', '"6", "7"', '*', '"77"', '7', ''].map(isHeld), [
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  assert.not(holds({}, '"7"'))
})

test('an idempotency key has 1 to 255 visible ASCII characters', () => {
  const wrong = ['', 'a b', 'é', 'a'.repeat(256), 'tab\t']
  assert.equal(
    wrong.filter((key) => keyErrors(key).length === 0),
    [],
  )
  assert.equal(keyErrors('a'.repeat(255)), [])
  assert.equal(keyErrors(''), [
    {
      pointer: '/Idempotency-Key',
      code: 'wrong-format',
      message: '`Idempotency-Key` must have 1 to 255 visible ASCII characters.',
    },
  ])
})

test('the canonical form is JSON of the same value', () => {
  fc.assert(
    fc.property(fc.json(), (text) => assert.equal(JSON.parse(canonical(JSON.parse(text))), JSON.parse(text))),
  )
})

test('the canonical form does not depend on the order of fields', () => {
  const fields = fc.uniqueArray(fc.tuple(fc.string(), fc.json()), { selector: ([name]) => name })
  fc.assert(
    fc.property(fields, (entries) => {
      const value = (order: [string, string][]) => ({ deep: [Object.fromEntries(order)] })
      assert.is(canonical(value(entries)), canonical(value(entries.toReversed())))
    }),
  )
})

test.run()
