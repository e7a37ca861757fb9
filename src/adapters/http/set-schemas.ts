import Type from 'typebox'
import { setKinds, sides } from '../../domain/session/events.ts'
import { setLimits } from '../../domain/session/set-facts.ts'
import {
  DateTime,
  Distance,
  DistanceUnit,
  DurationSeconds,
  exampleId,
  Id,
  Nullable,
  OneOf,
  Reps,
  Rpe,
  Text,
  Weight,
  WeightUnit,
} from './schemas.ts'

export const ExerciseId = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'A word of the catalogue, or the UUID of an exercise of one’s own.',
  examples: ['barbell-back-squat'],
})

const stepIdLength = { minLength: 1, maxLength: 20 }
export const StepId = Type.String({
  ...stepIdLength,
  description: 'A step of the session’s guide.',
  examples: ['1'],
})

const Kind = OneOf(setKinds, {
  description:
    'A warm-up counts nowhere but in its session; unless told as its step aims at, else `working`.',
  examples: ['working'],
})
const Side = OneOf(sides, { description: 'What was trained; it changes no sum.', examples: ['both'] })
const SetNotes = Text(1, setLimits.notesLength, {
  description: 'Whatever there is to say.',
  examples: ['Smooth.'],
})
const PerformedAt = {
  ...DateTime,
  description: 'When the set was done. In a live session the time of the request unless told.',
}

const quantities = {
  reps: Type.Optional(Reps),
  weight: Type.Optional(Weight),
  weightUnit: Type.Optional(WeightUnit),
  durationSeconds: Type.Optional(DurationSeconds),
  distance: Type.Optional(Distance),
  distanceUnit: Type.Optional(DistanceUnit),
}

const SetFields = {
  id: Type.Optional(Id),
  kind: Type.Optional(Kind),
  ...quantities,
  rpe: Type.Optional(Rpe),
  side: Type.Optional(Side),
  notes: Type.Optional(SetNotes),
  performedAt: Type.Optional(PerformedAt),
}

const fit = 'The exercise’s metric says which quantities a set needs; it takes no others.'

/** A set within its exercise. */
export const NewSet = Type.Object(SetFields, {
  title: 'NewSet',
  description: fit,
  examples: [{ reps: 5, weight: 102.5, weightUnit: 'kg' }],
})

const fulfilled = 'The current step of the guide, that the set fulfils.'
// Without an example, as most sets have no step.
const stepId = Type.Optional(
  Type.String({ ...stepIdLength, description: `${fulfilled} Without it the set moves nothing.` }),
)

/** A set that stands alone. */
export const NewLoneSet = Type.Object(
  { exerciseId: ExerciseId, stepId, ...SetFields },
  {
    title: 'NewLoneSet',
    description: `It joins the last entry of its exercise in the session, or opens one. ${fit}`,
    examples: [
      { id: exampleId, exerciseId: 'barbell-back-squat', reps: 5, weight: 102.5, weightUnit: 'kg', rpe: 8 },
    ],
  },
)

/** A set that stands alone and takes its exercise from a step. */
export const NewStepSet = Type.Object(
  {
    stepId: { ...StepId, description: fulfilled },
    ...SetFields,
  },
  {
    title: 'NewStepSet',
    description: `It goes with the other sets of its planned exercise, and begins the rest. ${fit}`,
    examples: [{ id: exampleId, stepId: '1', reps: 5, weight: 100, weightUnit: 'kg' }],
  },
)

export const SetChange = Type.Object(
  {
    kind: Type.Optional(Kind),
    reps: Type.Optional(Nullable(Reps)),
    weight: Type.Optional(Nullable(Weight)),
    weightUnit: Type.Optional(WeightUnit),
    durationSeconds: Type.Optional(Nullable(DurationSeconds)),
    distance: Type.Optional(Nullable(Distance)),
    distanceUnit: Type.Optional(DistanceUnit),
    rpe: Type.Optional(Nullable(Rpe)),
    side: Type.Optional(Nullable(Side)),
    notes: Type.Optional(Nullable(SetNotes)),
    performedAt: Type.Optional(Nullable(PerformedAt)),
  },
  {
    title: 'SetChange',
    description: 'Fields that are given replace, null clears; the result must fit the exercise’s metric.',
    examples: [{ reps: 6, rpe: null }],
  },
)

const setFacts = { ...SetFields, id: Id, kind: Kind }
const asEntered = 'Quantities are those that were entered, in their units.'

export const SetDocument = Type.Object(setFacts, { title: 'Set', description: asEntered })

const loggedFor = Type.Optional(
  Type.String({ ...stepIdLength, description: 'The step of the guide that it was logged for.' }),
)

export const LoneSetDocument = Type.Object(
  { exerciseId: ExerciseId, stepId: loggedFor, ...setFacts },
  { title: 'LoneSet', description: `A set with its exercise. ${asEntered}` },
)
