import { type Asked, password, statistics, type World } from './callers.ts'

/**
 * Who may ask a route: `all` need no token, and whichever they bear is not looked at; `reads` and `writes`
 * are by the owner's tokens of that scope; `login` by the access token of a login alone; `audits` and
 * `watches` by the operator's tokens of their scope. `id-` are the older clients' routes, of an account whose
 * id is enough until it is claimed.
 */
export type Kind = 'all' | 'reads' | 'writes' | 'login' | 'audits' | 'watches' | IdKind
type IdKind = 'id-reads' | 'id-writes' | 'makes-id'

/**
 * What the one who may is answered, and what has to be there; a body that is not told is the example's. At
 * last what another is answered who asks it of what is their own, where that differs.
 */
export type Row = [
  kind: Kind,
  status: number,
  make?: (world: World, id: string) => Asked | Promise<Asked>,
  another?: number,
]

const params = (make: (world: World) => Promise<string>, body?: unknown) => async (world: World) => ({
  params: { id: await make(world) },
  ...(body !== undefined && { body }),
})
const exercise = (body?: unknown) => params((world) => world.exercise(), body)
const plan = (body?: unknown) => params((world) => world.plan(), body)
const goal = (body?: unknown) => params((world) => world.goal(), body)
const measurement = (body?: unknown) => params((world) => world.measurement(), body)
const live = (body?: (stepId: string) => unknown) => async (world: World) => {
  const { id, stepId } = await world.live()
  return { params: { id }, ...(body && { body: body(stepId) }) }
}
const inSession = (body?: unknown) => async (world: World) => ({
  params: await world.session(),
  ...(body !== undefined && { body }),
})
/** As somebody who was not there before, since nothing is there afterwards as it was. */
const newcomer = (body: unknown) => async (world: World) => ({
  ...{ token: await world.newcomer(), body },
})
const ofAccount = (_: World, id: string) => ({ params: { id } })
const workout = { hands: 'a', abdominal: 'b', back: 'c', legs: 'd' }
const edited = { new_hands: 'same', new_abdominal: 'same', new_back: 'same', new_legs: 'e' }
const completed = { workouts_done: 1, easy_workouts: 1, average_workouts: 0, heavy_workouts: 0 }
const finished = { startedAt: '2025-03-02T17:00:00Z', finishedAt: '2025-03-02T18:00:00Z' }

/** Every route of the program. */
export const accessTable: Readonly<Record<string, Row>> = {
  'POST /v1/auth/register': [
    'all',
    201,
    ({ email }) => ({ body: { email: email(), password, firstName: 'Di' } }),
  ],
  'POST /v1/auth/login': ['all', 200, ({ ada: { email } }) => ({ body: { email, password } })],
  'POST /v1/auth/refresh': ['all', 401],
  'POST /v1/auth/claim': ['all', 404],
  'POST /v1/auth/reset': ['all', 401],
  'POST /v1/auth/logout': ['login', 204, newcomer({})],
  'POST /v1/auth/password': [
    'login',
    204,
    newcomer({ currentPassword: password, newPassword: 'another long phrase' }),
  ],
  'GET /.well-known/jwks.json': ['all', 200],
  'GET /v1/tokens': ['login', 200],
  'POST /v1/tokens': ['login', 201, newcomer({ name: 'one', scopes: ['read'] })],
  'DELETE /v1/tokens/{id}': ['login', 204, params((world) => world.token())],
  'GET /v1/me': ['reads', 200],
  'PATCH /v1/me': ['writes', 200, () => ({ body: { goal: 'Ten pull-ups' } })],
  'DELETE /v1/me': ['login', 204, newcomer({ password })],
  'GET /v1/me/as-of': ['reads', 200, () => ({ query: `?at=${new Date().toISOString()}` })],
  'GET /v1/me/events': ['reads', 200],
  'GET /v1/me/export': ['reads', 200],
  'GET /v1/me/export.csv': ['reads', 200],
  'POST /v1/me/import': ['writes', 200, async ({ exported }) => ({ body: await exported() }), 409],
  'POST /v1/imports': ['writes', 200],
  'GET /v1/imports/names': ['reads', 200],
  'PATCH /v1/imports/names': ['writes', 200],
  'GET /v1/exercises': ['reads', 200],
  'POST /v1/exercises': ['writes', 201, ({ email }) => ({ body: { name: email(), metric: 'reps' } })],
  'GET /v1/exercises/{id}': ['reads', 200, exercise()],
  'PATCH /v1/exercises/{id}': ['writes', 200, exercise({ description: 'Slowly.' })],
  'DELETE /v1/exercises/{id}': ['writes', 204, exercise()],
  'GET /v1/plans': ['reads', 200],
  'POST /v1/plans': ['writes', 201, () => ({ body: { name: 'Plan' } })],
  'POST /v1/plans/generate': ['writes', 201],
  'GET /v1/plans/{id}': ['reads', 200, plan()],
  'PUT /v1/plans/{id}': ['writes', 200, plan({ name: 'Other plan' })],
  'PATCH /v1/plans/{id}': ['writes', 200, plan({ name: 'Other plan' })],
  'DELETE /v1/plans/{id}': ['writes', 204, plan()],
  'GET /v1/sessions': ['reads', 200],
  'POST /v1/sessions': ['writes', 201, () => ({ body: finished })],
  'POST /v1/sessions/bulk': ['writes', 201, () => ({ body: { sessions: [finished] } })],
  'GET /v1/sessions/live': ['reads', 200, async (world) => ({ query: (await world.live()) && '' })],
  'GET /v1/sessions/{id}': ['reads', 200, inSession()],
  'PATCH /v1/sessions/{id}': ['writes', 200, inSession({ title: 'Legs' })],
  'DELETE /v1/sessions/{id}': ['writes', 204, inSession()],
  'GET /v1/sessions/{id}/history': ['reads', 200, inSession()],
  'POST /v1/sessions/{id}/finish': ['writes', 200, live(() => ({}))],
  'POST /v1/sessions/{id}/restore': ['writes', 200, params((world) => world.discarded())],
  'POST /v1/sessions/{id}/sets': [
    'writes',
    201,
    inSession({ exerciseId: 'barbell-bench-press', reps: 5, weight: 9 }),
  ],
  'PATCH /v1/sessions/{id}/sets/{setId}': ['writes', 200, inSession({ reps: 6 })],
  'DELETE /v1/sessions/{id}/sets/{setId}': ['writes', 204, inSession()],
  'GET /v1/sessions/{id}/guide': ['reads', 200, live()],
  'POST /v1/sessions/{id}/guide/skip': ['writes', 200, live((stepId) => ({ stepId }))],
  'POST /v1/sessions/{id}/guide/swap': [
    'writes',
    200,
    live((stepId) => ({ stepId, exerciseId: 'dumbbell-bench-press' })),
  ],
  'POST /v1/sessions/{id}/guide/adjust': ['writes', 200, live((stepId) => ({ stepId, note: 'Lighter.' }))],
  'POST /v1/sessions/{id}/guide/rest': ['writes', 200, live(() => ({ seconds: 30 }))],
  'POST /v1/sessions/{id}/stream-ticket': ['reads', 201, inSession()],
  'GET /v1/sessions/{id}/stream': ['reads', 200, inSession()],
  'GET /v1/measurements': ['reads', 200],
  'POST /v1/measurements': ['writes', 201, () => ({ body: { kind: 'weight', value: 80, unit: 'kg' } })],
  'GET /v1/measurements/{id}': ['reads', 200, measurement()],
  'PATCH /v1/measurements/{id}': ['writes', 200, measurement({ value: 81 })],
  'DELETE /v1/measurements/{id}': ['writes', 204, measurement()],
  'GET /v1/goals': ['reads', 200],
  'POST /v1/goals': [
    'writes',
    201,
    () => ({ body: { kind: 'custom', title: 'Read', target: 9, unit: 'books' } }),
  ],
  'GET /v1/goals/{id}': ['reads', 200, goal()],
  'PATCH /v1/goals/{id}': ['writes', 200, goal({ title: 'Read more' })],
  'DELETE /v1/goals/{id}': ['writes', 204, goal()],
  'POST /v1/goals/{id}/progress': ['writes', 200, goal({ value: 3 })],
  'GET /v1/goals/{id}/progress': ['reads', 200, goal()],
  'GET /v1/statistics': ['reads', 200],
  'GET /v1/statistics/records': ['reads', 200],
  'GET /v1/statistics/trends': ['reads', 200, () => ({ query: '?metric=volume' })],
  'GET /v1/statistics/exercises/{id}': ['reads', 200, exercise()],
  'GET /v1/statistics/muscles': ['reads', 200],
  'GET /v1/statistics/calendar': ['reads', 200, () => ({ query: '?year=2025' })],
  'GET /v1/statistics/load': ['reads', 200],
  'GET /v1/audit/head': ['all', 200],
  'GET /v1/audit/verify': ['audits', 200],
  'GET /metrics': ['watches', 200],
  'POST /user/create': ['makes-id', 201, ({ classicPerson }) => ({ body: classicPerson() })],
  'GET /user/{id}': ['id-reads', 200, ofAccount],
  'POST /user/statistics/create': ['id-writes', 409, (_, id) => ({ body: statistics(id) })],
  'POST /user/statistics/edit': [
    'id-writes',
    200,
    (_, id) => ({ body: { id, new_weight: 'same', new_goal: 'Nine', clear_workouts: 'no' } }),
  ],
  'GET /user/statistics/{id}': ['id-reads', 200, ofAccount],
  'POST /user/workouts/add': ['id-writes', 201, (_, id) => ({ body: { id, ...workout } })],
  'GET /user/workouts/add': [
    'id-writes',
    201,
    (_, id) => ({ query: `?${new URLSearchParams({ id, ...workout })}` }),
  ],
  'POST /user/workouts/edit': ['id-writes', 200, (_, id) => ({ body: { id, workout_number: 1, ...edited } })],
  'GET /user/workouts/{id}/{workout_number}': [
    'id-reads',
    200,
    (_, id) => ({ params: { id, workout_number: '1' } }),
  ],
  'POST /user/workouts/make-workout/{id}': ['id-writes', 201, ofAccount],
  'GET /user/workouts/make-workout/{id}': ['id-writes', 201, ofAccount],
  'POST /user/workouts/complete': [
    'id-writes',
    200,
    (_, id) => ({ body: { id, workout_number: 1, ...completed } }),
  ],
  'GET /livez': ['all', 200],
  'GET /health/live': ['all', 200],
  'GET /readyz': ['all', 200],
  'GET /health/ready': ['all', 200],
}
