import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../src/adapters/sqlite/all-views.ts'
import { verifyData } from '../../src/adapters/sqlite/verify.ts'
import type { Finding } from '../../src/application/audit.ts'
import { anchorOf, exportOf, secondOpinion } from '../support/exports.ts'
import { largeLog } from '../support/large-log.ts'
import {
  forgedCheckpoints,
  insertCopy,
  masterKeyText,
  move,
  moveAllFrom,
  rechain,
  remove,
  set,
  swapColumns,
  tamper,
} from '../support/tampering.ts'
import { temporaryDirectory } from '../support/writer.ts'

const test = suite('tampering with 100,000 events')

const EVENTS = 100_000
const untouched = temporaryDirectory()
const { events } = largeLog(untouched, EVENTS)
const anchor = anchorOf(untouched)
/** Far from both ends, and in the middle of somebody's workout. */
const MIDDLE = 54_321

type Expected = readonly (readonly [kind: Finding['kind'], position?: number])[]

/** All that is told of a copy which was changed; of the views only where the log itself is in order. */
function told(change: (dataDir: string) => void, against = false) {
  const dataDir = temporaryDirectory()
  cpSync(untouched, dataDir, { recursive: true })
  change(dataDir)
  const how = { dataDir, masterKey: masterKeyText, views, threads: 2 }
  const options = { ...how, ...(against && { against: anchor }) }
  const report = verifyData(options)
  return { dataDir, report, done: () => rmSync(dataDir, { recursive: true }) }
}

function finds(how: string, change: (dataDir: string) => void, expected: Expected, detail = '') {
  test(`finds ${how}`, () => {
    const { report, done } = told(change)
    assert.equal(
      report.findings.map(({ kind, position = 0 }) => [kind, position]),
      expected.map(([kind, position = 0]) => [kind, position]),
      JSON.stringify(report.findings.slice(0, 5), null, 1),
    )
    assert.match(report.findings[0]?.detail ?? '', detail)
    done()
  })
}

const inLog = (change: (log: Database) => unknown) => (dataDir: string) =>
  tamper(dataDir, (log) => void change(log))
const inFile = (file: string, sql: string) => (dataDir: string) => {
  const db = new Sqlite(join(dataDir, file))
  db.pragma('foreign_keys = OFF')
  db.exec(sql)
  db.close()
}

test('there are so many, nothing is found where nobody touched them, and what was kept fits', async () => {
  assert.ok(events >= EVENTS)
  const { report, done, dataDir } = told(() => {}, true)
  assert.equal([report.events, report.findings, report.notes], [events, [], []])
  assert.is((await secondOpinion(exportOf(dataDir), anchor))[0], 0)
  done()
})

const changed: Expected = [['changed', MIDDLE]]
const columns: readonly [column: string, value: string][] = [
  ['body', 'randomblob(200)'],
  ['metadata', "CAST('{}' AS BLOB)"],
  ['type', "'SetDeleted'"],
  ['schema_version', '2'],
  ['event_id', "'another'"],
  ['recorded_at', "'2026-03-01T10:00:00.000Z'"],
  ['stream', '1'],
  ['version', '9000'],
  ['subject', '1'],
  ['prev_hash', 'randomblob(32)'],
  ['hash', 'randomblob(32)'],
]
for (const [column, value] of columns) {
  finds(`another ${column}`, inLog(set(column, value, MIDDLE)), changed)
}

const gone: Expected = [
  ['view-ahead', events],
  ['cut', events - 1],
]
finds(
  'an event missing',
  inLog((log) => remove(log, MIDDLE)),
  [['missing', MIDDLE]],
)
finds(
  'an event missing, and those behind it moved up',
  inLog((log) => {
    remove(log, MIDDLE)
    moveAllFrom(log, MIDDLE + 1, -1)
  }),
  [['missing', MIDDLE], ...gone],
)
finds(
  'two events swapped',
  inLog((log) => {
    move(log, MIDDLE, -1)
    move(log, MIDDLE + 5, MIDDLE)
    move(log, -1, MIDDLE + 5)
  }),
  [
    ['reordered', MIDDLE],
    ['reordered', MIDDLE + 5],
  ],
)
finds(
  'two bodies swapped',
  inLog((log) => swapColumns(log, ['body'], MIDDLE, 77_777)),
  [
    ['reordered', MIDDLE],
    ['reordered', 77_777],
  ],
)
finds(
  'an event put in',
  inLog((log) => {
    moveAllFrom(log, MIDDLE, 1)
    insertCopy(log, MIDDLE)
  }),
  [['inserted', MIDDLE]],
)
finds(
  'the tail cut',
  inLog((log) => log.exec(`DELETE FROM events WHERE position > ${MIDDLE}`)),
  [
    ['view-ahead', events],
    ['cut', MIDDLE],
  ],
)

test('finds a forged signature of a checkpoint, where it is', () => {
  const at = new Sqlite(join(untouched, 'log.db'), { readonly: true })
  const position = at
    .prepare<[number], number>('SELECT min(position) FROM checkpoints WHERE position > ?')
    .pluck()
    .get(MIDDLE) as number
  at.close()
  const sql = `UPDATE checkpoints SET signature = randomblob(64) WHERE position = ${position}`
  const { report, done } = told(inLog((log) => log.exec(sql)))
  assert.equal(
    report.findings.map((finding) => [finding.kind, finding.position]),
    [['forged-signature', position]],
  )
  done()
})
finds(
  'a forged public key',
  inLog((log) => log.exec('UPDATE public_keys SET public_key = randomblob(44)')),
  [['forged-signature']],
)

/** Written anew from here to the end, as by somebody who knows the format and has no private key. */
const anew = (change: (log: Database) => unknown) =>
  inLog((log) => {
    change(log)
    log.exec('DELETE FROM checkpoints')
    rechain(log, MIDDLE)
  })
finds('an unknown type, in a chain made anew', anew(set('type', "'SetForgotten'", MIDDLE)), [
  ['unknown-type', MIDDLE],
  ['forged-signature', events],
  ['view-differs', events],
])

finds(
  'a value of a view',
  inFile('views.1.db', "UPDATE user SET time_zone = 'Mars' WHERE key = (SELECT min(key) FROM user)"),
  [['view-differs']],
  'table user, key 172, column time_zone',
)
const firstPerson = 'WHERE user_id = (SELECT min(user_id) FROM subjects)'
finds('a person whose key is gone', inFile('vault.db', `DELETE FROM subjects ${firstPerson}`), [
  ['key-missing', 172],
])

test('a chain forged to its end holds, and fails against our key and what was kept', async () => {
  const { report, dataDir, done } = told(
    inLog((log) => {
      set('event_id', "'another'", MIDDLE)(log)
      rechain(log, MIDDLE)
      forgedCheckpoints(log)
    }),
    true,
  )
  const kinds = report.findings.map(({ kind, position = 0 }) => [kind, position])
  assert.equal(kinds, [
    ['forged-signature', 0],
    ['view-differs', events],
    ['forged-signature', 0],
    ['changed', events],
  ])
  const forged = exportOf(dataDir)
  assert.is((await secondOpinion(forged))[0], 0)
  assert.equal(await secondOpinion(forged, anchor), [
    2,
    `first bad position ${events}: another hash was signed: the log was written anew (faults: 2)`,
  ])
  done()
})

test.run()
