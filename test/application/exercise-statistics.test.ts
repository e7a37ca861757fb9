import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ann, answerOf, bob, training } from '../support/training.ts'

const exercise = suite('one exercise')

const nothing = { sum: 0, average: null, max: null }

exercise('that was never done is all nothing', async () => {
  const told = training()
  told.session({ sets: [{ exercise: 'squat', weight: 100, reps: 5 }] }, bob)
  assert.equal(await answerOf(told.statistics.exercise(ann, 'squat', {}, 'epley', 'en')), {
    period: { from: null, to: null },
    exerciseId: 'squat',
    name: 'The squat',
    metric: 'weight-reps',
    sets: 0,
    sessions: 0,
    lastDoneAt: null,
    reps: nothing,
    weight: { ...nothing, unit: 'kg' },
    volume: { ...nothing, unit: 'kg' },
    durationSeconds: nothing,
    distance: { ...nothing, unit: 'km' },
    bestSets: [],
    formula: 'epley',
    estimatedOneRepMax: [],
  })
})

exercise('is refused when nobody knows it', async () => {
  const { statistics } = training()
  const refused = { refusal: 'not-found', detail: 'There is no such exercise.' }
  assert.equal(await statistics.exercise(ann, 'nobody-knows', {}, 'epley', 'en'), refused)
})

exercise('is summed, averaged and led by its greatest, within the range', async () => {
  const told = training({ units: 'imperial' })
  const lb = { exercise: 'squat', weightUnit: 'lb' } as const
  const startedAt = '2025-06-01T10:00:00.000Z'
  const first = told.session({
    startedAt,
    sets: [
      { ...lb, weight: 100, reps: 4 },
      { ...lb, weight: 130, reps: 3 },
    ],
  })
  const second = told.session({
    startedAt: '2025-06-02T10:00:00.000Z',
    sets: [
      { ...lb, weight: 40, reps: 9, kind: 'warmup' },
      { ...lb, weight: 130, reps: 5, performedAt: '2025-06-02T10:30:00.000Z' },
    ],
  })
  told.session({ startedAt: '2025-06-03T10:00:00.000Z', sets: [{ ...lb, weight: 500, reps: 5 }] })
  const set = (sessionId: string, index: number, reps: number, weight: number, achievedAt: string) => ({
    ...{ setId: told.setIn(sessionId, index), sessionId, date: achievedAt.slice(0, 10), achievedAt },
    ...{ reps, weight, weightUnit: 'lb' },
  })
  assert.equal(
    await answerOf(told.statistics.exercise(ann, 'squat', { to: '2025-06-02' }, 'brzycki', 'en')),
    {
      period: { from: null, to: '2025-06-02' },
      exerciseId: 'squat',
      name: 'The squat',
      metric: 'weight-reps',
      sets: 3,
      sessions: 2,
      lastDoneAt: '2025-06-02T10:30:00.000Z',
      reps: { sum: 12, average: 4, max: 5 },
      weight: { sum: 360, average: 120, max: 130, unit: 'lb' },
      volume: { sum: 1440, average: 480, max: 650, unit: 'lb' },
      durationSeconds: nothing,
      distance: { ...nothing, unit: 'mi' },
      bestSets: [
        set(second, 1, 5, 130, '2025-06-02T10:30:00.000Z'),
        set(first, 1, 3, 130, startedAt),
        set(first, 0, 4, 100, startedAt),
      ],
      formula: 'brzycki',
      estimatedOneRepMax: [
        { date: '2025-06-01', value: (130 * 36) / 34, unit: 'lb' },
        { date: '2025-06-02', value: 146.25, unit: 'lb' },
      ],
    },
  )
})

exercise('by time and distance is told in these', async () => {
  const told = training()
  told.session({
    sets: [
      { exercise: 'running', distance: 5, durationSeconds: 1500 },
      { exercise: 'running', distance: 2 },
    ],
  })
  const answer = await answerOf(told.statistics.exercise(ann, 'running', {}, 'epley', 'en'))
  assert.equal(answer.distance, { sum: 7, average: 3.5, max: 5, unit: 'km' })
  assert.equal(answer.durationSeconds, { sum: 1500, average: 1500, max: 1500 })
  assert.equal(
    answer.bestSets.map(({ setId: _, sessionId: __, ...best }) => best),
    [
      {
        ...{ date: '2025-06-01', achievedAt: '2025-06-01T10:00:00.000Z' },
        ...{ durationSeconds: 1500, distance: 5, distanceUnit: 'km' },
      },
      { date: '2025-06-01', achievedAt: '2025-06-01T10:00:00.000Z', distance: 2, distanceUnit: 'km' },
    ],
  )
  assert.equal(answer.estimatedOneRepMax, [])
})

exercise.run()
