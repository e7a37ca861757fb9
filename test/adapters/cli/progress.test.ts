import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createProgress } from '../../../src/adapters/cli/progress.ts'

function drawnOn(terminal: { isTTY?: boolean; columns?: number }) {
  const written: string[] = []
  let milliseconds = 1000
  const clock = () => milliseconds
  const progress = createProgress({ ...terminal, write: (text: string) => written.push(text) }, clock)
  const pass = (passed: number) => {
    milliseconds += passed
  }
  return { ...progress, written, pass }
}

const bar = (filled: number) => `\r\u001b[2K[${'#'.repeat(filled)}${'.'.repeat(20 - filled)}]`

test('elsewhere than on a terminal every tenth is a line of its own', () => {
  const { onProgress, finish, written } = drawnOn({})
  for (let done = 0; done <= 1000; done++) onProgress({ phase: 'chain', done, total: 1000 })
  finish()
  assert.is(written.length, 11)
  assert.is(written[0], 'chain   0 % (0 of 1000)\n')
  assert.is(written[5], 'chain  50 % (500 of 1000)\n')
  assert.is(written[10], 'chain 100 % (1000 of 1000)\n')
})

test('on a terminal one line is drawn again and ended once', () => {
  const { onProgress, finish, written } = drawnOn({ isTTY: true })
  onProgress({ phase: 'chain', done: 1, total: 2 })
  onProgress({ phase: 'chain', done: 1, total: 2 })
  onProgress({ phase: 'views', done: 0, total: 0 })
  finish()
  finish()
  assert.equal(written, [`${bar(10)} chain  50 % (1 of 2)`, `${bar(20)} views 100 % (0 of 0)`, '\n'])
})

test('on a terminal the rate of the phase and the time left are told', () => {
  const { onProgress, written, pass } = drawnOn({ isTTY: true })
  const at = (done: number, unit?: string) =>
    onProgress({ phase: 'chain', done, total: 1_000_000, ...(unit && { unit }) })
  at(1000)
  pass(2000)
  at(501_000)
  pass(200)
  at(501_001, 'pages')
  assert.equal(written.slice(1), [
    `${bar(10)} chain  50 % (501000 of 1000000), 250000 events/s, 0:02 left`,
    `${bar(10)} chain  50 % (501001 of 1000000), 227273 pages/s, 0:03 left`,
  ])
})

test('long times are told in minutes and hours', () => {
  const { onProgress, written, pass } = drawnOn({ isTTY: true })
  onProgress({ phase: 'chain', done: 0, total: 10_000 })
  pass(10_000)
  onProgress({ phase: 'chain', done: 100, total: 10_000 })
  pass(90_000)
  onProgress({ phase: 'chain', done: 200, total: 10_000 })
  assert.match(written[1] ?? '', ', 10 events/s, 16:30 left')
  assert.match(written[2] ?? '', ', 2 events/s, 1:21:40 left')
})

test('within one percent it is drawn again only when a moment has passed', () => {
  const { onProgress, written, pass } = drawnOn({ isTTY: true })
  for (let done = 0; done < 10; done++) {
    onProgress({ phase: 'chain', done, total: 10_000 })
    pass(50)
  }
  assert.is(written.length, 3)
})

test('a narrow terminal cuts the line rather than breaking it', () => {
  const { onProgress, written } = drawnOn({ isTTY: true, columns: 10 })
  onProgress({ phase: 'chain', done: 1, total: 2 })
  assert.equal(written, ['\r\u001b[2K[#########'])
})

test.run()
