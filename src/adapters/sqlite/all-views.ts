import { classicView } from './views/classic.ts'
import { exercisesView } from './views/exercises.ts'
import { goalsView } from './views/goals.ts'
import { measurementsView } from './views/measurements.ts'
import { plannedSessionsView } from './views/planned-sessions.ts'
import { plansView } from './views/plans.ts'
import { recordsView } from './views/records.ts'
import { sessionsView } from './views/sessions.ts'
import { totalsView } from './views/totals.ts'
import { usersView } from './views/users.ts'
import type { View } from './views.ts'

/** In the order of folding: a view may read the tables of those before it. */
export const views: readonly View[] = [
  usersView,
  exercisesView,
  plansView,
  measurementsView,
  sessionsView,
  plannedSessionsView,
  totalsView,
  recordsView,
  goalsView,
  classicView,
]
