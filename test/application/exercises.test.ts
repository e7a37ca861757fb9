import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogue } from '../../src/domain/exercise/catalogue.ts'
import type { CatalogueExercise } from '../../src/domain/exercise/events.ts'
import { ada, memoryExercises, metadata, own } from '../support/exercises.ts'

const command = { userId: ada, metadata }

const seeding = suite('seeding the catalogue')

seeding('publishes every entry once, in one append', async () => {
  const { log, exercises, recorded } = await memoryExercises()
  let appends = 0
  const append = log.append
  log.append = (...given) => {
    appends += 1
    return append(...given)
  }
  assert.equal(await exercises.seed(metadata), { published: catalogue.length, unchanged: 0 })
  assert.equal(await exercises.seed(metadata), { published: 0, unchanged: catalogue.length })
  assert.is(appends, 1)
  assert.equal(
    recorded().map(({ stream, version, data }) => ({ stream, version, data })),
    catalogue.map((data) => ({ stream: `exercise-${data.exerciseId}`, version: 1, data })),
  )
})

seeding('publishes again what an older program published otherwise, and nothing besides', async () => {
  const { log, exercises, recorded } = await memoryExercises()
  const [first, second] = catalogue as [CatalogueExercise, CatalogueExercise]
  const older: CatalogueExercise = { ...first, primaryMuscles: ['neck'], texts: { en: first.texts.en } }
  for (const data of [older, second]) {
    const event = { type: 'CatalogueExercisePublished', data } as const
    const stream = `exercise-${data.exerciseId}`
    await log.append([{ stream, subject: undefined, expected: 'no stream', events: [event] }], metadata)
  }
  assert.equal(await exercises.seed(metadata), { published: catalogue.length - 1, unchanged: 1 })
  const versions = (id: string) => recorded().filter(({ stream }) => stream === `exercise-${id}`).length
  assert.equal([versions(first.exerciseId), versions(second.exerciseId)], [2, 1])
  const { texts, ...traits } = first
  const more = { custom: false, archived: false, version: 2 }
  assert.equal(await exercises.get(ada, first.exerciseId, 'en'), { ...traits, ...texts.en, ...more })
})

seeding('never touches what is somebody’s own', async () => {
  const { exercises } = await memoryExercises()
  await exercises.create(command, { id: own, name: 'Plank', metric: 'duration' })
  await exercises.seed(metadata)
  const { items } = await exercises.list(ada, { custom: true }, 'en', 50)
  assert.equal(
    items.map(({ exerciseId, version }) => ({ exerciseId, version })),
    [{ exerciseId: own, version: 1 }],
  )
})

seeding('gives on the refusal of a log that is too busy', async () => {
  const { log, exercises } = await memoryExercises()
  log.append = async () => ({ conflict: { stream: 'exercise-plank', expected: 'no stream', actual: 1 } })
  const refused = await exercises.seed(metadata)
  assert.is((refused as { refusal: string }).refusal, 'contended')
})

seeding.run()

const creating = suite('creating an exercise of one’s own')

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

creating('answers what it has become, and the same to the same question again', async () => {
  const { exercises, recorded } = await memoryExercises()
  const asked = { id: own.toUpperCase(), name: ' Log Press', metric: 'weight-reps' } as const
  assert.equal(await exercises.create(command, asked), { exercise: created, replayed: false })
  assert.equal(await exercises.create(command, asked), { exercise: created, replayed: false })
  assert.equal(await exercises.get(ada, own.toUpperCase(), 'ru'), created)
  assert.is(recorded().length, 1)
  assert.is(recorded()[0]?.stream, `exercise-${ada}-${own}`)
})

creating('makes an id where the client names none', async () => {
  const { exercises } = await memoryExercises()
  await exercises.create(command, { name: 'Log Press', metric: 'weight-reps' })
  const exerciseId = '00000000-0000-4000-8000-000000000001'
  assert.equal(await exercises.get(ada, exerciseId, 'en'), { ...created, exerciseId })
})

creating('renders the first answer again for a repeated idempotency key', async () => {
  const { log, exercises, recorded } = await memoryExercises()
  await exercises.create(command, { id: own, name: 'Log Press', metric: 'weight-reps' })
  log.remembered = async () => ({ outcome: { exerciseId: own, version: 1 } })
  const repeated = await exercises.create(
    { ...command, idempotency: { key: 'key', request: 'request' } },
    { name: 'Log Press', metric: 'weight-reps' },
  )
  assert.equal(repeated, { exercise: created, replayed: true })
  assert.is(recorded().length, 1)
})

creating(
  'refuses what the domain and the names of others of one’s own refuse, and stores nothing',
  async () => {
    const { exercises, recorded } = await memoryExercises()
    await exercises.create(command, { id: own, name: 'Log Press', metric: 'weight-reps' })
    const codes: string[] = []
    for (const asked of [
      { name: ' ', metric: 'reps' },
      { id: own, name: 'Log Press', metric: 'reps' },
      { name: 'LOG PRESS', metric: 'reps' },
    ] as const) {
      codes.push(((await exercises.create(command, asked)) as { refusal: string }).refusal)
    }
    assert.equal(codes, ['invalid-fields', 'id-taken', 'name-taken'])
    assert.is(recorded().length, 1)
  },
)

creating('finds nothing where there is nothing of that id', async () => {
  const { exercises } = await memoryExercises()
  const refused = { refusal: 'not-found', detail: 'There is no such exercise.' }
  assert.equal(await exercises.get(ada, 'plank', 'en'), refused)
  assert.equal(await exercises.get(ada, own, 'en'), refused)
})

creating.run()
