import 'reflect-metadata'
import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { Container } from 'inversify'
import type { Logger } from 'pino'
import { createAct } from '../application/event-log.ts'
import { createExercises, type ExerciseReads, type Exercises } from '../application/exercises.ts'
import type { Clock, NewId, Passwords, Tokens } from '../application/ports.ts'
import { createRecords, type RecordReads } from '../application/records.ts'
import { createSessions, type Sessions } from '../application/sessions.ts'
import { createStatistics, type Statistics } from '../application/statistics.ts'
import { createUsers, type UserReads, type Users } from '../application/users.ts'
import type { Settings } from './cli/settings.ts'
import { createPasswords } from './crypto/passwords.ts'
import { createTokens } from './crypto/tokens.ts'
import { authRoutes } from './http/auth.ts'
import { exerciseRoutes } from './http/exercises.ts'
import { meRoutes } from './http/me.ts'
import type { Route } from './http/route.ts'
import { createHttpServer, type HttpServer } from './http/server.ts'
import { sessionRoutes } from './http/sessions.ts'
import { statisticsRoutes } from './http/statistics.ts'
import { views } from './sqlite/all-views.ts'
import { type OpenedLog, openEventLog } from './sqlite/log.ts'
import { loadMasterKey } from './sqlite/master-key.ts'
import { exerciseQueries } from './sqlite/views/exercises.ts'
import { recordQueries } from './sqlite/views/records.ts'
import { sessionQueries } from './sqlite/views/sessions.ts'
import { totalQueries } from './sqlite/views/totals.ts'
import { userQueries } from './sqlite/views/users.ts'
import { openViews } from './sqlite/views-file.ts'

/**
 * A name in the container that knows what stands under it, so that a wrong order of needs does not compile.
 */
type Token<T> = symbol & { readonly stands?: (value: T) => T }
type TokensOf<A extends readonly unknown[]> = { readonly [I in keyof A]: Token<A[I]> }

function token<T>(name: string): Token<T> {
  return Symbol(name)
}

const the = {
  settings: token<Settings>('settings'),
  clock: token<Clock>('clock'),
  logger: token<Logger>('logger'),
  onFatal: token<(error: Error) => void>('on fatal'),
  newId: token<NewId>('new id'),
  storage: token<OpenedLog>('storage'),
  acting: token<ReturnType<typeof createAct>>('acting'),
  viewsDb: token<Database>('views'),
  userReads: token<UserReads>('user reads'),
  exerciseReads: token<ExerciseReads>('exercise reads'),
  recordReads: token<RecordReads>('record reads'),
  passwords: token<Passwords>('passwords'),
  tokens: token<Tokens>('access tokens'),
  users: token<Users>('users'),
  exercises: token<Exercises>('exercises'),
  sessions: token<Sessions>('sessions'),
  statistics: token<Statistics>('statistics'),
  routes: token<readonly Route[]>('routes'),
  server: token<HttpServer>('server'),
}

export type Surroundings = {
  settings: Settings
  clock: Clock
  logger: Logger
  /** Called when nothing can be written any more. */
  onFatal: (error: Error) => void
}

/** The service as one graph. Each part is made once, when it is first asked for. */
export function compose(surroundings: Surroundings) {
  const container = new Container({ defaultScope: 'Singleton' })
  const make: Make = (name, needs, factory) => {
    container.bind(name).toResolvedValue(factory as never, needs as never)
  }
  container.bind(the.settings).toConstantValue(surroundings.settings)
  container.bind(the.clock).toConstantValue(surroundings.clock)
  container.bind(the.logger).toConstantValue(surroundings.logger)
  container.bind(the.onFatal).toConstantValue(surroundings.onFatal)
  container.bind(the.newId).toConstantValue(() => randomUUID())
  makeAdapters(make)
  makeUseCases(make)
  makeHttp(make)
  return {
    storage: () => container.getAsync<OpenedLog>(the.storage),
    viewsDb: () => container.getAsync<Database>(the.viewsDb),
    exercises: () => container.getAsync<Exercises>(the.exercises),
    server: () => container.getAsync<HttpServer>(the.server),
  }
}

type Make = <T, const A extends readonly unknown[]>(
  name: Token<T>,
  needs: TokensOf<A>,
  factory: (...parts: A) => T | Promise<T>,
) => void

function makeAdapters(make: Make) {
  make(the.storage, [the.settings, the.clock, the.logger, the.onFatal], openStorage)
  // The writer makes the file of the views, so it is there once the storage is open.
  make(the.viewsDb, [the.settings, the.storage], ({ dataDir }, _storage) =>
    openViews(dataDir, views, { readonly: true }),
  )
  make(the.acting, [the.storage], ({ log }) => createAct(log))
  make(the.userReads, [the.viewsDb], userQueries)
  make(the.exerciseReads, [the.viewsDb], exerciseQueries)
  make(the.recordReads, [the.viewsDb], recordQueries)
  make(the.passwords, [], createPasswords)
  make(
    the.tokens,
    [the.storage, the.settings, the.clock, the.newId],
    ({ tokenKeys }, { publicUrl }, clock, newId) =>
      createTokens({ keys: tokenKeys, issuer: publicUrl, clock, newId }),
  )
}

function makeUseCases(make: Make) {
  make(
    the.users,
    [
      ...([the.acting, the.storage, the.passwords, the.tokens, the.userReads] as const),
      ...([the.clock, the.newId, the.settings] as const),
    ],
    ({ act, load }, { vault }, passwords, tokens, reads, clock, newId, { passwordMinLength: passwordMin }) =>
      createUsers({ act, load, vault, passwords, tokens, reads, clock, newId, passwordMin }),
  )
  make(the.exercises, [the.acting, the.exerciseReads, the.newId], ({ act, load }, reads, newId) =>
    createExercises({ act, load, reads, newId }),
  )
  make(
    the.sessions,
    [
      ...([the.acting, the.storage, the.viewsDb, the.exerciseReads, the.userReads] as const),
      ...([the.recordReads, the.clock, the.newId] as const),
    ],
    ({ act, load }, { log }, viewsDb, exercises, users, recordReads, clock, newId) => {
      const records = createRecords({ reads: recordReads, users })
      const reads = sessionQueries(viewsDb)
      return createSessions({ act, load, log, reads, exercises, users, records, clock, newId })
    },
  )
  make(
    the.statistics,
    [the.viewsDb, the.recordReads, the.exerciseReads, the.userReads, the.clock],
    (viewsDb, records, exercises, users, clock) =>
      createStatistics({ totals: totalQueries(viewsDb), records, exercises, users, clock }),
  )
}

function makeHttp(make: Make) {
  make(
    the.routes,
    [the.users, the.tokens, the.settings, the.exercises, the.sessions, the.statistics],
    (users, tokens, { passwordMinLength }, exercises, sessions, statistics) => [
      ...authRoutes(users, tokens, passwordMinLength),
      ...meRoutes(users),
      ...exerciseRoutes(exercises),
      ...sessionRoutes(sessions),
      ...statisticsRoutes(statistics),
    ],
  )
  make(
    the.server,
    [the.routes, the.users, the.storage, the.settings, the.clock, the.logger],
    (routes, { authenticate }, { vault, viewsBehind }, settings, clock, logger) => {
      const authentication = { authenticate, loginHasEnded: vault.loginHasEnded, now: clock.now }
      const readiness = () => (viewsBehind() ? 'behind' : 'ready')
      return createHttpServer({ routes, authentication, readiness, settings, logger })
    },
  )
}

function openStorage(settings: Settings, clock: Clock, logger: Logger, onFatal: (error: Error) => void) {
  const { dataDir } = settings
  const { key, generated } = loadMasterKey(dataDir, settings)
  if (generated) logger.warn('Made master.key in DATA_DIR: whoever has it and the data can read everything.')
  const onTrouble = (error: Error) => logger.error({ err: error }, 'Tried again soon')
  return openEventLog({ dataDir, masterKey: key, clock, onFatal, onTrouble })
}
