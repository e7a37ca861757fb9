/** One line of a log: one set. */
export type Row = {
  date: string
  exercise: string
  metric: string
  weightLb: number | undefined
  reps: number | undefined
  distance: number | undefined
  distanceUnit: 'm' | 'mi' | undefined
  seconds: number | undefined
}

export type Figures = {
  sessions: number
  sets: number
  reps: number
  volumeLb: number
  distanceMeters: number
  exercises: number
  longestStreakWeeks: number
  monthlyVolumeLb: Record<string, number>
  records: Record<string, Record<string, { value: number; date: string }>>
}

const DAY = 86_400_000

/** The figures computed in the plainest way from the rows, to compare the service's with. */
export function figuresOf(rows: readonly Row[]): Figures {
  const volume = (row: Row) => (row.metric === 'weight-reps' ? (row.weightLb ?? 0) * (row.reps ?? 0) : 0)
  const meters = (row: Row) => (row.distance ?? 0) * (row.distanceUnit === 'mi' ? 1609.344 : 1)
  const sum = (of: readonly Row[], what: (row: Row) => number) =>
    of.reduce((total, row) => total + what(row), 0)
  const records: Figures['records'] = {}
  for (const [exercise, sets] of Map.groupBy(rows, (row) => row.exercise)) {
    records[exercise] = recordsOf(sets, volume, meters)
    if (Object.keys(records[exercise]).length === 0) delete records[exercise]
  }
  const monthly: Record<string, number> = {}
  for (const [month, sets] of Map.groupBy(rows, (row) => row.date.slice(0, 7))) {
    if (sum(sets, volume) > 0) monthly[month] = sum(sets, volume)
  }
  return rounded({
    sessions: new Set(rows.map((row) => row.date)).size,
    sets: rows.length,
    reps: sum(rows, (row) => row.reps ?? 0),
    volumeLb: sum(rows, volume),
    distanceMeters: sum(rows, meters),
    exercises: new Set(rows.map((row) => row.exercise)).size,
    longestStreakWeeks: longestStreak(rows),
    monthlyVolumeLb: monthly,
    records,
  })
}

function recordsOf(sets: readonly Row[], volume: (row: Row) => number, meters: (row: Row) => number) {
  const best: Record<string, { value: number; date: string }> = {}
  const offer = (kind: string, value: number | undefined, date: string) => {
    const held = best[kind]
    if (value === undefined || value <= 0) return
    if (held === undefined || value > held.value || (value === held.value && date < held.date))
      best[kind] = { value, date }
  }
  for (const row of sets) {
    const weight = row.metric === 'weight-reps' ? row.weightLb : undefined
    const reps = row.reps ?? 0
    offer('max-reps', reps, row.date)
    if (reps > 0) offer('max-weight', weight, row.date)
    if (weight !== undefined && reps === 1) offer('estimated-1rm', weight, row.date)
    if (weight !== undefined && reps > 1 && reps <= 12)
      offer('estimated-1rm', weight * (1 + reps / 30), row.date)
    offer('longest-duration', row.seconds, row.date)
    offer('longest-distance', meters(row), row.date)
  }
  for (const [date, day] of Map.groupBy(sets, (row) => row.date)) {
    offer(
      'best-session-volume',
      day.reduce((total, row) => total + volume(row), 0),
      date,
    )
  }
  return best
}

function longestStreak(rows: readonly Row[]): number {
  const weeks = rows.map((row) => Math.floor((Date.parse(row.date) / DAY + 3) / 7)).sort((a, b) => a - b)
  let longest = 0
  let run = 0
  let last = Number.NaN
  for (const week of new Set(weeks)) {
    run = week === last + 1 ? run + 1 : 1
    longest = Math.max(longest, run)
    last = week
  }
  return longest
}

/** Every number to two decimals. */
export function rounded<T>(value: T): T {
  if (typeof value === 'number') return (Math.round((value + Number.EPSILON) * 100) / 100) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)])) as T
}
