import Type from 'typebox'
import { muscles } from '../../domain/exercise/events.ts'
import { formulas } from '../../domain/statistics/one-rep-max.ts'
import { recordKinds } from '../../domain/statistics/records.ts'
import { DateTime, Id, LocalDate, Nullable, OneOf } from './schemas.ts'

const Count = Type.Integer({ minimum: 0, examples: [24] })
const WeightUnit = OneOf(['kg', 'lb'], { description: 'That of the user.' })
const DistanceUnit = OneOf(['km', 'mi'], { description: 'That of the user.' })
const Unit = Type.String({ description: 'What the values are in.', examples: ['kg'] })
const Volume = Type.Object(
  { value: Type.Number({ examples: [8240.5] }), unit: WeightUnit },
  { description: 'Effective load times repetitions, summed.' },
)
const Period = Type.Object(
  { from: Nullable(LocalDate), to: Nullable(LocalDate) },
  { description: 'The local dates asked for, both inclusive; null where open.' },
)
export const Formula = OneOf(formulas, { description: 'Estimates the one-rep max.', examples: ['epley'] })
export const ExerciseId = Type.String({
  pattern: '^[A-Za-z0-9-]{1,100}$',
  description: 'A word of the catalogue, or a UUID of one’s own.',
  examples: ['barbell-back-squat'],
})

export const Summary = Type.Object(
  {
    period: Period,
    sessions: Count,
    sets: Type.Integer({ description: 'Without warm-ups, as everything here.', examples: [310] }),
    reps: Count,
    volume: Volume,
    durationSeconds: Type.Integer({ description: 'Of finished sessions.', examples: [64_800] }),
    distance: Type.Object({ value: Type.Number({ examples: [42.2] }), unit: DistanceUnit }),
    byEffort: Type.Object(
      { easy: Count, average: Count, heavy: Count },
      { description: 'Finished sessions by effort.' },
    ),
    exercisesDone: Type.Integer({ description: 'How many different ones.', examples: [18] }),
    mostPopularPlan: Type.Null(),
    mostPopularExercise: Nullable(
      Type.Object({
        exerciseId: ExerciseId,
        name: Type.String({ examples: ['Barbell Back Squat'] }),
        sets: Count,
      }),
      { description: 'The one with the most sets, the last done of equals.' },
    ),
    streak: Type.Object(
      { currentWeeks: Count, longestWeeks: Count },
      { description: 'Consecutive ISO weeks with a finished session.' },
    ),
    averages: Type.Object(
      {
        sets: Type.Number({ examples: [12.9] }),
        reps: Type.Number({ examples: [104.2] }),
        volume: Volume,
        durationSeconds: Type.Number({ description: 'Per finished session.', examples: [2700] }),
        effort: Nullable(Type.Number({ description: 'From 1, easy, to 3, heavy.', examples: [2.25] })),
      },
      { description: 'Per session.' },
    ),
    adherence: Type.Null(),
  },
  { title: 'StatisticsSummary' },
)

export const Record = Type.Object(
  {
    exerciseId: ExerciseId,
    kind: OneOf(recordKinds, { examples: ['estimated-1rm'] }),
    value: Type.Number({ examples: [140] }),
    unit: Type.String({ description: 'kg or lb, km or mi, s, reps, s/km or s/mi.', examples: ['kg'] }),
    reps: Type.Optional(Type.Integer({ description: 'Of `weight-at-reps`.', examples: [5] })),
    formula: Type.Optional(Formula),
    achievedAt: DateTime,
    sessionId: Id,
    setId: Id,
    previous: Type.Optional(
      Type.Number({ description: 'The best before it; absent for a first.', examples: [137.5] }),
    ),
  },
  { title: 'Record' },
)

export const Trends = Type.Object(
  {
    period: Period,
    unit: Nullable(Unit),
    formula: Type.Optional(Formula),
    points: Type.Array(
      Type.Object({
        start: LocalDate,
        week: Type.Optional(Type.String({ description: 'The ISO week of a week.', examples: ['2025-W09'] })),
        value: Type.Number({ description: 'The sum of the bucket, or its best.', examples: [24_820] }),
        count: Type.Integer({ description: 'Days with anything to count.', examples: [3] }),
        average: Type.Number({ description: 'Of these days.', examples: [8273.3] }),
        max: Type.Number({ description: 'The best of these days.', examples: [9120] }),
      }),
    ),
    trend: Type.Object({
      slopePerWeek: Type.Number({ description: 'Of the line of least squares.', examples: [112.4] }),
      direction: OneOf(['up', 'down', 'flat']),
    }),
  },
  { title: 'Trends' },
)

const Summed = {
  sum: Type.Number({ examples: [5120] }),
  average: Nullable(Type.Number({ description: 'Null where there is nothing.', examples: [85.3] })),
  max: Nullable(Type.Number({ description: 'Null where there is nothing.', examples: [120] })),
}

export const ExerciseStatistics = Type.Object(
  {
    period: Period,
    exerciseId: ExerciseId,
    name: Type.String({ examples: ['Barbell Back Squat'] }),
    metric: Type.String({ examples: ['weight-reps'] }),
    sets: Count,
    sessions: Count,
    lastDoneAt: Nullable(DateTime),
    reps: Type.Object(Summed),
    weight: Type.Object({ ...Summed, unit: WeightUnit }, { description: 'As entered, set by set.' }),
    volume: Type.Object({ ...Summed, unit: WeightUnit }, { description: 'Of the sets.' }),
    durationSeconds: Type.Object(Summed),
    distance: Type.Object({ ...Summed, unit: DistanceUnit }),
    bestSets: Type.Array(
      Type.Object({
        setId: Id,
        sessionId: Id,
        date: LocalDate,
        achievedAt: DateTime,
        reps: Type.Optional(Count),
        weight: Type.Optional(Type.Number({ examples: [120] })),
        weightUnit: Type.Optional(WeightUnit),
        durationSeconds: Type.Optional(Count),
        distance: Type.Optional(Type.Number({ examples: [5] })),
        distanceUnit: Type.Optional(DistanceUnit),
      }),
      { description: 'Five at most, the best first.' },
    ),
    formula: Formula,
    estimatedOneRepMax: Type.Array(
      Type.Object({ date: LocalDate, value: Type.Number({ examples: [140] }), unit: WeightUnit }),
      { description: 'The best of each day that has one.' },
    ),
  },
  { title: 'ExerciseStatistics' },
)

export const Muscles = Type.Object(
  {
    period: Period,
    muscles: Type.Array(
      Type.Object({
        muscle: OneOf(muscles, { examples: ['quadriceps'] }),
        sets: Type.Number({ description: 'A secondary muscle counts half.', examples: [22.5] }),
        volume: Volume,
      }),
    ),
  },
  { title: 'MuscleStatistics' },
)

export const Calendar = Type.Object(
  {
    period: Period,
    days: Type.Array(Type.Object({ date: LocalDate, sessions: Count, volume: Volume }), {
      description: 'Every day with a session.',
    }),
  },
  { title: 'TrainingCalendar' },
)
