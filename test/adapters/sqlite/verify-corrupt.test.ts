import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WrongMasterKey } from '../../../src/adapters/sqlite/master-key.ts'
import { openVault } from '../../../src/adapters/sqlite/vault.ts'
import { openViews } from '../../../src/adapters/sqlite/views-file.ts'
import { copyOf, storyOf300 } from '../../support/story.ts'
import { verified } from '../../support/tampering.ts'
import { start, temporaryDirectory, writerOn } from '../../support/writer.ts'

const test = suite('verify: damaged files')
const untouched = storyOf300()

const damages: [how: string, damage: (path: string) => void][] = [
  ['emptied', (path) => truncateSync(path, 0)],
  [
    'overwritten with text',
    (path) => writeFileSync(path, 'no database at all, but long enough to look at'.repeat(100)),
  ],
  [
    'with its second half cut off',
    (path) => truncateSync(path, 4096 * Math.floor(statSync(path).size / 8192)),
  ],
  ['cut within a page', (path) => truncateSync(path, statSync(path).size - 1000)],
  ['with zeros over its header', (path) => overwrite(path, 0, Buffer.alloc(100))],
  ['with a schema format that is still to come', (path) => overwrite(path, 47, Buffer.of(9))],
  ['with zeros over its schema', (path) => overwrite(path, 100, Buffer.alloc(3996))],
  ['with zeros over its second page', (path) => overwrite(path, 4096, Buffer.alloc(4096))],
  ['with zeros over half a page', (path) => overwrite(path, 3 * 4096, Buffer.alloc(2000))],
]

for (const file of ['log.db', 'views.1.db', 'vault.db']) {
  for (const [how, damage] of damages) {
    test(`finds ${file} ${how}`, () => {
      const dataDir = copyOf(untouched)
      damage(join(dataDir, file))
      const { findings } = verified(dataDir)
      const named = findings.filter(({ kind, detail }) => kind === 'corrupt-file' && detail.startsWith(file))
      assert.ok(named.length > 0, JSON.stringify(findings.slice(0, 5)))
      rmSync(dataDir, { recursive: true })
    })
  }
}

test('a wrong master key is refused before anything else', () => {
  const wrong = Buffer.alloc(32, 8).toString('hex')
  assert.throws(
    () => verified(untouched, { masterKey: wrong }),
    (error: Error) => error instanceof WrongMasterKey,
  )
})

test('a directory without a log is refused, and stays as it was', () => {
  const dataDir = temporaryDirectory()
  assert.throws(() => verified(dataDir), /There is no log\.db in/)
  assert.throws(() => readFileSync(join(dataDir, 'log.db')), /ENOENT/)
})

/** As a first start leaves it that is killed while it makes log.db. */
function cutOffStart(): string {
  const dataDir = temporaryDirectory()
  writerOn(dataDir, { views: [] }).close(start)
  forgetAll(dataDir)
  return dataDir
}

function forgetAll(dataDir: string) {
  const isLost = (name: string) => /^(log|views\.\d+)\.db/.test(name)
  for (const name of readdirSync(dataDir).filter(isLost)) rmSync(join(dataDir, name))
  writeFileSync(join(dataDir, 'log.db'), '')
}

test('a log that a first start was cut off in making is nothing yet, and no finding', () => {
  const dataDir = cutOffStart()
  const nothing = { events: 0, head: null, checkpoints: 0, findings: [], findingsTotal: 0 }
  const notes = [
    'Nothing is here yet: a first start was cut off while it made log.db. The next start makes it.',
  ]
  assert.equal(verified(dataDir), { ...nothing, notes })
  const log = new Sqlite(join(dataDir, 'log.db'))
  log.pragma('journal_mode = WAL')
  log.close()
  assert.equal(verified(dataDir), { ...nothing, notes })
  assert.ok(verified(dataDir, { isCopy: true }).findingsTotal > 0, 'no backup is one')
})

test('an emptied log is found by whom the vault or the views have seen, and by a kept head', () => {
  const left = copyOf(untouched)
  forgetAll(left)
  const [erased, answered, kept] = [cutOffStart(), cutOffStart(), cutOffStart()]
  const vault = openVault(erased)
  vault.exec("INSERT INTO erasures VALUES ('cleo', '2026-03-01T10:59:00.000Z', NULL)")
  vault.close()
  openViews(answered, []).close()
  const against = { position: 3, hash: '00'.repeat(32), checkpoint: null }
  const counts = [
    ...[left, erased, answered].map((dataDir) => verified(dataDir).findingsTotal),
    verified(kept, { against }).findingsTotal,
  ]
  assert.ok(
    counts.every((count) => count > 0),
    String(counts),
  )
})

function overwrite(path: string, at: number, bytes: Buffer) {
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 0, bytes.length, at)
  closeSync(file)
}

test.run()
