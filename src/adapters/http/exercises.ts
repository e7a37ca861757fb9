import Type, { type Static } from 'typebox'
import type { Exercise, Exercises, NewExercise } from '../../application/exercises.ts'
import {
  bodyAreas,
  categories,
  equipment,
  forces,
  type Language,
  levels,
  mechanics,
  metrics,
  muscles,
} from '../../domain/exercise/events.ts'
import { exerciseLimits } from '../../domain/exercise/exercise.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { askedBy, versioned } from './asked.ts'
import { page, positionOf } from './paging.ts'
import { type Route, route } from './route.ts'
import { Id, ListOf, Nullable, OneOf, paging, Text } from './schemas.ts'

const { nameLength, descriptionLength, instructions, instructionLength } = exerciseLimits

const Category = OneOf(categories, { description: 'The kind of training.', examples: ['strength'] })
const BodyArea = OneOf(bodyAreas, {
  description: 'Where it works most; `hands` are the arms.',
  examples: ['back'],
})
const Muscle = OneOf(muscles, { examples: ['lats'] })
const Equipment = OneOf(equipment, { examples: ['pull-up-bar'] })
const Level = OneOf(levels, { description: 'How much skill it asks for.', examples: ['intermediate'] })
const Force = OneOf(forces, { examples: ['pull'] })
const Mechanic = OneOf(mechanics, { description: 'Several joints or one.', examples: ['compound'] })
const Metric = OneOf(metrics, {
  description: 'What its sets are measured by.',
  examples: ['bodyweight-reps'],
})
const Unilateral = Type.Boolean({ description: 'One side at a time.', examples: [false] })
const unique = { uniqueItems: true }

const ExerciseDocument = Type.Object(
  {
    id: Type.String({
      description: 'A word of the catalogue, or a UUID of one’s own.',
      examples: ['pull-up'],
    }),
    name: Type.String({ examples: ['Pull-Up'] }),
    description: Type.String({ examples: ['Pulling the body up to a bar.'] }),
    instructions: Type.Array(Type.String(), { examples: [['Hang from the bar.', 'Pull up.']] }),
    category: Category,
    bodyArea: BodyArea,
    primaryMuscles: Type.Array(Muscle),
    secondaryMuscles: Type.Array(Muscle),
    equipment: Type.Array(Equipment),
    level: Nullable(Level),
    force: Nullable(Force),
    mechanic: Nullable(Mechanic),
    metric: Metric,
    unilateral: Unilateral,
    custom: Type.Boolean({ description: 'Whether it is one’s own.' }),
    archived: Type.Boolean({ description: 'Whether it lives on only in what was logged.' }),
  },
  { title: 'Exercise' },
)

const ExerciseInput = Type.Object(
  {
    id: Type.Optional(Id),
    name: Text(1, nameLength, { examples: ['Log Press'] }),
    metric: Metric,
    description: Type.Optional(Text(0, descriptionLength)),
    instructions: Type.Optional(Type.Array(Text(1, instructionLength), { maxItems: instructions })),
    category: Type.Optional(Category),
    bodyArea: Type.Optional(BodyArea),
    primaryMuscles: Type.Optional(Type.Array(Muscle, unique)),
    secondaryMuscles: Type.Optional(Type.Array(Muscle, unique)),
    equipment: Type.Optional(Type.Array(Equipment, unique)),
    level: Type.Optional(Level),
    force: Type.Optional(Force),
    mechanic: Type.Optional(Mechanic),
    unilateral: Type.Optional(Unilateral),
  },
  { title: 'NewExercise', examples: [{ name: 'Log Press', metric: 'weight-reps', bodyArea: 'shoulders' }] },
)

const Filters = Type.Object({
  ...paging,
  q: Type.Optional(
    Text(1, 100, { description: 'Beginnings of words in names and descriptions.', examples: ['bench pr'] }),
  ),
  muscle: Type.Optional(Muscle),
  equipment: Type.Optional(Equipment),
  category: Type.Optional(Category),
  bodyArea: Type.Optional(BodyArea),
  level: Type.Optional(Level),
  metric: Type.Optional(Metric),
  custom: Type.Optional(Type.Boolean({ description: 'Only one’s own, or only the catalogue.' })),
})

const ExerciseId = Type.Object({
  id: Type.String({
    pattern: '^[A-Za-z0-9-]{1,100}$',
    description: 'As in its document.',
    examples: ['pull-up'],
  }),
})

export function exerciseRoutes(exercises: Exercises): Route[] {
  return [
    route(
      'GET',
      '/v1/exercises',
      {
        summary: 'List exercises',
        description: 'The catalogue and one’s own, by name. The catalogue speaks English or Russian.',
        tag: 'Exercises',
        access: 'user',
        query: Filters,
        answers: {
          200: {
            description: 'A page of exercises.',
            schema: ListOf(ExerciseDocument, { title: 'Exercises' }),
            headers: ['link', 'content-language'],
          },
        },
      },
      async ({ caller, query, language }) => {
        const { limit, cursor, ...filter } = query
        const name = `exercises in ${language}`
        const after = placeOf(positionOf(name, cursor))
        const { items, next } = await exercises.list(caller.userId, filter, language, limit, after)
        const documents = items.map(documentOf)
        const answer = page(name, '/v1/exercises', query, documents, next && [next.name, next.key])
        return { ...answer, headers: { ...answer.headers, ...spoken(language) } }
      },
    ),
    route(
      'POST',
      '/v1/exercises',
      {
        summary: 'Add an exercise of one’s own',
        description: 'Its name is unique among one’s own; one from the catalogue may be used again.',
        tag: 'Exercises',
        access: 'user',
        body: ExerciseInput,
        refusals: [409],
        answers: {
          201: { description: 'The exercise.', schema: ExerciseDocument, headers: ['location', 'etag'] },
        },
      },
      async (request) => {
        const created = await exercises.create(askedBy(request), request.body as NewExercise)
        if (isRefusal(created)) return created
        const { exercise, replayed } = created
        const headers = {
          location: `/v1/exercises/${exercise.exerciseId}`,
          ...versioned(exercise.version, replayed),
        }
        return { status: 201, body: documentOf(exercise), headers }
      },
    ),
    route(
      'GET',
      '/v1/exercises/{id}',
      {
        summary: 'Get an exercise',
        tag: 'Exercises',
        access: 'user',
        params: ExerciseId,
        answers: {
          200: {
            description: 'The exercise.',
            schema: ExerciseDocument,
            headers: ['etag', 'content-language'],
          },
        },
      },
      async ({ caller, params, language }) => {
        const exercise = await exercises.get(caller.userId, params.id, language)
        if (isRefusal(exercise)) return exercise
        // Two languages are two representations, so they cannot share a tag.
        const etag = language === 'ru' && !exercise.custom ? `${exercise.version}.ru` : `${exercise.version}`
        return { status: 200, body: documentOf(exercise), headers: { etag, ...spoken(language) } }
      },
    ),
  ]
}

function documentOf(exercise: Exercise): Static<typeof ExerciseDocument> {
  const { exerciseId, version, level = null, force = null, mechanic = null, ...rest } = exercise
  return { id: exerciseId, ...rest, level, force, mechanic }
}

function placeOf(position: ReturnType<typeof positionOf>) {
  return position && { name: String(position[0]), key: Number(position[1]) }
}

function spoken(language: Language) {
  return { 'content-language': language, vary: 'accept-language' }
}
