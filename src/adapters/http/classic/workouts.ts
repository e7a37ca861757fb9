import Type from 'typebox'
import type { Classic } from '../../../application/classic.ts'
import type { ClassicAccounts } from '../../../application/classic-accounts.ts'
import type { Plans } from '../../../application/plans.ts'
import { type FieldError, isRefusal } from '../../../domain/refusal.ts'
import type { Route } from '../route.ts'
import {
  askedOf,
  ClassicId,
  classicRoute,
  FreeText,
  missing,
  replayedHeaders,
  Said,
} from './classic-route.ts'
import { madeHeaders, makingMethods, partsOf, shown, told, WorkoutNumber } from './workout-parts.ts'

const NewText = (of: string) => FreeText(`For the ${of}: a new text, or \`same\`.`, 'same')
const NewLegs = Type.Optional(NewText('legs'))

const NewWorkout = Type.Object(
  { id: ClassicId, ...told },
  { title: 'ClassicNewWorkout', additionalProperties: true },
)
const WorkoutEdit = Type.Object(
  {
    id: ClassicId,
    workout_number: WorkoutNumber,
    new_hands: NewText('hands'),
    new_abdominal: NewText('belly'),
    new_back: NewText('back'),
    new_leg: NewLegs,
    new_legs: NewLegs,
  },
  { title: 'ClassicWorkoutEdit', additionalProperties: true },
)

type UseCases = { accounts: ClassicAccounts; plans: Plans; classic: Classic }

export function workoutRoutes(useCases: UseCases): Route[] {
  return [...adding(useCases), editing(useCases), reading(useCases)]
}

function adding({ accounts, plans }: UseCases): Route[] {
  const extent = {
    summary: 'Add a workout',
    description: 'The fields may also stand in the query of a request without a body.',
    query: Type.Partial(NewWorkout),
    body: NewWorkout,
    answers: {
      201: {
        description: 'The workout is made.',
        headers: ['cache-control'],
        schema: Type.Object(
          { RESPONSE: Said('WORKOUT CREATED'), id: ClassicId, workout_number: WorkoutNumber },
          { title: 'ClassicWorkoutCreated' },
        ),
      },
    },
  } as const
  return makingMethods.map((method) =>
    classicRoute(
      method,
      '/user/workouts/add',
      { ...extent, deprecated: method === 'GET' },
      async (request) => {
        const { id, hands, abdominal, back, legs } = request.body
        const asked = await askedOf(accounts, request, id)
        if (isRefusal(asked)) return asked
        const made = await plans.create(asked, { name: 'Workout', outline: { hands, abdominal, back, legs } })
        if (isRefusal(made)) return made
        const body = { RESPONSE: 'WORKOUT CREATED', id, workout_number: made.document.number }
        return { status: 201, body, headers: madeHeaders(made) }
      },
    ),
  )
}

function editing({ accounts, plans, classic }: UseCases): Route {
  return classicRoute(
    'POST',
    '/user/workouts/edit',
    {
      summary: 'Change a workout',
      description: 'The legs are `new_leg` or `new_legs`.',
      body: WorkoutEdit,
      together: namesLegs,
      answers: {
        200: {
          description: 'The workout as it is now.',
          schema: Type.Object(
            {
              RESPONSE: Said('WORKOUTS EDITED'),
              id: ClassicId,
              workout_number: WorkoutNumber,
              updated_hands: shown.hands,
              updated_abdominal: shown.abdominal,
              updated_back: shown.back,
              updated_legs: shown.legs,
            },
            { title: 'ClassicWorkoutEdited' },
          ),
        },
      },
    },
    async (request) => {
      const {
        id,
        workout_number: number,
        new_hands,
        new_abdominal,
        new_back,
        new_leg,
        new_legs,
      } = request.body
      const asked = await askedOf(accounts, request, id)
      if (isRefusal(asked)) return asked
      const found = await classic.workout(asked.userId, number)
      if (isRefusal(found)) return missing('WORKOUT NOT FOUND', found)
      const legsTold = new_leg ?? new_legs ?? 'same'
      const change = { hands: new_hands, abdominal: new_abdominal, back: new_back, legs: legsTold }
      const texts = Object.entries(change).filter(([, text]) => text !== 'same')
      const edited = await plans.changeOutline(asked, found.planId, Object.fromEntries(texts))
      if (isRefusal(edited)) return missing('WORKOUT NOT FOUND', edited)
      const { hands, abdominal, back, legs } = edited.document.outline ?? found.outline
      const body = {
        ...{ RESPONSE: 'WORKOUTS EDITED', id, workout_number: number },
        ...{ updated_hands: hands, updated_abdominal: abdominal, updated_back: back, updated_legs: legs },
      }
      return { status: 200, body, headers: replayedHeaders(edited) }
    },
  )
}

function reading({ accounts, classic }: UseCases): Route {
  return classicRoute(
    'GET',
    '/user/workouts/{id}/{workout_number}',
    {
      summary: 'Get a workout',
      params: Type.Object({
        id: ClassicId,
        workout_number: Type.String({
          maxLength: 100,
          description: 'The number of the workout.',
          examples: ['1'],
        }),
      }),
      answers: {
        200: {
          description: 'The workout.',
          schema: Type.Object(
            { RESPONSE: Said('YOUR WORKOUT'), id: ClassicId, workout_number: WorkoutNumber, ...shown },
            { title: 'ClassicWorkout' },
          ),
        },
      },
    },
    async (request) => {
      const { id, workout_number: written } = request.params
      const asked = await askedOf(accounts, request, id)
      if (isRefusal(asked)) return asked
      const number = /^\d{1,9}$/.test(written) ? Number(written) : 0
      const found = await classic.workout(asked.userId, number)
      if (isRefusal(found)) return missing('WORKOUT NOT FOUND', found)
      const about = { RESPONSE: 'YOUR WORKOUT', id, workout_number: number }
      return { status: 200, body: { ...about, ...partsOf(found.outline) } }
    },
  )
}

function namesLegs({ new_leg, new_legs }: Readonly<Record<string, unknown>>): FieldError[] {
  if (new_leg !== undefined || new_legs !== undefined) return []
  return [{ pointer: '/new_leg', code: 'required', message: '`new_leg` is required.' }]
}
