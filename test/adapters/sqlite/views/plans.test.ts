import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exercisesView } from '../../../../src/adapters/sqlite/views/exercises.ts'
import {
  plannedSessionsView,
  planStatisticQueries,
} from '../../../../src/adapters/sqlite/views/planned-sessions.ts'
import { planQueries, plansView } from '../../../../src/adapters/sqlite/views/plans.ts'
import { sessionsView } from '../../../../src/adapters/sqlite/views/sessions.ts'
import { usersView } from '../../../../src/adapters/sqlite/views/users.ts'
import type { PlanEvent } from '../../../../src/domain/plan/events.ts'
import type { SessionEvent } from '../../../../src/domain/session/events.ts'
import { ada as ann, ben, published, registered } from '../../../support/exercises.ts'
import { type Fact, foldViews } from '../../../support/fold-views.ts'
import * as plans from '../../../support/plans.ts'
import { plansOf } from '../../../support/query-plans.ts'
import { discarded, fiveAtHundred, logged, restored, run, squat } from '../../../support/sessions.ts'

const test = suite('plans view')

const views = [usersView, exercisesView, plansView, sessionsView, plannedSessionsView]
const exercises: Fact[] = [squat, run].map(({ exerciseId, exerciseName, metric }) =>
  published({
    ...{ exerciseId, metric, category: 'strength', bodyArea: 'legs', unilateral: false },
    ...{ primaryMuscles: [], secondaryMuscles: [], equipment: [] },
    texts: { en: { name: exerciseName, description: '', instructions: [] } },
  }),
)
const ofPlan = (id: string, subject: string, ...events: PlanEvent[]): Fact[] =>
  events.map((event) => ({ stream: `plan-${subject}-${id}`, subject, event }))
const made = (planId: string, number: number, name = planId): PlanEvent => {
  const { data } = plans.created({ name }) as PlanEvent & { type: 'PlanCreated' }
  return { type: 'PlanCreated', data: { ...data, planId, number } }
}
const changed = (data: object): PlanEvent => ({
  type: 'PlanChanged',
  data: { ...data, changedAt: plans.later },
})

function folded(...facts: Fact[]) {
  const { db, fold } = foldViews(views, [registered(ann), registered(ben), ...exercises, ...facts])
  return { db, fold, reads: planQueries(db), statistics: planStatisticQueries(db) }
}

test('plans are listed in pages, the last made first, each person their own', async () => {
  const { reads } = folded(
    ...['a', 'b', 'c'].flatMap((id, index) => ofPlan(id, ann, made(id, index + 1))),
    ...ofPlan('d', ben, made('d', 1)),
  )
  const first = await reads.list(ann, false, 2)
  assert.equal([first.items.map(({ id }) => id), first.next], [['c', 'b'], 2])
  const second = await reads.list(ann, false, 2, first.next)
  assert.equal([second.items.map(({ id }) => id), second.next], [['a'], undefined])
  assert.equal([await reads.idOf(ann, 2), await reads.idOf(ben, 2)], ['b', undefined])
})

test('a changed plan is shown changed, an archived one among the archived alone', async () => {
  const change = changed({ name: 'New', goal: null, days: [] })
  const { reads, fold } = folded(...ofPlan('a', ann, made('a', 1), change))
  assert.equal(await reads.find(ann, 'a'), { planId: 'a', archived: false, days: [] })
  const before = folded(...ofPlan('a', ann, made('a', 1)))
  assert.equal((await before.reads.find(ann, 'a'))?.days, plans.details.days)
  const { items } = await reads.list(ann, false, 50)
  const [shown] = items
  assert.equal(
    [shown?.name, shown?.goal, shown?.days, shown?.version, shown?.updatedAt],
    ['New', null, [], 2, plans.later],
  )
  for (const fact of ofPlan('a', ann, plans.archived)) fold(fact)
  assert.equal((await reads.list(ann, false, 50)).items, [])
  assert.equal((await reads.list(ann, true, 50)).items, [{ ...shown, archived: true, version: 3 }])
  assert.equal(await reads.find(ann, 'a'), { planId: 'a', archived: true, days: [] })
  assert.is(await reads.find(ben, 'a'), undefined)
})

test('what a plan was made from is shown', async () => {
  const origin = { by: 'draw', seed: 7, trainingMode: 'strength' } as const
  const event = made('a', 1) as PlanEvent & { type: 'PlanCreated' }
  const { reads } = folded(...ofPlan('a', ann, { ...event, data: { ...event.data, origin } }))
  assert.equal((await reads.list(ann, false, 1)).items[0]?.origin, origin)
})

const ofSession = (subject: string, ...events: SessionEvent[]): Fact[] =>
  events.map((event) => ({ stream: `session-${subject}-s`, subject, event }))
const sets = [1, 2, 3].map((n) => ({ ...fiveAtHundred, setId: `set-${n}` }))
const fromPlan = logged({ planId: 'a', planDay: 0, entries: [{ ...squat, sets }] })
const rowsOf = (db: ReturnType<typeof folded>['db']) => [
  db.prepare('SELECT plan, frequency_per_week, planned, done, status, count FROM planned_session').all(),
  db.prepare('SELECT exercise, sets FROM planned_exercise').all(),
]
const planned = { plan: 'a', frequency_per_week: 2, planned: 2, done: 2, status: 'finished', count: 1 }

test('a session keeps what its plan held when it named it', () => {
  const { db, fold } = folded(...ofPlan('a', ann, made('a', 1)), ...ofSession(ann, fromPlan))
  const rows = [[planned], [{ exercise: 3, sets: 2 }]]
  assert.equal(rowsOf(db), rows)
  for (const fact of ofPlan('a', ann, changed({ frequencyPerWeek: 5, days: [] }))) fold(fact)
  assert.equal(rowsOf(db), rows)
})

test('discarding takes away what restoring brings back, and another plan replaces all', () => {
  const facts = [...ofPlan('a', ann, made('a', 1)), ...ofPlan('b', ann, made('b', 2))]
  const { db, fold } = folded(...facts, ...ofSession(ann, fromPlan, discarded))
  assert.equal(rowsOf(db)[0], [{ ...planned, done: 0, status: 'discarded' }])
  const change = (data: object): SessionEvent => ({ type: 'SessionChanged', data })
  for (const fact of ofSession(ann, restored)) fold(fact)
  assert.equal(rowsOf(db)[0], [planned])
  for (const fact of ofSession(ann, change({ planId: 'b', planDay: 1 }))) fold(fact)
  assert.equal(rowsOf(db), [[{ ...planned, plan: 'b', planned: 1, done: 0 }], [{ exercise: 4, sets: 1 }]])
  for (const fact of ofSession(ann, change({ planId: null, planDay: null }))) fold(fact)
  assert.equal(rowsOf(db), [[], []])
})

test('workouts told of as a number count as so many', async () => {
  const reported: SessionEvent = {
    type: 'WorkoutsReported',
    data: {
      ...{ sessionId: 's', planId: 'a', planNumber: 1, easy: 1, average: 2, heavy: 0 },
      ...{ reportedAt: plans.now, timeZone: 'UTC', localDate: '2025-03-01' },
    },
  }
  const { statistics } = folded(...ofPlan('a', ann, made('a', 1)), ...ofSession(ann, reported))
  assert.equal(await statistics.mostPopular(ann, {}), { planId: 'a', number: 1, name: 'a', sessions: 3 })
  assert.equal(await statistics.weeks(ann, {}), [
    { plan: 'a', monday: '2025-02-24', sessions: 3, frequencyPerWeek: 2 },
  ])
  assert.equal(await statistics.sets(ann, {}), {
    ...{ planned: 0, done: 0 },
    skipped: 0,
    swapped: 0,
    adjusted: 0,
  })
})

test('no question goes through all rows of a table', () => {
  const { db } = folded()
  for (const queries of [planQueries, planStatisticQueries]) {
    for (const [sql, steps] of plansOf(db, queries)) {
      assert.equal(
        steps.filter((step) => step.startsWith('SCAN')),
        [],
        sql,
      )
    }
  }
})

test.run()
