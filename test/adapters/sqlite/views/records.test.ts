import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { recordQueries, recordsView } from '../../../../src/adapters/sqlite/views/records.ts'
import { bestsOf } from '../../../../src/domain/statistics/records.ts'
import { plainRecords } from '../../../support/plain-statistics.ts'
import { plansOf } from '../../../support/query-plans.ts'
import { randomTraining, steps } from '../../../support/random-training.ts'
import { ann, answerOf, training } from '../../../support/training.ts'

const records = suite('records')

type Training = ReturnType<typeof training>
const day = (date: number) => `2025-06-0${date}T10:00:00.000Z`

/** The heaviest squat: its value, when it was done, and what it beat. */
async function heaviest({ need }: Training) {
  const found = await need.records.bestsOf(ann, 'squat')
  const best = found.find(({ kind }) => kind === 'max-weight')
  return best && [best.value / 1e9, best.localDate, best.previous === null ? null : best.previous / 1e9]
}

function squat(told: Training, date: number, weight: number) {
  return told.session({ startedAt: day(date), sets: [{ exercise: 'squat', weight, reps: 5 }] })
}

records('are beaten by what comes later and is better', async () => {
  const told = training()
  squat(told, 1, 100)
  assert.equal(await heaviest(told), [100, '2025-06-01', null])
  squat(told, 2, 90)
  assert.equal(await heaviest(told), [100, '2025-06-01', null])
  squat(told, 3, 110)
  assert.equal(await heaviest(told), [110, '2025-06-03', 100])
})

records('learn of the past when it is entered late', async () => {
  const told = training()
  squat(told, 5, 100)
  squat(told, 3, 80)
  assert.equal(await heaviest(told), [100, '2025-06-05', 80])
  squat(told, 2, 100)
  assert.equal(await heaviest(told), [100, '2025-06-02', null])
  squat(told, 1, 120)
  assert.equal(await heaviest(told), [120, '2025-06-01', null])
})

records('are not looked for among all sets when a past is entered backwards', async () => {
  const told = training()
  told.db.exec(`CREATE TEMP TRIGGER looked_anew BEFORE DELETE ON main.record
    BEGIN SELECT raise(ABORT, 'All sets were looked at.'); END`)
  for (const date of [6, 5, 4, 3]) squat(told, date, 100)
  assert.equal(await heaviest(told), [100, '2025-06-03', null])
  squat(told, 1, 90)
  squat(told, 2, 120)
  assert.equal(await heaviest(told), [120, '2025-06-02', 90])
})

records('go back when the set that made them is deleted', async () => {
  const told = training()
  squat(told, 1, 100)
  const id = squat(told, 2, 110)
  told.delete(id, told.setIn(id, 0), 'squat')
  assert.equal(await heaviest(told), [100, '2025-06-01', null])
})

records('forget what they had beaten when that is deleted', async () => {
  const told = training()
  const first = squat(told, 1, 100)
  squat(told, 2, 90)
  squat(told, 3, 110)
  told.delete(first, told.setIn(first, 0), 'squat')
  assert.equal(await heaviest(told), [110, '2025-06-03', 90])
})

records('follow corrections down and up', async () => {
  const told = training()
  squat(told, 1, 100)
  const id = squat(told, 2, 110)
  const set = told.setIn(id, 0)
  told.correct(id, set, { exercise: 'squat', weight: 95, reps: 5 })
  assert.equal(await heaviest(told), [100, '2025-06-01', null])
  told.correct(id, set, { exercise: 'squat', weight: 105, reps: 5 })
  assert.equal(await heaviest(told), [105, '2025-06-02', 100])
  told.correct(id, set, { exercise: 'squat', weight: 105, reps: 5, kind: 'warmup' })
  assert.equal(await heaviest(told), [100, '2025-06-01', null])
  told.correct(id, set, { exercise: 'squat', weight: 105, reps: 5, kind: 'failure' })
  assert.equal(await heaviest(told), [105, '2025-06-02', 100])
})

records('go with a discarded session and come back with it', async () => {
  const told = training()
  const id = squat(told, 1, 100)
  told.discard(id)
  assert.is(await heaviest(told), undefined)
  assert.is(told.db.prepare('SELECT count(*) FROM record').pluck().get(), 0)
  told.restore(id)
  assert.equal(await heaviest(told), [100, '2025-06-01', null])
})

records('follow a session that moves in time', async () => {
  const told = training()
  squat(told, 2, 100)
  const id = squat(told, 3, 100)
  assert.equal(await heaviest(told), [100, '2025-06-02', null])
  told.change(id, { startedAt: day(1), localDate: '2025-06-01' })
  assert.equal(await heaviest(told), [100, '2025-06-01', null])
})

records('follow the body weight where it is part of the load', async () => {
  const told = training()
  const id = told.session({ sets: [{ exercise: 'pull-up', reps: 10 }] })
  const kinds = async () => (await told.need.records.bestsOf(ann, 'pull-up')).map(({ kind }) => kind)
  assert.equal(await kinds(), ['max-reps'])
  told.change(id, { bodyWeight: 80, bodyWeightUnit: 'kg', bodyWeightMicrograms: 80_000_000_000 })
  const estimates = ['estimated-1rm', 'estimated-1rm', 'estimated-1rm'] as const
  assert.equal(await kinds(), ['best-session-volume', 'best-set-volume', ...estimates, 'max-reps'])
  told.change(id, { bodyWeight: null, bodyWeightUnit: null, bodyWeightMicrograms: null })
  assert.equal(await kinds(), ['max-reps'])
})

records('grow with the volume of a live session, set by set', async () => {
  const told = training()
  const id = told.session({ live: true, startedAt: day(2) })
  const volume = async () => {
    const found = await told.need.records.bestsOf(ann, 'squat')
    const best = found.find(({ kind }) => kind === 'best-session-volume')
    return best && [best.value / 1e9, best.setKey, best.previous]
  }
  const keys = told.db.prepare('SELECT max(key) FROM session_set').pluck()
  for (const total of [500, 1000, 1500]) {
    told.logSets(id, { exercise: 'squat', weight: 100, reps: 5 })
    assert.equal(await volume(), [total, keys.get(), null])
  }
  told.delete(id, told.setIn(id, 2), 'squat')
  assert.equal(await volume(), [1000, keys.get(), null])
})

records('are untouched by a change that they do not look at', async () => {
  const told = training()
  const id = squat(told, 1, 100)
  told.correct(id, told.setIn(id, 0), { exercise: 'squat', weight: 100, reps: 5, rpe: 9, notes: 'Deep' })
  told.change(id, { title: 'Legs' })
  assert.equal(await heaviest(told), [100, '2025-06-01', null])
  assert.is(told.db.prepare('SELECT count(*) FROM set_before').pluck().get(), 0)
})

records('of no session are asked for in vain', async () => {
  const { need } = training()
  await need.records.standingOf(ann, 'nowhere', 'squat').then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, 'no such session'),
  )
})

records('of a random history are those of its final sets, at each step of it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { told, sessions, take } = randomTraining()
      for (const step of all) {
        const logged = await take(step)
        const plain = plainRecords(sessions)
        const found = await answerOf(told.statistics.records(ann, { range: {}, formula: 'epley' }, 200))
        assert.equal(rounded(found.items), rounded(plain))
        if (logged === undefined) continue
        const due = plain.filter(({ setId }) => logged.ids.includes(setId))
        assert.equal(rounded(logged.made), rounded(due))
      }
    }),
    { numRuns: 40 },
  )
})

records('within a range are those of the sets in it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { told, sessions, take } = randomTraining()
      for (const step of all) await take(step)
      const [from, to] = ['2025-06-02', '2025-06-04']
      const asked = { range: { from, to }, formula: 'epley' } as const
      const found = await answerOf(told.statistics.records(ann, asked, 200))
      assert.equal(rounded(found.items), rounded(plainRecords(sessions, from, to)))
    }),
    { numRuns: 15 },
  )
})

records('stand as they would if all sets were looked at', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { told, take } = randomTraining()
      for (const step of all) await take(step)
      const sets = await told.need.records.countedSets(ann, undefined, {})
      for (const [exerciseId, done] of Map.groupBy(sets, (set) => set.exerciseId)) {
        const kept = await told.need.records.bestsOf(ann, exerciseId)
        const fresh = bestsOf(done)
        assert.equal(new Set(kept.map(inOrder)), new Set(fresh.map(inOrder)))
      }
    }),
    { numRuns: 15 },
  )
})

records('are kept and read by index', () => {
  const { db } = training()
  const plans = [...plansOf(db, recordsView.on), ...plansOf(db, recordQueries)]
  const scans = plans
    .filter(([sql, steps]) => !sql.includes('FROM set_before') && steps.some(isScan))
    .map(([, steps]) => steps.filter(isScan))
  // Both pages of records go through what their own subquery found.
  assert.equal(scans, [['SCAN r'], ['SCAN r']])
  const before = plans
    .filter(([sql]) => sql.includes('FROM set_before'))
    .map(([, steps]) => steps.filter(isScan))
  assert.equal(before, [['SCAN s'], ['SCAN set_before'], ['SCAN b'], [], ['SCAN set_before']])
})

function isScan(step: string) {
  return step.startsWith('SCAN')
}

/** Equal but for the last digits of an estimate, which is divided in another order. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, held) => {
    return typeof held === 'number' ? Number(held.toPrecision(12)) : held
  })
}

function inOrder(value: object) {
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

records.run()
