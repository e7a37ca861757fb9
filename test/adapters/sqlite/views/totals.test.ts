import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { totalQueries } from '../../../../src/adapters/sqlite/views/totals.ts'
import { plainSums } from '../../../support/plain-statistics.ts'
import { plansOf } from '../../../support/query-plans.ts'
import { randomTraining, steps } from '../../../support/random-training.ts'
import { ann, answerOf, bob, training } from '../../../support/training.ts'

const totals = suite('totals')

const squats = [
  { exercise: 'squat', weight: 100, reps: 5 },
  { exercise: 'squat', weight: 60, reps: 10, kind: 'warmup' },
  { exercise: 'squat', weight: 80, reps: 8, kind: 'drop' },
] as const
const nothing = {
  ...{ sessions: 0, finished: 0, sets: 0, reps: 0, volumeMicrograms: 0n, durationSeconds: 0 },
  ...{ distanceMillimeters: 0n, easy: 0, average: 0, heavy: 0 },
}
const done = {
  ...nothing,
  ...{ sessions: 1, finished: 1, sets: 2, reps: 13, volumeMicrograms: 1140n * 1_000_000_000n },
  ...{ durationSeconds: 3600, heavy: 1 },
}

function sumsOf({ need }: ReturnType<typeof training>, range = {}) {
  return need.totals.totals(ann, range)
}

totals('count a session and its sets without the warm-ups', async () => {
  const told = training()
  assert.equal(await sumsOf(told), nothing)
  told.session({ effort: 'heavy', sets: squats })
  assert.equal(await sumsOf(told), done)
  assert.equal(await told.need.totals.totals(bob, {}), nothing)
})

totals('leave nothing behind of a discarded session, and take it back when it is restored', async () => {
  const told = training()
  const id = told.session({ effort: 'heavy', sets: squats })
  told.discard(id)
  assert.equal(await sumsOf(told), nothing)
  assert.equal(await told.need.totals.exercisesDone(ann, {}), { count: 0 })
  assert.equal(await told.need.totals.weeks(ann, {}), [])
  for (const table of ['user_total', 'day_total', 'week_total', 'exercise_total', 'exercise_session']) {
    assert.is(told.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), 0)
  }
  told.restore(id)
  assert.equal(await sumsOf(told), done)
  assert.equal(await told.need.totals.weeks(ann, {}), ['2025-05-26'])
})

totals('follow corrections and deletions', async () => {
  const told = training()
  const id = told.session({ effort: 'heavy', sets: squats })
  told.correct(id, told.setIn(id, 0), { exercise: 'squat', weight: 110, reps: 5 })
  told.correct(id, told.setIn(id, 1), { exercise: 'squat', weight: 60, reps: 10 })
  const corrected = { ...done, sets: 3, reps: 23, volumeMicrograms: 1790n * 1_000_000_000n }
  assert.equal(await sumsOf(told), corrected)
  told.delete(id, told.setIn(id, 0), 'squat')
  told.delete(id, told.setIn(id, 0), 'squat')
  told.delete(id, told.setIn(id, 0), 'squat')
  assert.equal(await sumsOf(told), { ...nothing, sessions: 1, finished: 1, durationSeconds: 3600, heavy: 1 })
  assert.equal(await told.need.totals.exercisesDone(ann, {}), { count: 0 })
})

totals('count a live session, and its time and effort once it is finished', async () => {
  const told = training()
  const id = told.session({ live: true, effort: 'heavy', sets: squats })
  assert.equal(await sumsOf(told), { ...done, finished: 0, durationSeconds: 0, heavy: 0 })
  assert.equal(await told.need.totals.weeks(ann, {}), [])
  told.emit(id, { type: 'SessionFinished', data: { finishedAt: '2025-06-01T11:00:00.000Z' } })
  assert.equal(await sumsOf(told), done)
  assert.equal(await told.need.totals.weeks(ann, {}), ['2025-05-26'])
})

totals('follow a session that moves to another day', async () => {
  const told = training()
  const id = told.session({ effort: 'heavy', sets: squats })
  told.change(id, { startedAt: '2025-06-09T10:00:00.000Z', localDate: '2025-06-09' })
  assert.equal(await sumsOf(told, { to: '2025-06-08' }), nothing)
  const { durationSeconds: _, ...moved } = await sumsOf(told, { from: '2025-06-09', to: '2025-06-09' })
  assert.equal({ ...moved, durationSeconds: 3600 }, done)
  assert.equal(await told.need.totals.weeks(ann, { from: '2025-06-09' }), ['2025-06-09'])
})

totals('gain a volume when the body weight becomes known, and lose it again', async () => {
  const told = training()
  const id = told.session({ sets: [{ exercise: 'pull-up', reps: 10 }] })
  const volume = async () => (await sumsOf(told)).volumeMicrograms
  assert.is(await volume(), 0n)
  told.change(id, { bodyWeight: 80, bodyWeightUnit: 'kg', bodyWeightMicrograms: 80_000_000_000 })
  assert.is(await volume(), 800_000_000_000n)
  told.change(id, { bodyWeight: null, bodyWeightUnit: null, bodyWeightMicrograms: null })
  assert.is(await volume(), 0n)
})

totals('are exact far above 2^53', async () => {
  const told = training()
  const sets = Array.from({ length: 1000 }, () => ({ exercise: 'squat', weight: 2000, reps: 2000 }))
  sets.push({ exercise: 'squat', weight: 0.000000001, reps: 1 })
  told.session({ sets })
  const all = 1000n * 2000n * 2000n * 1_000_000_000n + 1n
  assert.is((await sumsOf(told)).volumeMicrograms, all)
  assert.is((await told.need.totals.exercise(ann, 'squat', {})).volumeMicrograms.sum, all)
})

totals('name the exercise with the most sets, the last done of equals', async () => {
  const told = training()
  told.session({ startedAt: '2025-06-02T10:00:00.000Z', sets: [{ exercise: 'squat', weight: 1, reps: 1 }] })
  told.session({ startedAt: '2025-06-01T10:00:00.000Z', sets: [{ exercise: 'curl', weight: 1, reps: 1 }] })
  const most = (range = {}) => told.need.totals.exercisesDone(ann, range)
  assert.equal(await most(), { count: 2, most: { exerciseId: 'squat', sets: 1 } })
  assert.equal(await most({ to: '2025-06-01' }), { count: 1, most: { exerciseId: 'curl', sets: 1 } })
  told.session({ startedAt: '2025-05-01T10:00:00.000Z', sets: [{ exercise: 'curl', weight: 1, reps: 1 }] })
  assert.equal(await most(), { count: 2, most: { exerciseId: 'curl', sets: 2 } })
  assert.equal(await most({ from: '2025-06-01' }), { count: 2, most: { exerciseId: 'squat', sets: 1 } })
  assert.equal(await most({ from: '2025-07-01' }), { count: 0 })
})

totals('name of exercises done equally often on the same day the one that was done later', async () => {
  const told = training()
  for (const [exercise, hour] of [
    ['curl', 12],
    ['squat', 10],
  ] as const) {
    told.session({ startedAt: `2025-06-02T${hour}:00:00.000Z`, sets: [{ exercise, weight: 1, reps: 1 }] })
  }
  for (const range of [{}, { from: '2025-06-02' }]) {
    const done = await told.need.totals.exercisesDone(ann, range)
    assert.equal(done, { count: 2, most: { exerciseId: 'curl', sets: 1 } })
  }
})

totals('depend on every event of the person and of the catalogue, and on no other', async () => {
  const told = training()
  const before = await told.need.totals.dependsOn(ann)
  told.session({}, bob)
  assert.is(await told.need.totals.dependsOn(ann), before)
  told.session({})
  assert.is.not(await told.need.totals.dependsOn(ann), before)
})

totals('of a random history are those of its final sets, and so at each step of it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { told, sessions, take } = randomTraining()
      for (const step of all) {
        await take(step)
        for (const range of [{}, { from: '2025-06-02', to: '2025-06-04' }]) {
          const summary = await answerOf(told.statistics.summary(ann, range, 'en'))
          const { period, mostPopularPlan, mostPopularExercise, streak, averages, adherence, ...sums } =
            summary
          assert.equal(sums, plainSums(sessions, ...Object.values(range)))
        }
      }
    }),
    { numRuns: 40 },
  )
})

totals('are read by index, and over all history without sorting any row of a day or a set', () => {
  const plans = plansOf(training().db, totalQueries)
  const scans = [...plans.values()].flat().filter((step) => step.startsWith('SCAN'))
  // Of what was gathered before, never of a table.
  assert.equal(new Set(scans), new Set(['SCAN CONSTANT ROW', 'SCAN m', 'SCAN d', 'SCAN done']))
  const sorted = [...plans].filter(([, steps]) => steps.some((step) => step.startsWith('USE TEMP B-TREE')))
  const ever = sorted.map(([sql]) => sql).filter((sql) => !sql.includes('local_date'))
  // The muscles, of which there are 21.
  assert.equal(ever.length, 1)
  assert.match(ever[0] as string, 'GROUP BY m.muscle')
})

totals.run()
