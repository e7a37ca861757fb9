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
  after: Exercises
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

const KEPT_PEOPLE = 1000
/** New sets stand behind all that are stored, whose keys stay far below, and behind those kept before. */
let lastKey = 2 ** 52

/** Keeps for each person how the exercises stand in the session that they logged into last. */
export function createMadeRecords(reads: RecordReads, changes?: Changes): MadeRecords {
  const kept = keptWhileUnchanged<{ sessionId: string; exercises: Exercises }>(changes, KEPT_PEOPLE)

  async function read(userId: string, sessionId: string, exerciseId: string): Promise<ExerciseStanding> {
    const standing = await reads.standingOf(userId, sessionId, exerciseId)
    return { ...standing, bests: await reads.bestsOf(userId, exerciseId) }
  }

  return {
    async made(userId, sessionId, sets, units) {
      const moment = changes?.momentOf(userId)
      const known = kept.find(userId)
      const before = known?.sessionId === sessionId ? known.exercises : undefined
      const after: Exercises = new Map()
      const records: RecordAnswer[] = []
      for (const [exerciseId, logged] of Map.groupBy(sets, (set) => set.exerciseId)) {
        const standing = before?.get(exerciseId) ?? (await read(userId, sessionId, exerciseId))
        const counted = countedOf(logged, standing)
        const [first] = counted
        const reached = await standingAfter(reads, userId, exerciseId, counted, standing)
        after.set(exerciseId, reached)
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
      for (const [exerciseId, reached] of after) before?.set(exerciseId, reached)
      const exercises = before ?? after
      kept.keep(userId, moment && afterOne(moment), { sessionId, exercises })
    },
    forget: kept.forget,
  }
}

/** As they will count, in their own order; warm-ups are none of them. */
function countedOf(
  logged: readonly Logged[],
  { session, startedAt, localDate, bodyWeightMicrograms }: SessionStanding,
) {
  return logged.flatMap((set) => {
    if (set.kind === 'warmup') return []
    const load = effectiveLoadMicrograms(set.metric, set.weightMicrograms, bodyWeightMicrograms ?? undefined)
    lastKey += 1
    const counted = {
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
    }
    return [counted]
  })
}

async function standingAfter(
  reads: RecordReads,
  userId: string,
  exerciseId: string,
  added: readonly CountedSet[],
  before: ExerciseStanding,
): Promise<ExerciseStanding> {
  const bests = [...before.bests]
  let { volume } = before
  let stored: readonly CountedSet[] | undefined
  for (const set of added) {
    volume += BigInt(set.volume ?? 0)
    const alone = marksOf(set)
    const marks = set.volume ? [...alone, sessionMark(volume)] : alone
    const [ofSet, ofSession] = [holderOf(set), sessionHolderOf(set)]
    for (const [index, mark] of marks.entries()) {
      const holder = index < alone.length ? ofSet : ofSession
      const place = placeOf(bests, mark)
      let best = bestWith(bests[place], mark, holder)
      if (best === undefined) {
        stored ??= await reads.countedSets(userId, exerciseId, { to: set.localDate })
        best = bestFromPast([...stored, ...added], mark, holder)
      }
      bests[place] = best
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
