import Type from 'typebox'
import type { Classic } from '../../../application/classic.ts'
import type { ClassicAccounts } from '../../../application/classic-accounts.ts'
import { isRefusal } from '../../../domain/refusal.ts'
import { reportLimits } from '../../../domain/session/report-workouts.ts'
import type { Route } from '../route.ts'
import { addsUp, askedOf, ClassicId, classicRoute, missing, replayedHeaders, Said } from './classic-route.ts'
import { WorkoutNumber } from './workout-parts.ts'

const ACCEPTED = 'Изменения приняты! Ваша статистика тренировок:'

const Count = (minimum: number, description: string, example: number) =>
  Type.Integer({ minimum, maximum: reportLimits.workouts, description, examples: [example] })
const Counted = (description: string, example: number) => Type.Integer({ description, examples: [example] })

export function completionRoute(accounts: ClassicAccounts, classic: Classic): Route {
  return classicRoute(
    'POST',
    '/user/workouts/complete',
    {
      summary: 'Complete a workout',
      description: 'So many times at once. Completing it again counts again.',
      body: Type.Object(
        {
          id: ClassicId,
          workout_number: WorkoutNumber,
          workouts_done: Count(1, 'The sum of the three.', 3),
          easy_workouts: Count(0, 'How many were easy.', 1),
          average_workouts: Count(0, 'How many were average.', 2),
          heavy_workouts: Count(0, 'How many were heavy.', 0),
        },
        { title: 'ClassicCompletion', additionalProperties: true },
      ),
      together: addsUp('workouts_done', ['easy_workouts', 'average_workouts', 'heavy_workouts']),
      answers: {
        200: {
          description: 'The counts as they are now.',
          schema: Type.Object(
            {
              RESPONSE: Said(ACCEPTED),
              'easy workouts': Counted('Easy ones.', 6),
              'average workouts': Counted('Average ones.', 5),
              'heavy workouts': Counted('Heavy ones.', 2),
              'total workouts': Counted('All of them.', 13),
            },
            { title: 'ClassicCompleted' },
          ),
        },
      },
    },
    async (request) => {
      const { id, workout_number: number, ...told } = request.body
      const asked = await askedOf(accounts, request, id)
      if (isRefusal(asked)) return asked
      const reported = {
        easy: told.easy_workouts,
        average: told.average_workouts,
        heavy: told.heavy_workouts,
      }
      const done = await classic.complete(asked, number, reported)
      if (isRefusal(done)) return missing('WORKOUT NOT FOUND', done)
      const body = {
        RESPONSE: ACCEPTED,
        'easy workouts': done.easy,
        'average workouts': done.average,
        'heavy workouts': done.heavy,
        'total workouts': done.total,
      }
      return { status: 200, body, headers: replayedHeaders(done) }
    },
  )
}
