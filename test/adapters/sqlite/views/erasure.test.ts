import type { Database } from 'better-sqlite3'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../../../src/adapters/sqlite/all-views.ts'
import { compareViews } from '../../../../src/adapters/sqlite/compare-views.ts'
import { type Fact, foldViews } from '../../../support/fold-views.ts'
import { example, idOf, lifeOf } from '../../../support/life.ts'
import { randomTraining, steps } from '../../../support/random-training.ts'
import { ann } from '../../../support/training.ts'

const test = suite('erasing in the views')

const catalogue: Fact = { stream: 'exercise-squat', event: example('CatalogueExercisePublished') }
const erased = (userId: string): Fact => ({ stream: `user-${userId}`, event: example('UserErased') })

const tables = (db: Database) =>
  db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'view_state' ORDER BY name",
    )
    .pluck()
    .all()

const rowsOf = (db: Database) =>
  Object.fromEntries(tables(db).map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all().length]))

const differences = (one: Database, other: Database) => {
  const found: object[] = []
  compareViews(one, other, (difference) => found.push(difference))
  return found
}

test('whoever has something in every table has nothing in any of them afterwards', () => {
  const { db, fold } = foldViews(views, [catalogue])
  const before = rowsOf(db)
  for (const fact of lifeOf(idOf(0))) fold(fact)
  const during = rowsOf(db)
  // What an event changes is kept in `set_before` only while it is folded.
  const untouched = Object.keys(during).filter((table) => during[table] === before[table])
  assert.equal(untouched, ['set_before'])
  fold(erased(idOf(0)))
  assert.equal(rowsOf(db), before)
})

test('another person keeps every row, and may take the e-mail, the phone and the ids', () => {
  const [leaving, staying] = [idOf(0), idOf(1)]
  const { db, fold, pass } = foldViews(views, [catalogue])
  for (const fact of lifeOf(leaving)) pass(fact)
  for (const fact of lifeOf(staying)) fold(fact)
  const both = foldViews(views, [catalogue, ...lifeOf(leaving), ...lifeOf(staying)])
  fold(erased(leaving))
  both.fold(erased(leaving))
  assert.equal(differences(db, both.db), [])
  const again: Fact = {
    ...{ stream: 'user-again', subject: 'again' },
    event: example('UserRegistered', { userId: 'again', email: `${leaving}@example.org`, phone: leaving }),
  }
  both.fold(again)
  assert.is(rowsOf(both.db).user, 2)
})

test('views after erasures are those of a log in which these people cannot be read', async () => {
  const lives = fc.array(fc.tuple(steps, fc.boolean(), fc.nat({ max: 30 })), { minLength: 2, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(lives, fc.infiniteStream(fc.nat()), async (people, picks) => {
      const queues = await Promise.all(people.map(([all], index) => factsOf(all, idOf(index))))
      const gone = new Set(people.flatMap(([, leaves], index) => (leaves ? [idOf(index)] : [])))
      const story: Fact[] = []
      while (queues.some(({ length }) => length > 0)) {
        const open = queues.filter(({ length }) => length > 0)
        story.push((open[(picks.next().value as number) % open.length] as Fact[]).shift() as Fact)
      }
      for (const [index, [, leaves, patience]] of people.entries()) {
        if (leaves) leave(story, idOf(index), patience)
      }
      const lived = foldViews(views, [...shared, ...story])
      const rebuilt = foldViews(views, shared)
      for (const fact of story) {
        if (gone.has(fact.subject ?? '')) rebuilt.pass(fact)
        else rebuilt.fold(fact)
      }
      assert.equal(differences(rebuilt.db, lived.db), [])
    }),
    { numRuns: 12 },
  )
})

/** After so many facts of a person the last one, and nothing more. */
function leave(story: Fact[], userId: string, patience: number) {
  const own = story.flatMap(({ subject }, at) => (subject === userId ? [at] : []))
  const at = own[Math.min(own.length - 1, patience + 1)] as number
  const later = story.splice(at + 1).filter(({ subject }) => subject !== userId)
  story.push(erased(userId), ...later)
}

const shared = randomTraining().told.folded.filter(({ subject }) => subject === undefined)

/** What a random training left of one person, with a plan, a goal and an exercise besides. */
async function factsOf(all: Parameters<ReturnType<typeof randomTraining>['take']>[0][], userId: string) {
  const { told, take } = randomTraining()
  for (const step of all) await take(step)
  const trained = told.folded.filter(({ subject }) => subject === ann)
  const renamed: Fact[] = JSON.parse(JSON.stringify(trained).replaceAll(ann, userId))
  return [...renamed, ...lifeOf(userId).slice(1)]
}

test.run()
