import Type from 'typebox'
import {
  bodyAreas,
  categories,
  type ExerciseEvent,
  equipment,
  forces,
  levels,
  mechanics,
  metrics,
  muscles,
} from '../../../domain/exercise/events.ts'
import { exerciseLimits } from '../../../domain/exercise/exercise.ts'
import { Change, ExerciseId, Fields, Nothing, OneOf, schemasOf, Text, UpTo } from './parts.ts'

const { nameLength, descriptionLength, instructions, instructionLength } = exerciseLimits

export const Metric = OneOf(metrics)

const changeable = {
  category: OneOf(categories),
  bodyArea: OneOf(bodyAreas),
  primaryMuscles: UpTo(muscles.length, OneOf(muscles)),
  secondaryMuscles: UpTo(muscles.length, OneOf(muscles)),
  equipment: UpTo(equipment.length, OneOf(equipment)),
  level: Type.Optional(OneOf(levels)),
  force: Type.Optional(OneOf(forces)),
  mechanic: Type.Optional(OneOf(mechanics)),
  unilateral: Type.Boolean(),
}
const text = {
  name: Text(nameLength),
  description: Type.String({ maxLength: descriptionLength }),
  instructions: UpTo(instructions, Text(instructionLength)),
}

export const exerciseSchemas = schemasOf<ExerciseEvent>()({
  CatalogueExercisePublished: Fields({
    ...changeable,
    metric: Metric,
    exerciseId: ExerciseId,
    texts: Fields({ en: Fields(text), ru: Type.Optional(Fields(text)) }),
  }),
  CustomExerciseCreated: Fields({ ...changeable, ...text, metric: Metric, exerciseId: ExerciseId }),
  CustomExerciseChanged: Change({ ...changeable, ...text }),
  CustomExerciseArchived: Nothing,
})
