import type { BodyArea } from '../domain/exercise/events.ts'
import type { PlanFields } from '../domain/plan/details.ts'
import { contentOf, type PlanDocument, planDocument } from '../domain/plan/document.ts'
import type { Outline, PlanDetails, PlanEvent } from '../domain/plan/events.ts'
import { outlineOf } from '../domain/plan/outline.ts'
import * as plan from '../domain/plan/plan.ts'
import {
  archivePlan,
  changeOutline,
  changePlan,
  type KnownPlan,
  noPlan,
  type PlanChangeFields,
  type PlanState,
  replacePlan,
} from '../domain/plan/plan.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { NamedPlan } from '../domain/session/plan-day.ts'
import type { Decision, Folded } from './event-log.ts'
import {
  contextOf,
  createPlanMaking,
  type PlanAnswer,
  type PlanMakingNeed,
  planAt,
  planStreamOf,
} from './plan-making.ts'
import type { Asked } from './session-requests.ts'

export type PlanPage = { items: PlanDocument[]; next?: number }

export interface PlanReads {
  /** A plan of this person, archived ones too. */
  find(userId: string, planId: string): Promise<NamedPlan | undefined>
  /** The id of the plan with this number, archived ones too. */
  idOf(userId: string, number: number): Promise<string | undefined>
  /** Live or archived ones, the last made first; at most `limit`, with numbers below `before`. */
  list(userId: string, archived: boolean, limit: number, before?: number): Promise<PlanPage>
}

export type PlansNeed = PlanMakingNeed & { reads: PlanReads }

export type Plans = ReturnType<typeof createPlans>

export function createPlans(need: PlansNeed) {
  const { act, load, reads, exercises, clock } = need
  const now = () => new Date(clock.now()).toISOString()

  async function change(
    asked: Asked,
    planId: string,
    decide: (state: PlanState) => Decision<PlanEvent>,
  ): Promise<PlanAnswer | Refusal> {
    const target = { stream: planStreamOf(asked.userId, planId), aggregate: plan, decide }
    const acted = await act(asked, [target], ([after]) => (after as Folded<PlanState>).version)
    if (isRefusal(acted)) return acted
    return { document: await planAt(load, asked.userId, planId, acted.outcome), replayed: acted.replayed }
  }

  /** The plan in four texts, as the person reads it now. */
  async function outlined(userId: string, details: PlanDetails): Promise<Outline> {
    const areas = new Map<string, BodyArea>()
    for (const { exerciseId } of details.days.flatMap((day) => day.exercises)) {
      const found = areas.has(exerciseId) ? undefined : await exercises.find(userId, exerciseId)
      if (found !== undefined) areas.set(exerciseId, found.bodyArea)
    }
    return outlineOf(details, (exerciseId) => areas.get(exerciseId))
  }

  return {
    ...createPlanMaking(need),

    /** Also one that is archived. */
    async get(userId: string, planId: string): Promise<PlanDocument | Refusal> {
      const { state, version } = await load(planStreamOf(userId, planId), plan)
      return state.status === 'none' ? noPlan() : planDocument(contentOf(state, version))
    },

    /** A plan by its number, also one that is archived, with its four texts, told or made from its days. */
    async byNumber(
      userId: string,
      number: number,
    ): Promise<{ document: PlanDocument; outline: Outline } | Refusal> {
      const planId = await reads.idOf(userId, number)
      if (planId === undefined) return noPlan()
      const { state, version } = await load(planStreamOf(userId, planId), plan)
      const known = state as KnownPlan
      return {
        document: planDocument(contentOf(known, version)),
        outline: await outlined(userId, known.details),
      }
    },

    list: reads.list,

    async replace(asked: Asked, planId: string, fields: PlanFields) {
      const command = { now: now(), plan: fields, ...(await contextOf(need, asked.userId, fields)) }
      return change(asked, planId, (state) => replacePlan(state, command))
    },

    async change(asked: Asked, planId: string, fields: PlanChangeFields) {
      const command = { now: now(), change: fields, ...(await contextOf(need, asked.userId, fields)) }
      return change(asked, planId, (state) => changePlan(state, command))
    },

    /** Texts that are not given stay as they are shown. Refuses `archived` and what is too long. */
    async changeOutline(asked: Asked, planId: string, texts: Partial<Outline>) {
      const { state } = await load(planStreamOf(asked.userId, planId), plan)
      if (state.status === 'none') return noPlan()
      const standing = await outlined(asked.userId, state.details)
      const command = { now: now(), standing, change: texts }
      return change(asked, planId, (known) => changeOutline(known, command))
    },

    archive(asked: Asked, planId: string) {
      const at = now()
      return change(asked, planId, (state) => archivePlan(state, at))
    },
  }
}
