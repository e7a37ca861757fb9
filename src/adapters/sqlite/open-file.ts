import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'

export type Access = { readonly?: boolean }

// A reader's is emptied by whatever another connection commits, and a writer comes back to few pages.
const CACHE_KIBIBYTES = -4000
const SYNCHRONOUS = { NORMAL: 1, FULL: 2 }

/**
 * One of our files, readable by its owner alone, in WAL mode. What a power cut takes hangs on `synchronous`,
 * and a reopened WAL file falls back to NORMAL by itself: so it is set by name and read back on every open.
 */
export function openFile(
  path: string,
  schema: string,
  synchronous: keyof typeof SYNCHRONOUS,
  { readonly = false }: Access = {},
): Database {
  if (readonly) rollBackUnfinished(path)
  else {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    makeOnce(path)
  }
  const db = new Sqlite(path, { readonly, fileMustExist: true, timeout: 5000 })
  try {
    demand(db, 'cache_size', `${CACHE_KIBIBYTES}`, CACHE_KIBIBYTES)
    if (readonly) return db
    demand(db, 'journal_mode', 'WAL', 'wal')
    demand(db, 'synchronous', synchronous, SYNCHRONOUS[synchronous])
    demand(db, 'wal_autocheckpoint', '4000', 4000)
    const made = db.prepare('SELECT count(*) FROM sqlite_schema').pluck()
    db.transaction(() => {
      if (made.get() === 0) db.exec(schema)
    }).immediate()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Whether a table of one of our files has rows; undefined where there is no such file or table. */
export function hasRows(dataDir: string, name: string, table: string): boolean | undefined {
  const path = join(dataDir, name)
  if (!existsSync(path)) return undefined
  const db = new Sqlite(path, { readonly: true, timeout: 5000 })
  try {
    const made = db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined
    return made ? db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined : undefined
  } finally {
    db.close()
  }
}

// Whoever was killed while a file was being made leaves a journal that a reader may not roll back.
function rollBackUnfinished(path: string) {
  if (!existsSync(`${path}-journal`)) return
  const db = new Sqlite(path, { fileMustExist: true, timeout: 5000 })
  db.prepare('SELECT count(*) FROM sqlite_schema').get()
  db.close()
}

// Never opens a file that is there: closing it again would drop the locks that this process may hold on it.
function makeOnce(path: string) {
  if (existsSync(path)) return
  closeSync(openSync(path, 'wx', 0o600))
}

function demand(db: Database, pragma: string, value: string, readBack: unknown) {
  db.pragma(`${pragma} = ${value}`)
  const found = db.pragma(pragma, { simple: true })
  if (found !== readBack) throw new Error(`${db.name} runs with ${pragma}=${String(found)}, not ${value}.`)
}
