import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isHindrance, type Serving } from '../../src/adapters/cli/operations.ts'
import { readSettings, type Settings } from '../../src/adapters/cli/settings.ts'
import { operations } from '../../src/adapters/operations.ts'
import { views } from '../../src/adapters/sqlite/all-views.ts'
import { filesOf } from '../support/rebuilding.ts'
import { copyOf } from '../support/story.ts'
import { appendOf, registrationOf, renamed, start, temporaryDirectory, writerOn } from '../support/writer.ts'
import { run } from './cli/run-program.ts'

const test = suite('a start with much to do')

const EVENTS = 5000

/** Ada, who changed her name so often that views are not built in a moment; there are no views of it. */
function longLog() {
  const dataDir = temporaryDirectory()
  const writer = writerOn(dataDir, { views })
  writer.keep([{ kind: 'create subject', userId: 'ada', passwordHash: 'x' }], start)
  const events = Array.from({ length: EVENTS - 1 }, (_, index) => renamed(`Name ${index}`))
  writer.append([registrationOf('ada'), appendOf([{ stream: 'user-ada', subject: 'ada', events }])], start)
  writer.close(start)
  const db = new Sqlite(join(dataDir, 'views.1.db'))
  db.exec('CREATE TABLE of_old (key INTEGER PRIMARY KEY)')
  db.close()
  return dataDir
}

const untouched = longLog()

const environmentOf = (dataDir: string) => ({
  ...{ DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' },
  MASTER_KEY: Buffer.alloc(32, 7).toString('hex'),
})

async function serving(dataDir: string) {
  const served = await operations.serve(readSettings(environmentOf(dataDir)) as Settings)
  assert.not(isHindrance(served))
  const { url, ...rest } = served as Serving
  const ready = async () => {
    const answer = await fetch(`${url}/readyz`)
    return { status: answer.status, ...((await answer.json()) as object) } as Record<string, unknown>
  }
  return { url, ready, ...rest }
}

test('listens while the views are built, says how far it is, and is ready as soon as they are', async () => {
  const dataDir = copyOf(untouched)
  const { isStarting, ready, close, url } = await serving(dataDir)
  assert.ok(isStarting)
  const first = await ready()
  assert.is(first.status, 'starting')
  const { phase, done, total } = first.progress as Record<string, number | string>
  assert.equal([phase, total], ['Rebuilding the views', EVENTS])
  assert.ok(Number(done) >= 1000)
  assert.is((await fetch(`${url}/livez`)).status, 200)
  assert.is((await fetch(`${url}/v1/exercises`)).status, 503)
  while ((await ready()).status !== 'ready') await pause(10)
  assert.is((await fetch(`${url}/v1/exercises`)).status, 401)
  await close()
  assert.equal(filesOf(dataDir), ['views.2.db'])
})

test('asked to end in the middle it ends at once, and the next start goes on where it was', async () => {
  const dataDir = copyOf(untouched)
  const { isStarting, failed, close } = await serving(dataDir)
  assert.ok(isStarting)
  failed.catch(() => {})
  await close()
  assert.equal(filesOf(dataDir), ['views.1.db', 'views.2.building.db'])
  const building = new Sqlite(join(dataDir, 'views.2.building.db'), { readonly: true })
  const position = building.prepare('SELECT position FROM view_state').pluck().get() as number
  building.close()
  assert.ok(position >= 1000)
  const again = await serving(dataDir)
  const { progress } = (await again.ready()) as { progress?: { done: number } }
  if (progress !== undefined) assert.ok(progress.done >= position)
  while ((await again.ready()).status !== 'ready') await pause(10)
  await again.close()
  assert.is((await run('verify', operations, environmentOf(dataDir))).exitCode, 0)
})

test('what keeps it from starting to the end is told as at any start', async () => {
  const dataDir = copyOf(untouched)
  const writer = writerOn(dataDir, { views: [] })
  writer.keep([{ kind: 'create subject', userId: 'bob', passwordHash: 'x' }], start)
  writer.append([registrationOf('bob', 'ada@example.org')], start)
  writer.close(start)
  const { exitCode, complaints, output } = await run(
    'serve',
    operations,
    environmentOf(dataDir),
    () => new Promise(() => {}),
  )
  assert.is(exitCode, 2)
  assert.match(complaints, `The event at position ${EVENTS + 1} claims user.email`)
  assert.match(output, /It builds its views first; \/readyz tells how far it is\./)
})

test.run()
