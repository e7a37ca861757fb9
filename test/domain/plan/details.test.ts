import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type PlanFields, planDetails } from '../../../src/domain/plan/details.ts'
import type { FieldError } from '../../../src/domain/refusal.ts'
import { context, told } from '../../support/plans.ts'

const test = suite('plan details')

function errorsOf(fields: Partial<PlanFields>) {
  const errors: FieldError[] = []
  planDetails({ at: '', errors }, fields, context)
  return errors.map(({ pointer, code }) => `${pointer} ${code}`)
}

const squat = { exerciseId: 'barbell-back-squat', sets: [{ reps: 5 }] }
const dayOf = (...exercises: object[]) => ({ days: [{ name: 'Day', exercises }] }) as Partial<PlanFields>

test('what is within all limits passes', () => {
  assert.equal(errorsOf(told), [])
  assert.equal(errorsOf({ name: 'x'.repeat(200), frequencyPerWeek: 14, sessionMinutes: 600 }), [])
  assert.equal(
    errorsOf(dayOf({ ...squat, restSeconds: 3600, supersetGroup: 1000, notes: '𝕩'.repeat(2000) })),
    [],
  )
})

test('every field that does not pass is named, all at once', () => {
  const errors = errorsOf({
    name: ' ',
    goal: 'x'.repeat(501),
    frequencyPerWeek: 15,
    sessionMinutes: 4,
    exerciseTypes: ['strength', 'strength'],
    days: [
      {
        name: 'x'.repeat(201),
        exercises: [
          { exerciseId: 'no-such-thing', sets: [{ reps: -1 }] },
          { ...squat, notes: ' ', restSeconds: 3601, supersetGroup: 1.5, sets: [{ durationSeconds: 5 }] },
        ],
      },
    ],
    outline: { hands: '', abdominal: 'x'.repeat(501), back: '', legs: '' },
  })
  assert.equal(errors, [
    '/name required',
    '/goal too-long',
    '/frequencyPerWeek out-of-range',
    '/sessionMinutes out-of-range',
    '/exerciseTypes duplicate',
    '/days/0/name too-long',
    '/days/0/exercises/0/exerciseId unknown-exercise',
    '/days/0/exercises/1/notes required',
    '/days/0/exercises/1/restSeconds out-of-range',
    '/days/0/exercises/1/supersetGroup out-of-range',
    '/days/0/exercises/1/sets/0/durationSeconds not-applicable',
    '/days/0/exercises/1/sets/0/reps required',
    '/outline/abdominal too-long',
  ])
})

test('days, exercises and sets are limited in number', () => {
  const many = <T>(count: number, item: T) => Array.from({ length: count }, () => item)
  const day = { name: 'Day', exercises: [] }
  assert.equal(errorsOf({ days: many(14, day) }), [])
  assert.equal(errorsOf({ days: many(15, day) }), ['/days too-many'])
  assert.equal(errorsOf(dayOf(...many(50, squat))), [])
  assert.equal(errorsOf(dayOf(...many(51, squat))), ['/days/0/exercises too-many'])
  assert.equal(errorsOf(dayOf({ ...squat, sets: many(20, { reps: 5 }) })), [])
  assert.equal(errorsOf(dayOf({ ...squat, sets: many(21, { reps: 5 }) })), [
    '/days/0/exercises/0/sets too-many',
  ])
})

test.run()
