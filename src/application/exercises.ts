import { catalogue } from '../domain/exercise/catalogue.ts'
import type {
  BodyArea,
  CatalogueExercise,
  Category,
  CustomExerciseChange,
  Equipment,
  ExerciseEvent,
  ExerciseText,
  ExerciseTraits,
  Language,
  Level,
  Metric,
  Muscle,
} from '../domain/exercise/events.ts'
import {
  archiveExercise,
  changeExercise,
  createExercise,
  type ExerciseFacts,
  type ExerciseState,
  exercise,
  noExercise,
  type OwnExercise,
  publishExercise,
} from '../domain/exercise/exercise.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { Act, Decision, Folded, Load, Metadata } from './event-log.ts'
import type { NewId } from './ports.ts'
import type { Asked } from './session-requests.ts'

/** An exercise in one language, of the catalogue or somebody's own. */
export type Exercise = ExerciseTraits &
  ExerciseText & { exerciseId: string; custom: boolean; archived: boolean; version: number }

export type ExerciseFilter = {
  /** Words of which each begins a word of the name or the description. */
  q?: string
  /** Primary or secondary. */
  muscle?: Muscle
  equipment?: Equipment
  category?: Category
  bodyArea?: BodyArea
  level?: Level
  metric?: Metric
  custom?: boolean
  /** Those that are archived, and only those; the others unless told. */
  archived?: boolean
}

/** Where a page ends, as the list is ordered in its language; the next one goes on behind it. */
export type ExercisePlace = { name: string; key: number }
export type ExercisePage = { items: Exercise[]; next?: ExercisePlace }

export interface ExerciseReads {
  /** One of the catalogue or of the person's own, archived ones too; its texts are English unless told. */
  find(userId: string, exerciseId: string, language?: Language): Promise<Exercise | undefined>
  /** By name in that language; at most `limit`, behind `after`. */
  list(
    userId: string,
    filter: ExerciseFilter,
    language: Language,
    limit: number,
    after?: ExercisePlace,
  ): Promise<ExercisePage>
  /** Every entry of the catalogue as it was last published. */
  catalogue(): Promise<CatalogueExercise[]>
}

export type NewExercise = ExerciseFacts & { id?: string }

export type Exercises = ReturnType<typeof createExercises>

export type ExercisesNeed = { act: Act; load: Load; reads: ExerciseReads; newId: NewId }

export function createExercises({ act, load, reads, newId }: ExercisesNeed) {
  async function change(
    command: Asked,
    id: string,
    decide: (state: ExerciseState) => Decision<ExerciseEvent>,
  ): Promise<Exercise | Refusal> {
    const { userId } = command
    const exerciseId = id.toLowerCase()
    const found = await reads.find(userId, exerciseId)
    const stream = found?.custom === false ? `exercise-${exerciseId}` : streamOf(userId, exerciseId)
    const target = { stream, aggregate: exercise, decide }
    const acted = await act(command, [target], ([after]) => (after as Folded<ExerciseState>).version)
    if (isRefusal(acted)) return acted
    const { state, version } = await load(stream, exercise, acted.outcome)
    return ownExercise(state, version)
  }

  return {
    /** Publishes what is new or changed in the catalogue that the program ships, all of it in one append. */
    async seed(metadata: Metadata): Promise<{ published: number; unchanged: number } | Refusal> {
      const standing = new Map((await reads.catalogue()).map((entry) => [entry.exerciseId, entry]))
      const due = catalogue.filter((entry) => {
        const known = standing.get(entry.exerciseId)
        const state =
          known === undefined ? exercise.initial : ({ status: 'catalogue', exercise: known } as const)
        return publishExercise(state, entry).length > 0
      })
      const targets = due.map((entry) => ({
        stream: `exercise-${entry.exerciseId}`,
        aggregate: exercise,
        decide: (state: ExerciseState) => publishExercise(state, entry),
      }))
      const acted = await act({ userId: undefined, metadata }, targets, () => due.length)
      if (isRefusal(acted)) return acted
      return { published: acted.outcome, unchanged: catalogue.length - acted.outcome }
    },

    /** Adds an exercise of the person's own. Refuses failing fields, `id-taken` and `name-taken`. */
    async create(
      command: Asked,
      { id, ...facts }: NewExercise,
    ): Promise<{ exercise: Exercise; replayed: boolean } | Refusal> {
      const { userId } = command
      const exerciseId = id?.toLowerCase() ?? newId()
      const acted = await act(
        command,
        [
          {
            stream: streamOf(userId, exerciseId),
            aggregate: exercise,
            decide: (state) => createExercise(state, { exerciseId, facts }),
          },
        ],
        () => ({ exerciseId }),
      )
      if (isRefusal(acted)) return acted
      const { outcome, replayed } = acted
      // Told of again, an exercise is shown as its first event left it.
      const { state } = await load(streamOf(userId, outcome.exerciseId), exercise, 1)
      return { exercise: ownExercise(state, 1), replayed }
    },

    /** Refuses failing fields, `name-taken`, `archived`, `catalogue-read-only` and `not-found`. */
    change: (command: Asked, id: string, told: CustomExerciseChange) =>
      change(command, id, (state) => changeExercise(state, { change: told })),

    /** Already archived is fine. Refuses `catalogue-read-only` and `not-found`. */
    archive: (command: Asked, id: string) => change(command, id, archiveExercise),

    /** Somebody else's is `not-found`, as is what was never there. */
    async get(userId: string, exerciseId: string, language: Language): Promise<Exercise | Refusal> {
      const found = await reads.find(userId, exerciseId.toLowerCase(), language)
      return found ?? noExercise()
    },

    list: reads.list,
  }
}

function ownExercise(state: ExerciseState, version: number): Exercise {
  const { exercise: facts, status } = state as OwnExercise
  return { ...facts, custom: true, archived: status === 'archived', version }
}

function streamOf(userId: string, exerciseId: string): string {
  return `exercise-${userId}-${exerciseId}`
}
