import { contentOf, type SessionDocument, sessionDocument, setDocument } from './document.ts'
import type { SessionEvent } from './events.ts'
import { told } from './fields.ts'
import { currentStep, nextStep, restOf, type Step } from './guide.ts'
import { progressOf, type StepBackground, stepDocument } from './guide-document.ts'
import type { KnownSession, SessionState } from './session.ts'

/** An event of a session as it stands in the log. */
export type Happened = SessionEvent & { readonly version: number; readonly recordedAt: string }

export type Progress = ReturnType<typeof progressDocument>

const ends: readonly SessionEvent['type'][] = [
  'SessionFinished',
  'SessionDiscarded',
  'SessionLogged',
  'WorkoutsReported',
]
const bare: StepBackground = { instructions: [], previous: null }

/** Whether with this event the session is not live any more. */
export function isEnd({ type }: SessionEvent): boolean {
  return ends.includes(type)
}

/** True where there is nothing to be done any more: of a session with a guide all its steps are done. */
export function isFinished(state: KnownSession): boolean {
  return state.status !== 'active' || (state.guide !== undefined && currentStep(state) === undefined)
}

/**
 * What one version of a session has changed, and nothing else: who has seen the version before knows this one
 * by it. It hangs on the events alone, but for what `backgroundOf` adds to the steps shown.
 */
export function progressDocument(
  before: SessionState,
  event: Happened,
  after: KnownSession,
  backgroundOf: (step: Step) => StepBackground,
) {
  const { type, version, recordedAt: at } = event
  return {
    ...{ version, type, at, status: after.status, finished: isFinished(after) },
    ...guideChanges(before, after, at, backgroundOf),
    ...told({ set: changedSet(before, event, after), session: sessionChanges(before, after, version) }),
  }
}

function guideChanges(
  before: SessionState,
  after: KnownSession,
  at: string,
  backgroundOf: (step: Step) => StepBackground,
) {
  const was = guideShown(before, at, () => bare)
  const is = guideShown(after, at, () => bare)
  const shown = guideShown(after, at, backgroundOf)
  const parts = ['step', 'next', 'rest', 'progress'] as const
  const changed = parts.filter((part) => !isSame(was[part], is[part]))
  return Object.fromEntries(changed.map((part) => [part, shown[part]])) as Partial<typeof shown>
}

function guideShown(state: SessionState, at: string, backgroundOf: (step: Step) => StepBackground) {
  if (state.status === 'none' || state.guide === undefined) {
    return { step: null, next: null, rest: null, progress: null }
  }
  const [step, next] = [currentStep(state), nextStep(state)]
  const endsAt = restOf(state, at)
  return {
    step: step ? stepDocument(state, step, backgroundOf(step)) : null,
    next: next ? stepDocument(state, next, backgroundOf(next)) : null,
    rest: endsAt === undefined ? null : { endsAt },
    progress: progressOf(state.guide),
  }
}

/** The set that was logged or corrected as it is now, or as it was when it was deleted. */
function changedSet(before: SessionState, event: SessionEvent, after: KnownSession) {
  if (event.type === 'SetDeleted') return { ...loneSet(before as KnownSession, event.data), deleted: true }
  const isOfSet = event.type === 'SetLogged' || event.type === 'SetCorrected'
  return isOfSet ? loneSet(after, event.data) : undefined
}

function loneSet({ entries }: KnownSession, { entry, setId }: { entry: number; setId: string }) {
  const { exerciseId, sets } = entries[entry] as KnownSession['entries'][number]
  const found = sets.find(({ logged }) => logged.setId === setId)
  const { facts, stepId } = found as Required<NonNullable<typeof found>>
  return { exerciseId, ...told({ stepId }), ...setDocument(facts as NonNullable<typeof facts>) }
}

/** The whole session where it begins, later the details that differ. */
function sessionChanges(
  before: SessionState,
  after: KnownSession,
  version: number,
): Partial<SessionDocument> | undefined {
  const { opening, status, details, reported } = after
  if (before.status === 'none') return sessionDocument(contentOf(after, version))
  const about = { sessionId: opening.sessionId, status, version, reported, entries: [] }
  const was = new Map<string, unknown>(Object.entries(sessionDocument({ ...about, details: before.details })))
  const is = Object.entries(sessionDocument({ ...about, details }))
  const changed = is.filter(([name, value]) => !isSame(was.get(name), value))
  return changed.length === 0 ? undefined : Object.fromEntries(changed)
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
