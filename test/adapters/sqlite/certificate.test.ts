import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../../src/adapters/sqlite/all-views.ts'
import { rowsOfPerson } from '../../../src/adapters/sqlite/certificate.ts'
import { foldViews } from '../../support/fold-views.ts'
import { idOf, lifeOf } from '../../support/life.ts'

const test = suite('the certificate of an erasure')

test('looks into every table that holds anything of anybody', () => {
  const [ann, bob] = [idOf(0), idOf(1)]
  const { db } = foldViews(views, [...lifeOf(ann), ...lifeOf(bob)])
  const names = [...new Set(lifeOf(ann).map(({ stream }) => stream))]
  // Keys are given out in the order in which the streams first come.
  const streams = names.map((name, index) => ({ name, key: index + 1 }))
  const counts = rowsOfPerson(db, ann, streams)
  assert.equal(
    [...counts].filter(([, count]) => count === 0).map(([table]) => table),
    ['set_before'],
  )
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'view_state'")
    .pluck()
    .all()
  assert.equal([...counts.keys()].sort(), tables.sort())
  const another = rowsOfPerson(db, 'nobody', [])
  assert.ok([...another.values()].every((count) => count === 0))
})

test.run()
