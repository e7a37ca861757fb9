import type { Metric } from '../../src/domain/exercise/events.ts'
import type { GoalKind } from '../../src/domain/goal/events.ts'
import { goalRange, goalUnits, quantityOf } from '../../src/domain/goal/scale.ts'
import type { MeasurementKind } from '../../src/domain/measurement/events.ts'
import { unitsFitting, valueRange } from '../../src/domain/measurement/kinds.ts'
import { quantitiesOf } from '../../src/domain/session/set-facts.ts'
import type { Place, Pool } from './fuzz-pool.ts'

type Json = ReturnType<typeof JSON.parse>

const HOUR_MS = 3_600_000
const QUANTITIES = ['reps', 'weight', 'durationSeconds', 'distance'] as const
const USUAL = { reps: 5, weight: 60, durationSeconds: 90, distance: 100 }
const ACTS = ['guide', 'finish', 'sets', 'sessions', 'bulk']

/** The body with fields that must agree brought to do so: what the document cannot say of them. */
export function agreeing(value: unknown, pool: Pool, { name, params, account }: Place): unknown {
  if (typeof value !== 'object' || value === null) return value
  const body: Json = structuredClone(value)
  const session = pool.sessions.get(params[0] ?? '')
  const metricOf = (exerciseId: unknown) => pool.metrics.get(String(exerciseId)) as Metric | undefined
  const path = name.split('/').filter((part) => !part.startsWith('{'))
  const act = ACTS.find((one) => path.includes(one) && name !== 'PATCH /v1/sessions/{id}')
  if (name.includes(' /v1/plans')) agreeingPlan(body, metricOf)
  if (name.includes(' /v1/measurements')) agreeingMeasurement(body)
  if (name.startsWith('PATCH /v1/goals')) for (const field of ['unit', 'start']) delete body[field]
  if (name.includes(' /v1/goals') && body.kind !== undefined) agreeingGoal(body, pool)
  if (name === 'POST /v1/sessions') agreeingSession(body, pool)
  for (const one of body.sessions ?? []) agreeingSession(one, pool)
  if (name.endsWith('/sets/{setId}')) agreeingChange(body, metricOf(session?.sets.get(params[1] ?? '')))
  else if (act === 'sets') agreeingSets(body, session?.step?.exerciseId, metricOf)
  if (name.endsWith('/guide/swap')) body.exerciseId = 'pull-up'
  if (body.target !== null && typeof body.target === 'object')
    agreeingTarget(body.target, metricOf(session?.step?.exerciseId))
  if (name.endsWith('/finish') || name === 'PATCH /v1/sessions/{id}') {
    const startedAt = body.startedAt ?? session?.startedAt
    if (body.finishedAt !== undefined || body.startedAt !== undefined) body.finishedAt = later(startedAt)
    if (session?.status === 'active' && name.startsWith('PATCH')) delete body.finishedAt
    agreeingDay(body, pool)
  }
  if (name.includes('/v1/me') || name.endsWith('/register')) agreeingPerson(body, account.password)
  if (name === 'POST /v1/tokens' && body.expiresAt !== undefined)
    body.expiresAt = later(new Date().toISOString())
  if ('easy_workouts' in body) agreeingCounts(body)
  return body
}

function agreeingCounts(body: Json) {
  const kinds = ['easy_workouts', 'average_workouts', 'heavy_workouts']
  for (const kind of kinds) body[kind] %= 200
  body.heavy_workouts += 1
  const sum = kinds.reduce((total, kind) => total + body[kind], 0)
  body['workouts_done' in body ? 'workouts_done' : 'total_workouts'] = sum
}

function agreeingPerson(body: Json, password: string) {
  if (typeof body.age === 'number' || body.age === null) delete body.birthDate
  if (typeof body.email === 'string' && 'currentPassword' in body) body.currentPassword = password
  else if (body.password === undefined) delete body.email
}

function agreeingPlan(body: Json, metricOf: (id: unknown) => Metric | undefined) {
  for (const day of body.days ?? []) {
    for (const entry of day.exercises ?? []) {
      for (const set of entry.sets ?? []) agreeingTarget(set, metricOf(entry.exerciseId))
    }
  }
}

/** A planned set: repetitions or a range of them. */
function agreeingTarget(set: Json, metric: Metric | undefined) {
  const range = 'repsMin' in set || 'repsMax' in set
  measuredBy(set, metric)
  const [least, most] = [set.repsMin ?? 3, set.repsMax ?? 5].toSorted((a: number, b: number) => a - b)
  delete set.repsMin
  delete set.repsMax
  if (!range || set.reps === undefined) return
  delete set.reps
  Object.assign(set, { repsMin: least, repsMax: most })
}

function agreeingMeasurement(body: Json) {
  const kind: MeasurementKind = body.kind ?? 'custom:x'
  if (body.kind === undefined) {
    delete body.unit
    delete body.value
    return
  }
  body.unit = unitsFitting(kind)?.[0] ?? 'x'
  body.value = within(body.value, valueRange(kind))
}

function agreeingGoal(body: Json, pool: Pool) {
  const kind: GoalKind = body.kind
  const quantity = quantityOf[kind]
  if (kind === 'measurement') body.measurementKind ??= 'waist'
  else delete body.measurementKind
  const fits = [...pool.metrics].find(
    ([, metric]) => quantity !== undefined && quantitiesOf[metric as Metric].includes(quantity),
  )
  delete body.exerciseId
  if (fits !== undefined) body.exerciseId = fits[0]
  body.unit = goalUnits(kind, body.measurementKind)?.[0] ?? 'x'
  const range = goalRange(kind, body.measurementKind)
  body.target = Math.ceil(within(body.target, range)) || 1
  if (body.start !== undefined) body.start = 0.5 + Math.ceil(within(body.start, range)) - 0.5
  delete body.direction
}

function within(value: unknown, range: { minimum?: number; exclusiveMinimum?: number; maximum?: number }) {
  const { minimum = 1, maximum = 100 } = range
  return typeof value === 'number' && value > minimum && value < maximum ? value : minimum + 1
}

/** Live where none is, by the day of a plan where there is one; else over. */
function agreeingSession(body: Json, pool: Pool) {
  const live = [...pool.sessions.values()].some(({ status }) => status === 'active')
  const [planId] = [...pool.planDays].find(([, days]) => days > 0) ?? []
  body.startedAt ??= '2025-03-01T18:30:00.000Z'
  if (live) body.finishedAt = later(body.startedAt)
  else if (planId !== undefined) {
    for (const field of ['exercises', 'finishedAt']) delete body[field]
    Object.assign(body, { planId, planDay: 0 })
  }
  if (body.finishedAt !== undefined) body.finishedAt = later(body.startedAt)
  if (body.bodyWeight === undefined) delete body.bodyWeightUnit
  agreeingDay(body, pool)
  for (const entry of body.exercises ?? []) {
    for (const set of entry.sets ?? []) measuredBy(set, pool.metrics.get(entry.exerciseId) as Metric)
  }
}

function agreeingDay(body: Json, pool: Pool) {
  const days = pool.planDays.get(body.planId) ?? 0
  if (days > 0) body.planDay = (body.planDay ?? 0) % days
  else for (const field of ['planId', 'planDay']) delete body[field]
  if (body.bodyWeight === undefined || body.bodyWeight === null) delete body.bodyWeightUnit
}

function agreeingSets(
  body: Json,
  current: string | undefined,
  metricOf: (id: unknown) => Metric | undefined,
) {
  for (const set of body.sets ?? [body]) {
    if (current === undefined) {
      delete set.stepId
      set.exerciseId ??= 'pull-up'
    }
    if (set.stepId !== undefined && current !== undefined && set.exerciseId !== undefined)
      set.exerciseId = current
    measuredBy(set, metricOf(set.exerciseId ?? current))
  }
}

function agreeingChange(body: Json, metric: Metric | undefined) {
  if (metric === undefined) return
  measuredBy(body, metric)
}

/** Told in the quantities of its exercise and in no other. */
function measuredBy(set: Json, metric: Metric | undefined) {
  const wanted = metric === undefined ? [] : quantitiesOf[metric]
  for (const quantity of QUANTITIES) {
    if (wanted.includes(quantity)) set[quantity] ??= USUAL[quantity]
    else delete set[quantity]
  }
  if (set.weight === undefined) delete set.weightUnit
  if (set.distance === undefined) delete set.distanceUnit
  delete set.performedAt
}

function later(instant: string | undefined): string {
  return new Date(Date.parse(instant ?? '2025-03-01') + HOUR_MS).toISOString()
}
