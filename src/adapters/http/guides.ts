import { hash } from 'node:crypto'
import Type, { type TSchema } from 'typebox'
import type { GuideAnswer } from '../../application/guides.ts'
import type { Sessions } from '../../application/sessions.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { askedBy, versioned } from './asked.ts'
import { Adjust, GuideDocument, Rest, Skip, Swap, stepConflict } from './guide-schemas.ts'
import { type Answer, type Route, route } from './route.ts'
import { Id } from './schemas.ts'

const common = { tag: 'Sessions', access: 'user', params: Type.Object({ id: Id }) } as const

const shown = { description: 'The guide.', schema: GuideDocument, headers: ['etag', 'content-language'] }

/** Sessions that are done by a day of a plan, step by step. */
export function guideRoutes(sessions: Sessions): Route[] {
  return [guideRoute(sessions), ...movingRoutes(sessions)]
}

function guideRoute(sessions: Sessions): Route {
  return route(
    'GET',
    '/v1/sessions/{id}/guide',
    {
      ...common,
      summary: 'Get the guide of a session',
      description:
        'Of a session that was started with `planId` and `planDay`: the set that is to be done now, the ' +
        'one behind it, the rest that is running, and all steps. The plan counts as it was at the start. ' +
        'A set that names a `stepId` moves on; instructions are in English or Russian.',
      answers: { 200: shown },
    },
    async ({ caller, params, language }) => {
      const guide = await sessions.guide(caller.userId, params.id, language)
      if (isRefusal(guide)) return guide
      // A rest that ends, another language and what came of last time change it without a new version.
      const etag = `${guide.version}.${hash('sha256', JSON.stringify(guide), 'base64url').slice(0, 27)}`
      return { status: 200, body: guide, headers: { etag, ...spoken(language) } }
    },
  )
}

function movingRoutes(sessions: Sessions): Route[] {
  return [
    route(
      'POST',
      '/v1/sessions/{id}/guide/skip',
      moving(
        Skip,
        'Skip the current step',
        'Or, with `whole`, all that is left of its planned exercise. What was planned is kept.',
      ),
      async (request) => {
        const { params, body, language } = request
        return answerOf(await sessions.skipSteps(askedBy(request), params.id, body, language), language)
      },
    ),
    route(
      'POST',
      '/v1/sessions/{id}/guide/swap',
      moving(
        Swap,
        'Do another exercise instead',
        'For all that is left of the current step’s planned exercise, under new step ids. Repetitions, ' +
          'times and the rest go with it, a weight or distance only back to the planned exercise. What was ' +
          'planned is kept.',
      ),
      async (request) => {
        const { params, body, language } = request
        return answerOf(await sessions.swapSteps(askedBy(request), params.id, body, language), language)
      },
    ),
    route(
      'POST',
      '/v1/sessions/{id}/guide/adjust',
      moving(
        Adjust,
        'Adjust the current step',
        'With a note, and another target where there is one. What was planned is kept.',
      ),
      async (request) => {
        const { params, body, language } = request
        return answerOf(await sessions.adjustStep(askedBy(request), params.id, body, language), language)
      },
    ),
    route(
      'POST',
      '/v1/sessions/{id}/guide/rest',
      moving(Rest, 'Set the rest', 'It ends so many seconds from now, however long it was to be before.'),
      async (request) => {
        const { params, body, language } = request
        return answerOf(await sessions.setRest(askedBy(request), params.id, body, language), language)
      },
    ),
  ]
}

function moving<B extends TSchema>(body: B, summary: string, description: string) {
  return {
    ...common,
    ...{ summary, description, body, conditional: true },
    answers: { 200: shown, 409: stepConflict },
  }
}

function answerOf(done: GuideAnswer | Refusal, language: string): Answer | Refusal {
  if (isRefusal(done)) return done
  const { guide, version, replayed } = done
  return { status: 200, body: guide, headers: { ...versioned(version, replayed), ...spoken(language) } }
}

function spoken(language: string) {
  return { 'content-language': language, vary: 'accept-language' }
}
