import type { Metric } from '../exercise/events.ts'
import { estimatedOneRepMax, type Formula, formulas } from './one-rep-max.ts'

export const recordKinds = [
  'best-pace',
  'best-session-volume',
  'best-set-volume',
  'estimated-1rm',
  'least-assistance',
  'longest-distance',
  'longest-duration',
  'max-reps',
  'max-weight',
  'weight-at-reps',
] as const
export type RecordKind = (typeof recordKinds)[number]

/** A set that counts: no warm-up, not of a discarded session. What does not apply or is not known is null. */
export type CountedSet = {
  key: number
  session: number
  metric: Metric
  localDate: string
  achievedAt: string
  /** Of its session. */
  startedAt: string
  reps: number | null
  weightMicrograms: number | null
  loadMicrograms: number | null
  volume: number | null
  durationSeconds: number | null
  distanceMillimeters: number | null
}

/**
 * What a set is worth in one respect; `formula` is empty and `reps` 0 where they do not tell records apart.
 */
export type Mark = {
  kind: RecordKind
  formula: Formula | ''
  reps: number
  /** Micrograms, micrograms times reps, reps, seconds, millimetres, or seconds per metre. */
  value: number
}

export type Holder = { setKey: number; session: number; localDate: string; achievedAt: string }

/** The best mark of its kind, who holds it, and the best value before it in time; null for the first one. */
export type Best = Mark & Holder & { previous: number | null }

const lessIsBetter: ReadonlySet<RecordKind> = new Set(['least-assistance', 'best-pace'])

/** True when `value` beats `than`; equal values do not. */
export function isBetter(kind: RecordKind, value: number, than: number): boolean {
  return lessIsBetter.has(kind) ? value < than : value > than
}

/**
 * Everything that the set alone is worth, each kind of record at most once; what its session is worth comes
 * apart.
 */
export function marksOf(set: CountedSet): Mark[] {
  const { metric, reps, durationSeconds, distanceMillimeters } = set
  if (reps === 0) return []
  const marks: Mark[] = []
  const add = (kind: RecordKind, value: number | null, formula: Mark['formula'] = '', atReps = 0) => {
    if (value !== null && value > 0) marks.push({ kind, formula, reps: atReps, value })
  }
  if (metric === 'assisted-bodyweight-reps') {
    marks.push({ kind: 'least-assistance', formula: '', reps: 0, value: set.weightMicrograms as number })
  } else {
    add('max-weight', set.weightMicrograms)
    if (reps !== null) add('weight-at-reps', set.weightMicrograms, '', reps)
  }
  if (reps !== null) {
    add('max-reps', reps)
    add('best-set-volume', set.volume)
    for (const formula of formulas) {
      add('estimated-1rm', estimatedOneRepMax(set.loadMicrograms ?? 0, reps, formula) ?? null, formula)
    }
  }
  add('longest-duration', durationSeconds)
  add('longest-distance', distanceMillimeters)
  if (durationSeconds !== null && distanceMillimeters) {
    add('best-pace', durationSeconds / (distanceMillimeters / 1_000))
  }
  return marks
}

/**
 * What a session is worth for one exercise, by the sum of its sets; the last set that adds to it holds it.
 */
export function sessionMark(volume: bigint): Mark {
  // A sum beyond 2^53 would hang on the order of its parts: it is exact until it is compared.
  return { kind: 'best-session-volume', formula: '', reps: 0, value: Number(volume) }
}

export function holderOf({ key, session, localDate, achievedAt }: CountedSet): Holder {
  return { setKey: key, session, localDate, achievedAt }
}

/** A session's volume is dated at the start of the session, whenever its last set was done. */
export function sessionHolderOf({ key, session, localDate, startedAt }: CountedSet): Holder {
  return { setKey: key, session, localDate, achievedAt: startedAt }
}

/** Negative when `a` comes before `b`: by local date, then by the instant, then in the order of logging. */
export function compareInTime(kind: RecordKind, a: Holder, b: Holder): number {
  if (a.localDate !== b.localDate) return a.localDate < b.localDate ? -1 : 1
  if (a.achievedAt !== b.achievedAt) return a.achievedAt < b.achievedAt ? -1 : 1
  return kind === 'best-session-volume' ? a.session - b.session : a.setKey - b.setKey
}

/**
 * The best after one more mark, the same object when it changes nothing. Undefined when the mark takes over
 * from the past: only a look at what came before it can tell what it beat.
 */
export function bestWith(best: Best | undefined, mark: Mark, holder: Holder): Best | undefined {
  if (best === undefined) return { ...mark, ...holder, previous: null }
  const { kind, value } = mark
  const isBest = isBetter(kind, value, best.value)
  const order = compareInTime(kind, holder, best)
  if (order > 0) return isBest ? { ...mark, ...holder, previous: best.value } : best
  // In its own place stands a session that goes on, with more volume than before.
  if (order === 0) return { ...best, ...mark, setKey: holder.setKey }
  if (isBest || value === best.value) return undefined
  const raises = best.previous === null || isBetter(kind, value, best.previous)
  return raises ? { ...best, previous: value } : best
}

/** The best that a mark becomes which takes over from the past; `sets` holds all up to its local date. */
export function bestFromPast(sets: readonly CountedSet[], mark: Mark, holder: Holder): Best {
  const placed = mark.kind === 'best-session-volume' ? sessionHolderOf : holderOf
  const before = sets.filter((set) => compareInTime(mark.kind, placed(set), holder) < 0)
  return {
    ...mark,
    ...holder,
    previous: bestsOf(before).find((best) => isSameRecord(best, mark))?.value ?? null,
  }
}

/**
 * False when a best stays as it is without this mark: it is not held by it, and was no stronger before it.
 */
export function restsOn(best: Best, mark: Mark, holder: Holder): boolean {
  const order = compareInTime(mark.kind, holder, best)
  if (order >= 0) return order === 0
  return best.previous === null || !isBetter(mark.kind, best.previous, mark.value)
}

/** The bests of one exercise, from all sets that count in whatever order they come. */
export function bestsOf(sets: readonly CountedSet[]): Best[] {
  // By name and then by reps: to make one key of all that tells them apart costs more than all else here.
  const bests = new Map<RecordKind | Formula, Best[]>()
  const sessions = new Map<number, { volume: bigint; last: CountedSet }>()
  const enter = (mark: Mark, holder: Holder) => {
    const name = mark.formula || mark.kind
    const ofName = bests.get(name) ?? []
    if (ofName.length === 0) bests.set(name, ofName)
    ofName[mark.reps] = bestWith(ofName[mark.reps], mark, holder) as Best
  }
  const inTime = sets.toSorted((a, b) => compareInTime('max-reps', holderOf(a), holderOf(b)))
  for (const set of inTime) {
    const holder = holderOf(set)
    for (const mark of marksOf(set)) enter(mark, holder)
    if (!set.volume) continue
    const session = sessions.get(set.session)
    const last = session === undefined || set.key > session.last.key ? set : session.last
    sessions.set(set.session, { volume: (session?.volume ?? 0n) + BigInt(set.volume), last })
  }
  const totals = [...sessions.values()].map(({ volume, last }) => ({ volume, holder: sessionHolderOf(last) }))
  totals.sort((a, b) => compareInTime('best-session-volume', a.holder, b.holder))
  for (const { volume, holder } of totals) enter(sessionMark(volume), holder)
  return [...bests.values()].flat()
}

/** True for records that no formula estimates, and for those of the formula asked for. */
export function isInAnswer(mark: Mark, formula: Formula): boolean {
  return mark.formula === '' || mark.formula === formula
}

/** What tells the records of one exercise apart. */
export function isSameRecord(a: Mark, b: Mark): boolean {
  return a.kind === b.kind && a.formula === b.formula && a.reps === b.reps
}
