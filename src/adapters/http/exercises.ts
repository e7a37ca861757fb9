import type { Static } from 'typebox'
import type { Exercise, Exercises, NewExercise as Told } from '../../application/exercises.ts'
import type { CustomExerciseChange, Language } from '../../domain/exercise/events.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { askedBy, versioned } from './asked.ts'
import {
  ExerciseChange,
  ExerciseDocument,
  ExerciseFilters,
  ExerciseParams,
  NewExercise,
} from './exercise-schemas.ts'
import { page, positionOf } from './paging.ts'
import { type Route, route } from './route.ts'
import { ListOf } from './schemas.ts'

const tag = 'Exercises'
const access = 'user'

export function exerciseRoutes(exercises: Exercises): Route[] {
  return [...asking(exercises), ...changing(exercises)]
}

function asking(exercises: Exercises): Route[] {
  return [
    route(
      'GET',
      '/v1/exercises',
      {
        summary: 'List exercises',
        description: 'The catalogue and one’s own, by name. The catalogue speaks English or Russian.',
        tag,
        access,
        query: ExerciseFilters,
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
      'GET',
      '/v1/exercises/{id}',
      {
        summary: 'Get an exercise',
        tag,
        access,
        params: ExerciseParams,
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

function changing(exercises: Exercises): Route[] {
  return [
    route(
      'POST',
      '/v1/exercises',
      {
        summary: 'Add an exercise of one’s own',
        description: 'Its name is unique among one’s own; one from the catalogue may be used again.',
        tag,
        access,
        body: NewExercise,
        refusals: [409],
        answers: {
          201: { description: 'The exercise.', schema: ExerciseDocument, headers: ['location', 'etag'] },
        },
      },
      async (request) => {
        const created = await exercises.create(askedBy(request), request.body as Told)
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
      'PATCH',
      '/v1/exercises/{id}',
      {
        summary: 'Change an exercise of one’s own',
        description: 'Names only what changes. What was logged keeps the name of its day.',
        tag,
        access,
        params: ExerciseParams,
        body: ExerciseChange,
        conditional: true,
        refusals: [403, 409],
        answers: {
          200: { description: 'The exercise as it is now.', schema: ExerciseDocument, headers: ['etag'] },
        },
      },
      async (request) => {
        const change = request.body as CustomExerciseChange
        const changed = await exercises.change(askedBy(request), request.params.id, change)
        if (isRefusal(changed)) return changed
        return { status: 200, body: documentOf(changed), headers: versioned(changed.version) }
      },
    ),
    route(
      'DELETE',
      '/v1/exercises/{id}',
      {
        summary: 'Archive an exercise of one’s own',
        description: 'It is listed and logged no more; what was logged keeps it, and its name is free again.',
        tag,
        access,
        params: ExerciseParams,
        conditional: true,
        refusals: [403],
        answers: { 204: { description: 'The exercise is archived.', headers: ['etag'] } },
      },
      async (request) => {
        const archived = await exercises.archive(askedBy(request), request.params.id)
        if (isRefusal(archived)) return archived
        return { status: 204, headers: versioned(archived.version) }
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
