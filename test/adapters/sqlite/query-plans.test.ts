import type { Database } from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { views } from '../../../src/adapters/sqlite/all-views.ts'
import { createAppending, tailOf } from '../../../src/adapters/sqlite/append.ts'
import { createIdempotency } from '../../../src/adapters/sqlite/idempotency.ts'
import { headOf, lastOfPerson, openLog, streamReader } from '../../../src/adapters/sqlite/log-file.ts'
import { createLogins } from '../../../src/adapters/sqlite/logins.ts'
import { readsOf } from '../../../src/adapters/sqlite/reads.ts'
import { createKeyring, openVault } from '../../../src/adapters/sqlite/vault.ts'
import { createVaultPort } from '../../../src/adapters/sqlite/vault-port.ts'
import { openScratchViews } from '../../../src/adapters/sqlite/views-file.ts'
import { plansOf } from '../../support/query-plans.ts'
import { masterKey, temporaryDirectory } from '../../support/writer.ts'

const test = suite('query plans')

const few = 'the few rows that the event at hand has changed'
const ofUser = 'rows found by index, of one person and one range'
const named = 'at most a page, or one row an exercise'

/** A part of each statement that scans or sorts in a table of its own, and what it goes through then. */
const exceptions: Readonly<Record<string, string>> = {
  'FROM json_each(?)': few,
  'FROM set_before': few,
  'SELECT DISTINCT exercise FROM session_set WHERE session = ?': 'the sets of one session',
  'UPDATE planned_session SET (local_date': 'the sets of one session',
  'SELECT facts FROM session_set WHERE session = ?': 'the sets of one session',
  'SELECT body FROM exercise WHERE owner = 0 ORDER BY key': 'the catalogue, read when it has changed',
  'max(s.started_at) DESC, p.number DESC LIMIT 1': ofUser,
  'max(s.frequency_per_week) AS frequencyPerWeek': ofUser,
  'FROM session_entry e CROSS JOIN session x': ofUser,
  'avg(coalesce(weight_micrograms, length_micrometers, value)) AS average': ofUser,
  'SELECT local_date AS date, finished_at AS at, sum(count) OVER': ofUser,
  'SELECT local_date AS date, effort, sum(duration_seconds)': ofUser,
  'WITH done AS': named,
  'count(DISTINCT s.session) AS sessions': ofUser,
  'ORDER BY e.id, r.kind, r.reps LIMIT @limit': named,
  'SELECT e.id FROM exercise_total t': named,
  'sum(s.count) AS times, max(s.finished_at) AS done': ofUser,
  'DELETE FROM set_before': few,
}

type Prepare = (db: Database) => unknown

/** The statements that scan or sort, but for those that only make up one row, or take what another found. */
function costly(db: Database, prepare: Prepare): string[] {
  const isCostly = (step: string) =>
    /\bSCAN\b|TEMP B-TREE/.test(step) && !/^SCAN (CONSTANT ROW|\(subquery-\d+\))$/.test(step)
  const plans = [...plansOf(db, prepare)].filter(([sql]) => !sql.includes('sqlite_schema'))
  assert.ok(plans.length > 0)
  return plans.filter(([, steps]) => steps.some(isCostly)).map(([sql]) => sql.replaceAll(/\s+/g, ' '))
}

test('of the views go by index, but for what is named', () => {
  const db = openScratchViews(views)
  const kept = views.flatMap((view) => costly(db, view.on))
  const read = costly(db, readsOf)
  const met = new Set<string>()
  const unnamed = [...kept, ...read].filter((sql) => {
    const found = Object.keys(exceptions).filter((part) => sql.includes(part))
    for (const part of found) met.add(part)
    return found.length === 0
  })
  assert.equal(unnamed, [])
  assert.equal(
    Object.keys(exceptions).filter((part) => !met.has(part)),
    [],
  )
})

test('of listed sessions go by index, whatever is asked for', () => {
  const asked = {
    from: '',
    to: '',
    planId: '',
    status: 'finished',
    exerciseId: '',
    startedAt: '',
    key: 0,
  } as const
  const names = ['from', 'to', 'planId', 'status', 'exerciseId'] as const
  const filters = Array.from({ length: 2 ** names.length }, (_, chosen) =>
    Object.fromEntries(names.flatMap((name, bit) => (chosen & (1 << bit) ? [[name, asked[name]]] : []))),
  )
  const list: Prepare = (db) => {
    const { sessions } = readsOf(db)
    for (const filter of filters) {
      void sessions.list('', filter, 1)
      void sessions.list('', filter, 1, { startedAt: '', key: 0 })
    }
  }
  const db = openScratchViews(views)
  const others = costly(db, readsOf)
  assert.equal(
    costly(db, list).filter((sql) => !others.includes(sql)),
    [],
  )
})

test('of the log go by index, or take the one row at the end of a table', () => {
  const dataDir = temporaryDirectory()
  const [log, vault] = [openLog(dataDir), openVault(dataDir)]
  const keyring = createKeyring(vault, masterKey, log)
  const written: Prepare = (db) => {
    const idempotency = createIdempotency(db, masterKey, keyring)
    const writing = idempotency.writing()
    createAppending(db, () => {}, keyring, writing)
  }
  const isLast = /max\(key\)|ORDER BY position DESC LIMIT 1$/
  for (const prepare of [written, streamReader, tailOf, headOf, (db: Database) => lastOfPerson(db)('')]) {
    assert.equal(
      costly(log, prepare).filter((sql) => !isLast.test(sql)),
      [],
    )
  }
  log.close()
  vault.close()
})

test('of the vault go by index, but for those that look every ten minutes for what is old', () => {
  const vault = openVault(temporaryDirectory())
  const keys: Prepare = (db) => createKeyring(db, masterKey)
  const logins: Prepare = (db) => createLogins(db, masterKey)
  const port: Prepare = (db) => createVaultPort(db, {} as never)
  const found = [keys, logins, port].flatMap((prepare) => costly(vault, prepare))
  assert.equal(found, [
    'DELETE FROM logins WHERE used_at < ? OR started_at < ?',
    'DELETE FROM reset_tickets WHERE expires_at <= ?',
  ])
  vault.close()
})

test.run()
