import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createStatistics } from '../../src/application/statistics.ts'
import { ann, answerOf, bob, type ToldSession, training } from '../support/training.ts'

const on = (date: string, told: ToldSession = {}): ToldSession => ({
  startedAt: `${date}T10:00:00.000Z`,
  ...told,
})
const squat = (weight: number, reps: number) => ({ exercise: 'squat', weight, reps })

const summary = suite('summary')

summary('of nobody’s history is all nothing', async () => {
  const told = training()
  told.session(on('2025-06-01', { sets: [squat(100, 5)] }), bob)
  assert.equal(await answerOf(told.statistics.summary(ann, {}, 'en')), {
    period: { from: null, to: null },
    sessions: 0,
    sets: 0,
    reps: 0,
    volume: { value: 0, unit: 'kg' },
    durationSeconds: 0,
    distance: { value: 0, unit: 'km' },
    byEffort: { easy: 0, average: 0, heavy: 0 },
    averages: { sets: 0, reps: 0, volume: { value: 0, unit: 'kg' }, durationSeconds: 0, effort: null },
    exercisesDone: 0,
    mostPopularPlan: null,
    mostPopularExercise: null,
    streak: { currentWeeks: 0, longestWeeks: 0 },
    adherence: null,
  })
})

summary('adds up what was done within the range', async () => {
  const told = training({ now: '2025-06-12T12:00:00.000Z' })
  told.session(on('2025-05-26', { effort: 'easy', sets: [squat(1, 1)] }))
  told.session(on('2025-06-02', { effort: 'average', sets: [squat(100, 5), squat(100, 5)] }))
  told.session(on('2025-06-09', { effort: 'heavy', sets: [{ exercise: 'running', distance: 5 }] }))
  told.session(on('2025-06-10', { live: true, sets: [{ exercise: 'curl', weight: 10, reps: 10 }] }))
  assert.equal(await answerOf(told.statistics.summary(ann, { from: '2025-06-02' }, 'en')), {
    period: { from: '2025-06-02', to: null },
    sessions: 3,
    sets: 4,
    reps: 20,
    volume: { value: 1100, unit: 'kg' },
    durationSeconds: 7200,
    distance: { value: 5, unit: 'km' },
    byEffort: { easy: 0, average: 1, heavy: 1 },
    averages: {
      sets: 4 / 3,
      reps: 20 / 3,
      volume: { value: 1100 / 3, unit: 'kg' },
      durationSeconds: 3600,
      effort: 2.5,
    },
    exercisesDone: 3,
    mostPopularPlan: null,
    mostPopularExercise: { exerciseId: 'squat', name: 'The squat', sets: 2 },
    streak: { currentWeeks: 2, longestWeeks: 2 },
    adherence: null,
  })
})

summary('adds kilograms and pounds, and answers in the units of the person', async () => {
  for (const [units, value, unit] of [
    ['metric', 1000 + 10 * 61.23496995, 'kg'],
    ['imperial', 1_612_349_699_500 / 453_592_370, 'lb'],
  ] as const) {
    const told = training({ units })
    told.session({ sets: [squat(100, 10), { ...squat(135, 10), weightUnit: 'lb' }] })
    const { volume } = await answerOf(told.statistics.summary(ann, {}, 'en'))
    assert.equal(volume, { value, unit })
  }
})

summary('gives 135 lb back as 135 lb, and 3.1 miles as 3.1', async () => {
  const told = training({ units: 'imperial' })
  told.session({
    sets: [
      { ...squat(135, 1), weightUnit: 'lb' },
      { exercise: 'running', distance: 3.1, distanceUnit: 'mi' },
    ],
  })
  const { volume, distance } = await answerOf(told.statistics.summary(ann, {}, 'en'))
  assert.equal(
    [volume, distance],
    [
      { value: 135, unit: 'lb' },
      { value: 3.1, unit: 'mi' },
    ],
  )
})

summary('has a session past midnight on the day it began, wherever that was', async () => {
  const told = training({ timeZone: 'Europe/Berlin' })
  // 23:30 in Berlin; then 22:30 in New York, where it is already the next day in Berlin.
  told.session({ startedAt: '2025-03-29T22:30:00.000Z', sets: [squat(100, 5)] })
  told.session({ startedAt: '2025-03-31T02:30:00.000Z', timeZone: 'America/New_York', sets: [squat(50, 5)] })
  const volumes: number[] = []
  for (const date of ['2025-03-29', '2025-03-30', '2025-03-31']) {
    volumes.push((await answerOf(told.statistics.summary(ann, { from: date, to: date }, 'en'))).volume.value)
  }
  assert.equal(volumes, [500, 250, 0])
})

summary('takes the streak as it stood at the end of the range', async () => {
  const told = training({ now: '2025-06-12T12:00:00.000Z' })
  for (const date of ['2025-05-01', '2025-05-08', '2025-05-15']) told.session(on(date))
  const streak = async (range: object) => (await answerOf(told.statistics.summary(ann, range, 'en'))).streak
  assert.equal(await streak({}), { currentWeeks: 0, longestWeeks: 3 })
  assert.equal(await streak({ to: '2025-05-18' }), { currentWeeks: 3, longestWeeks: 3 })
  assert.equal(await streak({ from: '2025-05-05' }), { currentWeeks: 0, longestWeeks: 2 })
})

summary('knows today by the calendar of the person', async () => {
  // Monday morning in Auckland, while it is still Sunday in UTC.
  const now = '2025-06-15T20:00:00.000Z'
  for (const [timeZone, currentWeeks] of [
    ['UTC', 1],
    ['Pacific/Auckland', 0],
  ] as const) {
    const told = training({ now, timeZone })
    told.session({ startedAt: '2025-06-05T12:00:00.000Z' })
    assert.is((await answerOf(told.statistics.summary(ann, {}, 'en'))).streak.currentWeeks, currentWeeks)
  }
})

const keeping = suite('answers')

keeping('are given again while nothing has changed that they follow from', async () => {
  const told = training()
  told.session({ sets: [squat(100, 5)] })
  const summarize = () => answerOf(told.statistics.summary(ann, {}, 'en'))
  const first = await summarize()
  assert.is(await summarize(), first)
  told.session({ sets: [squat(100, 5)] })
  assert.is((await summarize()).sets, 2)
  assert.is(first.sets, 1)
})

keeping('change with the units, the day and the language', async () => {
  const told = training()
  let now = Date.parse('2025-06-15T12:00:00.000Z')
  const statistics = createStatistics({ ...told.need, clock: { now: () => now } })
  const dependsOn = async (language: 'en' | 'ru' = 'en') => {
    const found = await statistics.summary(ann, {}, language)
    return 'dependsOn' in found ? found.dependsOn : assert.unreachable()
  }
  const texts = [await dependsOn(), await dependsOn('ru')]
  now += 86_400_000
  texts.push(await dependsOn())
  told.emitUser({ type: 'UserProfileChanged', data: { units: 'imperial' } })
  texts.push(await dependsOn())
  assert.is(new Set(texts).size, 4)
})

keeping('are forgotten when there are too many, and found anew', async () => {
  const told = training()
  told.session(on('2025-06-01'))
  for (let day = 0; day < 250; day++) {
    const { sessions } = await answerOf(told.statistics.summary(ann, { to: `2025-06-${day}` }, 'en'))
    assert.ok(sessions <= 1)
  }
  assert.is((await answerOf(told.statistics.summary(ann, {}, 'en'))).sessions, 1)
})

keeping('are refused for a range that ends before it begins', async () => {
  const { statistics } = training()
  const range = { from: '2025-06-02', to: '2025-06-01' }
  const refused = {
    refusal: 'invalid-fields',
    detail: 'Some fields do not pass.',
    errors: [{ pointer: '/from', code: 'out-of-order', message: '`from` must not be after `to`.' }],
  }
  const trend = { metric: 'volume', bucket: 'day', range, formula: 'epley' } as const
  assert.equal(await statistics.summary(ann, range, 'en'), refused)
  assert.equal(await statistics.records(ann, { range, formula: 'epley' }, 50), refused)
  assert.equal(await statistics.trends(ann, trend), refused)
  assert.equal(await statistics.exercise(ann, 'squat', range, 'epley', 'en'), refused)
  assert.equal(await statistics.muscles(ann, range), refused)
  assert.equal(await statistics.calendar(ann, undefined, range), refused)
})

const muscles = suite('muscles')

muscles('count primary ones whole and secondary ones half', async () => {
  const told = training()
  told.session(on('2025-06-01', { bodyWeight: 80, sets: [squat(100, 5), { exercise: 'pull-up', reps: 3 }] }))
  told.session(on('2025-06-02', { sets: [{ exercise: 'curl', weight: 10, reps: 5 }] }))
  const of = (muscle: string, sets: number, value: number) => ({
    muscle,
    sets,
    volume: { value, unit: 'kg' },
  })
  assert.equal(await answerOf(told.statistics.muscles(ann, {})), {
    period: { from: null, to: null },
    muscles: [
      of('biceps', 1.5, 170),
      of('forearms', 0.5, 25),
      of('glutes', 1, 500),
      of('hamstrings', 0.5, 250),
      of('lats', 1, 240),
      of('quadriceps', 1, 500),
    ],
  })
  assert.equal((await answerOf(told.statistics.muscles(ann, { from: '2025-06-02' }))).muscles, [
    of('biceps', 1, 50),
    of('forearms', 0.5, 25),
  ])
})

const calendar = suite('calendar')

calendar('tells of every day with a session, this year unless told', async () => {
  const told = training()
  told.session(on('2024-12-31', { sets: [squat(100, 5)] }))
  told.session(on('2025-01-01'))
  told.session(on('2025-06-01', { sets: [squat(100, 5)] }))
  told.session(on('2025-06-01', { sets: [squat(100, 1)] }))
  told.discard(told.session(on('2025-06-03')))
  const days = async (year?: number, range = {}) => {
    const answer = await answerOf(told.statistics.calendar(ann, year, range))
    return answer.days.map(
      ({ date, sessions, volume }) => `${date} ${sessions} ${volume.value} ${volume.unit}`,
    )
  }
  assert.equal(await days(), ['2025-01-01 1 0 kg', '2025-06-01 2 600 kg'])
  assert.equal(await days(2024), ['2024-12-31 1 500 kg'])
  assert.equal(await days(undefined, { to: '2025-01-01' }), ['2024-12-31 1 500 kg', '2025-01-01 1 0 kg'])
  assert.equal(await days(2025, { from: '2024-01-01', to: '2025-05-31' }), ['2025-01-01 1 0 kg'])
  assert.equal(await days(2024, { from: '2025-01-01', to: '2026-01-01' }), [])
  assert.equal((await answerOf(told.statistics.calendar(ann, 987, {}))).period, {
    from: '0987-01-01',
    to: '0987-12-31',
  })
})

for (const one of [summary, keeping, muscles, calendar]) one.run()
