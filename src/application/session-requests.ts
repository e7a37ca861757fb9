import type { DetailFields, Settings } from '../domain/session/details.ts'
import type { EntryExercise } from '../domain/session/events.ts'
import type { LogSession } from '../domain/session/log-session.ts'
import type { NamedPlan } from '../domain/session/plan-day.ts'
import type { FinishSession, SessionState } from '../domain/session/session.ts'
import type { SetFields } from '../domain/session/set-facts.ts'
import type { LoneSet } from '../domain/session/sets.ts'
import type { Command } from './event-log.ts'
import type { ExerciseReads } from './exercises.ts'
import type { PlanReads } from './plans.ts'
import type { Clock, NewId } from './ports.ts'
import type { UserReads } from './users.ts'

export type SetRequest = SetFields & { id?: string | undefined }
/** `at` tells where in the request the set stands; that of a step need not name its exercise. */
export type LoneSetRequest = SetRequest & {
  exerciseId?: string | undefined
  stepId?: string | undefined
  at: string
}
export type SessionRequest = DetailFields & {
  id?: string | undefined
  exercises?:
    | readonly {
        exerciseId: string
        notes?: string | undefined
        supersetGroup?: number | undefined
        sets: readonly SetRequest[]
      }[]
    | undefined
}
export type SessionChangeRequest = DetailFields
export type FinishRequest = Pick<FinishSession, 'finishedAt' | 'effort' | 'notes'>

/** Who asks for a change, always a person. */
export type Asked = Command & { userId: string }

export type RequestsNeed = {
  exercises: Pick<ExerciseReads, 'find'>
  users: Pick<UserReads, 'settingsOf'>
  plans: Pick<PlanReads, 'find'>
  clock: Clock
  newId: NewId
}

/** What requests mean today: ids, the time, the person's settings and the exercises that they name. */
export async function sessionCommands(
  need: RequestsNeed,
  userId: string,
  requests: readonly SessionRequest[],
): Promise<LogSession[]> {
  const named = requests.flatMap(({ exercises = [] }) => exercises.map(({ exerciseId }) => exerciseId))
  const [settings, known] = await Promise.all([need.users.settingsOf(userId), loggable(need, userId, named)])
  const plans = await plansNamed(need, userId, requests)
  const now = timeOf(need)
  return requests.map(({ id, exercises = [], ...details }) => ({
    ...details,
    plan: plans.get(details.planId ?? ''),
    sessionId: id?.toLowerCase() ?? need.newId(),
    now,
    settings,
    entries: exercises.map(({ exerciseId, sets, ...entry }) => ({
      ...entry,
      exerciseId: exerciseId.toLowerCase(),
      exercise: known.get(exerciseId.toLowerCase()),
      sets: sets.map((set) => ({ ...set, id: set.id?.toLowerCase(), freshId: need.newId() })),
    })),
  }))
}

/** Sets for a session as it stands: an exercise that it has keeps the name and metric it has there. */
export async function loneSets(
  need: RequestsNeed,
  userId: string,
  state: SessionState,
  requests: readonly LoneSetRequest[],
): Promise<{ sets: LoneSet[]; settings: Settings }> {
  const named: string[] = []
  for (const { exerciseId, stepId } of requests) {
    if (exerciseId === undefined || stepId !== undefined || holds(state, exerciseId.toLowerCase())) continue
    named.push(exerciseId)
  }
  const settings = await need.users.settingsOf(userId)
  const known = named.length > 0 ? await loggable(need, userId, named) : undefined
  const sets = requests.map((request) => {
    const exerciseId = request.exerciseId?.toLowerCase()
    const exercise = known?.get(exerciseId ?? '')
    return { ...request, id: request.id?.toLowerCase(), freshId: need.newId(), exerciseId, exercise }
  })
  return { sets, settings }
}

function holds(state: SessionState, exerciseId: string): boolean {
  return state.status !== 'none' && state.entries.some((entry) => entry.exerciseId === exerciseId)
}

/** By their ids the plans, archived ones too, that are named anywhere. */
async function plansNamed(
  { plans }: Pick<RequestsNeed, 'plans'>,
  userId: string,
  requests: readonly Pick<DetailFields, 'planId'>[],
) {
  const named = new Map<string, NamedPlan>()
  for (const planId of new Set(requests.map((request) => request.planId ?? undefined))) {
    const found = planId === undefined ? undefined : await plans.find(userId, planId)
    if (found !== undefined) named.set(found.planId, found)
  }
  return named
}

export function timeOf({ clock }: RequestsNeed): string {
  return new Date(clock.now()).toISOString()
}

/** Of the exercises named those that can be logged anew; an archived one lives on only in what was logged. */
export async function loggable(
  { exercises }: Pick<RequestsNeed, 'exercises'>,
  userId: string,
  exerciseIds: readonly string[],
) {
  const known = new Map<string, EntryExercise>()
  for (const exerciseId of new Set(exerciseIds.map((id) => id.toLowerCase()))) {
    const found = await exercises.find(userId, exerciseId)
    if (found === undefined || found.archived) continue
    known.set(exerciseId, { exerciseId, exerciseName: found.name, metric: found.metric })
  }
  return known
}

export function streamOf(userId: string, sessionId: string): string {
  return `session-${userId}-${sessionId.toLowerCase()}`
}
