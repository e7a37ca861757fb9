import { createAccessTokens } from '../application/access-tokens.ts'
import { createClassic } from '../application/classic.ts'
import { createClassicAccounts } from '../application/classic-accounts.ts'
import { createCredentials } from '../application/credentials.ts'
import { createCsvImports } from '../application/csv-imports.ts'
import { createErasure } from '../application/erasure.ts'
import { createExercises } from '../application/exercises.ts'
import { createGoals } from '../application/goals.ts'
import { createImports } from '../application/imports.ts'
import { createMeasurements } from '../application/measurements.ts'
import { createPlans } from '../application/plans.ts'
import { createRecords } from '../application/records.ts'
import { createSessions } from '../application/sessions.ts'
import { createStatistics } from '../application/statistics.ts'
import { createFeed } from '../application/user-events.ts'
import { createUsers, settingsBy } from '../application/users.ts'
import { csvFiles } from './csv/csv-files.ts'
import { type Make, the } from './parts.ts'

export function makeUseCases(make: Make) {
  makeAccounts(make)
  make(the.exercises, [the.acting, the.reads], (acting, { exercises: reads }) =>
    createExercises({ ...acting, reads }),
  )
  make(
    the.plans,
    [the.acting, the.reads, the.newSeed],
    (acting, { plans: reads, exercises, users }, newSeed) =>
      createPlans({ ...acting, reads, exercises, users, newSeed }),
  )
  make(
    the.sessions,
    [the.acting, the.reads, the.storage],
    (acting, { sessions: reads, exercises, plans, guides, ...views }, { log, changes, erasures }) => {
      const users = settingsBy(acting.load)
      const records = createRecords({ reads: views.records, users, changes })
      erasures.whenErased(records.forget)
      return createSessions({ ...acting, log, reads, exercises, users, plans, guides, records })
    },
  )
  make(the.measurements, [the.acting, the.reads], (acting, { measurements: reads, users }) =>
    createMeasurements({ ...acting, reads, users }),
  )
  make(the.goals, [the.acting, the.reads], (acting, { goals: reads, exercises, users }) =>
    createGoals({ ...acting, reads, exercises, users }),
  )
  make(
    the.statistics,
    [the.reads, the.clock, the.storage],
    ({ planStatistics: plans, ...reads }, clock, { changes, erasures: { whenErased } }) =>
      createStatistics({ ...reads, plans, clock, changes, whenErased }),
  )
  makeTransfers(make)
  make(
    the.classic,
    [the.acting, the.reads, the.plans],
    (acting, { classic: reads, users, measurements }, plans) =>
      createClassic({ ...acting, reads, users, measurements, plans }),
  )
}

function makeAccounts(make: Make) {
  make(
    the.users,
    [
      ...([the.acting, the.reads, the.storage, the.passwords, the.tokens] as const),
      ...([the.classicIds, the.settings] as const),
    ],
    (
      acting,
      { users: reads },
      { vault },
      passwords,
      tokens,
      classicIds,
      { passwordMinLength: passwordMin },
    ) => createUsers({ ...acting, reads, vault, passwords, tokens, classicIds, passwordMin }),
  )
  make(
    the.accessTokens,
    [the.storage, the.users, the.clock],
    ({ accessTokens: vault }, { authenticate }, clock) => createAccessTokens({ vault, authenticate, clock }),
  )
  make(
    the.credentials,
    [the.acting, the.reads, the.storage, the.passwords, the.settings],
    (acting, { users: reads }, { vault }, passwords, { passwordMinLength: passwordMin }) =>
      createCredentials({ ...acting, reads, vault, passwords, passwordMin }),
  )
  make(
    the.erasure,
    [the.acting, the.reads, the.storage, the.passwords],
    (acting, { users: reads }, { vault, erasures }, passwords) =>
      createErasure({ ...acting, reads, vault, erasures, passwords }),
  )
  make(
    the.classicAccounts,
    [the.acting, the.reads, the.storage, the.classicIds],
    (acting, { users: reads }, { log, vault }, classicIds) =>
      createClassicAccounts({ ...acting, reads, log, vault, classicIds }),
  )
}

/** What goes out as a whole, and comes in as one. */
function makeTransfers(make: Make) {
  make(the.feed, [the.storage, the.clock], ({ userEvents: events }, clock) => createFeed({ events, clock }))
  make(
    the.imports,
    [the.acting, the.reads, the.storage, the.past],
    (acting, { users: reads }, { log }, { checks }) => createImports({ ...acting, log, checks, reads }),
  )
  make(the.csvImports, [the.acting, the.reads], (acting, { exercises, users }) =>
    createCsvImports({ ...acting, files: csvFiles, exercises, users }),
  )
}
