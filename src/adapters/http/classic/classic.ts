import type { Classic } from '../../../application/classic.ts'
import type { ClassicAccounts } from '../../../application/classic-accounts.ts'
import type { Plans } from '../../../application/plans.ts'
import type { Route } from '../route.ts'
import { accountRoutes } from './accounts.ts'
import { completionRoute } from './completion.ts'
import { drawnWorkoutRoutes } from './drawn-workouts.ts'
import { statisticsRoutes } from './statistics.ts'
import { workoutRoutes } from './workouts.ts'

/** The ten endpoints of the older clients, translated to the use cases that all others go through. */
export function classicRoutes(plans: Plans, accounts: ClassicAccounts, classic: Classic): Route[] {
  return [
    ...accountRoutes(accounts),
    ...statisticsRoutes(accounts, classic),
    ...workoutRoutes({ accounts, plans, classic }),
    ...drawnWorkoutRoutes(accounts, plans),
    completionRoute(accounts, classic),
  ]
}
