import Type, { type Static } from 'typebox'
import type { Measurement, Measurements } from '../../application/measurements.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { askedBy, versioned } from './asked.ts'
import {
  MeasurementChange,
  MeasurementDocument,
  MeasurementFilters,
  NewMeasurement,
} from './measurement-schemas.ts'
import { page, positionOf } from './paging.ts'
import { type Answer, type Route, route } from './route.ts'
import { Id, ListOf } from './schemas.ts'

const common = { tag: 'Measurements', access: 'user' } as const
const one = { ...common, params: Type.Object({ id: Id }) }
const shown = { description: 'The measurement.', schema: MeasurementDocument, headers: ['etag'] }

export function measurementRoutes(measurements: Measurements): Route[] {
  return [...listing(measurements), ...changing(measurements)]
}

function listing(measurements: Measurements): Route[] {
  return [
    route(
      'GET',
      '/v1/measurements',
      {
        ...common,
        summary: 'List measurements',
        description: 'Newest first. Dates are local ones, both inclusive.',
        query: MeasurementFilters,
        answers: {
          200: {
            description: 'A page of measurements.',
            schema: ListOf(MeasurementDocument, { title: 'Measurements' }),
            headers: ['link'],
          },
        },
      },
      async ({ caller, query }) => {
        const { limit, cursor, ...filter } = query
        const position = positionOf('measurements', cursor)
        const after = position && { measuredAt: String(position[0]), key: Number(position[1]) }
        const listed = await measurements.list(caller.userId, filter, limit, after)
        if (isRefusal(listed)) return listed
        const { items, next } = listed
        const place = next && [next.measuredAt, next.key]
        return page('measurements', '/v1/measurements', query, items.map(documentOf), place)
      },
    ),
    route(
      'GET',
      '/v1/measurements/{id}',
      { ...one, summary: 'Get a measurement', answers: { 200: shown } },
      async ({ caller, params: { id } }) => answerOf(await measurements.get(caller.userId, id)),
    ),
  ]
}

function changing(measurements: Measurements): Route[] {
  return [
    route(
      'POST',
      '/v1/measurements',
      {
        ...common,
        summary: 'Take a measurement',
        description:
          'The body weight at a session is the last weight measured up to its start, unless the session ' +
          'has one of its own: loads, volumes and records follow each measurement, also one entered late.',
        body: NewMeasurement,
        refusals: [409],
        answers: { 201: { ...shown, headers: ['location', 'etag'] } },
      },
      async (request) => {
        const taken = await measurements.take(askedBy(request), request.body)
        if (isRefusal(taken)) return taken
        const { measurement, replayed } = taken
        const location = `/v1/measurements/${measurement.measurementId}`
        const headers = { location, ...versioned(measurement.version, replayed) }
        return { status: 201, body: documentOf(measurement), headers }
      },
    ),
    route(
      'PATCH',
      '/v1/measurements/{id}',
      {
        ...one,
        summary: 'Correct a measurement',
        body: MeasurementChange,
        conditional: true,
        answers: { 200: shown },
      },
      async (request) =>
        answerOf(await measurements.correct(askedBy(request), request.params.id, request.body)),
    ),
    route(
      'DELETE',
      '/v1/measurements/{id}',
      {
        ...one,
        summary: 'Delete a measurement',
        conditional: true,
        answers: { 204: { description: 'The measurement is deleted.', headers: ['etag'] } },
      },
      async (request) => {
        const version = await measurements.delete(askedBy(request), request.params.id)
        return isRefusal(version) ? version : { status: 204, headers: versioned(version) }
      },
    ),
  ]
}

function answerOf(measurement: Measurement | Refusal): Answer | Refusal {
  if (isRefusal(measurement)) return measurement
  return { status: 200, body: documentOf(measurement), headers: versioned(measurement.version) }
}

function documentOf(measurement: Measurement): Static<typeof MeasurementDocument> {
  const { measurementId, kind, value, unit, measuredAt, timeZone, localDate, notes, version } = measurement
  const facts = { kind, value, unit, measuredAt, timeZone, localDate }
  return { id: measurementId, ...facts, notes: notes ?? null, version }
}
