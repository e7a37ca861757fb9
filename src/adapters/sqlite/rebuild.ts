import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'
import type { OnProgress } from '../../application/audit.ts'
import { beginAtOnce, finishAtOnce } from './at-once.ts'
import { refuseForeignViews, ViewsAhead, ViewsForeign } from './catch-up.ts'
import { DuplicateKey, foldWholeLog } from './duplicate.ts'
import { headOf } from './log-file.ts'
import type { SubjectKeys } from './read-log.ts'
import { type Ahead, readAhead } from './reading-ahead.ts'
import type { View } from './views.ts'
import {
  buildingPath,
  newestViews,
  openViewsFile,
  type Reached,
  reachedBy,
  removeDatabase,
  removeViewsBefore,
  viewsAreCurrent,
  viewsPath,
} from './views-file.ts'

export type RebuildOptions = {
  dataDir: string
  logDb: Database
  keys: SubjectKeys
  views: readonly View[]
  onProgress?: OnProgress | undefined
  /** Another thread reads and opens events ahead where it is told with what. */
  ahead?: Ahead | undefined
}

/** The disk has hardly any room left, and what there is belongs to those who write. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom'
  readonly code = 'SQLITE_FULL'
}

export const REBUILDING = 'Rebuilding the views'

/**
 * Builds the views from zero beside the ones that serve, and puts them in their place. An unfinished file of
 * a run that was killed is gone on with. Needs the owner's lock. Throws `DuplicateKey` where two events claim
 * one unique key.
 */
export function rebuildViews(options: RebuildOptions): Reached {
  const { dataDir, logDb, keys, views, onProgress, ahead } = options
  const { path, result } = buildViews(options, (db) => {
    const range = { after: reachedBy(db).position, upTo: headOf(logDb).position }
    const reading = ahead && readAhead({ ...ahead, dataDir, logDb, keys, ...range })
    try {
      const { nextPage } = reading ?? {}
      foldWholeLog(logDb, db, keys, views, { onProgress, phase: REBUILDING, nextPage })
    } finally {
      reading?.close()
    }
    finishAtOnce(db, views)
    return reachedBy(db)
  })
  removeViewsBefore(dataDir, path)
  return result
}

/**
 * Makes the next views file: what `fill` leaves in it is synced, and only then has it the name of a finished
 * one. A file that failed stays and is gone on with, unless nothing could come of it, or its room is needed.
 */
export function buildViews<T>(
  { dataDir, logDb, views }: RebuildOptions,
  fill: (db: Database) => T,
): { path: string; result: T } {
  const number = (newestViews(dataDir)?.number ?? 0) + 1
  const building = buildingPath(dataDir, number)
  const db = unfinished(building, logDb, views) ?? fresh(building, views)
  let result: T
  try {
    result = fill(db)
    db.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    db.close()
    if (error instanceof DuplicateKey || (error as { code?: string }).code === 'SQLITE_FULL')
      removeDatabase(building)
    throw error
  }
  db.close()
  sync(building)
  const path = viewsPath(dataDir, number)
  renameSync(building, path)
  sync(dataDir)
  return { path, result }
}

function unfinished(path: string, logDb: Database, views: readonly View[]): Database | undefined {
  if (!existsSync(path)) return undefined
  const db = new Sqlite(path)
  try {
    // Nothing was synced while it was built: a power cut, unlike a kill, may have left half of a page.
    const whole = db.pragma('integrity_check', { simple: true }) === 'ok'
    if (whole && viewsAreCurrent(db, views)) {
      refuseForeignViews(logDb, reachedBy(db))
      return hasty(db)
    }
  } catch (error) {
    const unfit = [Sqlite.SqliteError, ViewsAhead, ViewsForeign].some((kind) => error instanceof kind)
    if (!unfit) throw error
  }
  db.close()
  return undefined
}

function fresh(path: string, views: readonly View[]): Database {
  removeDatabase(path)
  const db = hasty(openViewsFile(path, views))
  beginAtOnce(db, views)
  return db
}

function hasty(db: Database): Database {
  db.pragma('synchronous = OFF')
  db.pragma('secure_delete = ON')
  db.pragma('wal_autocheckpoint = 4000')
  db.pragma('cache_size = -32768')
  return db
}

function sync(path: string) {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}
