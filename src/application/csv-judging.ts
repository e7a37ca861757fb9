import type { Metric } from '../domain/exercise/events.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { Settings } from '../domain/session/details.ts'
import type { EntryExercise, SessionEvent } from '../domain/session/events.ts'
import { type LogSession, logSession, type NewEntry } from '../domain/session/log-session.ts'
import type { SessionState } from '../domain/session/session.ts'
import type { SetFields } from '../domain/session/set-facts.ts'
import { type LoneSet, logSets } from '../domain/session/sets.ts'
import { fieldsIn } from './csv-metrics.ts'
import type { RowSet } from './csv-row-set.ts'
import { type PlacedSet, timesOf, type Workout } from './csv-workouts.ts'

/** What is to be logged of a workout: those of its sets that are not there yet. */
export type Due = { workout: Workout; sessionId: string; state: SessionState; sets: readonly PlacedSet[] }

export type JudgeNeed = {
  now: string
  settings: Settings
  chosen: ReadonlyMap<RowSet, EntryExercise>
  setIdOf: (workout: Workout, set: PlacedSet) => string
}

export type Judged = {
  /** Undefined where nothing is left. */
  decide: ((state: SessionState) => SessionEvent[] | Refusal) | undefined
  refused: ReadonlyMap<RowSet, string>
}

/** Which sets the rules of sessions do not let pass, with the reason, and what logs the others. */
export function judge(due: Due, need: JudgeNeed): Judged {
  const refused = new Map<RowSet, string>()
  for (;;) {
    const left = due.sets.filter((set) => !refused.has(set))
    if (left.length === 0) return { decide: undefined, refused }
    const { decide, places } = due.state.status === 'none' ? whole(due, left, need) : added(due, left, need)
    const decided = decide(due.state)
    if (!isRefusal(decided)) return { decide, refused }
    const { errors = [], detail } = decided
    if (errors.length === 0) for (const set of left) refused.set(set, detail)
    for (const { pointer, message } of errors) {
      // What is wrong with an entry or the session itself is wrong with all sets in it.
      for (const [set, place] of places) {
        if (`${place}/`.startsWith(`${setOf(pointer)}/`) && !refused.has(set)) refused.set(set, message)
      }
    }
  }
}

type Plan = {
  decide: (state: SessionState) => SessionEvent[] | Refusal
  /** By which pointer each set is known in an error. */
  places: readonly (readonly [PlacedSet, string])[]
}

/** In our own files sets are told as they were. */
function toldIn(metric: Metric, set: RowSet): SetFields {
  return set.own === undefined ? fieldsIn(metric, set) : set.fields
}

function setOf(pointer: string): string {
  return /^(\/exercises\/\d+)?(\/sets\/\d+)?/.exec(pointer)?.[0] ?? ''
}

function whole({ workout, sessionId }: Due, left: readonly PlacedSet[], need: JudgeNeed): Plan {
  const { now, settings, chosen, setIdOf } = need
  const wanted = new Set(left)
  const entries: (NewEntry & { sets: NewEntry['sets'][number][] })[] = []
  const places: [PlacedSet, string][] = []
  for (const { notes, supersetGroup, sets } of workout.entries) {
    let open: (typeof entries)[number] | undefined
    for (const set of sets.filter((one) => wanted.has(one))) {
      const exercise = chosen.get(set) as EntryExercise
      if (open?.exerciseId !== exercise.exerciseId) {
        open = { exerciseId: exercise.exerciseId, exercise, notes, supersetGroup, sets: [] }
        entries.push(open)
      }
      const id = setIdOf(workout, set)
      places.push([set, `/exercises/${entries.length - 1}/sets/${open.sets.length}`])
      open.sets.push({ ...toldIn(exercise.metric, set), id, freshId: id })
    }
  }
  const { title, workoutNotes, own } = workout.first
  const { startedAt, finishedAt, timeZone } = timesOf(workout, settings.timeZone)
  const command: LogSession = {
    ...{ sessionId, now, settings, entries, startedAt, finishedAt, timeZone, title, notes: workoutNotes },
    ...{ effort: own?.effort, bodyWeight: own?.bodyWeight, bodyWeightUnit: own?.bodyWeightUnit },
  }
  return { decide: (state) => logSession(state, command), places }
}

function added({ workout }: Due, left: readonly PlacedSet[], need: JudgeNeed): Plan {
  const { now, settings, chosen, setIdOf } = need
  const sets = left.map((set, index): LoneSet => {
    const exercise = chosen.get(set) as EntryExercise
    const id = setIdOf(workout, set)
    const at = `/sets/${index}`
    return {
      ...toldIn(exercise.metric, set),
      id,
      freshId: id,
      at,
      exerciseId: exercise.exerciseId,
      exercise,
    }
  })
  const places = left.map((set, index) => [set, `/sets/${index}`] as const)
  return { decide: (state) => logSets(state, { now, settings, sets }), places }
}
