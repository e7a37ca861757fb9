import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createIdempotency } from '../../../src/adapters/sqlite/idempotency.ts'
import { secretOf } from '../../../src/adapters/sqlite/key-pairs.ts'
import { openLog, pageOfEvents } from '../../../src/adapters/sqlite/log-file.ts'
import { createKeyring, openVault } from '../../../src/adapters/sqlite/vault.ts'
import type { ExpectedVersion } from '../../../src/application/event-log.ts'
import {
  appendOf,
  masterKey,
  registered,
  registrationOf,
  renamed,
  start,
  temporaryDirectory,
  writerOn,
} from '../../support/writer.ts'

const test = suite('append')
const HOUR = 60 * 60 * 1000

function writerWithAda() {
  const dataDir = temporaryDirectory()
  const writer = writerOn(dataDir)
  writer.keep([{ kind: 'create subject', userId: 'ada', passwordHash: 'x' }], start)
  assert.equal(writer.append([registrationOf('ada')], start), [{ result: { lastPosition: 1 } }])
  return { dataDir, writer }
}

const renaming = (expected: ExpectedVersion, stream = 'user-ada') => ({
  ...{ stream, subject: 'ada', expected },
  events: [renamed('Grace')],
})

function storedIn(dataDir: string) {
  const log = openLog(dataDir, { readonly: true })
  const events = pageOfEvents(log, 0, 100)
  log.close()
  return events
}

test('the expected version is that of the stream in the file, for each of its three kinds', () => {
  const { writer } = writerWithAda()
  const conflict = (expected: ExpectedVersion, actual: number, stream = 'user-ada') => [
    { result: { conflict: { stream, expected, actual } } },
  ]
  const appended = (lastPosition: number) => [{ result: { lastPosition } }]
  const append = (expected: ExpectedVersion, stream?: string) =>
    writer.append([appendOf([renaming(expected, stream)])], start)
  assert.equal(append('no stream'), conflict('no stream', 1))
  assert.equal(append(0), conflict(0, 1))
  assert.equal(append(2), conflict(2, 1))
  assert.equal(append(1), appended(2))
  assert.equal(append(1), conflict(1, 2))
  assert.equal(append('any'), appended(3))
  assert.equal(append(1, 'session-new'), conflict(1, 0, 'session-new'))
  assert.equal(append('no stream', 'session-new'), appended(4))
  assert.equal(append('any', 'session-newer'), appended(5))
  writer.close(start)
})

test('one command over several streams lands whole or not at all', () => {
  const { dataDir, writer } = writerWithAda()
  const both = [renaming('no stream', 'session-one'), renaming(7)]
  assert.equal(writer.append([appendOf(both)], start), [
    { result: { conflict: { stream: 'user-ada', expected: 7, actual: 1 } } },
  ])
  assert.is(storedIn(dataDir).length, 1)
  const fitting = [
    renaming('no stream', 'session-one'),
    renaming(1),
    { ...renaming('any', 'session-two'), events: [] },
  ]
  assert.equal(writer.append([appendOf(fitting)], start), [{ result: { lastPosition: 3 } }])
  writer.close(start)
  const log = new Sqlite(join(dataDir, 'log.db'))
  assert.equal(log.prepare('SELECT name FROM streams').pluck().all(), ['user-ada', 'session-one'])
  log.close()
})

test('without the key of its subject an event is refused with an error, never written in the clear', () => {
  const { dataDir, writer } = writerWithAda()
  const [outcome] = writer.append([registrationOf('bob')], start)
  assert.match(String(outcome && 'error' in outcome && outcome.error), /There is no key for bob/)
  assert.is(storedIn(dataDir).length, 1)
  writer.close(start)
})

test('what is nobody’s is kept clear, what is somebody’s is sealed, and metadata is clear', () => {
  const { dataDir, writer } = writerWithAda()
  writer.append([appendOf([{ stream: 'user-bob', events: [registered('bob')] }])], start)
  writer.close(start)
  const [sealed, clear] = storedIn(dataDir)
  assert.is(clear?.body.toString(), JSON.stringify(registered('bob').data))
  assert.is(clear?.subjectKey, 0)
  assert.not(sealed?.body.includes('ada@example.org'))
  assert.match(sealed?.metadata.toString() ?? '', '"commandId":"command-1"')
})

test('an event is recorded at the later of the clock and the event before it', () => {
  const { dataDir, writer } = writerWithAda()
  for (const now of [start + 5, start - HOUR, start + 7]) writer.append([appendOf([renaming('any')])], now)
  writer.close(start)
  const later = writerOn(dataDir, { now: start - HOUR })
  later.append([appendOf([renaming('any')])], start - HOUR)
  later.close(start - HOUR)
  const times = ['00.000', '00.005', '00.005', '00.007', '00.007'].map(
    (seconds) => `2026-03-01T10:00:${seconds}Z`,
  )
  assert.equal(
    storedIn(dataDir).map(({ recordedAt }) => recordedAt),
    times,
  )
})

function remembering(dataDir: string) {
  const log = openLog(dataDir, { readonly: true })
  const vault = openVault(dataDir, { readonly: true })
  const keyring = createKeyring(vault, masterKey)
  const { recall } = createIdempotency(log, secretOf(vault, masterKey, 'idempotency'), keyring)
  return (key: string, request: string, now: number) => recall(1, { userId: 'ada', key, request }, now)
}

const remember = (key: string, request: string, outcome: unknown) => ({
  ...{ userId: 'ada', key, request },
  outcome: JSON.stringify({ outcome }),
})

test('an idempotency key is known for 24 hours, and another request under it is told apart', () => {
  const { dataDir, writer } = writerWithAda()
  const [result] = writer.append([appendOf([renaming('any')], remember('key', 'request', { id: 4 }))], start)
  assert.equal(result, { result: { lastPosition: 2 } })
  const recall = remembering(dataDir)
  assert.equal(recall('key', 'request', start), { outcome: { id: 4 } })
  assert.is(recall('key', 'other', start), 'other request')
  assert.is(recall('another key', 'request', start), undefined)
  assert.equal(recall('key', 'request', start + 24 * HOUR - 1), { outcome: { id: 4 } })
  assert.is(recall('key', 'request', start + 24 * HOUR), undefined)
  writer.close(start)
})

test('a key that stands is a conflict and nothing is written; after 24 hours it may stand again', () => {
  const { dataDir, writer } = writerWithAda()
  const command = (outcome: number) => appendOf([renaming('any')], remember('key', 'request', outcome))
  const [first, second] = writer.append([command(1), command(2)], start)
  assert.equal(first, { result: { lastPosition: 2 } })
  assert.ok(second && 'result' in second && 'conflict' in second.result)
  assert.is(storedIn(dataDir).length, 2)
  assert.equal(writer.append([command(3)], start + 24 * HOUR), [{ result: { lastPosition: 3 } }])
  assert.equal(remembering(dataDir)('key', 'request', start + 24 * HOUR), { outcome: 3 })
  writer.close(start)
})

test('no text of the client stands in an idempotency row, and old rows are purged', () => {
  const { dataDir, writer } = writerWithAda()
  const remembered = remember('client-key', 'client-request', 'client-outcome')
  writer.append([appendOf([renaming('any')], remembered)], start)
  const log = new Sqlite(join(dataDir, 'log.db'))
  const rows = log.prepare<[], Record<string, unknown>>('SELECT * FROM idempotency')
  const [row] = rows.all()
  assert.equal([row?.user, row?.first_position, row?.last_position], [1, 2, 2])
  const bytes = Object.values(row as object).map((value) =>
    Buffer.isBuffer(value) ? value.toString('latin1') : '',
  )
  assert.not.match(bytes.join(), 'client')
  writer.tend(start + 23 * HOUR)
  assert.is(rows.all().length, 1)
  writer.tend(start + 24 * HOUR)
  assert.is(rows.all().length, 0)
  log.close()
  writer.close(start)
})

test('nothing is remembered of a person who is not in the log', () => {
  const dataDir = temporaryDirectory()
  const writer = writerOn(dataDir)
  const append = appendOf([{ stream: 'exercise-row', events: [renamed('x')] }], remember('key', 'request', 1))
  const [outcome] = writer.append([append], start)
  assert.match(String(outcome && 'error' in outcome && outcome.error), /who is in the log/)
  writer.close(start)
})

test.run()
