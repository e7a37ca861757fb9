import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../../src/adapters/sqlite/all-views.ts'
import { type Reads, readsOf, serveReads } from '../../../src/adapters/sqlite/reads.ts'
import { openScratchViews, openViewsFile, viewsPath } from '../../../src/adapters/sqlite/views-file.ts'
import { temporaryDirectory } from '../../support/writer.ts'

const test = suite('served reads')

/** Two views files of one log, as a reader sees them that knows them by the time zone of a person. */
function twoFiles() {
  const dataDir = temporaryDirectory()
  const write = (number: number, timeZone: string) => {
    const db = openViewsFile(viewsPath(dataDir, number), views)
    db.prepare(
      "INSERT INTO user (key, id, email, units, time_zone) VALUES (1, 'ada', 'a@example.org', 'metric', ?)",
    ).run(timeZone)
    db.close()
  }
  write(1, 'UTC')
  return { dataDir, writeSecond: () => write(2, 'Europe/Berlin') }
}

test('are all that can be asked of one connection', () => {
  const { reads, close } = serveReads(twoFiles().dataDir)
  const named = (all: object) =>
    Object.fromEntries(Object.entries(all).map(([view, queries]) => [view, Object.keys(queries).sort()]))
  assert.equal(named(reads), named(readsOf(openScratchViews(views))))
  close()
})

test('stay the same objects when another file is read', async () => {
  const { dataDir, writeSecond } = twoFiles()
  const { reads, switchToNewest, close } = serveReads(dataDir)
  const { users, totals }: Reads = reads
  const { settingsOf } = users
  const before = await totals.dependsOn('ada')
  assert.is((await settingsOf('ada')).timeZone, 'UTC')
  writeSecond()
  assert.is((await settingsOf('ada')).timeZone, 'UTC')
  switchToNewest()
  assert.is((await settingsOf('ada')).timeZone, 'Europe/Berlin')
  assert.is.not(await totals.dependsOn('ada'), before)
  close()
})

test.run()
