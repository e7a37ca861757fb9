import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type {
  CatalogueExercise,
  CustomExercise,
  CustomExerciseChange,
  ExerciseEvent,
} from '../../../src/domain/exercise/events.ts'
import {
  archiveExercise,
  changeExercise,
  createExercise,
  exercise,
} from '../../../src/domain/exercise/exercise.ts'
import { given } from '../../support/given-when-then.ts'

const own: CustomExercise = {
  exerciseId: '0b9f2c1e-6a53-4a8e-9d7b-2f4c8e1a7d10',
  name: 'Log Press',
  description: '',
  instructions: ['Clean it.', 'Press it.'],
  category: 'strength',
  bodyArea: 'full-body',
  primaryMuscles: ['front-delts'],
  secondaryMuscles: ['triceps'],
  equipment: ['other'],
  level: 'beginner',
  metric: 'weight-reps',
  unilateral: false,
}
const { name, description, instructions, metric: _, exerciseId, ...traits } = own
const plank = {
  ...{ ...traits, exerciseId: 'plank', metric: 'duration' },
  texts: { en: { name, description, instructions } },
} satisfies CatalogueExercise

const created: ExerciseEvent = { type: 'CustomExerciseCreated', data: own }
const archived: ExerciseEvent = { type: 'CustomExerciseArchived', data: {} }
const published: ExerciseEvent = { type: 'CatalogueExercisePublished', data: plank }
const changed = (data: CustomExerciseChange): ExerciseEvent => ({ type: 'CustomExerciseChanged', data })
const after = (...past: ExerciseEvent[]) => given(exercise, past)
const change = (told: CustomExerciseChange) => (state: typeof exercise.initial) =>
  changeExercise(state, { change: told })

const changing = suite('changing an exercise of one’s own')

changing('keeps what differs, trimmed, and nothing else', () => {
  after(created)
    .when(
      change({
        name: ' Axle Press ',
        description: ' ',
        instructions: ['Clean it. ', 'Press it.'],
        level: 'beginner',
      }),
    )
    .then([changed({ name: 'Axle Press' })])
  after(created)
    .when(change({ force: 'push', mechanic: 'compound', unilateral: true, equipment: [] }))
    .then([changed({ force: 'push', mechanic: 'compound', unilateral: true, equipment: [] })])
})

changing('clears with null what may be unknown', () => {
  after(created)
    .when(change({ level: null, force: null }))
    .then([changed({ level: null })])
  after(created, changed({ level: null }))
    .when(change({ level: null }))
    .then([])
})

changing('does nothing when all of it stands already', () => {
  after(created).when(change({})).then([])
  after(created, changed({ name: 'Axle Press', force: 'push' }))
    .when(change({ name: 'Axle Press', force: 'push', primaryMuscles: ['front-delts'] }))
    .then([])
})

changing('blames a muscle that is both primary and secondary on the list that was told', () => {
  const message = 'A muscle is named twice, or is both primary and secondary.'
  const cases: [CustomExerciseChange, string][] = [
    [{ primaryMuscles: ['triceps'] }, '/primaryMuscles'],
    [{ secondaryMuscles: ['front-delts'] }, '/secondaryMuscles'],
    [{ primaryMuscles: ['chest'], secondaryMuscles: ['chest'] }, '/secondaryMuscles'],
  ]
  for (const [told, pointer] of cases) {
    after(created)
      .when(change(told))
      .thenRefused('invalid-fields', { errors: [{ pointer, code: 'duplicate', message }] })
  }
})

changing('refuses all failing fields at once', () => {
  after(created)
    .when(change({ name: ' ', instructions: [''], equipment: ['band', 'band'] }))
    .thenRefused('invalid-fields', {
      errors: [
        { pointer: '/name', code: 'required', message: 'An exercise needs a name.' },
        { pointer: '/instructions/0', code: 'required', message: 'An instruction cannot be blank.' },
        { pointer: '/equipment', code: 'duplicate', message: 'A piece of equipment is named twice.' },
      ],
    })
})

changing('is refused for what is not there, not one’s own, or archived', () => {
  after()
    .when(change({ name: 'A' }))
    .thenRefused('not-found')
  after(published)
    .when(change({ name: 'A' }))
    .thenRefused('catalogue-read-only')
  after(created, archived)
    .when(change({ name: 'A' }))
    .thenRefused('archived')
})

changing('leaves what was told at its creation known as such', () => {
  const create = (state: typeof exercise.initial) =>
    createExercise(state, { exerciseId, facts: { name, metric: 'weight-reps', level: 'beginner' } })
  const past = [created, changed({ name: 'Axle Press', level: null }), archived]
  for (const count of [1, 2, 3]) {
    after(...past.slice(0, count))
      .when(create)
      .then([])
  }
  after(published).when(create).thenRefused('id-taken')
})

changing.run()

const archiving = suite('archiving an exercise of one’s own')

archiving('happens once', () => {
  after(created).when(archiveExercise).then([archived])
  after(created, changed({ name: 'Axle Press' }), archived)
    .when(archiveExercise)
    .then([])
})

archiving('is refused for what is not there and for the catalogue', () => {
  after().when(archiveExercise).thenRefused('not-found')
  after(published).when(archiveExercise).thenRefused('catalogue-read-only')
})

archiving('keeps every fact as it last was', () => {
  const past = [created, changed({ name: 'Axle Press', level: null }), archived]
  const { level: __, ...facts } = own
  assert.equal(past.reduce(exercise.evolve, exercise.initial), {
    status: 'archived',
    created: own,
    exercise: { ...facts, name: 'Axle Press' },
  })
})

archiving.run()
