// These shapes are on disk for ever: add optional fields, never rename or remove one.
import type { BodyArea, Category, Equipment, Level } from '../exercise/events.ts'
import type { PlannedExercise } from '../session/events.ts'

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export type Weekday = (typeof weekdays)[number]

export type PlanDay = { name: string; weekday?: Weekday; exercises: PlannedExercise[] }

/** The four texts of a plan that was told in words and not in exercises. */
export type Outline = { hands: string; abdominal: string; back: string; legs: string }

export type PlanDetails = {
  name: string
  goal?: string
  frequencyPerWeek?: number
  sessionMinutes?: number
  exerciseTypes: Category[]
  days: PlanDay[]
  outline?: Outline
}

export const planGoals = ['strength', 'hypertrophy', 'endurance', 'fat-loss', 'general'] as const
export type PlanGoal = (typeof planGoals)[number]

export const trainingModes = ['strength', 'hypertrophy', 'endurance'] as const
export type TrainingMode = (typeof trainingModes)[number]

/** What a plan was made from, so that the making can be repeated. */
export type PlanOrigin =
  | {
      by: 'generate'
      seed: number
      goal: PlanGoal
      frequencyPerWeek: number
      sessionMinutes: number
      equipment?: Equipment[]
      level?: Level
      bodyAreas?: BodyArea[]
    }
  | { by: 'draw'; seed: number; trainingMode: TrainingMode }

/** A change names only what changed; null clears an optional field. */
export type PlanChange = {
  [K in keyof PlanDetails]?: undefined extends PlanDetails[K] ? PlanDetails[K] | null : PlanDetails[K]
}

export type PlanEvent =
  | {
      type: 'PlanCreated'
      data: PlanDetails & { planId: string; number: number; createdAt: string; origin?: PlanOrigin }
    }
  | { type: 'PlanChanged'; data: PlanChange & { changedAt: string } }
  | { type: 'PlanArchived'; data: { archivedAt: string } }
