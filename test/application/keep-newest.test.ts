import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keepNewest, newestByWeight } from '../../src/application/keep-newest.ts'

const test = suite('keep newest')

test('the oldest is dropped where there are more than so many', () => {
  const map = new Map<string, number>()
  for (const [key, value] of [...'abac'].entries()) keepNewest(map, value, key, 2)
  assert.equal(
    [...map],
    [
      ['a', 2],
      ['c', 3],
    ],
  )
})

test('the oldest are dropped until all that is left weighs no more than so much', () => {
  const kept = newestByWeight<string>(6, ({ length }) => length)
  for (const [key, value] of Object.entries({ a: 'xx', b: 'xx', c: 'xx' })) kept.keep(key, value)
  kept.keep('a', 'xx')
  assert.equal([...kept.keys()], ['b', 'c', 'a'])
  kept.keep('d', 'xxx')
  assert.equal([...kept.keys()], ['a', 'd'])
  assert.equal([kept.find('a'), kept.find('b')], ['xx', undefined])
})

test('what is dropped or replaced weighs nothing any more', () => {
  const kept = newestByWeight<string>(6, ({ length }) => length)
  kept.keep('a', 'xxxxx')
  kept.keep('a', 'x')
  kept.keep('b', 'xxxxx')
  kept.drop('b')
  kept.drop('never there')
  kept.keep('c', 'xxxxx')
  assert.equal([...kept.keys()], ['a', 'c'])
})

test('what weighs too much by itself is not kept, nor is what was there', () => {
  const kept = newestByWeight<string>(6, ({ length }) => length)
  kept.keep('a', 'x')
  kept.keep('b', 'xxxxxxx')
  assert.equal([...kept.keys()], [])
})

test.run()
