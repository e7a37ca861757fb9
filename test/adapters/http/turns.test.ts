import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createTurns } from '../../../src/adapters/http/turns.ts'

const test = suite('turns')

function beginning(most: number) {
  const turns = createTurns(most)
  const begun: number[] = []
  const enter = (...numbers: number[]) => {
    for (const number of numbers) {
      const mine = turns.mine()
      if (mine === undefined) begun.push(number)
      else void mine.then(() => begun.push(number))
    }
  }
  return { enter, begun }
}

test('so many begin at once and in each turn after, in the order of coming', async () => {
  const { enter, begun } = beginning(2)
  enter(1, 2, 3, 4, 5)
  assert.equal(begun, [1, 2])
  await turn()
  assert.equal(begun, [1, 2, 3, 4])
  enter(6)
  assert.equal(begun, [1, 2, 3, 4])
  await turn()
  assert.equal(begun, [1, 2, 3, 4, 5, 6])
})

test('who comes after a turn in which few began waits for nobody', async () => {
  const { enter, begun } = beginning(2)
  enter(1)
  await turn()
  enter(2, 3, 4)
  assert.equal(begun, [1, 2, 3])
  await turn()
  assert.equal(begun, [1, 2, 3, 4])
})

test('who waited goes on in the trace of its own request', async () => {
  const { mine } = createTurns(1)
  const storage = new AsyncLocalStorage<string>()
  const asked = ['ann', 'ben', 'cy'].map((who) =>
    storage.run(who, async () => {
      await mine()
      return storage.getStore()
    }),
  )
  assert.equal(await Promise.all(asked), ['ann', 'ben', 'cy'])
})

test.run()
