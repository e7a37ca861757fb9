import type { RecordAnswer } from '../../src/application/record-answer.ts'
import type { PlainSession, PlainSet } from './random-training.ts'
import { exerciseOf } from './training.ts'

// The same numbers once more, from the final sets alone, in kilograms and with the plainest arithmetic.

type Done = PlainSet & { session: PlainSession; load: number | undefined }
type Mark = { kind: string; reps?: number; value: number; less?: true; set: Done; time: (string | number)[] }

export function countedSets(sessions: readonly PlainSession[], from = '', to = '9999'): Done[] {
  return sessions
    .filter(({ discarded, localDate }) => !discarded && localDate >= from && localDate <= to)
    .flatMap((session) => session.sets.map((set) => ({ ...set, session, load: loadOf(set, session) })))
    .filter((set) => set.kind !== 'warmup')
}

function loadOf({ exercise, weight = 0 }: PlainSet, session: PlainSession) {
  const metric = exerciseOf[exercise] as string
  const bodyWeight = session.bodyWeight ?? lastWeighed(session)
  if (metric.startsWith('weight-')) return weight
  if (bodyWeight === undefined || !metric.includes('bodyweight')) return undefined
  if (metric.startsWith('assisted')) return Math.max(0, bodyWeight - weight)
  return metric.startsWith('weighted') ? bodyWeight + weight : bodyWeight
}

function lastWeighed({ startedAt, weighings }: PlainSession) {
  const before = weighings.filter(({ measuredAt }) => measuredAt <= startedAt)
  before.sort((a, b) => compare([a.measuredAt, a.order], [b.measuredAt, b.order]))
  return before.at(-1)?.kilograms
}

export function plainSums(sessions: readonly PlainSession[], from = '', to = '9999') {
  const sets = countedSets(sessions, from, to)
  const held = sessions.filter(
    ({ discarded, localDate }) => !discarded && localDate >= from && localDate <= to,
  )
  const finished = held.filter(({ live }) => !live)
  const add = (values: number[]) => values.reduce((sum, value) => sum + value, 0)
  const rated = (effort: string) => finished.filter((session) => session.effort === effort).length
  return {
    sessions: held.length,
    sets: sets.length,
    reps: add(sets.map(({ reps = 0 }) => reps)),
    volume: { value: add(sets.map(({ load = 0, reps = 0 }) => load * reps)), unit: 'kg' },
    durationSeconds: 3600 * finished.length,
    distance: { value: add(sets.map(({ distance = 0 }) => distance)), unit: 'km' },
    byEffort: { easy: rated('easy'), average: rated('average'), heavy: rated('heavy') },
    exercisesDone: new Set(sets.map(({ exercise }) => exercise)).size,
  }
}

export function plainRecords(sessions: readonly PlainSession[], from = '', to = '9999'): RecordAnswer[] {
  const answers: RecordAnswer[] = []
  for (const [exerciseId, sets] of Map.groupBy(countedSets(sessions, from, to), ({ exercise }) => exercise)) {
    const marks = [...sets.flatMap(marksOf), ...sessionMarks(sets)]
    for (const rivals of Map.groupBy(marks, ({ kind, reps }) => `${kind} ${reps}`).values()) {
      rivals.sort((a, b) => compare(a.time, b.time))
      const first = rivals[0] as Mark
      const beats = (a: number, b: number) => (first.less ? a < b : a > b)
      const best = rivals.reduce((held, rival) => (beats(rival.value, held.value) ? rival : held))
      const earlier = rivals.slice(0, rivals.indexOf(best)).map(({ value }) => value)
      const previous = first.less ? Math.min(...earlier) : Math.max(...earlier)
      answers.push({
        exerciseId,
        name: `The ${exerciseId}`,
        kind: best.kind as RecordAnswer['kind'],
        value: best.value,
        unit: unitOf(best.kind),
        ...(best.reps !== undefined && { reps: best.reps }),
        ...(best.kind === 'estimated-1rm' && { formula: 'epley' as const }),
        achievedAt: best.time[1] as string,
        sessionId: best.set.session.id,
        setId: best.set.id,
        ...(earlier.length > 0 && { previous }),
      })
    }
  }
  const place = ({ exerciseId, kind, reps = 0 }: RecordAnswer) => [exerciseId, kind, reps]
  return answers.sort((a, b) => compare(place(a), place(b)))
}

function marksOf(set: Done): Mark[] {
  const { exercise, reps, weight, durationSeconds: seconds, distance, load, session } = set
  const metric = exerciseOf[exercise] as string
  const time = [session.localDate, set.achievedAt, set.order]
  const marks: Mark[] = []
  const mark = (kind: string, value: number | undefined, more = {}) => {
    if (value) marks.push({ kind, value, set, time, ...more })
  }
  if (reps === 0) return []
  if (metric.startsWith('assisted'))
    marks.push({ kind: 'least-assistance', value: weight as number, less: true, set, time })
  else mark('max-weight', weight)
  if (['weight-reps', 'weighted-bodyweight-reps'].includes(metric)) mark('weight-at-reps', weight, { reps })
  mark('max-reps', reps)
  if (load && reps) {
    mark('best-set-volume', load * reps)
    if (reps <= 12) mark('estimated-1rm', reps === 1 ? load : (load * (30 + reps)) / 30)
  }
  mark('longest-duration', seconds)
  mark('longest-distance', distance)
  if (seconds && distance) mark('best-pace', seconds / distance, { less: true })
  return marks
}

function sessionMarks(sets: readonly Done[]): Mark[] {
  const lifting = sets.filter(({ load, reps }) => load && reps)
  return [...Map.groupBy(lifting, ({ session }) => session)].map(([session, done]) => ({
    kind: 'best-session-volume',
    value: done.reduce((sum, { load = 0, reps = 0 }) => sum + load * reps, 0),
    set: done.toSorted((a, b) => a.order - b.order).at(-1) as Done,
    time: [session.localDate, session.startedAt, session.order],
  }))
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]) {
  const at = a.findIndex((value, index) => value !== b[index])
  return at === -1 ? 0 : (a[at] as string) < (b[at] as string) ? -1 : 1
}

function unitOf(kind: string) {
  const units: Record<string, string> = {
    'max-reps': 'reps',
    'longest-duration': 's',
    'longest-distance': 'km',
    'best-pace': 's/km',
  }
  return units[kind] ?? 'kg'
}
