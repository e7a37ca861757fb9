import Type from 'typebox'
import type { ClassicAccounts } from '../../../application/classic-accounts.ts'
import type { Plans } from '../../../application/plans.ts'
import { type Outline, trainingModes } from '../../../domain/plan/events.ts'
import { isRefusal } from '../../../domain/refusal.ts'
import type { Route } from '../route.ts'
import { OneOf } from '../schemas.ts'
import { askedOf, ClassicId, classicRoute, Said } from './classic-route.ts'
import { madeHeaders, makingMethods, partsOf, shown, WorkoutNumber } from './workout-parts.ts'

/** A workout that is drawn for the one who asks. */
export function drawnWorkoutRoutes(accounts: ClassicAccounts, plans: Plans): Route[] {
  const extent = {
    summary: 'Have a workout made',
    description:
      'Draws a training mode, and for each part of the body an exercise of the catalogue with sets and ' +
      'repetitions that fit the mode. The draw is recorded and can be repeated from its seed.',
    params: Type.Object({ id: ClassicId }),
    answers: {
      201: {
        description: 'The workout is made.',
        headers: ['cache-control'],
        schema: Type.Object(
          {
            RESPONSE: Said('YOUR WORKOUT, HAVE A NICE TRAINING!'),
            id: ClassicId,
            workout_number: WorkoutNumber,
            training_mode: OneOf(trainingModes, {
              description: 'What sets and repetitions fit.',
              examples: ['strength'],
            }),
            ...shown,
          },
          { title: 'ClassicWorkoutMade' },
        ),
      },
    },
  } as const
  return makingMethods.map((method) =>
    classicRoute(
      method,
      '/user/workouts/make-workout/{id}',
      { ...extent, deprecated: method === 'GET' },
      async (request) => {
        const { id } = request.params
        const asked = await askedOf(accounts, request, id)
        if (isRefusal(asked)) return asked
        const made = await plans.draw(asked)
        if (isRefusal(made)) return made
        const { number, origin, outline } = made.document
        const mode = { training_mode: origin?.by === 'draw' ? origin.trainingMode : null }
        const about = { RESPONSE: 'YOUR WORKOUT, HAVE A NICE TRAINING!', id, workout_number: number, ...mode }
        return { status: 201, body: { ...about, ...partsOf(outline as Outline) }, headers: madeHeaders(made) }
      },
    ),
  )
}
