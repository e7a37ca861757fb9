import {
  type BodyArea,
  bodyAreas,
  type CatalogueExercise,
  categories,
  type Equipment,
  type Level,
  levels,
} from '../exercise/events.ts'
import { type FieldError, isRefusal, type Refusal, refuseFields } from '../refusal.ts'
import type { PlanDetails, PlanGoal } from './events.ts'
import { type Prescription, prescriptions } from './prescription.ts'
import { between, type Random, seededRandom, shuffled } from './random.ts'
import { type Deck, leastSeconds, plannedSession } from './session-plan.ts'
import { leastPerSession, spread, weekdaysOf } from './week.ts'

export type GenerateInput = {
  goal: PlanGoal
  frequencyPerWeek: number
  sessionMinutes: number
  /** What there is to train with; everything unless told. Nothing at all is always there. */
  equipment?: readonly Equipment[] | undefined
  /** The most skill that an exercise may ask for; intermediate unless told. */
  level?: Level | undefined
  /** Each is trained at least once a week; all that there is time and an exercise for unless told. */
  bodyAreas?: readonly BodyArea[] | undefined
}

const titles: Readonly<Record<PlanGoal, string>> = {
  strength: 'Strength',
  hypertrophy: 'Muscle growth',
  endurance: 'Endurance',
  'fat-loss': 'Fat loss',
  general: 'General fitness',
}

const areaNames: Readonly<Record<BodyArea, string>> = {
  legs: 'legs',
  back: 'back',
  chest: 'chest',
  shoulders: 'shoulders',
  abdominal: 'abdominals',
  hands: 'arms',
  'full-body': 'full body',
  cardio: 'cardio',
}

// Where there is no time for all of them, the large muscles come first.
const byImportance = Object.keys(areaNames) as BodyArea[]

/**
 * A week of training: the same for the same input, catalogue and seed. Refuses an area that nothing left in
 * the catalogue trains, and sessions too short for what is asked, each by its field.
 */
export function generatePlan(
  input: GenerateInput,
  catalogue: readonly CatalogueExercise[],
  seed: number,
): PlanDetails | Refusal {
  const { goal, frequencyPerWeek, sessionMinutes } = input
  const random = seededRandom(seed)
  const prescription = prescriptions[goal]
  const pools = poolsOf(input, catalogue, prescription)
  if (isRefusal(pools)) return pools
  const seconds = sessionMinutes * 60
  const room = roomFor(input, pools, prescription)
  if (isRefusal(room)) return room
  const week = spread(
    frequencyPerWeek,
    shuffled(random, room.areas),
    room.wanted,
    leastOf(pools, prescription),
  )
  const decks = new Map(room.areas.map((area) => [area, deckOf(random, poolOf(pools, area), prescription)]))
  const days = weekdaysOf(frequencyPerWeek).map((weekday, session) => {
    const areas = week[session] as BodyArea[]
    const sessionDecks = areas.map((area) => decks.get(area) as Deck)
    return { name: nameOf(areas), weekday, exercises: plannedSession(sessionDecks, prescription, seconds) }
  })
  const used = new Set(days.flatMap(({ exercises }) => exercises.map(({ exerciseId }) => exerciseId)))
  const types = new Set(
    catalogue.filter(({ exerciseId }) => used.has(exerciseId)).map((each) => each.category),
  )
  const often = frequencyPerWeek === 1 ? 'once' : `${frequencyPerWeek} times`
  return {
    name: `${titles[goal]}, ${often} a week`,
    goal,
    frequencyPerWeek,
    sessionMinutes,
    exerciseTypes: categories.filter((category) => types.has(category)),
    days,
  }
}

type Pools = ReadonlyMap<BodyArea, readonly CatalogueExercise[]>

/** For each area what can be done for it here: of the goal's own kinds of training, else of any. */
function poolsOf(
  { equipment, level = 'intermediate', bodyAreas: asked }: GenerateInput,
  catalogue: readonly CatalogueExercise[],
  { categories: preferred }: Prescription,
): Pools | Refusal {
  const usable = catalogue
    .filter((exercise) => levels.indexOf(exercise.level ?? 'beginner') <= levels.indexOf(level))
    .filter((exercise) => exercise.equipment.every((each) => isThere(each, equipment)))
    // Endurance is planned by the clock, not by counting.
    .filter(({ category, metric }) => category !== 'cardio' || !metric.endsWith('reps'))
    .toSorted((left, right) => (left.exerciseId < right.exerciseId ? -1 : 1))
  const pools = new Map<BodyArea, CatalogueExercise[]>()
  for (const area of new Set(asked ?? bodyAreas)) {
    const training = usable.filter(({ bodyArea }) => bodyArea === area)
    const fitting = training.filter(({ category }) => preferred.includes(category))
    if (training.length > 0) pools.set(area, fitting.length > 0 ? fitting : training)
  }
  const errors: FieldError[] = (asked ?? []).flatMap((area, index) =>
    pools.has(area) ? [] : [nothingLeft(`/bodyAreas/${index}`, `trains ${areaNames[area]}`)],
  )
  if (pools.size === 0 && errors.length === 0) errors.push(nothingLeft('/equipment', 'is left'))
  return errors.length > 0 ? refuseFields(errors) : pools
}

function poolOf(pools: Pools, area: BodyArea) {
  return pools.get(area) as readonly CatalogueExercise[]
}

function isThere(equipment: Equipment, available: readonly Equipment[] | undefined): boolean {
  return equipment === 'none' || available === undefined || available.includes(equipment)
}

/** The areas that the week has time for, and how many of them a session holds at ease. */
function roomFor(
  { goal, frequencyPerWeek, sessionMinutes, bodyAreas: asked }: GenerateInput,
  pools: Pools,
  prescription: Prescription,
): { areas: BodyArea[]; wanted: number } | Refusal {
  const seconds = sessionMinutes * 60
  const least = leastOf(pools, prescription)
  const needed = (areas: readonly BodyArea[]) => leastPerSession(frequencyPerWeek, areas, least)
  const known = byImportance.filter((area) => pools.has(area))
  const quickest = known.toSorted((a, b) => least(a) - least(b))
  // As many areas as there is time for.
  const choices = quickest.map((_, index) => quickest.slice(0, index + 1))
  const best = choices.findLast((choice) => needed(choice) <= seconds) ?? []
  const areas = asked === undefined ? known.filter((area) => best.includes(area)) : known
  const tried = areas.length === 0 ? quickest.slice(0, 1) : areas
  if (needed(tried) > seconds) {
    const minutes = Math.ceil(needed(tried) / 60)
    const message = `Sessions for ${goal} need ${minutes} minutes to train this in a week.`
    return refuseFields([{ pointer: '/sessionMinutes', code: 'too-short', message }])
  }
  const [rest = 0, saving = rest] = [prescription.restSeconds[0], prescription.restSeconds.at(-1)]
  const atEase = Math.max(...areas.map(least)) + prescription.sets[0] * (rest - saving)
  return { areas, wanted: Math.floor(seconds / atEase) }
}

/** The least seconds that each area can be trained in. */
function leastOf(pools: Pools, prescription: Prescription) {
  return (area: BodyArea) =>
    Math.min(...poolOf(pools, area).map((exercise) => leastSeconds(exercise, prescription)))
}

/** Every exercise of an area in the order drawn, each with its repetitions: many of what moves one joint. */
function deckOf(
  random: Random,
  pool: readonly CatalogueExercise[],
  { reps: [least, most] }: Prescription,
): Deck {
  const middle = Math.floor((least + most) / 2)
  return shuffled(random, pool).map((exercise) => ({
    exercise,
    reps: exercise.mechanic === 'isolation' ? between(random, middle, most) : between(random, least, middle),
  }))
}

function nameOf(areas: readonly BodyArea[]): string {
  const names = byImportance.filter((area) => areas.includes(area)).map((area) => areaNames[area])
  const text = names.join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function nothingLeft(pointer: string, what: string): FieldError {
  const message = `No exercise ${what} with this equipment at this level.`
  return { pointer, code: 'no-exercise', message }
}
