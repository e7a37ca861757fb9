import type { Database } from 'better-sqlite3'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../../src/adapters/sqlite/all-views.ts'
import { beginAtOnce, finishAtOnce, isAtOnce } from '../../../src/adapters/sqlite/at-once.ts'
import { compareViews } from '../../../src/adapters/sqlite/compare-views.ts'
import type { ViewEvent } from '../../../src/adapters/sqlite/views.ts'
import { createFolding, openScratchViews } from '../../../src/adapters/sqlite/views-file.ts'
import { type Fact, foldViews } from '../../support/fold-views.ts'
import { example, idOf, lifeOf } from '../../support/life.ts'
import { randomTraining, steps } from '../../support/random-training.ts'

const test = suite('folding at once')
const erased = (userId: string): Fact => ({ stream: `user-${userId}`, event: example('UserErased') })

function foldAll(db: Database, events: readonly ViewEvent[]) {
  const { fold } = createFolding(db, views)
  for (const event of events) fold(event)
}

function foldedOneByOne(events: readonly ViewEvent[]) {
  const db = openScratchViews(views, ':memory:')
  foldAll(db, events)
  return db
}

/** So many at once and the others one by one, as those that come while the views are built. */
function foldedAtOnce(events: readonly ViewEvent[], atOnce = events.length) {
  const db = openScratchViews(views, ':memory:')
  beginAtOnce(db, views)
  foldAll(db, events.slice(0, atOnce))
  finishAtOnce(db, views)
  foldAll(db, events.slice(atOnce))
  return db
}

function differences(one: Database, other: Database) {
  const found: object[] = []
  compareViews(one, other, (difference) => found.push(difference))
  for (const db of [one, other]) db.close()
  return found
}

test('gives every row and every trigger that folding one by one gives', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (all, cut) => {
      const { told, take } = randomTraining()
      for (const step of all) await take(step)
      const { seen } = told
      assert.equal(differences(foldedOneByOne(seen), foldedAtOnce(seen)), [])
      assert.equal(differences(foldedOneByOne(seen), foldedAtOnce(seen, cut % (seen.length + 1))), [])
    }),
    { numRuns: 10 },
  )
})

test('leaves nothing of whoever was erased', () => {
  const [leaving, staying] = [idOf(0), idOf(1)]
  const catalogue: Fact = { stream: 'exercise-squat', event: example('CatalogueExercisePublished') }
  const lives = [catalogue, ...lifeOf(leaving), ...lifeOf(staying), erased(leaving)]
  const { seen } = foldViews(views, lives)
  assert.equal(differences(foldedOneByOne(seen), foldedAtOnce(seen)), [])
})

test('is finished once, whoever asks', () => {
  const db = foldedAtOnce([])
  assert.not.ok(isAtOnce(db))
  finishAtOnce(db, views)
  assert.equal(differences(foldedOneByOne([]), db), [])
})

test.run()
