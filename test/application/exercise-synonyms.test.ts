import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogueExerciseNamed, elsewhere } from '../../src/application/exercise-synonyms.ts'
import { catalogue } from '../../src/domain/exercise/catalogue.ts'

const test = suite('names of exercises elsewhere')

const names: readonly [name: string, exerciseId: string | undefined][] = [
  ['Bench Press (Barbell)', 'barbell-bench-press'],
  ['barbell bench press', 'barbell-bench-press'],
  ['Incline Bench Press (Dumbbell)', 'incline-dumbbell-bench-press'],
  ['Squat (Barbell)', 'barbell-back-squat'],
  ['Squat (Smith Machine)', 'smith-machine-squat'],
  ['Leg Extension (Machine)', 'leg-extension'],
  ['Pull Ups', 'pull-up'],
  ['Pull Up (Weighted)', 'weighted-pull-up'],
  ['Bicep Curl (Dumbbell)', 'dumbbell-curl'],
  ['Triceps Pressdown', 'triceps-pushdown'],
  ['Hammer Curl (Cable)', undefined],
  ['Bench Press (Cable)', undefined],
  ['Clean (Barbell)', undefined],
  ['Ohio State', undefined],
  ['', undefined],
  ['constructor', undefined],
]

for (const [name, exerciseId] of names) {
  test(`"${name}" is ${exerciseId ?? 'none of the catalogue'}`, () => {
    assert.is(catalogueExerciseNamed(name)?.exerciseId, exerciseId)
  })
}

test('each exercise of the catalogue is known by its own name', () => {
  const strange = catalogue.filter(({ exerciseId, texts }) => {
    return catalogueExerciseNamed(texts.en.name)?.exerciseId !== exerciseId
  })
  assert.equal(
    strange.map(({ exerciseId }) => exerciseId),
    [],
  )
})

test('each other name is that of one exercise that there is', () => {
  const ids = new Set(catalogue.map(({ exerciseId }) => exerciseId))
  assert.equal(
    Object.keys(elsewhere).filter((id) => !ids.has(id)),
    [],
  )
  for (const [exerciseId, others] of Object.entries(elsewhere)) {
    for (const name of others) assert.is(catalogueExerciseNamed(name)?.exerciseId, exerciseId, name)
  }
})

test.run()
