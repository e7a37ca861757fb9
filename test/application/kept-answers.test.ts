import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keptAnswers } from '../../src/application/kept-answers.ts'

const test = suite('kept answers')

test('an answer is found while it depends on the same', () => {
  const kept = keptAnswers()
  const first = { answer: { sets: 1 }, dependsOn: 'position 1' }
  kept.keep('sets?', first)
  assert.is(kept.find('sets?', 'position 1'), first)
  assert.is(kept.find('sets?', 'position 2'), undefined)
  assert.is(kept.find('reps?', 'position 1'), undefined)
  const second = { answer: { sets: 2 }, dependsOn: 'position 2' }
  kept.keep('sets?', second)
  assert.equal([kept.find('sets?', 'position 1'), kept.find('sets?', 'position 2')], [undefined, second])
})

test('the oldest is forgotten when there are too many', () => {
  const kept = keptAnswers()
  for (let day = 0; day <= 200; day++) kept.keep(`day ${day}`, { answer: { day }, dependsOn: '' })
  assert.is(kept.find('day 0', ''), undefined)
  assert.equal(kept.find('day 1', ''), { answer: { day: 1 }, dependsOn: '' })
})

test('long answers leave less room for others', () => {
  const kept = keptAnswers()
  const keep = (day: number) =>
    kept.keep(`day ${day}`, { answer: { points: Array(400).fill(day) }, dependsOn: '' })
  for (let day = 0; day <= 40; day++) keep(day)
  assert.is(kept.find('day 0', ''), undefined)
  for (let day = 1; day <= 40; day++) assert.is.not(kept.find(`day ${day}`, ''), undefined)
})

test('a long list is not kept, nor is what it takes the place of', () => {
  const kept = keptAnswers()
  const listOf = (length: number) => ({
    answer: { unit: 'kg', points: Array(length).fill(0) },
    dependsOn: '',
  })
  kept.keep('trend?', listOf(500))
  assert.equal(kept.find('trend?', ''), listOf(500))
  kept.keep('trend?', listOf(501))
  assert.is(kept.find('trend?', ''), undefined)
})

test('what was answered to somebody is forgotten with them', () => {
  const kept = keptAnswers()
  for (const question of ['ann sets?', 'ann reps?', 'anne sets?', 'bob ann?']) {
    kept.keep(question, { answer: {}, dependsOn: '' })
  }
  kept.forget('ann ')
  const found = ['ann sets?', 'ann reps?', 'anne sets?', 'bob ann?'].map((question) =>
    kept.find(question, ''),
  )
  assert.equal(
    found.map((answered) => answered !== undefined),
    [false, false, true, true],
  )
})

test.run()
