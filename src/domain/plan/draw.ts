import type { BodyArea, CatalogueExercise } from '../exercise/events.ts'
import { type Outline, type TrainingMode, trainingModes } from './events.ts'
import { outlineLine } from './outline.ts'
import { between, type Random, seededRandom } from './random.ts'

const modes: Readonly<
  Record<TrainingMode, { sets: readonly [number, number]; reps: readonly [number, number] }>
> = {
  strength: { sets: [3, 6], reps: [1, 6] },
  hypertrophy: { sets: [3, 5], reps: [6, 12] },
  endurance: { sets: [2, 4], reps: [12, 20] },
}

export type DrawnWorkout = { trainingMode: TrainingMode; outline: Outline }

/** A training mode, and for each of four body areas an exercise with sets and repetitions that fit it. */
export function drawWorkout(seed: number, catalogue: readonly CatalogueExercise[]): DrawnWorkout {
  const random = seededRandom(seed)
  const trainingMode = trainingModes[between(random, 0, trainingModes.length - 1)] as TrainingMode
  const line = (area: BodyArea) => drawnLine(random, catalogue, area, trainingMode)
  const outline = {
    hands: line('hands'),
    abdominal: line('abdominal'),
    back: line('back'),
    legs: line('legs'),
  }
  return { trainingMode, outline }
}

function drawnLine(
  random: Random,
  catalogue: readonly CatalogueExercise[],
  area: BodyArea,
  mode: TrainingMode,
): string {
  // Only what is counted in repetitions can be told as "exercise, sets, repetitions".
  const fitting = catalogue.filter(
    ({ bodyArea, category, metric }) =>
      bodyArea === area && category === 'strength' && metric.endsWith('reps'),
  )
  fitting.sort((left, right) => (left.exerciseId < right.exerciseId ? -1 : 1))
  const drawn = fitting[between(random, 0, fitting.length - 1)]
  if (drawn === undefined) return ''
  const { sets, reps } = modes[mode]
  return outlineLine(drawn.texts.en.name, between(random, ...sets), between(random, ...reps))
}
