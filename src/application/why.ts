import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Formula } from '../domain/statistics/one-rep-max.ts'
import {
  compareInTime,
  holderOf,
  isBetter,
  isInAnswer,
  type Mark,
  marksOf,
  type RecordKind,
  sessionHolderOf,
  sessionMark,
} from '../domain/statistics/records.ts'
import { unitsOf, weightFrom } from '../domain/statistics/units.ts'
import type { Units } from '../domain/user/events.ts'
import type { EventLog } from './event-log.ts'
import { measureOf } from './record-units.ts'
import type { LoggedSet, RecordReads } from './records.ts'
import { streamOf } from './session-requests.ts'
import { type OwnEvent, shown } from './user-events.ts'
import type { UserReads } from './users.ts'

/** Which record: as `GET /v1/statistics/records` tells them apart. */
export type RecordAsked = {
  exerciseId: string
  kind: RecordKind
  reps?: number | undefined
  formula: Formula
}

type Held = { value: number; setId: string; sessionId: string; achievedAt: string; events: OwnEvent[] }

/** The events that make a record what it is; all events in the order of the log. */
export type Why = {
  record: RecordAsked & { value: number; unit: string }
  /** How the value comes about, and the numbers of each set that it is made of. */
  arithmetic: { formula: string; sets: Readonly<Record<string, number | string>>[] }
  sets: OwnEvent[]
  session: OwnEvent[]
  /** Where the body weight comes from that the value hangs on; none where it hangs on none. */
  bodyWeight: OwnEvent[]
  /** The records before it, the last one first. */
  replaced: Held[]
}

export type WhyNeed = {
  records: Pick<RecordReads, 'countedSets'>
  users: Pick<UserReads, 'settingsOf'>
  log: Pick<EventLog, 'readStream'>
  /** The stream of the measurement that a session without a body weight of its own takes it from. */
  weighing: (userId: string, sessionId: string) => string | undefined
}

type Holding = { mark: Mark; sets: readonly LoggedSet[] }

const formulas: Readonly<Record<Formula, string>> = {
  epley: 'load x (30 + reps) / 30; the load itself at 1 repetition',
  brzycki: 'load x 36 / (37 - reps); the load itself at 1 repetition',
  lombardi: 'load x reps ^ 0.1; the load itself at 1 repetition',
}
const arithmetic: Partial<Readonly<Record<RecordKind, string>>> = {
  'best-set-volume': 'load x reps',
  'best-session-volume': 'the sum of load x reps',
  'best-pace': 'seconds / distance',
}

/** Refuses `not-found` where there is no such record. */
export async function whyRecord(need: WhyNeed, userId: string, asked: RecordAsked): Promise<Why | Refusal> {
  const { records, users, log, weighing } = need
  const { units } = await users.settingsOf(userId)
  const held = progression(await records.countedSets(userId, asked.exerciseId, {}), asked)
  const best = held.at(-1)
  if (best === undefined) return refuse('not-found', 'There is no such record.')
  const [unit, convert] = measureOf(asked.kind, units)

  async function eventsOf({ mark, sets }: Holding): Promise<Held> {
    const { sessionId, setId, achievedAt } = sets.at(-1) as LoggedSet
    const ids = new Set(sets.map((set) => set.setId))
    const events = await log.readStream(streamOf(userId, sessionId))
    const about = events.filter(({ data }) => mentions(data, ids)).map(shown)
    return { value: convert(mark.value), setId, sessionId, achievedAt, events: about }
  }

  const { events, sessionId } = await eventsOf(best)
  const whole = await log.readStream(streamOf(userId, sessionId))
  const hangsOnBody = best.sets.some(({ metric }) => metric.includes('bodyweight')) && usesLoad(asked.kind)
  const weighed = hangsOnBody ? weighing(userId, sessionId) : undefined
  const ownWeight = whole.filter(({ data }) => 'bodyWeight' in data)
  return {
    record: { ...asked, value: convert(best.mark.value), unit },
    arithmetic: {
      formula:
        asked.kind === 'estimated-1rm' ? formulas[asked.formula] : (arithmetic[asked.kind] ?? 'as logged'),
      sets: best.sets.map((set) => numbersOf(set, units)),
    },
    sets: events,
    session: whole.filter(({ data }) => !('setId' in data)).map(shown),
    bodyWeight: !hangsOnBody
      ? []
      : (weighed === undefined ? ownWeight : await log.readStream(weighed)).map(shown),
    replaced: await Promise.all(held.slice(0, -1).toReversed().map(eventsOf)),
  }
}

/** Everything that ever was the best by what stands now, in time. */
function progression(sets: readonly LoggedSet[], asked: RecordAsked): Holding[] {
  const { kind, formula, reps = 0 } = asked
  const bySession = kind === 'best-session-volume'
  const rivals = bySession
    ? sessionsOf(sets)
    : sets.flatMap((set) => marksOf(set).map((mark) => ({ mark, sets: [set] })))
  const fitting = rivals.filter(
    ({ mark }) => mark.kind === kind && isInAnswer(mark, formula) && mark.reps === reps,
  )
  const placed = bySession ? sessionHolderOf : holderOf
  const last = ({ sets: held }: Holding) => placed(held.at(-1) as LoggedSet)
  const held: Holding[] = []
  for (const rival of fitting.toSorted((a, b) => compareInTime(kind, last(a), last(b)))) {
    const best = held.at(-1)
    if (best === undefined || isBetter(kind, rival.mark.value, best.mark.value)) held.push(rival)
  }
  return held
}

function sessionsOf(sets: readonly LoggedSet[]): Holding[] {
  const lifting = sets.filter(({ volume }) => volume).toSorted((a, b) => a.key - b.key)
  return [...Map.groupBy(lifting, ({ session }) => session).values()].map((done) => ({
    mark: sessionMark(done.reduce((sum, { volume }) => sum + BigInt(volume ?? 0), 0n)),
    sets: done,
  }))
}

function usesLoad(kind: RecordKind): boolean {
  return ['estimated-1rm', 'best-set-volume', 'best-session-volume'].includes(kind)
}

function numbersOf(set: LoggedSet, units: Units) {
  const { setId, reps, weightMicrograms, loadMicrograms, durationSeconds, distanceMillimeters } = set
  const unit = unitsOf[units].weight
  return {
    setId,
    ...(reps !== null && { reps }),
    ...(weightMicrograms !== null && { weight: weightFrom(weightMicrograms, unit) }),
    ...(loadMicrograms !== null && { load: weightFrom(loadMicrograms, unit), unit }),
    ...(durationSeconds !== null && { durationSeconds }),
    ...(distanceMillimeters !== null && { distanceMillimeters }),
  }
}

/** Whatever kind of event it is: it is about a set where it names its id, at any depth. */
function mentions(data: unknown, setIds: ReadonlySet<string>): boolean {
  if (typeof data === 'string') return setIds.has(data)
  return (
    typeof data === 'object' && data !== null && Object.values(data).some((part) => mentions(part, setIds))
  )
}
