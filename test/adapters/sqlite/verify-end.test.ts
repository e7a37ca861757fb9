import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { copyOf, storyOf300 } from '../../support/story.ts'
import {
  type Expected,
  expectFindings,
  expectFound,
  insertCopy,
  moveAllFrom,
  rechain,
  rehash,
  set,
  tamper,
  verified,
} from '../../support/tampering.ts'

const untouched = storyOf300()

type Tampering = [how: string, change: (log: Database) => unknown, expected: Expected]

const inserted = suite('verify: an event put in')
const putIn = (position: number, version?: number) => (log: Database) => {
  moveAllFrom(log, position, 1)
  insertCopy(log, position, version)
}
/** Puts a copy of the last event where JavaScript's numbers are not exact. */
const moveCopy = (log: Database, position: string) => {
  insertCopy(log, 301)
  log.exec(`UPDATE events SET position = ${position} WHERE position = 301`)
}
const insertions: Tampering[] = [
  ['between two', putIn(57), [['inserted', 57, 'user-dan']]],
  ['before the last', putIn(300), [['inserted', 300, 'user-cleo']]],
  ['behind the last', (log) => insertCopy(log, 301), [['changed', 301, 'exercise-press-300']]],
  [
    'where no number is exact any more',
    (log) => moveCopy(log, '1152921504606846976'),
    [
      ['missing', 301, 'exercise-press-300'],
      ['changed', 2 ** 60, 'exercise-press-300'],
    ],
  ],
  [
    'before every other',
    (log) => moveCopy(log, '-9223372036854775808'),
    [['changed', -(2 ** 63), 'exercise-press-300']],
  ],
  [
    'twice',
    (log) => {
      putIn(57, 9000)(log)
      putIn(57, 9001)(log)
    },
    [['inserted', 57, 'user-dan']],
  ],
  [
    'with a hash that fits',
    (log) => {
      putIn(61, 2)(log)
      rehash(log, 61)
    },
    [['inserted', 61, 'exercise-press-60']],
  ],
  [
    'chained to the one before it',
    (log) => {
      putIn(61, 2)(log)
      rechain(log, 61, 61)
    },
    [['inserted', 61, 'exercise-press-60']],
  ],
  [
    'in a chain made anew, with a version that is not due',
    (log) => {
      putIn(61, 7)(log)
      rechain(log, 61)
    },
    [['missing', 61, 'exercise-press-60']],
  ],
  [
    'in a chain made anew, copied from a sealed one',
    (log) => {
      putIn(57, 9000)(log)
      rechain(log, 57)
    },
    [
      ['unreadable', 57, 'user-dan'],
      ['missing', 57, 'user-dan'],
      ['reordered', 65, 'user-dan'],
    ],
  ],
  [
    'in a chain made anew, as if it belonged there',
    (log) => {
      putIn(61, 2)(log)
      rechain(log, 61)
    },
    [
      ['changed', 100],
      ['view-differs', 300],
    ],
  ],
]
for (const [how, change, expected] of insertions)
  inserted(how, () => expectFound(untouched, change, expected))

const cut = suite('verify: the tail cut')
const cutAfter = (position: number) => (log: Database) =>
  log.exec(`DELETE FROM events WHERE position > ${position}`)
const dropStreams = 'DELETE FROM streams WHERE key NOT IN (SELECT stream FROM events)'

cut('names where the log ends and all that points past it', () => {
  expectFound(untouched, cutAfter(250), [
    ['view-ahead', 300],
    ['cut', 250],
  ])
  const dataDir = copyOf(untouched)
  tamper(dataDir, cutAfter(250))
  assert.is(
    verified(dataDir).findings.at(-1)?.detail,
    'The log ends at position 250, but a signed checkpoint points to position 300, a remembered request ' +
      'points to position 299, the state of the views points to position 300, no event is left in ' +
      'exercise-press-260 and 4 more streams.',
  )
})

cut('to nothing at all', () => {
  expectFound(untouched, cutAfter(0), [
    ['view-ahead', 300],
    ['cut', 0],
  ])
})

const witnesses: [what: string, leave: (log: Database) => void][] = [
  ['a checkpoint', (log) => log.exec(`DELETE FROM idempotency; ${dropStreams}`)],
  ['a remembered request', (log) => log.exec(`DELETE FROM checkpoints WHERE position > 280; ${dropStreams}`)],
  [
    'an empty stream',
    (log) => log.exec('DELETE FROM checkpoints WHERE position > 280; DELETE FROM idempotency'),
  ],
]
for (const [what, leave] of witnesses) {
  cut(`so that only ${what} tells`, () => {
    const dataDir = copyOf(untouched)
    rmSync(join(dataDir, 'views.1.db'))
    tamper(dataDir, (log) => {
      cutAfter(280)(log)
      leave(log)
    })
    expectFindings(dataDir, [['cut', 280]])
  })
}

cut('with everything that tells is not to be seen from inside', () => {
  const dataDir = copyOf(untouched)
  rmSync(join(dataDir, 'views.1.db'))
  tamper(dataDir, (log) => {
    cutAfter(280)(log)
    log.exec(`DELETE FROM checkpoints WHERE position > 280; DELETE FROM idempotency; ${dropStreams}`)
  })
  expectFindings(dataDir, [])
})

cut('is found where the log was emptied of everything, as the vault holds keys of people', () => {
  const dataDir = copyOf(untouched)
  rmSync(join(dataDir, 'views.1.db'))
  const tables = ['events', 'checkpoints', 'idempotency', 'streams', 'public_keys']
  tamper(dataDir, (log) => log.exec(tables.map((table) => `DELETE FROM ${table};`).join('')))
  expectFindings(dataDir, [['cut', 0]])
})

const remembered = suite('verify: a remembered request changed')
const facts = {
  user: '2',
  key_hmac: "x'00'",
  request_hmac: "x'00'",
  last_position: '298',
  outcome: 'zeroblob(40)',
  created_at: "'2026-03-01T10:04:59.001Z'",
}
for (const [column, value] of Object.entries(facts)) {
  remembered(`its ${column}`, () => {
    expectFound(untouched, (log) => log.exec(`UPDATE idempotency SET ${column} = ${value}`), [
      ['changed', 299],
    ])
  })
}

remembered('one of somebody who cannot have asked', () => {
  const insert = `INSERT INTO idempotency SELECT (SELECT key FROM streams WHERE name = 'exercise-press-60'),
    key_hmac, request_hmac, 60, 61, outcome, created_at FROM idempotency`
  expectFound(untouched, (log) => log.exec(insert), [['changed', 60]])
})

const unread = suite('verify: an event that cannot be read, in a chain made anew')
const anew: [how: string, change: (log: Database) => unknown, kind: string][] = [
  ['its type is unknown', set('type', "'UserExpelled'", 60), 'unknown-type'],
  ['its schema version is of the future', set('schema_version', '7', 60), 'unknown-type'],
  ['its body is not JSON', set('body', "x'7b'", 60), 'unreadable'],
  ['its body is not what its type says', set('body', "x'7b7d'", 60), 'malformed'],
  ['its metadata says nothing', set('metadata', "x'7b7d'", 60), 'malformed'],
]
for (const [how, change, kind] of anew) {
  unread(how, () => {
    const recompute = (log: Database) => {
      change(log)
      log.exec('DELETE FROM checkpoints')
      rechain(log, 60)
    }
    expectFound(untouched, recompute, [
      [kind, 60, 'exercise-press-60'],
      ['view-differs', 300],
    ])
  })
}

inserted.run()
cut.run()
remembered.run()
unread.run()
