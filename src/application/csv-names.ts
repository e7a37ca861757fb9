import { createExercise, type ExerciseState, exercise, nameKey } from '../domain/exercise/exercise.ts'
import { type FieldError, isRefusal, pointerStep, type Refusal, refuseFields } from '../domain/refusal.ts'
import { mapExerciseNames } from '../domain/user/exercise-names.ts'
import { type UserState, user, userLimits } from '../domain/user/user.ts'
import { type Book, setsOf, wrongFile } from './csv-book.ts'
import type { NamedExercise, NewExercise } from './csv-exercises.ts'
import type { CsvImportsNeed } from './csv-imports.ts'
import type { Metadata, Target } from './event-log.ts'
import { streamOf } from './users.ts'

type Asked = { userId: string; metadata: Metadata }

export type NameMapping = { name: string; exerciseId: string }

/** What an import has found out about names, to be kept. */
export type NamesAsked = {
  importKey: string
  told: ReadonlyMap<string, string>
  named: readonly NamedExercise[]
  made: readonly NewExercise[]
}

type NamesNeed = Pick<CsvImportsNeed, 'act' | 'load' | 'exercises' | 'newId'>

/** Which exercise a person means by a name in the files of other programs. */
export function createNames({ act, load, exercises, newId }: NamesNeed) {
  async function list(userId: string): Promise<NameMapping[]> {
    const { state } = await load(streamOf(userId), user)
    const names = state.status === 'registered' ? (state.exerciseNames ?? new Map<string, string>()) : []
    return [...names].map(([name, exerciseId]) => ({ name, exerciseId })).toSorted(byName)
  }

  /** By their keys, names that are told with exercises that can be logged; refuses all others at once. */
  async function told(userId: string, mapping: Readonly<Record<string, string>>) {
    const names = new Map<string, string>()
    const errors: FieldError[] = []
    for (const [name, id] of Object.entries(mapping)) {
      const exerciseId = id.toLowerCase()
      const found = await exercises.find(userId, exerciseId)
      if (found === undefined || found.archived) {
        const pointer = `/${pointerStep(name)}`
        const message = `${id} is no exercise that you can log.`
        errors.push({ pointer, code: 'unknown-exercise', message })
      }
      names.set(nameKey(name), exerciseId)
    }
    return errors.length > 0 ? refuseFields(errors) : names
  }

  /** Exercises that are new and the names of all, together; nothing where it is all known. */
  async function keep({ userId, metadata }: Asked, asked: NamesAsked, isKeyNeeded: boolean) {
    const { importKey, told, named, made } = asked
    const names = [
      ...named.filter(({ found }) => found !== 'kept'),
      ...[...told].map(([name, exerciseId]) => ({ name, exerciseId })),
    ]
    if (names.length > userLimits.exerciseNames) {
      return wrongFile('too-many', `At most ${userLimits.exerciseNames} names of exercises are kept.`)
    }
    if (names.length === 0 && made.length === 0 && !isKeyNeeded) return undefined
    const customs = made.map(
      ({ exerciseId, name, metric }): Target<ExerciseState, never> => ({
        stream: `exercise-${userId}-${exerciseId}`,
        aggregate: exercise,
        decide: (state) => {
          const category = metric === 'distance-duration' ? 'cardio' : 'strength'
          return createExercise(state, { exerciseId, facts: { name, metric, category } }) as never
        },
      }),
    )
    const person: Target<UserState, never> = {
      stream: streamOf(userId),
      aggregate: user,
      decide: (state) => mapExerciseNames(state, { importKey, names }) as never,
    }
    const acted = await act({ userId, metadata }, [...customs, person] as never, () => undefined)
    return isRefusal(acted) ? acted : undefined
  }

  return {
    list,
    told,
    keep,

    /** Says what is meant by names, in place of what was known of them. */
    async set(asked: Asked, mapping: readonly NameMapping[]): Promise<NameMapping[] | Refusal> {
      const names = await told(
        asked.userId,
        Object.fromEntries(mapping.map((one) => [one.name, one.exerciseId])),
      )
      if (isRefusal(names)) return names
      const failed = await keep(asked, { importKey: newId(), told: names, named: [], made: [] }, false)
      return failed ?? list(asked.userId)
    },

    /** Of the names of a file those that no set is new of, as far as it is known what they mean. */
    async known(
      userId: string,
      book: Book,
      kept: ReadonlyMap<string, string>,
      named: readonly NamedExercise[],
    ) {
      const seen = new Set(named.map(({ name }) => nameKey(name)))
      const found: NamedExercise[] = []
      for (const set of setsOf(book)) {
        const key = nameKey(set.exercise)
        if (seen.has(key)) continue
        seen.add(key)
        const exerciseId = set.own?.exerciseId ?? kept.get(key)
        const standing = exerciseId === undefined ? undefined : await exercises.find(userId, exerciseId)
        if (standing === undefined) continue
        const { name: exercise, metric } = standing
        found.push({
          name: set.exercise,
          ...{ exerciseId: standing.exerciseId, exercise, metric, found: 'kept', sets: 0 },
        })
      }
      return found
    },
  }
}

function byName(left: NameMapping, right: NameMapping): number {
  return left.name < right.name ? -1 : 1
}
