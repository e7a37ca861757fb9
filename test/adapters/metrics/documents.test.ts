import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Problem } from '../../../src/adapters/http/problem.ts'
import { createMeasuring } from '../../../src/adapters/metrics/measuring.ts'
import { root } from '../../support/sources.ts'

const test = suite('what is shown of the metrics')

const dashboard = readFileSync(`${root}/docs/grafana-dashboard.json`, 'utf8')
const operations = readFileSync(`${root}/docs/operations.md`, 'utf8')

type Panel = { id: number; title: string; gridPos: Box; targets: { expr: string }[] }
type Box = { x: number; y: number; w: number; h: number }
const { panels } = JSON.parse(dashboard) as { panels: Panel[] }
const alerts = [
  ...operations.slice(operations.indexOf('## Alerts')).matchAll(/^\| ([A-Z][^|]+) \| `([^`]+)`/gm),
]
const expressions = [
  ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...alerts.map(at(2)),
]

function at(index: number) {
  return (groups: readonly string[]) => groups[index] as string
}

test('every metric of the dashboard, the alerts and their table is there', async () => {
  const text = await createMeasuring().render()
  const there = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(at(1)))
  const named = [...expressions, operations].flatMap(
    (words) => words.match(/\b(repledger|process|nodejs)_[a-z][a-z\d_]+/g) ?? [],
  )
  const missing = named.filter(
    (name) => !there.has(name.replace(/_(bucket|sum|count)$/, '')) && !there.has(name),
  )
  assert.equal([...new Set(missing)], [])
  for (const name of there) if (name.startsWith('repledger_')) assert.ok(operations.includes(name), name)
  for (const name of there) if (name.startsWith('repledger_')) assert.ok(dashboard.includes(name), name)
})

test('every code that an alert looks at is one that is refused with', () => {
  const codes = expressions.flatMap((words) => [...words.matchAll(/code="([^"]+)"/g)].map(at(1)))
  assert.ok(codes.length >= 5)
  for (const code of codes) assert.ok(new Problem(code as never, '').status >= 400, code)
})

test('brackets are closed, and every alert says what it means and what to do', () => {
  for (const words of expressions) {
    for (const [open, close] of ['()', '{}', '[]']) {
      assert.is(words.split(open as string).length, words.split(close as string).length, words)
    }
  }
  assert.ok(alerts.length >= 10)
  const rows = operations.match(/^\| [A-Z][\w ]+ \| `[^`]+`.*$/gm) ?? []
  for (const row of rows) assert.is(row.split(/ \| /).length, 4, row)
})

test('no panel covers another', () => {
  assert.is(new Set(panels.map(({ id }) => id)).size, panels.length)
  for (const [index, { title, gridPos: a }] of panels.entries()) {
    assert.ok(a.x + a.w <= 24, title)
    for (const { gridPos: b } of panels.slice(index + 1)) {
      const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
      assert.ok(apart, title)
    }
  }
})

test.run()
