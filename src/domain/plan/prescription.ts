import type { CatalogueExercise, Category } from '../exercise/events.ts'
import type { PlannedSet } from '../session/events.ts'
import { distanceMillimeters } from '../statistics/units.ts'
import type { PlanGoal } from './events.ts'

type Span = readonly [least: number, most: number]

/** How a goal is trained for. Of seconds the first are aimed at; the later ones save time. */
export type Prescription = {
  sets: Span
  reps: Span
  restSeconds: readonly number[]
  /** Exercises are done in turns, with this rest between them and the full one after the round. */
  circuitRestSeconds?: number
  holdSeconds: number
  intervalSeconds: number
  /** The kinds of training that are looked for first. */
  categories: readonly Category[]
}

/**
 * Loads, volumes and rests as the position stand of the American College of Sports Medicine on progression
 * models in resistance training (2009) recommends them.
 */
export const prescriptions: Readonly<Record<PlanGoal, Prescription>> = {
  strength: {
    sets: [3, 5],
    reps: [3, 6],
    restSeconds: [180, 150, 120, 90],
    holdSeconds: 20,
    intervalSeconds: 60,
    categories: ['strength'],
  },
  hypertrophy: {
    sets: [3, 4],
    reps: [8, 12],
    restSeconds: [90, 75, 60],
    holdSeconds: 30,
    intervalSeconds: 60,
    categories: ['strength'],
  },
  endurance: {
    sets: [2, 3],
    reps: [15, 20],
    restSeconds: [45, 30],
    holdSeconds: 60,
    intervalSeconds: 120,
    categories: ['strength', 'cardio'],
  },
  'fat-loss': {
    sets: [2, 4],
    reps: [12, 15],
    restSeconds: [60, 45],
    circuitRestSeconds: 15,
    holdSeconds: 40,
    intervalSeconds: 60,
    categories: ['strength', 'plyometrics', 'cardio'],
  },
  general: {
    sets: [2, 3],
    reps: [8, 12],
    restSeconds: [90, 60],
    holdSeconds: 30,
    intervalSeconds: 90,
    categories: ['strength', 'cardio', 'plyometrics'],
  },
}

const REP_SECONDS = 3
const CARRY_METERS = 20
const CARRY_SECONDS = 30

/** A set of the exercise; how heavy it is to be is left to whoever lifts it. */
export function setOf(exercise: CatalogueExercise, reps: number, goal: Prescription): PlannedSet {
  const kind = 'working'
  switch (exercise.metric) {
    case 'duration':
    case 'weight-duration':
    case 'distance-duration': {
      const { holdSeconds, intervalSeconds } = goal
      return { kind, durationSeconds: exercise.category === 'cardio' ? intervalSeconds : holdSeconds }
    }
    case 'weight-distance': {
      const entered = { distance: CARRY_METERS, distanceUnit: 'm' } as const
      return { kind, ...entered, distanceMillimeters: distanceMillimeters(CARRY_METERS, 'm') }
    }
    default:
      return { kind, reps }
  }
}

/** How long a set takes, without its rest; one side after the other takes twice as long. */
export function workSeconds(exercise: CatalogueExercise, reps: number, goal: Prescription): number {
  const { reps: count, durationSeconds } = setOf(exercise, reps, goal)
  const sides = exercise.unilateral ? 2 : 1
  if (count !== undefined) return count * REP_SECONDS * sides
  return (durationSeconds ?? CARRY_SECONDS) * sides
}
