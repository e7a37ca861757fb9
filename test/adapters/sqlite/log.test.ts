import { createSecretKey } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../../src/adapters/sqlite/all-views.ts'
import { GENESIS } from '../../../src/adapters/sqlite/hash-chain.ts'
import { headReport, openEventLog } from '../../../src/adapters/sqlite/log.ts'
import { openLog, pageOfEvents } from '../../../src/adapters/sqlite/log-file.ts'
import { startWriter } from '../../../src/adapters/sqlite/writer-client.ts'
import { CannotWrite } from '../../../src/application/ports.ts'
import {
  appendTo,
  failureOf,
  type LogForTests,
  openLogForTests,
  race,
  registerAnother,
} from '../../support/opened-log.ts'
import {
  appendOf,
  masterKey,
  metadata,
  registered,
  renamed,
  start,
  temporaryDirectory,
  writerOn,
} from '../../support/writer.ts'

const test = suite<LogForTests>('event log')
const HOUR = 60 * 60 * 1000

test.before(async (context) => {
  Object.assign(context, await openLogForTests())
})

test.after(({ close }) => close())

test('a stream is read as it was written, whole or up to a version', async ({ log, dataDir }) => {
  await log.append([appendTo('user-ada', 1, [renamed('Grace'), renamed('Edith')])], metadata)
  const read = await log.readStream('user-ada')
  const files = openLog(dataDir, { readonly: true })
  const stored = pageOfEvents(files, 0, 10)
  files.close()
  const common = { stream: 'user-ada', schemaVersion: 1, recordedAt: '2026-03-01T10:00:00.000Z', metadata }
  assert.equal(
    read,
    [registered('ada'), renamed('Grace'), renamed('Edith')].map((event, index) => ({
      ...{ ...event, ...common, position: index + 1, version: index + 1 },
      ...{ eventId: stored[index]?.eventId, hash: stored[index]?.hash.toString('hex') },
    })),
  )
  assert.equal(await log.readStream('user-ada', 2), read.slice(0, 2))
  assert.equal(await log.readStream('user-ada', 2, 1), read.slice(1, 2))
  assert.equal(await log.readStream('user-ada', undefined, 1), read.slice(1))
  assert.equal(await log.readStream('user-nobody'), [])
})

test('who follows a stream hears of what was appended once it is there, until they stop', async (context) => {
  const { log } = context
  const { stream } = await registerAnother(context)
  const heard: Promise<number>[] = []
  const stop = log.follow(stream, () => heard.push(log.readStream(stream).then(({ length }) => length)))
  await log.append([appendTo(stream, 1, [renamed('Grace')])], metadata)
  await log.append([appendTo('session-1', 'no stream', [renamed('Edith')])], metadata)
  stop()
  await log.append([appendTo(stream, 2, [renamed('Edith')])], metadata)
  assert.equal(await Promise.all(heard), [2])
})

test('an idempotency key is remembered for 24 hours of the clock', async (context) => {
  const { log, at } = context
  const { stream } = await registerAnother(context)
  const remember = { userId: 'ada', key: 'key', request: 'request', outcome: { sets: ['a'] } }
  await log.append([appendTo(stream, 1, [renamed('Grace')])], metadata, remember)
  assert.equal(await log.remembered('ada', 'key', 'request'), { outcome: { sets: ['a'] } })
  assert.is(await log.remembered('ada', 'key', 'other'), 'other request')
  assert.is(await log.remembered('nobody', 'key', 'request'), undefined)
  at(24 * HOUR)
  assert.is(await log.remembered('ada', 'key', 'request'), undefined)
  at(0)
})

test('a failure says what went wrong and stops nobody else', async (context) => {
  const { log } = context
  const { stream, head } = await registerAnother(context)
  const stranger = { stream: 'user-eve', subject: 'eve', expected: 'any', events: [renamed('Eve')] } as const
  const [failed, landed] = await Promise.allSettled([
    log.append([stranger], metadata),
    log.append([appendTo(stream, 1, [renamed('Grace')])], metadata),
  ])
  assert.match(
    String(failed.status === 'rejected' && failed.reason),
    /no key for eve: nothing is written in the clear/,
  )
  assert.equal(landed.status === 'fulfilled' && landed.value, { lastPosition: head + 1 })
})

test('views that could not follow are told of, and are level again by themselves', async (context) => {
  const { log, vault, dataDir, troubles, viewsBehind } = context
  const { head } = await registerAnother(context)
  const views = new Sqlite(join(dataDir, 'views.1.db'))
  const people = views.prepare<[], number>('SELECT count(*) FROM user').pluck()
  const before = people.get() as number
  views.exec(`CREATE TABLE trap (key INTEGER REFERENCES user (key) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER trap AFTER INSERT ON user BEGIN INSERT INTO trap VALUES (999); END`)
  await vault.createSubject('bob', 'x')
  const bob = {
    stream: 'user-bob',
    subject: 'bob',
    expected: 'no stream',
    events: [registered('bob')],
  } as const
  assert.equal(await log.append([bob], metadata), { lastPosition: head + 1 })
  assert.ok(viewsBehind())
  assert.match(String(troubles), /FOREIGN KEY/)
  views.exec('DROP TRIGGER trap')
  while (viewsBehind()) await pause(5)
  assert.is(people.get(), before + 1)
  views.close()
})

test('what cannot be written for now says so, and is written once it can be', async (context) => {
  const { log, vault, dataDir } = context
  const { head } = await registerAnother(context)
  const file = new Sqlite(join(dataDir, 'views.1.db'))
  // A table whose row ids are used up answers as a full disk does.
  file.exec(`CREATE TABLE full (key INTEGER PRIMARY KEY AUTOINCREMENT);
    INSERT INTO full VALUES (9223372036854775807);
    CREATE TRIGGER full_disk AFTER INSERT ON user BEGIN INSERT INTO full VALUES (NULL); END`)
  await vault.createSubject('eve', 'x')
  const eve = { ...appendTo('user-eve', 'no stream', [registered('eve')]), subject: 'eve' }
  const [settled] = await Promise.allSettled([log.append([eve], metadata)])
  assert.instance(settled.status === 'rejected' && settled.reason, CannotWrite)
  file.exec('DROP TRIGGER full_disk')
  file.close()
  assert.equal(await log.append([eve], metadata), { lastPosition: head + 1 })
})

test('a start signs what a life that was cut off left unsigned', async () => {
  const dataDir = temporaryDirectory()
  const killed = writerOn(dataDir, { views })
  killed.append([appendOf([{ stream: 's', events: Array(1000).fill(renamed('x')) }])], start)
  const quiet = { onFatal: assert.unreachable, onTrouble: assert.unreachable }
  const opened = await openEventLog({ dataDir, masterKey, clock: { now: () => start }, ...quiet })
  while ((await opened.head()).checkpoint === null) await pause(5)
  assert.is((await opened.head()).checkpoint?.position, 1000)
  await opened.close()
})

test('closing answers what was asked, signs the head and leaves no WAL', async () => {
  const dataDir = temporaryDirectory()
  const opened = await openEventLog({
    ...{ dataDir, masterKey, clock: { now: () => start } },
    ...{ onFatal: assert.unreachable, onTrouble: assert.unreachable },
  })
  assert.equal(await opened.head(), { position: 0, hash: GENESIS.toString('hex'), checkpoint: null })
  const asked = race(100, () =>
    opened.log.append([{ ...appendTo('s', 'any', [renamed('x')]), subject: undefined }], metadata),
  )
  await opened.close()
  assert.is((await asked).length, 100)
  assert.match(await failureOf(opened.log.append([], metadata)), 'closed')
  assert.equal(readdirSync(dataDir).sort(), ['log.db', 'vault.db', 'views.1.db'])
  const file = openLog(dataDir, { readonly: true })
  const { position, hash, checkpoint } = headReport(file)
  file.close()
  assert.equal([position, checkpoint?.position, checkpoint?.hash], [100, 100, hash])
})

test('a writer that cannot start says why, by the name of the error as well', async () => {
  const dataDir = temporaryDirectory()
  const quiet = { onFatal: assert.unreachable, onTrouble: assert.unreachable }
  const options = { dataDir, masterKey, clock: { now: () => start }, ...quiet }
  await (await openEventLog(options)).close()
  const wrongKey = createSecretKey(Buffer.alloc(32, 8))
  assert.match(await failureOf(openEventLog({ ...options, masterKey: wrongKey })), 'unable to authenticate')
  const views = new Sqlite(join(dataDir, 'views.1.db'))
  views.exec('UPDATE view_state SET position = 99')
  views.close()
  assert.match(await failureOf(openEventLog(options)), /^ViewsAhead: The views have reached position 99/)
})

test('when the thread dies everything that waits is rejected, and so is what comes after', async () => {
  const fatal: Error[] = []
  const quiet = { onTrouble() {}, onProgress() {}, onErased() {}, onViewsSwitched() {} }
  const settings = { dataDir: temporaryDirectory(), masterKey }
  const writer = await startWriter(settings, () => start, { ...quiet, onFatal: (error) => fatal.push(error) })
  const deadly = null as never
  const failures = await Promise.allSettled([
    writer.keep({ kind: 'end login', loginId: 'x' }),
    writer.keep(deadly),
  ])
  const later = await Promise.allSettled([writer.keep({ kind: 'end login', loginId: 'x' }), writer.close()])
  assert.equal(
    [...failures, ...later].map(({ status }) => status),
    Array(4).fill('rejected'),
  )
  assert.is(fatal.length, 1)
  assert.match(String(fatal), /null/)
})

test.run()
