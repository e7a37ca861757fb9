import { randomUUID } from 'node:crypto'
import type { Known } from './fuzz-requests.ts'

type Json = ReturnType<typeof JSON.parse>

export type Account = {
  userId: string
  email: string
  password: string
  accessToken: string
  refreshToken: string
}

export type SeenSession = {
  status: string
  startedAt: string
  planId: string | null
  /** Of each set its exercise. */
  sets: Map<string, string>
  step: { id: string; exerciseId: string } | undefined
}

/** Where a known thing is asked for. */
export type Place = { name: string; account: Account; params: readonly string[]; target: string }

// One for each metric.
const CATALOGUE = {
  'barbell-back-squat': 'weight-reps',
  'pull-up': 'bodyweight-reps',
  'weighted-pull-up': 'weighted-bodyweight-reps',
  'assisted-pull-up': 'assisted-bodyweight-reps',
  'jumping-jack': 'reps',
  plank: 'duration',
  'treadmill-running': 'distance-duration',
  'farmers-walk': 'weight-distance',
}
const KEPT = 40

type Answer = { status: number; headers: Json; body: Json }

export type Pool = ReturnType<typeof createPool>

/** What the fuzzer has seen of the things of one person, and of all else that a request may name. */
export function createPool() {
  const metrics = new Map<string, string>(Object.entries(CATALOGUE))
  const things = new Map<string, string[]>()
  const sessions = new Map<string, SeenSession>()
  const planDays = new Map<string, number>()
  const customGoals = new Set<string>()
  const cursors = new Map<string, string>()
  const tags = new Map<string, string>()
  const classic: string[] = []
  const tickets: Record<string, string[]> = { 'stream-ticket': [], 'reset-ticket': [] }
  let workoutNumber = 1
  let document: unknown
  let made = 0

  const ownExercises = () => [...metrics.keys()].filter((id) => !(id in CATALOGUE)).reverse()

  /** Forgets what belongs to the person. */
  function leave() {
    for (const seen of [things, sessions, planDays, customGoals, cursors, tags]) seen.clear()
    for (const id of ownExercises()) metrics.delete(id)
  }

  function note(collection: string, id: unknown) {
    if (typeof id !== 'string') return
    const known = (things.get(collection) ?? []).filter((one) => one !== id)
    things.set(collection, [id, ...known].slice(0, KEPT))
  }

  /** Takes in what a request was answered. */
  function learn(
    { name, params, target }: Omit<Place, 'account'>,
    told: Json,
    { headers, body, status }: Answer,
  ) {
    const path = target.split('?', 1)[0] as string
    if (typeof headers.etag === 'string') tags.set(path, headers.etag)
    if (typeof body?.step?.id === 'string' && params[0] !== undefined) {
      const session = sessions.get(params[0])
      if (session !== undefined) session.step = body.step
    }
    if (status >= 400) return
    const collection = (headers.location ?? `${path}/x`).replace(/\/[^/]*$/, '')
    if (headers.location !== undefined) note(collection, headers.location.split('/').at(-1))
    if (name.startsWith('POST ') && params.length === 0) note(path, body?.id)
    for (const item of body?.items ?? []) note(path, item.id)
    cursors.set(path, body?.next ?? cursors.get(path) ?? '')
    for (const item of [body, ...(body?.items ?? [])]) look(item)
    for (const set of Array.isArray(body?.sets) ? body.sets : [body?.set]) lookAtSet(params[0] ?? '', set)
    if (name.startsWith('DELETE ')) lose(path, params.at(-1) ?? '')
    // Larger ones take long to read, and would say no more.
    if (name === 'GET /v1/me/export' && body.events.length <= 150) document = body
    if (name === 'POST /user/create') classic.unshift(body.id)
    if (name === 'POST /v1/auth/claim') classic.splice(classic.indexOf(told.id), 1)
    if (body?.workout_number !== undefined) workoutNumber = Number(body.workout_number)
    if (typeof body?.ticket === 'string') tickets['stream-ticket']?.unshift(body.ticket)
  }

  function look(item: Json) {
    if (typeof item?.id !== 'string') return
    if (item.metric !== undefined && item.custom === true && !item.archived) metrics.set(item.id, item.metric)
    if (item.kind === 'custom' && item.target !== undefined) customGoals.add(item.id)
    if (Array.isArray(item.days)) {
      const isOfUse = !item.archived && item.days[0]?.exercises.length > 0
      planDays.set(item.id, isOfUse ? item.days.length : 0)
    }
    if (item.status === undefined || item.startedAt === undefined) return
    const { status, startedAt, planId = null, exercises = [] } = item
    const known = sessions.get(item.id)
    sessions.set(item.id, { status, startedAt, planId, sets: known?.sets ?? new Map(), step: known?.step })
    for (const entry of exercises) {
      for (const set of entry.sets) lookAtSet(item.id, { ...set, exerciseId: entry.exerciseId })
    }
  }

  function lookAtSet(sessionId: string, set: Json) {
    if (typeof set?.id !== 'string' || typeof set.exerciseId !== 'string') return
    sessions.get(sessionId)?.sets.set(set.id, set.exerciseId)
  }

  function lose(path: string, id: string) {
    const session = sessions.get(id)
    if (session !== undefined) session.status = 'discarded'
    else for (const seen of [planDays, metrics, customGoals]) seen.delete(id)
    const collection = path.replace(/\/[^/]*$/, '')
    if (session === undefined)
      things.set(
        collection,
        (things.get(collection) ?? []).filter((one) => one !== id),
      )
    for (const { sets } of sessions.values()) sets.delete(id)
  }

  /** The ids that a request to this place had best name. */
  function sessionsFor(name: string): string[] {
    const all = [...sessions].reverse()
    const fit = ([, { status, sets }]: [string, SeenSession]) => {
      if (/\/(finish|guide|stream)/.test(name)) return status === 'active'
      if (name.endsWith('/restore')) return status === 'discarded'
      if (name.includes('{setId}')) return sets.size > 0 && status !== 'discarded'
      return !/^(POST|PATCH|DELETE)/.test(name) || status !== 'discarded'
    }
    const fitting = all.filter(fit)
    return (fitting.length > 0 ? fitting : all).map(([id]) => id)
  }

  /** What stands for a known thing here; a made-up id where none was seen. */
  function find({ known, nth }: Known, place: Place): unknown {
    const { account, params, name, target } = place
    const path = target.split('?', 1)[0] as string
    switch (known) {
      case '{id}':
        if (name.includes(' /v1/sessions/{id}')) return pick(sessionsFor(name), nth)
        if (name.includes(' /v1/statistics/exercises')) return pick([...metrics.keys()], nth)
        if (name === 'POST /v1/goals/{id}/progress') return pick([...customGoals].reverse(), nth)
        if (/^(PATCH|DELETE) .v1.exercises/.test(name)) return pick(ownExercises(), nth)
        return pick(things.get(path.replace(/\/\{.*/, '')) ?? [], nth)
      case '{setId}':
        return pick([...(sessions.get(params[0] ?? '')?.sets.keys() ?? [])].reverse(), nth)
      case 'exercise':
        return pick([...metrics.keys()].reverse(), nth)
      case 'plan':
        return pick(
          [...planDays].filter(([, days]) => days > 0).map(([id]) => id),
          nth,
        )
      case 'step':
        return sessions.get(params[0] ?? '')?.step?.id ?? '1'
      case 'fresh-id':
        return nth % 10 === 0 ? pick([...things.values()].flat(), nth) : randomUUID()
      case 'fresh-email':
        return `fuzz-${++made}@example.org`
      case 'fresh-phone':
        return `+1415${String(5_550_000 + ++made).padStart(7, '0')}`
      case 'fresh-password':
        return `phrase ${++made} of ${randomUUID()}`
      case 'cursor':
        return cursors.get(path) || 'x'
      case 'etag':
        return tags.get(path) ?? '"1"'
      case 'version':
        return String(nth % 20)
      case 'now':
        return new Date().toISOString()
      case 'classic':
        return classic[nth % Math.min(4, classic.length || 1)] ?? randomUUID()
      case 'workout-number':
        return Math.max(1, workoutNumber - (nth % 3))
      case 'export':
        return document ?? {}
      case 'refresh-token':
        return account.refreshToken
      case 'stream-ticket':
      case 'reset-ticket':
        return tickets[known]?.shift() ?? 'x'
      default:
        return account[known as keyof Account]
    }
  }

  return { learn, find, leave, sessions, planDays, metrics, tickets }
}

/** Of what was seen last one of a few, as a rule. */
function pick(known: readonly string[], nth: number): string {
  const among = nth % 3 === 0 ? known.length : Math.min(3, known.length)
  return known[nth % (among || 1)] ?? randomUUID()
}
