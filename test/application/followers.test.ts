import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createFollowers } from '../../src/application/followers.ts'

const test = suite('followers')

test('who follows a stream is told of it, and of no other, until they stop', () => {
  const { follow, tell, count } = createFollowers()
  const heard: string[] = []
  const first = follow('a', () => heard.push('first'))
  const second = follow('a', () => heard.push('second'))
  tell('a')
  tell('b')
  first()
  tell('a')
  assert.equal([heard.splice(0), count()], [['first', 'second', 'second'], 1])
  second()
  second()
  tell('a')
  assert.equal([heard, count()], [[], 0])
})

test('to stop twice stops nobody who came later', () => {
  const { follow, tell } = createFollowers()
  let heard = 0
  const stop = follow('a', () => undefined)
  stop()
  follow('a', () => {
    heard += 1
  })
  stop()
  tell('a')
  assert.is(heard, 1)
})

test.run()
