import Sqlite, { type Database } from 'better-sqlite3'
import { refuseForeignViews } from './catch-up.ts'
import { foldWholeLog } from './duplicate.ts'
import { type RebuildOptions, rebuildViews } from './rebuild.ts'
import { UnusableData } from './unusable-data.ts'
import { newestViews, openViews, reachedBy, sameTables, viewsAreCurrent } from './views-file.ts'

export type StartedViews = {
  db: Database
  /** Folded by other versions of the views, so that they serve only until new ones are built. */
  outdated: boolean
}

export type StartOptions = RebuildOptions & { onTrouble?: (error: unknown) => void }

/**
 * The views, open for writing and level with the log. Where there are none, or their tables are others than
 * today's, or they are damaged, they are built anew first. Throws `ViewsAhead` or `ViewsForeign` rather than
 * hide that the log is not the one that the views have seen, and `DuplicateKey`.
 */
export function startViews(options: StartOptions): StartedViews {
  try {
    const started = openServing(options)
    if (started !== undefined) return started
  } catch (error) {
    if (!isDamage(error)) throw error
    options.onTrouble?.(error)
  }
  rebuildViews(options)
  return openServing(options) as StartedViews
}

function openServing({ dataDir, logDb, keys, views, onProgress }: StartOptions): StartedViews | undefined {
  if (newestViews(dataDir) === undefined) return undefined
  const db = openViews(dataDir, views)
  try {
    refuseForeignViews(logDb, reachedBy(db))
    if (sameTables(db, views)) {
      foldWholeLog(logDb, db, keys, views, { onProgress })
      return { db, outdated: !viewsAreCurrent(db, views) }
    }
  } catch (error) {
    db.close()
    throw error
  }
  db.close()
  return undefined
}

function isDamage(error: unknown): boolean {
  if (error instanceof UnusableData) return true
  if (!(error instanceof Sqlite.SqliteError)) return false
  return /^SQLITE_(CORRUPT|NOTADB)/.test(error.code) || /^no such (table|column)/.test(error.message)
}
