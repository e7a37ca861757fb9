import {
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WrongMasterKey } from '../../../src/adapters/sqlite/master-key.ts'
import { copyOf, storyOf300 } from '../../support/story.ts'
import { verified } from '../../support/tampering.ts'
import { temporaryDirectory } from '../../support/writer.ts'

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

function overwrite(path: string, at: number, bytes: Buffer) {
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 0, bytes.length, at)
  closeSync(file)
}

test.run()
