import { type DomainEvent, eventVersions } from '../domain/events.ts'
import { exercise } from '../domain/exercise/exercise.ts'
import { goal } from '../domain/goal/goal.ts'
import { measurement } from '../domain/measurement/measurement.ts'
import * as plan from '../domain/plan/plan.ts'
import type { FieldError } from '../domain/refusal.ts'
import { sessionLimits } from '../domain/session/details.ts'
import { idAfter } from '../domain/session/guiding.ts'
import { type Entry, session } from '../domain/session/session.ts'
import { distanceMillimeters, lengthMicrometers, weightMicrograms } from '../domain/statistics/units.ts'
import { planNumberOf, type UserState, user } from '../domain/user/user.ts'

export const kinds = { user, exercise, goal, measurement, plan, session }
export type Kind = keyof typeof kinds

/** What all states have in common, and what those of sessions have besides. */
export type State = {
  status: string
  entries?: readonly Entry[]
  details?: { startedAt?: string; finishedAt?: string }
}

type Data = Readonly<Record<string, unknown>>

// The few events that follow another state than the open one that all others follow.
const follows: Readonly<Record<string, readonly string[]>> = {
  SessionFinished: ['active'],
  SessionRestored: ['discarded'],
  GoalAbandoned: ['pursued'],
  GoalResumed: ['abandoned'],
}
const closed: readonly string[] = ['none', 'archived', 'deleted', 'discarded', 'erased']

export function isKnown(type: string): boolean {
  return Object.hasOwn(eventVersions, type)
}

/** The id that an event opens its stream under: only that which begins a history names it. */
export function openingId(kind: Kind, data: Data): unknown {
  return Object.hasOwn(data, `${kind}Id`) ? data[`${kind}Id`] : undefined
}

/** Why an event cannot follow the state that those before it have left, where its shape allows it. */
export function misfit(kind: Kind, state: State, event: DomainEvent): string | undefined {
  const { status } = state
  const data = event.data as Data
  const expected = follows[event.type]
  const isOpening = openingId(kind, data) !== undefined
  if (isOpening !== (status === 'none'))
    return isOpening ? 'It begins what has begun.' : 'Nothing has begun yet.'
  if (isOpening) return undefined
  if (expected === undefined ? closed.includes(status) : !expected.includes(status)) {
    return `It cannot follow what is ${status}.`
  }
  if (event.type === 'StepsSwapped' && event.data.steps.some((one) => one.stepId !== idAfter(one.swapped))) {
    return 'A step that is swapped goes on under the next id.'
  }
  return 'entry' in data && 'setId' in data ? misfitOfSet(state.entries ?? [], event) : undefined
}

function misfitOfSet(entries: readonly Entry[], { type, data }: DomainEvent): string | undefined {
  const { setId, entry: place, exerciseId, metric } = data as Data
  const entry = entries[place as number]
  const logged = entries.flatMap(({ sets }) => sets).find((set) => set.logged.setId === setId)
  if (type === 'SetLogged') {
    if (logged !== undefined) return 'Its set is there already.'
    if (entry === undefined) return place === entries.length ? undefined : 'It leaves out an entry.'
    return entry.exerciseId === exerciseId && entry.metric === metric
      ? undefined
      : 'Its entry is of another exercise.'
  }
  const isThere = entry?.exerciseId === exerciseId && entry?.sets.some((set) => set === logged && set.facts)
  return isThere ? undefined : 'Its set is not there.'
}

/** What no history comes to, though each of its events may be right by itself. */
export function impossible({ entries = [], details = {} }: State): string | undefined {
  const sets = entries.flatMap((entry) => entry.sets)
  if (new Set(sets.map(({ logged }) => logged.setId)).size < sets.length)
    return 'Two of its sets have one id.'
  // Those that were deleted have made room for others.
  const standing = sets.filter(({ facts }) => facts !== undefined)
  if (standing.length > sessionLimits.sets || entries.length > sessionLimits.exercises) {
    return 'It holds more than a session may.'
  }
  const { startedAt, finishedAt } = details
  if (startedAt === undefined || finishedAt === undefined) return undefined
  const milliseconds = Date.parse(finishedAt) - Date.parse(startedAt)
  const isLength = milliseconds >= 0 && milliseconds <= sessionLimits.lengthHours * 3_600_000
  return isLength ? undefined : `It ends before it begins, or after ${sessionLimits.lengthHours} hours.`
}

/** Numbers count the plans: each is the next one, and a plan bears the one that was taken for it. */
export function misnumbered(person: UserState, { type, data }: DomainEvent): string | undefined {
  const { number, planId } = data as { number?: number; planId?: string }
  if (type === 'PlanNumberTaken') {
    const taken = 'numberedPlans' in person ? (person.numberedPlans?.length ?? 0) : 0
    return number === taken + 1 ? undefined : 'It is not the next number.'
  }
  if (type !== 'PlanCreated') return undefined
  return planNumberOf(person, planId as string) === number ? undefined : 'Its number was not taken for it.'
}

export type Known = { exercise: (id: string) => boolean; plan: (id: string) => boolean }

/** Every id in the data that names what is not there, and every integer that is not what was entered. */
export function wrongWithin(data: unknown, known: Known, at: string): FieldError[] {
  if (typeof data !== 'object' || data === null) return []
  const errors = quantitiesIn(data as Data, at)
  for (const [name, value] of Object.entries(data)) {
    const pointer = `${at}/${name}`
    if (typeof value === 'string') {
      if (/(^e|E)xerciseId$/.test(name) && !known.exercise(value)) {
        errors.push({
          pointer,
          code: 'unknown-exercise',
          message: 'No exercise of this account has this id.',
        })
      }
      if (name === 'planId' && !known.plan(value)) {
        errors.push({ pointer, code: 'unknown-plan', message: 'No plan in the document has this id.' })
      }
    } else errors.push(...wrongWithin(value, known, pointer))
  }
  return errors
}

const integers = [
  ['weight', 'weightUnit', 'weightMicrograms', weightMicrograms],
  ['distance', 'distanceUnit', 'distanceMillimeters', distanceMillimeters],
  ['bodyWeight', 'bodyWeightUnit', 'bodyWeightMicrograms', weightMicrograms],
  ['value', 'unit', 'weightMicrograms', weightMicrograms],
  ['value', 'unit', 'lengthMicrometers', lengthMicrometers],
] as const

function quantitiesIn(data: Data, at: string): FieldError[] {
  return integers.flatMap(([entered, unit, integer, convert]) => {
    const [value, of, kept] = [data[entered], data[unit], data[integer]]
    if (typeof value !== 'number' || typeof of !== 'string' || typeof kept !== 'number') return []
    if (convert(value, of as never) === kept) return []
    const message = `${integer} must be what ${entered} is in whole ones.`
    return [{ pointer: `${at}/${integer}`, code: 'does-not-agree', message }]
  })
}
