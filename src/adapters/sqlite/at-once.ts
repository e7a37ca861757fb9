import type { Database } from 'better-sqlite3'
import type { View } from './views.ts'

type Trigger = { name: string; sql: string }

/**
 * Puts triggers of new views away. What these would keep level with each event is made when all events are
 * folded, by `finishAtOnce`; until then the file itself holds them, so that another run can go on.
 */
export function beginAtOnce(db: Database, views: readonly View[]) {
  const filled = views.filter(({ atOnce }) => atOnce !== undefined)
  const triggers = db
    .prepare<[], Trigger>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all()
    .filter(({ name }) => filled.some(({ tables }) => tables.includes(`CREATE TRIGGER ${name} `)))
  db.transaction(() => {
    db.exec('CREATE TABLE put_away (sql TEXT NOT NULL) STRICT')
    const keep = db.prepare('INSERT INTO put_away VALUES (?)')
    for (const { name, sql } of triggers) {
      keep.run(sql)
      db.exec(`DROP TRIGGER ${name}`)
    }
  }).immediate()
}

/** True of views that are folded at once and not yet finished. */
export function isAtOnce(db: Database): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'put_away'").get() !== undefined
}

/** Makes what was left to the end, and has the triggers keep it level from then on. */
export function finishAtOnce(db: Database, views: readonly View[]) {
  if (!isAtOnce(db)) return
  db.transaction(() => {
    for (const { atOnce } of views) atOnce?.(db).fill()
    const triggers = db.prepare<[], string>('SELECT sql FROM put_away ORDER BY rowid').pluck().all()
    for (const sql of triggers) db.exec(sql)
    db.exec('DROP TABLE put_away')
  }).immediate()
}
