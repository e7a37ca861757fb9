import { type DomainEvent, type EventType, eventVersions, readEvent } from '../domain/events.ts'
import { type FieldError, pointerStep } from '../domain/refusal.ts'
import type { Profile } from '../domain/user/events.ts'
import type { RegisteredUser, UserState } from '../domain/user/user.ts'
import {
  impossible,
  isKnown,
  type Kind,
  kinds,
  misfit,
  misnumbered,
  openingId,
  type State,
  wrongWithin,
} from './import-rules.ts'

export const userFormat = 'repledger user 1'
export const importLimits = { bytes: 32 * 1024 * 1024, events: 150_000, errors: 100 } as const

/** An event as a document holds it; the stream's name is without the id of its owner. */
export type ExportedEvent = {
  stream: string
  version: number
  type: EventType
  schemaVersion: number
  recordedAt: string
  data: unknown
}

/** The stream of this account that stands for one of a document, and the other way round below. */
export function ownedBy(userId: string, stream: string): string {
  return stream.replace(/^[a-z]+/, (kind) => `${kind}-${userId}`)
}

export function withoutOwner(userId: string, stream: string): string {
  return stream.replace(`-${userId}`, '')
}

/** An event on its way into an account: under the document's name of its stream. */
export type CarriedEvent = { stream: string; version: number; event: DomainEvent }

export type ImportNeed = {
  /** What is wrong with the data of a type as it is written today, by pointers from the data on. */
  checkData(type: EventType, data: unknown): readonly FieldError[]
  isInCatalogue(exerciseId: string): boolean
  /** Folds it where nobody sees it, and keeps it; what stands in its way, if anything does. */
  tryOut(carried: CarriedEvent): string | undefined
}

const STREAM =
  /^(?:(user)|(exercise|goal|measurement|plan|session)-([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}))$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/
const FIELDS = ['stream', 'version', 'type', 'schemaVersion', 'recordedAt', 'data']
const TOP_FIELDS = ['format', 'exportedAt', 'head', 'events']

/** Of the person's own stream these are the account's own: another one has its own ones. */
const ofTheAccount: readonly EventType[] = ['UserRegistered', 'UserProfileChanged', 'AccountClaimed']

export function isCarried(type: string): boolean {
  return !ofTheAccount.includes(type as EventType)
}

/**
 * Goes through a document from its first event to its last, as if it were being lived once more. Nothing of
 * it is believed: its shape, its order, what it refers to, and what becomes of it all must hold.
 */
export function checkDocument(document: unknown, need: ImportNeed): Profile | { errors: FieldError[] } {
  const errors: FieldError[] = []
  const no = (pointer: string, code: string, message: string) => void errors.push({ pointer, code, message })
  if (!isObject(document)) return { errors: [error('', 'wrong-type', 'The document must be an object.')] }
  const { format, events } = document
  for (const name of Object.keys(document)) {
    if (!TOP_FIELDS.includes(name)) no(`/${escaped(name)}`, 'unknown', 'There is no such field.')
  }
  errors.push(...wrongOrigin(document))
  if (format !== userFormat) no('/format', 'not-allowed', `format must be ${userFormat}.`)
  if (!isList(events)) no('/events', 'wrong-type', 'events must be a list.')
  else if (events.length > importLimits.events) {
    no('/events', 'too-many', `At most ${importLimits.events} events can be taken in.`)
  }
  if (errors.length > 0) return { errors }
  const histories = historiesOf(need)
  let index = 0
  for (const told of events as Iterable<unknown>) {
    const found = histories.take(told)
    for (const one of found) no(`/events/${index}${one.pointer}`, one.code, one.message)
    index += 1
    if (errors.length >= importLimits.errors) return { errors: errors.slice(0, importLimits.errors) }
  }
  const person = histories.person()
  if (person.status !== 'registered') {
    no('/events', 'required', 'The document must tell of the person whose it is: UserRegistered is missing.')
  }
  errors.push(...histories.missingPlans())
  return errors.length > 0 ? { errors } : (person as RegisteredUser)
}

/** Nothing hangs on where the document comes from, but what it says of that must be what it is said to be. */
function wrongOrigin({ exportedAt, head }: Record<string, unknown>): FieldError[] {
  const errors: FieldError[] = []
  if (exportedAt !== undefined && !isInstant(exportedAt)) {
    errors.push(error('/exportedAt', 'wrong-format', 'exportedAt must be an instant in UTC.'))
  }
  if (head === undefined) return errors
  const { position, hash, ...others } = isObject(head) ? head : { position: undefined }
  const isHead = Number.isSafeInteger(position) && Number(position) >= 0 && typeof hash === 'string'
  if (isHead && Object.keys(others).length === 0) return errors
  return [...errors, error('/head', 'wrong-type', 'head must be a position and its hash.')]
}

type Standing = { version: number; state: State; isBroken: boolean }

function historiesOf(need: ImportNeed) {
  const streams = new Map<string, Standing>()
  const person = () => (streams.get('user')?.state ?? kinds.user.initial) as unknown as UserState
  const has = (kind: Kind, id: string) => streams.has(`${kind}-${id}`)
  const numbered: string[] = []
  const known = {
    exercise: (id: string) => has('exercise', id) || need.isInCatalogue(id),
    plan: (id: string) => has('plan', id),
  }

  /** What is wrong with an event that is rightly shaped, given all those before it. */
  function wrong(
    stream: string,
    kind: Kind,
    id: string,
    standing: Standing,
    event: DomainEvent,
  ): FieldError[] {
    const { data } = event
    const opening = openingId(kind, data as never)
    if (opening !== undefined && kind !== 'user' && opening !== id) {
      return [error(`/data/${kind}Id`, 'does-not-agree', 'It must be the id that its stream is named for.')]
    }
    const reason = misfit(kind, standing.state, event) ?? misnumbered(person(), event)
    if (reason !== undefined) return [error('', 'does-not-fit', reason)]
    // The number of a plan is taken before there is the plan.
    const isNumber = event.type === 'PlanNumberTaken'
    if (isNumber) numbered.push((event.data as { planId: string }).planId)
    const own = { ...known, plan: (planId: string) => isNumber || planId === id || known.plan(planId) }
    const within = wrongWithin(
      data,
      { ...own, exercise: (other) => other === id || known.exercise(other) },
      '/data',
    )
    if (within.length > 0) return within
    const evolve = kinds[kind].evolve as (state: State, event: DomainEvent) => State | undefined
    const after = evolved(() => evolve(standing.state, event))
    if (after === undefined) return [error('/type', 'not-allowed', `No ${kind} has such an event.`)]
    const unheard = impossible(after)
    if (unheard !== undefined) return [error('', 'does-not-fit', unheard)]
    if (isCarried(event.type)) {
      const obstacle = need.tryOut({ stream, version: standing.version, event })
      if (obstacle !== undefined) return [error('', 'does-not-fit', obstacle)]
    }
    standing.state = after
    return []
  }

  return {
    person,
    missingPlans: () =>
      numbered
        .filter((planId) => !known.plan(planId))
        .map(() => error('/events', 'unknown-plan', 'A number was taken for a plan that never came.')),
    take(told: unknown): FieldError[] {
      const shaped = shapeOf(told, need)
      if ('errors' in shaped) return shaped.errors
      const { stream, kind, id, version, event } = shaped
      const initial = kinds[kind].initial as State
      const standing = streams.get(stream) ?? { version: 0, state: initial, isBroken: false }
      streams.set(stream, standing)
      standing.version += 1
      // What follows what is wrong is not to be told of one by one.
      if (standing.isBroken) return []
      const errors =
        version === standing.version
          ? wrong(stream, kind, id, standing, event)
          : [error('/version', 'out-of-order', `version must be ${standing.version}.`)]
      standing.isBroken = errors.length > 0
      return errors
    },
  }
}

type Shaped = { stream: string; kind: Kind; id: string; version: number; event: DomainEvent }

function shapeOf(told: unknown, { checkData }: ImportNeed): Shaped | { errors: FieldError[] } {
  if (!isObject(told)) return { errors: [error('', 'wrong-type', 'An event must be an object.')] }
  const unknown = Object.keys(told).filter((name) => !FIELDS.includes(name))
  const errors = unknown.map((name) => error(`/${escaped(name)}`, 'unknown', 'There is no such field.'))
  const { stream, version, type, schemaVersion, recordedAt, data } = told
  const [, own, kind = own, id = ''] = typeof stream === 'string' ? (STREAM.exec(stream) ?? []) : []
  if (kind === undefined)
    errors.push(error('/stream', 'wrong-format', 'stream must be such as session-<id>.'))
  if (!Number.isSafeInteger(version))
    errors.push(error('/version', 'wrong-type', 'version must be a number.'))
  if (!isInstant(recordedAt)) {
    errors.push(error('/recordedAt', 'wrong-format', 'recordedAt must be an instant in UTC.'))
  }
  const isType = typeof type === 'string' && isKnown(type) && type !== 'UserErased'
  const newest = isType ? eventVersions[type as EventType] : 0
  if (!isType) errors.push(error('/type', 'not-allowed', 'There is no such event.'))
  else if (!Number.isInteger(schemaVersion) || Number(schemaVersion) < 1 || Number(schemaVersion) > newest) {
    errors.push(error('/schemaVersion', 'not-allowed', `schemaVersion must be 1 to ${newest}.`))
  }
  if (!isObject(data)) errors.push(error('/data', 'wrong-type', 'data must be an object.'))
  if (errors.length > 0) return { errors }
  const event = evolved(() => readEvent(type as string, schemaVersion as number, data))
  if (event === undefined) return { errors: [error('/data', 'does-not-fit', 'It cannot be read.')] }
  const found = checkData(event.type, event.data)
  if (found.length > 0) {
    return { errors: found.map((one) => ({ ...one, pointer: `/data${one.pointer}` })) }
  }
  return { stream: stream as string, kind: kind as Kind, id, version: version as number, event }
}

/** States trust the log; what is told from outside may be anything. */
function evolved<T>(evolve: () => T | undefined): T | undefined {
  try {
    return evolve()
  } catch {
    return undefined
  }
}

/** An array, or what reads one element after the other. */
function isList(value: unknown): value is Iterable<unknown> & { length: number } {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}

function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !INSTANT.test(value)) return false
  const date = new Date(value)
  // A day that does not exist is read as one that does.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value.slice(0, 19))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function escaped(name: string): string {
  return pointerStep(name.slice(0, 100))
}

function error(pointer: string, code: string, message: string): FieldError {
  return { pointer, code, message }
}
