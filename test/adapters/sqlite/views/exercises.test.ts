import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exercisesView } from '../../../../src/adapters/sqlite/views/exercises.ts'
import type { CatalogueExercise } from '../../../../src/domain/exercise/events.ts'
import {
  ada,
  ben,
  benchPress,
  created,
  foldedExercises,
  history,
  logPress,
  own,
  plank,
  published,
} from '../../../support/exercises.ts'
import { type Fact, foldViews } from '../../../support/fold-views.ts'

const finding = suite('finding one exercise')

finding('gives one of the catalogue in the language asked for, English where it has no other', async () => {
  const { queries } = foldedExercises()
  const { texts, ...facts } = plank
  const more = { custom: false, archived: false, version: 1 }
  assert.equal(await queries.find(ada, 'plank'), { ...facts, ...texts.en, ...more })
  assert.equal(await queries.find(ada, 'plank', 'ru'), { ...facts, ...texts.ru, ...more })
  assert.is((await queries.find(ada, 'running', 'ru'))?.name, 'Running')
})

finding('gives a person’s own to that person only', async () => {
  const { queries } = foldedExercises()
  const expected = { ...logPress, custom: true, archived: false, version: 1 }
  assert.equal(await queries.find(ada, own), expected)
  assert.equal(await queries.find(ada, own, 'ru'), expected)
  assert.is(await queries.find(ben, own), undefined)
  assert.is(await queries.find(own, own), undefined)
})

finding('lets two people have an exercise of the same id and name', async () => {
  const { queries } = foldedExercises([
    ...history,
    created(ada, logPress),
    created(ben, { ...logPress, level: 'advanced' }),
  ])
  assert.is((await queries.find(ada, own))?.level, undefined)
  assert.is((await queries.find(ben, own))?.level, 'advanced')
})

finding.run()

const publishing = suite('an entry that is published again')

publishing('replaces all that the old edition left', async () => {
  const { db, fold, queries, ids } = foldedExercises()
  fold(
    published({
      ...plank,
      primaryMuscles: ['glutes'],
      secondaryMuscles: [],
      equipment: ['bench'],
      category: 'mobility',
      texts: { en: { name: 'Bridge', description: 'Hold it.', instructions: [] } },
    }),
  )
  assert.is((await queries.find(ada, 'plank'))?.version, 2)
  assert.equal(await ids({ q: 'plank' }), [])
  assert.equal(await ids({ q: 'планка' }), [])
  assert.equal(await ids({ q: 'bridge' }), ['plank'])
  assert.equal(await ids({ muscle: 'obliques' }), [])
  assert.equal(await ids({ muscle: 'glutes', equipment: 'bench', category: 'mobility' }), ['plank'])
  const shares = db.prepare(`SELECT muscle, share FROM exercise_muscle JOIN exercise ON key = exercise
    WHERE id = 'plank'`)
  assert.equal(shares.all(), [{ muscle: 'glutes', share: 2 }])
  assert.equal(
    (await queries.catalogue()).map(({ texts }) => texts.en.name),
    ['Bridge', 'Bench Press', 'Running'],
  )
})

publishing('leaves the same rows as a fold of its last edition alone', () => {
  const renamed = { ...plank, equipment: [], texts: { en: plank.texts.en } } satisfies CatalogueExercise
  const rowsOf = (facts: readonly Fact[]) => {
    const { db } = foldViews([exercisesView], facts)
    const tables = ['exercise', 'exercise_muscle', 'exercise_equipment', 'exercise_word']
    db.exec('UPDATE exercise SET version = 0')
    return tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all())
  }
  assert.equal(
    rowsOf([plank, benchPress, renamed].map(published)),
    rowsOf([renamed, benchPress].map(published)),
  )
})

publishing.run()

const names = suite('names of one’s own exercises')

names('cannot be the same for one person, however they are written', () => {
  const again = { ...logPress, exerciseId: ben, name: ' LOG  press' }
  const { fold } = foldedExercises()
  try {
    fold(created(ada, again))
    assert.unreachable()
  } catch (error) {
    const { message } = error as Error
    const columns = message.replace('UNIQUE constraint failed: ', '')
    assert.is(exercisesView.unique[columns], 'name-taken')
  }
})

names('can be those of the catalogue, and those of another person', async () => {
  const { ids } = foldedExercises([
    ...history,
    created(ada, { ...logPress, name: 'Plank' }),
    created(ben, logPress),
  ])
  assert.equal(await ids({ custom: true }), [own])
  assert.equal(await ids({ q: 'plank' }), ['plank', own])
})

names.run()
