import { type Refusal, refuse, refuseFields } from '../refusal.ts'
import { type DetailFields, enteredDetails, type Settings, sessionDetails } from './details.ts'
import type {
  Effort,
  EntryExercise,
  SessionChange,
  SessionDetails,
  SessionEvent,
  SessionOpening,
  SetFacts,
} from './events.ts'
import { agrees, difference, type Findings, report, told } from './fields.ts'
import { checkPlanDay, type NamedPlan } from './plan-day.ts'
import { openingOf, type Reported } from './report-workouts.ts'

/** `facts` is undefined once deleted; `logged` stays, so that a repeated request is known as such. */
export type LoggedSet = { readonly logged: SetFacts; readonly facts: SetFacts | undefined }

export type Entry = EntryExercise & {
  readonly notes?: string
  readonly supersetGroup?: number
  readonly sets: readonly LoggedSet[]
}

type Content = {
  /** As the session was when it was first told of. */
  readonly opening: SessionOpening
  readonly details: SessionDetails
  readonly entries: readonly Entry[]
  /** Of workouts that were told of as a number. */
  readonly reported?: Reported
}

export type LiveSession = Content & { readonly status: 'active' }
export type FinishedSession = Content & {
  readonly status: 'finished'
  readonly details: SessionDetails & { readonly finishedAt: string }
}
export type DiscardedSession = Content & {
  readonly status: 'discarded'
  readonly before: 'active' | 'finished'
}
export type KnownSession = LiveSession | FinishedSession | DiscardedSession
export type SessionState = { readonly status: 'none' } | KnownSession

export const initial = { status: 'none' } as SessionState

export function evolve(state: SessionState, event: SessionEvent): SessionState {
  const standing = state as KnownSession
  switch (event.type) {
    case 'SessionStarted':
      return opened('active', event.data)
    case 'SessionLogged':
      return opened('finished', event.data)
    case 'SetLogged': {
      const { entry, exerciseId, exerciseName, metric, ...facts } = event.data
      const { sets, ...about } = standing.entries[entry] ?? { exerciseId, exerciseName, metric, sets: [] }
      return withEntry(standing, entry, { ...about, sets: [...sets, { logged: facts, facts }] })
    }
    case 'SetCorrected': {
      const { entry, exerciseId: _, ...facts } = event.data
      return withFacts(standing, entry, facts.setId, facts)
    }
    case 'SetDeleted':
      return withFacts(standing, event.data.entry, event.data.setId, undefined)
    case 'SessionFinished':
      return { ...standing, status: 'finished', details: { ...standing.details, ...event.data } }
    case 'SessionChanged': {
      const told = Object.entries({ ...standing.details, ...event.data }).filter(([, fact]) => fact !== null)
      return { ...standing, details: Object.fromEntries(told) } as KnownSession
    }
    case 'SessionDiscarded':
      return { ...standing, status: 'discarded', before: standing.status as 'active' | 'finished' }
    case 'SessionRestored': {
      const { before, ...content } = standing as DiscardedSession
      return { ...content, status: before } as KnownSession
    }
    case 'WorkoutsReported': {
      const { easy, average, heavy } = event.data
      return { ...opened('finished', openingOf(event.data)), reported: { easy, average, heavy } }
    }
  }
}

export const session = { initial, evolve }

function opened(status: 'active' | 'finished', opening: SessionOpening) {
  const { sessionId: _, entries, ...details } = opening
  const kept = entries.map((entry) => ({
    ...entry,
    sets: entry.sets.map((facts) => ({ logged: facts, facts })),
  }))
  return { status, opening, details, entries: kept } as KnownSession
}

function withEntry(standing: KnownSession, index: number, entry: Entry): KnownSession {
  const entries = [...standing.entries]
  entries[index] = entry
  return { ...standing, entries }
}

function withFacts(standing: KnownSession, index: number, setId: string, facts: SetFacts | undefined) {
  const entry = standing.entries[index] as Entry
  const sets = entry.sets.map((set) => (set.logged.setId === setId ? { ...set, facts } : set))
  return withEntry(standing, index, { ...entry, sets })
}

export type FinishSession = {
  now: string
  settings: Settings
  finishedAt?: string | undefined
  effort?: Effort | undefined
  notes?: string | undefined
}

/** Ends a live session, now unless told otherwise. Told again as it stands, it does nothing. */
export function finishSession(state: SessionState, command: FinishSession): SessionEvent[] | Refusal {
  if (state.status === 'none') return noSession()
  if (state.status === 'discarded') return discarded()
  const { now, settings, ...fields } = command
  const entered = enteredDetails(fields)
  if (state.status === 'finished') {
    if (agrees(entered, state.details)) return []
    return refuse(
      'session-not-active',
      'This session is finished already; what it says can still be changed.',
    )
  }
  const { finishedAt = now, effort, notes } = entered
  const data = { finishedAt, ...told({ effort, notes }) }
  const findings: Findings = { at: '', errors: [] }
  sessionDetails(findings, { ...state.details, ...data }, settings, now)
  return findings.errors.length > 0 ? refuseFields(findings.errors) : [{ type: 'SessionFinished', data }]
}

export type ChangeSession = {
  now: string
  settings: Settings
  change: DetailFields
  /** That which the session names then. */
  plan?: NamedPlan | undefined
}

/** Corrects what is told of a session; a live one has no end yet, and gets it by finishing. */
export function changeSession(state: SessionState, command: ChangeSession): SessionEvent[] | Refusal {
  if (state.status === 'none') return noSession()
  if (state.status === 'discarded') return discarded()
  const { now, settings } = command
  const change = withPlanDay(told(command.change), state.details)
  const { bodyWeightUnit, ...before } = state.details
  const keptUnit = change.bodyWeight !== null && bodyWeightUnit !== undefined && { bodyWeightUnit }
  const findings: Findings = { at: '', errors: [] }
  if (state.status === 'active' && change.finishedAt !== undefined) {
    report(findings, 'finishedAt', 'not-applicable', 'A live session has no finishedAt: finish it first.')
  }
  if (state.reported !== undefined && (change.effort ?? null) !== null) {
    report(findings, 'effort', 'not-applicable', 'The efforts of these workouts are told already.')
  }
  if (change.planId !== undefined || change.planDay !== undefined) {
    checkPlanDay(findings, { ...before, ...change }, command.plan, before)
  }
  const blamed = change.finishedAt === undefined ? 'startedAt' : 'finishedAt'
  const after = sessionDetails(findings, { ...before, ...keptUnit, ...change }, settings, now, blamed)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  const moved = after.startedAt !== before.startedAt || after.timeZone !== before.timeZone
  const data: SessionChange = difference(
    state.details,
    moved ? after : { ...after, localDate: before.localDate },
  )
  return Object.keys(data).length === 0 ? [] : [{ type: 'SessionChanged', data }]
}

/** Without the plan, or in another one, the day that was meant is none any more. */
function withPlanDay(change: DetailFields, { planId, planDay }: SessionDetails): DetailFields {
  const elsewhere = change.planId !== undefined && (change.planId ?? undefined) !== planId
  return elsewhere && planDay !== undefined ? { planDay: null, ...change } : change
}

/** Takes a session out of every count; what was logged stays and can be brought back. */
export function discardSession(state: SessionState): SessionEvent[] | Refusal {
  if (state.status === 'none') return noSession()
  return state.status === 'discarded' ? [] : [{ type: 'SessionDiscarded', data: {} }]
}

/** Brings a discarded session back, live or finished as it was. */
export function restoreSession(state: SessionState): SessionEvent[] | Refusal {
  if (state.status === 'none') return noSession()
  return state.status === 'discarded' ? [{ type: 'SessionRestored', data: {} }] : []
}

export function noSession(): Refusal {
  return refuse('not-found', 'There is no such session.')
}

export function discarded(): Refusal {
  return refuse('session-discarded', 'This session is discarded; restore it first.')
}
