import Type from 'typebox'
import { metrics, muscles } from '../../domain/exercise/events.ts'
import { Adherence } from './adherence-schemas.ts'
import { ExerciseId, Formula } from './record-schemas.ts'
import { DateTime, Id, LocalDate, Nullable, OneOf } from './schemas.ts'

const Count = Type.Integer({ minimum: 0, description: 'How many.', examples: [24] })
const WeightUnit = OneOf(['kg', 'lb'], { description: 'That of the user.' })
const DistanceUnit = OneOf(['km', 'mi'], { description: 'That of the user.' })
const Unit = Type.String({ description: 'What the values are in.', examples: ['kg'] })
const Volume = Type.Object(
  { value: Type.Number({ description: 'In `unit`.', examples: [8240.5] }), unit: WeightUnit },
  { description: 'Effective load times repetitions, summed.' },
)
const Period = Type.Object(
  { from: Nullable(LocalDate), to: Nullable(LocalDate) },
  { description: 'The local dates asked for, both inclusive; null where open.' },
)
const PopularPlan = Type.Object({
  planId: Id,
  number: Type.Integer({ description: 'Of the plan.', examples: [3] }),
  name: Type.String({ description: 'As it is today.', examples: ['Three days'] }),
  sessions: Count,
})
export const Summary = Type.Object(
  {
    period: Period,
    sessions: Count,
    sets: Type.Integer({ description: 'Without warm-ups, as everything here.', examples: [310] }),
    reps: Count,
    volume: Volume,
    durationSeconds: Type.Integer({ description: 'Of finished sessions.', examples: [64_800] }),
    distance: Type.Object(
      { value: Type.Number({ description: 'In `unit`.', examples: [42.2] }), unit: DistanceUnit },
      { description: 'Of all sets that have one.' },
    ),
    byEffort: Type.Object(
      { easy: Count, average: Count, heavy: Count },
      { description: 'Finished sessions by effort.' },
    ),
    exercisesDone: Type.Integer({ description: 'How many different ones.', examples: [18] }),
    mostPopularPlan: Nullable(PopularPlan, {
      description: 'The one with the most finished sessions, the last done of equals.',
    }),
    mostPopularExercise: Nullable(
      Type.Object({
        exerciseId: ExerciseId,
        name: Type.String({ description: 'As it is today.', examples: ['Barbell Back Squat'] }),
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
        sets: Type.Number({ description: 'How many.', examples: [12.9] }),
        reps: Type.Number({ description: 'How many.', examples: [104.2] }),
        volume: Volume,
        durationSeconds: Type.Number({ description: 'Per finished session.', examples: [2700] }),
        effort: Nullable(Type.Number({ description: 'From 1, easy, to 3, heavy.', examples: [2.25] })),
      },
      { description: 'Per session.' },
    ),
    adherence: Nullable(Adherence, { description: 'Null where no plan was followed.' }),
  },
  { title: 'StatisticsSummary' },
)

export const Trends = Type.Object(
  {
    period: Period,
    unit: Nullable(Unit),
    formula: Type.Optional(Formula),
    movingAverage: Type.Optional(
      Type.Object(
        {
          formula: Type.Literal('trailing-mean', { description: 'The mean of the daily means.' }),
          days: Type.Integer({ description: 'How many days it goes back.', examples: [7] }),
        },
        { description: 'How the moving averages of measurements are made.' },
      ),
    ),
    points: Type.Array(
      Type.Object({
        start: LocalDate,
        week: Type.Optional(Type.String({ description: 'The ISO week of a week.', examples: ['2025-W09'] })),
        value: Type.Number({
          description: 'The sum of the bucket, its best or, of measurements, its average.',
          examples: [24_820],
        }),
        count: Type.Integer({ description: 'Days with anything to count.', examples: [3] }),
        average: Type.Number({ description: 'Of these days.', examples: [8273.3] }),
        max: Type.Number({ description: 'The best of these days.', examples: [9120] }),
        movingAverage: Type.Optional(
          Type.Number({
            description: 'Of measurements, after the last day measured in the bucket.',
            examples: [81.2],
          }),
        ),
      }),
      { description: 'In order; empty buckets are 0 for volume and sessions, absent otherwise.' },
    ),
    trend: Type.Object(
      {
        slopePerWeek: Type.Number({ description: 'Of the line of least squares.', examples: [112.4] }),
        direction: OneOf(['up', 'down', 'flat'], { description: 'Of that line.' }),
      },
      { description: 'Where the points are heading.' },
    ),
  },
  { title: 'Trends' },
)

const Summed = {
  sum: Type.Number({ description: 'Of all sets that have one.', examples: [5120] }),
  average: Nullable(Type.Number({ description: 'Null where there is nothing.', examples: [85.3] })),
  max: Nullable(Type.Number({ description: 'Null where there is nothing.', examples: [120] })),
}

export const ExerciseStatistics = Type.Object(
  {
    period: Period,
    exerciseId: ExerciseId,
    name: Type.String({ description: 'As it is today.', examples: ['Barbell Back Squat'] }),
    metric: OneOf(metrics, { description: 'What its sets are measured by.', examples: ['weight-reps'] }),
    sets: Count,
    sessions: Count,
    lastDoneAt: Nullable(DateTime),
    reps: Type.Object(Summed, { description: 'Set by set.' }),
    weight: Type.Object({ ...Summed, unit: WeightUnit }, { description: 'As entered, set by set.' }),
    volume: Type.Object({ ...Summed, unit: WeightUnit }, { description: 'Of the sets.' }),
    durationSeconds: Type.Object(Summed, { description: 'Set by set.' }),
    distance: Type.Object({ ...Summed, unit: DistanceUnit }, { description: 'Set by set.' }),
    bestSets: Type.Array(
      Type.Object({
        setId: Id,
        sessionId: Id,
        date: LocalDate,
        achievedAt: DateTime,
        reps: Type.Optional(Count),
        weight: Type.Optional(Type.Number({ description: 'As entered.', examples: [120] })),
        weightUnit: Type.Optional(WeightUnit),
        durationSeconds: Type.Optional(Count),
        distance: Type.Optional(Type.Number({ description: 'As entered.', examples: [5] })),
        distanceUnit: Type.Optional(DistanceUnit),
      }),
      { description: 'Five at most, the best first.' },
    ),
    formula: Formula,
    estimatedOneRepMax: Type.Array(
      Type.Object({
        date: LocalDate,
        value: Type.Number({ description: 'In `unit`.', examples: [140] }),
        unit: WeightUnit,
      }),
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
        muscle: OneOf(muscles, { description: 'Primary or secondary.', examples: ['quadriceps'] }),
        sets: Type.Number({ description: 'A secondary muscle counts half.', examples: [22.5] }),
        volume: Volume,
      }),
      { description: 'Those that were trained.' },
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

export const Loads = Type.Object(
  {
    period: Type.Object({ from: LocalDate, to: LocalDate }, { description: 'The days, both inclusive.' }),
    formula: Type.Literal('rolling-average', { description: 'Of acute and chronic.' }),
    unit: Type.Literal('AU', { description: 'Arbitrary units: effort times minutes.' }),
    points: Type.Array(
      Type.Object({
        date: LocalDate,
        load: Type.Number({ description: 'Of the sessions of the day.', examples: [360] }),
        acute: Type.Number({ description: 'The mean of the last 7 days.', examples: [214.3] }),
        chronic: Type.Number({ description: 'The mean of the last 28 days.', examples: [182.1] }),
        ratio: Nullable(Type.Number(), {
          description: 'Acute to chronic; null before 28 days of history, and while chronic is 0.',
          examples: [1.18],
        }),
      }),
      { description: 'Every day, in order.' },
    ),
  },
  { title: 'TrainingLoad' },
)
