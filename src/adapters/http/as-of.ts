import Type from 'typebox'
import type { Histories } from '../../application/as-of.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { GoalDocument } from './goal-schemas.ts'
import { User } from './me.ts'
import { PlanDocument } from './plan-schemas.ts'
import { type Route, route } from './route.ts'
import { DateTime } from './schemas.ts'
import { Summary } from './statistics-schemas.ts'

const AsOf = Type.Object(
  {
    position: Type.Integer({ description: 'Of the last event in the log then.', examples: [1234] }),
    at: { ...DateTime, description: 'The time by which days, streaks and ages are told.' },
    profile: User,
    statistics: Summary,
    goals: Type.Array(GoalDocument, { description: 'As `GET /v1/goals` listed them, all pages.' }),
    plans: Type.Array(PlanDocument, { description: 'As `GET /v1/plans` listed them, all pages.' }),
  },
  { title: 'AsOf', description: 'What was known of a person at one time.' },
)

const Query = Type.Object({
  at: Type.String({
    format: 'moment',
    maxLength: 35,
    description: 'A time (RFC 3339) or a position in the log; what is yet to come means now.',
    examples: ['2025-03-01T18:30:00Z'],
  }),
})

export function asOfRoute(histories: Histories): Route {
  return route(
    'GET',
    '/v1/me/as-of',
    {
      summary: 'Everything as it was at another time',
      description:
        'The profile, the statistics, the goals and the plans as the log had them: what was logged, ' +
        'corrected or deleted later counts not, whatever its date. A time says when something was told, ' +
        'not when it was done. 404 before the account was there; 503 where too many ask at once.',
      tag: 'History',
      access: 'user',
      query: Query,
      answers: {
        200: { description: 'What was known then.', schema: AsOf, headers: ['content-language'] },
      },
      refusals: [404],
    },
    async ({ caller, query: { at }, language }) => {
      const moment = /^\d+$/.test(at) ? { position: Number(at) } : { time: new Date(at).toISOString() }
      const found = await histories.asOf(caller.userId, moment, language)
      if (isRefusal(found)) return found
      return { status: 200, body: found, headers: { 'content-language': language, vary: 'accept-language' } }
    },
  )
}
