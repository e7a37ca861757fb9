import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import Type from 'typebox'
import { userFormat } from '../../application/import-check.ts'
import type { Feed } from '../../application/user-events.ts'
import { page, positionOf } from './paging.ts'
import { type Route, route } from './route.ts'
import { DateTime, exampleId, ListOf, paging } from './schemas.ts'

const exampleHash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const measurementId = '0197a2c4-6d1e-7c3a-9b52-0f6e8d4c1b02'
export const exampleStream = `measurement-${measurementId}`
export const exampleData = {
  ...{ measurementId, kind: 'weight', value: 81.4, unit: 'kg', weightMicrograms: 81_400_000_000 },
  ...{ measuredAt: '2025-03-01T18:30:00.000Z', timeZone: 'Europe/Berlin', localDate: '2025-03-01' },
}

const Position = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'Where it stands in the log.',
  examples: [1234],
})
const Version = Type.Integer({ minimum: 1, description: 'Where it stands in its stream.', examples: [1] })
const Word = Type.String({ maxLength: 60, description: 'What happened.', examples: ['MeasurementTaken'] })
const Hash = Type.String({
  maxLength: 64,
  description: 'SHA-256 over the event and the hash before it, in hex.',
  examples: [exampleHash],
})
const Data = Type.Unsafe<object>({
  type: 'object',
  additionalProperties: true,
  description: 'What the event says, by its type.',
  examples: [exampleData],
})
const RecordedAt = { ...DateTime, description: 'When it was written.' }

const OwnEvent = Type.Object(
  {
    position: Position,
    stream: Type.String({
      description: 'What it belongs to: the kind, the person, and the thing.',
      examples: [`measurement-${exampleId}-${measurementId}`],
    }),
    version: Version,
    type: Word,
    recordedAt: RecordedAt,
    data: Data,
    hash: Hash,
  },
  { title: 'Event', description: 'Something that happened, and that nothing can undo but another event.' },
)

const format = Type.Unsafe<typeof userFormat>({ const: userFormat, description: 'The form of the document.' })

export const ExportedEvent = Type.Object(
  {
    stream: Type.String({
      maxLength: 60,
      description: 'What it belongs to: `user`, or the kind and the id of the thing.',
      examples: [exampleStream],
    }),
    version: Version,
    type: Word,
    schemaVersion: Type.Integer({ minimum: 1, description: 'Of the data.', examples: [1] }),
    recordedAt: RecordedAt,
    data: Data,
  },
  { title: 'ExportedEvent' },
)

export const exportFields = {
  format,
  exportedAt: { ...DateTime, description: 'When it was written down.' },
  head: Type.Object(
    { position: Position, hash: Hash },
    { description: 'Where the log ended then.', examples: [{ position: 1234, hash: exampleHash }] },
  ),
}

const Export = Type.Object(
  { ...exportFields, events: Type.Array(ExportedEvent, { description: 'All of the person’s, in order.' }) },
  { title: 'Export', description: 'Everything about one person.' },
)

export function userEventRoutes(feed: Feed): Route[] {
  return [
    route(
      'GET',
      '/v1/me/events',
      {
        summary: 'What happened, event by event',
        description:
          'The person’s own events in the order of the log, corrections and deletions included: what a ' +
          'client syncs by. It keeps the position of the last event that it has seen, and asks `after` it.',
        tag: 'History',
        access: 'user',
        query: Type.Object({
          after: Type.Integer({
            ...Position,
            default: 0,
            description: 'Only what came after this position.',
          }),
          ...paging,
        }),
        answers: {
          200: {
            description: 'A page of events.',
            schema: ListOf(OwnEvent, { title: 'Events' }),
            headers: ['link'],
          },
        },
      },
      async ({ caller, query }) => {
        const { after, limit, cursor } = query
        const [place = after] = positionOf('events', cursor) ?? []
        const { items, next } = await feed.page(caller.userId, Number(place), limit)
        return page('events', '/v1/me/events', query, items, next === undefined ? next : [next])
      },
    ),
    ...exportRoutes(feed),
  ]
}

function exportRoutes(feed: Feed): Route[] {
  return [
    route(
      'GET',
      '/v1/me/export',
      {
        summary: 'Take everything along',
        description:
          'Everything about the person as one JSON document, sent while it is read. `POST /v1/me/import` ' +
          'takes it into an empty account, here or elsewhere. Passwords and logins are not in it.',
        tag: 'History',
        access: 'user',
        answers: {
          200: { description: 'The document.', schema: Export, headers: ['content-disposition'] },
        },
      },
      async ({ caller }) => ({
        status: 200,
        open: () => Readable.from(spaced(feed.document(caller.userId)), { objectMode: false }),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': 'attachment; filename="repledger-export.json"',
        },
      }),
    ),
    route(
      'GET',
      '/v1/me/export.csv',
      {
        summary: 'Take the sets along as a table',
        description:
          'One row for each set of the finished sessions, as `POST /v1/imports` takes it back and ' +
          'spreadsheets read it. What is no set is only in `GET /v1/me/export`.',
        tag: 'History',
        access: 'user',
        answers: {
          200: {
            description: 'The table.',
            schema: Type.String({ title: 'SetTable', examples: ['session_id,started_at\r\n'] }),
            contentType: 'text/csv',
            headers: ['content-disposition'],
          },
        },
      },
      async ({ caller }) => ({
        status: 200,
        open: () => Readable.from(spaced(feed.csv(caller.userId)), { objectMode: false }),
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="repledger-sets.csv"',
        },
      }),
    ),
  ]
}

/** Lets others have their turn between the pieces, however fast these are taken. */
async function* spaced(pieces: AsyncIterable<string>) {
  for await (const piece of pieces) {
    yield piece
    await setImmediate()
  }
}
