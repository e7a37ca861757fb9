import Type from 'typebox'
import type { Classic, Counts } from '../../../application/classic.ts'
import type { ClassicAccounts } from '../../../application/classic-accounts.ts'
import { isRefusal } from '../../../domain/refusal.ts'
import { classicLimits } from '../../../domain/user/classic.ts'
import type { Route } from '../route.ts'
import { Nullable, OneOf } from '../schemas.ts'
import {
  addsUp,
  askedOf,
  ClassicId,
  classicRoute,
  FreeText,
  missing,
  replayedHeaders,
  Said,
} from './classic-route.ts'

const Count = (description: string, example: number) =>
  Type.Integer({ minimum: 0, maximum: classicLimits.workouts, description, examples: [example] })
const Counted = (description: string, example: number) => Type.Integer({ description, examples: [example] })
const Weight = Type.Number({
  exclusiveMinimum: 0,
  maximum: 1000,
  description: 'Of the body, in kg.',
  examples: [72.4],
})
// The least of weights are 0 in whole micrograms.
const KnownWeight = Nullable(
  Type.Number({ minimum: 0, maximum: 1000, description: 'Of the body, in kg.', examples: [72.4] }),
)
const Goal = FreeText('What it is all for.', 'Подтянуться десять раз')

const efforts = ['easy_workouts', 'average_workouts', 'heavy_workouts'] as const

const NewStatistics = Type.Object(
  {
    id: ClassicId,
    weight: Weight,
    goal: Goal,
    total_workouts: Count('The sum of the three.', 10),
    easy_workouts: Count('Easy ones so far.', 5),
    average_workouts: Count('Average ones so far.', 3),
    heavy_workouts: Count('Heavy ones so far.', 2),
  },
  { title: 'ClassicNewStatistics', additionalProperties: true },
)

const StatisticsEdit = Type.Object(
  {
    id: ClassicId,
    new_weight: Type.Unsafe<number | 'same'>({
      anyOf: [Weight, { const: 'same' }],
      description: 'In kg, or `same`.',
      examples: [71.9],
    }),
    new_goal: FreeText('A new text, or `same`.', 'same'),
    clear_workouts: OneOf(['yes', 'no'], {
      description: '`yes` begins the counts at 0 again; nothing that was logged goes.',
      examples: ['no'],
    }),
  },
  { title: 'ClassicStatisticsEdit', additionalProperties: true },
)

const params = Type.Object({ id: ClassicId })

export function statisticsRoutes(accounts: ClassicAccounts, classic: Classic): Route[] {
  return [creating(accounts, classic), editing(accounts, classic), reading(accounts, classic)]
}

function creating(accounts: ClassicAccounts, classic: Classic): Route {
  return classicRoute(
    'POST',
    '/user/statistics/create',
    {
      summary: 'Begin the statistics',
      description:
        'Sets weight, goal and the counts from now on, whatever was completed before. Once for each.',
      body: NewStatistics,
      together: addsUp('total_workouts', efforts),
      refusals: [404, 409],
      answers: {
        201: {
          description: 'The statistics are made.',
          schema: Type.Object(
            { RESPONSE: Said('STATISTICS CREATED'), id: ClassicId },
            { title: 'ClassicStatisticsCreated' },
          ),
        },
      },
    },
    async (request) => {
      const { id, weight, goal, ...told } = request.body
      const asked = await askedOf(accounts, request, id)
      if (isRefusal(asked)) return asked
      const counts = {
        easy: told.easy_workouts,
        average: told.average_workouts,
        heavy: told.heavy_workouts,
      }
      const created = await classic.createStatistics(asked, { weightKilograms: weight, goal, counts })
      if (isRefusal(created)) return created
      const body = { RESPONSE: 'STATISTICS CREATED', id }
      return { status: 201, body, headers: replayedHeaders(created) }
    },
  )
}

function editing(accounts: ClassicAccounts, classic: Classic): Route {
  return classicRoute(
    'POST',
    '/user/statistics/edit',
    {
      summary: 'Change the statistics',
      body: StatisticsEdit,
      answers: {
        200: {
          description: 'The statistics as they are now.',
          schema: Type.Object(
            {
              RESPONSE: Said('STATISTICS UPDATED'),
              id: ClassicId,
              updated_weight: KnownWeight,
              updated_goal: Nullable(Goal),
              updated_total_workouts: Counted('All of them.', 10),
              updated_easy_workouts: Counted('Easy ones.', 5),
              updated_average_workouts: Counted('Average ones.', 3),
              updated_heavy_workouts: Counted('Heavy ones.', 2),
            },
            { title: 'ClassicStatisticsUpdated' },
          ),
        },
      },
    },
    async (request) => {
      const { id, new_weight: weight, new_goal: goal, clear_workouts: clear } = request.body
      const asked = await askedOf(accounts, request, id)
      if (isRefusal(asked)) return asked
      const edited = await classic.editStatistics(asked, {
        weightKilograms: weight === 'same' ? undefined : weight,
        goal: goal === 'same' ? undefined : goal,
        clear: clear === 'yes',
      })
      if (isRefusal(edited)) return missing('STATISTICS NOT FOUND', edited)
      const body = {
        ...{ RESPONSE: 'STATISTICS UPDATED', id },
        ...{ updated_weight: edited.weightKilograms, updated_goal: edited.goal },
        ...countsOf(edited, 'updated_'),
      }
      return { status: 200, body, headers: replayedHeaders(edited) }
    },
  )
}

function reading(accounts: ClassicAccounts, classic: Classic): Route {
  return classicRoute(
    'GET',
    '/user/statistics/{id}',
    {
      summary: 'Get the statistics',
      params,
      answers: {
        200: {
          description: 'The statistics.',
          schema: Type.Object(
            {
              id: ClassicId,
              weight: KnownWeight,
              goal: Nullable(Goal),
              total_workouts: Counted('All of them.', 10),
              easy_workouts: Counted('Easy ones.', 5),
              average_workouts: Counted('Average ones.', 3),
              heavy_workouts: Counted('Heavy ones.', 2),
              most_popular_workout: Nullable(Type.Integer(), {
                description: 'The number of the one completed most often since the last clearing.',
                examples: [1],
              }),
            },
            { title: 'ClassicStatistics' },
          ),
        },
      },
    },
    async (request) => {
      const { id } = request.params
      const asked = await askedOf(accounts, request, id)
      if (isRefusal(asked)) return asked
      const found = await classic.statistics(asked.userId)
      if (isRefusal(found)) return missing('STATISTICS NOT FOUND', found)
      const told = { id, weight: found.weightKilograms, goal: found.goal, ...countsOf(found) }
      return { status: 200, body: { ...told, most_popular_workout: found.mostPopularWorkout } }
    },
  )
}

function countsOf({ total, easy, average, heavy }: Counts, prefix = '') {
  return {
    [`${prefix}total_workouts`]: total,
    [`${prefix}easy_workouts`]: easy,
    [`${prefix}average_workouts`]: average,
    [`${prefix}heavy_workouts`]: heavy,
  }
}
