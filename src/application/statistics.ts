import type { Language, Muscle } from '../domain/exercise/events.ts'
import { isRefusal, type Refusal, refuse, refuseFields } from '../domain/refusal.ts'
import type { Formula } from '../domain/statistics/one-rep-max.ts'
import { streakOf } from '../domain/statistics/streak.ts'
import { distanceFrom, unitsOf, weightFrom } from '../domain/statistics/units.ts'
import type { Units } from '../domain/user/events.ts'
import { type AnswersNeed, createAnswers } from './answers.ts'
import { type ExerciseTotals, exerciseStatistics } from './exercise-statistics.ts'
import type { ExerciseReads } from './exercises.ts'
import type { MeasurementReads } from './measurements.ts'
import { type PlanStatisticReads, planStatistics } from './plan-statistics.ts'
import {
  createRecords,
  type Range,
  type RecordFilter,
  type RecordPlace,
  type RecordReads,
} from './records.ts'
import { type LoadReads, loadOver } from './training-load.ts'
import { type TrendQuery, trendOver } from './trends.ts'

export type Totals = {
  /** Live ones too; durations and efforts are those of the finished ones. */
  sessions: number
  finished: number
  sets: number
  reps: number
  volumeMicrograms: bigint
  durationSeconds: number
  distanceMillimeters: bigint
  easy: number
  average: number
  heavy: number
}

export type DayTotal = { date: string; sessions: number; volume: bigint }
export type MuscleTotal = { muscle: Muscle; halfSets: number; halfVolume: bigint }

/** Sums that are kept; ranges are of local dates, both ends inclusive. */
export interface TotalReads {
  /** Different whenever anything that this person's statistics are made of may be different. */
  dependsOn(userId: string): Promise<string>
  totals(userId: string, range: Range): Promise<Totals>
  /** How many exercises have sets, and the one with the most of them, the last done of equals. */
  exercisesDone(
    userId: string,
    range: Range,
  ): Promise<{ count: number; most?: { exerciseId: string; sets: number } }>
  /** Of each week with a finished session a day or several, in order. */
  weeks(userId: string, range: Range): Promise<string[]>
  /** Days with a session, or with sets of the exercise, in order. */
  days(userId: string, range: Range, exerciseId?: string): Promise<DayTotal[]>
  /** A primary muscle counts two halves, a secondary one counts one. */
  muscles(userId: string, range: Range): Promise<MuscleTotal[]>
  exercise(userId: string, exerciseId: string, range: Range): Promise<ExerciseTotals>
}

export type StatisticsNeed = AnswersNeed & {
  totals: TotalReads
  records: RecordReads
  measurements: Pick<MeasurementReads, 'days'>
  loads: LoadReads
  plans: PlanStatisticReads
  exercises: Pick<ExerciseReads, 'find'>
}

export type Statistics = ReturnType<typeof createStatistics>

export function createStatistics(need: StatisticsNeed) {
  const { totals, records, plans, exercises, users } = need
  const best = createRecords({ reads: records, users })
  const answered = createAnswers(need)

  async function nameOf(userId: string, exerciseId: string, language: Language) {
    return (await exercises.find(userId, exerciseId, language))?.name ?? exerciseId
  }

  return {
    /** Everything at a glance. Refuses a range that ends before it begins, as all below do. */
    async summary(userId: string, range: Range, language: Language) {
      return (
        wrongRange(range) ??
        answered(userId, { summary: range, language }, async ({ units, today }) => {
          const [sums, done, weeks, planned] = await Promise.all([
            totals.totals(userId, range),
            totals.exercisesDone(userId, range),
            totals.weeks(userId, range),
            planStatistics(plans, userId, range),
          ])
          const { most } = done
          const lastDay = range.to !== undefined && range.to < today ? range.to : today
          return {
            period: periodOf(range),
            ...summaryOf(sums, units),
            exercisesDone: done.count,
            mostPopularPlan: planned.mostPopularPlan,
            mostPopularExercise:
              most === undefined ? null : { ...most, name: await nameOf(userId, most.exerciseId, language) },
            streak: streakOf(weeks, lastDay),
            adherence: planned.adherence,
          }
        })
      )
    },

    /** A page of the best within the range, by exercise, kind and reps. */
    async records(userId: string, filter: RecordFilter, limit: number, after?: RecordPlace) {
      const list = () => best.list(userId, filter, limit, after)
      return wrongRange(filter.range) ?? answered(userId, { records: filter, limit, after }, list)
    },

    async trends(userId: string, query: TrendQuery) {
      return (
        wrongRange(query.range) ??
        answered(userId, { trends: query }, async (asker) => {
          const trend = await trendOver(need, userId, query, asker)
          return isRefusal(trend) ? trend : { period: periodOf(query.range), ...trend }
        })
      )
    },

    /** How hard training was day by day, the last 90 days unless told. */
    async load(userId: string, range: Range) {
      return (
        wrongRange(range) ??
        answered(userId, { load: range }, ({ today }) => loadOver(need.loads, userId, range, today))
      )
    },

    /** Refuses `not-found` for an exercise that this person does not know. */
    async exercise(userId: string, exerciseId: string, range: Range, formula: Formula, language: Language) {
      return (
        wrongRange(range) ??
        answered(userId, { exerciseId, range, formula, language }, async ({ units }) => {
          const found = await exercises.find(userId, exerciseId, language)
          if (found === undefined) return refuse('not-found', 'There is no such exercise.')
          const sums = await totals.exercise(userId, exerciseId, range)
          const choice = { range, formula, units }
          const statistics = await exerciseStatistics(records, sums, userId, exerciseId, choice)
          return {
            period: periodOf(range),
            exerciseId,
            name: found.name,
            metric: found.metric,
            ...statistics,
          }
        })
      )
    },

    async muscles(userId: string, range: Range) {
      return (
        wrongRange(range) ??
        answered(userId, { muscles: range }, async ({ units }) => {
          const unit = unitsOf[units].weight
          const muscles = (await totals.muscles(userId, range)).map(({ muscle, halfSets, halfVolume }) => ({
            muscle,
            sets: halfSets / 2,
            volume: { value: weightFrom(halfVolume, unit) / 2, unit },
          }))
          return { period: periodOf(range), muscles }
        })
      )
    },

    /** The year asked for, the range, or what both have in common; this year where nothing is asked. */
    async calendar(userId: string, year: number | undefined, range: Range) {
      return (
        wrongRange(range) ??
        answered(userId, { calendar: range, year }, async ({ units, today }) => {
          const unit = unitsOf[units].weight
          const period = yearOf(year, range, today)
          const days = (await totals.days(userId, period)).map(({ date, sessions, volume }) => ({
            date,
            sessions,
            volume: { value: weightFrom(volume, unit), unit },
          }))
          return { period: periodOf(period), days }
        })
      )
    },
  }
}

function summaryOf(sums: Totals, units: Units) {
  const { sessions, finished, sets, reps, durationSeconds, easy, average, heavy } = sums
  const { weight, distance } = unitsOf[units]
  const volume = weightFrom(sums.volumeMicrograms, weight)
  const rated = easy + average + heavy
  const perSession = (sum: number, count = sessions) => sum / Math.max(1, count)
  return {
    sessions,
    sets,
    reps,
    volume: { value: volume, unit: weight },
    durationSeconds,
    distance: { value: distanceFrom(sums.distanceMillimeters, distance), unit: distance },
    byEffort: { easy, average, heavy },
    averages: {
      sets: perSession(sets),
      reps: perSession(reps),
      volume: { value: perSession(volume), unit: weight },
      durationSeconds: perSession(durationSeconds, finished),
      effort: rated === 0 ? null : (easy + 2 * average + 3 * heavy) / rated,
    },
  }
}

function wrongRange({ from, to }: Range): Refusal | undefined {
  if (from === undefined || to === undefined || from <= to) return undefined
  return refuseFields([{ pointer: '/from', code: 'out-of-order', message: '`from` must not be after `to`.' }])
}

function periodOf({ from, to }: Range) {
  return { from: from ?? null, to: to ?? null }
}

function yearOf(year: number | undefined, { from, to }: Range, today: string): Range {
  const open = from === undefined && to === undefined
  const named = year ?? (open ? Number(today.slice(0, 4)) : undefined)
  if (named === undefined) return { from, to }
  const first = `${String(named).padStart(4, '0')}-01-01`
  const last = first.replace('-01-01', '-12-31')
  return {
    from: from === undefined || from < first ? first : from,
    to: to === undefined || to > last ? last : to,
  }
}
