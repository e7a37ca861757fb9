import { addDays, localDateOf, mondayOf } from '../statistics/calendar.ts'
import type { Direction, GoalDetails, GoalKind } from './events.ts'
import { forecastOf, type Point } from './forecast.ts'
import type { Goal } from './goal.ts'
import { countOf, quantityOf } from './scale.ts'

/** A fact that a goal follows, counted as `countOf` counts. */
export type DatedValue = {
  /** The local date. */
  date: string
  at: string
  value: number
  /** It was told of before the goal was set. */
  stood?: boolean
}

/** Where somebody stands with a goal, in the counts of its values. */
export type GoalProgress = {
  start: number | null
  current: number | null
  /** The part of the way from start to target, from 0 to 1. */
  progress: number
  /** Null as long as it is not told and there is no start. */
  direction: Direction | null
  status: 'active' | 'achieved' | 'abandoned'
  /** When the first fact reached the target, in the order of time; null unless achieved. */
  achievedAt: string | null
  forecastOn: string | null
}

/** The day that it is where the person lives. */
export type Today = { today: string; timeZone: string }

const RECENT_DAYS = 90

/** Of these kinds the best ever counts, of the others the latest. */
export function followsBest(kind: GoalKind): boolean {
  return kind === 'frequency' || quantityOf[kind] !== undefined
}

/** The best of some values, or the latest of them, by the kind of the goal. */
export function bestOf({ kind, direction }: GoalDetails, values: readonly DatedValue[]): number | undefined {
  if (!followsBest(kind)) return values.at(-1)?.value
  const counts = values.map(({ value }) => value)
  if (counts.length === 0) return undefined
  return counts.reduce((best, count) => (reaches(direction, count, best) ? count : best))
}

/**
 * Start, current value and all that follows from the values there are, in their order of time. Nothing is
 * kept from one time to the next: what a correction takes away is gone.
 */
export function progressOf(goal: Goal, values: readonly DatedValue[], day: Today): GoalProgress {
  const { details, status } = goal
  const target = countOf(details.target, details)
  const start = details.start === undefined ? startWithout(details, values) : countOf(details.start, details)
  const direction = details.direction ?? (start === undefined ? undefined : target < start ? 'down' : 'up')
  const current = bestOf(details, values)
  const reached = candidates(details.kind, values).find(({ value }) => reaches(direction, value, target))
  const pursued = status === 'pursued'
  return {
    start: start ?? null,
    current: current ?? null,
    progress: current === undefined || start === undefined ? 0 : partOf(start, current, target, direction),
    direction: direction ?? null,
    status: pursued ? (reached === undefined ? 'active' : 'achieved') : 'abandoned',
    achievedAt: pursued && reached !== undefined ? reached.at : null,
    forecastOn:
      pursued && reached === undefined && direction !== undefined
        ? forecastOf(pointsOf(goal, values, day), target, direction, day.today)
        : null,
  }
}

/** Where nothing was when the goal was set: from nothing up, or from the first value that came. */
function startWithout({ kind, direction }: GoalDetails, values: readonly DatedValue[]): number | undefined {
  const isMeasured = kind === 'body-weight' || kind === 'measurement'
  return isMeasured || direction === 'down' ? values[0]?.value : 0
}

function reaches(direction: Direction | undefined, value: number, target: number): boolean {
  return direction === 'down' ? value <= target : value >= target
}

/**
 * What may have reached the target. A weight of long ago, that was left since, reached nothing: of the values
 * that stood when the goal was set only the last one counts.
 */
function candidates(kind: GoalKind, values: readonly DatedValue[]): readonly DatedValue[] {
  if (followsBest(kind)) return values
  const last = values.findLast(({ stood }) => stood)
  return values.filter((value) => !value.stood || value === last)
}

function partOf(start: number, current: number, target: number, direction: Direction | undefined): number {
  const way = target - start
  if (way === 0 || way > 0 !== (direction !== 'down')) return reaches(direction, current, target) ? 1 : 0
  return Math.min(1, Math.max(0, (current - start) / way))
}

/** The values of the time since the goal was set, but no less than the last 90 days. */
function pointsOf(
  { details, setAt }: Goal,
  values: readonly DatedValue[],
  { today, timeZone }: Today,
): Point[] {
  const setOn = localDateOf(setAt, timeZone)
  const recent = addDays(today, -RECENT_DAYS)
  const from = setOn < recent ? setOn : recent
  const points = values.filter(({ date }) => date >= from).map(({ date, value }) => ({ start: date, value }))
  return details.kind === 'frequency' ? weeksOf(points, today) : points
}

/** What each whole week came to, from the first one with a session. */
function weeksOf(points: readonly Point[], today: string): Point[] {
  const counts = new Map(points.map(({ start, value }) => [mondayOf(start), value]))
  const weeks: Point[] = []
  const [first = today] = counts.keys()
  for (let start = first; start < mondayOf(today); start = addDays(start, 7)) {
    weeks.push({ start, value: counts.get(start) ?? 0 })
  }
  return weeks
}
