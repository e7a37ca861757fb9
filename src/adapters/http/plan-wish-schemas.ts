import Type from 'typebox'
import { bodyAreas, equipment, levels } from '../../domain/exercise/events.ts'
import { planGoals, trainingModes } from '../../domain/plan/events.ts'
import { Id, OneOf } from './schemas.ts'

export const FrequencyPerWeek = Type.Integer({
  minimum: 1,
  maximum: 14,
  description: 'How many sessions a week are meant.',
  examples: [3],
})
export const SessionMinutes = Type.Integer({
  minimum: 5,
  maximum: 600,
  description: 'How long a session takes.',
  examples: [60],
})
const Equipment = OneOf(equipment, { description: 'A piece of equipment.' })
const BodyArea = OneOf(bodyAreas, { description: 'An area; `hands` are the arms.' })
const Level = OneOf(levels, { description: 'How much skill it asks for.', examples: ['intermediate'] })
const Seed = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'The same seed and input give the same plan.',
  examples: [42],
})
const PlanGoal = OneOf(planGoals, {
  description: 'What it trains for: it says how many sets and repetitions, and how much rest.',
  examples: ['hypertrophy'],
})
const Available = Type.Array(Equipment, {
  maxItems: equipment.length,
  uniqueItems: true,
  description: 'All that there is; everything unless told. `none` always is.',
  examples: [['dumbbell', 'bench']],
})
const Areas = Type.Array(BodyArea, {
  maxItems: bodyAreas.length,
  uniqueItems: true,
  minItems: 1,
  description: 'Each is trained at least once a week; all that there is time and equipment for unless told.',
  examples: [['legs', 'back', 'chest']],
})

const wish = {
  goal: PlanGoal,
  frequencyPerWeek: FrequencyPerWeek,
  sessionMinutes: SessionMinutes,
  equipment: Type.Optional(Available),
  level: Type.Optional({
    ...Level,
    description: 'The most skill that an exercise may ask for; `intermediate` unless told.',
  }),
  bodyAreas: Type.Optional(Areas),
}

export const PlanWish = Type.Object(
  { id: Type.Optional(Id), ...wish, seed: Type.Optional(Seed) },
  {
    title: 'PlanWish',
    description: 'What a plan is to be made for.',
    examples: [{ goal: 'hypertrophy', frequencyPerWeek: 3, sessionMinutes: 60, seed: 42 }],
  },
)

/** What a plan was made from that nobody told. */
export const Origin = Type.Union(
  [
    Type.Object({ by: OneOf(['generate'], { description: 'Made for a wish.' }), ...wish, seed: Seed }),
    Type.Object({
      by: OneOf(['draw'], { description: 'Drawn by lot.' }),
      seed: Seed,
      trainingMode: OneOf(trainingModes, { description: 'What it trains for.', examples: ['strength'] }),
    }),
  ],
  { title: 'PlanOrigin' },
)
