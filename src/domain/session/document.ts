import type { EntryExercise, SessionDetails, SetFacts } from './events.ts'
import { countOf, type Reported } from './report-workouts.ts'
import type { KnownSession } from './session.ts'

/** A session as it is shown, wherever it is read from. */
export type SessionContent = {
  sessionId: string
  status: 'active' | 'finished' | 'discarded'
  version: number
  details: SessionDetails
  entries: readonly (EntryExercise & { notes?: string; supersetGroup?: number; sets: readonly SetFacts[] })[]
  reported?: Reported | undefined
}

export type SessionDocument = ReturnType<typeof sessionDocument>
export type SetDocument = ReturnType<typeof setDocument>

export function contentOf(state: KnownSession, version: number): SessionContent {
  const { status, opening, details, reported } = state
  const entries = state.entries.map((entry) => ({
    ...entry,
    sets: entry.sets.flatMap(({ facts }) => (facts === undefined ? [] : [facts])),
  }))
  return { sessionId: opening.sessionId, status, version, details, entries, reported }
}

/** Texts that were not given are null; a set says only what was told of it. */
export function sessionDocument(content: SessionContent) {
  const { sessionId, status, version, details, entries, reported } = content
  return {
    id: sessionId,
    status,
    startedAt: details.startedAt,
    finishedAt: details.finishedAt ?? null,
    timeZone: details.timeZone,
    localDate: details.localDate,
    title: details.title ?? null,
    planId: details.planId ?? null,
    planDay: details.planDay ?? null,
    effort: details.effort ?? null,
    notes: details.notes ?? null,
    bodyWeight: details.bodyWeight ?? null,
    bodyWeightUnit: details.bodyWeightUnit ?? null,
    exercises: entries.map(({ exerciseId, exerciseName, notes, supersetGroup, sets }) => ({
      exerciseId,
      name: exerciseName,
      notes: notes ?? null,
      supersetGroup: supersetGroup ?? null,
      sets: sets.map(setDocument),
    })),
    ...(reported && { count: countOf(reported), byEffort: reported }),
    version,
  }
}

/** Quantities as they were entered: the integers beside them are for sums. */
export function setDocument(facts: SetFacts) {
  const { setId, weightMicrograms: _, distanceMillimeters: __, ...entered } = facts
  return { id: setId, ...entered }
}
