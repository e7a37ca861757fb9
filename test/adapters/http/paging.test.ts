import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cursorOf, page, positionOf } from '../../../src/adapters/http/paging.ts'
import { Problem } from '../../../src/adapters/http/problem.ts'

const test = suite('paging')

const position = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer()), { maxLength: 4 })

function isRefused(list: string, cursor: string) {
  try {
    positionOf(list, cursor)
    return false
  } catch (error) {
    return error instanceof Problem && error.status === 400
  }
}

test('a cursor gives back the position that it was made of', () => {
  fc.assert(
    fc.property(position, (given) => assert.equal(positionOf('things', cursorOf('things', given)), given)),
  )
})

test('without a cursor there is no position', () => {
  assert.is(positionOf('things', undefined), undefined)
})

test('a cursor changed in any one place is refused', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ '
  const change = fc.record({ given: position, at: fc.nat(), to: fc.constantFrom(...alphabet) })
  fc.assert(
    fc.property(change, ({ given, at, to }) => {
      const cursor = cursorOf('things', given)
      const index = at % cursor.length
      const changed = cursor.slice(0, index) + to + cursor.slice(index + 1)
      assert.is(isRefused('things', changed), changed !== cursor)
    }),
  )
})

test('a cursor cut short, of another list, or of no list is refused', () => {
  const cursor = cursorOf('things', ['2025-03-01', 7])
  assert.not(isRefused('things', cursor))
  assert.ok(isRefused('others', cursor))
  assert.ok(isRefused('things', cursor.slice(0, -1)))
  assert.ok(isRefused('things', `${cursor}A`))
  assert.ok(isRefused('things', ''))
  assert.ok(isRefused('things', Buffer.from('["2025-03-01",7]').toString('base64url')))
})

test('a page links to the next one under the same filters', () => {
  const next = cursorOf('things', ['b', 2])
  assert.equal(
    page('things', '/v1/things', { limit: 2, q: 'a b&c', from: undefined, cursor: 'old' }, [1, 2], ['b', 2]),
    {
      status: 200,
      body: { items: [1, 2], next },
      headers: { link: `</v1/things?limit=2&q=a+b%26c&cursor=${next}>; rel="next"` },
    },
  )
})

test('the last page has no next one', () => {
  assert.equal(page('things', '/v1/things', { limit: 2 }, [3], undefined), {
    status: 200,
    body: { items: [3] },
  })
})

test.run()
