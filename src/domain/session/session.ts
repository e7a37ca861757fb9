import { type Refusal, refuse, refuseFields } from '../refusal.ts'
import { enteredDetails, type Settings, sessionDetails } from './details.ts'
import type {
  Effort,
  EntryExercise,
  PlannedExercise,
  SessionDetails,
  SessionEvent,
  SessionOpening,
  SetFacts,
} from './events.ts'
import { agrees, type Findings, told } from './fields.ts'
import {
  afterAdjust,
  afterDeletion,
  afterSet,
  afterSkip,
  afterSwap,
  type Guide,
  guideOf,
  resting,
} from './guide.ts'
import { openingOf, type Reported } from './report-workouts.ts'

/** `facts` is undefined once deleted; `logged` stays, so that a repeated request is known as such. */
export type LoggedSet = {
  readonly logged: SetFacts
  readonly facts: SetFacts | undefined
  /** The step of the guide that it was logged for. */
  readonly stepId?: string
}

export type Entry = EntryExercise & {
  readonly notes?: string
  readonly supersetGroup?: number
  readonly sets: readonly LoggedSet[]
}

type SetLogged = Extract<SessionEvent, { type: 'SetLogged' }>['data']
type LoggedAlone = Omit<SetLogged, 'stepId' | 'restEndsAt' | 'supersetGroup'>

type Content = {
  /** As the session was when it was first told of. */
  readonly opening: SessionOpening
  readonly details: SessionDetails
  readonly entries: readonly Entry[]
  /** Of workouts that were told of as a number. */
  readonly reported?: Reported
  /** Of a session that is done by a day of a plan. */
  readonly guide?: Guide
  /** How many steps were given numbers before the guide was taken away. */
  readonly issued?: number
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
    case 'SetLogged':
      return event.data.stepId === undefined ? withSet(standing, event.data) : withStep(standing, event.data)
    case 'SetCorrected': {
      const { entry, exerciseId: _, ...facts } = event.data
      return withFacts(standing, entry, facts.setId, facts)
    }
    case 'SetDeleted': {
      const { entry, setId } = event.data
      const without = withFacts(standing, entry, setId, undefined)
      return standing.guide === undefined ? without : guided(without, afterDeletion(standing.guide, setId))
    }
    case 'StepsSkipped':
      return guided(standing, afterSkip(standing.guide as Guide, event.data))
    case 'StepsSwapped':
      return guided(standing, afterSwap(standing.guide as Guide, event.data))
    case 'StepAdjusted':
      return guided(standing, afterAdjust(standing.guide as Guide, event.data))
    case 'RestSet':
      return guided(standing, resting(standing.guide as Guide, event.data.endsAt ?? undefined))
    case 'SessionFinished':
      return { ...standing, status: 'finished', details: { ...standing.details, ...event.data } }
    case 'SessionChanged': {
      const { planned, ...change } = event.data
      const told = Object.entries({ ...standing.details, ...change }).filter(([, fact]) => fact !== null)
      const changed = { ...standing, details: Object.fromEntries(told) } as KnownSession
      return planned === undefined ? changed : planAgain(changed, planned)
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
  const { sessionId: _, entries, planned, ...details } = opening
  const kept = entries.map((entry) => ({
    ...entry,
    sets: entry.sets.map((facts) => ({ logged: facts, facts })),
  }))
  const guide = planned && { guide: guideOf(planned) }
  return { status, opening, details, entries: kept, ...guide } as KnownSession
}

/** Each guide goes on behind the numbers of the one before, also with none in between. */
function planAgain(standing: KnownSession, planned: readonly PlannedExercise[] | null): KnownSession {
  const { guide, issued = guide?.issued, ...content } = standing
  if (planned !== null) return { ...content, guide: guideOf(planned, issued) } as KnownSession
  return { ...content, issued } as KnownSession
}

function guided(standing: KnownSession, guide: Guide): KnownSession {
  return { ...standing, guide }
}

type OfStep = { stepId?: string; supersetGroup?: number }

function withSet(standing: KnownSession, logged: LoggedAlone, { stepId, supersetGroup }: OfStep = {}) {
  const { entry, exerciseId, exerciseName, metric, ...facts } = logged
  const { sets, ...about } = standing.entries[entry] ?? {
    ...{ exerciseId, exerciseName, metric, sets: [] },
    ...(supersetGroup !== undefined && { supersetGroup }),
  }
  const set = stepId === undefined ? { logged: facts, facts } : { logged: facts, facts, stepId }
  return withEntry(standing, entry, { ...about, sets: [...sets, set] })
}

function withStep(standing: KnownSession, data: SetLogged): KnownSession {
  const { stepId, restEndsAt: _, supersetGroup, ...logged } = data
  const entered = withSet(standing, logged, told({ stepId, supersetGroup }))
  return guided(entered, afterSet(standing.guide as Guide, data))
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
