import { type Refusal, refuse, refuseFields } from '../refusal.ts'
import { type DetailFields, enteredDetails, type Settings, sessionDetails, sessionLimits } from './details.ts'
import type { EntryExercise, EntryFacts, SessionEvent, SessionOpening, SetFacts } from './events.ts'
import { agrees, checkNumber, checkText, type Findings, report, told, within } from './fields.ts'
import { checkPlanDay, exercisesOf, type NamedPlan } from './plan-day.ts'
import type { SessionState } from './session.ts'
import { type SetFields, sameSet, setFacts } from './set-facts.ts'

/** A set to be logged: under the client's own id, or else under the fresh one. */
export type NewSet = SetFields & { id?: string | undefined; freshId: string }

export type NewEntry = {
  exerciseId: string
  /** Undefined for what is no exercise of this person's. */
  exercise: EntryExercise | undefined
  notes?: string | undefined
  supersetGroup?: number | undefined
  sets: readonly NewSet[]
}

export type LogSession = DetailFields & {
  sessionId: string
  now: string
  settings: Settings
  entries: readonly NewEntry[]
  /** Undefined where none is named, and for what is no plan of this person's. */
  plan?: NamedPlan | undefined
}

/**
 * Logs a whole workout, or starts one that has no end yet. Telling again what was told at its creation does
 * nothing; telling something else under its id is `id-taken`. Refuses all failing fields at once, each by its
 * pointer below `at`.
 */
export function logSession(state: SessionState, command: LogSession, at = ''): SessionEvent[] | Refusal {
  if (state.status !== 'none') {
    if (sameAsTold(state.opening, command)) return []
    return refuse('id-taken', 'Another session of yours has this id.')
  }
  const findings: Findings = { at, errors: [] }
  const { sessionId, settings, now } = command
  const details = sessionDetails(findings, command, settings, now)
  checkPlanDay(findings, command, command.plan)
  // A set counts as done when it is told of, unless the whole workout is told of afterwards.
  const performedAt = details.finishedAt === undefined ? now : undefined
  const entries = command.entries.map((entry, index) =>
    entryFacts(within(findings, `/exercises/${index}`), entry, { units: settings.units, now, performedAt }),
  )
  checkSets(findings, entries)
  if (findings.errors.length > 0) return refuseFields(findings.errors)
  const { finishedAt, ...opening } = { ...details, sessionId, entries }
  if (finishedAt === undefined) {
    const planned = exercisesOf(command.plan, details.planDay)
    return [{ type: 'SessionStarted', data: { ...opening, ...(planned && { planned }) } }]
  }
  return [{ type: 'SessionLogged', data: { ...opening, finishedAt } }]
}

/** True when every fact that is told now was recorded just so when the session was first told of. */
function sameAsTold(opening: SessionOpening, command: LogSession): boolean {
  const entered = enteredDetails(command)
  return (
    entered.finishedAt === opening.finishedAt &&
    agrees(entered, opening) &&
    command.entries.length === opening.entries.length &&
    opening.entries.every((entry, index) => sameEntry(entry, command.entries[index] as NewEntry))
  )
}

function sameEntry(recorded: EntryFacts, { exerciseId, notes, supersetGroup, sets }: NewEntry): boolean {
  return (
    agrees({ exerciseId, notes: notes?.trim(), supersetGroup }, recorded) &&
    sets.length === recorded.sets.length &&
    sets.every((set, index) => sameSet(set.id, set, recorded.sets[index] as SetFacts))
  )
}

type Around = Omit<Parameters<typeof setFacts>[3], 'metric'>

function entryFacts(findings: Findings, entry: NewEntry, around: Around): EntryFacts {
  const { exercise, supersetGroup } = entry
  const notes = entry.notes?.trim()
  if (exercise === undefined) reportUnknown(findings)
  checkText(findings, 'notes', notes, sessionLimits.notesLength)
  checkNumber(findings, 'supersetGroup', supersetGroup, sessionLimits.supersetGroup)
  // What a set needs hangs on the metric: without an exercise there is nothing to hold its sets against.
  const sets = exercise === undefined ? [] : entry.sets
  return {
    ...(exercise as EntryExercise),
    ...told({ notes, supersetGroup }),
    sets: sets.map((set, index) =>
      setFacts(within(findings, `/sets/${index}`), set.id ?? set.freshId, set, {
        ...around,
        metric: (exercise as EntryExercise).metric,
      }),
    ),
  }
}

export function reportUnknown(findings: Findings) {
  report(findings, 'exerciseId', 'unknown-exercise', 'exerciseId names no exercise that you can log.')
}

function checkSets(findings: Findings, entries: readonly EntryFacts[]) {
  if (entries.length > sessionLimits.exercises) {
    report(findings, 'exercises', 'too-many', `A session holds up to ${sessionLimits.exercises} exercises.`)
  }
  const seen = new Set<string>()
  let count = 0
  for (const [entry, { sets }] of entries.entries()) {
    count += sets.length
    for (const [index, { setId }] of sets.entries()) {
      if (seen.has(setId)) reportTwice(within(findings, `/exercises/${entry}/sets/${index}`))
      seen.add(setId)
    }
  }
  if (count > sessionLimits.sets) {
    report(findings, 'exercises', 'too-many', `A session holds up to ${sessionLimits.sets} sets.`)
  }
}

export function reportTwice(findings: Findings) {
  report(findings, 'id', 'duplicate', 'id is that of another set in the same request.')
}
