import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ViewsAhead, ViewsForeign } from '../../../src/adapters/sqlite/catch-up.ts'
import type { RebuildOptions } from '../../../src/adapters/sqlite/rebuild.ts'
import { type StartOptions, startViews } from '../../../src/adapters/sqlite/start-views.ts'
import { reachedBy } from '../../../src/adapters/sqlite/views-file.ts'
import { differences, filesOf, thrown, within } from '../../support/rebuilding.ts'
import { copyOf, profiles, published, storyOf300, views } from '../../support/story.ts'
import { tamper, tamperViews, verified } from '../../support/tampering.ts'

const test = suite('start of the views')
const untouched = storyOf300()

/** Starts and closes again; gives what was said of it, and the files that are left. */
function started(dataDir: string, more: Partial<StartOptions> = {}) {
  const troubles: string[] = []
  const onTrouble = (error: unknown) => troubles.push(String(error))
  const start = (options: RebuildOptions) => startViews({ ...options, ...more, onTrouble })
  return within(dataDir, (options) => {
    const { db, outdated } = start(options)
    const { position } = reachedBy(db)
    db.close()
    return { outdated, position, files: filesOf(dataDir), troubles }
  })
}

const level = { outdated: false, position: 300, troubles: [] }

test('takes views of the same versions as they are', () => {
  assert.equal(started(copyOf(untouched)), { ...level, files: ['views.1.db'] })
})

test('serves on views of other versions with the same tables, level with the log', () => {
  const dataDir = copyOf(untouched)
  tamperViews(dataDir, (db) =>
    db.exec("UPDATE view_state SET position = 0, hash = zeroblob(32), versions = '{}'; DELETE FROM profile"),
  )
  tamperViews(dataDir, (db) => db.exec('DELETE FROM exercise'))
  assert.equal(started(dataDir), { ...level, outdated: true, files: ['views.1.db'] })
  assert.equal(
    differences(join(untouched, 'views.1.db'), join(dataDir, 'views.1.db')).map(({ table }) => table),
    ['view_state'],
  )
})

test('builds first where there are no views, or their tables are others', () => {
  const dataDir = copyOf(untouched)
  const wider = { ...profiles, version: 2, tables: `${profiles.tables} CREATE TABLE more (key INTEGER);` }
  const next = { views: [wider, published] }
  assert.equal(started(dataDir, next), { ...level, files: ['views.2.db'] })
  renameSync(join(dataDir, 'views.2.db'), join(dataDir, 'kept.db'))
  assert.equal(started(dataDir, next), { ...level, files: ['views.1.db'] })
  assert.equal(differences(join(dataDir, 'kept.db'), join(dataDir, 'views.1.db')), [])
})

const damages: [what: string, trouble: RegExp, damage: (dataDir: string) => void][] = [
  ['are no database', /not a database/, (dir) => writeFileSync(join(dir, 'views.1.db'), 'x'.repeat(9000))],
  ['lack their state', /no such table/, (dir) => tamperViews(dir, (db) => db.exec('DROP TABLE view_state'))],
  [
    'lost the row of it',
    /does not say which position/,
    (dir) => tamperViews(dir, (db) => db.exec('DELETE FROM view_state')),
  ],
]
for (const [what, trouble, damage] of damages) {
  test(`tells of views that ${what}, and builds new ones first`, () => {
    const dataDir = copyOf(untouched)
    damage(dataDir)
    const { troubles, ...rest } = started(dataDir)
    assert.match(String(troubles), trouble)
    assert.equal({ ...rest, troubles: [] }, { ...level, files: ['views.2.db'] })
    assert.equal(verified(dataDir).findings, [])
  })
}

test('builds first where a table is missing, whatever the versions say', () => {
  const dataDir = copyOf(untouched)
  tamperViews(dataDir, (db) => db.exec('DROP TABLE exercise'))
  assert.equal(started(dataDir), { ...level, files: ['views.2.db'] })
})

test('refuses views that say the log is not theirs', () => {
  for (const bumped of [views, [{ ...profiles, version: 2 }, published]]) {
    const ahead = copyOf(untouched)
    tamper(ahead, (log) => log.exec('DELETE FROM events WHERE position > 250'))
    const error = thrown(() => started(ahead, { views: bumped })) as Error
    assert.instance(error, ViewsAhead)
    assert.match(error.message, /position 300, but the log ends at 250.*`replay` rebuilds/)
    const foreign = copyOf(untouched)
    tamperViews(foreign, (db) => db.exec('UPDATE view_state SET position = 299'))
    assert.instance(
      thrown(() => started(foreign, { views: bumped })),
      ViewsForeign,
    )
  }
})

test.run()
