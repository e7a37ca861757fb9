import type { Metric } from '../domain/exercise/events.ts'
import { nameKey } from '../domain/exercise/exercise.ts'
import type { EntryExercise } from '../domain/session/events.ts'
import { besidesName, fits, metricFor } from './csv-metrics.ts'
import type { RowSet } from './csv-row-set.ts'
import { catalogueExerciseNamed } from './exercise-synonyms.ts'
import type { Exercise, ExerciseReads } from './exercises.ts'

/**
 * How an exercise was found: the request said it, it was meant by the name before, it is the person's own, it
 * is in the catalogue, or there was none and one is made.
 */
export const findings = ['told', 'kept', 'own', 'catalogue', 'new'] as const
export type Found = (typeof findings)[number]

export type NamedExercise = {
  name: string
  exerciseId: string
  exercise: string
  metric: Metric
  found: Found
  sets: number
}

export type NewExercise = { exerciseId: string; name: string; metric: Metric }

export type NamesNeed = {
  exercises: Pick<ExerciseReads, 'find' | 'list'>
  /** An id made of these words, the same for the same words. */
  idOf: (...parts: string[]) => string
  told: ReadonlyMap<string, string>
  kept: ReadonlyMap<string, string>
}

const PAGE = 200

/** The person's own live exercises, by the keys of their names. */
async function ownByName(userId: string, exercises: NamesNeed['exercises']) {
  const own = new Map<string, Exercise>()
  let after: Parameters<ExerciseReads['list']>[4]
  do {
    const page = await exercises.list(userId, { custom: true }, 'en', PAGE, after)
    for (const exercise of page.items) own.set(nameKey(exercise.name), exercise)
    after = page.next
  } while (after !== undefined)
  return own
}

/**
 * Which exercise each set is of. Names that another program kept apart stay apart: none of the catalogue is
 * chosen for two names. Sets that their exercise has no place for are of another one, with a longer name.
 */
export async function nameExercises(userId: string, sets: readonly RowSet[], need: NamesNeed) {
  const { exercises, idOf, told, kept } = need
  const own = await ownByName(userId, exercises)
  const chosen = new Map<RowSet, EntryExercise>()
  const named: NamedExercise[] = []
  const made: NewExercise[] = []
  const taken = new Set(kept.values())

  async function live(exerciseId: string | undefined) {
    const fresh = made.find((exercise) => exercise.exerciseId === exerciseId)
    if (exerciseId === undefined || fresh !== undefined) return fresh
    const found = await exercises.find(userId, exerciseId)
    return found?.archived ? undefined : found
  }

  async function make(name: string, metric: Metric, wished: string | undefined): Promise<NewExercise> {
    const ids = [
      wished,
      ...Array.from({ length: 10 }, (_, count) => idOf('exercise', nameKey(name), `${count}`)),
    ]
    for (const exerciseId of ids) {
      if (exerciseId === undefined || made.some((one) => one.exerciseId === exerciseId)) continue
      if ((await exercises.find(userId, exerciseId)) !== undefined) continue
      const exercise = { exerciseId, name, metric }
      made.push(exercise)
      return exercise
    }
    throw new Error('There is no id left for an exercise.')
  }

  async function find(name: string, of: readonly RowSet[]): Promise<[Found, Exercise | NewExercise]> {
    const key = nameKey(name)
    const facts = of[0]?.own
    for (const [found, id] of [
      ['told', told.get(key)],
      ['kept', facts?.exerciseId],
      ['kept', kept.get(key)],
    ] as const) {
      const exercise = await live(id)
      if (exercise !== undefined && (id !== facts?.exerciseId || exercise.metric === facts?.metric)) {
        return [found, exercise]
      }
    }
    const mine = own.get(key)
    const earlier = made.find((exercise) => nameKey(exercise.name) === key)
    if (facts === undefined || (mine ?? earlier)?.metric === facts.metric) {
      if (mine !== undefined) return ['own', mine]
      if (earlier !== undefined) return ['new', earlier]
    }
    const { exerciseId } = (facts === undefined && catalogueExerciseNamed(name)) || { exerciseId: undefined }
    const listed = exerciseId === undefined || taken.has(exerciseId) ? undefined : await live(exerciseId)
    if (listed !== undefined && of.every((set) => fits(listed.metric, set))) return ['catalogue', listed]
    const metric = facts?.metric ?? metricFor(name, of)
    const wished = facts !== undefined && facts.exerciseId.length === 36 ? facts.exerciseId : undefined
    return ['new', await make(freeName(name, metric), metric, wished)]
  }

  /** Two live exercises of a person cannot have one name. */
  function freeName(name: string, metric: Metric): string {
    const isTaken = (wish: string) =>
      own.has(nameKey(wish)) || made.some((exercise) => nameKey(exercise.name) === nameKey(wish))
    let [wish, count] = [name, 1]
    while (isTaken(wish)) {
      wish = count === 1 ? besidesName(name, metric) : `${besidesName(name, metric)} ${count}`
      count += 1
    }
    return wish
  }

  async function choose(name: string, of: readonly RowSet[], base = name): Promise<void> {
    const [found, { exerciseId, name: exercise, metric }] = await find(name, of)
    taken.add(exerciseId)
    // In our own files each set is as it was here; whether it fits is not asked but judged.
    const isOurs = of[0]?.own !== undefined
    const fitting = of.filter((set) => isOurs || fits(metric, set))
    for (const set of fitting) {
      const isOwn = set.own?.metric === metric
      chosen.set(set, { exerciseId, exerciseName: isOwn ? set.exercise.trim() : exercise, metric })
    }
    named.push({ name, exerciseId, exercise, metric, found, sets: fitting.length })
    const others = of.filter((set) => !fitting.includes(set))
    if (others.length === 0) return
    // Where a name leads to an exercise that has no place for any of them, a longer one leads on.
    const root = fitting.length > 0 ? base : name
    await choose(besidesName(root, metricFor(root, others)), others, root)
  }

  const groups = Map.groupBy(sets, (set) => set.own?.exerciseId ?? nameKey(set.exercise))
  for (const of of groups.values()) await choose((of[0] as RowSet).exercise, of)
  return { chosen, named, made }
}
