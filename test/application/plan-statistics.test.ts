import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { planStatistics } from '../../src/application/plan-statistics.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import { ada, bob, memorySessions, metadata, must } from '../support/memory-sessions.ts'

const test = suite('plan statistics')
const asked = { userId: ada, metadata }
const planId = '00000000-0000-4000-8000-0000000000c1'
const other = '00000000-0000-4000-8000-0000000000c2'
const squat = 'barbell-back-squat'
const asPlanned = { skipped: 0, swapped: 0, adjusted: 0 }
const fives = (count: number) => Array.from({ length: count }, () => ({ reps: 5, weight: 100 }))
const warmUp = { kind: 'warmup', reps: 8, weight: 60 } as const
const dayOf = (...sets: object[]) => ({ name: 'Day', exercises: [{ exerciseId: squat, sets }] }) as never

/** Ada with a plan of three sets of squats on its first day, twice a week, and another with nothing told. */
async function planned() {
  const memory = await memorySessions()
  const { plans, sessions, planStatistics: reads } = memory
  const days = [dayOf({ kind: 'warmup', reps: 8 }, ...fives(3)), dayOf(...fives(1))]
  must(await plans.create(asked, { id: planId, name: 'Legs', frequencyPerWeek: 2, days }))
  must(await plans.create(asked, { id: other, name: 'Other' }))
  async function log(date: string, sets: object[], more: object = { planId, planDay: 0 }) {
    const at = { startedAt: `${date}T10:00:00Z`, finishedAt: `${date}T11:00:00Z` }
    const exercises = sets.length === 0 ? [] : [{ exerciseId: squat, sets: sets as never }]
    return must(await sessions.log(asked, { ...at, exercises, ...more })).document
  }
  const statistics = (range = {}, userId = ada) => planStatistics(reads, userId, range)
  const setsOf = async (range = {}) => {
    const { adherence } = await statistics(range)
    return adherence && [adherence.planned, adherence.done, adherence.ratio]
  }
  return { ...memory, log, statistics, setsOf }
}

test('where no plan was followed there is nothing to tell', async () => {
  const { log, statistics } = await planned()
  await log('2025-02-03', fives(3), {})
  assert.equal(await statistics(), { mostPopularPlan: null, adherence: null })
})

test('sets done of what was planned count up to what was planned, warm-ups not at all', async () => {
  const { log, statistics } = await planned()
  await log('2025-02-03', [warmUp, warmUp, warmUp, ...fives(2)])
  await log('2025-02-05', fives(5))
  await log('2025-02-12', fives(5), { planId, planDay: 1 })
  assert.equal(await statistics(), {
    mostPopularPlan: { planId, number: 1, name: 'Legs', sessions: 3 },
    adherence: {
      ...{ planned: 7, done: 6, ratio: 6 / 7, ...asPlanned },
      sessions: { planned: 4, done: 3, ratio: 0.75 },
    },
  })
  assert.equal((await statistics({ from: '2025-02-12' })).adherence, {
    ...{ planned: 1, done: 1, ratio: 1, ...asPlanned },
    sessions: { planned: 2, done: 1, ratio: 0.5 },
  })
  assert.is((await statistics({ to: '2025-02-02' })).adherence, null)
  assert.is((await statistics({}, bob)).adherence, null)
})

test('without a day only the sessions count, without a frequency only the sets', async () => {
  const { log, statistics, plans } = await planned()
  await log('2025-02-03', fives(2), { planId })
  const sessions = { planned: 2, done: 1, ratio: 0.5 }
  assert.equal((await statistics()).adherence, { planned: 0, done: 0, ratio: null, ...asPlanned, sessions })
  must(await plans.change(asked, other, { days: [dayOf(...fives(1))] }))
  await log('2025-03-01', fives(2), { planId: other, planDay: 0 })
  assert.equal((await statistics({ from: '2025-03-01' })).adherence, {
    ...{ planned: 1, done: 1, ratio: 1, ...asPlanned },
    sessions: null,
  })
})

test('what is corrected, deleted, discarded and restored is followed', async () => {
  const { log, sessions, setsOf, statistics } = await planned()
  const { id, exercises } = await log('2025-02-03', fives(3))
  assert.equal(await setsOf(), [3, 3, 1])
  const [first, second] = exercises[0]?.sets ?? []
  must(await sessions.deleteSet(asked, id, first?.id as string))
  assert.equal(await setsOf(), [3, 2, 2 / 3])
  must(await sessions.correctSet(asked, id, second?.id as string, { kind: 'warmup' }))
  assert.equal(await setsOf(), [3, 1, 1 / 3])
  must(await sessions.logSets(asked, id, [{ exerciseId: squat, reps: 5, weight: 90, at: '' }]))
  assert.equal(await setsOf(), [3, 2, 2 / 3])
  must(await sessions.discard(asked, id))
  assert.equal(await statistics(), { mostPopularPlan: null, adherence: null })
  must(await sessions.restore(asked, id))
  assert.equal(await setsOf(), [3, 2, 2 / 3])
})

test('a session that is moved, or named to another plan, moves its part', async () => {
  const { log, sessions, setsOf, statistics } = await planned()
  const { id } = await log('2025-02-03', fives(3))
  const moved = { startedAt: '2025-01-06T10:00:00Z', finishedAt: '2025-01-06T11:00:00Z' }
  must(await sessions.change(asked, id, moved))
  assert.equal(await setsOf({ from: '2025-02-01' }), null)
  assert.equal(await setsOf({ to: '2025-01-31' }), [3, 3, 1])
  must(await sessions.change(asked, id, { planDay: 1 }))
  assert.equal(await setsOf(), [1, 1, 1])
  must(await sessions.change(asked, id, { planId: other }))
  assert.equal(await statistics(), {
    mostPopularPlan: { planId: other, number: 2, name: 'Other', sessions: 1 },
    adherence: null,
  })
  must(await sessions.change(asked, id, { planId: null }))
  assert.is((await statistics()).mostPopularPlan, null)
})

test('a live session counts with its sets, and as a session once it is finished', async () => {
  const { sessions, statistics } = await planned()
  const { id } = must(await sessions.log(asked, { planId, planDay: 0 })).document
  assert.equal((await statistics()).adherence, {
    planned: 3,
    done: 0,
    ratio: 0,
    ...asPlanned,
    sessions: null,
  })
  must(await sessions.finish(asked, id, {}))
  assert.equal((await statistics()).adherence?.sessions, { planned: 2, done: 1, ratio: 0.5 })
})

test('of equals the plan that was followed last is the most popular', async () => {
  const { log, statistics } = await planned()
  await log('2025-02-03', [], { planId: other })
  await log('2025-02-05', [])
  assert.is((await statistics()).mostPopularPlan?.planId, planId)
  await log('2025-02-06', [], { planId: other })
  assert.is((await statistics()).mostPopularPlan?.planId, other)
})

test('changing or archiving a plan changes nothing that was logged or planned before', async () => {
  const { log, plans, sessions, statistics } = await planned()
  const logged = await log('2025-02-03', fives(2))
  const { adherence } = await statistics()
  must(await plans.change(asked, planId, { name: 'Rest', frequencyPerWeek: 7, days: [] }))
  must(await plans.archive(asked, planId))
  assert.equal(must(await sessions.get(ada, logged.id)), logged)
  assert.equal(await statistics(), {
    mostPopularPlan: { planId, number: 1, name: 'Rest', sessions: 1 },
    adherence,
  })
  const { items } = must(await sessions.list(ada, { planId }, 50)) as { items: { id: string }[] }
  assert.equal(
    items.map(({ id }) => id),
    [logged.id],
  )
  const again = await sessions.log(asked, { planId, planDay: 0 })
  assert.equal(isRefusal(again) && again.errors?.map(({ pointer, code }) => [pointer, code]), [
    ['/planId', 'unknown-plan'],
  ])
})

test('one’s own plan alone can be named, in many sessions at once too', async () => {
  const { sessions } = await planned()
  const at = { startedAt: '2025-02-03T10:00:00Z', finishedAt: '2025-02-03T11:00:00Z' }
  const theirs = await sessions.log({ userId: bob, metadata }, { ...at, planId })
  assert.ok(isRefusal(theirs))
  const many = await sessions.logMany(asked, [
    { ...at, planId, planDay: 1 },
    { ...at, planId, planDay: 2 },
    { ...at, planId: ada },
  ])
  assert.equal(isRefusal(many) && many.errors?.map(({ pointer, code }) => [pointer, code]), [
    ['/sessions/1/planDay', 'out-of-range'],
    ['/sessions/2/planId', 'unknown-plan'],
  ])
  const refused = await sessions.change({ userId: bob, metadata }, 'no-session', { planDay: 1 })
  assert.is(isRefusal(refused) && refused.refusal, 'not-found')
})

test.run()
