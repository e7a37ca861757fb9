import Type from 'typebox'
import type { SessionEvent } from '../../../domain/session/events.ts'
import { guideLimits } from '../../../domain/session/guiding.ts'
import { ExerciseId, Fields, Instant, schemasOf, Text, UpTo, Whole } from './parts.ts'
import { entryExercise, PlannedSet } from './sets.ts'

/** As many steps as a day can have: 50 exercises of 20 sets. */
const STEPS = 1000

export const StepId = Type.String({ pattern: '^\\d+(\\.\\d+)?$', maxLength: 40 })
const workingSets = Whole(0, STEPS)

type GuideEvent = Extract<
  SessionEvent,
  { type: 'StepsSkipped' | 'StepsSwapped' | 'StepAdjusted' | 'RestSet' }
>

export const guideSchemas = schemasOf<GuideEvent>()({
  StepsSkipped: Fields({
    stepIds: UpTo(STEPS, StepId),
    exerciseId: ExerciseId,
    workingSets,
    reason: Type.Optional(Text(guideLimits.reasonLength)),
  }),
  StepsSwapped: Fields({
    ...entryExercise,
    swappedExerciseId: ExerciseId,
    workingSets,
    steps: UpTo(STEPS, Fields({ swapped: StepId, stepId: StepId, target: PlannedSet })),
  }),
  StepAdjusted: Fields({
    stepId: StepId,
    exerciseId: ExerciseId,
    note: Text(guideLimits.noteLength),
    target: Type.Optional(PlannedSet),
  }),
  RestSet: Fields({ endsAt: Type.Union([Instant, Type.Null()]) }),
})
