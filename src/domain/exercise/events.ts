// These shapes are on disk for ever: add optional fields, never rename or remove one.

export const metrics = [
  'weight-reps',
  'bodyweight-reps',
  'weighted-bodyweight-reps',
  'assisted-bodyweight-reps',
  'reps',
  'duration',
  'weight-duration',
  'distance-duration',
  'weight-distance',
] as const
export type Metric = (typeof metrics)[number]

export const categories = ['strength', 'cardio', 'stretching', 'plyometrics', 'mobility'] as const
export type Category = (typeof categories)[number]

export const bodyAreas = [
  'hands',
  'abdominal',
  'back',
  'legs',
  'chest',
  'shoulders',
  'full-body',
  'cardio',
] as const
export type BodyArea = (typeof bodyAreas)[number]

export const muscles = [
  'abdominals',
  'obliques',
  'chest',
  'lats',
  'upper-back',
  'lower-back',
  'traps',
  'front-delts',
  'side-delts',
  'rear-delts',
  'biceps',
  'triceps',
  'forearms',
  'quadriceps',
  'hamstrings',
  'glutes',
  'calves',
  'adductors',
  'abductors',
  'hip-flexors',
  'neck',
] as const
export type Muscle = (typeof muscles)[number]

export const equipment = [
  'none',
  'barbell',
  'dumbbell',
  'kettlebell',
  'machine',
  'smith-machine',
  'cable',
  'band',
  'ez-bar',
  'trap-bar',
  'plate',
  'medicine-ball',
  'exercise-ball',
  'suspension-trainer',
  'pull-up-bar',
  'dip-station',
  'bench',
  'box',
  'rings',
  'ab-wheel',
  'foam-roller',
  'jump-rope',
  'sled',
  'sandbag',
  'battle-rope',
  'treadmill',
  'stationary-bike',
  'rowing-machine',
  'elliptical',
  'stair-climber',
  'other',
] as const
export type Equipment = (typeof equipment)[number]

export const levels = ['beginner', 'intermediate', 'advanced'] as const
export type Level = (typeof levels)[number]

export const forces = ['push', 'pull', 'static'] as const
export type Force = (typeof forces)[number]

export const mechanics = ['compound', 'isolation'] as const
export type Mechanic = (typeof mechanics)[number]

export type ExerciseTraits = {
  category: Category
  bodyArea: BodyArea
  primaryMuscles: Muscle[]
  secondaryMuscles: Muscle[]
  equipment: Equipment[]
  level?: Level
  force?: Force
  mechanic?: Mechanic
  metric: Metric
  unilateral: boolean
}

export type ExerciseText = { name: string; description: string; instructions: string[] }

export type Language = 'en' | 'ru'

export type CatalogueExercise = ExerciseTraits & {
  exerciseId: string
  texts: { en: ExerciseText } & { [L in Language]?: ExerciseText }
}

export type CustomExercise = ExerciseTraits & ExerciseText & { exerciseId: string }

export type CustomExerciseChange = {
  [K in Exclude<keyof CustomExercise, 'exerciseId' | 'metric'>]?: undefined extends CustomExercise[K]
    ? CustomExercise[K] | null
    : CustomExercise[K]
}

export type ExerciseEvent =
  /** Added to the catalogue, or brought up to a newer edition of it: the whole entry either way. */
  | { type: 'CatalogueExercisePublished'; data: CatalogueExercise }
  | { type: 'CustomExerciseCreated'; data: CustomExercise }
  /** A change names only what changed; the metric stays, since sets were logged by it. */
  | { type: 'CustomExerciseChanged'; data: CustomExerciseChange }
  | { type: 'CustomExerciseArchived'; data: Record<string, never> }
