import { goalRoutes } from '../../src/adapters/http/goals.ts'
import { sessionRoutes } from '../../src/adapters/http/sessions.ts'
import { startHttp } from './http.ts'
import { ada, memorySessions } from './memory-sessions.ts'
import type { Json, Request } from './session-scenarios.ts'

export const id = '00000000-0000-4000-8000-0000000000d1'
export const other = '00000000-0000-4000-8000-0000000000d2'
export const path = `/v1/goals/${id}`
export const reading = { id, kind: 'custom', title: 'Read on training', target: 20, unit: 'books' }
export const squatting = {
  id,
  kind: 'lift',
  title: 'Squat',
  target: 140,
  unit: 'kg',
  exerciseId: 'barbell-back-squat',
}
export const squatted = (weight: number) => ({
  startedAt: '2025-02-01T10:00:00.000Z',
  finishedAt: '2025-02-01T11:00:00.000Z',
  exercises: [{ exerciseId: 'barbell-back-squat', sets: [{ reps: 1, weight }] }],
})

export const set = ['POST', '/v1/goals', reading] as const
export const lift = ['POST', '/v1/goals', squatting] as const
export const told = ['POST', `${path}/progress`, { value: 5, notes: 'Slow' }] as const
export const gone = ['DELETE', path] as const

export async function served() {
  const memory = await memorySessions()
  const { call, close } = await startHttp([...goalRoutes(memory.goals), ...sessionRoutes(memory.sessions)])
  const ask = <B = Json>([method, to, body, headers = {}]: Request, token = ada) =>
    call<B>(method, to, { token, headers, ...(body !== undefined && { body }) })
  return { ask, call, close, recorded: () => memory.recorded().map(({ type }) => type) }
}
