import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { goalDocument } from '../../../src/domain/goal/document.ts'
import type { GoalDetails } from '../../../src/domain/goal/events.ts'
import { type Goal, goal } from '../../../src/domain/goal/goal.ts'
import { berlin, daily, goalId, goalSet, setAt, squat, squat140 } from '../../support/goals.ts'

const lifted = { ...squat140, direction: 'up' } as GoalDetails

const document = suite('the document of a goal')

document('tells all of it in its own unit, and null where nothing is known', () => {
  const known = [goalSet({ ...lifted, unit: 'lb', target: 225, start: 135 })].reduce(
    goal.evolve,
    goal.initial,
  )
  assert.equal(goalDocument(known as Goal, 3, daily('2025-03-01', 81_646_626_600), berlin), {
    id: goalId,
    kind: 'lift',
    title: 'Squat 140',
    exerciseId: squat.exerciseId,
    measurementKind: null,
    target: 225,
    unit: 'lb',
    start: 135,
    current: 180,
    progress: 0.5,
    direction: 'up',
    status: 'active',
    achievedAt: null,
    forecastOn: null,
    dueOn: null,
    setAt,
    version: 3,
  })
  const empty = [goalSet({ kind: 'body-weight', title: 'Less', target: 75, unit: 'kg' })]
  const { start, current, direction } = goalDocument(
    empty.reduce(goal.evolve, goal.initial) as Goal,
    1,
    [],
    berlin,
  )
  assert.equal([start, current, direction], [null, null, null])
})

document.run()
