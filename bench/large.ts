import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { views } from '../src/adapters/sqlite/all-views.ts'
import { openLog, pageOfEvents } from '../src/adapters/sqlite/log-file.ts'
import { readForViews } from '../src/adapters/sqlite/read-log.ts'
import { createKeyring, openVault } from '../src/adapters/sqlite/vault.ts'
import { largeLog } from '../test/support/large-log.ts'
import { masterKey, temporaryDirectory } from '../test/support/writer.ts'

const PAGE_EVENTS = 1000

const made = new Map<number, { dataDir: string; events: number }>()

/** Files of a service with so many events or a few more; made once for all that is measured. */
export function largeFiles(leastEvents: number) {
  const known = made.get(leastEvents)
  if (known !== undefined) return known
  const dataDir = temporaryDirectory()
  const { events } = largeLog(dataDir, leastEvents)
  const files = { dataDir, events }
  made.set(leastEvents, files)
  return files
}

export function openLarge(dataDir: string) {
  const [logDb, vault] = [openLog(dataDir, { readonly: true }), openVault(dataDir, { readonly: true })]
  const keys = createKeyring(vault, masterKey, logDb)
  const close = () => {
    logDb.close()
    vault.close()
  }
  return { dataDir, logDb, keys, views, close }
}

/** The same events with their bodies in the clear, as somebody would keep them who seals nothing. */
export function clearCopy(leastEvents: number) {
  const { dataDir } = largeFiles(leastEvents)
  const { logDb, keys, close } = openLarge(dataDir)
  const db = new Sqlite(join(temporaryDirectory(), 'clear.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = OFF')
  db.exec(`
    CREATE TABLE events (
      position INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL,
      body TEXT NOT NULL, metadata TEXT NOT NULL, recorded_at TEXT NOT NULL
    ) STRICT`)
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)')
  const copy = db.transaction((page: ReturnType<typeof pageOfEvents>) => {
    for (const stored of page) {
      const { position, stream, version, type, metadata, recordedAt } = stored
      const body = JSON.stringify(readForViews(stored, keys).data)
      insert.run(position, stream, version, type, body, metadata.toString(), recordedAt)
    }
  })
  for (let after = 0; ; ) {
    const page = pageOfEvents(logDb, after, PAGE_EVENTS)
    if (page.length === 0) break
    copy(page)
    after = page.at(-1)?.position ?? after
  }
  close()
  return db
}
