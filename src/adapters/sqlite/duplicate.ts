import Sqlite, { type Database } from 'better-sqlite3'
import { type CatchUpOptions, catchUp } from './catch-up.ts'
import type { SubjectKeys } from './read-log.ts'
import type { View, ViewEvent } from './views.ts'
import { openScratchViews, type Reached, violatedKey } from './views-file.ts'

/**
 * Two events of the log claim one unique key of a view: both landed, though one of them should have been
 * refused.
 */
export class DuplicateKey extends Error {
  readonly key: string
  readonly position: number
  readonly stream: string

  constructor(key: string, earlier: number | undefined, later: ViewEvent, cause: unknown) {
    const holder = earlier === undefined ? 'an earlier event' : `the event at position ${earlier}`
    super(`The event at position ${later.position} claims ${key}, which ${holder} holds.`, { cause })
    this.name = 'DuplicateKey'
    this.key = key
    this.position = later.position
    this.stream = later.stream
  }
}

/** Catches up as `catchUp` does; a unique key met twice is told with both positions, as a `DuplicateKey`. */
export function foldWholeLog(
  logDb: Database,
  viewsDb: Database,
  keys: SubjectKeys,
  views: readonly View[],
  options: CatchUpOptions = {},
): Reached {
  let current: ViewEvent | undefined
  const beforeFold = (event: ViewEvent) => {
    current = event
  }
  try {
    return catchUp(logDb, viewsDb, keys, views, { ...options, beforeFold })
  } catch (error) {
    const key = violatedKey(error)
    if (key === undefined || current === undefined) throw error
    throw new DuplicateKey(key, holderOf(key, logDb, viewsDb, keys, views), current, error)
  }
}

/**
 * The last event that wrote the violated key before the one that failed. The page that failed was rolled
 * back: folded again with a watch on the table it tells the values of the key, and a second folding from zero
 * tells who wrote them.
 */
function holderOf(
  key: string,
  logDb: Database,
  viewsDb: Database,
  keys: SubjectKeys,
  views: readonly View[],
): number | undefined {
  const columns = key.split(', ').map((column) => column.split('.'))
  const table = columns[0]?.[0]
  const names = columns.map(([, name]) => name)
  if (table === undefined || names.includes(undefined)) return undefined
  let values = ''
  watch(viewsDb, table, names as string[], (written) => {
    values = written
  })
  untilViolated(() => catchUp(logDb, viewsDb, keys, views))

  const scratch = openScratchViews(views)
  let position = 0
  const writers: number[] = []
  watch(scratch, table, names as string[], (written) => {
    if (written === values) writers.push(position)
  })
  const beforeFold = (event: ViewEvent) => {
    position = event.position
  }
  untilViolated(() => catchUp(logDb, scratch, keys, views, { beforeFold }))
  scratch.close()
  return writers.findLast((writer) => writer < position)
}

function watch(db: Database, table: string, columns: readonly string[], note: (written: string) => void) {
  db.function('note_key', { varargs: true }, (...values: unknown[]) => {
    note(JSON.stringify(values))
    return null
  })
  const values = columns.map((column) => `NEW."${column}"`).join(', ')
  for (const change of ['INSERT', 'UPDATE']) {
    db.exec(
      `CREATE TEMP TRIGGER note_${change} BEFORE ${change} ON main."${table}"
      BEGIN SELECT note_key(${values}); END`,
    )
  }
}

function untilViolated(fold: () => unknown) {
  try {
    fold()
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || violatedKey(error) === undefined) throw error
  }
}
