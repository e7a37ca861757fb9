import Type from 'typebox'
import { goalLimits } from '../../../domain/goal/details.ts'
import { directions, type GoalEvent, goalKinds } from '../../../domain/goal/events.ts'
import { Kind, Value } from './measurement.ts'
import { Change, Day, ExerciseId, Fields, Id, Instant, Nothing, OneOf, schemasOf, Text } from './parts.ts'

const { titleLength, unitLength, notesLength } = goalLimits

const changeable = {
  title: Text(titleLength),
  target: Value,
  unit: Text(unitLength),
  start: Type.Optional(Value),
  direction: Type.Optional(OneOf(directions)),
  dueOn: Type.Optional(Day),
}

export const goalSchemas = schemasOf<GoalEvent>()({
  GoalSet: Fields({
    ...changeable,
    kind: OneOf(goalKinds),
    exerciseId: Type.Optional(ExerciseId),
    measurementKind: Type.Optional(Kind),
    goalId: Id,
    setAt: Instant,
  }),
  GoalChanged: Change(changeable),
  GoalProgressed: Fields({ value: Value, notes: Type.Optional(Text(notesLength)), at: Instant }),
  GoalAbandoned: Fields({ at: Instant }),
  GoalResumed: Fields({ at: Instant }),
  GoalDeleted: Nothing,
})
