import type { PlanContext, PlanFields } from '../domain/plan/details.ts'
import { contentOf, type PlanDocument, planDocument } from '../domain/plan/document.ts'
import { drawWorkout } from '../domain/plan/draw.ts'
import type { PlanEvent, PlanOrigin } from '../domain/plan/events.ts'
import { type GenerateInput, generatePlan } from '../domain/plan/generate.ts'
import * as plan from '../domain/plan/plan.ts'
import { createPlan, type KnownPlan, type PlanState } from '../domain/plan/plan.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { UserEvent } from '../domain/user/events.ts'
import { planNumberOf, takePlanNumber, type UserState, user } from '../domain/user/user.ts'
import type { Act, Folded, Load, Target } from './event-log.ts'
import type { ExerciseReads } from './exercises.ts'
import type { Clock, NewId, NewSeed } from './ports.ts'
import { type Asked, loggable } from './session-requests.ts'
import type { UserReads } from './users.ts'

export type PlanMakingNeed = {
  act: Act
  load: Load
  exercises: Pick<ExerciseReads, 'find' | 'catalogue'>
  users: Pick<UserReads, 'settingsOf'>
  clock: Clock
  newId: NewId
  newSeed: NewSeed
}

export type PlanRequest = PlanFields & { id?: string | undefined }
export type GenerateRequest = GenerateInput & { id?: string | undefined; seed?: number | undefined }
export type PlanAnswer = { document: PlanDocument; replayed: boolean }

export type PlanMaking = {
  /** Refuses failing fields, all at once, and `id-taken`. */
  create(asked: Asked, request: PlanRequest): Promise<PlanAnswer | Refusal>
  /** Makes a week of training as a plan; its origin tells the seed, drawn where none is given. */
  generate(asked: Asked, request: GenerateRequest): Promise<PlanAnswer | Refusal>
  /** Draws a training mode and an exercise for each of four body areas, kept as a plan told in words. */
  draw(asked: Asked): Promise<PlanAnswer | Refusal>
}

export function createPlanMaking(need: PlanMakingNeed): PlanMaking {
  const { act, load, exercises, clock, newId, newSeed } = need

  /** The number and the plan are of two streams and land together or not at all. */
  async function make(
    asked: Asked,
    id: string | undefined,
    fields: PlanFields,
    from?: { origin: PlanOrigin; told: object },
  ): Promise<PlanAnswer | Refusal> {
    const { userId } = asked
    const planId = id?.toLowerCase() ?? newId()
    const now = new Date(clock.now()).toISOString()
    const context = await contextOf(need, userId, fields)
    const command = { planId, now, plan: fields, told: fields, ...from, ...context }
    const numbered: Target<UserState, UserEvent> = {
      stream: `user-${userId}`,
      aggregate: user,
      decide: (state) => takePlanNumber(state, planId),
    }
    const made: Target<PlanState, PlanEvent> = {
      stream: planStreamOf(userId, planId),
      aggregate: plan,
      decide(state, [person]) {
        const number = planNumberOf((person as Folded<unknown>).state as UserState, planId) as number
        return createPlan(state, { ...command, number })
      },
    }
    // Each target is right in itself; that they are of two kinds is more than the type of a list can say.
    const acted = await act(asked, [numbered, made] as never, () => ({ planId }))
    if (isRefusal(acted)) return acted
    // Told of again, a plan is shown as its first event left it.
    return { document: await planAt(load, userId, acted.outcome.planId, 1), replayed: acted.replayed }
  }

  return {
    create: (asked, { id, ...fields }) => make(asked, id, fields),

    async generate(asked, { id, ...told }) {
      const { seed = newSeed(), ...input } = told
      const details = generatePlan(input, await exercises.catalogue(), seed)
      if (isRefusal(details)) return details
      const origin = { by: 'generate', ...input, seed } as PlanOrigin
      return make(asked, id, details, { origin, told: { origin: told } })
    },

    async draw(asked) {
      const seed = newSeed()
      const { trainingMode, outline } = drawWorkout(seed, await exercises.catalogue())
      const origin = { by: 'draw', seed, trainingMode } as const
      return make(asked, undefined, { name: `Drawn for ${trainingMode}`, outline }, { origin, told: {} })
    },
  }
}

/** What the fields of a plan mean to this person: their units, and the exercises that are named. */
export async function contextOf(
  need: Pick<PlanMakingNeed, 'exercises' | 'users'>,
  userId: string,
  { days = [] }: Partial<PlanFields>,
): Promise<PlanContext> {
  const named = days.flatMap((day) => day.exercises.map(({ exerciseId }) => exerciseId))
  const [{ units }, known] = await Promise.all([need.users.settingsOf(userId), loggable(need, userId, named)])
  return { units, exercises: known }
}

/** A plan that exists, as it was at a version. */
export async function planAt(load: Load, userId: string, planId: string, version: number) {
  const { state } = await load(planStreamOf(userId, planId), plan, version)
  return planDocument(contentOf(state as KnownPlan, version))
}

export function planStreamOf(userId: string, planId: string): string {
  return `plan-${userId}-${planId.toLowerCase()}`
}
