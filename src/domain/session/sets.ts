import type { Metric } from '../exercise/events.ts'
import { isRefusal, type Refusal, refuse, refuseFields } from '../refusal.ts'
import { type Settings, sessionLimits } from './details.ts'
import type { EntryExercise, SessionEvent, SetFacts } from './events.ts'
import { agrees, type Findings, same, told } from './fields.ts'
import { afterSet, type Guide, type Place, placeOfStep, type Step } from './guide.ts'
import { stepTold } from './guiding.ts'
import { type NewSet, reportTwice, reportUnknown } from './log-session.ts'
import { discarded, type Entry, type KnownSession, noSession, type SessionState } from './session.ts'
import { type SetFields, sameSet, setFacts } from './set-facts.ts'

/** A set that stands alone names its exercise, and the place in the request that its errors point to. */
export type LoneSet = NewSet & {
  at: string
  /** The step of the guide that it fulfils; its exercise need not be named then. */
  stepId?: string | undefined
  exerciseId?: string | undefined
  /** Undefined for what is no exercise of this person's; not asked for where the session has it already. */
  exercise: EntryExercise | undefined
}

export type LogSets = { now: string; settings: Settings; sets: readonly LoneSet[] }

type SetLogged = Extract<SessionEvent, { type: 'SetLogged' }>

/**
 * Each set joins the last entry of its exercise, or opens one; that of a step goes where its planned exercise
 * goes, and the next set is held against the step after it. A set that was logged already with the very same
 * facts is passed over; other facts under its id are `id-taken`. All of them land, or none.
 */
export function logSets(state: SessionState, command: LogSets): SetLogged[] | Refusal {
  if (state.status === 'none') return noSession()
  if (state.status === 'discarded') return discarded()
  const { now, settings, sets } = command
  const performedAt = state.status === 'active' ? now : undefined
  const errors: Findings['errors'] = []
  const events: SetLogged[] = []
  const exercises: EntryExercise[] = [...state.entries]
  const seen = new Set<string>()
  let reached: KnownSession = state
  for (const set of sets) {
    const findings = { at: set.at, errors }
    const setId = set.id ?? set.freshId
    if (seen.has(setId)) reportTwice(findings)
    seen.add(setId)
    const earlier = set.id === undefined ? undefined : findLogged(state, setId)
    if (earlier !== undefined) {
      if (toldAgain(set, earlier)) continue
      return refuse('id-taken', 'Another set of this session has, or had, this id.')
    }
    const step: Step | Refusal | undefined = set.stepId === undefined ? undefined : stepTold(reached, set)
    if (isRefusal(step)) return step
    const guide = reached.guide as Guide
    const place: Place =
      step === undefined ? placeOf(exercises, set) : placeOfStep(guide, step, exercises, now)
    const { entry, exercise, ...besides } = place
    if (exercise === undefined) {
      reportUnknown(findings)
      continue
    }
    const { exerciseId, exerciseName, metric } = exercise
    exercises[entry] = exercise
    const meant = step === undefined ? set : { ...set, kind: set.kind ?? step.target.kind }
    const facts = setFacts(findings, setId, meant, { metric, units: settings.units, now, performedAt })
    const data = { ...facts, exerciseId, exerciseName, metric, entry, ...besides }
    if (step !== undefined) reached = { ...reached, guide: afterSet(guide, data) }
    events.push({ type: 'SetLogged', data })
  }
  if (errors.length > 0) return refuseFields(errors)
  if (events.length === 0) return []
  if (exercises.length > sessionLimits.exercises) {
    return refuse('too-many-sets', `A session holds up to ${sessionLimits.exercises} exercises.`)
  }
  if (hasMoreSets(state, sessionLimits.sets - events.length)) {
    return refuse('too-many-sets', `A session holds up to ${sessionLimits.sets} sets.`)
  }
  return events
}

/** Of a set that is told with no step. */
function placeOf(exercises: readonly EntryExercise[], { exerciseId, exercise }: LoneSet): Place {
  const joined = exercises.findLastIndex((entry) => entry.exerciseId === exerciseId)
  return { entry: joined === -1 ? exercises.length : joined, exercise: exercises[joined] ?? exercise }
}

/** True when everything that is told now was recorded just so when the set was logged. */
function toldAgain({ id, stepId, exerciseId, ...fields }: LoneSet, earlier: FoundSet): boolean {
  return agrees({ exerciseId, stepId }, earlier) && sameSet(id, fields, earlier.facts)
}

export type CorrectSet = { now: string; settings: Settings; setId: string; change: SetFields }

/** Fields that are given replace, null clears; what comes of it must still fit the exercise's metric. */
export function correctSet(state: SessionState, command: CorrectSet): SessionEvent[] | Refusal {
  if (state.status === 'none') return noSession()
  if (state.status === 'discarded') return discarded()
  const { now, settings, setId } = command
  const found = findSet(state, setId)
  if (found === undefined) return noSet()
  const { entry, exerciseId, metric, facts } = found
  const change: SetFields = told(command.change)
  const { weightUnit, distanceUnit, ...before } = facts
  const merged = {
    ...before,
    // A unit goes with its quantity.
    ...(change.weight !== null && { weightUnit }),
    ...(change.distance !== null && { distanceUnit }),
    ...change,
  }
  const findings: Findings = { at: '', errors: [] }
  const context = { metric, units: settings.units, now, performedAt: undefined }
  const corrected = setFacts(findings, setId, merged, context)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  if (same(corrected, facts)) return []
  return [{ type: 'SetCorrected', data: { ...corrected, exerciseId, entry } }]
}

export function deleteSet(state: SessionState, setId: string): SessionEvent[] | Refusal {
  if (state.status === 'none') return noSession()
  if (state.status === 'discarded') return discarded()
  const found = findSet(state, setId)
  if (found === undefined) return noSet()
  const { entry, exerciseId } = found
  return [{ type: 'SetDeleted', data: { setId, exerciseId, entry } }]
}

export type FoundSet = {
  entry: number
  exerciseId: string
  metric: Metric
  facts: SetFacts
  /** That it was logged for. */
  stepId?: string
}

/** A set as it stands; undefined where there is none, or none any more. */
export function findSet(state: KnownSession, setId: string): FoundSet | undefined {
  return find(state, setId, 'facts')
}

/** A set as it was first logged, also one that is deleted now. */
export function findLogged(state: KnownSession, setId: string): FoundSet | undefined {
  return find(state, setId, 'logged')
}

function find(state: KnownSession, setId: string, as: 'logged' | 'facts'): FoundSet | undefined {
  // From the end: what is looked for has mostly just been logged.
  for (let entry = state.entries.length - 1; entry >= 0; entry--) {
    const { exerciseId, metric, sets } = state.entries[entry] as Entry
    const set = sets.findLast(({ logged }) => logged.setId === setId)
    if (set?.[as] === undefined) continue
    const found = { entry, exerciseId, metric, facts: set[as] }
    return set.stepId === undefined ? found : { ...found, stepId: set.stepId }
  }
  return undefined
}

function hasMoreSets({ entries }: KnownSession, most: number): boolean {
  let logged = 0
  for (const { sets } of entries) logged += sets.length
  // The deleted ones among them need to be looked for by few.
  return logged > most && entries.flatMap(({ sets }) => sets).filter(({ facts }) => facts).length > most
}

function noSet(): Refusal {
  return refuse('not-found', 'There is no such set in this session.')
}
