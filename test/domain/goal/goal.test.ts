import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { GoalFields } from '../../../src/domain/goal/details.ts'
import type { GoalDetails, GoalEvent } from '../../../src/domain/goal/events.ts'
import {
  changeGoal,
  deleteGoal,
  goal,
  progressGoal,
  type SetGoal,
  setGoal,
} from '../../../src/domain/goal/goal.ts'
import { given } from '../../support/given-when-then.ts'
import { books, daily, goalId, goalSet, setAt, squat, squat140 } from '../../support/goals.ts'

const kg = 1_000_000_000
const later = '2025-03-08T18:00:00.000Z'
const lifted = { ...squat140, start: 100, direction: 'up' } as GoalDetails
const reading = books as GoalDetails
const gone: GoalEvent = { type: 'GoalDeleted', data: {} }
const abandoned: GoalEvent = { type: 'GoalAbandoned', data: { at: later } }
const resumed: GoalEvent = { type: 'GoalResumed', data: { at: later } }

const setting = (fields: GoalFields, more: Partial<SetGoal> = {}) => {
  const command = { goalId, now: setAt, exercise: squat, standing: [], ...more }
  return (state: Parameters<typeof setGoal>[0]) => setGoal(state, { ...command, fields })
}

const set = suite('setting a goal')

set('keeps what is told, trimmed, with the best there was as its start', () => {
  const standing = daily('2025-02-01', 90 * kg, 100 * kg, 95 * kg)
  given(goal, [])
    .when(setting({ ...squat140, title: ' Squat 140 ', unit: 'kg ', dueOn: '2025-12-31' }, { standing }))
    .then([goalSet({ ...lifted, dueOn: '2025-12-31' })])
})

set('starts from the latest of what is measured, in its own unit', () => {
  const standing = daily('2025-02-01', 70 * kg, 90_718_474_000)
  const fields: GoalFields = { kind: 'body-weight', title: 'Less', target: 180, unit: 'lb' }
  given(goal, [])
    .when(setting(fields, { standing, exercise: undefined }))
    .then([goalSet({ ...fields, start: 200 } as GoalDetails)])
})

set('has no start where nothing was, and keeps the one that is told', () => {
  const { start: _, ...startless } = lifted
  given(goal, [])
    .when(setting(squat140))
    .then([goalSet(startless as GoalDetails)])
  const standing = daily('2025-02-01', 90 * kg)
  given(goal, [])
    .when(setting({ ...squat140, start: 110 }, { standing }))
    .then([goalSet({ ...lifted, start: 110 })])
})

set('goes down where the start lies above the target, and for assistance', () => {
  const down = { ...squat140, target: 10, direction: 'down' } as GoalDetails
  const assisted = { exerciseId: squat.exerciseId, metric: 'assisted-bodyweight-reps' } as const
  const standing = daily('2025-02-01', 30 * kg, 20 * kg, 25 * kg)
  given(goal, [])
    .when(setting({ ...squat140, target: 10 }, { exercise: assisted, standing }))
    .then([goalSet({ ...down, start: 20 })])
  given(goal, [])
    .when(setting({ ...squat140, target: 10, start: 40 }))
    .then([goalSet({ ...down, start: 40 })])
})

set('does nothing when it is set again as it was, whatever became of it', () => {
  const past: GoalEvent[] = [
    goalSet(lifted),
    { type: 'GoalChanged', data: { title: 'Squat 150', target: 150 } },
  ]
  given(goal, past).when(setting(squat140)).then([])
  given(goal, [...past, gone])
    .when(setting({ ...squat140, start: 100 }))
    .then([])
  given(goal, past)
    .when(setting({ ...squat140, target: 150 }))
    .thenRefused('id-taken')
  given(goal, past)
    .when(setting({ ...squat140, start: 101 }))
    .thenRefused('id-taken')
})

const change = suite('changing a goal')

const changing = (change: Parameters<typeof changeGoal>[1]['change']) => {
  return (state: Parameters<typeof changeGoal>[0]) => changeGoal(state, { now: later, change })
}

change('tells what differs, and nothing where nothing does', () => {
  const due = goalSet({ ...lifted, dueOn: '2025-12-31' })
  given(goal, [due])
    .when(changing({ title: ' Squat 150 ', target: 150, start: 100, dueOn: null }))
    .then([{ type: 'GoalChanged', data: { title: 'Squat 150', target: 150, dueOn: null } }])
  given(goal, [due])
    .when(changing({ target: 140, unit: 'kg', direction: 'up', status: 'active' }))
    .then([])
})

change('converts what is not told under another unit', () => {
  const half = { target: 100, start: 50 }
  const data = { target: 100_000 / 453.59237, start: 50_000 / 453.59237, unit: 'lb' }
  given(goal, [goalSet({ ...lifted, ...half })])
    .when(changing({ unit: 'lb' }))
    .then([{ type: 'GoalChanged', data }])
  given(goal, [goalSet({ ...lifted, ...half })])
    .when(changing({ unit: 'lb', target: 225 }))
    .then([{ type: 'GoalChanged', data: { ...data, target: 225 } }])
  given(goal, [goalSet(reading)])
    .when(changing({ unit: 'pages' }))
    .then([{ type: 'GoalChanged', data: { unit: 'pages' } }])
})

change('abandons and resumes, once', () => {
  given(goal, [goalSet(lifted)])
    .when(changing({ status: 'abandoned' }))
    .then([abandoned])
  given(goal, [goalSet(lifted), abandoned])
    .when(changing({ status: 'abandoned' }))
    .then([])
  given(goal, [goalSet(lifted), abandoned])
    .when(changing({ status: 'active', title: 'Again' }))
    .then([{ type: 'GoalChanged', data: { title: 'Again' } }, resumed])
  given(goal, [goalSet(lifted), abandoned, resumed])
    .when(changing({ status: 'active' }))
    .then([])
})

change('refuses what a new goal may not be, and to change what is not there', () => {
  const errors = [
    { pointer: '/unit', code: 'not-allowed', message: 'The unit of this goal is kg or lb.' },
    { pointer: '/target', code: 'out-of-range', message: 'target must be from 0 to 2000.' },
  ]
  const refused = changeGoal([goalSet(lifted)].reduce(goal.evolve, goal.initial), {
    now: later,
    change: { unit: 'km', target: -1, start: 0 },
  })
  assert.equal(refused, { refusal: 'invalid-fields', detail: 'Some fields do not pass.', errors })
  given(goal, []).when(changing({})).thenRefused('not-found')
  given(goal, [goalSet(lifted), gone])
    .when(changing({}))
    .thenRefused('not-found')
})

const progress = suite('the progress of a custom goal')

const moving = (fields: { value: number; notes?: string }) => {
  return (state: Parameters<typeof progressGoal>[0]) => progressGoal(state, { now: later, ...fields })
}

progress('is told value by value, and the latest counts', () => {
  const told: GoalEvent = { type: 'GoalProgressed', data: { value: 5, notes: 'Slow', at: later } }
  given(goal, [goalSet(reading)])
    .when(moving({ value: 5, notes: ' Slow ' }))
    .then([told])
  given(goal, [goalSet(reading), told])
    .when(moving({ value: 4 }))
    .then([{ type: 'GoalProgressed', data: { value: 4, at: later } }])
})

progress('refuses goals that follow the log, wrong fields, and what is not there', () => {
  given(goal, [goalSet(lifted)])
    .when(moving({ value: 5 }))
    .thenRefused('goal-follows-log')
  given(goal, [])
    .when(moving({ value: 5 }))
    .thenRefused('not-found')
  given(goal, [goalSet(reading)])
    .when(moving({ value: 1e10, notes: ' ' }))
    .thenRefused('invalid-fields', {
      errors: [
        { pointer: '/value', code: 'out-of-range', message: 'value must be from -1000000000 to 1000000000.' },
        { pointer: '/notes', code: 'required', message: 'notes cannot be blank.' },
      ],
    })
})

const deleting = suite('deleting a goal')

deleting('ends it, once', () => {
  given(goal, [goalSet(lifted)])
    .when(deleteGoal)
    .then([gone])
  given(goal, [goalSet(lifted), abandoned])
    .when(deleteGoal)
    .then([gone])
  given(goal, [goalSet(lifted), gone])
    .when(deleteGoal)
    .thenRefused('not-found')
  given(goal, []).when(deleteGoal).thenRefused('not-found')
})

for (const each of [set, change, progress, deleting]) each.run()
