import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Appending, type Tail, tailOf } from '../../../src/adapters/sqlite/append.ts'
import {
  createGroupCommit,
  createVaultCommit,
  type Outcome,
} from '../../../src/adapters/sqlite/group-commit.ts'
import { openLog, pageOfEvents } from '../../../src/adapters/sqlite/log-file.ts'
import { openVault } from '../../../src/adapters/sqlite/vault.ts'
import { newestViews } from '../../../src/adapters/sqlite/views-file.ts'
import {
  appendOf,
  registrationOf,
  renamed,
  start,
  temporaryDirectory,
  writerOn,
} from '../../support/writer.ts'

const test = suite('group commit')

function writerWith(...userIds: string[]) {
  const dataDir = temporaryDirectory()
  const troubles: unknown[] = []
  const writer = writerOn(dataDir, { onViewsBehind: (error) => troubles.push(error) })
  writer.keep(
    userIds.map((userId) => ({ kind: 'create subject', userId, passwordHash: 'x' })),
    start,
  )
  return { dataDir, writer, troubles }
}

function contents(dataDir: string) {
  const log = openLog(dataDir, { readonly: true })
  const views = new Sqlite(newestViews(dataDir)?.path, { readonly: true })
  const streams = pageOfEvents(log, 0, 100).map(({ stream }) => stream)
  const people = views.prepare('SELECT email FROM person ORDER BY key').pluck().all()
  const { position } = views
    .prepare<[], { position: number }>('SELECT position FROM view_state')
    .get() as never
  log.close()
  views.close()
  return { streams, people, position }
}

const shown = <R>(outcomes: readonly Outcome<R>[]) =>
  outcomes.map((outcome) => ('result' in outcome ? outcome.result : String(outcome.error)))

test('a broken unique key in the middle of a batch refuses that command alone', () => {
  const { dataDir, writer } = writerWith('ada', 'bob', 'eve')
  const batch = [registrationOf('ada'), registrationOf('bob', 'ada@example.org'), registrationOf('eve')]
  assert.equal(shown(writer.append(batch, start)), [
    { lastPosition: 1 },
    { refusal: 'email-taken', detail: 'This is taken already.' },
    { lastPosition: 2 },
  ])
  assert.equal(contents(dataDir), {
    streams: ['user-ada', 'user-eve'],
    people: ['ada@example.org', 'eve@example.org'],
    position: 2,
  })
  writer.close(start)
})

test('an unknown failure in the middle of a batch rejects that command alone', () => {
  const { dataDir, writer } = writerWith('ada', 'bob', 'eve')
  const batch = [
    registrationOf('ada'),
    registrationOf('bob', 'bob@example.org', { firstName: 'Unfoldable' }),
    registrationOf('eve'),
  ]
  assert.equal(shown(writer.append(batch, start)), [
    { lastPosition: 1 },
    'Error: This name cannot be folded.',
    { lastPosition: 2 },
  ])
  assert.equal(contents(dataDir).streams, ['user-ada', 'user-eve'])
  writer.close(start)
})

test('a batch in which nothing lands leaves nothing', () => {
  const { dataDir, writer } = writerWith('ada')
  const stale = appendOf([{ stream: 'user-ada', subject: 'ada', expected: 4, events: [renamed('Grace')] }])
  assert.equal(shown(writer.append([stale], start)), [
    { conflict: { stream: 'user-ada', expected: 4, actual: 0 } },
  ])
  assert.equal(contents(dataDir), { streams: [], people: [], position: 0 })
  writer.close(start)
})

test('a views commit that fails after the log’s is a success; the views catch up later', () => {
  const { dataDir, writer, troubles } = writerWith('ada', 'bob')
  const inUnknownTown = registrationOf('ada', 'ada@example.org', { goal: 'Turin' })
  assert.equal(shown(writer.append([inUnknownTown], start)), [{ lastPosition: 1 }])
  assert.ok(writer.isBehind())
  assert.match(String(troubles), /FOREIGN KEY/)
  assert.equal(contents(dataDir), { streams: ['user-ada'], people: [], position: 0 })

  assert.match(String(shown(writer.append([registrationOf('bob')], start))), /FOREIGN KEY/)
  assert.throws(() => writer.catchUpIfBehind(), /FOREIGN KEY/)
  assert.equal(contents(dataDir).streams, ['user-ada'])

  const views = new Sqlite(newestViews(dataDir)?.path)
  views.exec("INSERT INTO town VALUES ('Turin')")
  views.close()
  assert.equal(shown(writer.append([registrationOf('bob')], start)), [{ lastPosition: 2 }])
  assert.not(writer.isBehind())
  assert.equal(contents(dataDir), {
    streams: ['user-ada', 'user-bob'],
    people: ['ada@example.org', 'bob@example.org'],
    position: 2,
  })
  writer.close(start)
})

/** Two plain files and an append of our own, so that any step can be made to fail. */
function faultyCommit(fail: {
  commit?: (log: Database) => void
  append?: (log: Database, views: Database) => void
}) {
  const dataDir = temporaryDirectory()
  const log = openLog(dataDir)
  log.exec("INSERT INTO streams VALUES (1, 'one')")
  const views = new Sqlite(join(dataDir, 'views.db'))
  views.exec('CREATE TABLE folded (position INTEGER PRIMARY KEY, filling BLOB)')
  const insert = log.prepare(
    "INSERT INTO events VALUES (?, 1, ?, 'id', 'T', 1, x'00', x'00', '2026', NULL, ?, ?)",
  )
  const append: Appending = (_command, tail) => {
    const position = tail.position + 1
    const next: Tail = { position, hash: Buffer.alloc(32, position), recordedAt: '2026' }
    insert.run(position, position, tail.hash, next.hash)
    views.prepare('INSERT INTO folded VALUES (?, NULL)').run(position)
    if (position === 2) fail.append?.(log, views)
    return { result: { lastPosition: position }, tail: next }
  }
  const failing = new Proxy(log, {
    get: (target, name) => {
      const member = Reflect.get(target, name)
      if (name === 'prepare') {
        return (sql: string) =>
          sql === 'COMMIT' && fail.commit ? { run: () => fail.commit?.(log) } : log.prepare(sql)
      }
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
  const events = createGroupCommit({
    ...{ log: failing, views: { db: views, reached: () => {} }, append },
    ...{ uniqueRefusal: () => undefined, catchUp: () => {}, onUndone: () => {}, onViewsBehind: () => {} },
  })
  const command = appendOf([])
  return {
    commit: (count: number) =>
      shown(
        events.commit(
          Array.from({ length: count }, () => command),
          start,
        ),
      ),
    tail: () => events.tail().position,
    stored: () => [tailOf(log).position, views.prepare('SELECT count(*) FROM folded').pluck().get()],
  }
}

test('when an error takes a transaction away, the batch fails and the other file is rolled back', () => {
  for (const lost of ['log', 'views'] as const) {
    let broken = true
    const faulty = faultyCommit({
      append: (log, views) => {
        if (!broken) return
        ;({ log, views })[lost].exec('ROLLBACK')
        throw new Error('disk full')
      },
    })
    assert.equal(faulty.commit(3), Array(3).fill('Error: disk full'), lost)
    assert.equal([faulty.tail(), ...faulty.stored()], [0, 0, 0], lost)
    broken = false
    assert.equal(faulty.commit(2), [{ lastPosition: 1 }, { lastPosition: 2 }], lost)
  }
})

test('a log commit that throws is decided by what the file holds', () => {
  const landed = faultyCommit({
    commit: (log) => {
      log.exec('COMMIT')
      throw new Error('interrupted')
    },
  })
  assert.equal(landed.commit(2), [{ lastPosition: 1 }, { lastPosition: 2 }])
  assert.equal([landed.tail(), ...landed.stored()], [2, 2, 2])

  const lost = faultyCommit({
    commit: () => {
      throw new Error('no space left')
    },
  })
  assert.equal(lost.commit(2), Array(2).fill('Error: no space left'))
  assert.equal([lost.tail(), ...lost.stored()], [0, 0, 0])
})

test('a vault that loses its transaction fails the whole batch and goes on with the next', () => {
  const vault = openVault(temporaryDirectory())
  const lose = (userId: string) => {
    if (userId === 'lost') vault.exec('ROLLBACK')
    if (userId !== 'fine') throw new Error(`${userId} cannot be made`)
    return { ended: [] }
  }
  const commit = createVaultCommit(vault, (command) => lose('userId' in command ? command.userId : ''))
  const made = (...userIds: string[]) => {
    const commands = userIds.map((userId) => ({ kind: 'start login', userId }) as const)
    return shown(commit(commands, start))
  }
  assert.equal(made('fine', 'lost', 'fine'), Array(3).fill('Error: lost cannot be made'))
  assert.equal(made('fine', 'bad', 'fine'), [{ ended: [] }, 'Error: bad cannot be made', { ended: [] }])
  vault.close()
})

test('a full disk refuses what does not fit, and writing goes on when there is room again', () => {
  const large = {
    log: 'INSERT INTO streams VALUES (2, hex(zeroblob(100000)))',
    views: 'INSERT INTO folded VALUES (-2, zeroblob(200000))',
  }
  for (const full of ['log', 'views'] as const) {
    let room = false
    const faulty = faultyCommit({
      append: (log, views) => {
        const file = { log, views }[full]
        file.pragma(`max_page_count = ${room ? 1_000_000 : file.pragma('page_count', { simple: true })}`)
        file.exec(large[full])
      },
    })
    const outcomes = faulty.commit(3)
    const landed = outcomes.filter((outcome) => typeof outcome === 'object').length
    assert.match(String(outcomes[1]), 'database or disk is full')
    assert.equal([faulty.tail(), ...faulty.stored()], [landed, landed, landed])
    room = true
    assert.equal(faulty.commit(2), [{ lastPosition: landed + 1 }, { lastPosition: landed + 2 }])
  }
})

test.run()
