import Type from 'typebox'
import { formulas } from '../../domain/statistics/one-rep-max.ts'
import { recordKinds } from '../../domain/statistics/records.ts'
import { DateTime, Id, OneOf } from './schemas.ts'

export const Formula = OneOf(formulas, { description: 'Estimates the one-rep max.', examples: ['epley'] })
export const ExerciseId = Type.String({
  maxLength: 100,
  pattern: '^[A-Za-z0-9-]{1,100}$',
  description: 'A word of the catalogue, or a UUID of one’s own.',
  examples: ['barbell-back-squat'],
})

export const Record = Type.Object(
  {
    exerciseId: ExerciseId,
    name: Type.String({
      description: 'Of the exercise, as it was on the day of logging.',
      examples: ['Barbell Back Squat'],
    }),
    kind: OneOf(recordKinds, {
      description: 'What it is the best of; those of an exercise follow from its metric.',
      examples: ['estimated-1rm'],
    }),
    value: Type.Number({ description: 'In `unit`.', examples: [140] }),
    unit: Type.String({ description: 'kg or lb, km or mi, s, reps, s/km or s/mi.', examples: ['kg'] }),
    reps: Type.Optional(Type.Integer({ description: 'Of `weight-at-reps`.', examples: [5] })),
    formula: Type.Optional(Formula),
    achievedAt: DateTime,
    sessionId: Id,
    setId: Id,
    previous: Type.Optional(
      Type.Number({ description: 'The best before it; absent for a first.', examples: [137.5] }),
    ),
  },
  { title: 'Record' },
)
