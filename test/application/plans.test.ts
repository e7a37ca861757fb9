import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isRefusal } from '../../src/domain/refusal.ts'
import { ada, bob, memorySessions, metadata, must, now } from '../support/memory-sessions.ts'

const test = suite('plans')
const asked = { userId: ada, metadata }
const keyed = { ...asked, idempotency: { key: 'POST /v1/plans one', request: 'the same' } }
const id = '00000000-0000-4000-8000-0000000000c1'
const legs = {
  name: 'Legs',
  days: [{ name: 'Day', exercises: [{ exerciseId: 'barbell-back-squat', sets: [{ reps: 5 }] }] }],
}
const types = (recorded: readonly { type: string }[]) => recorded.map(({ type }) => type)
const codeOf = (result: unknown) => isRefusal(result) && result.refusal

test('a plan and its number land together', async () => {
  const { plans, recorded } = await memorySessions()
  const { document } = must(await plans.create(asked, { id: id.toUpperCase(), ...legs }))
  assert.equal([document.id, document.number, document.version, document.createdAt], [id, 1, 1, now])
  assert.equal(recorded()[0], { type: 'PlanNumberTaken', data: { number: 1, planId: id } })
  assert.equal(types(recorded()), ['PlanNumberTaken', 'PlanCreated'])
  assert.equal(must(await plans.get(ada, id.toUpperCase())), document)
})

test('fifty plans made at once have fifty numbers, in every list and by every number', async () => {
  const { plans } = await memorySessions()
  const made = await Promise.all(
    Array.from({ length: 50 }, (_, n) => plans.create(asked, { name: `Plan ${n}` })),
  )
  const numbers = made.map((each) => must(each).document.number).toSorted((a, b) => a - b)
  assert.equal(
    numbers,
    Array.from({ length: 50 }, (_, n) => n + 1),
  )
  const { items } = await plans.list(ada, false, 50)
  assert.equal(
    items.map(({ number }) => number),
    numbers.toReversed(),
  )
  assert.is(must(await plans.byNumber(ada, 7)).document.number, 7)
})

test('a number is never used twice, and a refused plan takes none', async () => {
  const { plans, recorded } = await memorySessions()
  const first = must(await plans.create(asked, legs)).document
  must(await plans.archive(asked, first.id))
  assert.is(codeOf(await plans.create(asked, { name: ' ' })), 'invalid-fields')
  assert.is(codeOf(await plans.create(asked, { ...legs, id: first.id, name: 'Other' })), 'id-taken')
  assert.is(must(await plans.create(asked, legs)).document.number, 2)
  assert.equal(types(recorded()), [
    ...['PlanNumberTaken', 'PlanCreated', 'PlanArchived'],
    ...['PlanNumberTaken', 'PlanCreated'],
  ])
})

test('told again under its id or its key a plan is made once, and shown as it was made', async () => {
  const { plans, recorded } = await memorySessions()
  const first = must(await plans.create(keyed, { id, ...legs }))
  must(await plans.change(asked, id, { name: 'Other' }))
  assert.equal(must(await plans.create(asked, { id, ...legs })), first)
  assert.equal(must(await plans.create(keyed, { id, ...legs })), { ...first, replayed: true })
  assert.is(recorded().length, 3)
})

test('another person’s plans are not found, and their ids are free', async () => {
  const { plans } = await memorySessions()
  must(await plans.create(asked, { id, ...legs }))
  const others = { userId: bob, metadata }
  for (const refusal of [
    await plans.get(bob, id),
    await plans.byNumber(bob, 1),
    await plans.replace(others, id, legs),
    await plans.change(others, id, {}),
    await plans.changeOutline(others, id, {}),
    await plans.archive(others, id),
  ]) {
    assert.is(codeOf(refusal), 'not-found')
  }
  assert.is(must(await plans.create(others, { id, name: 'Mine' })).document.number, 1)
})

test('a change is refused on a stale version, an archived plan altogether', async () => {
  const { plans } = await memorySessions()
  must(await plans.create(asked, { id, ...legs }))
  assert.is(codeOf(await plans.change({ ...asked, ifMatch: 2 }, id, { name: 'Other' })), 'stale-version')
  const changed = must(await plans.change({ ...asked, ifMatch: 1 }, id, { name: 'Other' })).document
  assert.equal([changed.name, changed.days.length, changed.version], ['Other', 1, 2])
  const replaced = must(await plans.replace(asked, id, { name: 'Bare' })).document
  assert.equal([replaced.name, replaced.days, replaced.version], ['Bare', [], 3])
  const archived = must(await plans.archive(asked, id)).document
  assert.equal([archived.archived, archived.version], [true, 4])
  assert.is(must(await plans.archive(asked, id)).document.version, 4)
  assert.is(codeOf(await plans.change(asked, id, { name: 'Again' })), 'archived')
  const live = await plans.list(ada, false, 50)
  const gone = await plans.list(ada, true, 50)
  assert.equal([live.items, gone.items], [[], [archived]])
})

test('a custom exercise can be planned until it is archived, and stays where it was planned', async () => {
  const { plans, exercises } = await memorySessions()
  const { exercise } = must(await exercises.create(asked, { name: 'Log Press', metric: 'weight-reps' }))
  const pressing = { exerciseId: exercise.exerciseId, sets: [{ reps: 5 }] }
  const days = [{ name: 'Day', exercises: [pressing] }]
  must(await plans.create(asked, { id, name: 'Press', days }))
  must(await exercises.archive(asked, exercise.exerciseId))
  assert.is(codeOf(await plans.create(asked, { name: 'Again', days })), 'invalid-fields')
  const twice = [{ name: 'Day', exercises: [{ ...pressing, sets: [{ reps: 5 }, { reps: 3 }] }] }]
  const { document } = must(await plans.change(asked, id, { days: twice }))
  assert.equal(document.days[0]?.exercises[0]?.name, 'Log Press')
})

test('a plan is generated from the catalogue, and can be generated again by its seed', async () => {
  const { plans, exercises } = await memorySessions()
  must(await exercises.seed(metadata))
  const wish = { goal: 'strength', frequencyPerWeek: 3, sessionMinutes: 60 } as const
  const first = must(await plans.generate(asked, wish)).document
  assert.equal(first.origin, { by: 'generate', ...wish, seed: 1 })
  assert.equal([first.days.length, first.number, first.frequencyPerWeek], [3, 1, 3])
  const again = must(await plans.generate(asked, { ...wish, seed: 1 })).document
  assert.equal(again, { ...first, id: again.id, number: 2 })
  const other = must(await plans.generate(asked, wish)).document
  assert.not.equal(other.days, first.days)
})

test('asked for again under its id the same plan is given, whatever the seed was', async () => {
  const { plans } = await memorySessions()
  const wish = { id, goal: 'general', frequencyPerWeek: 1, sessionMinutes: 30, bodyAreas: ['legs'] } as const
  const first = must(await plans.generate(asked, wish))
  assert.equal(must(await plans.generate(asked, wish)), first)
  assert.is(codeOf(await plans.generate(asked, { ...wish, sessionMinutes: 40 })), 'id-taken')
  assert.is(codeOf(await plans.generate(asked, { ...wish, bodyAreas: ['back'] })), 'invalid-fields')
})

test('a workout is drawn as a plan in words, which are told by its number', async () => {
  const { plans, exercises } = await memorySessions()
  must(await exercises.seed(metadata))
  const { document } = must(await plans.draw(keyed))
  assert.is(document.origin?.by, 'draw')
  assert.match(document.outline?.hands ?? '', /, \d+, \d+$/)
  assert.equal(must(await plans.draw(keyed)), { document, replayed: true })
  assert.equal(must(await plans.byNumber(ada, 1)), { document, outline: document.outline })
})

test('a plan of days is told in words too, and keeps the words that are changed', async () => {
  const { plans } = await memorySessions()
  must(await plans.create(asked, { id, ...legs }))
  const outline = { hands: '', abdominal: '', back: '', legs: 'Barbell Back Squat, 1, 5' }
  assert.equal(must(await plans.byNumber(ada, 1)).outline, outline)
  const { document } = must(await plans.changeOutline(asked, id, { back: 'Rows' }))
  assert.equal([document.outline, document.days.length], [{ ...outline, back: 'Rows' }, 1])
})

test.run()
