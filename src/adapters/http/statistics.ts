import { hash } from 'node:crypto'
import Type from 'typebox'
import type { Answered } from '../../application/kept-answers.ts'
import type { RecordPlace } from '../../application/records.ts'
import type { Statistics } from '../../application/statistics.ts'
import { trendMetrics } from '../../application/trends.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { buckets } from '../../domain/statistics/calendar.ts'
import { MeasurementKind } from './measurement-schemas.ts'
import { type Position, page, positionOf } from './paging.ts'
import { ExerciseId, Formula, Record } from './record-schemas.ts'
import { type Answer, type Route, route } from './route.ts'
import { ListOf, LocalDate, OneOf, paging } from './schemas.ts'
import { JSON_TYPE } from './sending.ts'
import { Calendar, ExerciseStatistics, Loads, Muscles, Summary, Trends } from './statistics-schemas.ts'

const range = {
  from: Type.Optional({ ...LocalDate, description: 'The first local date; all before it are left out.' }),
  to: Type.Optional({ ...LocalDate, description: 'The last local date; all after it are left out.' }),
}
const formula = { formula: { ...Formula, default: 'epley' as const } }

const common = { tag: 'Statistics', access: 'user' } as const

function answers<S extends Parameters<typeof ListOf>[0]>(
  description: string,
  schema: S,
  ...headers: string[]
) {
  return { 200: { description, schema, headers: ['etag', ...headers] } }
}

/** All statistics follow the log at once, whatever was logged, corrected, deleted, discarded or restored. */
export function statisticsRoutes(statistics: Statistics): Route[] {
  return [
    summaryRoute(statistics),
    recordsRoute(statistics),
    trendsRoute(statistics),
    exerciseRoute(statistics),
    musclesRoute(statistics),
    calendarRoute(statistics),
    loadRoute(statistics),
  ]
}

function summaryRoute(statistics: Statistics): Route {
  return route(
    'GET',
    '/v1/statistics',
    {
      ...common,
      summary: 'Everything at a glance',
      description:
        'All history, or the days from `from` to `to`. Warm-ups and discarded sessions count nowhere.',
      query: Type.Object(range),
      answers: answers('The sums, averages and streaks.', Summary, 'content-language'),
    },
    async ({ caller, query, language }) =>
      rendered(await statistics.summary(caller.userId, query, language), language),
  )
}

function recordsRoute(statistics: Statistics): Route {
  return route(
    'GET',
    '/v1/statistics/records',
    {
      ...common,
      summary: 'Personal records',
      description: 'The best of each kind within the range, by exercise, kind and reps.',
      query: Type.Object({ ...range, ...formula, exerciseId: Type.Optional(ExerciseId), ...paging }),
      answers: answers('A page of records.', ListOf(Record), 'link'),
    },
    async ({ caller, query }) => {
      const { limit, cursor, exerciseId, formula: by, ...asked } = query
      const filter = { exerciseId: exerciseId?.toLowerCase(), range: asked, formula: by }
      const after = placeOf(positionOf('records', cursor))
      const found = await statistics.records(caller.userId, filter, limit, after)
      if (isRefusal(found)) return found
      const { items, next } = found.answer
      const place = next && [next.exerciseId, next.kind, next.reps]
      const answer = page('records', '/v1/statistics/records', query, items, place)
      return { ...answer, headers: { ...answer.headers, etag: tagOf(found) } }
    },
  )
}

function trendsRoute(statistics: Statistics): Route {
  return route(
    'GET',
    '/v1/statistics/trends',
    {
      ...common,
      summary: 'How something moves over time',
      description:
        'Volume and sessions are summed, 0 in empty buckets; of the others each bucket has its best, of ' +
        'measurements its average beside a moving average of the last 7 days: the mean of the daily means.',
      query: Type.Object({
        metric: OneOf(trendMetrics, { description: 'What is followed over time.', examples: ['volume'] }),
        bucket: OneOf(buckets, { default: 'week', description: 'Weeks start on Monday.' }),
        exerciseId: Type.Optional(ExerciseId),
        kind: Type.Optional({ ...MeasurementKind, description: 'Of the measurements; needed for these.' }),
        ...range,
        ...formula,
      }),
      answers: answers('Points in order of time, and the line through them.', Trends),
    },
    async ({ caller, query }) => {
      const { metric, bucket, exerciseId, kind, formula: by, from, to } = query
      const asked = {
        metric,
        bucket,
        kind,
        exerciseId: exerciseId?.toLowerCase(),
        range: { from, to },
        formula: by,
      }
      return rendered(await statistics.trends(caller.userId, asked))
    },
  )
}

function exerciseRoute(statistics: Statistics): Route {
  return route(
    'GET',
    '/v1/statistics/exercises/{id}',
    {
      ...common,
      summary: 'One exercise in numbers',
      params: Type.Object({ id: ExerciseId }),
      query: Type.Object({ ...range, ...formula }),
      answers: answers('Sums, averages, bests and estimates.', ExerciseStatistics, 'content-language'),
    },
    async ({ caller, params, query: { formula: by, ...asked }, language }) => {
      const id = params.id.toLowerCase()
      return rendered(await statistics.exercise(caller.userId, id, asked, by, language), language)
    },
  )
}

function musclesRoute(statistics: Statistics): Route {
  return route(
    'GET',
    '/v1/statistics/muscles',
    {
      ...common,
      summary: 'Sets and volume by muscle',
      query: Type.Object(range),
      answers: answers('Every muscle that was trained.', Muscles),
    },
    async ({ caller, query }) => rendered(await statistics.muscles(caller.userId, query)),
  )
}

function calendarRoute(statistics: Statistics): Route {
  return route(
    'GET',
    '/v1/statistics/calendar',
    {
      ...common,
      summary: 'Days with a session',
      description: 'Of a year, this one unless told; `from` and `to` narrow it, or stand alone.',
      query: Type.Object({
        year: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 9999,
            description: 'A year of local dates.',
            examples: [2025],
          }),
        ),
        ...range,
      }),
      answers: answers('The days in order.', Calendar),
    },
    async ({ caller, query: { year, ...asked } }) =>
      rendered(await statistics.calendar(caller.userId, year, asked)),
  )
}

function loadRoute(statistics: Statistics): Route {
  return route(
    'GET',
    '/v1/statistics/load',
    {
      ...common,
      summary: 'Training load, acute against chronic',
      description:
        'Session RPE: the effort of each finished session (easy 3, average 5, heavy 8) times its minutes, ' +
        'and its rolling averages over 7 and over 28 days. Without a range the last 90 days.',
      query: Type.Object(range),
      answers: answers('Each day of the range from the first with a load on.', Loads),
    },
    async ({ caller, query }) => rendered(await statistics.load(caller.userId, query)),
  )
}

/** With a language where names of exercises are told in it. */
function rendered(found: Answered<unknown> | Refusal, language?: string): Answer | Refusal {
  return isRefusal(found) ? found : shownAs(found, language)
}

/** Made once for an answer that is kept; whoever asks in another language has another one. */
const shown = new WeakMap<Answered<unknown>, Answer>()

function shownAs(found: Answered<unknown>, language?: string): Answer {
  const before = shown.get(found)
  if (before !== undefined) return before
  const spoken = language !== undefined && { 'content-language': language, vary: 'accept-language' }
  const headers = { etag: tagOf(found), 'content-type': JSON_TYPE, ...spoken }
  const made = { status: 200, body: JSON.stringify(found.answer), headers }
  shown.set(found, made)
  return made
}

function tagOf({ dependsOn }: Answered<unknown>) {
  return hash('sha256', dependsOn, 'base64url').slice(0, 27)
}

function placeOf(position: Position | undefined) {
  return position && ({ exerciseId: position[0], kind: position[1], reps: position[2] } as RecordPlace)
}
