import type { AccessTokens } from '../../application/access-tokens.ts'
import type { Histories } from '../../application/as-of.ts'
import type { Classic } from '../../application/classic.ts'
import type { ClassicAccounts } from '../../application/classic-accounts.ts'
import type { Credentials } from '../../application/credentials.ts'
import type { CsvImports } from '../../application/csv-imports.ts'
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
import { accessTokenRoutes } from './access-tokens.ts'
import { asOfRoute } from './as-of.ts'
import { auditRoutes } from './audit.ts'
import { authRoutes } from './auth.ts'
import { classicRoutes } from './classic/classic.ts'
import { credentialRoutes } from './credentials.ts'
import { csvImportRoutes } from './csv-imports.ts'
import { exerciseRoutes } from './exercises.ts'
import { goalRoutes } from './goals.ts'
import { importRoute } from './imports.ts'
import { meRoutes } from './me.ts'
import { measurementRoutes } from './measurements.ts'
import { metricsRoute } from './metrics.ts'
import { planRoutes } from './plans.ts'
import type { Route } from './route.ts'
import { sessionRoutes } from './sessions.ts'
import { statisticsRoutes } from './statistics.ts'
import type { Throttle } from './throttle.ts'
import { userEventRoutes } from './user-events.ts'

/** What the endpoints translate to. */
export type UseCases = {
  passwordMinLength: number
  tokens: Tokens
  users: Users
  credentials: Credentials
  throttle: Throttle
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
  csvImports: CsvImports
  accessTokens: AccessTokens
  audit: Parameters<typeof auditRoutes>[0]
  renderMetrics: () => Promise<string>
  classicAccounts: ClassicAccounts
  classic: Classic
}

/** Every endpoint but those about the service itself. */
export function allRoutes(use: UseCases): Route[] {
  return [
    ...authRoutes(use.users, use.tokens, use.throttle, use.passwordMinLength),
    ...credentialRoutes(use.credentials, use.throttle, use.passwordMinLength),
    ...accessTokenRoutes(use.accessTokens),
    ...meRoutes(use.users, use.erasure, use.throttle),
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
    ...csvImportRoutes(use.csvImports),
    ...auditRoutes(use.audit),
    metricsRoute(use.renderMetrics),
  ]
}
