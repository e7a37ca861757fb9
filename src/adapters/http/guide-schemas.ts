import Type from 'typebox'
import { guideLimits } from '../../domain/session/guiding.ts'
import { Metric } from './exercise-schemas.ts'
import { PlannedSet } from './plan-schemas.ts'
import { DateTime, Id, LocalDate, Nullable, OneOf, ProblemDetails, Text } from './schemas.ts'
import { ExerciseId, SetDocument, StepId } from './set-schemas.ts'

const { reasonLength, noteLength, restSeconds } = guideLimits

const Note = Text(1, noteLength, { description: 'Why it is to be done otherwise.', examples: ['Knee.'] })
const Reason = Text(1, reasonLength, { description: 'Why it is left out.', examples: ['No rack free.'] })

export const Skip = Type.Object(
  {
    stepId: StepId,
    whole: Type.Optional(
      Type.Boolean({
        description: 'True for all that is left of the planned exercise; the one step unless told.',
        examples: [false],
      }),
    ),
    reason: Type.Optional(Reason),
  },
  { title: 'Skip' },
)

export const Swap = Type.Object(
  { stepId: StepId, exerciseId: { ...ExerciseId, examples: ['barbell-front-squat'] } },
  { title: 'Swap' },
)

export const Adjust = Type.Object(
  { stepId: StepId, note: Note, target: Type.Optional(PlannedSet) },
  {
    title: 'Adjust',
    description: 'A `target` takes the place of the one that there was, as a whole.',
    examples: [{ stepId: '1', note: 'Knee.', target: { reps: 5, weight: 80, weightUnit: 'kg' } }],
  },
)

export const Rest = Type.Object(
  {
    seconds: Type.Integer({
      ...{ minimum: restSeconds.minimum, maximum: restSeconds.maximum },
      description: 'How long the rest goes on from now; 0 ends it.',
      examples: [90],
    }),
  },
  { title: 'Rest' },
)

const Count = Type.Integer({ minimum: 0, description: 'How many.', examples: [3] })
const names = {
  id: StepId,
  exerciseId: ExerciseId,
  name: Type.String({ description: 'Of the exercise, as of its day.', examples: ['Barbell Back Squat'] }),
  metric: { ...Metric, description: 'What a set of it is told in.' },
}
const place = {
  setNumber: Type.Integer({ description: 'Of its planned exercise, from 1.', examples: [2] }),
  setsTotal: Type.Integer({ description: 'Of its planned exercise.', examples: [5] }),
}

export const PreviousSet = Type.Object(
  {
    ...SetDocument.properties,
    sessionId: Id,
    localDate: { ...LocalDate, description: 'The day of that session.' },
  },
  { title: 'PreviousSet', description: 'A set of the session before that had the exercise, as it stands.' },
)

export const StepDocument = Type.Object(
  {
    ...names,
    instructions: Type.Array(Type.String({ description: 'One sentence or two.' }), {
      description: 'How the exercise is done.',
      examples: [['Set the bar on the upper back.', 'Sit down between the knees, then stand up.']],
    }),
    notes: Nullable(Type.String(), {
      description: 'What the plan says to mind of the exercise.',
      examples: ['Knees out.'],
    }),
    supersetGroup: Nullable(Type.Integer(), {
      description: 'Exercises of the same number are done in turns.',
      examples: [null],
    }),
    ...place,
    target: PlannedSet,
    previous: Nullable(PreviousSet, {
      description:
        'Last time’s set: of the same number among its warm-ups, or among its other sets, else the last of ' +
        'them. Null where there is none.',
    }),
    restSeconds: Nullable(Type.Integer(), {
      description: 'The rest after it; 0 where the next of a round follows at once, null where none is told.',
      examples: [180],
    }),
    note: Nullable(Note, { description: 'Of an adjustment.', examples: [null] }),
  },
  { title: 'Step', description: 'One set of the plan, with all that is needed to do it.' },
)

export const RestDocument = Type.Object(
  { endsAt: { ...DateTime, description: 'When the rest is over.' } },
  { title: 'RunningRest' },
)

export const ProgressDocument = Type.Object(
  { setsDone: Count, setsSkipped: Count, setsTotal: Count },
  { title: 'GuideProgress' },
)

const WayDocument = Type.Object(
  {
    ...names,
    ...place,
    status: OneOf(['open', 'done', 'skipped'], { description: 'Open ones are still to be done.' }),
    target: PlannedSet,
    planned: Type.Object(
      { exerciseId: ExerciseId, name: names.name, target: PlannedSet },
      { description: 'What the plan said, before any swap or adjustment.' },
    ),
    note: Nullable(Note, { description: 'Of an adjustment.', examples: [null] }),
    reason: Nullable(Reason, { description: 'Of a skip.', examples: [null] }),
    set: Nullable(SetDocument, { description: 'What was logged for it, as it stands.', examples: [null] }),
  },
  { title: 'GuideStep' },
)

export const GuideDocument = Type.Object(
  {
    sessionId: Id,
    version: Type.Integer({ description: 'Of the session.', examples: [4] }),
    step: Nullable(StepDocument, { description: 'The current step; null when the guide is finished.' }),
    next: Nullable(StepDocument, { description: 'The one behind it; null when there is none.' }),
    rest: Nullable(RestDocument, { description: 'Null when none is running.' }),
    progress: ProgressDocument,
    finished: Type.Boolean({
      description: 'Every step is done or skipped, or the session is over.',
      examples: [false],
    }),
    steps: Type.Array(WayDocument, { description: 'All steps in the order of doing.' }),
  },
  { title: 'Guide', description: 'Where a session stands that is done by a day of a plan.' },
)

const problem = {
  type: 'urn:repledger:problem:session-discarded',
  title: 'The session is discarded',
  status: 409,
  detail: 'This session is discarded; restore it first.',
  instance: '5f2a1e1c-8f0e-4b8e-9d0f-3c1b2a495867',
}

/** The answer of those who name a step: with the guide for who has the wrong one. */
export const stepConflict = {
  description: 'A rule is in the way; of a step that is not the current one, with the guide as it stands.',
  contentType: 'application/problem+json',
  schema: Type.Object(
    {
      ...ProblemDetails.properties,
      guide: Type.Optional(GuideDocument),
    },
    {
      title: 'StepProblem',
      additionalProperties: true,
      description: 'Problem details as of RFC 9457; of `step-not-current` with the guide as it stands now.',
      examples: [problem],
    },
  ),
}
