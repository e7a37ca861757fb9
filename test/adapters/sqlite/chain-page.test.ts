import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { framedReader, storedIn } from '../../../src/adapters/sqlite/chain-page.ts'
import { hashInFrames } from '../../../src/adapters/sqlite/hash-chain.ts'
import { openLog, pageOfEvents } from '../../../src/adapters/sqlite/log-file.ts'
import { copyOf, storyOf300 } from '../../support/story.ts'
import { tamper } from '../../support/tampering.ts'

const test = suite('a page of the chain')
const untouched = storyOf300()

function framed(dataDir: string, from: number, to: number) {
  const log = openLog(dataDir, { readonly: true })
  try {
    return { events: framedReader(log)(from, to), stored: pageOfEvents(log, from - 1, to - from + 1) }
  } finally {
    log.close()
  }
}

test('holds what is stored in each column', () => {
  const { events, stored } = framed(untouched, 1, 300)
  assert.equal(events?.map(storedIn), stored)
})

test('gives the hash of each event, however often it is asked', () => {
  const { events = [], stored } = framed(untouched, 101, 200)
  const hashes = stored.map(({ hash }) => hash.toString('latin1'))
  assert.equal(events.map(hashInFrames), hashes)
  assert.equal(events.map(hashInFrames), hashes)
})

const changes = [
  ['an event is missing', 'DELETE FROM events WHERE position = 7'],
  ['all events are missing', 'DELETE FROM events'],
  ['a stream has no name', "UPDATE streams SET name = '' WHERE key = 5"],
  ['a stream is missing', 'DELETE FROM streams WHERE key = 5'],
  ['a hash is too short', "UPDATE events SET hash = x'00' WHERE position = 7"],
  ['a hash is too long', 'UPDATE events SET prev_hash = zeroblob(33) WHERE position = 7'],
  ['a time is none', "UPDATE events SET recorded_at = 'soon' WHERE position = 7"],
] as const
for (const [what, sql] of changes) {
  test(`is not read where ${what}`, () => {
    const dataDir = copyOf(untouched)
    tamper(dataDir, (log) => log.exec(sql))
    assert.is(framed(dataDir, 1, 300).events, undefined)
  })
}

test.run()
