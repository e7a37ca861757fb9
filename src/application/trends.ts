import { addDays, type Bucket, bucketOf, bucketsBetween, isoWeekOf } from '../domain/statistics/calendar.ts'
import type { Formula } from '../domain/statistics/one-rep-max.ts'
import { isInAnswer, marksOf } from '../domain/statistics/records.ts'
import { type Trend, trendOf } from '../domain/statistics/trend.ts'
import { unitsOf, weightFrom } from '../domain/statistics/units.ts'
import type { Units } from '../domain/user/events.ts'
import type { LoggedSet, Range, RecordReads } from './records.ts'
import type { TotalReads } from './statistics.ts'

export const trendMetrics = ['volume', 'sessions', 'estimated-1rm', 'max-weight', 'measurement'] as const
export type TrendMetric = (typeof trendMetrics)[number]

export type TrendQuery = {
  metric: TrendMetric
  bucket: Bucket
  exerciseId?: string | undefined
  range: Range
  formula: Formula
}

/**
 * Of a bucket: its sum or its best, over how many days with anything to count, and these days' average and
 * best.
 */
export type TrendPoint = {
  start: string
  /** The ISO week, where the buckets are weeks. */
  week?: string
  value: number
  count: number
  average: number
  max: number
}

export type TrendAnswer = { unit: string | null; formula?: Formula; points: TrendPoint[]; trend: Trend }

// Nothing can be logged outside of these days, so no empty bucket is made there.
const FIRST_DATE = '1899-12-31'
const DAYS_AHEAD = 800

export async function trendOver(
  reads: { totals: TotalReads; records: RecordReads },
  userId: string,
  query: TrendQuery,
  { units, today }: { units: Units; today: string },
): Promise<TrendAnswer> {
  const { metric, bucket, exerciseId, range, formula } = query
  const { weight } = unitsOf[units]
  const answer = (unit: string | null, found: Omit<TrendPoint, 'week'>[]) => {
    const points = found.map((point) =>
      bucket === 'week' ? { ...point, week: isoWeekOf(point.start) } : point,
    )
    return { unit, ...(metric === 'estimated-1rm' && { formula }), points, trend: trendOf(points) }
  }
  if (metric === 'measurement') return answer(null, [])
  if (metric === 'estimated-1rm' || metric === 'max-weight') {
    const sets = await reads.records.countedSets(userId, exerciseId, range)
    const bests = bestOfDays(sets, metric, formula)
    const points = [...Map.groupBy(bests, ([date]) => bucketOf(date, bucket))].map(([start, days]) => ({
      start,
      ...best(days.map(([, value]) => weightFrom(value, weight))),
    }))
    return answer(weight, points)
  }
  const days = await reads.totals.days(userId, range, exerciseId)
  const inBuckets = Map.groupBy(days, ({ date }) => bucketOf(date, bucket))
  const from = range.from ?? days[0]?.date
  const to = range.to ?? days.at(-1)?.date
  const last = addDays(today, DAYS_AHEAD)
  const starts =
    from === undefined || to === undefined
      ? []
      : bucketsBetween(from < FIRST_DATE ? FIRST_DATE : from, to > last ? last : to, bucket)
  const summed = (start: string) => {
    const held = inBuckets.get(start) ?? []
    return metric === 'volume'
      ? sum(
          held.map(({ volume }) => volume),
          (micrograms) => weightFrom(micrograms, weight),
        )
      : sum(
          held.map(({ sessions }) => BigInt(sessions)),
          Number,
        )
  }
  return answer(
    metric === 'volume' ? weight : 'sessions',
    starts.map((start) => ({ start, ...summed(start) })),
  )
}

/** The best of each day that has one, in micrograms, by date. */
export function bestOfDays(
  sets: readonly LoggedSet[],
  kind: 'estimated-1rm' | 'max-weight',
  formula: Formula,
): [date: string, value: number][] {
  const bests = new Map<string, number>()
  for (const set of sets) {
    for (const mark of marksOf(set)) {
      if (mark.kind !== kind || !isInAnswer(mark, formula)) continue
      bests.set(set.localDate, Math.max(bests.get(set.localDate) ?? 0, mark.value))
    }
  }
  return [...bests].sort(([a], [b]) => (a < b ? -1 : 1))
}

function sum(values: readonly bigint[], convert: (value: bigint) => number) {
  const value = convert(values.reduce((total, one) => total + one, 0n))
  const max = convert(values.reduce((most, one) => (one > most ? one : most), 0n))
  return { value, count: values.length, average: value / Math.max(1, values.length), max }
}

function best(values: readonly number[]) {
  const max = Math.max(...values)
  return {
    value: max,
    count: values.length,
    average: values.reduce((total, one) => total + one, 0) / values.length,
    max,
  }
}
