import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { TrendQuery } from '../../src/application/trends.ts'
import { ann, answerOf, type Told, training } from '../support/training.ts'

const trends = suite('trends')

function history(sessions: Record<string, Told[]>, units: 'metric' | 'imperial' = 'metric') {
  const told = training({ units })
  for (const [date, sets] of Object.entries(sessions))
    told.session({ startedAt: `${date}T10:00:00.000Z`, sets })
  return (asked: Partial<TrendQuery>) =>
    answerOf(
      told.statistics.trends(ann, { metric: 'volume', bucket: 'day', range: {}, formula: 'epley', ...asked }),
    )
}
const squat = (weight: number, reps: number): Told => ({ exercise: 'squat', weight, reps })
const curl = (weight: number, reps: number): Told => ({ exercise: 'curl', weight, reps })
const zero = { value: 0, count: 0, average: 0, max: 0 }

trends('of volume sum the days of a week, from Monday on, and empty weeks are 0', async () => {
  const trend = history({
    '2020-12-28': [squat(100, 5)],
    '2021-01-03': [squat(100, 1), curl(10, 10)],
    '2021-01-11': [squat(100, 9)],
  })
  const answer = await trend({ bucket: 'week' })
  assert.equal(answer, {
    period: { from: null, to: null },
    unit: 'kg',
    points: [
      { start: '2020-12-28', value: 700, count: 2, average: 350, max: 500, week: '2020-W53' },
      { start: '2021-01-04', ...zero, week: '2021-W01' },
      { start: '2021-01-11', value: 900, count: 1, average: 900, max: 900, week: '2021-W02' },
    ],
    trend: { slopePerWeek: 100, direction: 'up' },
  })
})

trends('of one exercise are of its sets alone', async () => {
  const trend = history({ '2025-06-01': [squat(100, 5), curl(10, 10)], '2025-06-02': [squat(100, 1)] })
  const curls = { start: '2025-06-01', value: 100, count: 1, average: 100, max: 100 }
  assert.equal((await trend({ exerciseId: 'curl' })).points, [curls])
  const { points } = await trend({ exerciseId: 'curl', metric: 'sessions' })
  assert.equal(points, [{ start: '2025-06-01', value: 1, count: 1, average: 1, max: 1 }])
  assert.equal((await trend({ exerciseId: 'nobody-knows' })).points, [])
})

trends('fill the whole range that was asked for', async () => {
  const trend = history({ '2025-06-02': [squat(100, 5)] })
  const range = { from: '2025-05-31', to: '2025-06-03' }
  const { points, unit } = await trend({ metric: 'sessions', range })
  assert.is(unit, 'sessions')
  assert.equal(points, [
    { start: '2025-05-31', ...zero },
    { start: '2025-06-01', ...zero },
    { start: '2025-06-02', value: 1, count: 1, average: 1, max: 1 },
    { start: '2025-06-03', ...zero },
  ])
  const months = await trend({ bucket: 'month', range: { from: '2025-04-30' } })
  assert.equal(
    months.points.map(({ start, value }) => `${start} ${value}`),
    ['2025-04-01 0', '2025-05-01 0', '2025-06-01 500'],
  )
})

trends('make no points where nothing can have been logged', async () => {
  const trend = history({})
  assert.equal((await trend({})).points, [])
  assert.equal((await trend({ range: { from: '2025-06-01' } })).points, [])
  const { points } = await trend({ bucket: 'month', range: { from: '0001-01-01', to: '9999-12-31' } })
  assert.equal([points.at(0)?.start, points.at(-1)?.start], ['1899-12-01', '2027-08-01'])
})

trends('of the estimated one-rep max have the best of each bucket, and leave out empty ones', async () => {
  const trend = history({
    '2025-06-02': [squat(90, 5), squat(90, 1)],
    '2025-06-04': [squat(60, 10), squat(100, 13)],
    '2025-06-16': [squat(100, 5)],
    '2025-06-23': [{ exercise: 'plank', durationSeconds: 60 }],
  })
  const answer = await trend({
    metric: 'estimated-1rm',
    exerciseId: 'squat',
    bucket: 'week',
    formula: 'brzycki',
  })
  const best = [(90 * 36) / 32, (60 * 36) / 27]
  assert.equal(answer, {
    period: { from: null, to: null },
    unit: 'kg',
    formula: 'brzycki',
    points: [
      {
        start: '2025-06-02',
        value: 101.25,
        count: 2,
        average: (101.25 + 80) / 2,
        max: 101.25,
        week: '2025-W23',
      },
      { start: '2025-06-16', value: 112.5, count: 1, average: 112.5, max: 112.5, week: '2025-W25' },
    ],
    trend: { slopePerWeek: (112.5 - 101.25) / 2, direction: 'up' },
  })
  assert.equal(best, [101.25, 80])
})

trends('of the heaviest weight take it as entered, of one exercise or of all', async () => {
  const trend = history(
    {
      '2025-06-02': [
        { ...squat(135, 5), weightUnit: 'lb' },
        { ...curl(45, 5), weightUnit: 'lb' },
      ],
      '2025-06-01': [
        { ...curl(50, 5), weightUnit: 'lb' },
        { exercise: 'assisted-pull-up', weight: 200, reps: 5, weightUnit: 'lb' },
      ],
    },
    'imperial',
  )
  const values = async (asked: Partial<TrendQuery>) =>
    (await trend({ metric: 'max-weight', ...asked })).points.map(({ start, value }) => [start, value])
  assert.equal(await values({}), [
    ['2025-06-01', 50],
    ['2025-06-02', 135],
  ])
  assert.equal(await values({ exerciseId: 'squat' }), [['2025-06-02', 135]])
})

const day = (date: string) => ({ measuredAt: `${date}T06:00:00.000Z` })
const measured = (told: ReturnType<typeof training>, asked: Partial<TrendQuery>) =>
  told.statistics.trends(ann, {
    ...{ metric: 'measurement', bucket: 'day', kind: 'weight', range: {}, formula: 'epley' },
    ...asked,
  })

trends(
  'of body weight have the average of each bucket and that of the seven days before its end',
  async () => {
    const told = training({ units: 'imperial' })
    for (const [date, value] of [
      ['2025-06-01', 180],
      ['2025-06-02', 182],
      ['2025-06-02', 184],
      ['2025-06-09', 178],
    ] as const) {
      told.measure(value, { ...day(date), unit: 'lb' })
    }
    const movingAverage = { formula: 'trailing-mean', days: 7 }
    assert.equal(await answerOf(measured(told, { bucket: 'week' })), {
      period: { from: null, to: null },
      unit: 'lb',
      points: [
        {
          ...{ start: '2025-05-26', value: 180, count: 1, average: 180, max: 180, movingAverage: 180 },
          week: '2025-W22',
        },
        {
          ...{ start: '2025-06-02', value: 183, count: 1, average: 183, max: 184, movingAverage: 181.5 },
          week: '2025-W23',
        },
        {
          ...{ start: '2025-06-09', value: 178, count: 1, average: 178, max: 178, movingAverage: 178 },
          week: '2025-W24',
        },
      ],
      trend: { slopePerWeek: -1, direction: 'down' },
      movingAverage,
    })
    const { points } = await answerOf(measured(told, { range: { from: '2025-06-02', to: '2025-06-08' } }))
    assert.equal(points, [
      { start: '2025-06-02', value: 183, count: 1, average: 183, max: 184, movingAverage: 181.5 },
    ])
  },
)

trends('of other measurements are in the units of the person, or in the last that was used', async () => {
  const told = training()
  told.measure(36, { ...day('2025-06-01'), kind: 'waist', unit: 'in', lengthMicrometers: 914_400 })
  told.measure(58, { ...day('2025-06-01'), kind: 'resting-heart-rate', unit: 'bpm' })
  told.measure(5, { ...day('2025-06-01'), kind: 'custom:mood', unit: 'points' })
  const of = async (kind: TrendQuery['kind']) => {
    const { unit, points } = await answerOf(measured(told, { kind }))
    return [unit, ...points.map(({ value }) => value)]
  }
  assert.equal(await of('waist'), ['cm', 91.44])
  assert.equal(await of('resting-heart-rate'), ['bpm', 58])
  assert.equal(await of('custom:mood'), ['points', 5])
  assert.equal(await of('custom:nothing'), [null])
  assert.equal(await of('weight'), ['kg'])
})

trends('of measurements need to know which', async () => {
  const refused = await measured(training(), { kind: undefined })
  assert.equal('errors' in refused && refused.errors?.map(({ pointer, code }) => [pointer, code]), [
    ['/kind', 'required'],
  ])
})

trends.run()
