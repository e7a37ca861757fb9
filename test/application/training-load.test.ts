import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadQueries } from '../../src/adapters/sqlite/views/training-load.ts'
import { addDays } from '../../src/domain/statistics/calendar.ts'
import { plansOf } from '../support/query-plans.ts'
import { ann, answerOf, bob, training } from '../support/training.ts'

const load = suite('training load')

/** One hour of the effort, at ten in the morning. */
const hour = (date: string, effort: 'easy' | 'average' | 'heavy') =>
  ({ startedAt: `${date}T10:00:00.000Z`, effort }) as const

function trained() {
  const told = training({ now: '2025-06-15T12:00:00.000Z' })
  const of = (range: object) => answerOf(told.statistics.load(ann, range))
  return { ...told, of }
}

load('is told for the last 90 days, from the first session on', async () => {
  const { session, of } = trained()
  assert.equal(await of({}), {
    period: { from: '2025-03-18', to: '2025-06-15' },
    formula: 'rolling-average',
    unit: 'AU',
    points: [],
  })
  session(hour('2025-06-13', 'heavy'))
  session(hour('2025-06-15', 'easy'))
  assert.equal((await of({})).points, [
    { date: '2025-06-13', load: 480, acute: 480 / 7, chronic: 480 / 28, ratio: null },
    { date: '2025-06-14', load: 0, acute: 480 / 7, chronic: 480 / 28, ratio: null },
    { date: '2025-06-15', load: 180, acute: 660 / 7, chronic: 660 / 28, ratio: null },
  ])
})

load('knows what was before the range', async () => {
  const { session, of } = trained()
  for (let day = 0; day < 40; day++) session(hour(addDays('2025-05-01', day), 'average'))
  const { points, period } = await of({ from: '2025-06-01', to: '2025-06-02' })
  const level = { load: 300, acute: 300, chronic: 300, ratio: 1 }
  assert.equal(period, { from: '2025-06-01', to: '2025-06-02' })
  assert.equal(points, [
    { date: '2025-06-01', ...level },
    { date: '2025-06-02', ...level },
  ])
})

load('counts finished sessions of a known effort, by the day of the person', async () => {
  const { session, discard, of } = trained()
  session({ ...hour('2025-06-14', 'heavy'), live: true })
  discard(session(hour('2025-06-14', 'heavy')))
  session({ startedAt: '2025-06-14T10:00:00.000Z' })
  session(hour('2025-06-14', 'heavy'), bob)
  assert.equal((await of({})).points, [])
  // Half past eleven at night in New York, the next morning in UTC.
  session({
    ...hour('2025-06-14', 'easy'),
    startedAt: '2025-06-15T03:30:00.000Z',
    timeZone: 'America/New_York',
  })
  assert.equal(
    (await of({})).points.map((point) => [point.date, point.load]),
    [
      ['2025-06-14', 180],
      ['2025-06-15', 0],
    ],
  )
})

load('follows corrections of effort and time', async () => {
  const { session, change, discard, of } = trained()
  const id = session(hour('2025-06-15', 'easy'))
  const last = async () => (await of({})).points.at(-1)?.load
  assert.is(await last(), 180)
  change(id, { effort: 'heavy' })
  assert.is(await last(), 480)
  change(id, { finishedAt: '2025-06-15T10:30:00.000Z' })
  assert.is(await last(), 240)
  discard(id)
  assert.is(await last(), undefined)
})

load('of other ranges ends where they end, and never beyond what can be logged', async () => {
  const { session, of } = trained()
  session(hour('2025-06-01', 'easy'))
  assert.equal((await of({ to: '2025-06-03' })).points.length, 3)
  assert.equal((await of({ from: '2025-06-14' })).points.length, 2)
  assert.equal((await of({ from: '2025-06-20' })).period, { from: '2025-06-20', to: '2025-06-20' })
  assert.equal((await of({ to: '2025-05-31' })).points, [])
  const { points } = await of({ from: '0001-01-01', to: '9999-12-31' })
  assert.equal([points[0]?.date, points.at(-1)?.date], ['2025-06-01', '2027-08-24'])
})

load('is read by index', () => {
  const steps = [...plansOf(training().db, loadQueries).values()].flat()
  assert.equal(
    steps.filter((step) => step.startsWith('SCAN')),
    [],
  )
})

load.run()
