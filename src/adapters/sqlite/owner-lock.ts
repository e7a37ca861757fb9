import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

export type OwnerLock = { release(): void }

// What nobody refers to is collected, and would take its lock along.
const held = new Set<Sqlite.Database>()

/**
 * Makes this process the one owner of the directory, or says that another one is. The lock is SQLite's own
 * exclusive lock on an empty file, so the kernel takes it back from a process that was killed.
 */
export function lockDataDir(dataDir: string): OwnerLock | 'held' {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, 'owner.lock')
  makeOnce(path)
  const db = new Sqlite(path, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_BUSY') return 'held'
    throw error
  }
  held.add(db)
  return {
    release() {
      held.delete(db)
      if (db.open) db.close()
    },
  }
}

// A file that is there must not be opened by us: closing it again would drop the lock that this process may
// hold on it.
function makeOnce(path: string) {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
