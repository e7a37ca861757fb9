import type { EventOf } from '../domain/events.ts'
import { effectiveLoadMicrograms, setVolume } from '../domain/statistics/effective-load.ts'
import type { Formula } from '../domain/statistics/one-rep-max.ts'
import {
  type Best,
  bestFromPast,
  bestsOf,
  bestWith,
  type CountedSet,
  holderOf,
  isInAnswer,
  isSameRecord,
  marksOf,
  type RecordKind,
  sessionHolderOf,
  sessionMark,
} from '../domain/statistics/records.ts'
import type { Units } from '../domain/user/events.ts'
import { measureOf } from './record-units.ts'
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

export type RecordAnswer = {
  exerciseId: string
  name: string
  kind: RecordKind
  value: number
  unit: string
  reps?: number
  formula?: Formula
  achievedAt: string
  sessionId: string
  setId: string
  previous?: number
}

export type RecordsNeed = { reads: RecordReads; users: Pick<UserReads, 'settingsOf'> }
export type RecordFilter = { exerciseId?: string | undefined; range: Range; formula: Formula }
export type RecordPage = { items: RecordAnswer[]; next?: RecordPlace }
export type Records = ReturnType<typeof createRecords>

export function createRecords({ reads, users }: RecordsNeed) {
  return {
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

    /**
     * The records that sets make which are about to be logged into a session: those that they hold once all
     * of them are there. Asked before they are appended.
     */
    async made(
      userId: string,
      sessionId: string,
      sets: readonly EventOf<'SetLogged'>['data'][],
      units: Units,
    ): Promise<RecordAnswer[]> {
      const answers: RecordAnswer[] = []
      for (const [exerciseId, logged] of Map.groupBy(sets, (set) => set.exerciseId)) {
        const before = await reads.standingOf(userId, sessionId, exerciseId)
        const counted = countedOf(logged, before)
        const made = await bestsAfter(reads, userId, exerciseId, counted, before.volume)
        for (const best of made) {
          const set = counted.find(({ key }) => key === best.setKey)
          if (set === undefined || !isInAnswer(best, 'epley')) continue
          const { exerciseName, setId } = set
          answers.push(recordAnswer({ ...best, exerciseId, exerciseName, sessionId, setId }, units))
        }
      }
      return answers.sort(compareRecords)
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

/** The new sets stand behind all that are stored, in their own order; warm-ups are none of them. */
function countedOf(
  logged: readonly EventOf<'SetLogged'>['data'][],
  { session, startedAt, localDate, bodyWeightMicrograms }: SessionStanding,
) {
  return logged.flatMap((set, index) => {
    if (set.kind === 'warmup') return []
    const load = effectiveLoadMicrograms(set.metric, set.weightMicrograms, bodyWeightMicrograms ?? undefined)
    const counted = {
      setId: set.setId,
      exerciseName: set.exerciseName,
      key: Number.MAX_SAFE_INTEGER - logged.length + index,
      session,
      metric: set.metric,
      localDate,
      achievedAt: set.performedAt ?? startedAt,
      startedAt,
      reps: set.reps ?? null,
      weightMicrograms: set.weightMicrograms ?? null,
      loadMicrograms: load ?? null,
      volume: setVolume(load, set.reps) ?? null,
      durationSeconds: set.durationSeconds ?? null,
      distanceMillimeters: set.distanceMillimeters ?? null,
    }
    return [counted]
  })
}

async function bestsAfter(
  reads: RecordReads,
  userId: string,
  exerciseId: string,
  added: readonly CountedSet[],
  volumeBefore: bigint,
): Promise<Best[]> {
  const bests = await reads.bestsOf(userId, exerciseId)
  let volume = volumeBefore
  let stored: readonly CountedSet[] | undefined
  for (const set of added) {
    volume += BigInt(set.volume ?? 0)
    const marks = marksOf(set).map((mark) => ({ mark, holder: holderOf(set) }))
    if (set.volume) marks.push({ mark: sessionMark(volume), holder: sessionHolderOf(set) })
    for (const { mark, holder } of marks) {
      const found = bests.findIndex((best) => isSameRecord(best, mark))
      const place = found === -1 ? bests.length : found
      let best = bestWith(bests[place], mark, holder)
      if (best === undefined) {
        stored ??= await reads.countedSets(userId, exerciseId, { to: set.localDate })
        best = bestFromPast([...stored, ...added], mark, holder)
      }
      bests[place] = best
    }
  }
  return bests
}

function compareRecords(a: RecordAnswer | RecordPlace, b: RecordAnswer | RecordPlace) {
  if (a.exerciseId !== b.exerciseId) return a.exerciseId < b.exerciseId ? -1 : 1
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1
  return (a.reps ?? 0) - (b.reps ?? 0)
}

function recordAnswer(best: NamedBest, units: Units): RecordAnswer {
  const { exerciseId, exerciseName, kind, formula, reps, value, previous } = best
  const { achievedAt, sessionId, setId } = best
  const [unit, convert] = measureOf(kind, units)
  return {
    exerciseId,
    name: exerciseName,
    kind,
    value: convert(value),
    unit,
    ...(reps > 0 && { reps }),
    ...(formula !== '' && { formula }),
    achievedAt,
    sessionId,
    setId,
    ...(previous !== null && { previous: convert(previous) }),
  }
}
