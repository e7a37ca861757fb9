import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { CatalogueExercise, ExerciseEvent } from '../../../src/domain/exercise/events.ts'
import {
  createExercise,
  type ExerciseFacts,
  exercise,
  exerciseLimits,
  nameKey,
  publishExercise,
} from '../../../src/domain/exercise/exercise.ts'
import { given } from '../../support/given-when-then.ts'

const plank: CatalogueExercise = {
  exerciseId: 'plank',
  category: 'strength',
  bodyArea: 'abdominal',
  primaryMuscles: ['abdominals'],
  secondaryMuscles: ['obliques'],
  equipment: ['none'],
  metric: 'duration',
  unilateral: false,
  texts: { en: { name: 'Plank', description: 'Hold still.', instructions: ['Brace.', 'Hold.'] } },
}
const published: ExerciseEvent = { type: 'CatalogueExercisePublished', data: plank }

const exerciseId = '0b9f2c1e-6a53-4a8e-9d7b-2f4c8e1a7d10'
const created: ExerciseEvent = {
  type: 'CustomExerciseCreated',
  data: {
    exerciseId,
    name: 'Log Press',
    description: '',
    instructions: ['Clean it.', 'Press it.'],
    category: 'strength',
    bodyArea: 'full-body',
    primaryMuscles: ['front-delts'],
    secondaryMuscles: [],
    equipment: [],
    unilateral: false,
    metric: 'weight-reps',
  },
}
const logPress: ExerciseFacts = {
  name: 'Log Press',
  metric: 'weight-reps',
  instructions: ['Clean it.', 'Press it.'],
  primaryMuscles: ['front-delts'],
}
const after = (...past: ExerciseEvent[]) => given(exercise, past)
const create = (facts: ExerciseFacts) => (state: typeof exercise.initial) =>
  createExercise(state, { exerciseId, facts })

const publishing = suite('publishing an exercise of the catalogue')

publishing('records an entry that is new', () => {
  after()
    .when((state) => publishExercise(state, plank))
    .then([published])
})

publishing('records nothing for an entry that stands already, however its properties are ordered', () => {
  const turned = Object.fromEntries(Object.entries(plank).reverse()) as CatalogueExercise
  after(published)
    .when((state) => publishExercise(state, turned))
    .then([])
})

publishing('records the whole entry again when a trait, a text or a property differs', () => {
  const { en } = plank.texts
  const editions: CatalogueExercise[] = [
    { ...plank, bodyArea: 'full-body' },
    { ...plank, level: 'beginner' },
    { ...plank, secondaryMuscles: [] },
    { ...plank, texts: { en: { ...en, instructions: ['Hold.', 'Brace.'] } } },
    { ...plank, texts: { en, ru: { ...en, name: 'Планка' } } },
  ]
  for (const data of editions) {
    const changed: ExerciseEvent = { type: 'CatalogueExercisePublished', data }
    after(published)
      .when((state) => publishExercise(state, data))
      .then([changed])
    after(published, changed)
      .when((state) => publishExercise(state, data))
      .then([])
    after(changed)
      .when((state) => publishExercise(state, plank))
      .then([published])
  }
})

publishing.run()

const creating = suite('creating an exercise of one’s own')

creating('fills in what was not told', () => {
  after().when(create(logPress)).then([created])
})

creating('keeps every fact that was told', () => {
  const facts: ExerciseFacts = {
    name: 'Tib Raise',
    description: 'Shins.',
    instructions: ['Lift the toes.'],
    category: 'mobility',
    bodyArea: 'legs',
    primaryMuscles: ['calves'],
    secondaryMuscles: ['quadriceps'],
    equipment: ['band', 'bench'],
    level: 'advanced',
    force: 'pull',
    mechanic: 'isolation',
    metric: 'reps',
    unilateral: true,
  }
  after()
    .when(create(facts))
    .then([{ type: 'CustomExerciseCreated', data: { exerciseId, ...facts } as never }])
})

creating('trims its texts', () => {
  after()
    .when(
      create({
        ...logPress,
        name: '  Log Press\n',
        description: ' ',
        instructions: [' Clean it. ', 'Press it.'],
      }),
    )
    .then([created])
})

creating('again with facts that stand already does nothing', () => {
  after(created).when(create(logPress)).then([])
  after(created)
    .when(create({ name: 'Log Press ', metric: 'weight-reps' }))
    .then([])
})

creating('again under the same id with another fact is refused', () => {
  for (const change of [
    { name: 'Axle Press' },
    { metric: 'reps' },
    { level: 'beginner' },
    { instructions: [] },
  ]) {
    after(created)
      .when(create({ ...logPress, ...change } as ExerciseFacts))
      .thenRefused('id-taken')
  }
})

creating('refuses all failing fields at once', () => {
  after()
    .when(
      create({
        name: ' ',
        metric: 'reps',
        description: 'x'.repeat(exerciseLimits.descriptionLength + 1),
        instructions: ['ok', ' ', 'x'.repeat(exerciseLimits.instructionLength + 1)],
        primaryMuscles: ['chest', 'chest'],
        equipment: ['band', 'band'],
      }),
    )
    .thenRefused('invalid-fields', {
      errors: [
        { pointer: '/name', code: 'required', message: 'An exercise needs a name.' },
        {
          pointer: '/description',
          code: 'too-long',
          message: 'The description takes at most 2000 characters.',
        },
        { pointer: '/instructions/1', code: 'required', message: 'An instruction cannot be blank.' },
        {
          pointer: '/instructions/2',
          code: 'too-long',
          message: 'An instruction takes at most 500 characters.',
        },
        { pointer: '/primaryMuscles', code: 'duplicate', message: 'A muscle is named twice.' },
        { pointer: '/equipment', code: 'duplicate', message: 'A piece of equipment is named twice.' },
      ],
    })
})

creating('refuses a muscle that is primary and secondary, too long a name and too many instructions', () => {
  const { nameLength, instructions } = exerciseLimits
  after()
    .when(
      create({
        name: 'x'.repeat(nameLength + 1),
        metric: 'reps',
        instructions: Array(instructions + 1).fill('Go on.'),
        primaryMuscles: ['chest'],
        secondaryMuscles: ['lats', 'chest'],
      }),
    )
    .thenRefused('invalid-fields', {
      errors: [
        { pointer: '/name', code: 'too-long', message: 'The name takes at most 200 characters.' },
        { pointer: '/instructions', code: 'too-many', message: 'At most 50 instructions are kept.' },
        {
          pointer: '/secondaryMuscles',
          code: 'duplicate',
          message: 'A muscle is named twice, or is both primary and secondary.',
        },
      ],
    })
})

creating('takes what stands exactly at the limits', () => {
  const facts: ExerciseFacts = {
    name: '💪'.repeat(exerciseLimits.nameLength),
    metric: 'reps',
    description: 'x'.repeat(exerciseLimits.descriptionLength),
    instructions: Array(exerciseLimits.instructions).fill('x'.repeat(exerciseLimits.instructionLength)),
  }
  after()
    .when(create(facts))
    .then([
      { type: 'CustomExerciseCreated', data: { ...created.data, primaryMuscles: [], ...facts } as never },
    ])
})

creating.run()

const naming = suite('the key of a name')

naming('is the same for names that differ in case, form or spaces only', () => {
  for (const name of ['Жим Лёжа', ' жим  лёжа ', 'ЖИМ\u00a0ЛЁЖА', 'жим ле\u0308жа']) {
    assert.is(nameKey(name), 'жим лёжа')
  }
  assert.is(nameKey('Ｐｌａｎｋ'), 'plank')
  assert.is.not(nameKey('жим лежа'), nameKey('жим лёжа'))
})

naming.run()
