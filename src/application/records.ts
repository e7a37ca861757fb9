import type { Formula } from '../domain/statistics/one-rep-max.ts'
import { type Best, bestsOf, type CountedSet, isInAnswer } from '../domain/statistics/records.ts'
import type { Changes } from './changes.ts'
import { createMadeRecords } from './made-records.ts'
import { compareRecords, type RecordAnswer, recordAnswer } from './record-answer.ts'
import type { UserReads } from './users.ts'

/** Local dates, both inclusive; open where undefined. */
export type Range = { from?: string | undefined; to?: string | undefined }

type Named = { exerciseId: string; exerciseName: string; sessionId: string; setId: string }
export type LoggedSet = CountedSet & Named
/** The name is the one that the exercise had in that session. */
export type NamedBest = Best & Named
export type RecordPlace = Pick<NamedBest, 'exerciseId' | 'kind' | 'reps'>

/** A session and its volume of an exercise so far; the body weight is its own, else the last one measured. */
export type SessionStanding = Pick<CountedSet, 'session' | 'startedAt' | 'localDate'> & {
  volume: bigint
  bodyWeightMicrograms: number | null
}

export interface RecordReads {
  /** Bests over all history, by exercise, kind and reps: at most `limit`, behind `after`. */
  list(
    userId: string,
    filter: { exerciseId?: string | undefined; formula: Formula },
    limit: number,
    after?: RecordPlace,
  ): Promise<NamedBest[]>
  /** All bests of one exercise over all history, of every formula. */
  bestsOf(userId: string, exerciseId: string): Promise<Best[]>
  /** The exercises that have sets which count, by id, from one id on. */
  exercisesFrom(userId: string, exerciseId: string): Promise<string[]>
  /** The sets that count, of one exercise or of all, in no order. */
  countedSets(userId: string, exerciseId: string | undefined, range: Range): Promise<LoggedSet[]>
  standingOf(userId: string, sessionId: string, exerciseId: string): Promise<SessionStanding>
}

export type RecordsNeed = {
  reads: RecordReads
  users: Pick<UserReads, 'settingsOf'>
  /** Without it nothing is kept from one question to the next. */
  changes?: Changes
}
export type RecordFilter = { exerciseId?: string | undefined; range: Range; formula: Formula }
export type RecordPage = { items: RecordAnswer[]; next?: RecordPlace }
export type Records = ReturnType<typeof createRecords>

export function createRecords({ reads, users, changes }: RecordsNeed) {
  return {
    ...createMadeRecords(reads, changes),

    /** The best within the range, by exercise, kind and reps. */
    async list(
      userId: string,
      filter: RecordFilter,
      limit: number,
      after?: RecordPlace,
    ): Promise<RecordPage> {
      const { units } = await users.settingsOf(userId)
      const found = await bestsIn(reads, userId, filter, limit + 1, after)
      const items = found.slice(0, limit)
      const last = items.at(-1)
      const answer = { items: items.map((best) => recordAnswer(best, units)) }
      if (found.length <= limit || last === undefined) return answer
      return { ...answer, next: { exerciseId: last.exerciseId, kind: last.kind, reps: last.reps } }
    },

    /** The records that sets of a session hold as things stand. */
    async heldBy(
      userId: string,
      sessionId: string,
      sets: readonly { exerciseId: string; setId: string }[],
    ): Promise<RecordAnswer[]> {
      const { units } = await users.settingsOf(userId)
      const setIds = new Set(sets.map(({ setId }) => setId))
      const answers: RecordAnswer[] = []
      for (const exerciseId of new Set(sets.map((set) => set.exerciseId))) {
        const all = await reads.list(userId, { exerciseId, formula: 'epley' }, Number.MAX_SAFE_INTEGER)
        const held = all.filter((best) => best.sessionId === sessionId && setIds.has(best.setId))
        answers.push(...held.map((best) => recordAnswer(best, units)))
      }
      return answers.sort(compareRecords)
    },
  }
}

async function bestsIn(
  reads: RecordReads,
  userId: string,
  { exerciseId, range, formula }: RecordFilter,
  limit: number,
  after: RecordPlace | undefined,
) {
  if (range.from === undefined && range.to === undefined) {
    return reads.list(userId, { exerciseId, formula }, limit, after)
  }
  const asked =
    exerciseId === undefined ? await reads.exercisesFrom(userId, after?.exerciseId ?? '') : [exerciseId]
  const found: NamedBest[] = []
  // In the order of the answer, and no more of them than fill it; between two of them others are served.
  for (const id of asked) {
    if (found.length >= limit) break
    await new Promise<void>((resolve) => setImmediate(resolve))
    const done = await reads.countedSets(userId, id, range)
    const byKey = new Map(done.map((set) => [set.key, set]))
    const named = bestsOf(done).map((best): NamedBest => {
      const { exerciseName, sessionId, setId } = byKey.get(best.setKey) as LoggedSet
      return { ...best, exerciseId: id, exerciseName, sessionId, setId }
    })
    const wanted = named.filter(
      (best) => isInAnswer(best, formula) && (after === undefined || compareRecords(best, after) > 0),
    )
    found.push(...wanted.sort(compareRecords))
  }
  return found.slice(0, limit)
}
