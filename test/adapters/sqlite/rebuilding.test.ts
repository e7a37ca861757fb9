import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../../src/adapters/sqlite/all-views.ts'
import type { BuilderSettings } from '../../../src/adapters/sqlite/builder.ts'
import { openEventLog } from '../../../src/adapters/sqlite/log.ts'
import { createRebuilding } from '../../../src/adapters/sqlite/rebuilding.ts'
import type { OnProgress } from '../../../src/application/audit.ts'
import { appendTo, failureOf } from '../../support/opened-log.ts'
import { filesOf } from '../../support/rebuilding.ts'
import { tamperViews, verified } from '../../support/tampering.ts'
import {
  appendOf,
  masterKey,
  metadata,
  registrationOf,
  renamed,
  start,
  temporaryDirectory,
  writerOn,
} from '../../support/writer.ts'

const test = suite('rebuilding')

/** Ada, who changed her name so many times. */
function told(count = 100, spoil = (_dataDir: string) => {}) {
  const dataDir = temporaryDirectory()
  const writer = writerOn(dataDir, { views })
  writer.keep([{ kind: 'create subject', userId: 'ada', passwordHash: 'x' }], start)
  const events = Array.from({ length: count }, (_, index) => renamed(`Name ${index}`))
  writer.append([registrationOf('ada'), appendOf([{ stream: 'user-ada', subject: 'ada', events }])], start)
  writer.close(start)
  spoil(dataDir)
  return dataDir
}

async function opened(dataDir: string) {
  const troubles: string[] = []
  const switched = Promise.withResolvers<void>()
  const log = await openEventLog({
    ...{ dataDir, masterKey, clock: { now: () => start }, onFatal: assert.unreachable },
    onTrouble: (error) => troubles.push(error.message),
  })
  log.onViewsSwitched(switched.resolve)
  return { ...log, dataDir, troubles, switched: switched.promise }
}

const outdate = (dataDir: string) =>
  tamperViews(dataDir, (db) =>
    db.exec("UPDATE view_state SET versions = '{}'; UPDATE user SET units = 'imperial'"),
  )

const unitsIn = (dataDir: string, name: string) => {
  const db = new Sqlite(join(dataDir, name), { readonly: true })
  const units = db.prepare('SELECT units FROM user').pluck().get()
  db.close()
  return units
}

const quiet: OnProgress = () => {}

test('builds the views of a live log anew for everybody who asks, and once', async () => {
  const { dataDir, rebuild, switched, close, log } = await opened(told())
  const steps: number[] = []
  const writing = Array.from({ length: 50 }, () =>
    log.append([{ ...appendTo('user-ada', 'any', [renamed('Grace')]) }], metadata),
  )
  const reports = await Promise.all([rebuild(({ done }) => steps.push(done)), rebuild(quiet)])
  assert.is(reports[0], reports[1])
  assert.equal(reports[0]?.findings, [])
  assert.ok(steps.includes(0))
  await Promise.all([switched, ...writing])
  await log.append([appendTo('user-ada', 'any', [renamed('Edith')])], metadata)
  await close()
  assert.equal(filesOf(dataDir), ['views.2.db'])
  assert.equal(verified(dataDir, { views }).findings, [])
})

test('does by itself what a start on views of other versions left', async () => {
  const { dataDir, switched, troubles, close } = await opened(told(100, outdate))
  assert.is(unitsIn(dataDir, 'views.1.db'), 'imperial')
  await switched
  await close()
  assert.equal(filesOf(dataDir), ['views.2.db'])
  assert.is(unitsIn(dataDir, 'views.2.db'), 'metric')
  assert.equal(troubles, [])
})

test('a duplicate is a finding that names both positions, and the old views go on serving', async () => {
  const dataDir = told(10, (path) => {
    // Somebody whose address was free when it was written, as these views have it.
    tamperViews(path, (db) => db.exec("UPDATE user SET email = 'nobody@example.org'"))
    const writer = writerOn(path, { views })
    writer.keep([{ kind: 'create subject', userId: 'bob', passwordHash: 'x' }], start)
    writer.append([registrationOf('bob', 'ada@example.org')], start)
    writer.close(start)
  })
  const { rebuild, log, close } = await opened(dataDir)
  const expected = 'The event at position 12 claims user.email, which the event at position 11 holds.'
  assert.equal(await rebuild(quiet), {
    events: 12,
    findings: [{ kind: 'view-differs', position: 12, stream: 'user-bob', detail: expected }],
  })
  await log.append([appendTo('user-ada', 'any', [renamed('Grace')])], metadata)
  await close()
  assert.equal(filesOf(dataDir), ['views.1.db'])
})

test('what it finds by itself is told as trouble', async () => {
  const dataDir = told(10)
  outdate(dataDir)
  const current = JSON.stringify(Object.fromEntries(views.map(({ name, version }) => [name, version])))
  const troubles: string[] = []
  const finished = Promise.withResolvers<void>()
  tamperViews(dataDir, (db) => db.prepare('UPDATE view_state SET versions = ?').run(current))
  const { rebuildUntilDone, close } = createRebuilding({
    settings: settingsOf(dataDir),
    onTrouble: (error) => finished.resolve(void troubles.push(error.message)),
    switchViews: async () => {},
  })
  rebuildUntilDone()
  await finished.promise
  await close()
  assert.equal(troubles, [
    'A rebuild of the views found view-differs: views.1.db: table user, key 1, column units: ' +
      'not the value that the log gives.',
  ])
})

test('a close in the middle leaves what is built to the next time', async () => {
  const dataDir = told(3000)
  const { rebuild, close } = await opened(dataDir)
  const reached = Promise.withResolvers<void>()
  const failure = failureOf(rebuild(({ done }) => done >= 1000 && reached.resolve()))
  await reached.promise
  await close()
  assert.match(await failure, /not built to the end|closed/)
  const left = filesOf(dataDir)
  assert.ok(left.includes('views.1.db'))
  const again = await opened(dataDir)
  const steps: number[] = []
  await again.rebuild(({ done }) => steps.push(done))
  if (left.includes('views.2.building.db')) assert.ok((steps[0] ?? 0) >= 1000, `began again at ${steps[0]}`)
  await again.close()
  assert.equal(verified(dataDir, { views }).findings, [])
})

const settingsOf = (dataDir: string): BuilderSettings => ({ dataDir, masterKey, reserveBytes: 0 })

test('begins anew when its file is taken away', async () => {
  const dataDir = told(10)
  let removed = 0
  const { rebuild, close } = createRebuilding({
    settings: settingsOf(dataDir),
    onTrouble: assert.unreachable,
    switchViews: async () => {
      removed += 1
      if (removed < 2) throw Object.assign(new Error('gone'), { name: 'ViewsRemoved' })
    },
  })
  assert.equal(await rebuild(quiet), { events: 11, findings: [] })
  assert.is(removed, 2)
  await close()
})

test('what cannot be done is told to whoever asked; what nobody asked for is tried again later', async () => {
  const dataDir = told(10)
  const troubles: string[] = []
  const hearing = Promise.withResolvers<void>()
  const { rebuild, rebuildUntilDone, close } = createRebuilding({
    settings: { ...settingsOf(dataDir), reserveBytes: Number.MAX_SAFE_INTEGER },
    onTrouble: (error) => hearing.resolve(void troubles.push(error.message)),
    switchViews: async () => {},
  })
  assert.match(await failureOf(rebuild(quiet)), /hardly any room left/)
  rebuildUntilDone()
  await hearing.promise
  assert.match(String(troubles), /hardly any room left/)
  assert.not(existsSync(join(dataDir, 'views.2.building.db')))
  await close()
})

test.run()
