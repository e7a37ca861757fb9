import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readDocument } from '../../../src/adapters/sqlite/document.ts'

const test = suite('a document with a long list')

const MOST = 20

/** All of it at once, as JSON.parse would have it. */
function read(text: string): unknown {
  const document = readDocument(Buffer.from(text), 'events', MOST) as Record<string, unknown>
  const events = Object(document).events
  const isList = typeof events === 'object' && events !== null && Symbol.iterator in events
  return isList ? { ...document, events: [...events] } : document
}

const key = fc.oneof(fc.constantFrom('events', 'format', 'a"b', 'back\\slash', '[', ','), fc.string())
const value = fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue(), { maxLength: 10 }))
const spacing = fc.constantFrom(undefined, 1, '\t')

test('is what it is to JSON.parse', async () => {
  await fc.assert(
    fc.property(fc.array(fc.tuple(key, value)), spacing, (fields, space) => {
      const text = JSON.stringify(
        Object.fromEntries(fields.filter(([name]) => name !== '__proto__')),
        null,
        space,
      )
      assert.equal(read(text), JSON.parse(text))
    }),
  )
})

const told: readonly [what: string, text: string][] = [
  ['no list', '{"events": {"a": [1, 2]}, "b": [3]}'],
  ['an empty list', '{"events": [ \n ], "format": "x"}'],
  ['a list under another key too', '{"x": {"events": [1, 2]}, "events": [3]}'],
  ['the key as a value', '{"x": "events", "y": [1, [2, {"z": ","}]]}'],
  ['the last of two', '{"events": [1, 2], "events": [{"a": "\\\\\\""}, "]"]}'],
  ['no object', '[["events", [1, 2]]]'],
  ['a number', '7'],
]
for (const [what, text] of told) {
  test(`with ${what} is what it is to JSON.parse`, () => {
    assert.equal(read(text), JSON.parse(text))
  })
}

const broken = [
  ...['', '{', '{"events": [1, 2', '{"events": [1,]}', '{"events": [,1]}', '{"events": [1 2]}'],
  ...['{"events": [{]}]}', '{"events": [1]]', '{"events": [1]}}', '{"events": ["a]}', '{"events": [\u00a0]}'],
  ...['{"events" [1]}', '{"events": [1] "a": 2}'],
]
test('that is no JSON is a SyntaxError', () => {
  for (const text of broken)
    assert.throws(
      () => read(text),
      (error: Error) => error instanceof SyntaxError,
      text,
    )
  assert.throws(() => readDocument(Buffer.from([0x22, 0xff, 0x22]), 'events', MOST), 'UTF-8')
})

test('is read only up to the most that is wanted', () => {
  const { events } = readDocument(Buffer.from(`{"events": [${'{},'.repeat(999)}{}]}`), 'events', MOST) as {
    events: { length: number }
  }
  assert.ok(events.length > MOST && events.length < MOST + 3)
})

test('that is nested without end is not gone through', () => {
  const nested = (levels: number) => `{"events": [${'['.repeat(levels)}${']'.repeat(levels)}]}`
  assert.equal(read(nested(30)), JSON.parse(nested(30)))
  for (const text of [nested(31), nested(1_000_000), `{"a": ${nested(40)}}`, '['.repeat(40)]) {
    assert.throws(() => read(text), 'nested too deeply')
  }
})

test.run()
