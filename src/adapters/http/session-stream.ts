import Type from 'typebox'
import { isRefusal } from '../../domain/refusal.ts'
import { Problem } from './problem.ts'
import { type Caller, type Route, route } from './route.ts'
import { Id } from './schemas.ts'
import { StreamMessage } from './stream-schemas.ts'
import { createStreams, type Streams, type StreamsNeed } from './streams.ts'
import { createTickets } from './tickets.ts'

export type SessionStreaming = ReturnType<typeof createSessionStreaming>

const tag = 'Sessions'
const params = Type.Object({ id: Id })

const query = Type.Object({
  ticket: Type.Optional(
    Type.String({
      maxLength: 100,
      description: 'In place of the header, for a client that cannot send one.',
      examples: ['mXv0Yb3C4eJmPj1mQpA7n0m0C1qv1q3v8bqvQJm7l3A'],
    }),
  ),
  lastEventId: Type.Optional(
    Type.String({
      maxLength: 100,
      description: 'As Last-Event-ID, which goes before it, for a client that opens a stream anew.',
      examples: ['12'],
    }),
  ),
})

const StreamTicket = Type.Object(
  {
    ticket: Type.String({
      description: 'Good once, for the stream of this session.',
      examples: ['mXv0Yb3C4eJmPj1mQpA7n0m0C1qv1q3v8bqvQJm7l3A'],
    }),
    expiresIn: Type.Integer({ description: 'Seconds that it lives.', examples: [60] }),
  },
  { title: 'StreamTicket' },
)

const Messages = Type.String({
  description: 'Messages as of the HTML standard; each `data` is one JSON object.',
  contentSchema: StreamMessage,
  examples: [
    'retry: 1000\n\nid: 7\nevent: progress\n' +
      'data: {"version":7,"type":"RestSet","at":"2025-03-01T17:42:00.000Z","status":"active",' +
      '"finished":false,"rest":{"endsAt":"2025-03-01T17:43:30.000Z"}}\n\n',
  ],
})

const description =
  'Server-Sent Events, one for each version of the session: its `id` is the version, its `data` all that ' +
  'the version changed of `step`, `next`, `rest`, `progress`, `set` and `session`, with `version`, `type`, ' +
  '`at`, `status` and `finished`. An `event` is `progress`, or `finished` where the session is live no ' +
  'more, behind which the stream ends. A `snapshot` with the whole `session` and `guide` comes first, ' +
  'unless Last-Event-ID names a version: then all that was missed comes, or one snapshot if that is more ' +
  'than 1,000 versions. Whoever comes back to a session that is not live, and has missed nothing, gets 204.'

/** The routes, and the streams that are opened by them. */
export function createSessionStreaming(need: StreamsNeed) {
  const streams = createStreams(need)
  return { ...streams, routes: routesOf(need, streams) }
}

function routesOf({ stream, loginHasEnded, now }: StreamsNeed, streams: Streams): Route[] {
  const tickets = createTickets(now)

  async function bearerOf(ticket: string | undefined, sessionId: string): Promise<Caller> {
    if (ticket === undefined) {
      throw new Problem('unauthenticated', 'Send an access token as `Authorization: Bearer`, or a ticket.')
    }
    const caller = tickets.spend(ticket, sessionId)
    if (caller.expiresAt > now() && !(await loginHasEnded(caller.loginId))) return caller
    throw new Problem('unauthenticated', 'The login that the ticket was made with has ended.')
  }

  return [
    route(
      'POST',
      '/v1/sessions/{id}/stream-ticket',
      {
        summary: 'Get a ticket for the stream of a session',
        description: 'For browsers, whose EventSource sends no Authorization.',
        tag,
        access: 'user',
        scope: 'read',
        params,
        idempotent: false,
        answers: { 201: { description: 'The ticket.', schema: StreamTicket } },
      },
      async ({ caller, params: { id } }) => {
        const place = await stream.placeAt(caller.userId, id)
        return isRefusal(place) ? place : { status: 201, body: tickets.issue(caller, id) }
      },
    ),
    route(
      'GET',
      '/v1/sessions/{id}/stream',
      {
        summary: 'Follow a session',
        description,
        tag,
        access: 'anybody',
        params,
        query,
        answers: {
          200: {
            description: 'The stream, until the session or the login ends.',
            schema: Messages,
            contentType: 'text/event-stream',
            headers: ['content-language', 'x-accel-buffering'],
          },
          204: { description: 'Nothing was missed, and nothing more will come.' },
        },
      },
      async ({ caller, params: { id }, query: { ticket, lastEventId }, language, ...request }) => {
        const reader = caller ?? (await bearerOf(ticket, id))
        const last = versionOf(request.lastEventId ?? lastEventId)
        const beginning = await stream.begin(reader.userId, id, last, language)
        if (isRefusal(beginning)) return beginning
        if (!beginning.missed) return { status: 204 }
        const headers = {
          'content-type': 'text/event-stream',
          'content-language': language,
          vary: 'accept-language',
          'x-accel-buffering': 'no',
        }
        const first = await streams.firstBytes(beginning, language)
        return { status: 200, headers, open: () => streams.open(reader, beginning.place, first, language) }
      },
    ),
  ]
}

function versionOf(lastEventId: string | undefined): number | undefined {
  return lastEventId !== undefined && /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : undefined
}
