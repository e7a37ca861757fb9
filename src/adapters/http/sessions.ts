import Type from 'typebox'
import type { SessionFilter } from '../../application/session-questions.ts'
import type { Sessions } from '../../application/sessions.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import type { SessionDocument as Document } from '../../domain/session/document.ts'
import { askedBy, versioned } from './asked.ts'
import { guideRoutes } from './guides.ts'
import { page, positionOf } from './paging.ts'
import { type Answer, type Route, route } from './route.ts'
import { Id, ListOf, paging } from './schemas.ts'
import {
  Finish,
  LoggedSessions,
  NewSession,
  NewSessions,
  Revision,
  SessionChange,
  SessionDocument,
  SessionFilters,
} from './session-schemas.ts'
import { setRoutes } from './sets.ts'

const BULK_BYTES = 1_048_576

const tag = 'Sessions'
const access = 'user'
const params = Type.Object({ id: Id })
const shown = { description: 'The session.', schema: SessionDocument, headers: ['etag'] }

export function sessionRoutes(sessions: Sessions): Route[] {
  return [
    ...listing(sessions),
    ...logging(sessions),
    ...changing(sessions),
    ...setRoutes(sessions),
    ...guideRoutes(sessions),
  ]
}

function logging(sessions: Sessions): Route[] {
  return [
    route(
      'POST',
      '/v1/sessions',
      {
        summary: 'Log a workout, or start one',
        description:
          'With `finishedAt` a whole workout, without it a live session, of which there is at most one. ' +
          'Under an `id` of the client’s own, telling the same again does nothing and answers the same.',
        tag,
        access,
        body: NewSession,
        refusals: [409],
        answers: { 201: { ...shown, headers: ['location', 'etag'] } },
      },
      async (request) => {
        const logged = await sessions.log(askedBy(request), request.body)
        if (isRefusal(logged)) return logged
        const { document, replayed } = logged
        const headers = { location: `/v1/sessions/${document.id}`, ...versioned(document.version, replayed) }
        return { status: 201, body: document, headers }
      },
    ),
    route(
      'POST',
      '/v1/sessions/bulk',
      {
        summary: 'Log many finished workouts',
        description: 'All of them or none; in the order of the request.',
        tag,
        access,
        body: NewSessions,
        bodyLimit: BULK_BYTES,
        refusals: [409],
        answers: { 201: { description: 'The sessions.', schema: LoggedSessions } },
      },
      async (request) => {
        const logged = await sessions.logMany(askedBy(request), request.body.sessions)
        if (isRefusal(logged)) return logged
        const { items, replayed } = logged
        return { status: 201, body: { items }, headers: replayed ? { 'idempotency-replayed': 'true' } : {} }
      },
    ),
  ]
}

function listing(sessions: Sessions): Route[] {
  return [
    route(
      'GET',
      '/v1/sessions',
      {
        summary: 'List sessions',
        description: 'Newest first. Dates are the local ones of the sessions, both inclusive.',
        tag,
        access,
        query: SessionFilters,
        answers: {
          200: { description: 'A page of sessions.', schema: ListOf(SessionDocument), headers: ['link'] },
        },
      },
      async ({ caller, query }) => {
        const { limit, cursor, exerciseId, ...told } = query
        const filter = { ...told, exerciseId: exerciseId?.toLowerCase() }
        const position = positionOf('sessions', cursor)
        const after = position && { startedAt: String(position[0]), key: Number(position[1]) }
        const listed = await sessions.list(caller.userId, filter as SessionFilter, limit, after)
        if (isRefusal(listed)) return listed
        const { items, next } = listed
        return page('sessions', '/v1/sessions', query, items, next && [next.startedAt, next.key])
      },
    ),
    route(
      'GET',
      '/v1/sessions/live',
      { summary: 'Get the live session', tag, access, refusals: [404], answers: { 200: shown } },
      async ({ caller }) => answerOf(await sessions.live(caller.userId)),
    ),
    route(
      'GET',
      '/v1/sessions/{id}',
      { summary: 'Get a session', tag, access, params, answers: { 200: shown } },
      async ({ caller, params: { id } }) => answerOf(await sessions.get(caller.userId, id)),
    ),
    route(
      'GET',
      '/v1/sessions/{id}/history',
      {
        summary: 'List the revisions of a session',
        description: 'Oldest first: everything that was ever told of it, by whom and when.',
        tag,
        access,
        params,
        query: Type.Object(paging),
        answers: {
          200: { description: 'A page of revisions.', schema: ListOf(Revision), headers: ['link'] },
        },
      },
      async ({ caller, params: { id }, query }) => {
        const list = `history of ${id}`
        const [after] = positionOf(list, query.cursor) ?? []
        const revisions = await sessions.history(caller.userId, id, query.limit, Number(after ?? 0))
        if (isRefusal(revisions)) return revisions
        const { items, next } = revisions
        return page(list, `/v1/sessions/${id}/history`, query, items, next === undefined ? next : [next])
      },
    ),
  ]
}

function changing(sessions: Sessions): Route[] {
  const conditional = true
  return [
    route(
      'PATCH',
      '/v1/sessions/{id}',
      {
        summary: 'Correct a session',
        tag,
        access,
        params,
        body: SessionChange,
        conditional,
        refusals: [409],
        answers: { 200: shown },
      },
      async (request) => changed(await sessions.change(askedBy(request), request.params.id, request.body)),
    ),
    route(
      'POST',
      '/v1/sessions/{id}/finish',
      {
        summary: 'Finish the live session',
        description: 'Told again with the same values it does nothing and answers the same.',
        tag,
        access,
        params,
        body: Finish,
        conditional,
        refusals: [409],
        answers: { 200: shown },
      },
      async (request) => changed(await sessions.finish(askedBy(request), request.params.id, request.body)),
    ),
    route(
      'DELETE',
      '/v1/sessions/{id}',
      {
        summary: 'Discard a session',
        description: 'It counts nowhere any more; it stays readable by id, and can be restored.',
        tag,
        access,
        params,
        conditional,
        answers: { 204: { description: 'The session is discarded.', headers: ['etag'] } },
      },
      async (request) => {
        const discarded = await sessions.discard(askedBy(request), request.params.id)
        if (isRefusal(discarded)) return discarded
        return { status: 204, headers: versioned(discarded.document.version) }
      },
    ),
    route(
      'POST',
      '/v1/sessions/{id}/restore',
      {
        summary: 'Restore a discarded session',
        description: 'Live or finished, as it was.',
        tag,
        access,
        params,
        conditional,
        refusals: [409],
        answers: { 200: shown },
      },
      async (request) => changed(await sessions.restore(askedBy(request), request.params.id)),
    ),
  ]
}

function answerOf(document: Document | Refusal): Answer | Refusal {
  return isRefusal(document)
    ? document
    : { status: 200, body: document, headers: versioned(document.version) }
}

function changed(done: { document: Document; replayed: boolean } | Refusal): Answer | Refusal {
  if (isRefusal(done)) return done
  const { document, replayed } = done
  return { status: 200, body: document, headers: versioned(document.version, replayed) }
}
