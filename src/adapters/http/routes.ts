import type { Histories } from '../../application/as-of.ts'
import type { HeadReport } from '../../application/audit.ts'
import type { Classic } from '../../application/classic.ts'
import type { ClassicAccounts } from '../../application/classic-accounts.ts'
import type { Erasure } from '../../application/erasure.ts'
import type { Exercises } from '../../application/exercises.ts'
import type { Goals } from '../../application/goals.ts'
import type { Imports } from '../../application/imports.ts'
import type { Measurements } from '../../application/measurements.ts'
import type { Plans } from '../../application/plans.ts'
import type { Tokens } from '../../application/ports.ts'
import type { Sessions } from '../../application/sessions.ts'
import type { Statistics } from '../../application/statistics.ts'
import type { Feed } from '../../application/user-events.ts'
import type { Users } from '../../application/users.ts'
import { asOfRoute } from './as-of.ts'
import { auditRoutes } from './audit.ts'
import { authRoutes } from './auth.ts'
import { classicRoutes } from './classic/classic.ts'
import { exerciseRoutes } from './exercises.ts'
import { goalRoutes } from './goals.ts'
import { importRoute } from './imports.ts'
import { meRoutes } from './me.ts'
import { measurementRoutes } from './measurements.ts'
import { planRoutes } from './plans.ts'
import type { Route } from './route.ts'
import { sessionRoutes } from './sessions.ts'
import { statisticsRoutes } from './statistics.ts'
import { userEventRoutes } from './user-events.ts'

/** What the endpoints translate to. */
export type UseCases = {
  passwordMinLength: number
  tokens: Tokens
  users: Users
  erasure: Erasure
  exercises: Exercises
  plans: Plans
  sessions: Sessions
  measurements: Measurements
  goals: Goals
  statistics: Statistics
  histories: Histories
  feed: Feed
  imports: Imports
  head: () => Promise<HeadReport>
  classicAccounts: ClassicAccounts
  classic: Classic
}

/** Every endpoint but those about the service itself. */
export function allRoutes(use: UseCases): Route[] {
  return [
    ...authRoutes(use.users, use.tokens, use.passwordMinLength),
    ...meRoutes(use.users, use.erasure),
    ...exerciseRoutes(use.exercises),
    ...planRoutes(use.plans),
    ...sessionRoutes(use.sessions),
    ...measurementRoutes(use.measurements),
    ...goalRoutes(use.goals),
    ...statisticsRoutes(use.statistics),
    ...classicRoutes(use.plans, use.classicAccounts, use.classic),
    asOfRoute(use.histories),
    ...userEventRoutes(use.feed),
    importRoute(use.imports),
    ...auditRoutes(use.head),
  ]
}
