import Type from 'typebox'
import { planLimits } from '../../../domain/plan/details.ts'
import { setKinds, sides } from '../../../domain/session/events.ts'
import { setLimits } from '../../../domain/session/set-facts.ts'
import { Metric } from './exercise.ts'
import { ExerciseId, Fields, Id, Instant, OneOf, Text, UpTo, Whole } from './parts.ts'

const most = Number.MAX_SAFE_INTEGER

/** How much of each quantity, and in which unit. */
const quantities = {
  kind: OneOf(setKinds),
  reps: Type.Optional(Type.Integer(setLimits.reps)),
  weight: Type.Optional(Type.Number(setLimits.weight)),
  weightUnit: Type.Optional(OneOf(['kg', 'lb'])),
  weightMicrograms: Type.Optional(Whole(0, most)),
  durationSeconds: Type.Optional(Type.Integer(setLimits.durationSeconds)),
  distance: Type.Optional(Type.Number(setLimits.distance)),
  distanceUnit: Type.Optional(OneOf(['m', 'km', 'mi', 'yd'])),
  distanceMillimeters: Type.Optional(Whole(0, most)),
  rpe: Type.Optional(Type.Number(setLimits.rpe)),
}
export const entryExercise = { exerciseId: ExerciseId, exerciseName: Text(200), metric: Metric }
export const PlannedSet = Fields({
  ...quantities,
  repsMin: Type.Optional(Type.Integer(setLimits.reps)),
  repsMax: Type.Optional(Type.Integer(setLimits.reps)),
})
/** What a plan holds of one exercise of a day. */
export const PlannedExercise = Fields({
  ...entryExercise,
  notes: Type.Optional(Text(planLimits.notesLength)),
  restSeconds: Type.Optional(Type.Integer(planLimits.restSeconds)),
  supersetGroup: Type.Optional(Type.Integer(planLimits.supersetGroup)),
  sets: UpTo(planLimits.setsPerExercise, PlannedSet),
})

export const entry = { entry: Whole(0, most) }
export const setFacts = {
  ...quantities,
  setId: Id,
  side: Type.Optional(OneOf(sides)),
  notes: Type.Optional(Text(setLimits.notesLength)),
  performedAt: Type.Optional(Instant),
}
