import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { eventVersions } from '../src/domain/events.ts'
import { eventCatalogue, target } from './tools/event-catalogue.ts'

test('docs/events.md is what `npm run docs` makes of the schemas', () => {
  assert.ok(readFileSync(target, 'utf8') === eventCatalogue(), 'Run `npm run docs`.')
})

test('it tells of every type once, with its example', () => {
  const told = [...eventCatalogue().matchAll(/^### (\w+)\n\nVersion (\d+)/gm)]
  assert.equal(Object.fromEntries(told.map(([, type, version]) => [type, Number(version)])), eventVersions)
  assert.is(told.length, Object.keys(eventVersions).length)
})

test.run()
