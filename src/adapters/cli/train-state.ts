import type { Session, StreamChange, StreamMessage, StreamSnapshot } from '../../../client/api.ts'
import type { Metric } from '../../domain/exercise/events.ts'
import type { GuideDocument, LoggedSet, Progress, Rest, Status, Step } from './train-wire.ts'
import { loggedWords, stepWords } from './train-words.ts'

/** The live session as it is known here. */
export type State = {
  version: number
  status: Status
  /** Nothing is left to be done by the guide. */
  finished: boolean
  /** It follows a day of a plan. */
  guided: boolean
  step: Step | null
  next: Step | null
  rest: Rest
  progress: Progress
  /** What stands logged, in the order in which it was. */
  logged: readonly LoggedSet[]
  names: Readonly<Record<string, string>>
  /** Of the exercises that the plan has, or had before a swap. */
  metrics: Readonly<Record<string, Metric>>
}

const nothing = { setsDone: 0, setsSkipped: 0, setsTotal: 0 }

/** The state after a message of the stream. An answer may have been ahead of it; then only its set counts. */
export function afterMessage(state: State | undefined, message: StreamMessage): State | undefined {
  if (message.event === 'snapshot') return fromSnapshot(message.data)
  const change = message.data
  if (state === undefined) return undefined
  const { version, status, finished, set } = change
  const logged = set === undefined ? state.logged : afterSet(state.logged, set)
  if (version <= state.version) return { ...state, logged }
  const step = change.step === undefined ? state.step : change.step
  const next = change.next === undefined ? state.next : change.next
  return {
    ...state,
    version,
    status,
    finished,
    step,
    next,
    rest: change.rest === undefined ? state.rest : change.rest,
    progress: change.progress ?? state.progress,
    logged,
    names: { ...state.names, ...namesOf([step, next]) },
    metrics: { ...state.metrics, ...metricsOf([step, next]) },
  }
}

/** The guide as an answer shows it; one that is older than the state changes nothing. */
export function afterGuide(state: State, guide: GuideDocument): State {
  if (guide.version < state.version) return state
  const { version, step, next, rest, progress, finished } = guide
  const names = { ...state.names, ...namesOf(guide.steps) }
  const metrics = { ...state.metrics, ...metricsOf(guide.steps) }
  return { ...state, version, step, next, rest, progress, finished, names, metrics }
}

/** A set that was logged, corrected or, where it says so, deleted. */
export function afterSet(logged: readonly LoggedSet[], set: LoggedSet): LoggedSet[] {
  if (set.deleted) return logged.filter(({ id }) => id !== set.id)
  const known = logged.some(({ id }) => id === set.id)
  return known
    ? logged.map((earlier) => (earlier.id === set.id ? { ...earlier, ...set } : earlier))
    : [...logged, set]
}

function fromSnapshot({ version, status, session, guide, finished }: StreamSnapshot): State {
  return {
    version,
    status,
    finished,
    guided: guide !== null,
    step: guide?.step ?? null,
    next: guide?.next ?? null,
    rest: guide?.rest ?? null,
    progress: guide?.progress ?? nothing,
    logged: setsOf(session),
    names: namesOf([...session.exercises, ...(guide?.steps ?? [])]),
    metrics: metricsOf(guide?.steps ?? []),
  }
}

/** The sets of a session in the order in which they were done, as far as that is told. */
export function setsOf({ exercises }: Pick<Session, 'exercises'>): LoggedSet[] {
  return exercises
    .flatMap(({ exerciseId, sets }) => sets.map((set) => ({ ...set, exerciseId })))
    .sort((one, other) => (one.performedAt ?? '').localeCompare(other.performedAt ?? ''))
}

function namesOf(named: readonly ({ exerciseId: string; name: string } | null)[]) {
  return Object.fromEntries(named.flatMap((each) => (each === null ? [] : [[each.exerciseId, each.name]])))
}

function metricsOf(steps: readonly (Pick<Step, 'exerciseId' | 'metric'> | null)[]) {
  const known = steps.filter((step) => step !== null)
  return Object.fromEntries(known.map(({ exerciseId, metric }) => [exerciseId, metric]))
}

/** What a change that came from elsewhere did, in a sentence; undefined where there is nothing to say. */
export function newsOf(before: State, { type, set }: StreamChange): string | undefined {
  const nameOf = (exerciseId: string) => before.names[exerciseId]
  const told = set && loggedWords(set.deleted ? { ...before.logged.find(isSet(set)), ...set } : set, nameOf)
  const step = before.step === null ? 'a step' : stepWords(before.step)
  switch (type) {
    case 'SetLogged':
      return `Another device logged ${told}`
    case 'SetCorrected':
      return `Another device corrected a set: ${told}`
    case 'SetDeleted':
      return `Another device deleted ${told}`
    case 'StepsSkipped':
      return `Another device skipped ${step}`
    case 'StepsSwapped':
      return `Another device swapped ${before.step?.name ?? 'an exercise'}`
    case 'StepAdjusted':
      return `Another device adjusted ${step}`
    case 'SessionFinished':
      return 'Another device finished the session'
    case 'SessionDiscarded':
      return 'Another device discarded the session'
    default:
      return undefined
  }
}

function isSet({ id }: LoggedSet) {
  return (other: LoggedSet) => other.id === id
}
