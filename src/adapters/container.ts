import 'reflect-metadata'
import { randomInt, randomUUID } from 'node:crypto'
import { Container } from 'inversify'
import type { Logger } from 'pino'
import type { AccessTokens } from '../application/access-tokens.ts'
import type { Credentials } from '../application/credentials.ts'
import type { CsvImports } from '../application/csv-imports.ts'
import type { Erasure } from '../application/erasure.ts'
import { createAct } from '../application/event-log.ts'
import type { Exercises } from '../application/exercises.ts'
import { createGuideDocuments } from '../application/guides.ts'
import type { Imports } from '../application/imports.ts'
import type { Clock } from '../application/ports.ts'
import { createSessionStream } from '../application/session-stream.ts'
import type { Feed } from '../application/user-events.ts'
import type { Settings } from './cli/settings.ts'
import { createClassicIds } from './crypto/classic-ids.ts'
import { createPasswords } from './crypto/passwords.ts'
import { createTokens } from './crypto/tokens.ts'
import { allRoutes } from './http/routes.ts'
import { createHttpServer, type HttpServer } from './http/server.ts'
import { createSessionStreaming } from './http/session-stream.ts'
import { createThrottle } from './http/throttle.ts'
import type { Measuring } from './metrics/measuring.ts'
import type { MetricsServer } from './metrics/server.ts'
import { makeObserving, watching } from './observing.ts'
import { type Make, type Starting, type Surroundings, the } from './parts.ts'
import { createHistories } from './sqlite/histories.ts'
import { type OpenedLog, openEventLog } from './sqlite/log.ts'
import { loadMasterKey } from './sqlite/master-key.ts'
import { type ServedReads, serveReads } from './sqlite/reads.ts'
import { narrowRights } from './sqlite/rights.ts'
import { createVerifying } from './sqlite/verifying.ts'
import { tracedAct, tracedLog, tracedReads } from './tracing/spans.ts'
import { makeUseCases } from './use-cases.ts'

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
  container.bind(the.starting).toConstantValue(surroundings.starting)
  container.bind(the.newId).toConstantValue(() => randomUUID())
  container.bind(the.newSeed).toConstantValue(() => randomInt(2 ** 32))
  makeAdapters(make)
  makeUseCases(make)
  makeHttp(make)
  makeObserving(make)
  return {
    storage: () => container.getAsync<OpenedLog>(the.storage),
    views: () => container.getAsync<ServedReads>(the.views),
    exercises: () => container.getAsync<Exercises>(the.exercises),
    credentials: () => container.getAsync<Credentials>(the.credentials),
    erasure: () => container.getAsync<Erasure>(the.erasure),
    feed: () => container.getAsync<Feed>(the.feed),
    imports: () => container.getAsync<Imports>(the.imports),
    checking: () => container.getAsync<ReturnType<typeof createVerifying>>(the.checking),
    accessTokens: () => container.getAsync<AccessTokens>(the.accessTokens),
    csvImports: () => container.getAsync<CsvImports>(the.csvImports),
    past: () => container.getAsync<ReturnType<typeof createHistories>>(the.past),
    /** Shows the metrics, and has them look at what is open. */
    metricsServer: () => container.getAsync<MetricsServer>(the.metricsServer),
    observed: () => container.getAsync<Measuring>(the.observed),
    /** Listens before anything else is there. */
    server: () => container.getAsync<HttpServer>(the.server),
    /** Has everything, and hands the server its routes. */
    opened: () => container.getAsync<HttpServer>(the.opened),
  }
}

function makeAdapters(make: Make) {
  make(
    the.storage,
    [the.settings, the.clock, the.logger, the.onFatal, the.starting, the.measuring],
    openStorage,
  )
  // The writer makes the file of the views, so it is there once the storage is open.
  make(the.views, [the.settings, the.storage], ({ dataDir }, { onViewsSwitched }) => {
    const served = serveReads(dataDir)
    onViewsSwitched(served.switchToNewest)
    return served
  })
  make(the.reads, [the.views], ({ reads }) => tracedReads(reads))
  make(the.acting, [the.storage, the.clock, the.newId], ({ log, erasures }, clock, newId) => {
    const acting = createAct(log)
    erasures.whenErased(acting.forget)
    return { ...acting, act: tracedAct(acting.act), clock, newId }
  })
  make(the.past, [the.settings, the.storage, the.clock], (settings, { erasures }, clock) => {
    const { dataDir } = settings
    const past = createHistories({ dataDir, masterKey: loadMasterKey(dataDir, settings).key, clock })
    erasures.whenErased(past.forget)
    return past
  })
  make(the.checking, [the.settings], ({ dataDir, masterKey, masterKeyFile }) =>
    createVerifying({ dataDir, ...(masterKey && { masterKey }), ...(masterKeyFile && { masterKeyFile }) }),
  )
  make(the.passwords, [the.storage], ({ hashesInUse }) => createPasswords(hashesInUse))
  make(the.classicIds, [the.storage], ({ classicIdKey }) => createClassicIds(classicIdKey))
  make(
    the.tokens,
    [the.storage, the.settings, the.clock, the.newId],
    ({ tokenKeys }, { publicUrl }, clock, newId) =>
      createTokens({ keys: tokenKeys, issuer: publicUrl, clock, newId }),
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
  make(the.throttle, [], () => createThrottle(() => performance.now()))
  make(
    the.routes,
    [
      ...([the.settings, the.tokens, the.users, the.erasure, the.exercises, the.plans] as const),
      ...([the.sessions, the.measurements, the.goals, the.statistics, the.past, the.feed] as const),
      ...([the.imports, the.csvImports, the.storage, the.classicAccounts, the.classic] as const),
      ...([
        the.accessTokens,
        the.checking,
        the.logger,
        the.credentials,
        the.throttle,
        the.measuring,
      ] as const),
    ],
    (settings, tokens, users, erasure, exercises, plans, ...more) => {
      const [sessions, measurements, goals, statistics, { histories }, ...most] = more
      const [feed, imports, csvImports, { head }, classicAccounts, classic, ...last] = most
      const [accessTokens, { verifying }, logger, credentials, throttle, { render }] = last
      const onFailure = (error: unknown) => logger.error({ err: error }, 'A verification failed')
      return allRoutes({
        ...{ passwordMinLength: settings.passwordMinLength, tokens, users, erasure, exercises, plans },
        ...{ sessions, measurements, goals, statistics, histories, feed, imports, csvImports },
        ...{ classicAccounts, classic, accessTokens, audit: { head, verifying, onFailure } },
        ...{ credentials, throttle, renderMetrics: render },
      })
    },
  )
  make(
    the.server,
    [the.settings, the.logger, the.starting, the.measuring],
    (settings, logger, { progress }, measuring) =>
      createHttpServer({ settings, logger, progress, watch: watching(measuring) }),
  )
  make(
    the.opened,
    [
      ...([the.server, the.routes, the.streaming, the.accessTokens, the.storage] as const),
      ...([the.clock, the.reads, the.checking] as const),
    ],
    (server, resources, streaming, { authenticate, noteUse: onUse }, storage, clock, ...more) => {
      const [{ users: reads }, checking] = more
      const { vault, erasures, viewsBehind } = storage
      const authentication = {
        ...{ authenticate, onUse, loginHasEnded: vault.loginHasEnded, now: clock.now },
        whenErased: erasures.whenErased,
        isGone: async (userId: string) => !(await reads.exists(userId)),
      }
      const readiness = () => (viewsBehind() ? 'behind' : 'ready')
      const onClosing = () => {
        streaming.closeAll()
        void checking.close()
      }
      server.open({ routes: [...resources, ...streaming.routes], authentication, readiness, onClosing })
      return server
    },
  )
}

async function openStorage(
  ...[settings, clock, logger, onFatal, { onProgress, signal }, { committed: onBatch }]: [
    Settings,
    Clock,
    Logger,
    Surroundings['onFatal'],
    Starting,
    Measuring,
  ]
) {
  const { dataDir } = settings
  for (const warning of narrowRights(dataDir, settings.masterKeyFile)) logger.warn(warning)
  const { key, generated } = loadMasterKey(dataDir, settings)
  if (generated) logger.warn('Made master.key in DATA_DIR: whoever has it and the data can read everything.')
  const onTrouble = (error: Error) => logger.error({ err: error }, 'Tried again soon')
  const events = { onFatal, onTrouble, onProgress, onBatch, signal }
  const opened = await openEventLog({ dataDir, masterKey: key, clock, ...events })
  return { ...opened, log: tracedLog(opened.log) }
}
