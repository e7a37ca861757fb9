import type { DomainEvent } from '../domain/events.ts'
import { type MeasurementState, measurement, takeMeasurement } from '../domain/measurement/measurement.ts'
import { noPlan } from '../domain/plan/plan.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { countOf, type Reported, reportWorkouts } from '../domain/session/report-workouts.ts'
import type { SessionState } from '../domain/session/session.ts'
import * as session from '../domain/session/session.ts'
import { weightFrom } from '../domain/statistics/units.ts'
import { clearClassicCounts, createClassicStatistics } from '../domain/user/classic.ts'
import type { UserEvent } from '../domain/user/events.ts'
import { changeProfile, type RegisteredUser, type UserState, user } from '../domain/user/user.ts'
import type { Act, Decision, Folded, Load, Target } from './event-log.ts'
import type { MeasurementReads } from './measurements.ts'
import { streamOf as measurementStream } from './measurements.ts'
import type { Plans } from './plans.ts'
import type { Clock, NewId } from './ports.ts'
import { type Asked, streamOf as sessionStream } from './session-requests.ts'
import { type UserReads, streamOf as userStream } from './users.ts'

export interface ClassicReads {
  /** Whether there are statistics: they were created or cleared, or a workout was completed. */
  exist(userId: string): Promise<boolean>
  /** Finished workouts by effort, counted on from the last creation or clearing. */
  counts(userId: string): Promise<Reported>
  /** The number of the plan done most often since the last clearing, the last done of equals. */
  mostPopularWorkout(userId: string): Promise<number | null>
}

export type ClassicNeed = {
  act: Act
  load: Load
  users: Pick<UserReads, 'settingsOf'>
  plans: Pick<Plans, 'byNumber'>
  measurements: Pick<MeasurementReads, 'list'>
  reads: ClassicReads
  clock: Clock
  newId: NewId
}

export type Counts = Reported & { total: number }
export type ClassicStatistics = Counts & { weightKilograms: number | null; goal: string | null }
export type NewClassicStatistics = { weightKilograms: number; goal: string; counts: Reported }
/** What is not told stays. */
export type ClassicStatisticsChange = {
  weightKilograms?: number | undefined
  goal?: string | undefined
  clear: boolean
}
type Done<T> = T & { replayed: boolean }

export type Classic = ReturnType<typeof createClassic>

/** The questions and commands that only the older clients have; all they tell is told to the same streams. */
export function createClassic(need: ClassicNeed) {
  const { act, load, users, plans, measurements, reads, clock, newId } = need
  const now = () => new Date(clock.now()).toISOString()

  /** What a person tells of themselves and of their weight lands as one. */
  async function tell<O>(
    asked: Asked,
    { weightKilograms, decide }: { weightKilograms: number | undefined; decide: Decide },
    outcome: (person: RegisteredUser) => Promise<O> | O,
  ) {
    const { userId } = asked
    const targets: Target<unknown, DomainEvent>[] = [
      target({ stream: userStream(userId), aggregate: user, decide }),
    ]
    if (weightKilograms !== undefined) {
      const measurementId = newId()
      const told = { kind: 'weight', value: weightKilograms, unit: 'kg' } as const
      const command = { ...told, measurementId, now: now(), settings: await users.settingsOf(userId) }
      const stream = measurementStream(userId, measurementId)
      const take = (state: MeasurementState) => takeMeasurement(state, command)
      targets.push(target({ stream, aggregate: measurement, decide: take }))
    }
    return act(asked, targets, ([after]) => outcome((after as Folded<RegisteredUser>).state))
  }

  /** The last weight that is not ahead of its time. */
  async function weightOf(userId: string): Promise<number | null> {
    const until = { measuredAt: now(), key: Number.MAX_SAFE_INTEGER }
    const { items } = await measurements.list(userId, { kind: 'weight' }, 1, until)
    const micrograms = items[0]?.weightMicrograms
    return micrograms === undefined ? null : weightFrom(micrograms, 'kg')
  }

  /** The plan of this number; one that was taken away is none for the older clients. */
  async function workout(userId: string, planNumber: number) {
    const found = await plans.byNumber(userId, planNumber)
    if (isRefusal(found)) return found
    const { document, outline } = found
    return document.archived ? noPlan() : { planId: document.id, outline }
  }

  return {
    workout,

    /** Refuses `statistics-exist`, and all failing fields at once. */
    async createStatistics(asked: Asked, { weightKilograms, goal, counts }: NewClassicStatistics) {
      const time = now()
      const decide = (state: UserState) =>
        both(
          createClassicStatistics(state, { now: time, counts }),
          changeProfile(state, { now: time, change: { goal } }),
        )
      const acted = await tell(asked, { weightKilograms, decide }, () => null)
      return isRefusal(acted) ? acted : { replayed: acted.replayed }
    },

    /** Refuses `not-found` where there are none yet. Gives them as they are afterwards. */
    async editStatistics(
      asked: Asked,
      { weightKilograms, goal, clear }: ClassicStatisticsChange,
    ): Promise<Done<ClassicStatistics> | Refusal> {
      const { userId } = asked
      const time = now()
      const exist = await reads.exist(userId)
      // Refused within the command, for a repetition of a request gets its first answer all the same.
      const decide = (state: UserState) =>
        both(
          exist ? [] : noStatistics(),
          changeProfile(state, { now: time, change: goal === undefined ? {} : { goal } }),
          clear ? clearClassicCounts(state, { now: time }) : [],
        )
      // Asked within the turn of this command: another one of this person counts before or after it.
      const acted = await tell(asked, { weightKilograms, decide }, async (person) => ({
        weightKilograms: weightKilograms ?? (await weightOf(userId)),
        goal: person.goal ?? null,
        ...totalled(clear ? { easy: 0, average: 0, heavy: 0 } : await reads.counts(userId)),
      }))
      return isRefusal(acted) ? acted : { ...acted.outcome, replayed: acted.replayed }
    },

    /** Refuses `not-found` where there are none yet. */
    async statistics(userId: string) {
      if (!(await reads.exist(userId))) return noStatistics()
      const [{ state }, weightKilograms, counts, mostPopularWorkout] = await Promise.all([
        load(userStream(userId), user),
        weightOf(userId),
        reads.counts(userId),
        reads.mostPopularWorkout(userId),
      ])
      const { goal = null } = state as RegisteredUser
      return { weightKilograms, goal, ...totalled(counts), mostPopularWorkout }
    },

    /** Refuses `not-found` for a number that no plan has. Gives the counts as they are afterwards. */
    async complete(asked: Asked, planNumber: number, reported: Reported): Promise<Done<Counts> | Refusal> {
      const { userId } = asked
      const [plan, { timeZone }] = await Promise.all([workout(userId, planNumber), users.settingsOf(userId)])
      const sessionId = newId()
      const command = { sessionId, now: now(), timeZone, reported }
      const report = {
        stream: sessionStream(userId, sessionId),
        aggregate: session,
        decide: (state: SessionState) =>
          isRefusal(plan)
            ? plan
            : reportWorkouts(state, { ...command, plan: { planId: plan.planId, planNumber } }),
      }
      const acted = await act(asked, [report], async () => {
        const { easy, average, heavy } = await reads.counts(userId)
        const after = { easy: easy + reported.easy, average: average + reported.average }
        return totalled({ ...after, heavy: heavy + reported.heavy })
      })
      return isRefusal(acted) ? acted : { ...acted.outcome, replayed: acted.replayed }
    },
  }
}

type Decide = (state: UserState) => Decision<UserEvent>

/** Targets of several aggregates in one command; each is folded by its own. */
function target<S, E extends DomainEvent>(one: Target<S, E>): Target<unknown, DomainEvent> {
  return one as unknown as Target<unknown, DomainEvent>
}

function both(...decisions: readonly Decision<UserEvent>[]): Decision<UserEvent> {
  return decisions.find(isRefusal) ?? (decisions as readonly UserEvent[][]).flat()
}

function totalled(counts: Reported): Counts {
  return { ...counts, total: countOf(counts) }
}

function noStatistics(): Refusal {
  return refuse('not-found', 'There are no statistics of this person yet.')
}
