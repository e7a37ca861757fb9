import type { Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { copyOf, storyOf300 } from '../../support/story.ts'
import {
  type Expected,
  expectFindings,
  expectFound,
  force,
  move,
  moveAllFrom,
  rechain,
  rehash,
  remove,
  set,
  swapColumns,
  tamper,
  verified,
} from '../../support/tampering.ts'

const untouched = storyOf300()
const press60 = 'exercise-press-60'

type Tampering = [how: string, change: (log: Database) => unknown, expected: Expected]

const changed = suite('verify: an event changed')
const changes: Tampering[] = [
  ['its body', set('body', "x'0102'"), [['changed', 57, 'user-ada']]],
  ['its clear body', set('body', "x'7b7d'", 60), [['changed', 60, press60]]],
  ['its stream', set('stream', '5', 56), [['changed', 56, 'exercise-press-10']]],
  ['its stream, to none', set('stream', '4711'), [['changed', 57]]],
  ['its version', set('version', '9000'), [['changed', 57, 'user-ada']]],
  ['its id', set('event_id', "event_id || 'a'"), [['changed', 57, 'user-ada']]],
  ['its type', set('type', "'UserRegistered'"), [['changed', 57, 'user-ada']]],
  ['its schema version', set('schema_version', '2'), [['changed', 57, 'user-ada']]],
  ['its metadata', set('metadata', "x'7b7d'"), [['changed', 57, 'user-ada']]],
  ['its time', set('recorded_at', "'2026-03-01T10:00:56.999Z'"), [['changed', 57, 'user-ada']]],
  ['its subject', set('subject', '2'), [['changed', 57, 'user-ada']]],
  ['its subject, to nobody', set('subject', 'NULL'), [['changed', 57, 'user-ada']]],
  ['its missing subject, to one that is not there', set('subject', '4711', 60), [['changed', 60, press60]]],
  ['its missing subject, to 0', set('subject', '0', 60), [['changed', 60, press60]]],
  ['the hash before it', set('prev_hash', 'zeroblob(32)'), [['changed', 57, 'user-ada']]],
  ['its hash', set('hash', 'zeroblob(32)'), [['changed', 57, 'user-ada']]],
  [
    'the hash before it, to nothing',
    force('prev_hash', 'NULL'),
    [['corrupt-file'], ['changed', 57, 'user-ada']],
  ],
  ['its body, to a text', force('body', 'CAST(body AS TEXT)'), [['corrupt-file']]],
  ['the first of all', set('body', "x'00'", 1), [['changed', 1, 'user-ada']]],
  ['the last of all', set('body', "x'00'", 300), [['changed', 300, 'exercise-press-300']]],
  [
    'the name of its stream',
    (log) => log.exec(`UPDATE streams SET name = 'exercise-pull' WHERE name = '${press60}'`),
    [['changed', 60, 'exercise-pull']],
  ],
  ['its position, beyond the end', (log) => move(log, 57, 1007), [['reordered', 57, 'user-ada']]],
  ['its position, just beyond the end', (log) => move(log, 298, 303), [['reordered', 298, 'user-bob']]],
  ['its position, before the start', (log) => move(log, 57, -57), [['reordered', 57, 'user-ada']]],
  [
    'with its hash made to fit',
    (log) => {
      set('recorded_at', "'2026-03-01T10:00:57.500Z'")(log)
      rehash(log, 57)
    },
    [['changed', 57, 'user-ada']],
  ],
  [
    'with its hash made to fit, the first of all',
    (log) => {
      set('prev_hash', 'randomblob(32)', 1)(log)
      rehash(log, 1)
    },
    [['changed', 1, 'user-ada']],
  ],
  [
    'with every hash behind it made to fit',
    (log) => {
      set('recorded_at', "'2026-03-01T10:01:51.500Z'", 111)(log)
      rechain(log, 111)
    },
    [
      ['changed', 200],
      ['view-differs', 300],
    ],
  ],
]
for (const [how, change, expected] of changes) changed(how, () => expectFound(untouched, change, expected))
changed('none', () => expectFindings(untouched, []))
changed('more of them than are listed', () => {
  const dataDir = copyOf(untouched)
  tamper(dataDir, (log) => log.exec("UPDATE events SET event_id = 'same' WHERE position BETWEEN 21 AND 170"))
  const { findings, findingsTotal } = verified(dataDir)
  assert.equal(
    findings.map(({ kind, position }) => [kind, position]),
    Array.from({ length: 100 }, (_, index) => ['changed', index + 21]),
  )
  assert.is(findingsTotal, 150)
})

const removed = suite('verify: an event removed')
const moveUp = (log: Database, position: number) => {
  remove(log, position)
  moveAllFrom(log, position + 1, -1)
}
const ends299: Expected = [
  ['view-ahead', 300],
  ['cut', 299],
]
const removals: Tampering[] = [
  ['from the middle', (log) => remove(log, 57), [['missing', 57, 'user-ada']]],
  ['the first of all', (log) => remove(log, 1), [['missing', 1, 'user-ada']]],
  ['together with two more', (log) => [57, 58, 59].map((at) => remove(log, at)), [['missing', 57]]],
  ['and those behind moved up', (log) => moveUp(log, 57), [['missing', 57, 'user-ada'], ...ends299]],
  ['and the last one moved up', (log) => moveUp(log, 299), [['missing', 299], ...ends299]],
  [
    'and the chain made anew',
    (log) => {
      moveUp(log, 57)
      rechain(log, 57)
    },
    [['missing', 60, 'user-ada'], ...ends299],
  ],
]
for (const [how, change, expected] of removals) removed(how, () => expectFound(untouched, change, expected))

const reordered = suite('verify: two events swapped')
const swap = (one: number, other: number) => (log: Database) => {
  move(log, one, 5000)
  move(log, other, one)
  move(log, 5000, other)
}
const facts = [
  'event_id',
  'type',
  'schema_version',
  'body',
  'metadata',
  'recorded_at',
  'subject',
  'stream',
  'version',
]
const swaps: Tampering[] = [
  [
    'neighbours',
    swap(57, 58),
    [
      ['reordered', 57, 'user-bob'],
      ['reordered', 58, 'user-ada'],
    ],
  ],
  [
    'far from each other',
    swap(57, 158),
    [
      ['reordered', 57, 'user-bob'],
      ['reordered', 158, 'user-ada'],
    ],
  ],
  [
    'the last two of all',
    swap(299, 300),
    [
      ['reordered', 299, 'exercise-press-300'],
      ['reordered', 300, 'user-cleo'],
    ],
  ],
  [
    'their bodies',
    (log) => swapColumns(log, ['body'], 57, 97),
    [
      ['reordered', 57, 'user-ada'],
      ['reordered', 97, 'user-ada'],
    ],
  ],
  [
    'all that they say, and not their hashes',
    (log) => swapColumns(log, facts, 57, 98),
    [
      ['reordered', 57, 'user-bob'],
      ['reordered', 98, 'user-ada'],
    ],
  ],
  [
    'their times, in a chain made anew',
    (log) => {
      swapColumns(log, ['recorded_at'], 57, 58)
      rechain(log, 57)
    },
    [['reordered', 58, 'user-bob']],
  ],
]
for (const [how, change, expected] of swaps) reordered(how, () => expectFound(untouched, change, expected))

changed.run()
removed.run()
reordered.run()
