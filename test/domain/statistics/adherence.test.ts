import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { plannedSessions, withRatio } from '../../../src/domain/statistics/adherence.ts'

const test = suite('adherence')

const week = (plan: string, monday: string, sessions: number, frequencyPerWeek = 3) => ({
  plan,
  monday,
  sessions,
  frequencyPerWeek,
})

test('a week counts at most what its plan asks for', () => {
  assert.equal(plannedSessions([]), { planned: 0, done: 0 })
  assert.equal(plannedSessions([week('a', '2025-03-03', 2)]), { planned: 3, done: 2 })
  assert.equal(plannedSessions([week('a', '2025-03-03', 5)]), { planned: 3, done: 3 })
})

test('weeks left out between two others were planned too, those after the last were not', () => {
  const weeks = [week('a', '2025-03-03', 3), week('a', '2025-03-24', 1, 2), week('b', '2025-04-21', 1, 1)]
  assert.equal(plannedSessions(weeks), { planned: 3 * 3 + 2 + 1, done: 3 + 1 + 1 })
})

test('the ratio is a part of what was planned, and none where nothing was', () => {
  assert.equal(withRatio({ planned: 8, done: 6 }), { planned: 8, done: 6, ratio: 0.75 })
  assert.equal(withRatio({ planned: 0, done: 0 }), { planned: 0, done: 0, ratio: null })
})

test.run()
