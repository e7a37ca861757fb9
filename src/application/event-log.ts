import type { DomainEvent } from '../domain/events.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { newestByWeight } from './keep-newest.ts'

export type RecordedEvent<E extends DomainEvent = DomainEvent> = E & {
  position: number
  stream: string
  version: number
  eventId: string
  schemaVersion: number
  recordedAt: string
  metadata: Metadata
  /** Hex SHA-256 over the stored columns and the hash before it. */
  hash: string
}

/** Who and what caused an event: ids that we made or in a fixed hex form, never a client's own text. */
export type Metadata = { actor: string; commandId: string; correlationId: string; traceId?: string }

export type ExpectedVersion = number | 'no stream' | 'any'

export type StreamAppend = {
  stream: string
  /** The person whose key seals these events; undefined for what is nobody's, such as the catalogue. */
  subject: string | undefined
  expected: ExpectedVersion
  events: readonly DomainEvent[]
}

/** Remembered with the events, in the same transaction, sealed with the user's key. */
export type Remember = { userId: string; key: string; request: string; outcome: unknown }

export type Appended = { lastPosition: number }
export type VersionConflict = { conflict: { stream: string; expected: ExpectedVersion; actual: number } }

export interface EventLog {
  /**
   * The events of one stream in order, behind one version and up to another, read as today's code knows them;
   * none where there is no such stream.
   */
  readStream(stream: string, upToVersion?: number, afterVersion?: number): Promise<RecordedEvent[]>
  /**
   * Calls after each append to the stream that is durable and folded, as a hint to look again: it may come
   * once for several, or for nothing. Gives the way to stop.
   */
  follow(stream: string, onAppended: () => void): () => void
  /**
   * Lands whole or not at all, durable and folded into the views before it resolves. Refuses with the code of
   * a unique key of a view that would be broken; an idempotency key met twice is the conflict of its first
   * landing.
   */
  append(
    appends: readonly StreamAppend[],
    metadata: Metadata,
    remember?: Remember,
  ): Promise<Appended | VersionConflict | Refusal>
  /** What was remembered under the key within 24 h: its outcome, or that another request stood under it. */
  remembered(
    userId: string,
    key: string,
    request: string,
  ): Promise<{ outcome: unknown } | 'other request' | undefined>
}

export type Aggregate<S, E extends DomainEvent> = {
  readonly initial: S
  readonly evolve: (state: S, event: E) => S
}

/**
 * A request on its way through a use case: whose it is, and what was asked of its repetition and its base.
 */
export type Command = {
  /** Undefined for what is nobody's, such as the catalogue. */
  userId: string | undefined
  metadata: Metadata
  /** Refused unless every stream touched stands at this version. */
  ifMatch?: number
  idempotency?: { key: string; request: string }
}

export type Decision<E extends DomainEvent> = readonly E[] | Refusal

export type Folded<S> = { state: S; version: number }

export type Target<S, E extends DomainEvent> = {
  stream: string
  aggregate: Aggregate<S, E>
  /** May look at what the targets before it have become, such as the number that one of them gave out. */
  decide: (state: S, earlier: readonly Folded<S>[]) => Decision<E>
}

/** `replayed`: the outcome of an earlier request under the same idempotency key, nothing was done now. */
export type Acted<O> = { outcome: O; replayed: boolean }

/**
 * Reads, folds, decides, appends. `outcome` makes the small value that the answer is rendered from; it is
 * what a repetition under the same idempotency key gets again, so it is made before the append and stored
 * with it. Commands of one user wait for each other; a race lost to another process is decided again,
 * `contended` after 5. Refuses with what `decide` refuses, `stale-version`, `idempotency-key-reused`, or a
 * unique key of a view.
 */
export type Act = <S, E extends DomainEvent, O>(
  command: Command,
  targets: readonly Target<S, E>[],
  outcome: (after: readonly Folded<S>[]) => O | Promise<O>,
) => Promise<Acted<O> | Refusal>

/**
 * Refuses nothing: the stream's state as it stands, or as it stood after `upToVersion`. What is kept comes at
 * once: a promise would cost more than the looking up.
 */
export type Load = <S, E extends DomainEvent>(
  stream: string,
  aggregate: Aggregate<S, E>,
  upToVersion?: number,
) => Folded<S> | Promise<Folded<S>>

const ATTEMPTS = 5
/** In the states that are kept: a state may hold all that its stream ever said. */
const CACHED_EVENTS = 16_384

/** Does the work when no command of this person is under way, and none begins before it ends. */
export type InTurn = <T>(userId: string, work: () => Promise<T>) => Promise<T>

export type Acting = {
  act: Act
  load: Load
  inTurn: InTurn
  /** Drops the states of all that belongs to this person. */
  forget: (userId: string) => void
}

export function createAct(log: EventLog): Acting {
  const cache = newestByWeight(CACHED_EVENTS, weightOf)
  const queues = new Map<string, Promise<unknown>>()

  async function read<S, E extends DomainEvent>(
    stream: string,
    aggregate: Aggregate<S, E>,
    upToVersion?: number,
  ): Promise<Folded<S>> {
    const events = await log.readStream(stream, upToVersion)
    const folded = fold(aggregate, { state: aggregate.initial, version: 0 }, events)
    if (upToVersion === undefined) cache.keep(stream, folded)
    return folded
  }

  const load: Load = (stream, aggregate, upToVersion) => {
    const cached = cache.find(stream) as Folded<ReturnType<typeof aggregate.evolve>> | undefined
    if (cached !== undefined && (upToVersion === undefined || upToVersion === cached.version)) return cached
    return read(stream, aggregate, upToVersion)
  }

  const attempt: Act = async (command, targets, outcome) => {
    const { userId, metadata, idempotency, ifMatch } = command
    for (let tries = 0; tries < ATTEMPTS; tries++) {
      if (idempotency !== undefined && userId !== undefined) {
        const earlier = await log.remembered(userId, idempotency.key, idempotency.request)
        if (earlier === 'other request') {
          return refuse('idempotency-key-reused', 'This Idempotency-Key came with another request before.')
        }
        if (earlier !== undefined) return { outcome: earlier.outcome as never, replayed: true }
      }
      const before: Folded<never>[] = []
      for (const { stream, aggregate } of targets) {
        const loaded = load(stream, aggregate)
        const base = (loaded instanceof Promise ? await loaded : loaded) as Folded<never>
        // What is not there is not stale: its decision says that it is not found.
        if (ifMatch !== undefined && base.version > 0 && ifMatch !== base.version) {
          return refuse('stale-version', `The current version is ${base.version}.`)
        }
        before.push(base)
      }
      const appends: StreamAppend[] = []
      const after: Folded<never>[] = []
      for (const { stream, aggregate, decide } of targets) {
        const base = before[after.length] as Folded<never>
        const events = decide(base.state, after)
        if (isRefusal(events)) return events
        after.push(fold(aggregate, base, events) as Folded<never>)
        if (events.length > 0) {
          appends.push({ stream, subject: userId, expected: base.version || 'no stream', events })
        }
      }
      const value = await outcome(after)
      const remember =
        idempotency !== undefined && userId !== undefined
          ? { userId, ...idempotency, outcome: value }
          : undefined
      // An answer without events is remembered too: what there was nothing to do for must not act later.
      if (appends.length === 0 && remember === undefined) return { outcome: value, replayed: false }
      const result = await log.append(appends, metadata, remember)
      if (isRefusal(result)) return result
      if (!('conflict' in result)) {
        targets.forEach(({ stream }, index) => {
          cache.keep(stream, after[index] as Folded<unknown>)
        })
        return { outcome: value, replayed: false }
      }
      for (const { stream } of targets) cache.drop(stream)
    }
    return refuse('contended', 'Others change this at the same time; try again.')
  }

  const inTurn: InTurn = (userId, work) => {
    const before = queues.get(userId)
    const turn = before === undefined ? work() : before.then(work)
    const leave = () => {
      if (queues.get(userId) === settled) queues.delete(userId)
    }
    const settled = turn.then(leave, leave)
    queues.set(userId, settled)
    return turn
  }

  const act: Act = (command, targets, outcome) => {
    const { userId } = command
    const attempted = () => attempt(command, targets, outcome)
    return userId === undefined ? attempted() : inTurn(userId, attempted)
  }

  function forget(userId: string) {
    for (const stream of cache.keys()) if (stream.includes(userId)) cache.drop(stream)
  }

  return { act, load, inTurn, forget }
}

function fold<S, E extends DomainEvent>(
  aggregate: Aggregate<S, E>,
  base: Folded<S>,
  events: readonly unknown[],
) {
  let state = base.state
  for (const event of events) state = aggregate.evolve(state, event as E)
  return { state, version: base.version + events.length }
}

/** That of a stream which is not there is kept as well. */
function weightOf({ version }: Folded<unknown>): number {
  return 1 + version
}
