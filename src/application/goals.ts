import { type GoalFields, plannedGoal } from '../domain/goal/details.ts'
import { type GoalDocument, goalDocument } from '../domain/goal/document.ts'
import type { GoalDetails, GoalEvent } from '../domain/goal/events.ts'
import {
  type ChangeGoal,
  changeGoal,
  deleteGoal,
  type Goal,
  type GoalState,
  goal,
  type KnownGoal,
  noGoal,
  type Progressed,
  type ProgressGoal,
  progressGoal,
  setGoal,
} from '../domain/goal/goal.ts'
import type { DatedValue, Today } from '../domain/goal/progress.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { localDateOf } from '../domain/statistics/calendar.ts'
import type { Act, Decision, Folded, Load } from './event-log.ts'
import type { ExerciseReads } from './exercises.ts'
import type { Clock, NewId } from './ports.ts'
import type { Asked } from './session-requests.ts'
import type { UserReads } from './users.ts'

export type ListedGoal = Goal & { version: number; key: number }

export interface GoalReads {
  /** The person's last event: what a goal follows from can have changed only where this has. */
  lastPosition(userId: string): Promise<number>
  /** Newest first; at most `limit`, behind the goal with the key `after`. */
  list(
    userId: string,
    status: Goal['status'] | undefined,
    limit: number,
    after?: number,
  ): Promise<ListedGoal[]>
  /**
   * What a goal follows, in the order of time: every measurement; every finished session with the count of
   * its week so far; of sets the best of each day, dated when the first set of that day reached the target.
   */
  values(userId: string, goalId: string, details: GoalDetails): Promise<DatedValue[]>
}

/** A goal with all that its ETag is made of. */
export type ShownGoal = { document: GoalDocument; position: number; today: string }
export type GoalPage = { items: GoalDocument[]; next?: number }
export type ToldPage = { items: Progressed[]; next?: number }

type Decide = (state: GoalState) => Decision<GoalEvent>
type Shown = (after: Folded<KnownGoal>) => Folded<Goal>
type Status = GoalDocument['status']

export type GoalsNeed = {
  act: Act
  load: Load
  reads: GoalReads
  exercises: Pick<ExerciseReads, 'find'>
  users: Pick<UserReads, 'settingsOf'>
  clock: Clock
  newId: NewId
}

export type Goals = ReturnType<typeof createGoals>

export function createGoals({ act, load, reads, exercises, users, clock, newId }: GoalsNeed) {
  const now = () => new Date(clock.now()).toISOString()

  async function dayOf(userId: string): Promise<Today> {
    const { timeZone } = await users.settingsOf(userId)
    return { today: localDateOf(now(), timeZone), timeZone }
  }

  async function documentOf(userId: string, known: Goal, version: number, day: Today) {
    const { goalId, details, progress } = known
    const told = progress.map(({ value, at }) => ({ date: localDateOf(at, day.timeZone), at, value }))
    const values = details.kind === 'custom' ? told : await reads.values(userId, goalId, details)
    return goalDocument(known, version, values, day)
  }

  async function loggable(userId: string, exerciseId: string | undefined) {
    if (exerciseId === undefined) return undefined
    const found = await exercises.find(userId, exerciseId.toLowerCase())
    return found?.archived === false ? found : undefined
  }

  async function change(asked: Asked, goalId: string, decide: Decide, shown: Shown = (after) => after) {
    const { userId } = asked
    const day = await dayOf(userId)
    const target = { stream: streamOf(userId, goalId), aggregate: goal, decide }
    const acted = await act(asked, [target], async ([after]) => {
      const { state, version } = shown(after as Folded<KnownGoal>)
      const position = await reads.lastPosition(userId)
      return { document: await documentOf(userId, state, version, day), position, today: day.today }
    })
    if (isRefusal(acted)) return acted
    const { outcome, replayed } = acted
    // An answer that is given again may be out of date, and so keeps a position that the goal has no more.
    return { ...outcome, ...(!replayed && { position: await reads.lastPosition(userId) }), replayed }
  }

  return {
    /** Refuses all failing fields at once, and `id-taken`. Set again as it was, it is shown as it was. */
    async set(asked: Asked, { id, ...fields }: GoalFields & { id?: string | undefined }) {
      const { userId } = asked
      const goalId = id?.toLowerCase() ?? newId()
      const exercise = await loggable(userId, fields.exerciseId)
      const standing = await reads.values(userId, goalId, plannedGoal(fields, exercise))
      const command = { goalId, now: now(), fields, exercise, standing }
      return change(asked, goalId, (state) => setGoal(state, command), asItWasSet)
    },

    change(asked: Asked, goalId: string, told: ChangeGoal['change']) {
      const command = { now: now(), change: told }
      return change(asked, goalId, (state) => changeGoal(state, command))
    },

    /** How far a custom goal has come. Refuses `goal-follows-log` for all others. */
    progress(asked: Asked, goalId: string, told: Omit<ProgressGoal, 'now'>) {
      const command = { ...told, now: now() }
      return change(asked, goalId, (state) => progressGoal(state, command))
    },

    /** Nothing that was logged goes with it. */
    async delete(asked: Asked, goalId: string): Promise<Refusal | undefined> {
      const target = { stream: streamOf(asked.userId, goalId), aggregate: goal, decide: deleteGoal }
      const acted = await act(asked, [target], () => undefined)
      return isRefusal(acted) ? acted : undefined
    },

    async get(userId: string, goalId: string): Promise<ShownGoal | Refusal> {
      // Read first: what lands meanwhile may show already, but never under a position that hides it.
      const position = await reads.lastPosition(userId)
      const { state, version } = await load(streamOf(userId, goalId), goal)
      if (!isThere(state)) return noGoal()
      const day = await dayOf(userId)
      return { document: await documentOf(userId, state, version, day), position, today: day.today }
    },

    /** Newest first; behind the goal with the key `after`. */
    async list(userId: string, status: Status | undefined, limit: number, after?: number): Promise<GoalPage> {
      const day = await dayOf(userId)
      const kept = status && (status === 'abandoned' ? 'abandoned' : 'pursued')
      const items: GoalDocument[] = []
      let next = 0
      let place = after
      for (;;) {
        const found = await reads.list(userId, kept, limit + 1, place)
        for (const row of found) {
          place = row.key
          const document = await documentOf(userId, row, row.version, day)
          if (status !== undefined && document.status !== status) continue
          if (items.length === limit) return { items, next }
          items.push(document)
          next = row.key
        }
        if (found.length <= limit) return { items }
      }
    },

    /** What was told of a custom goal, the latest first, behind the first `after` of them. */
    async told(userId: string, goalId: string, limit: number, after = 0): Promise<ToldPage | Refusal> {
      const { state } = await load(streamOf(userId, goalId), goal)
      if (!isThere(state)) return noGoal()
      const reached = after + limit
      const items = state.progress.toReversed().slice(after, reached)
      return { items, ...(reached < state.progress.length && { next: reached }) }
    },
  }
}

function asItWasSet({ state }: Folded<KnownGoal>): Folded<Goal> {
  return { state: { ...state, status: 'pursued', details: state.opening, progress: [] }, version: 1 }
}

function isThere(state: GoalState): state is KnownGoal {
  return state.status === 'pursued' || state.status === 'abandoned'
}

function streamOf(userId: string, goalId: string): string {
  return `goal-${userId}-${goalId.toLowerCase()}`
}
