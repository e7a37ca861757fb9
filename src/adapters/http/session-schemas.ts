import Type from 'typebox'
import { sessionLimits } from '../../domain/session/details.ts'
import { efforts } from '../../domain/session/events.ts'
import {
  BodyWeight,
  DateTime,
  exampleId,
  Id,
  ListOf,
  LocalDate,
  Nullable,
  OneOf,
  paging,
  Text,
  TimeZone,
  WeightUnit,
} from './schemas.ts'
import { ExerciseId, NewSet, SetDocument } from './set-schemas.ts'

const { titleLength, notesLength, supersetGroup, sets, exercises } = sessionLimits

const Effort = OneOf(efforts, { description: 'How hard the whole session was.', examples: ['average'] })
const Title = Text(1, titleLength, { description: 'What to call it.', examples: ['Leg day'] })
const Notes = Text(1, notesLength, { description: 'Whatever there is to say.', examples: ['Slept badly.'] })
const StartedAt = { ...DateTime, description: 'When it began; now unless told.' }
const FinishedAt = {
  ...DateTime,
  description: 'When it ended: not before its start, at most 48 h after. Without it the session is live.',
}
const OwnBodyWeight = {
  ...BodyWeight,
  description: 'On that day, in `bodyWeightUnit`; the load of exercises that lift the body.',
}
const SupersetGroup = Type.Integer({
  minimum: supersetGroup.minimum,
  maximum: supersetGroup.maximum,
  description: 'Exercises of the same number were done in turns.',
  examples: [1],
})
const PlanDay = Type.Integer({
  minimum: 0,
  maximum: 1000,
  description: 'Which day of the plan, from 0.',
  examples: [0],
})

const NewEntry = Type.Object(
  {
    exerciseId: ExerciseId,
    notes: Type.Optional(Notes),
    supersetGroup: Type.Optional(SupersetGroup),
    sets: Type.Array(NewSet, { maxItems: sets, description: 'In the order they were done.' }),
  },
  { title: 'NewEntry' },
)

const fields = {
  id: Type.Optional(Id),
  startedAt: Type.Optional(StartedAt),
  finishedAt: Type.Optional(FinishedAt),
  timeZone: Type.Optional(TimeZone),
  title: Type.Optional(Title),
  planId: Type.Optional(Id),
  planDay: Type.Optional(PlanDay),
  effort: Type.Optional(Effort),
  notes: Type.Optional(Notes),
  bodyWeight: Type.Optional(OwnBodyWeight),
  bodyWeightUnit: Type.Optional(WeightUnit),
  exercises: Type.Optional(
    Type.Array(NewEntry, { maxItems: exercises, description: 'In the order they were done.' }),
  ),
}

const example = {
  startedAt: '2025-03-01T17:30:00Z',
  finishedAt: '2025-03-01T18:40:00Z',
  timeZone: 'Europe/Berlin',
  effort: 'average',
  exercises: [
    {
      exerciseId: 'barbell-back-squat',
      sets: [
        { kind: 'warmup', reps: 8, weight: 60, weightUnit: 'kg' },
        { reps: 5, weight: 102.5, weightUnit: 'kg' },
      ],
    },
  ],
}

export const NewSession = Type.Object(fields, {
  title: 'NewSession',
  description: 'A whole workout, or the start of one.',
  examples: [{ id: exampleId, ...example }],
})

export const NewSessions = Type.Object(
  {
    sessions: Type.Array(
      Type.Object({ ...fields, finishedAt: FinishedAt }, { title: 'NewFinishedSession' }),
      { minItems: 1, maxItems: 200, description: 'Finished ones, in any order.' },
    ),
  },
  { title: 'NewSessions', examples: [{ sessions: [example] }] },
)

export const SessionChange = Type.Object(
  {
    startedAt: Type.Optional({ ...DateTime, description: 'When it began.' }),
    finishedAt: Type.Optional({ ...FinishedAt, description: 'When it ended; only of a finished session.' }),
    timeZone: Type.Optional(TimeZone),
    title: Type.Optional(Nullable(Title)),
    planId: Type.Optional(Nullable(Id)),
    planDay: Type.Optional(Nullable(PlanDay)),
    effort: Type.Optional(Nullable(Effort)),
    notes: Type.Optional(Nullable(Notes)),
    bodyWeight: Type.Optional(Nullable(OwnBodyWeight)),
    bodyWeightUnit: Type.Optional(WeightUnit),
  },
  {
    title: 'SessionChange',
    description: 'Fields that are given replace, null clears.',
    examples: [{ title: 'Leg day', effort: 'heavy', notes: null }],
  },
)

export const Finish = Type.Object(
  {
    effort: Type.Optional(Effort),
    finishedAt: Type.Optional({ ...DateTime, description: 'When it ended; now unless told.' }),
    notes: Type.Optional(Notes),
  },
  { title: 'Finish', examples: [{ effort: 'heavy' }] },
)

const Status = OneOf(['active', 'finished', 'discarded'], {
  description: 'Live, ended, or taken out of every count.',
})

export const SessionDocument = Type.Object(
  {
    id: Id,
    status: Status,
    startedAt: { ...DateTime, description: 'When it began.' },
    finishedAt: Nullable(DateTime, { description: 'Null while it is live.' }),
    timeZone: TimeZone,
    localDate: {
      ...LocalDate,
      description: 'The day it belongs to: the one on which it began where it was done.',
    },
    title: Nullable(Title),
    planId: Nullable(Id),
    planDay: Nullable(PlanDay),
    effort: Nullable(Effort),
    notes: Nullable(Notes),
    bodyWeight: Nullable(OwnBodyWeight),
    bodyWeightUnit: Nullable(WeightUnit),
    exercises: Type.Array(
      Type.Object(
        {
          exerciseId: ExerciseId,
          name: Type.String({
            description: 'As it was on the day of logging.',
            examples: ['Barbell Back Squat'],
          }),
          notes: Nullable(Notes),
          supersetGroup: Nullable(SupersetGroup),
          sets: Type.Array(SetDocument, { description: 'Those that are not deleted, as they were done.' }),
        },
        { title: 'Entry' },
      ),
      { description: 'In the order they were done.' },
    ),
    count: Type.Optional(
      Type.Integer({
        description: 'How many workouts, where they were told of as a number; it stands for one otherwise.',
        examples: [3],
      }),
    ),
    byEffort: Type.Optional(
      Type.Object(
        {
          easy: Type.Integer({ description: 'How many were easy.', examples: [1] }),
          average: Type.Integer({ description: 'How many were average.', examples: [2] }),
          heavy: Type.Integer({ description: 'How many were heavy.', examples: [0] }),
        },
        { description: 'Their efforts, where they were told of as a number.' },
      ),
    ),
    version: Type.Integer({ description: 'As in its ETag.', examples: [12] }),
  },
  { title: 'Session', description: 'A logged workout. What was not told is null.' },
)

export const LoggedSessions = ListOf(
  Type.Object(
    { id: Id, version: Type.Integer({ description: 'As in its ETag.', examples: [1] }) },
    { title: 'LoggedSession' },
  ),
)

export const Revision = Type.Object(
  {
    version: Type.Integer({ description: 'The one that it made.', examples: [1] }),
    type: Type.String({ description: 'What happened.', examples: ['SetCorrected'] }),
    at: { ...DateTime, description: 'When it was recorded.' },
    actor: Type.String({ description: 'Who did it.', examples: ['0197a2c4-6d1e-7c3a-9b52-0f6e8d4c1a70'] }),
    data: Type.Object(
      {},
      { additionalProperties: true, description: 'What changed.', examples: [{ reps: 6 }] },
    ),
  },
  { title: 'Revision' },
)

export const SessionFilters = Type.Object({
  ...paging,
  from: Type.Optional({ ...LocalDate, description: 'The first local date.' }),
  to: Type.Optional({ ...LocalDate, description: 'The last local date.' }),
  exerciseId: Type.Optional(ExerciseId),
  planId: Type.Optional(Id),
  status: Type.Optional({ ...Status, description: 'All but the discarded ones unless told.' }),
})
