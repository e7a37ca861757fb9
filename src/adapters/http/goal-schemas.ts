import Type from 'typebox'
import { goalLimits } from '../../domain/goal/details.ts'
import { directions, goalKinds } from '../../domain/goal/events.ts'
import { MeasurementKind } from './measurement-schemas.ts'
import { DateTime, exampleId, Id, LocalDate, Nullable, OneOf, paging, Text } from './schemas.ts'

const { titleLength, unitLength, notesLength } = goalLimits

const Kind = OneOf(goalKinds, {
  description:
    'What it follows. `body-weight` and `measurement`: the latest measurement. `lift`, `reps`, `distance`, ' +
    '`duration`: the best set of an exercise; `lift` is the heaviest weight moved, not an estimate. ' +
    '`frequency`: the most sessions finished in one ISO week. `custom`: the latest progress that was told.',
  examples: ['custom'],
})
const Title = Text(1, titleLength, {
  description: 'What to call it.',
  examples: ['Ten pistol squats in a row'],
})
const ExerciseId = Type.String({
  maxLength: 100,
  pattern: '^[A-Za-z0-9-]{1,100}$',
  description: 'Of `lift`, `reps`, `distance` and `duration`: the exercise whose sets count.',
  examples: ['barbell-back-squat'],
})
const number = { minimum: -1e9, maximum: 1e9 }
const Target = Type.Number({ ...number, description: 'What is to be reached, in `unit`.', examples: [10] })
const Unit = Text(1, unitLength, {
  description:
    'kg or lb; that of the measurement; `reps`; m, km, mi or yd; `s`; `per-week`; any text of a custom goal.',
  examples: ['squats'],
})
const Start = Type.Number({
  ...number,
  description:
    'Where the way begins, in `unit`. Unless told: the best value there was when the goal was set, of a ' +
    'measurement the latest; where there was none, 0, or of what is measured or goes down the first to come.',
  examples: [2],
})
const Direction = OneOf(directions, {
  description: 'Unless told: up for bests, down for assistance, else the way from start to target.',
  examples: ['up'],
})
const DueOn = { ...LocalDate, description: 'Until when.', examples: ['2025-12-31'] }
const Value = Type.Number({ ...number, description: 'How far it is now, in the goal’s unit.', examples: [4] })
const Notes = Text(1, notesLength, {
  description: 'Anything worth keeping.',
  examples: ['The left leg is ahead.'],
})
const Status = OneOf(['active', 'achieved', 'abandoned'], {
  description: 'Achieved once a fact has reached the target, and active again where that fact is taken back.',
  examples: ['active'],
})

export const GoalDocument = Type.Object(
  {
    id: Id,
    kind: Kind,
    title: Title,
    exerciseId: Nullable(ExerciseId),
    measurementKind: Nullable(MeasurementKind),
    target: Target,
    unit: Type.String({ description: 'Of target, start and current value.', examples: ['squats'] }),
    start: Nullable(Type.Number(), { description: 'Where the way begins.', examples: [2] }),
    current: Nullable(Type.Number(), {
      description: 'The best or latest value of all that is logged, whatever its date.',
      examples: [4],
    }),
    progress: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'The part of the way from start to target.',
      examples: [0.25],
    }),
    direction: Nullable(Direction, {
      description: 'Null as long as there is no start to tell it by.',
      examples: ['up'],
    }),
    dueOn: Nullable(DueOn),
    status: Status,
    achievedAt: Nullable(DateTime, {
      description: 'When the first fact reached the target; null unless achieved.',
      examples: [null],
    }),
    forecastOn: Nullable(LocalDate, {
      description:
        'When the line of least squares through the values since the goal was set, or of the last 90 days ' +
        'where that is longer, meets the target. Null where they carry none: fewer than 3 values, less ' +
        'than 7 days, a flat line or a wrong way, more than 5 years from now.',
      examples: ['2025-09-14'],
    }),
    setAt: { ...DateTime, description: 'When the goal was set.' },
    version: Type.Integer({ description: 'As `ETag` begins.', examples: [1] }),
  },
  {
    title: 'Goal',
    description: 'What somebody wants to reach. What is not known is null.',
    examples: [
      {
        ...{ id: exampleId, kind: 'custom', title: 'Ten pistol squats in a row', target: 10, unit: 'squats' },
        ...{ exerciseId: null, measurementKind: null, start: 2, current: 4, progress: 0.25, direction: 'up' },
        ...{ dueOn: '2025-12-31', status: 'active', achievedAt: null, forecastOn: '2025-09-14' },
        ...{ setAt: '2025-03-01T18:30:00.000Z', version: 1 },
      },
    ],
  },
)

export const NewGoal = Type.Object(
  {
    id: Type.Optional(Id),
    kind: Kind,
    title: Title,
    target: Target,
    unit: Unit,
    exerciseId: Type.Optional(ExerciseId),
    measurementKind: Type.Optional(MeasurementKind),
    start: Type.Optional(Start),
    direction: Type.Optional(Direction),
    dueOn: Type.Optional(DueOn),
  },
  {
    title: 'NewGoal',
    examples: [
      { id: exampleId, kind: 'custom', title: 'Ten pistol squats in a row', target: 10, unit: 'squats' },
    ],
  },
)

export const GoalChange = Type.Object(
  {
    title: Type.Optional(Title),
    target: Type.Optional(Target),
    unit: Type.Optional(Unit),
    start: Type.Optional(Start),
    direction: Type.Optional(Direction),
    dueOn: Type.Optional(Nullable(DueOn)),
    status: Type.Optional(
      OneOf(['active', 'abandoned'], { description: 'Given up, or taken up again.', examples: ['active'] }),
    ),
  },
  {
    title: 'GoalChange',
    description:
      'Fields that are given replace; null clears. What a goal follows stays. Under another unit the ' +
      'numbers that are not given are converted.',
    examples: [{ target: 12, dueOn: '2025-12-31' }],
  },
)

export const Progress = Type.Object(
  { value: Value, notes: Type.Optional(Notes) },
  { title: 'NewGoalProgress', examples: [{ value: 4, notes: 'The left leg is ahead.' }] },
)

export const ToldProgress = Type.Object(
  {
    value: Value,
    notes: Nullable(Notes),
    at: { ...DateTime, description: 'When it was told.' },
  },
  { title: 'GoalProgress', description: 'How far a custom goal had come.' },
)

export const GoalFilters = Type.Object({ ...paging, status: Type.Optional(Status) })
