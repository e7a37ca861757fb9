import type { BodyArea } from '../exercise/events.ts'
import type { PlannedExercise, PlannedSet } from '../session/events.ts'
import type { Outline, PlanDetails } from './events.ts'

const areas = ['hands', 'abdominal', 'back', 'legs'] as const

/**
 * The plan in four texts: those that it was told in, or else its exercises by body area, each as "exercise,
 * sets, repetitions"; an area without exercises has an empty text.
 */
export function outlineOf(
  { outline, days }: PlanDetails,
  bodyAreaOf: (exerciseId: string) => BodyArea | undefined,
): Outline {
  if (outline !== undefined) return outline
  const planned = days.flatMap(({ exercises }) => exercises)
  const texts = areas.map((area) => {
    const fitting = planned.filter(({ exerciseId }) => bodyAreaOf(exerciseId) === area)
    return [area, [...new Set(fitting.map(lineOf))].join('; ')] as const
  })
  return Object.fromEntries(texts) as Outline
}

export function outlineLine(exerciseName: string, sets: number, repetitions: string | number): string {
  return `${exerciseName}, ${sets}, ${repetitions}`
}

function lineOf({ exerciseName, sets }: PlannedExercise): string {
  const [first] = sets
  return first === undefined ? exerciseName : outlineLine(exerciseName, sets.length, aimOf(first))
}

function aimOf({ reps, repsMin, repsMax, distance, distanceUnit, durationSeconds }: PlannedSet): string {
  if (reps !== undefined) return String(reps)
  if (repsMin !== undefined) return `${repsMin}-${repsMax}`
  return distance === undefined ? `${durationSeconds} s` : `${distance} ${distanceUnit}`
}
