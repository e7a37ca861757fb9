import Type from 'typebox'
import { categories } from '../../domain/exercise/events.ts'
import { planLimits } from '../../domain/plan/details.ts'
import { weekdays } from '../../domain/plan/events.ts'
import { setKinds } from '../../domain/session/events.ts'
import { FrequencyPerWeek, Origin, SessionMinutes } from './plan-wish-schemas.ts'
import {
  DateTime,
  Distance,
  DistanceUnit,
  DurationSeconds,
  exampleId,
  Id,
  Nullable,
  OneOf,
  paging,
  Reps,
  Rpe,
  Text,
  Weight,
  WeightUnit,
} from './schemas.ts'
import { ExerciseId as AnyExerciseId } from './set-schemas.ts'

const { nameLength, goalLength, notesLength, restSeconds, supersetGroup } = planLimits

const ExerciseId = { ...AnyExerciseId, onEntry: 'lower-case' }
const Name = Text(1, nameLength, { description: 'What to call the plan.', examples: ['Three days'] })
const DayName = Text(1, nameLength, { description: 'What to call the day.', examples: ['Legs'] })
const Goal = Text(1, goalLength, { description: 'What it is for, in words.', examples: ['strength'] })
const Weekday = OneOf(weekdays, { description: 'When it is done, if always then.', examples: ['monday'] })
const Notes = Text(1, notesLength, { description: 'What to mind.', examples: ['Knees out.'] })
const RestSeconds = Type.Integer({
  minimum: restSeconds.minimum,
  maximum: restSeconds.maximum,
  description: 'After each set.',
  examples: [180],
})
const SupersetGroup = Type.Integer({
  minimum: supersetGroup.minimum,
  maximum: supersetGroup.maximum,
  description: 'Exercises of the same number are done in turns.',
  examples: [1],
})
const ExerciseTypes = Type.Array(OneOf(categories, { description: 'A kind of training.' }), {
  maxItems: categories.length,
  uniqueItems: true,
  description: 'The kinds of training that the plan is made of.',
  examples: [['strength']],
})

export const PlannedSet = Type.Object(
  {
    kind: Type.Optional(OneOf(setKinds, { description: '`working` unless told.', examples: ['working'] })),
    reps: Type.Optional({ ...Reps, description: 'Repetitions; or else a range of them.' }),
    repsMin: Type.Optional({ ...Reps, description: 'The fewest; goes with `repsMax`.', examples: [8] }),
    repsMax: Type.Optional({ ...Reps, description: 'The most; goes with `repsMin`.', examples: [12] }),
    weight: Type.Optional({ ...Weight, description: 'In `weightUnit`; may be left open.' }),
    weightUnit: Type.Optional(WeightUnit),
    durationSeconds: Type.Optional(DurationSeconds),
    distance: Type.Optional(Distance),
    distanceUnit: Type.Optional(DistanceUnit),
    rpe: Type.Optional(Rpe),
  },
  {
    title: 'PlannedSet',
    description: 'The exercise’s metric says which quantities a set needs; it takes no others.',
    examples: [{ kind: 'working', reps: 5, weight: 100, weightUnit: 'kg' }],
  },
)

const PlannedExercise = Type.Object(
  {
    exerciseId: ExerciseId,
    name: Type.Optional(
      Type.String({
        maxLength: 1000,
        description: 'Passed over, so that what was answered can be sent back.',
        examples: ['Barbell Back Squat'],
      }),
    ),
    notes: Type.Optional(Nullable(Notes)),
    restSeconds: Type.Optional(Nullable(RestSeconds)),
    supersetGroup: Type.Optional(Nullable(SupersetGroup)),
    sets: Type.Array(PlannedSet, {
      maxItems: planLimits.setsPerExercise,
      description: 'In their order.',
      examples: [[{ reps: 5, weight: 100, weightUnit: 'kg' }]],
    }),
  },
  { title: 'NewPlannedExercise' },
)

const PlanDay = Type.Object(
  {
    name: DayName,
    weekday: Type.Optional(Nullable(Weekday)),
    exercises: Type.Array(PlannedExercise, {
      maxItems: planLimits.exercisesPerDay,
      description: 'In their order.',
    }),
  },
  { title: 'NewPlanDay' },
)

const Days = Type.Array(PlanDay, { maxItems: planLimits.days, description: 'The sessions of the plan.' })

const fields = {
  name: Name,
  goal: Type.Optional(Nullable(Goal)),
  frequencyPerWeek: Type.Optional(Nullable(FrequencyPerWeek)),
  sessionMinutes: Type.Optional(Nullable(SessionMinutes)),
  exerciseTypes: Type.Optional(ExerciseTypes),
  days: Type.Optional(Days),
}

const example = {
  name: 'Squat and run',
  goal: 'strength',
  frequencyPerWeek: 2,
  sessionMinutes: 60,
  exerciseTypes: ['strength', 'cardio'],
  days: [
    {
      name: 'Legs',
      weekday: 'monday',
      exercises: [
        {
          exerciseId: 'barbell-back-squat',
          restSeconds: 180,
          sets: [
            { kind: 'warmup', reps: 8, weight: 60, weightUnit: 'kg' },
            { repsMin: 4, repsMax: 6, weight: 100, weightUnit: 'kg' },
          ],
        },
      ],
    },
  ],
}

export const NewPlan = Type.Object(
  { id: Type.Optional(Id), ...fields },
  { title: 'NewPlan', examples: [{ id: exampleId, ...example }] },
)

export const WholePlan = Type.Object(fields, {
  title: 'WholePlan',
  description: 'The plan as it shall be: what is left out is cleared.',
  examples: [example],
})

export const PlanChange = Type.Object(
  { ...fields, name: Type.Optional(Name) },
  {
    title: 'PlanChange',
    description: 'Fields that are given replace, `days` as a whole; null clears.',
    examples: [{ name: 'Legs twice', goal: null, frequencyPerWeek: 2 }],
  },
)

const area = (what: string, text: string) =>
  Type.String({ description: `What is done for the ${what}.`, examples: [text] })
const Outline = Type.Object(
  {
    hands: area('arms', 'Barbell Curl, 4, 10'),
    abdominal: area('abdominals', 'Plank, 3, 60 s'),
    back: area('back', 'Pull-Up, 4, 8'),
    legs: area('legs', 'Barbell Back Squat, 5, 5'),
  },
  { title: 'PlanOutline' },
)

const DayDocument = Type.Object(
  {
    name: DayName,
    weekday: Nullable(Weekday),
    exercises: Type.Array(
      Type.Object(
        {
          exerciseId: AnyExerciseId,
          name: Type.String({
            description: 'As it was when it was planned.',
            examples: ['Barbell Back Squat'],
          }),
          notes: Nullable(Notes),
          restSeconds: Nullable(RestSeconds),
          supersetGroup: Nullable(SupersetGroup),
          sets: Type.Array(PlannedSet, { description: 'Quantities as entered, in their units.' }),
        },
        { title: 'PlannedExercise' },
      ),
      { description: 'In their order.' },
    ),
  },
  { title: 'PlanDay' },
)

export const PlanDocument = Type.Object(
  {
    id: Id,
    number: Type.Integer({ description: 'Counts the plans of a person; never used twice.', examples: [1] }),
    name: Name,
    goal: Nullable(Goal),
    frequencyPerWeek: Nullable(FrequencyPerWeek),
    sessionMinutes: Nullable(SessionMinutes),
    exerciseTypes: ExerciseTypes,
    days: Type.Array(DayDocument, { description: 'The sessions of the plan; `planDay` counts them from 0.' }),
    outline: Nullable(Outline, { description: 'Of a plan that was told in words.' }),
    origin: Nullable(Origin, {
      description: 'What a plan was made from that nobody told.',
      examples: [null],
    }),
    archived: Type.Boolean({ description: 'Whether it was deleted.', examples: [false] }),
    createdAt: { ...DateTime, description: 'When it was made.' },
    updatedAt: { ...DateTime, description: 'When it was changed last.' },
    version: Type.Integer({ description: 'As in its ETag.', examples: [1] }),
  },
  { title: 'Plan', description: 'What to do on which day. What was not told is null.' },
)

export const PlanFilters = Type.Object({
  ...paging,
  archived: Type.Boolean({
    default: false,
    description: 'True for the archived plans alone; they are not in the list otherwise.',
    examples: [false],
  }),
})
