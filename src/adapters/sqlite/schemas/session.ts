import Type from 'typebox'
import { planLimits } from '../../../domain/plan/details.ts'
import { sessionLimits } from '../../../domain/session/details.ts'
import { efforts, type SessionEvent } from '../../../domain/session/events.ts'
import { reportLimits } from '../../../domain/session/report-workouts.ts'
import { guideSchemas, StepId } from './guide.ts'
import {
  Change,
  Day,
  ExerciseId,
  Fields,
  Id,
  Instant,
  Nothing,
  OneOf,
  schemasOf,
  Text,
  TimeZone,
  UpTo,
  Whole,
} from './parts.ts'
import { entry, entryExercise, PlannedExercise, setFacts } from './sets.ts'

const { titleLength, notesLength, bodyWeight, supersetGroup, sets, exercises } = sessionLimits
const most = Number.MAX_SAFE_INTEGER

const details = {
  startedAt: Instant,
  timeZone: TimeZone,
  localDate: Day,
  finishedAt: Type.Optional(Instant),
  title: Type.Optional(Text(titleLength)),
  notes: Type.Optional(Text(notesLength)),
  effort: Type.Optional(OneOf(efforts)),
  planId: Type.Optional(Id),
  planDay: Type.Optional(Whole(0, planLimits.days)),
  bodyWeight: Type.Optional(Type.Number(bodyWeight)),
  bodyWeightUnit: Type.Optional(OneOf(['kg', 'lb'])),
  bodyWeightMicrograms: Type.Optional(Whole(0, most)),
}
const planned = Type.Optional(UpTo(planLimits.exercisesPerDay, PlannedExercise))
const opening = {
  ...details,
  planned,
  sessionId: Id,
  entries: UpTo(
    exercises,
    Fields({
      ...entryExercise,
      notes: Type.Optional(Text(notesLength)),
      supersetGroup: Type.Optional(Type.Integer(supersetGroup)),
      sets: UpTo(sets, Fields(setFacts)),
    }),
  ),
}
const Reported = Whole(0, reportLimits.workouts)

export const sessionSchemas = schemasOf<SessionEvent>()({
  ...guideSchemas,
  SessionStarted: Fields(opening),
  SessionLogged: Fields({ ...opening, finishedAt: Instant }),
  SetLogged: Fields({
    ...setFacts,
    ...entryExercise,
    ...entry,
    stepId: Type.Optional(StepId),
    restEndsAt: Type.Optional(Instant),
    supersetGroup: Type.Optional(Type.Integer(supersetGroup)),
  }),
  SetCorrected: Fields({ ...setFacts, exerciseId: ExerciseId, ...entry }),
  SetDeleted: Fields({ setId: Id, exerciseId: ExerciseId, ...entry }),
  SessionFinished: Fields({ finishedAt: Instant, effort: details.effort, notes: details.notes }),
  SessionChanged: Change({ ...details, planned }),
  SessionDiscarded: Nothing,
  SessionRestored: Nothing,
  WorkoutsReported: Fields({
    sessionId: Id,
    planId: Id,
    planNumber: Whole(1, most),
    easy: Reported,
    average: Reported,
    heavy: Reported,
    reportedAt: Instant,
    timeZone: TimeZone,
    localDate: Day,
  }),
})
