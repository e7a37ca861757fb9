import { createSecretKey } from 'node:crypto'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lengthPrefixed, seal, sealedContext, unseal } from '../../../src/adapters/sqlite/sealing.ts'

const test = suite('sealing')
const key = createSecretKey(Buffer.alloc(32, 1))
const otherKey = createSecretKey(Buffer.alloc(32, 2))
const context = sealedContext('session-1', 3, 'SetLogged', 1)
const bytes = fc.uint8Array({ maxLength: 200 })

test('what was sealed opens again under the same key and context', () => {
  void fc.assert(
    fc.property(bytes, (plain) => {
      assert.equal([...unseal(key, seal(key, plain, context), context)], [...plain])
    }),
  )
  assert.is(unseal(key, seal(key, 'жим лёжа', context), context).toString(), 'жим лёжа')
})

test('one changed bit anywhere does not open', () => {
  void fc.assert(
    fc.property(bytes, fc.nat(), fc.integer({ min: 0, max: 7 }), (plain, at, bit) => {
      const sealed = seal(key, plain, context)
      const index = at % sealed.length
      sealed[index] = (sealed[index] as number) ^ (1 << bit)
      assert.throws(() => unseal(key, sealed, context))
    }),
  )
})

test('another key, a shorter text, and every other place in the log do not open it', () => {
  const sealed = seal(key, 'twelve reps', context)
  assert.throws(() => unseal(otherKey, sealed, context))
  for (let length = 0; length < sealed.length; length++) {
    assert.throws(() => unseal(key, sealed.subarray(0, length), context))
  }
  for (const other of [
    sealedContext('session-2', 3, 'SetLogged', 1),
    sealedContext('session-1', 4, 'SetLogged', 1),
    sealedContext('session-1', 3, 'SetDeleted', 1),
    sealedContext('session-1', 3, 'SetLogged', 2),
  ]) {
    assert.throws(() => unseal(key, sealed, other))
  }
})

test('the same text is never sealed into the same bytes', () => {
  const sealed = Array.from({ length: 100 }, () => seal(key, 'again', context).toString('hex'))
  assert.is(new Set(sealed).size, 100)
})

test('a text of n bytes takes n and 29 more', () => {
  assert.is(seal(key, 'abc', context).length, 3 + 29)
})

test('no two lists of fields give the same bytes', () => {
  const fields = fc.array(fc.oneof(fc.string(), bytes), { maxLength: 4 })
  const plain = (list: readonly (string | Uint8Array)[]) =>
    list.map((field) => Buffer.from(field).toString('hex'))
  void fc.assert(
    fc.property(fields, fields, (left, right) => {
      const sameFields = JSON.stringify(plain(left)) === JSON.stringify(plain(right))
      assert.is(lengthPrefixed(left).equals(lengthPrefixed(right)), sameFields)
    }),
  )
  assert.not.equal(lengthPrefixed(['ab', 'c']), lengthPrefixed(['a', 'bc']))
})

test('a whole number is its eight bytes, the highest first', () => {
  void fc.assert(
    fc.property(fc.maxSafeInteger(), (number) => {
      const eight = Buffer.alloc(8)
      eight.writeBigInt64BE(BigInt(number))
      assert.equal(lengthPrefixed([number]), Buffer.concat([Buffer.of(0, 0, 0, 8), eight]))
    }),
  )
})

test.run()
