import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RecordKind } from '../../src/domain/statistics/records.ts'
import type { Units } from '../../src/domain/user/events.ts'
import { ann, answerOf, type Told, type ToldSession, training } from '../support/training.ts'

// Each rule of the statistics once, as a person meets it; all values are worked out by hand.

const rules = suite('rules of the statistics')

const on = (date: string, ...sets: Told[]): ToldSession => ({
  startedAt: `2025-06-${date}T10:00:00.000Z`,
  sets,
})
const squat = (weight: number, reps: number, more: Partial<Told> = {}): Told => ({
  ...{ exercise: 'squat', weight, reps },
  ...more,
})
const pullUp = (reps: number): Told => ({ exercise: 'pull-up', reps })

function history(told: { units?: Units; timeZone?: string } = {}) {
  const all = training(told)
  return {
    ...all,
    /** Sets, reps and volume of all history or of one range. */
    async sums(range = {}) {
      const { sets, reps, volume } = await answerOf(all.statistics.summary(ann, range, 'en'))
      return [sets, reps, volume.value]
    },
    /** Value, date and what it beat, of the one record of this kind. */
    async record(kind: RecordKind, exerciseId = 'squat') {
      const asked = { exerciseId, range: {}, formula: 'epley' } as const
      const { items } = await answerOf(all.statistics.records(ann, asked, 200))
      const found = items.find((item) => item.kind === kind)
      return found && [found.value, found.achievedAt.slice(0, 10), found.previous]
    },
    async sessionsOn(date: string) {
      return (await answerOf(all.statistics.summary(ann, { from: date, to: date }, 'en'))).sessions
    },
  }
}

rules('warm-ups count nowhere', async () => {
  const { session, sums, record } = history()
  session(on('01', squat(200, 10, { kind: 'warmup' }), squat(100, 5)))
  assert.equal(await sums(), [1, 5, 500])
  assert.equal(await record('max-weight'), [100, '2025-06-01', undefined])
})

rules('the body weight is that of the date', async () => {
  const { session, measure, sums, record } = history()
  session(on('03', pullUp(10)))
  session(on('05', pullUp(10)))
  session({ ...on('06', pullUp(10)), bodyWeight: 100 })
  assert.equal(await sums(), [3, 30, 1000])
  measure(80, { measuredAt: '2025-06-03T09:00:00.000Z' })
  measure(90, { measuredAt: '2025-06-05T10:00:00.001Z' })
  assert.equal(await sums(), [3, 30, 2600])
  assert.equal(await record('best-set-volume', 'pull-up'), [1000, '2025-06-06', 800])
})

rules('assistance makes lighter, the least is the best, and nothing weighs less than nothing', async () => {
  const { session, sums, record } = history()
  const assisted = (weight: number) => ({ exercise: 'assisted-pull-up', weight, reps: 5 })
  session({ ...on('01', assisted(30)), bodyWeight: 80 })
  assert.equal(await sums(), [1, 5, 250])
  session({ ...on('02', assisted(20), assisted(90)), bodyWeight: 80 })
  assert.equal(await sums(), [3, 15, 550])
  assert.equal(await record('least-assistance', 'assisted-pull-up'), [20, '2025-06-02', 30])
  assert.is(await record('max-weight', 'assisted-pull-up'), undefined)
})

rules('a side changes no sum', async () => {
  const { session, sums } = history()
  const curl = (side: 'left' | 'right' | 'both') => ({ exercise: 'curl', weight: 10, reps: 8, side })
  session(on('01', curl('left'), curl('right'), curl('both')))
  assert.equal(await sums(), [3, 24, 240])
})

rules('drop and failure sets are working sets', async () => {
  const { session, sums, record } = history()
  session(on('01', squat(100, 5), squat(80, 8, { kind: 'drop' }), squat(110, 1, { kind: 'failure' })))
  assert.equal(await sums(), [3, 14, 500 + 640 + 110])
  assert.equal(await record('max-weight'), [110, '2025-06-01', 100])
})

rules('at 1 rep the one-rep max is the weight itself, above it Epley’s estimate', async () => {
  const { session, record } = history()
  session(on('01', squat(100, 1)))
  assert.equal(await record('estimated-1rm'), [100, '2025-06-01', undefined])
  session(on('02', squat(90, 12)))
  assert.equal(await record('estimated-1rm'), [126, '2025-06-02', 100])
})

rules('over 12 reps nothing is estimated', async () => {
  const { session, record } = history()
  session(on('01', squat(100, 13)))
  assert.is(await record('estimated-1rm'), undefined)
  assert.equal(await record('max-weight'), [100, '2025-06-01', undefined])
})

rules('a tie keeps the earliest', async () => {
  const { session, record } = history()
  session(on('02', squat(100, 5)))
  session(on('03', squat(100, 5)))
  assert.equal(await record('max-weight'), [100, '2025-06-02', undefined])
  session(on('01', squat(100, 5)))
  assert.equal(await record('max-weight'), [100, '2025-06-01', undefined])
})

rules('the first value of an exercise is a record that beat nothing', async () => {
  const { session, record } = history()
  session(on('01', squat(60, 5)))
  assert.equal(await record('max-weight'), [60, '2025-06-01', undefined])
  assert.equal(await record('max-reps'), [5, '2025-06-01', undefined])
})

rules('a discarded session counts nowhere until it is restored', async () => {
  const { session, discard, restore, sums, record, sessionsOn } = history()
  session(on('01', squat(100, 5)))
  const id = session(on('02', squat(120, 5)))
  const told = async () => [await sums(), await record('max-weight'), await sessionsOn('2025-06-02')]
  const both = [[2, 10, 1100], [120, '2025-06-02', 100], 1]
  assert.equal(await told(), both)
  discard(id)
  assert.equal(await told(), [[1, 5, 500], [100, '2025-06-01', undefined], 0])
  restore(id)
  assert.equal(await told(), both)
})

rules('a record goes with its set', async () => {
  const { session, setIn, record, sums, ...told } = history()
  session(on('01', squat(100, 5)))
  const id = session(on('02', squat(110, 5), squat(120, 5)))
  assert.equal(await record('max-weight'), [120, '2025-06-02', 110])
  told.delete(id, setIn(id, 1), 'squat')
  assert.equal(await record('max-weight'), [110, '2025-06-02', 100])
  told.delete(id, setIn(id, 0), 'squat')
  assert.equal(await record('max-weight'), [100, '2025-06-01', undefined])
  assert.equal(await sums(), [1, 5, 500])
})

rules('an earlier session that is entered later takes the place in time that it has', async () => {
  const { session, record, sums } = history()
  session(on('10', squat(110, 5)))
  session(on('05', squat(100, 5)))
  assert.equal(await record('max-weight'), [110, '2025-06-10', 100])
  session(on('01', squat(120, 5)))
  assert.equal(await record('max-weight'), [120, '2025-06-01', undefined])
  assert.equal(await sums({ to: '2025-06-04' }), [1, 5, 600])
})

rules('pounds and kilograms are held against each other and added up exactly', async () => {
  for (const [units, volume, most] of [
    ['metric', 100 + 61.23496995 + 13.75, 100],
    ['imperial', (100_000_000_000 + 13_750_000_000) / 453_592_370 + 135, 100_000_000_000 / 453_592_370],
  ] as const) {
    const { session, record, sums } = history({ units })
    session(on('01', squat(135, 1, { weightUnit: 'lb' }), squat(100, 1), squat(13.75, 1)))
    assert.equal(await sums(), [3, 3, volume])
    assert.is((await record('max-weight'))?.[0], most)
  }
})

rules('a session over midnight belongs to the day it began', async () => {
  const { session, sums, sessionsOn } = history()
  session({
    startedAt: '2025-06-01T23:30:00.000Z',
    finishedAt: '2025-06-02T01:00:00.000Z',
    sets: [squat(100, 5, { performedAt: '2025-06-02T00:30:00.000Z' })],
  })
  assert.equal([await sessionsOn('2025-06-01'), await sessionsOn('2025-06-02')], [1, 0])
  assert.equal(await sums({ from: '2025-06-01', to: '2025-06-01' }), [1, 5, 500])
})

rules('a session over a change of the clock lasts as long as it lasted', async () => {
  const { session, statistics } = history({ timeZone: 'Europe/Berlin' })
  // From 01:30 to 03:30 by the clocks, which go from 02:00 to 03:00 in between.
  session({ startedAt: '2025-03-30T00:30:00.000Z', finishedAt: '2025-03-30T01:30:00.000Z' })
  // From 02:30 to 02:30 by the clocks, which go back from 03:00 to 02:00 in between.
  session({ startedAt: '2025-10-26T00:30:00.000Z', finishedAt: '2025-10-26T01:30:00.000Z' })
  const days = (await answerOf(statistics.calendar(ann, 2025, {}))).days.map(({ date }) => date)
  assert.equal(days, ['2025-03-30', '2025-10-26'])
  assert.is((await answerOf(statistics.summary(ann, {}, 'en'))).durationSeconds, 7200)
})

rules('a session in another zone is of the day there, and stays when its person moves', async () => {
  const { session, emitUser, sessionsOn } = history({ timeZone: 'Europe/Berlin' })
  // Noon in Auckland is two in the morning of that day in Berlin, and the day before in Honolulu.
  session({ startedAt: '2025-06-03T00:00:00.000Z', timeZone: 'Pacific/Auckland' })
  session({ startedAt: '2025-06-03T00:00:00.000Z', timeZone: 'Pacific/Honolulu' })
  const days = async () => [await sessionsOn('2025-06-02'), await sessionsOn('2025-06-03')]
  assert.equal(await days(), [1, 1])
  emitUser({ type: 'UserProfileChanged', data: { timeZone: 'Pacific/Honolulu' } })
  assert.equal(await days(), [1, 1])
})

rules('the last days of a year may be in week 53, and the first ones of the next', async () => {
  const { session, statistics } = history()
  for (const day of ['2020-12-28', '2021-01-03', '2021-01-04']) {
    session({ startedAt: `${day}T10:00:00.000Z` })
  }
  const asked = { metric: 'sessions', bucket: 'week', range: {}, formula: 'epley' } as const
  const { points } = await answerOf(statistics.trends(ann, asked))
  assert.equal(
    points.map(({ start, week, value }) => [start, week, value]),
    [
      ['2020-12-28', '2020-W53', 2],
      ['2021-01-04', '2021-W01', 1],
    ],
  )
  const { streak } = await answerOf(statistics.summary(ann, {}, 'en'))
  assert.equal(streak, { currentWeeks: 0, longestWeeks: 2 })
})

rules.run()
