import { rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import Type from 'typebox'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eventSchemas } from '../../../src/adapters/sqlite/event-schemas.ts'
import { readStream } from '../../../src/adapters/sqlite/offline.ts'
import { foldPast } from '../../../src/adapters/sqlite/past.ts'
import { rebuildViews } from '../../../src/adapters/sqlite/rebuild.ts'
import { Fields, Text } from '../../../src/adapters/sqlite/schemas/parts.ts'
import type { View, ViewEvent } from '../../../src/adapters/sqlite/views.ts'
import { newestViews } from '../../../src/adapters/sqlite/views-file.ts'
import { eventVersions, upcasts } from '../../../src/domain/events.ts'
import { thrown, within } from '../../support/rebuilding.ts'
import { masterKeyText, verified } from '../../support/tampering.ts'
import { appendOf, idOf, registrationOf, start, temporaryDirectory, writerOn } from '../../support/writer.ts'

const test = suite('upcasting')

const ada = idOf('ada')
const stream = `user-${ada}`

/** The tables that a real type would stand in, as the program of one version of this one has them. */
function programOf(version: 1 | 2 | 3, steps: object = toThird) {
  Object.assign(eventVersions, { WaterDrunk: version })
  Object.assign(upcasts, { WaterDrunk: steps })
  Object.assign(eventSchemas, { WaterDrunk: Fields({ milliliters: Type.Integer(), kind: Text(20) }) })
}

const toThird = {
  1: ({ cups }: { cups: number }) => ({ milliliters: cups * 250 }),
  2: ({ milliliters }: { milliliters: number }) => ({ milliliters, kind: 'still' }),
}

type Drunk = ViewEvent & { data: { milliliters: number; kind: string } }

const water: View = {
  name: 'water',
  version: 1,
  tables: `CREATE TABLE water (
    position INTEGER PRIMARY KEY, user INTEGER NOT NULL, milliliters INTEGER NOT NULL, kind TEXT NOT NULL
  ) STRICT;`,
  unique: {},
  on: (db) => {
    const insert = db.prepare('INSERT INTO water VALUES (?, ?, ?, ?)')
    const drink = ({ position, subjectKey, data }: Drunk) =>
      void insert.run(position, subjectKey, data.milliliters, data.kind)
    return { WaterDrunk: drink } as never
  },
}

const views = [water]
const drunk = [
  { milliliters: 500, kind: 'still' },
  { milliliters: 330, kind: 'still' },
  { milliliters: 200, kind: 'sparkling' },
]

/** A log to which three programs wrote, one after the other, each in the version of its day. */
function threeVersions() {
  const dataDir = temporaryDirectory()
  const written = [{ cups: 2 }, { milliliters: 330 }, drunk[2]]
  for (const [index, data] of written.entries()) {
    programOf((index + 1) as 1 | 2 | 3)
    const writer = writerOn(dataDir, { views: [] })
    if (index === 0) writer.keep([{ kind: 'create subject', userId: ada, passwordHash: 'x' }], start)
    if (index === 0) writer.append([registrationOf(ada)], start)
    const event = { type: 'WaterDrunk', data } as never
    writer.append([appendOf([{ stream, subject: ada, events: [event] }])], start)
    writer.close(start)
  }
  return dataDir
}

function waterIn(db: Sqlite.Database) {
  return db.prepare('SELECT milliliters, kind FROM water ORDER BY position').all()
}

function waterServed(dataDir: string) {
  const db = new Sqlite(newestViews(dataDir)?.path, { readonly: true })
  const found = waterIn(db)
  db.close()
  return found
}

test('what was stored in older versions stays as it was stored, and is read as today’s', () => {
  const dataDir = threeVersions()
  const stored = within(dataDir, ({ logDb }) =>
    logDb.prepare("SELECT schema_version FROM events WHERE type = 'WaterDrunk'").pluck().all(),
  )
  assert.equal(stored, [1, 2, 3])
  const shown = readStream(dataDir, { masterKey: masterKeyText, masterKeyFile: undefined }, stream)
  assert.equal(
    shown.slice(1).map(({ data }) => data),
    drunk,
  )
})

test('a view folds them all in today’s version: at the start, in a replay, and as of any position', () => {
  const dataDir = threeVersions()
  writerOn(dataDir, { views }).close(start)
  assert.equal(waterServed(dataDir), drunk)
  within(dataDir, rebuildViews, { views })
  assert.equal(waterServed(dataDir), drunk)
  assert.equal(verified(dataDir, { views }).findings, [])
  const past = (position: number) =>
    within(dataDir, ({ logDb, keys }) => waterIn(foldPast({ log: logDb, keys, views }, ada, position)))
  assert.equal([1, 2, 3, 4].map(past), [[], drunk.slice(0, 1), drunk.slice(0, 2), drunk])
})

test('a version that nothing leads on from is found by verify, and no view is folded without it', () => {
  const dataDir = threeVersions()
  programOf(3, { 1: toThird[1] })
  const missing = `Event 2 of ${stream}: No upcast for WaterDrunk from version 2`
  assert.match(String(thrown(() => writerOn(dataDir, { views }))), missing)
  rmSync(newestViews(dataDir)?.path as string)
  const { findings } = verified(dataDir, { views })
  assert.equal(
    findings.map(({ kind, position }) => [kind, position]),
    [
      ['unknown-type', 2],
      ['unknown-type', 3],
    ],
  )
})

test.run()
