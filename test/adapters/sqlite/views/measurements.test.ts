import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { measurementQueries, measurementsView } from '../../../../src/adapters/sqlite/views/measurements.ts'
import { plansOf } from '../../../support/query-plans.ts'
import { ann, bob, training } from '../../../support/training.ts'

const measurements = suite('measurementsView')

const at = (day: number, hour = '06') => `2025-06-0${day}T${hour}:00:00.000Z`

/** Values by the day, such as `3 81.4`, newest first. */
async function listed({ db }: ReturnType<typeof training>, filter = {}, limit = 50) {
  const { items } = await measurementQueries(db).list(ann, filter, limit)
  return items.map(({ localDate, value }) => `${localDate.slice(-1)} ${value}`)
}

measurements('are shown as they were taken', async () => {
  const told = training()
  const measurementId = told.measure(81.4, { measuredAt: at(1), notes: 'Tired.' })
  const { items, next } = await measurementQueries(told.db).list(ann, {}, 1)
  assert.equal(items, [
    {
      measurementId,
      kind: 'weight',
      value: 81.4,
      unit: 'kg',
      weightMicrograms: 81_400_000_000,
      measuredAt: at(1),
      timeZone: 'UTC',
      localDate: '2025-06-01',
      notes: 'Tired.',
      version: 1,
    },
  ])
  assert.is(next, undefined)
  assert.equal(await measurementQueries(told.db).list(bob, {}, 50), { items: [] })
})

measurements('follow corrections and deletions', async () => {
  const told = training()
  const first = told.measure(80, { measuredAt: at(1), notes: 'Tired.' })
  const second = told.measure(81, { measuredAt: at(2) })
  told.correctMeasurement(first, { measuredAt: at(3), localDate: '2025-06-03', notes: null })
  assert.equal(await listed(told), ['3 80', '2 81'])
  const { items } = await measurementQueries(told.db).list(ann, {}, 1)
  assert.equal([items[0]?.version, items[0]?.notes, items[0]?.unit], [2, undefined, 'kg'])
  told.deleteMeasurement(second)
  assert.equal(await listed(told), ['3 80'])
  told.deleteMeasurement(first)
  assert.is(told.db.prepare('SELECT count(*) FROM measurement').pluck().get(), 0)
})

measurements('are listed newest first, by kind and days, page by page', async () => {
  const told = training()
  told.measure(81, { measuredAt: at(2) })
  told.measure(90, { kind: 'waist', unit: 'cm', measuredAt: at(3) })
  told.measure(80, { measuredAt: at(1) })
  told.measure(82, { measuredAt: at(3) })
  told.measure(83, { measuredAt: at(3) })
  assert.equal(await listed(told), ['3 83', '3 82', '3 90', '2 81', '1 80'])
  assert.equal(await listed(told, { kind: 'weight', from: '2025-06-02' }), ['3 83', '3 82', '2 81'])
  assert.equal(await listed(told, { to: '2025-06-01' }), ['1 80'])
  assert.equal(await listed(told, { kind: 'neck' }), [])
  const reads = measurementQueries(told.db)
  const seen: number[] = []
  let after: Awaited<ReturnType<typeof reads.list>>['next']
  do {
    const page = await reads.list(ann, { kind: 'weight' }, 2, after)
    seen.push(...page.items.map(({ value }) => value))
    after = page.next
  } while (after !== undefined)
  assert.equal(seen, [83, 82, 81, 80])
})

measurements('have the average and the most of each day', async () => {
  const told = training()
  told.measure(80, { measuredAt: at(1) })
  told.measure(82, { measuredAt: at(1, '20') })
  told.measure(100, { measuredAt: at(2), unit: 'lb' })
  told.measure(70, { kind: 'chest', measuredAt: at(2) })
  const reads = measurementQueries(told.db)
  assert.equal(await reads.days(ann, 'weight', {}), {
    unit: 'lb',
    days: [
      { date: '2025-06-01', average: 81_000_000_000, max: 82_000_000_000 },
      { date: '2025-06-02', average: 45_359_237_000, max: 45_359_237_000 },
    ],
  })
  assert.equal((await reads.days(ann, 'weight', { from: '2025-06-02', to: '2025-06-30' })).days.length, 1)
  assert.equal(await reads.days(bob, 'weight', {}), { unit: undefined, days: [] })
})

measurements('of a kind of one’s own count in the unit that was used last', async () => {
  const told = training()
  told.measure(7, { kind: 'custom:mood', unit: 'points', measuredAt: at(2) })
  told.measure(70, { kind: 'custom:mood', unit: '%', measuredAt: at(1) })
  assert.equal(await measurementQueries(told.db).days(ann, 'custom:mood', {}), {
    unit: 'points',
    days: [{ date: '2025-06-02', average: 7, max: 7 }],
  })
})

measurements('are kept and read by index', async () => {
  const { db } = training()
  const steps = [...plansOf(db, measurementsView.on).values(), ...plansOf(db, measurementQueries).values()]
  assert.equal(
    steps.flat().filter((step) => step.startsWith('SCAN')),
    [],
  )
})

measurements.run()
