import Type from 'typebox'
import type { Outline } from '../../../domain/plan/events.ts'
import { FreeText, replayedHeaders } from './classic-route.ts'

/** The four parts of a workout as they are given. */
export const told = {
  hands: FreeText('What is done for the hands.', 'Подъём штанги, 4, 10'),
  abdominal: FreeText('What is done for the belly.', 'Скручивания, 3, 20'),
  back: FreeText('What is done for the back.', 'Подтягивания, 4, 8'),
  legs: FreeText('What is done for the legs.', 'Приседания, 5, 5'),
}

const Shown = (of: string) =>
  Type.String({
    description: `What is done for the ${of}; empty where nothing is.`,
    examples: ['Жим, 4, 10'],
  })

/** The four parts as they are answered. */
export const shown = {
  hands: Shown('hands'),
  abdominal: Shown('belly'),
  back: Shown('back'),
  legs: Shown('legs'),
}

export const WorkoutNumber = Type.Integer({
  minimum: 1,
  maximum: 1_000_000_000,
  description: 'Numbers count the workouts of a person, and none is used twice.',
  examples: [1],
})

/** In the order in which the clients have always had them. */
export function partsOf({ hands, abdominal, back, legs }: Outline): Outline {
  return { hands, abdominal, back, legs }
}

/** The clients make workouts by GET, which should never have been. */
export const makingMethods = ['POST', 'GET'] as const

/** Of the answer that tells of a workout that was made, whichever the method. */
export function madeHeaders(made: { replayed: boolean }) {
  return { 'cache-control': 'no-store', ...replayedHeaders(made) }
}
