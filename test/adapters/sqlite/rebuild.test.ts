import { spawnSync } from 'node:child_process'
import { createSecretKey } from 'node:crypto'
import { copyFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views as allViews } from '../../../src/adapters/sqlite/all-views.ts'
import { headOf } from '../../../src/adapters/sqlite/log-file.ts'
import { rebuildViews } from '../../../src/adapters/sqlite/rebuild.ts'
import { openViewsFile } from '../../../src/adapters/sqlite/views-file.ts'
import { largeLog } from '../../support/large-log.ts'
import { differences, filesOf, within } from '../../support/rebuilding.ts'
import { copyOf, exercise, people, profiles, storyOf300, views } from '../../support/story.ts'
import { verified } from '../../support/tampering.ts'
import {
  appendOf,
  masterKey,
  registered,
  renamed,
  start,
  temporaryDirectory,
  writerOn,
} from '../../support/writer.ts'

const test = suite('rebuild')
const untouched = storyOf300()
const child = fileURLToPath(new URL('../../support/rebuilding-child.ts', import.meta.url))

/** Three pages of events: ada, who changes her name 2,500 times. */
function longStory(): string {
  const dataDir = temporaryDirectory()
  const writer = writerOn(dataDir, { views })
  writer.keep([{ kind: 'create subject', userId: 'ada', passwordHash: 'x' }], start)
  const events = Array.from({ length: 2500 }, (_, index) => renamed(`Name ${index}`))
  writer.append(
    [appendOf([{ stream: 'user-ada', subject: 'ada', events: [registered('ada'), ...events] }])],
    start,
  )
  writer.close(start)
  return dataDir
}

test('gives what the writer had folded event by event, in a new file that replaces the old', () => {
  const dataDir = copyOf(untouched)
  const reached = within(dataDir, rebuildViews)
  assert.equal(filesOf(dataDir), ['views.2.db'])
  assert.equal(
    reached,
    within(dataDir, ({ logDb }) => headOf(logDb)),
  )
  assert.equal(differences(join(untouched, 'views.1.db'), join(dataDir, 'views.2.db')), [])
  assert.is(statSync(join(dataDir, 'views.2.db')).mode & 0o777, 0o600)
  assert.equal(verified(dataDir).findings, [])
})

test('gives the same as the writer for any history', () => {
  const command = fc.record({
    who: fc.constantFrom(...people),
    what: fc.constantFrom('register', 'rename', 'readdress', 'publish'),
    text: fc.constantFrom('a', 'b', 'c'),
  })
  fc.assert(
    fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
      const dataDir = temporaryDirectory()
      const writer = writerOn(dataDir, { views })
      for (const userId of people) writer.keep([{ kind: 'create subject', userId, passwordHash: 'x' }], start)
      writer.append(
        commands.map(({ who, what, text }) => {
          const own = { stream: `user-${who}`, subject: who }
          if (what === 'publish') return appendOf([{ stream: `exercise-${text}`, events: [exercise(text)] }])
          if (what === 'register')
            return appendOf([{ ...own, expected: 'no stream', events: [registered(who, text)] }])
          const data = what === 'rename' ? { firstName: text } : { email: text }
          return appendOf([{ ...own, events: [{ type: 'UserProfileChanged', data }] }])
        }),
        start,
      )
      writer.close(start)
      renameSync(join(dataDir, 'views.1.db'), join(dataDir, 'kept.db'))
      within(dataDir, rebuildViews)
      assert.equal(differences(join(dataDir, 'kept.db'), join(dataDir, 'views.1.db')), [])
    }),
    { numRuns: 8, seed: 20260303 },
  )
})

test('that was killed goes on where it was', () => {
  const dataDir = longStory()
  const { signal } = spawnSync(process.execPath, [child, dataDir, '2000'], { stdio: 'inherit' })
  assert.is(signal, 'SIGKILL')
  assert.equal(filesOf(dataDir), ['views.1.db', 'views.2.building.db'])
  const steps: number[] = []
  within(dataDir, rebuildViews, { onProgress: ({ done }) => steps.push(done) })
  assert.equal(steps, [2000, 2501])
  assert.equal(filesOf(dataDir), ['views.2.db'])
  assert.equal(verified(dataDir).findings, [])
})

const unfit: [what: string, spoil: (building: string) => void][] = [
  ['of other versions', (path) => openViewsFile(path, [{ ...profiles, version: 0 }]).close()],
  [
    'of another log',
    (path) => {
      const db = openViewsFile(path, views)
      db.exec('UPDATE view_state SET position = 7')
      db.close()
    },
  ],
  [
    'ahead of the log',
    (path) => {
      const db = openViewsFile(path, views)
      db.exec('UPDATE view_state SET position = 7000')
      db.close()
    },
  ],
  ['that is damaged', (path) => writeFileSync(path, 'nothing that could be gone on with'.repeat(100))],
]
for (const [what, spoil] of unfit) {
  test(`begins anew beside an unfinished file ${what}`, () => {
    const dataDir = copyOf(untouched)
    spoil(join(dataDir, 'views.2.building.db'))
    within(dataDir, rebuildViews)
    assert.equal(filesOf(dataDir), ['views.2.db'])
    assert.equal(verified(dataDir).findings, [])
  })
}

test('stopped by an error of the caller keeps what it has', () => {
  const dataDir = longStory()
  const onProgress = ({ done }: { done: number }) => {
    if (done === 1000) throw new Error('enough')
  }
  assert.throws(() => within(dataDir, rebuildViews, { onProgress }), 'enough')
  assert.equal(filesOf(dataDir), ['views.1.db', 'views.2.building.db'])
  within(dataDir, rebuildViews)
  assert.equal(filesOf(dataDir), ['views.2.db'])
})

test('goes on with sums and records that are made at the end', () => {
  const dataDir = temporaryDirectory()
  largeLog(dataDir, 1200)
  const kept = join(dataDir, 'kept.db')
  copyFileSync(join(dataDir, 'views.1.db'), kept)
  const onProgress = ({ done }: { done: number }) => {
    if (done === 1000) throw new Error('enough')
  }
  const steps: number[] = []
  assert.throws(() => within(dataDir, rebuildViews, { views: allViews, onProgress }), 'enough')
  within(dataDir, rebuildViews, { views: allViews, onProgress: ({ done }) => steps.push(done) })
  assert.is(steps[0], 1000)
  assert.equal(differences(kept, join(dataDir, 'views.2.db')), [])
})

const ahead = { masterKey, leastEvents: 1, pageEvents: 500 }

test('gives the same where another thread reads ahead', () => {
  const dataDir = temporaryDirectory()
  largeLog(dataDir, 3500)
  const kept = join(dataDir, 'kept.db')
  copyFileSync(join(dataDir, 'views.1.db'), kept)
  const steps: number[] = []
  const onProgress = ({ done }: { done: number }) => void steps.push(done)
  within(dataDir, rebuildViews, { views: allViews, ahead, onProgress })
  assert.equal(steps.slice(0, 4), [0, 500, 1000, 1500])
  assert.equal(differences(kept, join(dataDir, 'views.2.db')), [])
})

test('reads by itself what no other thread can', () => {
  const dataDir = copyOf(untouched)
  const otherKey = createSecretKey(Buffer.alloc(32, 8))
  within(dataDir, rebuildViews, { ahead: { ...ahead, masterKey: otherKey } })
  assert.equal(differences(join(untouched, 'views.1.db'), join(dataDir, 'views.2.db')), [])
})

test.run()
