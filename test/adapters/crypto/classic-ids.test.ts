import { createSecretKey } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createClassicIds } from '../../../src/adapters/crypto/classic-ids.ts'

const test = suite('classic ids')
const idsOf = (byte: number) => createClassicIds(createSecretKey(Buffer.alloc(32, byte)))

test('are random UUIDs of version 4', () => {
  const ids = Array.from({ length: 100 }, idsOf(1).make)
  assert.is(new Set(ids).size, 100)
  for (const id of ids) assert.match(id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

test('are kept by a hash that needs the key', () => {
  const [one, other] = [idsOf(1), idsOf(2)]
  assert.match(one.hmacOf('id'), /^[\da-f]{64}$/)
  assert.is(one.hmacOf('id'), idsOf(1).hmacOf('id'))
  assert.is.not(one.hmacOf('id'), one.hmacOf('di'))
  assert.is.not(one.hmacOf('id'), other.hmacOf('id'))
})

test.run()
