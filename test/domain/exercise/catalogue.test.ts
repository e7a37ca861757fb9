import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogue } from '../../../src/domain/exercise/catalogue.ts'
import * as words from '../../../src/domain/exercise/events.ts'
import { createExercise, exercise, nameKey } from '../../../src/domain/exercise/exercise.ts'
import { isRefusal } from '../../../src/domain/refusal.ts'

const languages = ['en', 'ru'] as const
const used = (pick: (entry: words.CatalogueExercise) => readonly (string | undefined)[]) =>
  [...new Set(catalogue.flatMap(pick))].filter((word) => word !== undefined).toSorted()

const entries = suite('the catalogue')

entries('holds at least 156 exercises, each under a slug of its own', () => {
  assert.ok(catalogue.length >= 156)
  assert.is(new Set(catalogue.map(({ exerciseId }) => exerciseId)).size, catalogue.length)
  for (const { exerciseId } of catalogue) assert.match(exerciseId, /^[a-z0-9]+(-[a-z0-9]+)*$/)
})

entries('uses every word that exercises are described with, and no other', () => {
  const cases = [
    [words.categories, ({ category }) => [category]],
    [words.bodyAreas, ({ bodyArea }) => [bodyArea]],
    [words.metrics, ({ metric }) => [metric]],
    [words.levels, ({ level }) => [level]],
    [words.forces, ({ force }) => [force]],
    [words.mechanics, ({ mechanic }) => [mechanic]],
    [words.muscles, ({ primaryMuscles }) => primaryMuscles],
    [words.equipment, ({ equipment }) => equipment],
  ] satisfies [readonly string[], Parameters<typeof used>[0]][]
  for (const [all, pick] of cases) assert.equal(used(pick), all.toSorted())
  const muscles: readonly string[] = words.muscles
  assert.ok(used(({ secondaryMuscles }) => secondaryMuscles).every((muscle) => muscles.includes(muscle)))
})

entries('keeps to the rules for exercises of one’s own', () => {
  for (const { exerciseId, texts, ...traits } of catalogue) {
    for (const language of languages) {
      const facts = { ...traits, ...(texts[language] as words.ExerciseText) }
      const decided = createExercise(exercise.initial, { exerciseId, facts })
      assert.not(isRefusal(decided), exerciseId)
      assert.equal(decided, [{ type: 'CustomExerciseCreated', data: { exerciseId, ...facts } }])
    }
  }
})

entries('names what each exercise trains, how hard it is and what it needs', () => {
  for (const { exerciseId, primaryMuscles, equipment, level, category, force, mechanic } of catalogue) {
    assert.ok(primaryMuscles.length > 0, exerciseId)
    assert.ok(level, exerciseId)
    assert.ok(equipment.length > 0, exerciseId)
    assert.is(equipment.includes('none') && equipment.length > 1, false, exerciseId)
    if (category === 'strength' || category === 'plyometrics') assert.ok(force && mechanic, exerciseId)
  }
})

entries('measures the well-known exercises as people log them', () => {
  const metrics = new Map(catalogue.map(({ exerciseId, metric }) => [exerciseId, metric]))
  const known = {
    'barbell-back-squat': 'weight-reps',
    'barbell-bench-press': 'weight-reps',
    'pull-up': 'bodyweight-reps',
    'weighted-pull-up': 'weighted-bodyweight-reps',
    'assisted-pull-up': 'assisted-bodyweight-reps',
    'push-up': 'bodyweight-reps',
    crunch: 'reps',
    plank: 'duration',
    'weighted-plank': 'weight-duration',
    running: 'distance-duration',
    'farmers-walk': 'weight-distance',
  }
  for (const [slug, metric] of Object.entries(known)) assert.is(metrics.get(slug), metric, slug)
})

entries.run()

const texts = suite('the texts of the catalogue')

for (const language of languages) {
  const told = catalogue.map((entry) => ({ slug: entry.exerciseId, text: entry.texts[language] }))

  texts(`are all there in ${language}, with three to seven steps of whole sentences`, () => {
    for (const { slug, text } of told) {
      assert.ok(text, slug)
      assert.ok(text.instructions.length >= 3 && text.instructions.length <= 7, slug)
      assert.is(new Set(text.instructions).size, text.instructions.length, slug)
      for (const sentence of [text.description, ...text.instructions]) {
        assert.match(sentence, /^[\p{Lu}\p{N}].*[^ .]\.$/u, slug)
        assert.not.match(sentence, / {2}|^ /, slug)
      }
      assert.match(text.name, /^[\p{Lu}\p{N}].*[\p{L}\p{N}»]$/u, slug)
    }
  })

  texts(`name no two exercises alike in ${language}`, () => {
    const names = told.map(({ text }) => nameKey(text?.name ?? ''))
    assert.equal(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    )
    const descriptions = told.map(({ text }) => text?.description)
    assert.equal(
      descriptions.filter((one, index) => descriptions.indexOf(one) !== index),
      [],
    )
  })

  texts(`are written in the alphabet of ${language}`, () => {
    const foreign = language === 'ru' ? /\p{Script=Latin}/u : /\p{Script=Cyrillic}/u
    for (const { slug, text } of told) {
      const all = [text?.name, text?.description, ...(text?.instructions ?? [])]
        .join(' ')
        .replaceAll('EZ', '')
      assert.not.match(all, foreign, slug)
    }
  })
}

texts.run()
