import { nameKey } from '../domain/exercise/exercise.ts'
import { sessionLimits } from '../domain/session/details.ts'
import { instantOf } from '../domain/statistics/calendar.ts'
import type { RowSet } from './csv-row-set.ts'

/** A set in its workout: the how manieth of its exercise it is there, from 0. */
export type PlacedSet = RowSet & { ordinal: number }

export type WorkoutEntry = { notes?: string; supersetGroup?: number; sets: PlacedSet[] }

export type Workout = {
  /** What it is known by when it comes again: when it began, and the how manieth it is that began then. */
  place: string
  first: RowSet
  entries: WorkoutEntry[]
}

type Gathering = Workout & { counts: Map<string, number>; lastOrder: number }

/** Puts sets together to workouts, in the order in which they come. */
export function gatherWorkouts() {
  const workouts = new Map<string, Gathering>()
  const begun = new Map<string, number>()
  let open: WorkoutEntry | undefined

  return {
    workouts: (): Workout[] => [...workouts.values()],
    /** Of the exercise that the last set was of. */
    note(text: string) {
      if (open === undefined || text === '') return
      const notes = open.notes === undefined ? text : `${open.notes}\n${text}`
      open.notes = notes.slice(0, sessionLimits.notesLength)
    },
    add(set: RowSet) {
      const key = set.own?.sessionId ?? `${set.startedAt} ${set.title ?? ''}`
      const known = workouts.get(key)
      const count = begun.get(set.startedAt) ?? 0
      const workout: Gathering = known ?? {
        ...{ place: `${set.startedAt} ${count}`, first: set, entries: [] },
        ...{ counts: new Map(), lastOrder: -1 },
      }
      if (known === undefined) {
        workouts.set(key, workout)
        begun.set(set.startedAt, count + 1)
      }
      const name = nameKey(set.exercise)
      const ordinal = workout.counts.get(name) ?? 0
      workout.counts.set(name, ordinal + 1)
      const placed = { ...set, ordinal }
      const last = workout.entries.at(-1)
      open = last !== undefined && goesOn(last, workout.lastOrder, set) ? last : undefined
      open?.sets.push(placed)
      if (open === undefined) {
        const { exerciseNotes: notes, supersetGroup } = set
        open = {
          ...(notes !== undefined && { notes }),
          ...(supersetGroup !== undefined && { supersetGroup }),
          sets: [placed],
        }
        workout.entries.push(open)
        workout.lastOrder = -1
      }
      workout.lastOrder = set.order ?? workout.lastOrder
    },
  }
}

/** An exercise that is done again later in a workout begins its numbers anew. */
function goesOn({ supersetGroup, sets }: WorkoutEntry, lastOrder: number, set: RowSet): boolean {
  const first = sets[0] as RowSet
  if (first.own !== undefined) return first.own.entry === set.own?.entry
  const isSame = nameKey(first.exercise) === nameKey(set.exercise) && supersetGroup === set.supersetGroup
  return isSame && (set.order === undefined || set.order > lastOrder)
}

/** From when to when; the end is the beginning where none is told, or none that can be. */
export function timesOf({ first }: Workout, timeZone: string) {
  const zone = first.own?.timeZone ?? timeZone
  const at = (time: string) => (time.endsWith('Z') ? time : instantOf(time, zone))
  const startedAt = at(first.startedAt)
  const { end = 0 } = first
  const told = typeof end === 'string' ? at(end) : new Date(Date.parse(startedAt) + end * 1000).toISOString()
  const milliseconds = Date.parse(told) - Date.parse(startedAt)
  const canBe = milliseconds >= 0 && milliseconds <= sessionLimits.lengthHours * 3_600_000
  return { startedAt, finishedAt: canBe ? told : startedAt, timeZone: zone, canBe }
}
