import { setImmediate as turn } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createTurns } from '../../../src/adapters/http/turns.ts'

const test = suite('turns')

test('so many begin at once and in each turn after, in the order of coming', async () => {
  const begun: number[] = []
  const enter = createTurns(2)
  for (const number of [1, 2, 3, 4, 5]) enter(() => begun.push(number))
  assert.equal(begun, [1, 2])
  await turn()
  assert.equal(begun, [1, 2, 3, 4])
  enter(() => begun.push(6))
  assert.equal(begun, [1, 2, 3, 4])
  await turn()
  assert.equal(begun, [1, 2, 3, 4, 5, 6])
})

test('who comes after a turn in which few began waits for nobody', async () => {
  const begun: number[] = []
  const enter = createTurns(2)
  enter(() => begun.push(1))
  await turn()
  for (const number of [2, 3, 4]) enter(() => begun.push(number))
  assert.equal(begun, [1, 2, 3])
})

test.run()
