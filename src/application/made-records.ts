import type { EventOf } from '../domain/events.ts'
import { effectiveLoadMicrograms, setVolume } from '../domain/statistics/effective-load.ts'
import {
  type Best,
  bestFromPast,
  bestWith,
  type CountedSet,
  holderOf,
  isInAnswer,
  isSameRecord,
  type Mark,
  marksOf,
  sessionHolderOf,
  sessionMark,
} from '../domain/statistics/records.ts'
import type { Units } from '../domain/user/events.ts'
import { afterOne, type Changes, keptWhileUnchanged, type Moment } from './changes.ts'
import { compareRecords, type RecordAnswer, recordAnswer } from './record-answer.ts'
import type { RecordReads, SessionStanding } from './records.ts'

type Logged = EventOf<'SetLogged'>['data']

/** What the next set of an exercise in a session is held against. */
type ExerciseStanding = SessionStanding & { bests: readonly Best[] }
type Exercises = Map<string, ExerciseStanding>

/** What sets come to that are about to be appended, and when they were held against what is there. */
export type Coming = {
  userId: string
  sessionId: string
  /** As they stood, where that was kept, and as those of the sets come to stand. */
  before: Exercises | undefined
  after: [exerciseId: string, standing: ExerciseStanding][]
  moment: Moment | undefined
}

export type MadeRecords = {
  /**
   * The records that sets make which are about to be logged into a session: those that they hold once all
   * of them are there. Asked before they are appended.
   */
  made(
    userId: string,
    sessionId: string,
    sets: readonly Logged[],
    units: Units,
  ): Promise<{ records: RecordAnswer[]; coming: Coming }>
  /** Those sets were appended: the next ones of the session need not read what these have come to. */
  landed(coming: Coming): void
  /** Drops what is kept of this person. */
  forget(userId: string): void
}

/** Some 4 MB; who logs many exercises a session leaves less room for others. */
const KEPT_BESTS = 20_000
/** New sets stand behind all that are stored, whose keys stay far below, and behind those kept before. */
let lastKey = 2 ** 52

/** Keeps for each person how the exercises stand in the session that they logged into last. */
export function createMadeRecords(reads: RecordReads, changes?: Changes): MadeRecords {
  const kept = keptWhileUnchanged<{ sessionId: string; exercises: Exercises }>(
    changes,
    KEPT_BESTS,
    ({ exercises }) => bestsIn(exercises),
  )

  async function read(userId: string, sessionId: string, exerciseId: string): Promise<ExerciseStanding> {
    const standing = await reads.standingOf(userId, sessionId, exerciseId)
    return { ...standing, bests: await reads.bestsOf(userId, exerciseId) }
  }

  async function fromPast(
    userId: string,
    exerciseId: string,
    added: readonly CountedSet[],
    before: ExerciseStanding,
  ): Promise<ExerciseStanding> {
    const stored = await reads.countedSets(userId, exerciseId, { to: before.localDate })
    return standingAfter(added, before, stored) as ExerciseStanding
  }

  return {
    async made(userId, sessionId, sets, units) {
      const moment = changes?.momentOf(userId)
      const known = kept.find(userId)
      const before = known?.sessionId === sessionId ? known.exercises : undefined
      const after: Coming['after'] = []
      const records: RecordAnswer[] = []
      for (const [exerciseId, logged] of Map.groupBy(sets, (set) => set.exerciseId)) {
        const standing = before?.get(exerciseId) ?? (await read(userId, sessionId, exerciseId))
        const counted = countedOf(logged, standing)
        const [first] = counted
        const reached =
          standingAfter(counted, standing) ?? (await fromPast(userId, exerciseId, counted, standing))
        after.push([exerciseId, reached])
        for (const best of reached.bests) {
          // Most of them are held by sets of before, which have lower keys.
          if (first === undefined || best.setKey < first.key || !isInAnswer(best, 'epley')) continue
          const set = counted.find(({ key }) => key === best.setKey) as (typeof counted)[number]
          const { exerciseName, setId } = set
          records.push(recordAnswer({ ...best, exerciseId, exerciseName, sessionId, setId }, units))
        }
      }
      return { records: records.sort(compareRecords), coming: { userId, moment, sessionId, before, after } }
    },
    landed({ userId, moment, sessionId, before, after }) {
      const exercises: Exercises = before ?? new Map()
      for (const [exerciseId, reached] of after) exercises.set(exerciseId, reached)
      kept.keep(userId, moment && afterOne(moment), { sessionId, exercises })
    },
    forget: kept.forget,
  }
}

/** An exercise weighs something by itself. */
function bestsIn(exercises: Exercises): number {
  let count = 0
  for (const { bests } of exercises.values()) count += 1 + bests.length
  return count
}

/** As they will count, in their own order; warm-ups are none of them. */
function countedOf(
  logged: readonly Logged[],
  { session, startedAt, localDate, bodyWeightMicrograms }: SessionStanding,
) {
  const counted: (CountedSet & Pick<Logged, 'setId' | 'exerciseName'>)[] = []
  for (const set of logged) {
    if (set.kind === 'warmup') continue
    const load = effectiveLoadMicrograms(set.metric, set.weightMicrograms, bodyWeightMicrograms ?? undefined)
    lastKey += 1
    counted.push({
      setId: set.setId,
      exerciseName: set.exerciseName,
      key: lastKey,
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
    })
  }
  return counted
}

/** Undefined where a set takes over from the past, and the sets that are `stored` are not given. */
function standingAfter(
  added: readonly CountedSet[],
  before: ExerciseStanding,
  stored?: readonly CountedSet[],
): ExerciseStanding | undefined {
  let { volume } = before
  const bests = [...before.bests]
  for (const set of added) {
    volume += BigInt(set.volume ?? 0)
    const ofSet = holderOf(set)
    const marks = marksOf(set)
    const alone = marks.length
    if (set.volume) marks.push(sessionMark(volume))
    for (let index = 0; index < marks.length; index++) {
      const mark = marks[index] as Mark
      const holder = index < alone ? ofSet : sessionHolderOf(set)
      const place = placeOf(bests, mark)
      const best = bestWith(bests[place], mark, holder)
      if (best === undefined && stored === undefined) return undefined
      bests[place] = best ?? bestFromPast([...(stored ?? []), ...added], mark, holder)
    }
  }
  return { ...before, volume, bests }
}

/** Where the best of this kind is, or would be. */
function placeOf(bests: readonly Best[], mark: Mark): number {
  let place = 0
  for (const best of bests) {
    if (isSameRecord(best, mark)) break
    place += 1
  }
  return place
}
