import Type from 'typebox'
import { Nullable } from './schemas.ts'

const Ratio = Nullable(
  Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'What was done of what was planned; null where nothing was.',
    examples: [0.9],
  }),
)
export const Adherence = Type.Object({
  planned: Type.Integer({
    description:
      'Sets, without warm-ups, that the days of plans held from which sessions were done, as these days ' +
      'were when the sessions named them.',
    examples: [60],
  }),
  done: Type.Integer({
    description: 'Sets that were done of the planned exercises, of each at most as many as planned.',
    examples: [54],
  }),
  skipped: Type.Integer({
    description: 'Planned sets that the guides of sessions were told to skip.',
    examples: [2],
  }),
  swapped: Type.Integer({
    description: 'Planned sets that were given another exercise on the way; done means done of that one.',
    examples: [3],
  }),
  adjusted: Type.Integer({
    description: 'Planned sets that were given a note, or another target, on the way.',
    examples: [1],
  }),
  ratio: Ratio,
  sessions: Nullable(
    Type.Object({
      planned: Type.Integer({
        description:
          'Sessions that plans with a `frequencyPerWeek` asked for, in all ISO weeks from the first to the ' +
          'last in which each was followed.',
        examples: [12],
      }),
      done: Type.Integer({
        description: 'Finished sessions from these plans, in a week at most as many as asked for.',
        examples: [11],
      }),
      ratio: Ratio,
    }),
    { description: 'Null where no followed plan says how often.' },
  ),
})
