import { createSecretKey } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StoredEvent } from '../../../src/adapters/sqlite/event-rows.ts'
import {
  decodeEvent,
  isErased,
  readForViews,
  UnreadableEvent,
} from '../../../src/adapters/sqlite/read-log.ts'
import { seal, sealedContext } from '../../../src/adapters/sqlite/sealing.ts'

const test = suite('read log')

const adasKey = createSecretKey(Buffer.alloc(32, 1))
const keys = {
  subjectKey: (userId: string) => (userId === 'ada' ? adasKey : undefined),
  isErased: (userId: string) => userId === 'eve',
}
const metadata = { actor: 'ada', commandId: 'command-1', correlationId: 'request-1' }
const context = sealedContext('user-ada', 3, 'UserProfileChanged', 1)

const stored: StoredEvent = {
  ...{ position: 7, streamKey: 2, stream: 'user-ada', version: 3, eventId: 'event-7' },
  ...{ type: 'UserProfileChanged', schemaVersion: 1, recordedAt: '2026-03-01T10:00:00.000Z' },
  body: seal(adasKey, '{"firstName":"Ada"}', context),
  metadata: Buffer.from(JSON.stringify(metadata)),
  ...{ subjectKey: 2, subject: 'user-ada', previousHash: Buffer.alloc(32, 1), hash: Buffer.alloc(32, 2) },
}
const event = { type: 'UserProfileChanged', data: { firstName: 'Ada' } }
const { position, stream, version, recordedAt } = stored

test('an event comes back as it was decided, with where and when it stands', () => {
  assert.equal(decodeEvent(stored, keys), {
    ...event,
    ...{
      position,
      stream,
      version,
      eventId: 'event-7',
      schemaVersion: 1,
      recordedAt,
      metadata,
      hash: '02'.repeat(32),
    },
  })
})

test('the views see it with the integer keys of the log', () => {
  const seen = { ...event, position, streamKey: 2, subjectKey: 2, stream, version, recordedAt }
  assert.equal(readForViews(stored, keys), seen)
})

test("what is nobody's is read without a key", () => {
  const clear = { ...stored, subjectKey: 0, subject: '', body: Buffer.from('{"firstName":"Ada"}') }
  assert.equal(readForViews(clear, keys).data, { firstName: 'Ada' })
})

const unreadable: [what: string, change: Partial<StoredEvent>, reason: string, message: string][] = [
  [
    'a subject without a key',
    { subject: 'user-bob' },
    'key-missing',
    'the vault holds no key for its subject user-bob.',
  ],
  [
    'a body moved from another place',
    { version: 4 },
    'unreadable',
    'its body does not open under the key of its subject.',
  ],
  [
    'a body that is not sealed',
    { body: Buffer.from('{}') },
    'unreadable',
    'its body does not open under the key of its subject.',
  ],
  [
    'a body that is not JSON',
    { subjectKey: 0, body: Buffer.from('{') },
    'unreadable',
    'its body is not JSON.',
  ],
  ['metadata that is not JSON', { metadata: Buffer.from('{') }, 'unreadable', 'its metadata is not JSON.'],
  [
    'a type that nobody knows',
    { type: 'UserExpelled', subjectKey: 0, body: Buffer.from('{}') },
    'unknown-type',
    'Unknown event UserExpelled version 1',
  ],
]
for (const [what, change, reason, message] of unreadable) {
  test(`${what} is an error that names position and stream`, () => {
    try {
      decodeEvent({ ...stored, ...change }, keys)
      assert.unreachable()
    } catch (error) {
      assert.instance(error, UnreadableEvent)
      const found = error as UnreadableEvent
      assert.equal([found.reason, found.position, found.stream], [reason, 7, 'user-ada'])
      assert.is(found.message, `Event 7 of user-ada: ${message}`)
    }
  })
}

test('a key that does not open under the master key is an error of the same kind, whoever asks', () => {
  const wrong = {
    subjectKey() {
      throw new Error('unable to authenticate data')
    },
    isErased: () => true,
  }
  for (const ask of [isErased, readForViews, decodeEvent]) {
    try {
      ask(stored, wrong)
      assert.unreachable()
    } catch (error) {
      const { name, reason, message } = error as UnreadableEvent
      assert.equal(
        [name, reason, message],
        [
          'UnreadableEvent',
          'unreadable',
          'Event 7 of user-ada: the key of its subject user-ada does not open under the master key.',
        ],
      )
    }
  }
})

test('who has no key is erased only where an erasure is known, and nobody is where no key is needed', () => {
  const of = (subject: string) => isErased({ ...stored, subject }, keys)
  assert.equal([of('user-ada'), of('user-bob'), of('user-eve')], [false, false, true])
  assert.not(isErased({ ...stored, subjectKey: 0, subject: '' }, keys))
})

test.run()
