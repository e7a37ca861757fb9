import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SetFacts } from '../../../src/domain/session/events.ts'
import type { Guide } from '../../../src/domain/session/guide.ts'
import { previousSet } from '../../../src/domain/session/previous-set.ts'
import { after, five, guided, planned, pullUp, stepLogged, warmup } from '../../support/guided.ts'
import { fiveAtHundred, squat } from '../../support/sessions.ts'

const test = suite('the set of last time')

const set = (setId: string, more: Partial<SetFacts> = {}): SetFacts => ({ ...fiveAtHundred, setId, ...more })
const where = { sessionId: 'last', localDate: '2025-02-22' }
/** Of each step of squats the set that it is held against, by its id. */
function previous(sets: readonly SetFacts[], guide: Guide) {
  const steps = guide.steps.filter(({ exerciseId }) => exerciseId === squat.exerciseId)
  return steps.map((step) => [step.stepId, previousSet(guide, step, { ...where, sets })?.id])
}
const guide = after(guided([planned(squat, [warmup, five, five])])).guide as Guide

test('is shown as it was entered, with where and when', () => {
  const step = guide.steps[1] as Guide['steps'][number]
  assert.equal(previousSet(guide, step, { ...where, sets: [set('a')] }), {
    ...{ id: 'a', kind: 'working', reps: 5, weight: 100, weightUnit: 'kg' },
    ...where,
  })
})

test('is none where nothing of its kind was done', () => {
  const step = guide.steps[0] as Guide['steps'][number]
  assert.is(previousSet(guide, step, undefined), null)
  assert.is(previousSet(guide, step, { ...where, sets: [set('a')] }), null)
})

test('is the one of the same number, or the last, warm-ups apart from all others', () => {
  const warm = { kind: 'warmup' } as const
  const sets = [set('w1', warm), set('w2', warm), set('a'), set('b', { kind: 'drop' }), set('c')]
  assert.equal(previous(sets, guide), [
    ['1', 'w1'],
    ['2', 'a'],
    ['3', 'b'],
  ])
  assert.equal(previous([set('a')], guide), [
    ['1', undefined],
    ['2', 'a'],
    ['3', 'a'],
  ])
})

test('goes by the order of the plan, which supersets do not follow, whatever has become of the steps', () => {
  const turns = { supersetGroup: 1 }
  const twice = [planned(squat, [five, five], turns), planned(squat, [five, five], turns)]
  const sets = ['a', 'b', 'c', 'd'].map((id) => set(id))
  const expected = [
    ['1', 'a'],
    ['2', 'c'],
    ['3', 'b'],
    ['4', 'd'],
  ]
  assert.equal(previous(sets, after(guided(twice)).guide as Guide), expected)
  assert.equal(previous(sets, after(guided(twice), stepLogged('1')).guide as Guide), expected)
})

test('follows a swap to the exercise that is done now', () => {
  const swap = {
    type: 'StepsSwapped' as const,
    data: {
      ...{ ...squat, swappedExerciseId: pullUp.exerciseId, workingSets: 1 },
      steps: [{ swapped: '2', stepId: '2.1', target: five }],
    },
  }
  const swapped = after(guided([planned(squat, [five]), planned(pullUp, [five])]), swap).guide as Guide
  assert.equal(previous([set('a'), set('b')], swapped), [
    ['1', 'a'],
    ['2.1', 'b'],
  ])
})

test.run()
