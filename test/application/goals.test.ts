import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { GoalFields } from '../../src/domain/goal/details.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import { ada, bob, memorySessions, metadata, must } from '../support/memory-sessions.ts'

const asked = { userId: ada, metadata }
const known = ['barbell-back-squat', 'assisted-pull-up', 'push-up', 'plank', 'running']
const id = '00000000-0000-4000-8000-0000000000d1'
const lift: GoalFields = {
  kind: 'lift',
  title: 'Squat',
  exerciseId: 'barbell-back-squat',
  target: 140,
  unit: 'kg',
}

/** The real use cases, and shorter words for what the tests do with them. */
async function pursuing(now = '2025-03-01T18:00:00.000Z') {
  const time = { now }
  const memory = await memorySessions({ clock: { now: () => Date.parse(time.now) }, known })
  const { goals, sessions, measurements } = memory

  async function workout(day: string, exerciseId?: string, ...sets: Record<string, unknown>[]) {
    const startedAt = `${day}T10:00:00.000Z`
    const exercises = exerciseId === undefined ? [] : [{ exerciseId, sets }]
    const request = { startedAt, finishedAt: `${day}T11:00:00.000Z`, exercises }
    return must(await sessions.log(asked, request)).document
  }

  /** How a goal stands: its status, and when it was achieved. */
  async function stands() {
    const { status, current, achievedAt } = must(await goals.get(ada, id)).document
    return [status, current, achievedAt]
  }

  return {
    ...memory,
    workout,
    stands,
    at: (instant: string) => {
      time.now = instant
    },
    set: async (fields: GoalFields, userId = ada) =>
      must(await goals.set({ userId, metadata }, { id, ...fields })).document,
    get: async () => must(await goals.get(ada, id)).document,
    weigh: async (day: string, value: number, unit = 'kg') => {
      const measuredAt = `${day}T08:00:00.000Z`
      return must(await measurements.take(asked, { kind: 'weight', value, unit, measuredAt })).measurement
    },
  }
}

const following = suite('a goal that follows the log')

following('begins with the best there was, whenever that was', async () => {
  const { set, workout } = await pursuing()
  const heavy = { reps: 1, weight: 150 }
  const sets = [
    { reps: 5, weight: 100 },
    { ...heavy, kind: 'warmup' },
    { ...heavy, reps: 0 },
  ]
  await workout('2020-02-01', lift.exerciseId, ...sets)
  await workout('2025-02-01', lift.exerciseId, { reps: 5, weight: 90 })
  const { start, current, progress, direction, status } = await set(lift)
  assert.equal([start, current, progress, direction, status], [100, 100, 0, 'up', 'active'])
})

following('is achieved by a set, and not any more without it', async () => {
  const { set, stands, workout, sessions } = await pursuing()
  await set(lift)
  const { id: session, exercises } = await workout(
    '2025-02-01',
    lift.exerciseId,
    { reps: 1, weight: 140, performedAt: '2025-02-01T10:20:00.000Z' },
    { reps: 1, weight: 145, performedAt: '2025-02-01T10:30:00.000Z' },
  )
  const [first, second] = exercises.flatMap(({ sets }) => sets.map((one) => one.id)) as [string, string]
  assert.equal(await stands(), ['achieved', 145, '2025-02-01T10:20:00.000Z'])
  must(await sessions.correctSet(asked, session, first, { weight: 130 }))
  assert.equal(await stands(), ['achieved', 145, '2025-02-01T10:30:00.000Z'])
  must(await sessions.deleteSet(asked, session, second))
  assert.equal(await stands(), ['active', 130, null])
  must(await sessions.correctSet(asked, session, first, { weight: 309, weightUnit: 'lb' }))
  assert.equal((await stands())[0], 'achieved')
})

following('is achieved and taken back with a session that is discarded and restored', async () => {
  const { set, stands, workout, sessions } = await pursuing()
  await set({ ...lift, kind: 'reps', exerciseId: 'push-up', target: 30, unit: 'reps' })
  const { id: session } = await workout('2024-02-01', 'push-up', { reps: 31 })
  const achieved = ['achieved', 31, '2024-02-01T10:00:00.000Z']
  assert.equal(await stands(), achieved)
  must(await sessions.discard(asked, session))
  assert.equal(await stands(), ['active', null, null])
  must(await sessions.restore(asked, session))
  assert.equal(await stands(), achieved)
})

following('is achieved by the earlier of two, also where that one is entered later', async () => {
  const { set, stands, workout } = await pursuing()
  await set({ ...lift, kind: 'distance', exerciseId: 'running', target: 5, unit: 'km' })
  await workout('2025-02-02', 'running', { distance: 5.2, distanceUnit: 'km' })
  await workout('2025-01-05', 'running', { distance: 3.2, distanceUnit: 'mi' })
  assert.equal(await stands(), ['achieved', 5.2, '2025-01-05T10:00:00.000Z'])
})

following('knows the longest duration, and is taken back when that was a mistake', async () => {
  const { set, stands, workout, sessions } = await pursuing()
  await set({ ...lift, kind: 'duration', exerciseId: 'plank', target: 180, unit: 's' })
  const { id: session, exercises } = await workout('2025-02-01', 'plank', { durationSeconds: 200 })
  assert.equal((await stands())[0], 'achieved')
  must(await sessions.correctSet(asked, session, exercises[0]?.sets[0]?.id ?? '', { durationSeconds: 20 }))
  assert.equal(await stands(), ['active', 20, null])
})

following('goes down with the assistance', async () => {
  const { set, get, workout } = await pursuing()
  await workout('2025-01-01', 'assisted-pull-up', { reps: 5, weight: 40 })
  await set({ ...lift, exerciseId: 'assisted-pull-up', target: 10 })
  await workout(
    '2025-02-01',
    'assisted-pull-up',
    { reps: 5, weight: 30 },
    { reps: 5, weight: 25 },
    { reps: 5, weight: 28 },
  )
  const { start, current, progress, direction } = await get()
  assert.equal([start, current, progress, direction], [40, 25, 0.5, 'down'])
})

following('counts the sessions of the best week, and no more once one is discarded', async () => {
  const { set, stands, workout, sessions } = await pursuing()
  await set({ kind: 'frequency', title: 'Thrice', target: 3, unit: 'per-week' })
  await workout('2024-12-30')
  await workout('2025-01-05')
  await workout('2025-01-06')
  assert.equal(await stands(), ['active', 2, null])
  const { id: third } = await workout('2025-01-01')
  assert.equal(await stands(), ['achieved', 3, '2025-01-05T11:00:00.000Z'])
  must(await sessions.discard(asked, third))
  assert.equal(await stands(), ['active', 2, null])
})

following('is about one person and one exercise', async () => {
  const { set, goals, workout, sessions } = await pursuing()
  const other = { startedAt: '2025-02-01T10:00:00.000Z', finishedAt: '2025-02-01T11:00:00.000Z' }
  const exercises = [{ exerciseId: 'barbell-back-squat', sets: [{ reps: 1, weight: 200 }] }]
  must(await sessions.log({ userId: bob, metadata }, { ...other, exercises }))
  await workout('2025-02-01', 'plank', { durationSeconds: 60 })
  assert.is((await set(lift)).current, null)
  assert.is((await set({ ...lift, unit: 'lb' }, bob)).current, 200)
  assert.ok(isRefusal(await goals.get(bob, id.replace('d1', 'd2'))))
})

const measured = suite('a goal of what is measured')

measured('follows the latest weight, its correction and its deletion', async () => {
  const { set, get, stands, weigh, measurements } = await pursuing()
  await weigh('2025-01-10', 85)
  const { start, direction } = await set({ kind: 'body-weight', title: 'Lighter', target: 80, unit: 'kg' })
  assert.equal([start, direction], [85, 'down'])
  await weigh('2025-01-20', 180.5, 'lb')
  assert.equal((await get()).current, 81.873422785)
  const { measurementId } = await weigh('2025-02-01', 80)
  assert.equal(await stands(), ['achieved', 80, '2025-02-01T08:00:00.000Z'])
  must(await measurements.correct(asked, measurementId, { value: 80.1 }))
  assert.equal(await stands(), ['active', 80.1, null])
  must(await measurements.correct(asked, measurementId, { value: 79 }))
  assert.equal((await stands())[0], 'achieved')
  must(await measurements.delete(asked, measurementId))
  assert.equal(await stands(), ['active', 81.873422785, null])
})

measured('is not reached by a weight of long ago, but by one of yesterday that is entered now', async () => {
  const { set, stands, weigh } = await pursuing()
  await weigh('2015-06-01', 74)
  await weigh('2025-02-27', 85)
  await set({ kind: 'body-weight', title: 'Lighter', target: 75, unit: 'kg' })
  assert.equal(await stands(), ['active', 85, null])
  await weigh('2025-02-28', 74.5)
  assert.equal(await stands(), ['achieved', 74.5, '2025-02-28T08:00:00.000Z'])
})

measured(
  'follows a girth in either unit, and a kind of one’s own in the unit of the goal alone',
  async () => {
    const { set, goals, get, measurements } = await pursuing()
    const take = async (kind: 'waist' | 'custom:grip', value: number, unit: string) =>
      must(await measurements.take(asked, { kind, value, unit, measuredAt: '2025-02-01T08:00:00.000Z' }))
    await take('waist', 36, 'in')
    await set({ kind: 'measurement', measurementKind: 'waist', title: 'Slim', target: 80, unit: 'cm' })
    assert.equal((await get()).start, 91.44)
    await take('custom:grip', 50, 'kg')
    await take('custom:grip', 120, 'lb')
    const grip = { kind: 'measurement', measurementKind: 'custom: grip', title: 'Grip' } as const
    const { document } = must(await goals.set(asked, { ...grip, target: 60, unit: 'kg' }))
    assert.equal([document.measurementKind, document.start, document.current], ['custom:grip', 50, 50])
  },
)

measured('tells when it will be reached, and no more when the values do not carry that', async () => {
  const { set, get, weigh, measurements } = await pursuing()
  await set({ kind: 'body-weight', title: 'Lighter', target: 80, unit: 'kg', start: 85 })
  await weigh('2025-02-01', 85)
  await weigh('2025-02-08', 84.5)
  assert.is((await get()).forecastOn, null)
  const { measurementId } = await weigh('2025-02-15', 84)
  assert.is((await get()).forecastOn, '2025-04-12')
  must(await measurements.delete(asked, measurementId))
  assert.is((await get()).forecastOn, null)
})

const own = suite('a goal of one’s own')

own('moves by what is told of it, and forecasts from that', async () => {
  const { set, goals, get, at } = await pursuing()
  await set({ kind: 'custom', title: 'Read', target: 20, unit: 'books' })
  assert.equal([(await get()).start, (await get()).current], [0, null])
  for (const [day, value] of [
    ['01', 1],
    ['08', 2],
    ['15', 4],
  ] as const) {
    at(`2025-03-${day}T18:00:00.000Z`)
    must(await goals.progress(asked, id, { value, notes: `Week of the ${day}.` }))
  }
  const { current, progress, forecastOn } = await get()
  assert.equal([current, progress, forecastOn], [4, 0.2, '2025-05-30'])
  const told = must(await goals.told(ada, id, 2))
  assert.equal(told, {
    items: [
      { value: 4, notes: 'Week of the 15.', at: '2025-03-15T18:00:00.000Z' },
      { value: 2, notes: 'Week of the 08.', at: '2025-03-08T18:00:00.000Z' },
    ],
    next: 2,
  })
  assert.is(must(await goals.told(ada, id, 2, told.next)).items.length, 1)
  at('2025-03-16T18:00:00.000Z')
  must(await goals.progress(asked, id, { value: 20 }))
  assert.is((await get()).achievedAt, '2025-03-16T18:00:00.000Z')
})

for (const each of [following, measured, own]) each.run()
