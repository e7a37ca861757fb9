import { hash } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import type { EventType } from '../../domain/events.ts'
import type { RefusalCode } from '../../domain/refusal.ts'
import { isAtOnce } from './at-once.ts'
import { GENESIS } from './hash-chain.ts'
import { type Access, openFile } from './open-file.ts'
import { UnusableData } from './unusable-data.ts'
import type { View, ViewEvent } from './views.ts'

/** How far in the log the views are: the last event folded and its hash. */
export type Reached = { position: number; hash: Buffer }

export type Folding = {
  fold(event: ViewEvent): void
  reached(position: number, hash: Uint8Array): void
  position(): Reached
  /** Called after anything that was folded is undone, or was folded by others. */
  forget(): void
}

const FINISHED = /^views\.(\d+)\.db$/
const BUILDING = /^views\.(\d+)\.building\.db$/

/** The finished views file of the highest number; undefined where there is none. */
export function newestViews(dataDir: string): { path: string; number: number } | undefined {
  const numbers = numbersOf(dataDir, FINISHED)
  const number = Math.max(...numbers)
  return numbers.length === 0 ? undefined : { path: viewsPath(dataDir, number), number }
}

export function viewsPath(dataDir: string, number: number): string {
  return join(dataDir, `views.${number}.db`)
}

export function buildingPath(dataDir: string, number: number): string {
  return join(dataDir, `views.${number}.building.db`)
}

/** Opens the newest views file; one is made from the views' tables where there is none. */
export function openViews(dataDir: string, views: readonly View[], access: Access = {}): Database {
  const path = newestViews(dataDir)?.path ?? viewsPath(dataDir, 1)
  const db = openViewsFile(path, views, access)
  if (access.readonly !== true) removeViewsBefore(dataDir, path)
  return db
}

export function openViewsFile(path: string, views: readonly View[], access: Access = {}): Database {
  const db = openFile(path, viewsSchema(views), 'NORMAL', access)
  if (access.readonly === true) return db
  db.pragma('secure_delete = ON')
  // Each event touches rows of a person all over the file.
  db.pragma('cache_size = -8000')
  return db
}

/**
 * Views in a file without a name, which the system takes back whatever becomes of this process, or in memory
 * where they are small.
 */
export function openScratchViews(views: readonly View[], where: '' | ':memory:' = ''): Database {
  const db = new Sqlite(where)
  db.exec(viewsSchema(views))
  return db
}

/** Removes finished and half-built files other than the given one, whose numbers are not above its own. */
export function removeViewsBefore(dataDir: string, keep: string) {
  const kept = Number(/views\.(\d+)\.db$/.exec(keep)?.[1])
  const older = numbersOf(dataDir, FINISHED).filter((number) => number < kept)
  const abandoned = numbersOf(dataDir, BUILDING).filter((number) => number <= kept)
  for (const number of older) removeDatabase(viewsPath(dataDir, number))
  for (const number of abandoned) removeDatabase(buildingPath(dataDir, number))
}

/** Removes what was built beside the file that serves and does not serve itself, finished or not. */
export function removeHalfBuilt(dataDir: string, serving: string) {
  for (const number of numbersOf(dataDir, BUILDING)) removeDatabase(buildingPath(dataDir, number))
  const newest = newestViews(dataDir)
  if (newest !== undefined && newest.path !== serving) removeDatabase(newest.path)
}

export function removeDatabase(path: string) {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
}

/** False where the file was made by other versions of the views than these, and must be built anew. */
export function viewsAreCurrent(db: Database, views: readonly View[]): boolean {
  const state = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'view_state'").get()
  if (state === undefined) return false
  return db.prepare<[], string>('SELECT versions FROM view_state').pluck().get() === versionsOf(views)
}

/** True where the file names the versions of its views as every edition does, whichever they are. */
export function namesVersions(db: Database): boolean {
  const text = db.prepare<[], string>('SELECT versions FROM view_state').pluck().get() ?? ''
  return /^\{"[a-z-]+":[1-9]\d*(,"[a-z-]+":[1-9]\d*)*\}$/.test(text)
}

/** True where the file has the tables of these views, whatever their versions: it can be read and written. */
export function sameTables(db: Database, views: readonly View[]): boolean {
  const select = `SELECT json_group_array(json_array(type, name, tbl_name, sql)) FROM
    (SELECT * FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name)`
  const wanted = openScratchViews(views, ':memory:')
  const [tables, ours] = [db, wanted].map((each) => each.prepare(select).pluck().get())
  wanted.close()
  return tables === ours
}

/** What tells this file from any other that an answer may have come from. */
export function editionOf(db: Database): string {
  const versions = db.prepare<[], string>('SELECT versions FROM view_state').pluck().get() ?? ''
  return hash('sha256', `${basename(db.name)} ${versions}`, 'base64url').slice(0, 12)
}

export function reachedBy(db: Database): Reached {
  const state = db.prepare<[], Reached>('SELECT position, hash FROM view_state').get()
  if (state === undefined)
    throw new UnusableData(`${basename(db.name)} does not say which position it has reached.`)
  return state
}

/** Folds events into one connection, each in all views in their order. The caller owns the transaction. */
export function createFolding(db: Database, views: readonly View[]): Folding {
  const handlers = new Map<EventType, ((event: never) => void)[]>()
  const forgetting: (() => void)[] = []
  const atOnce = isAtOnce(db)
  for (const view of views) {
    const { forget, ...on } = atOnce && view.atOnce ? view.atOnce(db).on : view.on(db)
    if (forget !== undefined) forgetting.push(forget)
    for (const [type, handle] of Object.entries(on)) {
      const before = handlers.get(type as EventType) ?? []
      handlers.set(type as EventType, [...before, handle as (event: never) => void])
    }
  }
  const reach = db.prepare('UPDATE view_state SET position = ?, hash = ?')
  return {
    fold(event) {
      for (const handle of handlers.get(event.type) ?? []) handle(event as never)
    },
    reached(position, hash) {
      reach.run(position, hash)
    },
    position: () => reachedBy(db),
    forget() {
      for (const forget of forgetting) forget()
    },
  }
}

/**
 * The refusal that the views declare for the unique key that SQLite says was violated: by its columns as
 * SQLite lists them (`user.email`, `session.user, session.id`) or by the name of an index over expressions.
 */
export function uniqueRefusal(error: unknown, views: readonly View[]): RefusalCode | undefined {
  const key = violatedKey(error)
  if (key === undefined) return undefined
  for (const { unique } of views) {
    for (const [declared, code] of Object.entries(unique)) {
      if (sameKey(declared) === sameKey(key)) return code
    }
  }
  return undefined
}

/** What SQLite names behind "UNIQUE constraint failed", or undefined for any other error. */
export function violatedKey(error: unknown): string | undefined {
  if (!(error instanceof Sqlite.SqliteError)) return undefined
  const unique = ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_ROWID']
  if (!unique.includes(error.code)) return undefined
  return /^UNIQUE constraint failed: (.+)$/.exec(error.message)?.[1]
}

function sameKey(key: string): string {
  const index = /^index '(.+)'$/.exec(key)?.[1]
  return (index ?? key).replaceAll(/\s+/g, '')
}

function viewsSchema(views: readonly View[]): string {
  const state = `CREATE TABLE view_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  versions TEXT NOT NULL
) STRICT;
INSERT INTO view_state VALUES (1, 0, x'${GENESIS.toString('hex')}', '${versionsOf(views)}');`
  return [...views.map(({ tables }) => tables), state].join('\n')
}

function versionsOf(views: readonly View[]): string {
  return JSON.stringify(Object.fromEntries(views.map(({ name, version }) => [name, version])))
}

function numbersOf(dataDir: string, pattern: RegExp): number[] {
  return readdirSync(dataDir).flatMap((name) => {
    const number = pattern.exec(name)?.[1]
    return number === undefined ? [] : [Number(number)]
  })
}
