import 'reflect-metadata'
import { randomInt, randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { Container } from 'inversify'
import type { Logger } from 'pino'
import { type Classic, createClassic } from '../application/classic.ts'
import { type ClassicAccounts, createClassicAccounts } from '../application/classic-accounts.ts'
import { type Act, createAct, type Load } from '../application/event-log.ts'
import { createExercises, type Exercises } from '../application/exercises.ts'
import { createGoals, type Goals } from '../application/goals.ts'
import { createGuideDocuments } from '../application/guides.ts'
import { createMeasurements, type Measurements } from '../application/measurements.ts'
import { createPlans, type Plans } from '../application/plans.ts'
import type { ClassicIds, Clock, NewId, NewSeed, Passwords, Tokens } from '../application/ports.ts'
import { createRecords } from '../application/records.ts'
import { createSessionStream } from '../application/session-stream.ts'
import { createSessions, type Sessions } from '../application/sessions.ts'
import { createStatistics, type Statistics } from '../application/statistics.ts'
import { createUsers, type Users } from '../application/users.ts'
import type { Settings } from './cli/settings.ts'
import { createClassicIds } from './crypto/classic-ids.ts'
import { createPasswords } from './crypto/passwords.ts'
import { createTokens } from './crypto/tokens.ts'
import { authRoutes } from './http/auth.ts'
import { classicRoutes } from './http/classic/classic.ts'
import { exerciseRoutes } from './http/exercises.ts'
import { goalRoutes } from './http/goals.ts'
import { meRoutes } from './http/me.ts'
import { measurementRoutes } from './http/measurements.ts'
import { planRoutes } from './http/plans.ts'
import type { Route } from './http/route.ts'
import { createHttpServer, type HttpServer } from './http/server.ts'
import { createSessionStreaming, type SessionStreaming } from './http/session-stream.ts'
import { sessionRoutes } from './http/sessions.ts'
import { statisticsRoutes } from './http/statistics.ts'
import { views } from './sqlite/all-views.ts'
import { type OpenedLog, openEventLog } from './sqlite/log.ts'
import { loadMasterKey } from './sqlite/master-key.ts'
import { type Reads, readsOf } from './sqlite/reads.ts'
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
  newSeed: token<NewSeed>('new seed'),
  storage: token<OpenedLog>('storage'),
  /** What every use case that changes something needs. */
  acting: token<{ act: Act; load: Load; clock: Clock; newId: NewId }>('acting'),
  viewsDb: token<Database>('views'),
  reads: token<Reads>('reads'),
  passwords: token<Passwords>('passwords'),
  tokens: token<Tokens>('access tokens'),
  classicIds: token<ClassicIds>('classic ids'),
  users: token<Users>('users'),
  exercises: token<Exercises>('exercises'),
  measurements: token<Measurements>('measurements'),
  goals: token<Goals>('goals'),
  plans: token<Plans>('plans'),
  sessions: token<Sessions>('sessions'),
  streaming: token<SessionStreaming>('streaming'),
  statistics: token<Statistics>('statistics'),
  classicAccounts: token<ClassicAccounts>('classic accounts'),
  classic: token<Classic>('classic'),
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
  container.bind(the.newSeed).toConstantValue(() => randomInt(2 ** 32))
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
  make(the.reads, [the.viewsDb], readsOf)
  make(the.acting, [the.storage, the.clock, the.newId], ({ log }, clock, newId) => ({
    ...createAct(log),
    clock,
    newId,
  }))
  make(the.passwords, [], createPasswords)
  make(the.classicIds, [the.storage], ({ classicIdKey }) => createClassicIds(classicIdKey))
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
    (acting, { sessions: reads, exercises, users, plans, guides, ...views }, { log }) => {
      const records = createRecords({ reads: views.records, users })
      return createSessions({ ...acting, log, reads, exercises, users, plans, guides, records })
    },
  )
  make(the.measurements, [the.acting, the.reads], (acting, { measurements: reads, users }) =>
    createMeasurements({ ...acting, reads, users }),
  )
  make(the.goals, [the.acting, the.reads], (acting, { goals: reads, exercises, users }) =>
    createGoals({ ...acting, reads, exercises, users }),
  )
  make(the.statistics, [the.reads, the.clock], ({ planStatistics: plans, ...reads }, clock) =>
    createStatistics({ ...reads, plans, clock }),
  )
  make(
    the.classicAccounts,
    [the.acting, the.reads, the.storage, the.classicIds],
    (acting, { users: reads }, { log, vault }, classicIds) =>
      createClassicAccounts({ ...acting, reads, log, vault, classicIds }),
  )
  make(
    the.classic,
    [the.acting, the.reads, the.plans],
    (acting, { classic: reads, users, measurements }, plans) =>
      createClassic({ ...acting, reads, users, measurements, plans }),
  )
}

function makeHttp(make: Make) {
  make(
    the.streaming,
    [the.acting, the.reads, the.storage, the.logger],
    ({ clock, ...acting }, reads, { log, vault: { loginHasEnded } }, logger) => {
      const guides = createGuideDocuments({ clock, ...acting, ...reads })
      const stream = createSessionStream({ load: acting.load, log, guides, clock })
      const onFailure = (error: unknown) => logger.error({ err: error }, 'A stream failed')
      return createSessionStreaming({ stream, loginHasEnded, now: clock.now, onFailure })
    },
  )
  make(
    the.routes,
    [
      ...([the.users, the.tokens, the.settings, the.exercises, the.sessions, the.measurements] as const),
      ...([the.goals, the.plans, the.statistics, the.classicAccounts, the.classic] as const),
    ],
    (users, tokens, settings, exercises, sessions, measurements, goals, plans, statistics, ...classic) => [
      ...authRoutes(users, tokens, settings.passwordMinLength),
      ...meRoutes(users),
      ...exerciseRoutes(exercises),
      ...planRoutes(plans),
      ...sessionRoutes(sessions),
      ...measurementRoutes(measurements),
      ...goalRoutes(goals),
      ...statisticsRoutes(statistics),
      ...classicRoutes(plans, ...classic),
    ],
  )
  make(
    the.server,
    [the.routes, the.streaming, the.users, the.storage, the.settings, the.clock, the.logger],
    (resources, streaming, { authenticate }, { vault, viewsBehind }, settings, clock, logger) => {
      const authentication = { authenticate, loginHasEnded: vault.loginHasEnded, now: clock.now }
      const readiness = () => (viewsBehind() ? 'behind' : 'ready')
      const { closeAll: onClosing } = streaming
      const routes = [...resources, ...streaming.routes]
      return createHttpServer({ routes, authentication, readiness, settings, logger, onClosing })
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
