import { bestSets } from '../domain/statistics/best-sets.ts'
import type { Formula } from '../domain/statistics/one-rep-max.ts'
import { distanceFrom, unitsOf, weightFrom } from '../domain/statistics/units.ts'
import type { Units } from '../domain/user/events.ts'
import type { LoggedSet, Range, RecordReads } from './records.ts'
import { bestOfDays } from './trends.ts'

/** What SQL found over a column: nothing where no set has it. Averages are of the sets that do. */
export type Summed<Sum> = { sum: Sum; average: number | null; max: number | null }

export type ExerciseTotals = {
  sets: number
  sessions: number
  lastDoneAt: string | null
  reps: Summed<number>
  weightMicrograms: Summed<bigint>
  volumeMicrograms: Summed<bigint>
  durationSeconds: Summed<number>
  distanceMillimeters: Summed<bigint>
}

const BEST_SETS = 5

/** One exercise in one person's history, its numbers in the units of that person. */
export async function exerciseStatistics(
  records: RecordReads,
  totals: ExerciseTotals,
  userId: string,
  exerciseId: string,
  { range, formula, units }: { range: Range; formula: Formula; units: Units },
) {
  const { weight, distance } = unitsOf[units]
  const { sets, sessions, lastDoneAt, reps, durationSeconds } = totals
  const done = await records.countedSets(userId, exerciseId, range)
  const inWeight = (value: number | bigint) => weightFrom(value, weight)
  const inDistance = (value: number | bigint) => distanceFrom(value, distance)
  return {
    sets,
    sessions,
    lastDoneAt,
    reps,
    weight: { ...converted(totals.weightMicrograms, inWeight), unit: weight },
    volume: { ...converted(totals.volumeMicrograms, inWeight), unit: weight },
    durationSeconds,
    distance: { ...converted(totals.distanceMillimeters, inDistance), unit: distance },
    bestSets: bestSets(done, BEST_SETS).map((set) => setAnswer(set, units)),
    formula,
    estimatedOneRepMax: bestOfDays(done, 'estimated-1rm', formula).map(([date, value]) => ({
      date,
      value: inWeight(value),
      unit: weight,
    })),
  }
}

function converted({ sum, average, max }: Summed<bigint>, convert: (value: number | bigint) => number) {
  const known = (value: number | null) => (value === null ? null : convert(value))
  return { sum: convert(sum), average: known(average), max: known(max) }
}

function setAnswer(set: LoggedSet, units: Units) {
  const {
    setId,
    sessionId,
    localDate,
    achievedAt,
    reps,
    weightMicrograms,
    durationSeconds,
    distanceMillimeters,
  } = set
  const { weight, distance } = unitsOf[units]
  return {
    setId,
    sessionId,
    date: localDate,
    achievedAt,
    ...(reps !== null && { reps }),
    ...(weightMicrograms !== null && { weight: weightFrom(weightMicrograms, weight), weightUnit: weight }),
    ...(durationSeconds !== null && { durationSeconds }),
    ...(distanceMillimeters !== null && {
      distance: distanceFrom(distanceMillimeters, distance),
      distanceUnit: distance,
    }),
  }
}
