import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BodyArea } from '../../../src/domain/exercise/events.ts'
import { outlineOf } from '../../../src/domain/plan/outline.ts'
import type { PlannedExercise, PlannedSet } from '../../../src/domain/session/events.ts'
import { details } from '../../support/plans.ts'

const test = suite('outline')

const areas: Record<string, BodyArea> = {
  Squat: 'legs',
  Run: 'legs',
  Curl: 'hands',
  Plank: 'abdominal',
  Press: 'chest',
}
const areaOf = (exerciseId: string) => areas[exerciseId]
const doing = (name: string, ...sets: Omit<PlannedSet, 'kind'>[]): PlannedExercise => ({
  exerciseId: name,
  exerciseName: name,
  metric: 'weight-reps',
  sets: sets.map((set) => ({ kind: 'working', ...set })),
})
const planOf = (...exercises: PlannedExercise[]) => ({ ...details, days: [{ name: 'Day', exercises }] })

test('a plan that was told in words is read in these words', () => {
  const outline = { hands: 'a', abdominal: 'b', back: 'c', legs: 'd' }
  assert.is(outlineOf({ ...details, outline }, areaOf), outline)
})

test('a plan of days is read by body area: exercise, sets, repetitions', () => {
  const plan = planOf(
    doing('Squat', { reps: 5 }, { reps: 5 }),
    doing('Run', { distance: 5, distanceUnit: 'km', durationSeconds: 1500 }),
    doing('Curl', { repsMin: 8, repsMax: 12 }),
    doing('Plank', { durationSeconds: 60 }),
    doing('Press', { reps: 5 }),
    doing('Unknown', { reps: 5 }),
    doing('Squat', { reps: 5 }, { reps: 5 }),
    doing('Curl'),
  )
  assert.equal(outlineOf(plan, areaOf), {
    hands: 'Curl, 1, 8-12; Curl',
    abdominal: 'Plank, 1, 60 s',
    back: '',
    legs: 'Squat, 2, 5; Run, 1, 5 km',
  })
})

test.run()
