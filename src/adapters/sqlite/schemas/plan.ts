import Type from 'typebox'
import { bodyAreas, categories, equipment, levels } from '../../../domain/exercise/events.ts'
import { planLimits } from '../../../domain/plan/details.ts'
import { type PlanEvent, planGoals, trainingModes, weekdays } from '../../../domain/plan/events.ts'
import { Change, Fields, Id, Instant, OneOf, Seed, schemasOf, Text, UpTo, Whole } from './parts.ts'
import { PlannedExercise } from './sets.ts'

const { days, exercisesPerDay, nameLength, goalLength } = planLimits
const Frequency = Type.Integer(planLimits.frequencyPerWeek)
const Minutes = Type.Integer(planLimits.sessionMinutes)
const OutlineText = Type.String({ maxLength: planLimits.outlineLength })

const details = {
  name: Text(nameLength),
  goal: Type.Optional(Text(goalLength)),
  frequencyPerWeek: Type.Optional(Frequency),
  sessionMinutes: Type.Optional(Minutes),
  exerciseTypes: UpTo(categories.length, OneOf(categories)),
  days: UpTo(
    days,
    Fields({
      name: Text(nameLength),
      weekday: Type.Optional(OneOf(weekdays)),
      exercises: UpTo(exercisesPerDay, PlannedExercise),
    }),
  ),
  outline: Type.Optional(
    Fields({ hands: OutlineText, abdominal: OutlineText, back: OutlineText, legs: OutlineText }),
  ),
}

const Origin = Type.Union([
  Fields({
    by: Type.Literal('generate'),
    seed: Seed,
    goal: OneOf(planGoals),
    frequencyPerWeek: Frequency,
    sessionMinutes: Minutes,
    equipment: Type.Optional(Type.Array(OneOf(equipment))),
    level: Type.Optional(OneOf(levels)),
    bodyAreas: Type.Optional(Type.Array(OneOf(bodyAreas))),
  }),
  Fields({ by: Type.Literal('draw'), seed: Seed, trainingMode: OneOf(trainingModes) }),
])

export const planSchemas = schemasOf<PlanEvent>()({
  PlanCreated: Fields({
    ...details,
    planId: Id,
    number: Whole(1, Number.MAX_SAFE_INTEGER),
    createdAt: Instant,
    origin: Type.Optional(Origin),
  }),
  PlanChanged: Change(details, { changedAt: Instant }),
  PlanArchived: Fields({ archivedAt: Instant }),
})
