import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createProgress } from '../../../src/adapters/cli/progress.ts'

function drawnOn(terminal: { isTTY?: boolean; columns?: number }) {
  const written: string[] = []
  const progress = createProgress({ ...terminal, write: (text: string) => written.push(text) })
  return { ...progress, written }
}

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
  assert.equal(written, [
    `\r\u001b[2K[${'#'.repeat(15)}${'.'.repeat(15)}] chain  50 % (1 of 2)`,
    `\r\u001b[2K[${'#'.repeat(30)}] views 100 % (0 of 0)`,
    '\n',
  ])
})

test('a narrow terminal cuts the line rather than breaking it', () => {
  const { onProgress, written } = drawnOn({ isTTY: true, columns: 10 })
  onProgress({ phase: 'chain', done: 1, total: 2 })
  assert.equal(written, ['\r\u001b[2K[#########'])
})

test.run()
