import type * as uvu from 'uvu'
import * as assert from 'uvu/assert'
import { measurementRoutes } from '../../src/adapters/http/measurements.ts'
import { sessionRoutes } from '../../src/adapters/http/sessions.ts'
import { startHttp } from './http.ts'
import { ada, memorySessions, now } from './memory-sessions.ts'

export type Json = Record<string, unknown>

export type Request = readonly [
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
]
export type Scenario = {
  given?: readonly Request[]
  request: Request
  token?: string
  status: number
  /** Compared whole; of problems only what they are about. */
  body?: unknown
  headers?: Record<string, string>
  recorded: readonly string[]
}

export const problem = (code: string, more: Json = {}) => ({ type: `urn:repledger:problem:${code}`, ...more })
export const fields = (...errors: readonly (readonly [pointer: string, code: string])[]) =>
  problem('invalid-fields', { errors: byPlace(errors.map(([pointer, code]) => ({ pointer, code }))) })

export const id = '00000000-0000-4000-8000-0000000000a1'
export const setId = '00000000-0000-4000-8000-0000000000b1'
export const startedAt = '2025-03-01T17:00:00.000Z'
export const squat = { exerciseId: 'barbell-back-squat' }
export const fiveAtHundred = { id: setId, reps: 5, weight: 100 }
export const whole = { id, startedAt, finishedAt: now, exercises: [{ ...squat, sets: [fiveAtHundred] }] }

export const live = (request: Json = {}) => ['POST', '/v1/sessions', { id, startedAt, ...request }] as const
export const logged = ['POST', '/v1/sessions', whole] as const
export const discard = ['DELETE', `/v1/sessions/${id}`] as const

export const document = {
  id,
  status: 'finished',
  startedAt,
  finishedAt: now,
  timeZone: 'Europe/Berlin',
  localDate: '2025-03-01',
  title: null,
  planId: null,
  planDay: null,
  effort: null,
  notes: null,
  bodyWeight: null,
  bodyWeightUnit: null,
  exercises: [
    {
      ...squat,
      name: 'Barbell Back Squat',
      notes: null,
      supersetGroup: null,
      sets: [{ id: setId, kind: 'working', reps: 5, weight: 100, weightUnit: 'kg' }],
    },
  ],
  version: 1,
}
export const opened = { ...document, status: 'active', finishedAt: null, exercises: [] }

/** A test for each row: what was there, what is asked and answered, and what was recorded, nothing else. */
export function sessionScenarios(test: uvu.Test, rows: Readonly<Record<string, Scenario>>) {
  for (const [
    sentence,
    { given = [], request, token = ada, status, body, headers = {}, recorded },
  ] of Object.entries(rows)) {
    test(sentence, async () => {
      const memory = await memorySessions()
      const { call, close } = await startHttp([
        ...sessionRoutes(memory.sessions),
        ...measurementRoutes(memory.measurements),
      ])
      const ask = ([method, path, sent, more = {}]: Request, as = ada) =>
        call(method, path, {
          headers: more,
          ...(sent !== undefined && { body: sent }),
          ...(as && { token: as }),
        })
      try {
        for (const before of given) assert.ok((await ask(before)).status < 300)
        const reply = await ask(request, token)
        assert.is(reply.status, status, JSON.stringify(reply.body))
        assert.equal(status < 400 ? reply.body : told(reply.body as Json, body as Json), body)
        for (const [header, value] of Object.entries(headers)) assert.is(reply.headers[header], value)
        assert.equal(
          memory.recorded().map(({ type }) => type),
          recorded,
        )
      } finally {
        await close()
      }
    })
  }
}

/** Of a problem only what the scenario speaks of; of its errors place and kind. */
export function told(found: Json, expected: Json) {
  const said = Object.keys(expected).map((name) => [name, found[name]])
  const { errors, ...rest } = Object.fromEntries(said) as { errors?: Json[] }
  if (errors === undefined) return rest
  return { ...rest, errors: byPlace(errors.map(({ pointer, code }) => ({ pointer, code }))) }
}

/** A person reads errors in no given order. */
function byPlace(errors: readonly Json[]) {
  const place = ({ pointer, code }: Json) => `${pointer} ${code}`
  return errors.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
}
