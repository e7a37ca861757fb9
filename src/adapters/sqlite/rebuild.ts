import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'
import type { OnProgress } from '../../application/audit.ts'
import { refuseForeignViews, ViewsAhead, ViewsForeign } from './catch-up.ts'
import { DuplicateKey, foldWholeLog } from './duplicate.ts'
import type { SubjectKeys } from './read-log.ts'
import type { View } from './views.ts'
import {
  buildingPath,
  newestViews,
  openViews,
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
}

/**
 * The views, open for writing and level with the log: built anew where there are none, or where other
 * versions of them made the file. Throws `ViewsAhead` or `ViewsForeign` rather than hide that the log is not
 * the one that the views have seen, and `DuplicateKey`.
 */
export function startViews(options: RebuildOptions): Database {
  const { dataDir, logDb, keys, views, onProgress } = options
  if (newestViews(dataDir) === undefined) rebuildViews(options)
  let db = openViews(dataDir, views)
  try {
    refuseForeignViews(logDb, reachedBy(db))
    if (!viewsAreCurrent(db, views)) {
      db.close()
      rebuildViews(options)
      db = openViews(dataDir, views)
    }
    foldWholeLog(logDb, db, keys, views, { onProgress })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * Builds the views from zero beside the ones that serve, and puts them in their place. An unfinished file of
 * a run that was killed is gone on with. Needs the owner's lock. Throws `DuplicateKey` where two events claim
 * one unique key.
 */
export function rebuildViews({ dataDir, logDb, keys, views, onProgress }: RebuildOptions): Reached {
  const number = (newestViews(dataDir)?.number ?? 0) + 1
  const building = buildingPath(dataDir, number)
  const db = unfinished(building, logDb, views) ?? fresh(building, views)
  let reached: Reached
  try {
    reached = foldWholeLog(logDb, db, keys, views, { onProgress, phase: 'Rebuilding the views' })
    db.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    db.close()
    if (error instanceof DuplicateKey) removeDatabase(building)
    throw error
  }
  db.close()
  sync(building)
  const path = viewsPath(dataDir, number)
  renameSync(building, path)
  sync(dataDir)
  removeViewsBefore(dataDir, path)
  return reached
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
  return hasty(openViewsFile(path, views))
}

function hasty(db: Database): Database {
  db.pragma('synchronous = OFF')
  db.pragma('wal_autocheckpoint = 4000')
  db.pragma('cache_size = -65536')
  return db
}

function sync(path: string) {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}
