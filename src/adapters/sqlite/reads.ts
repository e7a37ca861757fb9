import type { Database } from 'better-sqlite3'
import { views } from './all-views.ts'
import { classicQueries } from './views/classic.ts'
import { exerciseQueries } from './views/exercises.ts'
import { goalQueries } from './views/goals.ts'
import { guideQueries } from './views/guides.ts'
import { measurementQueries } from './views/measurements.ts'
import { planStatisticQueries } from './views/planned-sessions.ts'
import { planQueries } from './views/plans.ts'
import { recordQueries } from './views/records.ts'
import { sessionQueries } from './views/sessions.ts'
import { totalQueries } from './views/totals.ts'
import { loadQueries } from './views/training-load.ts'
import { userQueries } from './views/users.ts'
import { editionOf, openViews, reachedBy } from './views-file.ts'

export type Reads = ReturnType<typeof readsOf>

type Named = Record<string, Record<string, (...asked: readonly unknown[]) => unknown>>

export type ServedReads = {
  /** Stays the same object whichever file is read. */
  reads: Reads
  /** How far the file that is read has come. */
  position: () => number
  /** Reads the newest file from now on. */
  switchToNewest: () => void
  close: () => void
}

/** The reads of the file that serves; an answer depends on which file that is. */
export function serveReads(dataDir: string): ServedReads {
  let db = openViews(dataDir, views, { readonly: true })
  let current = namedReads(db)
  const reads = Object.entries(current).map(([view, queries]) => [
    view,
    Object.fromEntries(
      Object.keys(queries).map((name) => [name, (...asked: unknown[]) => current[view]?.[name]?.(...asked)]),
    ),
  ])
  return {
    reads: Object.fromEntries(reads) as Reads,
    position: () => reachedBy(db).position,
    switchToNewest() {
      const before = db
      db = openViews(dataDir, views, { readonly: true })
      current = namedReads(db)
      before.close()
    },
    close: () => db.close(),
  }
}

function namedReads(db: Database): Named {
  const { totals, ...others } = readsOf(db)
  const edition = editionOf(db)
  const dependsOn = async (userId: string) => `${await totals.dependsOn(userId)}.${edition}`
  return { ...others, totals: { ...totals, dependsOn } } as unknown as Named
}

/** All that the views can be asked, over one connection. */
export function readsOf(db: Database) {
  return {
    users: userQueries(db),
    exercises: exerciseQueries(db),
    plans: planQueries(db),
    planStatistics: planStatisticQueries(db),
    sessions: sessionQueries(db),
    guides: guideQueries(db),
    measurements: measurementQueries(db),
    goals: goalQueries(db),
    totals: totalQueries(db),
    loads: loadQueries(db),
    records: recordQueries(db),
    classic: classicQueries(db),
  }
}
