import Type from 'typebox'
import {
  bodyAreas,
  categories,
  equipment,
  forces,
  levels,
  mechanics,
  metrics,
  muscles,
} from '../../domain/exercise/events.ts'
import { exerciseLimits } from '../../domain/exercise/exercise.ts'
import { exampleId, Id, Nullable, OneOf, paging, Text } from './schemas.ts'

const { nameLength, descriptionLength, instructions, instructionLength } = exerciseLimits

const Category = OneOf(categories, { description: 'The kind of training.', examples: ['strength'] })
const BodyArea = OneOf(bodyAreas, {
  description: 'Where it works most; `hands` are the arms.',
  examples: ['shoulders'],
})
const Muscle = OneOf(muscles, { description: 'Primary or secondary.', examples: ['front-delts'] })
const Equipment = OneOf(equipment, { description: 'What it is done with.', examples: ['other'] })
const Level = OneOf(levels, { description: 'How much skill it asks for.', examples: ['intermediate'] })
const Force = OneOf(forces, { description: 'Which way the effort goes.', examples: ['push'] })
const Mechanic = OneOf(mechanics, { description: 'Several joints or one.', examples: ['compound'] })
export const Metric = OneOf(metrics, {
  description: 'What its sets are measured by.',
  examples: ['weight-reps'],
})
const Custom = Type.Boolean({ description: 'Whether it is one’s own.', examples: [true] })
const Archived = Type.Boolean({
  description: 'Whether it lives on only in what was logged.',
  examples: [false],
})

const about = {
  name: { description: 'Unique among one’s own that are not archived.', examples: ['Log Press'] },
  description: {
    description: 'What it is, in a sentence.',
    examples: ['A log, from the floor to overhead.'],
  },
  instructions: { description: 'Step by step.', examples: [['Clean the log.', 'Press it overhead.']] },
}

const traits = {
  category: Category,
  bodyArea: BodyArea,
  primaryMuscles: Type.Array(Muscle, {
    maxItems: muscles.length,
    uniqueItems: true,
    description: 'Those that do the work.',
    examples: [['front-delts']],
  }),
  secondaryMuscles: Type.Array(Muscle, {
    maxItems: muscles.length,
    uniqueItems: true,
    description: 'Those that help, none of them primary; in statistics they count half.',
    examples: [['triceps']],
  }),
  equipment: Type.Array(Equipment, {
    maxItems: equipment.length,
    uniqueItems: true,
    description: 'Everything that it needs.',
    examples: [['other']],
  }),
  unilateral: Type.Boolean({ description: 'One side at a time.', examples: [false] }),
}

export const ExerciseDocument = Type.Object(
  {
    id: Type.String({
      description: 'A word of the catalogue such as `pull-up`, or a UUID of one’s own.',
      examples: [exampleId],
    }),
    name: Type.String(about.name),
    description: Type.String(about.description),
    instructions: Type.Array(Type.String(), about.instructions),
    ...traits,
    level: Nullable(Level),
    force: Nullable(Force),
    mechanic: Nullable(Mechanic),
    metric: Metric,
    custom: Custom,
    archived: Archived,
  },
  { title: 'Exercise', description: 'What is not known is null.' },
)

const told = {
  name: Text(1, nameLength, about.name),
  description: Text(0, descriptionLength, about.description),
  instructions: Type.Array(Text(1, instructionLength), { maxItems: instructions, ...about.instructions }),
  ...traits,
}

export const NewExercise = Type.Object(
  {
    id: Type.Optional(Id),
    ...Type.Partial(Type.Object({ ...told, level: Level, force: Force, mechanic: Mechanic })).properties,
    name: told.name,
    metric: Metric,
  },
  { title: 'NewExercise' },
)

export const ExerciseChange = Type.Partial(
  Type.Object({ ...told, level: Nullable(Level), force: Nullable(Force), mechanic: Nullable(Mechanic) }),
  {
    title: 'ExerciseChange',
    description: 'Fields that are given replace, null clears. The metric stays, as sets were logged by it.',
    examples: [{ description: 'From the floor to overhead, every time.', level: 'advanced', force: null }],
  },
)

export const ExerciseFilters = Type.Object({
  ...paging,
  q: Type.Optional(
    Text(1, 100, { description: 'Beginnings of words in names and descriptions.', examples: ['bench pr'] }),
  ),
  muscle: Type.Optional(Muscle),
  equipment: Type.Optional(Equipment),
  category: Type.Optional(Category),
  bodyArea: Type.Optional(BodyArea),
  level: Type.Optional(Level),
  metric: Type.Optional(Metric),
  custom: Type.Optional({ ...Custom, description: 'Only one’s own, or only the catalogue.' }),
  archived: Type.Optional({ ...Archived, description: 'Only archived ones; only the others unless told.' }),
})

export const ExerciseParams = Type.Object({
  id: Type.String({
    maxLength: 100,
    pattern: '^[A-Za-z0-9-]{1,100}$',
    description: 'As in its document.',
    examples: [exampleId],
  }),
})
