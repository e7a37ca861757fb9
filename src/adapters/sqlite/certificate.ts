import { existsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { ErasureCertificate, ErasureCheck } from '../../application/audit.ts'
import { views } from './all-views.ts'
import { hexOf, pageOfCheckpoints } from './checkpoints.ts'
import { openLog, userStream } from './log-file.ts'
import { demandData } from './offline.ts'
import { UnusableData } from './unusable-data.ts'
import { createUserEvents, type OwnStream, streamsOfUser } from './user-streams.ts'
import { knowsErasures, openVault, vaultFileName } from './vault.ts'
import { newestViews, openViewsFile } from './views-file.ts'

type Last = { position: number; type: string; recordedAt: string; hash: Buffer }

/** What is known of the erasure of a person, with a fresh look at every file; beside a live server too. */
export function certify(dataDir: string, userId: string): ErasureCertificate {
  demandData(dataDir)
  const files: Database[] = []
  const opened = (file: Database) => {
    files.push(file)
    return file
  }
  try {
    const vault = opened(openVault(dataDir, { readonly: true }))
    const log = opened(openLog(dataDir, { readonly: true }))
    const asked = knowsErasures(vault) ? askedOf(vault, userId) : undefined
    const last = lastOf(log, userId)
    if (asked === undefined || last?.type !== 'UserErased') {
      throw new UnusableData(`Nothing says that ${userId} was erased.`)
    }
    const newest = newestViews(dataDir)
    const serving = newest && opened(openViewsFile(newest.path, views, { readonly: true }))
    const streams = streamsOfUser(log, userId)
    const [checkpoint] = pageOfCheckpoints(log, last.position - 1, 1)
    return {
      ...{ userId, ...asked, events: createUserEvents(log).positions(userId).length },
      last: { position: last.position, hash: last.hash.toString('hex'), recordedAt: last.recordedAt },
      checkpoint: checkpoint === undefined ? null : hexOf(checkpoint),
      checks: [
        ...inVault(vault, userId),
        { file: 'log.db', what: 'remembered requests', found: requestsOf(log, userId) },
        ...(serving === undefined ? [] : [inViews(serving, userId, streams)]),
        ...walsOf(dataDir, ['log.db', vaultFileName, basename(newest?.path ?? '')], asked.finishedAt),
      ],
    }
  } finally {
    for (const file of files) file.close()
  }
}

function askedOf(vault: Database, userId: string) {
  const select = 'SELECT asked_at AS askedAt, done_at AS finishedAt FROM erasures WHERE user_id = ?'
  return vault.prepare<[string], { askedAt: string; finishedAt: string | null }>(select).get(userId)
}

function lastOf(log: Database, userId: string) {
  const select = `SELECT position, type, recorded_at AS recordedAt, hash FROM events
    WHERE stream = (SELECT key FROM streams WHERE name = ?) ORDER BY version DESC LIMIT 1`
  return log.prepare<[string], Last>(select).get(userStream(userId))
}

function inVault(vault: Database, userId: string): ErasureCheck[] {
  const count = (rows: string) =>
    vault.prepare<[string], number>(`SELECT count(*) FROM ${rows} WHERE user_id = ?`).pluck().get(userId) ?? 0
  return [
    { file: vaultFileName, what: 'keys and password hashes', found: count('subjects') },
    { file: vaultFileName, what: 'logins', found: count('logins') },
    {
      ...{ file: vaultFileName, what: 'refresh tokens' },
      found: count('refresh_tokens JOIN logins USING (login_id)'),
    },
    { file: vaultFileName, what: 'access tokens', found: count('access_tokens') },
  ]
}

function requestsOf(log: Database, userId: string): number {
  const select = 'SELECT count(*) FROM idempotency WHERE user = (SELECT key FROM streams WHERE name = ?)'
  return log.prepare<[string], number>(select).pluck().get(userStream(userId)) ?? 0
}

// A table names the person in one of these columns, or else the stream that its row is about.
const ofPerson = ['user', 'owner']
const ofStream = ['session', 'exercise', 'goal']

function inViews(db: Database, userId: string, streams: readonly OwnStream[]): ErasureCheck {
  const counts = [...rowsOfPerson(db, userId, streams).values()]
  const found = counts.reduce((sum, count) => sum + count, 0)
  return { file: basename(db.name), what: `rows in ${counts.length} tables`, found }
}

/** How many rows of each table are a person's, by that person's own stream and all of theirs. */
export function rowsOfPerson(
  db: Database,
  userId: string,
  streams: readonly OwnStream[],
): Map<string, number> {
  const userKey = streams.find(({ name }) => name === userStream(userId))?.key
  const streamKeys = JSON.stringify(streams.map(({ key }) => key))
  const tables = db
    .prepare<[], { name: string; columns: string }>(
      `SELECT t.name, json_group_array(c.name) AS columns
      FROM pragma_table_list t, pragma_table_info(t.name) c
      WHERE t.schema = 'main' AND t.type = 'table' GROUP BY t.name`,
    )
    .all()
  const counts = new Map<string, number>()
  for (const { name, columns } of tables) {
    const has = (column: string) => (JSON.parse(columns) as string[]).includes(column)
    const own = name === 'user' ? 'key' : ofPerson.find(has)
    const parent = ofStream.find(has)
    const condition =
      own !== undefined
        ? `"${own}" = @userKey`
        : parent && `"${parent}" IN (SELECT value FROM json_each(@streamKeys))`
    if (condition === undefined) continue
    const count = db.prepare<object, number>(`SELECT count(*) FROM "${name}" WHERE ${condition}`).pluck()
    counts.set(name, count.get({ userKey, streamKeys }) ?? 0)
  }
  return counts
}

/** A write-ahead log that was emptied in the end holds only what was written since. */
function walsOf(dataDir: string, names: readonly string[], finishedAt: string | null): ErasureCheck[] {
  return names
    .map((name) => `${name}-wal`)
    .map((file) => {
      const path = join(dataDir, file)
      const left = finishedAt === null && existsSync(path) ? statSync(path).size : 0
      return { file, what: 'bytes from before it was emptied', found: left }
    })
}
