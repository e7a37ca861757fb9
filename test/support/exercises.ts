import { exerciseQueries, exercisesView } from '../../src/adapters/sqlite/views/exercises.ts'
import { usersView } from '../../src/adapters/sqlite/views/users.ts'
import { createAct } from '../../src/application/event-log.ts'
import { createExercises, type ExerciseFilter } from '../../src/application/exercises.ts'
import type {
  CatalogueExercise,
  CustomExercise,
  CustomExerciseChange,
} from '../../src/domain/exercise/events.ts'
import { type Fact, foldViews } from './fold-views.ts'
import { memoryLog } from './memory-log.ts'

export const metadata = { actor: 'nobody', commandId: 'command', correlationId: 'request' }
export const ada = '11111111-1111-4111-8111-111111111111'
export const ben = '22222222-2222-4222-8222-222222222222'
export const own = '33333333-3333-4333-8333-333333333333'

export const plank: CatalogueExercise = {
  exerciseId: 'plank',
  category: 'strength',
  bodyArea: 'abdominal',
  primaryMuscles: ['abdominals'],
  secondaryMuscles: ['obliques', 'glutes'],
  equipment: ['none'],
  level: 'beginner',
  metric: 'duration',
  unilateral: false,
  texts: {
    en: { name: 'Plank', description: 'Hold still.', instructions: ['Brace.'] },
    ru: { name: 'Планка', description: 'Удержание тела на предплечьях.', instructions: ['Напрягитесь.'] },
  },
}
export const benchPress: CatalogueExercise = {
  exerciseId: 'bench-press',
  category: 'strength',
  bodyArea: 'chest',
  primaryMuscles: ['chest'],
  secondaryMuscles: ['triceps'],
  equipment: ['barbell', 'bench'],
  level: 'intermediate',
  metric: 'weight-reps',
  unilateral: false,
  texts: {
    en: { name: 'Bench Press', description: "The lifter's favourite.", instructions: ['Press.'] },
    ru: { name: 'Жим лёжа', description: 'Любимое упражнение.', instructions: ['Жмите.'] },
  },
}
export const running: CatalogueExercise = {
  exerciseId: 'running',
  category: 'cardio',
  bodyArea: 'cardio',
  primaryMuscles: ['calves'],
  secondaryMuscles: [],
  equipment: ['none'],
  metric: 'distance-duration',
  unilateral: false,
  texts: { en: { name: 'Running', description: 'Far.', instructions: ['Run.'] } },
}
export const logPress: CustomExercise = {
  exerciseId: own,
  name: 'Log Press',
  description: 'Déjà vu: йод.',
  instructions: [],
  category: 'strength',
  bodyArea: 'full-body',
  primaryMuscles: ['front-delts'],
  secondaryMuscles: ['triceps'],
  equipment: ['other'],
  metric: 'weight-reps',
  unilateral: false,
}

export const published = (data: CatalogueExercise): Fact => ({
  stream: `exercise-${data.exerciseId}`,
  event: { type: 'CatalogueExercisePublished', data },
})
export const created = (userId: string, data: CustomExercise): Fact => ({
  stream: `exercise-${userId}-${data.exerciseId}`,
  subject: userId,
  event: { type: 'CustomExerciseCreated', data },
})
export const changed = (userId: string, data: CustomExerciseChange): Fact => ({
  stream: `exercise-${userId}-${own}`,
  subject: userId,
  event: { type: 'CustomExerciseChanged', data },
})
export const archived = (userId: string): Fact => ({
  stream: `exercise-${userId}-${own}`,
  subject: userId,
  event: { type: 'CustomExerciseArchived', data: {} },
})
export const registered = (userId: string): Fact => ({
  stream: `user-${userId}`,
  subject: userId,
  event: {
    type: 'UserRegistered',
    data: {
      userId,
      email: `${userId}@example.org`,
      firstName: 'Ada',
      units: 'metric',
      timeZone: 'UTC',
      registeredAt: '2025-01-01T00:00:00.000Z',
    },
  },
})

export const history = [registered(ada), registered(ben), ...[plank, benchPress, running].map(published)]

/** The view of some facts, three of the catalogue and one of Ada's own unless told. */
export function foldedExercises(facts: readonly Fact[] = [...history, created(ada, logPress)]) {
  const { db, fold } = foldViews([usersView, exercisesView], facts)
  const queries = exerciseQueries(db)
  async function ids(filter: ExerciseFilter, userId = ada, language: 'en' | 'ru' = 'en'): Promise<string[]> {
    const { items } = await queries.list(userId, filter, language, 50)
    return items.map(({ exerciseId }) => exerciseId)
  }
  return { db, fold, queries, ids }
}

/** The real use cases over a log in memory, with Ada and Ben registered. */
export async function memoryExercises() {
  const memory = memoryLog([usersView, exercisesView])
  for (const { stream, subject, event } of [registered(ada), registered(ben)]) {
    await memory.log.append([{ stream, subject, expected: 'no stream', events: [event] }], metadata)
  }
  const before = memory.events.length
  let count = 0
  const newId = () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`
  const exercises = createExercises({ ...createAct(memory.log), reads: exerciseQueries(memory.db), newId })
  return { log: memory.log, exercises, recorded: () => memory.events.slice(before) }
}
