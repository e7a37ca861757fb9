import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { classicQueries } from '../../../../src/adapters/sqlite/views/classic.ts'
import { sessionQueries } from '../../../../src/adapters/sqlite/views/sessions.ts'
import type { Effort } from '../../../../src/domain/session/events.ts'
import { plansOf } from '../../../support/query-plans.ts'
import { ann, bob, training } from '../../../support/training.ts'

const at = '2025-06-10T10:00:00.000Z'
const day = { timeZone: 'UTC', localDate: '2025-06-10' }
const planOf = (number: number) => `00000000-0000-4000-8000-0000000000f${number}`

/** Ann's history with plans 1 to 3, as classic clients and others tell it. */
function classic() {
  const told = training()
  let reports = 0
  for (const number of [1, 2, 3]) {
    const data = {
      planId: planOf(number),
      number,
      createdAt: at,
      name: 'Workout',
      exerciseTypes: [],
      days: [],
    }
    told.fold({ stream: `plan-${ann}-${planOf(number)}`, subject: ann, event: { type: 'PlanCreated', data } })
  }
  const reads = classicQueries(told.db)
  return {
    ...told,
    reads,
    report(planNumber: number, [easy, average, heavy]: readonly [number, number, number]) {
      reports += 1
      const sessionId = `report-${reports}`
      const plan = { planId: planOf(planNumber), planNumber }
      const data = { sessionId, ...plan, easy, average, heavy, reportedAt: at, ...day }
      told.emit(sessionId, { type: 'WorkoutsReported', data })
      return sessionId
    },
    create: (easy: number, average: number, heavy: number) =>
      told.emitUser({ type: 'ClassicStatisticsCreated', data: { easy, average, heavy, createdAt: at } }),
    clear: () => told.emitUser({ type: 'ClassicCountsCleared', data: { clearedAt: at } }),
    counts: async (userId = ann) => Object.values(await reads.counts(userId)),
    popular: () => reads.mostPopularWorkout(ann),
  }
}

const counting = suite('classic counts')

counting('are none before anything was completed', async () => {
  const told = classic()
  assert.is(await told.reads.exist(ann), false)
  assert.equal(await told.counts(), [0, 0, 0])
  assert.is(await told.popular(), null)
})

counting('count what is reported and every finished session with an effort', async () => {
  const told = classic()
  told.report(1, [1, 2, 0])
  told.session({ effort: 'heavy' })
  told.session({ effort: 'easy', live: true })
  told.session({})
  assert.equal(await told.counts(), [1, 2, 1])
  assert.is(await told.reads.exist(ann), true)
  assert.is(await told.reads.exist(bob), false)
})

counting('leave out what is discarded, and take it back', async () => {
  const told = classic()
  const reported = told.report(1, [1, 2, 0])
  const session = told.session({ effort: 'heavy', planId: planOf(2) })
  for (const id of [reported, session]) told.discard(id)
  assert.equal(await told.counts(), [0, 0, 0])
  assert.is(await told.popular(), null)
  assert.is(await told.reads.exist(ann), false)
  for (const id of [reported, session]) told.restore(id)
  assert.equal(await told.counts(), [1, 2, 1])
  assert.is(await told.popular(), 1)
})

counting('begin with what the statistics are created with, whatever was completed before', async () => {
  const told = classic()
  const before = told.report(1, [4, 4, 4])
  told.create(5, 3, 2)
  assert.equal(await told.counts(), [5, 3, 2])
  told.report(1, [1, 0, 0])
  told.discard(before)
  assert.equal(await told.counts(), [6, 3, 2])
  told.restore(before)
  assert.equal(await told.counts(), [6, 3, 2])
})

counting('begin at 0 again when they are cleared', async () => {
  const told = classic()
  const live = told.session({ live: true })
  told.create(5, 3, 2)
  told.report(1, [1, 1, 1])
  told.clear()
  assert.equal(await told.counts(), [0, 0, 0])
  assert.is(await told.reads.exist(ann), true)
  told.report(2, [0, 0, 1])
  told.emit(live, { type: 'SessionFinished', data: { finishedAt: at, effort: 'average' } })
  assert.equal(await told.counts(), [0, 1, 1])
  told.create(7, 7, 7)
  assert.equal(await told.counts(), [7, 7, 7])
})

counting('name the workout done most often since the last clearing, the last done of equals', async () => {
  const told = classic()
  told.report(1, [5, 0, 0])
  told.create(0, 0, 0)
  assert.is(await told.popular(), 1)
  told.clear()
  assert.is(await told.popular(), null)
  told.report(2, [1, 1, 0])
  told.session({ planId: planOf(3) })
  assert.is(await told.popular(), 2)
  const tie = told.session({ planId: planOf(3), startedAt: at })
  assert.is(await told.popular(), 3)
  told.discard(tie)
  assert.is(await told.popular(), 2)
  told.report(1, [2, 0, 0])
  assert.is(await told.popular(), 1)
})

counting('go by when equals were done, however late they were told', async () => {
  const told = classic()
  told.session({ planId: planOf(1), startedAt: '2025-06-02T10:00:00.000Z' })
  told.session({ planId: planOf(2), startedAt: '2025-06-01T10:00:00.000Z' })
  assert.is(await told.popular(), 1)
})

counting('go through their index', () => {
  for (const steps of plansOf(classic().db, classicQueries).values()) {
    assert.match(steps.join(), /SEARCH s USING COVERING INDEX session_by_finish/)
    assert.not.match(steps.join(), /SCAN (s|p|user|classic_counts)\b/)
  }
})

const totals = suite('reported workouts under /v1')

totals('are so many sessions on one day, in one week, and take themselves back', async () => {
  const told = classic()
  const sums = async () => {
    const { sessions, finished, easy, average, heavy } = await told.need.totals.totals(ann, {
      from: '2025-06-10',
    })
    const days = (await told.need.totals.days(ann, {})).map(({ date, sessions: count }) => [date, count])
    return {
      sums: [sessions, finished, easy, average, heavy],
      days,
      weeks: await told.need.totals.weeks(ann, {}),
    }
  }
  const id = told.report(1, [1, 2, 0])
  const three = { sums: [3, 3, 1, 2, 0], days: [['2025-06-10', 3]], weeks: ['2025-06-09'] }
  assert.equal(await sums(), three)
  told.discard(id)
  assert.equal(await sums(), { sums: [0, 0, 0, 0, 0], days: [], weeks: [] })
  told.restore(id)
  assert.equal(await sums(), three)
})

totals('stand in the list as one entry with their count', async () => {
  const told = classic()
  told.report(1, [1, 2, 0])
  told.session({ effort: 'heavy', startedAt: '2025-06-01T10:00:00.000Z' })
  const { items } = await sessionQueries(told.db).list(ann, {}, 10)
  const shown = items.map(({ planId, count, byEffort }) => ({ planId, count, byEffort }))
  assert.equal(shown, [
    { planId: planOf(1), count: 3, byEffort: { easy: 1, average: 2, heavy: 0 } },
    { planId: null, count: undefined, byEffort: undefined },
  ])
})

totals('agree with the classic counts, whatever was told in whatever order', async () => {
  const step = fc.oneof(
    fc.tuple(fc.constant('report'), fc.nat(3), fc.nat(3)),
    fc.tuple(fc.constantFrom('easy', 'average', 'heavy'), fc.nat(3), fc.nat(3)),
    fc.tuple(fc.constantFrom('discard', 'restore'), fc.nat(20), fc.nat(3)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const told = classic()
      const ids: string[] = []
      for (const [act, one, two] of steps) {
        const id = ids[one % Math.max(1, ids.length)]
        if (act === 'report') ids.push(told.report(1, [one, two, 1]))
        else if (act !== 'discard' && act !== 'restore') ids.push(told.session({ effort: act as Effort }))
        else if (id !== undefined) told[act](id)
      }
      const { easy, average, heavy } = await told.need.totals.totals(ann, {})
      assert.equal(await told.counts(), [easy, average, heavy])
    }),
    { numRuns: 30 },
  )
})

counting.run()
totals.run()
