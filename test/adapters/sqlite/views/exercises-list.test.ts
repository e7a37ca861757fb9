import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ExerciseFilter } from '../../../../src/application/exercises.ts'
import { ada, ben, created, foldedExercises, history, logPress, own } from '../../../support/exercises.ts'

const listing = suite('listing exercises')

listing('goes by name in the language asked for', async () => {
  const { ids } = foldedExercises()
  assert.equal(await ids({}), ['bench-press', own, 'plank', 'running'])
  assert.equal(await ids({}, ben), ['bench-press', 'plank', 'running'])
  assert.equal(await ids({}, ada, 'ru'), [own, 'running', 'bench-press', 'plank'])
})

listing('keeps to each filter and to all of them', async () => {
  const { ids } = foldedExercises()
  const cases: [ExerciseFilter, string[]][] = [
    [{ muscle: 'triceps' }, ['bench-press', own]],
    [{ muscle: 'abdominals' }, ['plank']],
    [{ equipment: 'bench' }, ['bench-press']],
    [{ category: 'cardio' }, ['running']],
    [{ bodyArea: 'full-body' }, [own]],
    [{ level: 'beginner' }, ['plank']],
    [{ metric: 'weight-reps' }, ['bench-press', own]],
    [{ custom: true }, [own]],
    [{ custom: false }, ['bench-press', 'plank', 'running']],
    [{ muscle: 'triceps', metric: 'weight-reps', custom: false, equipment: 'barbell' }, ['bench-press']],
    [{ muscle: 'triceps', level: 'advanced' }, []],
  ]
  for (const [filter, expected] of cases) assert.equal(await ids(filter), expected, JSON.stringify(filter))
  assert.equal(await ids({ custom: true }, ben), [])
})

listing('finds the beginnings of words in names and descriptions, in either alphabet', async () => {
  const { ids } = foldedExercises()
  const cases: [string, string[]][] = [
    ['BENCH', ['bench-press']],
    ['press', ['bench-press', own]],
    ['press ben', ['bench-press']],
    ['ench', []],
    ['favour', ['bench-press']],
    ['lifters', ['bench-press']],
    ['ЛЕЖА', ['bench-press']],
    ['лёжа жим', ['bench-press']],
    ['удерж', ['plank']],
    ['deja', [own]],
    ['йод', [own]],
    ['иод', []],
    ['hold-still', ['plank']],
    ['%', []],
    ['p_ank', []],
  ]
  for (const [q, expected] of cases) assert.equal(await ids({ q }), expected, q)
  assert.equal(await ids({ q: 'планка' }, ada, 'en'), ['plank'])
})

listing('goes on behind each page without a gap and without a repetition', async () => {
  const { queries } = foldedExercises([...history, created(ada, logPress), created(ben, logPress)])
  const { items: all, next: none } = await queries.list(ada, {}, 'ru', 4)
  assert.is(none, undefined)
  for (const limit of [1, 2, 3]) {
    let page = await queries.list(ada, {}, 'ru', limit)
    const seen = [...page.items]
    while (page.next !== undefined) {
      page = await queries.list(ada, {}, 'ru', limit, page.next)
      assert.ok(page.items.length > 0)
      seen.push(...page.items)
    }
    assert.equal(seen, all)
  }
})

listing('tells exercises of one name apart by their age', async () => {
  const twin = { ...logPress, name: 'Plank' }
  const { queries } = foldedExercises([...history, created(ada, twin)])
  const first = await queries.list(ada, { q: 'plank' }, 'en', 1)
  const second = await queries.list(ada, { q: 'plank' }, 'en', 1, first.next)
  assert.equal(
    [first, second].map(({ items }) => items[0]?.exerciseId),
    ['plank', own],
  )
  assert.is(second.next, undefined)
})

listing.run()
