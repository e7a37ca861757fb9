import type { MeasurementKind } from '../domain/measurement/events.ts'
import { convertedTo, unitOf } from '../domain/measurement/kinds.ts'
import { type Refusal, refuseFields } from '../domain/refusal.ts'
import { addDays, type Bucket, bucketOf, bucketsBetween, isoWeekOf } from '../domain/statistics/calendar.ts'
import { MEAN_DAYS, trailingMeans } from '../domain/statistics/moving-average.ts'
import type { Formula } from '../domain/statistics/one-rep-max.ts'
import { isInAnswer, marksOf } from '../domain/statistics/records.ts'
import { type Trend, trendOf } from '../domain/statistics/trend.ts'
import { unitsOf, weightFrom } from '../domain/statistics/units.ts'
import type { Units } from '../domain/user/events.ts'
import type { Asker } from './answers.ts'
import type { MeasurementReads } from './measurements.ts'
import type { LoggedSet, Range, RecordReads } from './records.ts'
import type { TotalReads } from './statistics.ts'

export const trendMetrics = ['volume', 'sessions', 'estimated-1rm', 'max-weight', 'measurement'] as const
export type TrendMetric = (typeof trendMetrics)[number]

export type TrendQuery = {
  metric: TrendMetric
  bucket: Bucket
  exerciseId?: string | undefined
  /** What was measured; needed for measurements alone. */
  kind?: MeasurementKind | undefined
  range: Range
  formula: Formula
}

/**
 * Of a bucket: its sum, its best or, of measurements, its average, over how many days with anything to count,
 * and these days' average and best.
 */
export type TrendPoint = {
  start: string
  /** The ISO week, where the buckets are weeks. */
  week?: string
  value: number
  count: number
  average: number
  max: number
  /** Of measurements, as it stood after the last day measured in the bucket. */
  movingAverage?: number
}

export type TrendAnswer = {
  unit: string | null
  formula?: Formula
  movingAverage?: { formula: 'trailing-mean'; days: number }
  points: TrendPoint[]
  trend: Trend
}

export type TrendReads = {
  totals: Pick<TotalReads, 'days'>
  records: Pick<RecordReads, 'countedSets'>
  measurements: Pick<MeasurementReads, 'days'>
}

// Nothing can be logged outside of these days, so no empty bucket is made there.
const FIRST_DATE = '1899-12-31'
export const DAYS_AHEAD = 800

/** Refuses to tell of measurements without their kind. */
export async function trendOver(
  reads: TrendReads,
  userId: string,
  query: TrendQuery,
  { units, today }: Asker,
): Promise<TrendAnswer | Refusal> {
  const { metric, bucket, exerciseId, kind, range, formula } = query
  const { weight } = unitsOf[units]
  const answer = (unit: string | null, found: Omit<TrendPoint, 'week'>[]) => {
    const points = found.map((point) =>
      bucket === 'week' ? { ...point, week: isoWeekOf(point.start) } : point,
    )
    return { unit, ...(metric === 'estimated-1rm' && { formula }), points, trend: trendOf(points) }
  }
  if (metric === 'measurement') {
    if (kind === undefined) return kindNeeded()
    const { unit, points } = await measuredIn(reads.measurements, userId, kind, { bucket, range, units })
    return { ...answer(unit, points), movingAverage: { formula: 'trailing-mean', days: MEAN_DAYS } }
  }
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

/** Days before the range are looked at too, as the moving averages of its first days reach back to them. */
async function measuredIn(
  reads: TrendReads['measurements'],
  userId: string,
  kind: MeasurementKind,
  { bucket, range: { from, to }, units }: { bucket: Bucket; range: Range; units: Units },
) {
  const reaching = { from: from && addDays(from, 1 - MEAN_DAYS), to }
  const found = await reads.days(userId, kind, reaching)
  const unit = unitOf(kind, units) || (found.unit ?? null)
  const convert = convertedTo(kind, unit ?? '')
  const days = found.days.map(({ date, average, max }) => ({
    date,
    value: convert(average),
    max: convert(max),
  }))
  const means = new Map(trailingMeans(days).map(({ date, value }) => [date, value]))
  const inRange = days.filter(({ date }) => from === undefined || date >= from)
  const points = [...Map.groupBy(inRange, ({ date }) => bucketOf(date, bucket))].map(([start, held]) => {
    const { average, count } = best(held.map(({ value }) => value))
    const max = Math.max(...held.map((day) => day.max))
    const movingAverage = means.get(held.at(-1)?.date as string) as number
    return { start, value: average, count, average, max, movingAverage }
  })
  return { unit, points }
}

function kindNeeded() {
  return refuseFields([
    { pointer: '/kind', code: 'required', message: '`kind` tells which measurements are meant.' },
  ])
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
