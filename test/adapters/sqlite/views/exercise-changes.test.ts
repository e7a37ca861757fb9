import type { Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exerciseQueries, exercisesView } from '../../../../src/adapters/sqlite/views/exercises.ts'
import type { ExerciseFilter } from '../../../../src/application/exercises.ts'
import {
  ada,
  archived,
  ben,
  changed,
  created,
  foldedExercises,
  history,
  logPress,
  own,
} from '../../../support/exercises.ts'
import type { Fact } from '../../../support/fold-views.ts'

const test = suite('changes of one’s own exercises')

const tables = ['exercise', 'exercise_muscle', 'exercise_equipment', 'exercise_word']
const rowsOf = (db: Database) => tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all())

test('leave the same rows as if it had been created so', async () => {
  const { name, level, secondaryMuscles, equipment } = {
    ...{ name: 'Axle Press', level: 'advanced' },
    ...{ secondaryMuscles: ['traps'], equipment: ['barbell'] },
  } as const satisfies Partial<typeof logPress>
  const change = { name, level, secondaryMuscles: [...secondaryMuscles], equipment: [...equipment] }
  const { db, queries, ids } = foldedExercises([...history, created(ada, logPress), changed(ada, change)])
  const expected = { ...logPress, ...change, custom: true, archived: false, version: 2 }
  assert.equal(await queries.find(ada, own), expected)
  assert.equal(await ids({ q: 'log' }), [])
  assert.equal(await ids({ q: 'axle', muscle: 'traps', equipment: 'barbell', level: 'advanced' }), [own])
  const fresh = foldedExercises([...history, created(ada, { ...logPress, ...change })])
  db.exec('UPDATE exercise SET version = 1')
  assert.equal(rowsOf(db), rowsOf(fresh.db))
})

test('undone by the change back leave nothing behind', () => {
  const there = foldedExercises([...history, created(ada, logPress)])
  const { fold, db } = there
  const before = rowsOf(db)
  fold(changed(ada, { name: 'Axle Press', force: 'push', primaryMuscles: ['chest'] }))
  assert.not.equal(rowsOf(db), before)
  fold(changed(ada, { name: logPress.name, force: null, primaryMuscles: logPress.primaryMuscles }))
  db.prepare('UPDATE exercise SET version = 1').run()
  assert.equal(rowsOf(db), before)
})

test('that archive it take it from the list and free its name, and keep it by id', async () => {
  const { fold, queries, ids } = foldedExercises()
  fold(archived(ada))
  const expected = { ...logPress, custom: true, archived: true, version: 2 }
  assert.equal(await queries.find(ada, own), expected)
  assert.equal(await ids({}), ['bench-press', 'plank', 'running'])
  assert.equal(await ids({ q: 'log press' }), [])
  assert.equal(await ids({ archived: true }), [own])
  assert.equal(await ids({ archived: true, q: 'log', muscle: 'triceps' }), [own])
  assert.equal(await ids({ archived: true }, ben), [])
  fold(created(ada, { ...logPress, exerciseId: ben }))
  assert.equal(await ids({ q: 'log press' }), [ben])
})

test('to the name of another live one are a broken key of the view', () => {
  const other: Fact = created(ada, { ...logPress, exerciseId: ben, name: 'Axle Press' })
  const { db, fold } = foldedExercises([...history, created(ada, logPress), other])
  const before = rowsOf(db)
  assert.throws(
    () => fold(changed(ada, { name: 'AXLE press' })),
    (error: Error) =>
      exercisesView.unique[error.message.replace('UNIQUE constraint failed: ', '')] === 'name-taken',
  )
  assert.equal(rowsOf(db), before)
})

test.run()

const plans = suite('plans of the queries of exercises')

/** The steps of the statement that a filter asks for, as SQLite plans it. */
async function planOf(filter: ExerciseFilter, after: boolean) {
  const { db } = foldedExercises()
  let steps: string[] = []
  const watched = {
    prepare(sql: string) {
      const statement = db.prepare(sql)
      if (!sql.includes('LIMIT @limit')) return statement
      const all = (values: object) => {
        const plan = db.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(values)
        steps = plan.map(({ detail }) => detail)
        return statement.all(values)
      }
      return { all }
    },
  } as unknown as Database
  await exerciseQueries(watched).list(ada, filter, 'ru', 50, after ? { name: 'a', key: 1 } : undefined)
  return steps
}

plans('go by index whatever is asked', async () => {
  const filters: ExerciseFilter[] = [
    {},
    { custom: true, archived: true },
    { q: 'жим леж', muscle: 'triceps', equipment: 'barbell', category: 'strength', level: 'beginner' },
    { custom: false, bodyArea: 'chest', metric: 'weight-reps' },
  ]
  for (const filter of filters) {
    for (const after of [false, true]) {
      const steps = await planOf(filter, after)
      assert.ok(steps.length > 0)
      for (const step of steps) assert.not.match(step, /^SCAN/)
    }
  }
})

plans.run()
