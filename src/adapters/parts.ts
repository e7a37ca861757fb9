import type { Logger } from 'pino'
import type { AccessTokens } from '../application/access-tokens.ts'
import type { OnProgress, Progress } from '../application/audit.ts'
import type { Classic } from '../application/classic.ts'
import type { ClassicAccounts } from '../application/classic-accounts.ts'
import type { Credentials } from '../application/credentials.ts'
import type { CsvImports } from '../application/csv-imports.ts'
import type { Erasure } from '../application/erasure.ts'
import type { Acting } from '../application/event-log.ts'
import type { Exercises } from '../application/exercises.ts'
import type { Goals } from '../application/goals.ts'
import type { Imports } from '../application/imports.ts'
import type { Measurements } from '../application/measurements.ts'
import type { Plans } from '../application/plans.ts'
import type { ClassicIds, Clock, NewId, NewSeed, Passwords, Tokens } from '../application/ports.ts'
import type { Sessions } from '../application/sessions.ts'
import type { Statistics } from '../application/statistics.ts'
import type { Feed } from '../application/user-events.ts'
import type { Users } from '../application/users.ts'
import type { Settings } from './cli/settings.ts'
import type { Route } from './http/route.ts'
import type { HttpServer } from './http/server.ts'
import type { SessionStreaming } from './http/session-stream.ts'
import type { Throttle } from './http/throttle.ts'
import type { Measuring } from './metrics/measuring.ts'
import type { MetricsServer } from './metrics/server.ts'
import type { createHistories } from './sqlite/histories.ts'
import type { OpenedLog } from './sqlite/log.ts'
import type { Reads, ServedReads } from './sqlite/reads.ts'
import type { createVerifying } from './sqlite/verifying.ts'

/**
 * A name in the container that knows what stands under it, so that a wrong order of needs does not compile.
 */
export type Token<T> = symbol & { readonly stands?: (value: T) => T }
type TokensOf<A extends readonly unknown[]> = { readonly [I in keyof A]: Token<A[I]> }

function token<T>(name: string): Token<T> {
  return Symbol(name)
}

export const the = {
  settings: token<Settings>('settings'),
  clock: token<Clock>('clock'),
  logger: token<Logger>('logger'),
  onFatal: token<(error: Error) => void>('on fatal'),
  starting: token<Starting>('starting'),
  newId: token<NewId>('new id'),
  newSeed: token<NewSeed>('new seed'),
  storage: token<OpenedLog>('storage'),
  /** What every use case that changes something needs. */
  acting: token<Acting & { clock: Clock; newId: NewId }>('acting'),
  views: token<ServedReads>('views'),
  reads: token<Reads>('reads'),
  passwords: token<Passwords>('passwords'),
  tokens: token<Tokens>('access tokens'),
  classicIds: token<ClassicIds>('classic ids'),
  users: token<Users>('users'),
  credentials: token<Credentials>('credentials'),
  throttle: token<Throttle>('throttle'),
  accessTokens: token<AccessTokens>('personal and operator tokens'),
  exercises: token<Exercises>('exercises'),
  measurements: token<Measurements>('measurements'),
  goals: token<Goals>('goals'),
  plans: token<Plans>('plans'),
  sessions: token<Sessions>('sessions'),
  streaming: token<SessionStreaming>('streaming'),
  statistics: token<Statistics>('statistics'),
  erasure: token<Erasure>('erasure'),
  past: token<ReturnType<typeof createHistories>>('past'),
  checking: token<ReturnType<typeof createVerifying>>('checking'),
  feed: token<Feed>('feed'),
  imports: token<Imports>('imports'),
  csvImports: token<CsvImports>('csv imports'),
  classicAccounts: token<ClassicAccounts>('classic accounts'),
  classic: token<Classic>('classic'),
  routes: token<readonly Route[]>('routes'),
  server: token<HttpServer>('server'),
  measuring: token<Measuring>('measuring'),
  metricsServer: token<MetricsServer>('metrics server'),
  observed: token<Measuring>('measuring of what is open'),
  opened: token<HttpServer>('opened server'),
}

export type Surroundings = {
  settings: Settings
  clock: Clock
  logger: Logger
  /** Called when nothing can be written any more. */
  onFatal: (error: Error) => void
  starting: Starting
}

/** The start as it can be watched, and ended before it is over. */
export type Starting = {
  onProgress: OnProgress
  progress: () => Progress | undefined
  signal: AbortSignal
}

/** Tells the container how to make a part of others. */
export type Make = <T, const A extends readonly unknown[]>(
  name: Token<T>,
  needs: TokensOf<A>,
  factory: (...parts: A) => T | Promise<T>,
) => void
