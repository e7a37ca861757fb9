import Type from 'typebox'
import type { PlanAnswer } from '../../application/plan-making.ts'
import type { Plans } from '../../application/plans.ts'
import type { PlanFields } from '../../domain/plan/details.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { askedBy, versioned } from './asked.ts'
import { page, positionOf } from './paging.ts'
import { NewPlan, PlanChange, PlanDocument, PlanFilters, WholePlan } from './plan-schemas.ts'
import { PlanWish } from './plan-wish-schemas.ts'
import { type Answer, type Route, route } from './route.ts'
import { Id, ListOf } from './schemas.ts'

const common = { tag: 'Plans', access: 'user' } as const
const one = { ...common, params: Type.Object({ id: Id }) }
const shown = { description: 'The plan.', schema: PlanDocument, headers: ['etag'] }
const made = { 201: { ...shown, headers: ['location', 'etag'] } }

export function planRoutes(plans: Plans): Route[] {
  return [...listing(plans), ...making(plans), ...changing(plans)]
}

function listing(plans: Plans): Route[] {
  return [
    route(
      'GET',
      '/v1/plans',
      {
        ...common,
        summary: 'List plans',
        description: 'The last made first.',
        query: PlanFilters,
        answers: {
          200: {
            description: 'A page of plans.',
            schema: ListOf(PlanDocument, { title: 'Plans' }),
            headers: ['link'],
          },
        },
      },
      async ({ caller, query }) => {
        const { limit, cursor, archived } = query
        const list = archived ? 'archived plans' : 'plans'
        const [before] = positionOf(list, cursor) ?? []
        const place = before === undefined ? undefined : Number(before)
        const { items, next } = await plans.list(caller.userId, archived, limit, place)
        return page(list, '/v1/plans', query, items, next === undefined ? next : [next])
      },
    ),
    route(
      'GET',
      '/v1/plans/{id}',
      { ...one, summary: 'Get a plan', description: 'Also one that is archived.', answers: { 200: shown } },
      async ({ caller, params: { id } }) => {
        const document = await plans.get(caller.userId, id)
        if (isRefusal(document)) return document
        return { status: 200, body: document, headers: versioned(document.version) }
      },
    ),
  ]
}

function making(plans: Plans): Route[] {
  return [
    route(
      'POST',
      '/v1/plans',
      {
        ...common,
        summary: 'Make a plan',
        description:
          'It gets the next number of the person’s plans. Under an `id` of the client’s own, telling the ' +
          'same again does nothing and answers the same.',
        body: NewPlan,
        refusals: [409],
        answers: made,
      },
      async (request) => created(await plans.create(askedBy(request), fieldsOf(request.body))),
    ),
    route(
      'POST',
      '/v1/plans/generate',
      {
        ...common,
        summary: 'Have a plan made',
        description:
          'A week from the catalogue that fits the goal, the equipment, the level and the minutes; no body ' +
          'area is trained two sessions running where that can be avoided. What cannot be is refused by ' +
          'its field: a body area that no exercise is left for, sessions too short for what is asked.',
        body: PlanWish,
        refusals: [409],
        answers: made,
      },
      async (request) => created(await plans.generate(askedBy(request), request.body)),
    ),
  ]
}

function changing(plans: Plans): Route[] {
  const conditional = true
  const logged = 'What was logged from it stays as it is.'
  return [
    route(
      'PUT',
      '/v1/plans/{id}',
      {
        ...one,
        summary: 'Replace a plan',
        description: `What is left out is cleared. ${logged}`,
        body: WholePlan,
        conditional,
        refusals: [409],
        answers: { 200: shown },
      },
      async (request) =>
        changed(await plans.replace(askedBy(request), request.params.id, fieldsOf(request.body))),
    ),
    route(
      'PATCH',
      '/v1/plans/{id}',
      {
        ...one,
        summary: 'Change a plan',
        description: logged,
        body: PlanChange,
        conditional,
        refusals: [409],
        answers: { 200: shown },
      },
      async (request) =>
        changed(await plans.change(askedBy(request), request.params.id, fieldsOf(request.body))),
    ),
    route(
      'DELETE',
      '/v1/plans/{id}',
      {
        ...one,
        summary: 'Archive a plan',
        description: `It leaves the list and stays readable by id. ${logged}`,
        conditional,
        answers: { 204: { description: 'The plan is archived.', headers: ['etag'] } },
      },
      async (request) => {
        const archived = await plans.archive(askedBy(request), request.params.id)
        if (isRefusal(archived)) return archived
        return { status: 204, headers: versioned(archived.document.version) }
      },
    ),
  ]
}

/** Without the names of exercises, which are those of the exercises whatever is told. */
function fieldsOf<F extends Pick<Partial<PlanFields>, 'days'>>(body: F): F {
  if (body.days === undefined) return body
  const days = body.days.map(({ exercises, ...day }) => ({
    ...day,
    exercises: exercises.map(
      ({ name: _, ...exercise }: (typeof exercises)[number] & { name?: string }) => exercise,
    ),
  }))
  return { ...body, days }
}

function created(answer: PlanAnswer | Refusal): Answer | Refusal {
  if (isRefusal(answer)) return answer
  const { document, replayed } = answer
  const headers = { location: `/v1/plans/${document.id}`, ...versioned(document.version, replayed) }
  return { status: 201, body: document, headers }
}

function changed(answer: PlanAnswer | Refusal): Answer | Refusal {
  if (isRefusal(answer)) return answer
  const { document, replayed } = answer
  return { status: 200, body: document, headers: versioned(document.version, replayed) }
}
