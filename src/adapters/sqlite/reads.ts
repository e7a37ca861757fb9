import type { Database } from 'better-sqlite3'
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

export type Reads = ReturnType<typeof readsOf>

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
