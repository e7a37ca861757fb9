import { nameKey } from '../exercise/exercise.ts'
import type { Refusal } from '../refusal.ts'
import type { UserEvent } from './events.ts'
import { noPerson, type UserState } from './user.ts'

export type MapExerciseNames = {
  /** Kept where there is none yet. */
  importKey: string
  names: readonly { name: string; exerciseId: string }[]
}

/** Keeps what differs from what is known. Names that a person would call the same are the same. */
export function mapExerciseNames(state: UserState, command: MapExerciseNames): UserEvent[] | Refusal {
  if (state.status !== 'registered') return noPerson()
  const told = new Map(command.names.map(({ name, exerciseId }) => [nameKey(name), exerciseId]))
  const names = [...told]
    .filter(([name, exerciseId]) => state.exerciseNames?.get(name) !== exerciseId)
    .map(([name, exerciseId]) => ({ name, exerciseId }))
  const key = state.importKey === undefined ? { importKey: command.importKey } : {}
  if (names.length === 0 && state.importKey !== undefined) return []
  return [{ type: 'ExerciseNamesMapped', data: { ...key, names } }]
}
