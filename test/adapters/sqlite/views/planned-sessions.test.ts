import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exercisesView } from '../../../../src/adapters/sqlite/views/exercises.ts'
import {
  plannedSessionsView,
  planStatisticQueries,
} from '../../../../src/adapters/sqlite/views/planned-sessions.ts'
import { plansView } from '../../../../src/adapters/sqlite/views/plans.ts'
import { sessionsView } from '../../../../src/adapters/sqlite/views/sessions.ts'
import { usersView } from '../../../../src/adapters/sqlite/views/users.ts'
import type { PlannedExercise, SessionEvent } from '../../../../src/domain/session/events.ts'
import { ada, published, registered } from '../../../support/exercises.ts'
import { type Fact, foldViews } from '../../../support/fold-views.ts'
import { day, eight, five, guided, planned, press, pullUp, stepLogged } from '../../../support/guided.ts'
import { created, planId } from '../../../support/plans.ts'
import { plansOf } from '../../../support/query-plans.ts'
import { discarded, restored, squat } from '../../../support/sessions.ts'

const test = suite('planned sessions view')

const views = [usersView, exercisesView, plansView, sessionsView, plannedSessionsView]
const exercises: Fact[] = [squat, pullUp, press].map(({ exerciseId, exerciseName, metric }) =>
  published({
    ...{ exerciseId, metric, category: 'strength', bodyArea: 'legs', unilateral: false },
    ...{ primaryMuscles: [], secondaryMuscles: [], equipment: [] },
    texts: { en: { name: exerciseName, description: '', instructions: [] } },
  }),
)
const plan: Fact = { stream: `plan-${ada}-${planId}`, subject: ada, event: created() }

/** A session that is guided by the day, or by a day of steps 1 to 3 warm-up and squats, 4 and 5 pull-ups. */
function followed(exercisesOfDay: PlannedExercise[] = day) {
  const { db, fold } = foldViews(views, [registered(ada), ...exercises, plan])
  const reads = planStatisticQueries(db)
  async function then(...events: SessionEvent[]) {
    for (const event of events) fold({ stream: `session-${ada}-s`, subject: ada, event })
    const { planned: meant, done, skipped, swapped, adjusted } = await reads.sets(ada, {})
    return [meant, done, skipped, swapped, adjusted]
  }
  const start = guided(exercisesOfDay) as SessionEvent & { type: 'SessionStarted' }
  const begun = { ...start, data: { ...start.data, planId } }
  return { db, then, begin: () => then(begun) }
}

const skip = (exerciseId: string, workingSets: number, ...stepIds: string[]): SessionEvent => ({
  type: 'StepsSkipped',
  data: { stepIds, exerciseId, workingSets },
})
const swap = (from: string, to: typeof squat, workingSets: number, ...ids: string[]): SessionEvent => ({
  type: 'StepsSwapped',
  data: {
    ...{ ...to, swappedExerciseId: from, workingSets },
    steps: ids.map((id) => {
      const [number, swaps = '0'] = id.split('.')
      return { swapped: id, stepId: `${number}.${Number(swaps) + 1}`, target: eight }
    }),
  },
})
const adjust = (stepId: string): SessionEvent => ({
  type: 'StepAdjusted',
  data: { stepId, exerciseId: squat.exerciseId, note: 'Knee.' },
})
const rowsOf = (db: ReturnType<typeof followed>['db']) =>
  db
    .prepare(
      'SELECT e.id, p.sets FROM planned_exercise p JOIN exercise e ON e.key = p.exercise ORDER BY e.key',
    )
    .all()
    .map((row) => Object.values(row as object))

test('what was planned is what the guide began with, whatever the plan says now', async () => {
  const { begin, then } = followed()
  assert.equal(await begin(), [4, 0, 0, 0, 0])
  assert.equal(await then(stepLogged('1', { kind: 'warmup' }), stepLogged('2')), [4, 1, 0, 0, 0])
  const where = { exerciseId: squat.exerciseId, entry: 0 }
  assert.equal(await then({ type: 'SetDeleted', data: { setId: 'set-2', ...where } }), [4, 0, 0, 0, 0])
})

test('skipped sets are counted, warm-ups are not', async () => {
  const { begin, then } = followed()
  await begin()
  assert.equal(await then(skip(squat.exerciseId, 0, '1')), [4, 0, 0, 0, 0])
  assert.equal(await then(skip(squat.exerciseId, 2, '2', '3')), [4, 0, 2, 0, 0])
  assert.equal(await then(skip(pullUp.exerciseId, 1, '4'), discarded), [0, 0, 0, 0, 0])
  assert.equal(await then(restored), [4, 0, 3, 0, 0])
})

test('sets that were swapped are planned of the other exercise, and counted once', async () => {
  const { begin, then, db } = followed()
  await begin()
  await then(stepLogged('1', { kind: 'warmup' }), stepLogged('2'))
  assert.equal(await then(swap(squat.exerciseId, press, 1, '3')), [4, 1, 0, 1, 0])
  assert.equal(rowsOf(db), [
    [squat.exerciseId, 1],
    [pullUp.exerciseId, 2],
    [press.exerciseId, 1],
  ])
  assert.equal(await then(stepLogged('3.1', { entry: 1 }, press)), [4, 2, 0, 1, 0])
  await then(swap(pullUp.exerciseId, press, 2, '4', '5'))
  assert.equal(await then(swap(press.exerciseId, squat, 2, '4.1', '5.1')), [4, 2, 0, 3, 0])
  assert.equal(rowsOf(db), [
    [squat.exerciseId, 3],
    [pullUp.exerciseId, 0],
    [press.exerciseId, 1],
  ])
  assert.equal(await then(skip(squat.exerciseId, 2, '4.2', '5.2')), [4, 2, 2, 3, 0])
})

test('a swap of a warm-up moves nothing', async () => {
  const { begin, then } = followed([planned(squat, [{ kind: 'warmup', reps: 5 }])])
  assert.equal(await begin(), [0, 0, 0, 0, 0])
  assert.equal(
    await then(swap(squat.exerciseId, press, 0, '1'), stepLogged('1.1', {}, press)),
    [0, 0, 0, 0, 0],
  )
})

test('adjusted sets are counted once, however often that was', async () => {
  const { begin, then } = followed()
  await begin()
  await then(adjust('1'), adjust('2'), adjust('2'), swap(squat.exerciseId, press, 2, '2', '3'))
  assert.equal(await then(adjust('2.1'), adjust('3.1')), [4, 0, 0, 2, 2])
})

test('another day takes the place of all, and counts its own steps', async () => {
  const { begin, then } = followed()
  await begin()
  await then(skip(squat.exerciseId, 2, '2', '3'), adjust('4'))
  const other = [planned(press, [five, five, five])]
  const data = { planDay: 1, planned: other }
  assert.equal(await then({ type: 'SessionChanged', data }), [3, 0, 0, 0, 0])
  assert.equal(await then(skip(press.exerciseId, 1, '7')), [3, 0, 1, 0, 0])
  const none = { planDay: null, planned: null }
  assert.equal(await then({ type: 'SessionChanged', data: none }), [0, 0, 0, 0, 0])
  const again = { planDay: 0, planned: other }
  assert.equal(await then({ type: 'SessionChanged', data: again }), [3, 0, 0, 0, 0])
  assert.equal(await then(skip(press.exerciseId, 1, '9')), [3, 0, 1, 0, 0])
})

test('no statement goes through all rows of a table', () => {
  const { db } = followed()
  for (const prepare of [plannedSessionsView.on, planStatisticQueries]) {
    for (const [sql, steps] of plansOf(db, prepare)) {
      // Of what was gathered before, never of a table.
      const scans = steps.filter((step) => step.startsWith('SCAN') && step !== 'SCAN d')
      assert.equal(scans, [], sql)
    }
  }
})

test.run()
