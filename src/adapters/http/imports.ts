import Type from 'typebox'
import { importLimits } from '../../application/import-check.ts'
import type { Imports } from '../../application/imports.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { type Route, route } from './route.ts'
import { exampleId } from './schemas.ts'
import { ExportedEvent, exampleData, exampleStream, exportFields } from './user-events.ts'

const { format, exportedAt, head } = exportFields

const at = '2025-03-01T18:30:00.000Z'
const event = { version: 1, schemaVersion: 1, recordedAt: at }
const Document = Type.Object(
  {
    format,
    exportedAt: Type.Optional(exportedAt),
    head: Type.Optional(head),
    events: Type.Array(ExportedEvent, {
      maxItems: importLimits.events,
      description: 'In the order in which they happened.',
    }),
  },
  {
    title: 'ImportedDocument',
    description: 'What `GET /v1/me/export` gave.',
    examples: [
      {
        format: 'repledger user 1',
        events: [
          {
            ...{ stream: 'user', type: 'UserRegistered', ...event },
            data: {
              ...{ userId: exampleId, registeredAt: at },
              ...{ email: 'ada@example.org', firstName: 'Ada', units: 'metric', timeZone: 'Europe/Berlin' },
            },
          },
          {
            ...{ stream: exampleStream, type: 'MeasurementTaken', ...event },
            data: exampleData,
          },
        ],
      },
    ],
  },
)

function Count(what: string, example: number) {
  return Type.Integer({ minimum: 0, description: `How many ${what}.`, examples: [example] })
}

const Imported = Type.Object(
  {
    events: Count('events the document has besides those of the account itself', 1),
    exercises: Count('exercises of the person’s own', 0),
    plans: Count('plans, archived ones too', 0),
    sessions: Count('sessions, discarded ones too', 0),
    measurements: Count('measurements, deleted ones too', 1),
    goals: Count('goals, deleted ones too', 0),
  },
  { title: 'Imported', description: 'What came with the document, now or before.' },
)

export function importRoute(imports: Imports): Route {
  return route(
    'POST',
    '/v1/me/import',
    {
      summary: 'Take an export into this account',
      description:
        'Into an account that holds nothing yet. All of it is checked before anything is kept. The same ' +
        'document again finishes what was cut off, and else changes nothing. Of the profile all but e-mail ' +
        'and password is taken over, the phone where nobody has it. Up to 32 MiB; 503 while another runs.',
      tag: 'History',
      access: 'user',
      body: Document,
      bytes: true,
      bodyLimit: importLimits.bytes,
      // The document is its own key: the same again does nothing.
      idempotent: false,
      answers: { 200: { description: 'It is all there.', schema: Imported } },
      refusals: [409],
    },
    async ({ caller, metadata, bytes }) => {
      const taken = await imports.take(caller.userId, metadata, bytes)
      return isRefusal(taken) ? taken : { status: 200, body: taken }
    },
  )
}
