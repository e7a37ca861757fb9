import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ada, ben, memoryExercises, metadata, own } from '../support/exercises.ts'

const test = suite('changing and archiving exercises of one’s own')

const command = { userId: ada, metadata }
const refusalOf = (answer: unknown) => (answer as { refusal?: string }).refusal

const logPress = { id: own, name: 'Log Press', metric: 'weight-reps' } as const
const created = {
  exerciseId: own,
  name: 'Log Press',
  description: '',
  instructions: [],
  category: 'strength',
  bodyArea: 'full-body',
  primaryMuscles: [],
  secondaryMuscles: [],
  equipment: [],
  unilateral: false,
  metric: 'weight-reps',
  custom: true,
  archived: false,
  version: 1,
}

async function withLogPress() {
  const memory = await memoryExercises()
  await memory.exercises.seed(metadata)
  await memory.exercises.create(command, logPress)
  const before = memory.recorded().length
  return { ...memory, recorded: () => memory.recorded().slice(before) }
}

test('answers what it has become, and nothing is recorded for what stands already', async () => {
  const { exercises, recorded } = await withLogPress()
  const changed = { ...created, name: 'Axle Press', level: 'advanced', version: 2 }
  const told = { name: 'Axle Press', level: 'advanced' } as const
  assert.equal(await exercises.change(command, own.toUpperCase(), told), changed)
  assert.equal(await exercises.change(command, own, told), changed)
  assert.equal(await exercises.get(ada, own, 'ru'), changed)
  assert.equal(
    recorded().map(({ stream, type, data }) => [stream, type, data]),
    [[`exercise-${ada}-${own}`, 'CustomExerciseChanged', told]],
  )
})

test('archives once, whatever name it has by then, and the name is free again', async () => {
  const { exercises, recorded } = await withLogPress()
  const archived = { ...created, archived: true, version: 2 }
  assert.equal(await exercises.archive(command, own), archived)
  assert.equal(await exercises.archive(command, own), archived)
  assert.equal(await exercises.get(ada, own, 'en'), archived)
  assert.is(refusalOf(await exercises.change(command, own, { name: 'Axle Press' })), 'archived')
  assert.is(recorded().length, 1)
  assert.is(refusalOf(await exercises.create(command, { ...logPress, id: ben })), undefined)
})

test('answers a creation told of again as it was answered first', async () => {
  const { exercises } = await withLogPress()
  await exercises.change(command, own, { name: 'Axle Press' })
  await exercises.archive(command, own)
  assert.equal(await exercises.create(command, logPress), { exercise: created, replayed: false })
})

test('refuses a name of another live one, and gives up none that it had', async () => {
  const { exercises, recorded } = await withLogPress()
  await exercises.create(command, { ...logPress, id: ben, name: 'Axle Press' })
  assert.is(refusalOf(await exercises.change(command, ben, { name: ' LOG press' })), 'name-taken')
  assert.is(
    refusalOf(await exercises.create(command, { ...logPress, id: ada, name: 'Axle Press' })),
    'name-taken',
  )
  await exercises.archive(command, own)
  assert.is(refusalOf(await exercises.change(command, ben, { name: ' LOG press' })), undefined)
  assert.is(recorded().length, 3)
})

test('lets one of many racers for a name have it', async () => {
  const { exercises, recorded } = await withLogPress()
  const ids = Array.from({ length: 10 }, (_, index) => `44444444-4444-4444-8444-00000000000${index}`)
  for (const id of ids) await exercises.create(command, { ...logPress, id, name: `Press ${id}` })
  const before = recorded().length
  const answers = await Promise.all(ids.map((id) => exercises.change(command, id, { name: 'The Press' })))
  assert.is(answers.filter((answer) => refusalOf(answer) === 'name-taken').length, 9)
  assert.is(recorded().length, before + 1)
})

test('keeps to the version that the client saw', async () => {
  const { exercises, recorded } = await withLogPress()
  const stale = { ...command, ifMatch: 2 }
  assert.is(refusalOf(await exercises.change(stale, own, { name: 'A' })), 'stale-version')
  assert.is(refusalOf(await exercises.archive(stale, own)), 'stale-version')
  assert.is(refusalOf(await exercises.archive({ ...command, ifMatch: 1 }, own)), undefined)
  assert.is(recorded().length, 1)
})

test('refuses what is of the catalogue, of somebody else, or nowhere', async () => {
  const { exercises, recorded } = await withLogPress()
  const his = { userId: ben, metadata }
  for (const [by, id, refusal] of [
    [command, 'plank', 'catalogue-read-only'],
    [his, own, 'not-found'],
    [command, ben, 'not-found'],
    [{ ...command, ifMatch: 7 }, ben, 'not-found'],
  ] as const) {
    assert.is(refusalOf(await exercises.change(by, id, { name: 'A' })), refusal)
    assert.is(refusalOf(await exercises.archive(by, id)), refusal)
  }
  assert.equal(recorded(), [])
})

test.run()
