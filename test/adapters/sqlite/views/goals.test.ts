import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../../../src/adapters/sqlite/all-views.ts'
import { goalQueries } from '../../../../src/adapters/sqlite/views/goals.ts'
import type { GoalDetails, GoalEvent } from '../../../../src/domain/goal/events.ts'
import type { MeasurementEvent } from '../../../../src/domain/measurement/events.ts'
import { ada, ben, benchPress, published, registered } from '../../../support/exercises.ts'
import { type Fact, foldViews } from '../../../support/fold-views.ts'
import { books, setAt, squat140 } from '../../../support/goals.ts'
import { plansOf } from '../../../support/query-plans.ts'

const at = '2025-03-08T18:00:00.000Z'
const of = (goalId: string, event: GoalEvent, userId = ada): Fact => ({
  stream: `goal-${userId}-${goalId}`,
  subject: userId,
  event,
})
const set = (goalId: string, fields: object = squat140, userId = ada) =>
  of(goalId, { type: 'GoalSet', data: { goalId, setAt, ...(fields as GoalDetails) } }, userId)
const weighed = (id: string, measuredAt: string, weight: number): Fact => {
  const kind = { kind: 'weight', value: weight, unit: 'kg', weightMicrograms: weight * 1e9 } as const
  const when = { measuredAt, timeZone: 'UTC', localDate: measuredAt.slice(0, 10) }
  const event: MeasurementEvent = { type: 'MeasurementTaken', data: { measurementId: id, ...kind, ...when } }
  return { stream: `measurement-${ada}-${id}`, subject: ada, event }
}

function folded(...facts: Fact[]) {
  const { db, fold } = foldViews(views, [registered(ada), registered(ben), ...facts])
  const rows = () =>
    ['goal', 'goal_progress'].map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())
  return { db, fold, rows, reads: goalQueries(db) }
}

const view = suite('the view of goals')

view('keeps what is wanted under the key of its stream', () => {
  const { rows } = folded(set('a'))
  const details = JSON.stringify(squat140)
  assert.equal(rows(), [
    [{ key: 3, user: 1, id: 'a', status: 'pursued', set_at: setAt, details, version: 1 }],
    [],
  ])
})

view('follows each change, and the change that undoes it', async () => {
  const { fold, reads } = folded(set('a', { ...squat140, dueOn: '2025-12-31' }))
  const first = await reads.list(ada, undefined, 9)
  fold(of('a', { type: 'GoalChanged', data: { target: 150, dueOn: null } }))
  fold(of('a', { type: 'GoalAbandoned', data: { at } }))
  const [known] = await reads.list(ada, undefined, 9)
  assert.equal(known, {
    ...{ key: 3, goalId: 'a', status: 'abandoned', setAt, version: 3, progress: [] },
    details: { ...squat140, target: 150 },
  })
  fold(of('a', { type: 'GoalChanged', data: { target: 140, dueOn: '2025-12-31' } }))
  fold(of('a', { type: 'GoalResumed', data: { at } }))
  assert.equal(
    await reads.list(ada, undefined, 9),
    first.map((goal) => ({ ...goal, version: 5 })),
  )
})

view('keeps the progress of goals of one’s own, and forgets it with the goal', async () => {
  const { fold, rows, reads } = folded(set('a', books), set('b', books))
  const before = rows()
  fold(of('a', { type: 'GoalProgressed', data: { value: 3, notes: 'Slow', at } }))
  fold(of('a', { type: 'GoalProgressed', data: { value: 2.5, at } }))
  const [, known] = await reads.list(ada, undefined, 9)
  assert.equal(known?.progress, [
    { value: 3, notes: 'Slow', at },
    { value: 2.5, at },
  ])
  assert.is(known?.version, 3)
  fold(of('a', { type: 'GoalDeleted', data: {} }))
  assert.equal(rows(), [before[0]?.slice(1), []])
})

view('lists the goals of one person, newest first, in pages and by status', async () => {
  const { fold, reads } = folded(set('a'), set('b', squat140, ben), set('c'), set('d'))
  fold(of('c', { type: 'GoalAbandoned', data: { at } }))
  const ids = async (...asked: Parameters<typeof reads.list>) =>
    (await reads.list(...asked)).map(({ goalId }) => goalId)
  assert.equal(await ids(ada, undefined, 9), ['d', 'c', 'a'])
  assert.equal(await ids(ada, undefined, 2), ['d', 'c'])
  const [, second] = await reads.list(ada, undefined, 2)
  assert.equal(await ids(ada, undefined, 2, second?.key), ['a'])
  assert.equal([await ids(ada, 'abandoned', 9), await ids(ada, 'pursued', 9)], [['c'], ['d', 'a']])
  assert.equal(await ids(ben, undefined, 9), ['b'])
})

view('tells the best set of each day, dated when the day first reached the target', async () => {
  const { reads, fold } = folded(published(benchPress))
  const exercise = { exerciseId: 'bench-press', exerciseName: 'Bench Press', metric: 'weight-reps' } as const
  const day = (localDate: string, ...sets: [hour: string, weight: number, more?: object][]) => {
    const startedAt = `${localDate}T09:00:00.000Z`
    const entry = sets.map(([hour, weight, more], index) => ({
      ...({ setId: `${localDate} ${index}`, kind: 'working', reps: 5, weight, weightUnit: 'kg' } as const),
      ...{ weightMicrograms: weight * 1e9, performedAt: `${localDate}T${hour}:00:00.000Z`, ...more },
    }))
    const details = { sessionId: localDate, startedAt, finishedAt: startedAt, timeZone: 'UTC', localDate }
    const data = { ...details, entries: [{ ...exercise, sets: entry }] }
    fold({ stream: `session-${ada}-${localDate}`, subject: ada, event: { type: 'SessionLogged', data } })
  }
  day('2025-02-08', ['10', 100], ['11', 140], ['12', 150])
  day('2025-02-01', ['10', 90], ['11', 100], ['12', 200, { reps: 0 }], ['12', 200, { kind: 'warmup' }])
  const lift = { ...squat140, exerciseId: 'bench-press' }
  const on = (date: string, hour: string, value: number) => ({
    date,
    value,
    at: `${date}T${hour}:00:00.000Z`,
  })
  assert.equal(await reads.values(ada, 'a', { ...lift, direction: 'up' } as GoalDetails), [
    on('2025-02-01', '10', 100e9),
    on('2025-02-08', '11', 150e9),
  ])
  assert.equal(await reads.values(ada, 'a', { ...lift, target: 95, direction: 'down' } as GoalDetails), [
    on('2025-02-01', '10', 90e9),
    on('2025-02-08', '10', 100e9),
  ])
  assert.equal(await reads.values(ben, 'a', lift as GoalDetails), [])
})

view('tells measurements that stood before the goal from those that came after', async () => {
  const { reads } = folded(
    weighed('x', '2025-02-01T08:00:00.000Z', 85),
    set('a', { kind: 'body-weight', title: 'Less', target: 80, unit: 'kg' }),
    weighed('y', '2025-01-01T08:00:00.000Z', 86),
  )
  const details = { kind: 'body-weight', title: 'Less', target: 80, unit: 'kg' } as const
  const early = { date: '2025-01-01', at: '2025-01-01T08:00:00.000Z', value: 86e9 }
  const late = { date: '2025-02-01', at: '2025-02-01T08:00:00.000Z', value: 85e9 }
  assert.equal(await reads.values(ada, 'a', details), [
    { ...early, stood: false },
    { ...late, stood: true },
  ])
  assert.equal(await reads.values(ada, 'not set yet', details), [
    { ...early, stood: true },
    { ...late, stood: true },
  ])
})

view('knows the last position of a person, and 0 for nobody', async () => {
  const { fold, reads } = folded(set('a'))
  assert.equal([await reads.lastPosition(ada), await reads.lastPosition('nobody')], [3, 0])
  fold(set('b', squat140, ben))
  assert.is(await reads.lastPosition(ada), 3)
})

view('reads nothing but by index', () => {
  const { db } = folded()
  const scans = [...plansOf(db, goalQueries).values()]
    .flat()
    .filter((step) => /^SCAN (?!done|\(sub)/.test(step))
  assert.equal(scans, [])
})

view.run()
