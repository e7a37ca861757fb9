import Type from 'typebox'
import type { Goals, ShownGoal } from '../../application/goals.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { askedBy, versioned } from './asked.ts'
import { GoalChange, GoalDocument, GoalFilters, NewGoal, Progress, ToldProgress } from './goal-schemas.ts'
import { page, positionOf } from './paging.ts'
import { type Answer, type Route, route } from './route.ts'
import { Id, ListOf, paging } from './schemas.ts'

const common = { tag: 'Goals', access: 'user' } as const
const one = { ...common, params: Type.Object({ id: Id }) }
const shown = { description: 'The goal.', schema: GoalDocument, headers: ['etag'] }

export function goalRoutes(goals: Goals): Route[] {
  return [...listing(goals), ...changing(goals), ...progressing(goals)]
}

function listing(goals: Goals): Route[] {
  return [
    route(
      'GET',
      '/v1/goals',
      {
        ...common,
        summary: 'List goals',
        description: 'Newest first.',
        query: GoalFilters,
        answers: {
          200: {
            description: 'A page of goals.',
            schema: ListOf(GoalDocument, { title: 'Goals' }),
            headers: ['link'],
          },
        },
      },
      async ({ caller, query }) => {
        const { limit, cursor, status } = query
        const [after] = positionOf('goals', cursor) ?? []
        const { items, next } = await goals.list(caller.userId, status, limit, after as number | undefined)
        return page('goals', '/v1/goals', query, items, next === undefined ? next : [next])
      },
    ),
    route(
      'GET',
      '/v1/goals/{id}',
      {
        ...one,
        summary: 'Get a goal',
        description: 'Its progress follows every set and measurement, also their corrections and deletions.',
        answers: { 200: shown },
      },
      async ({ caller, params: { id } }) => answerOf(200, await goals.get(caller.userId, id)),
    ),
  ]
}

function changing(goals: Goals): Route[] {
  return [
    route(
      'POST',
      '/v1/goals',
      {
        ...common,
        summary: 'Set a goal',
        description:
          'Everything logged counts, whatever its date; of measurements that were there before the goal ' +
          'only the last can reach the target. Under an `id` of the client’s own, telling the same again ' +
          'does nothing and answers the same.',
        body: NewGoal,
        refusals: [409],
        answers: { 201: { ...shown, headers: ['location', 'etag'] } },
      },
      async (request) => answerOf(201, await goals.set(askedBy(request), request.body)),
    ),
    route(
      'PATCH',
      '/v1/goals/{id}',
      { ...one, summary: 'Change a goal', body: GoalChange, conditional: true, answers: { 200: shown } },
      async (request) => answerOf(200, await goals.change(askedBy(request), request.params.id, request.body)),
    ),
    route(
      'DELETE',
      '/v1/goals/{id}',
      {
        ...one,
        summary: 'Delete a goal',
        description: 'Nothing that was logged goes with it.',
        conditional: true,
        answers: { 204: { description: 'The goal is gone.' } },
      },
      async (request) => (await goals.delete(askedBy(request), request.params.id)) ?? { status: 204 },
    ),
  ]
}

function progressing(goals: Goals): Route[] {
  return [
    route(
      'POST',
      '/v1/goals/{id}/progress',
      {
        ...one,
        summary: 'Tell how far a custom goal is',
        description: 'All other goals follow what is logged.',
        body: Progress,
        conditional: true,
        refusals: [409],
        answers: { 200: shown },
      },
      async (request) =>
        answerOf(200, await goals.progress(askedBy(request), request.params.id, request.body)),
    ),
    route(
      'GET',
      '/v1/goals/{id}/progress',
      {
        ...one,
        summary: 'List what was told of a custom goal',
        description: 'The latest first; empty for all other goals.',
        query: Type.Object(paging),
        answers: {
          200: {
            description: 'A page of progress.',
            schema: ListOf(ToldProgress, { title: 'ProgressOfGoal' }),
            headers: ['link'],
          },
        },
      },
      async ({ caller, params: { id }, query }) => {
        const list = `progress of ${id}`
        const [after] = positionOf(list, query.cursor) ?? []
        const told = await goals.told(caller.userId, id, query.limit, Number(after ?? 0))
        if (isRefusal(told)) return told
        const items = told.items.map(({ value, notes = null, at }) => ({ value, notes, at }))
        const next = told.next === undefined ? undefined : [told.next]
        return page(list, `/v1/goals/${id}/progress`, query, items, next)
      },
    ),
  ]
}

/** What a goal has come to moves with its owner's log and day, so its tag names both. */
function answerOf(
  status: 200 | 201,
  answer: (ShownGoal & { replayed?: boolean }) | Refusal,
): Answer | Refusal {
  if (isRefusal(answer)) return answer
  const { document, position, today, replayed } = answer
  const tag = versioned(`${document.version}.${position}.${today}`, replayed)
  const headers = status === 201 ? { location: `/v1/goals/${document.id}`, ...tag } : tag
  return { status, body: document, headers }
}
