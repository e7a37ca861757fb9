import type { Category } from '../exercise/events.ts'
import type { EntryExercise, PlannedExercise } from '../session/events.ts'
import { checkNumber, checkText, type Findings, report, told, within } from '../session/fields.ts'
import { type PlannedSetFields, plannedSet } from '../session/planned-set.ts'
import type { Units } from '../user/events.ts'
import type { Outline, PlanDay, PlanDetails, Weekday } from './events.ts'

export const planLimits = {
  days: 14,
  exercisesPerDay: 50,
  setsPerExercise: 20,
  nameLength: 200,
  goalLength: 500,
  notesLength: 2000,
  outlineLength: 500,
  frequencyPerWeek: { minimum: 1, maximum: 14, multipleOf: 1 },
  sessionMinutes: { minimum: 5, maximum: 600, multipleOf: 1 },
  restSeconds: { minimum: 0, maximum: 3600, multipleOf: 1 },
  supersetGroup: { minimum: 0, maximum: 1000, multipleOf: 1 },
} as const

export type PlannedExerciseFields = {
  exerciseId: string
  notes?: string | null | undefined
  restSeconds?: number | null | undefined
  supersetGroup?: number | null | undefined
  sets: readonly PlannedSetFields[]
}

export type PlanDayFields = {
  name: string
  weekday?: Weekday | null | undefined
  exercises: readonly PlannedExerciseFields[]
}

/** A plan as a client tells it; null says the same as leaving it out. */
export type PlanFields = {
  name: string
  goal?: string | null | undefined
  frequencyPerWeek?: number | null | undefined
  sessionMinutes?: number | null | undefined
  exerciseTypes?: readonly Category[] | undefined
  days?: readonly PlanDayFields[] | undefined
  outline?: Outline | undefined
}

export type PlanContext = {
  /** By their ids: those that this person can plan with. */
  exercises: ReadonlyMap<string, EntryExercise>
  units: Units
}

/** What is told of a plan, as it will be kept; what does not pass is reported. */
export function planDetails<F extends Partial<PlanFields>>(
  findings: Findings,
  fields: F,
  context: PlanContext,
): Partial<PlanDetails> {
  const { frequencyPerWeek, sessionMinutes, exerciseTypes, days } = fields
  const texts = { name: fields.name?.trim(), goal: fields.goal?.trim() }
  checkText(findings, 'name', texts.name, planLimits.nameLength)
  checkText(findings, 'goal', texts.goal, planLimits.goalLength)
  checkNumber(findings, 'frequencyPerWeek', frequencyPerWeek ?? undefined, planLimits.frequencyPerWeek)
  checkNumber(findings, 'sessionMinutes', sessionMinutes ?? undefined, planLimits.sessionMinutes)
  if (new Set(exerciseTypes).size < (exerciseTypes?.length ?? 0)) {
    report(findings, 'exerciseTypes', 'duplicate', 'exerciseTypes names one of them twice.')
  }
  checkCount(findings, 'days', days ?? [], planLimits.days)
  return told({
    ...texts,
    frequencyPerWeek: frequencyPerWeek ?? undefined,
    sessionMinutes: sessionMinutes ?? undefined,
    exerciseTypes: exerciseTypes && [...exerciseTypes],
    days: days?.map((day, index) => planDay(within(findings, `/days/${index}`), day, context)),
    outline: fields.outline && outlineTold(within(findings, '/outline'), fields.outline),
  })
}

/** The texts trimmed; one that is too long is reported. A blank one says that nothing is done there. */
export function outlineTold<O extends Partial<Outline>>(findings: Findings, outline: O): O {
  const texts = Object.entries(outline).map(([area, text]) => [area, text.trim()] as const)
  for (const [area, text] of texts) checkText(findings, area, text || undefined, planLimits.outlineLength)
  return Object.fromEntries(texts) as O
}

function planDay(findings: Findings, day: PlanDayFields, context: PlanContext): PlanDay {
  const name = day.name.trim()
  checkText(findings, 'name', name, planLimits.nameLength)
  checkCount(findings, 'exercises', day.exercises, planLimits.exercisesPerDay)
  return {
    name,
    ...told({ weekday: day.weekday ?? undefined }),
    exercises: day.exercises.map((exercise, index) =>
      plannedExercise(within(findings, `/exercises/${index}`), exercise, context),
    ),
  }
}

function plannedExercise(
  findings: Findings,
  fields: PlannedExerciseFields,
  { exercises, units }: PlanContext,
): PlannedExercise {
  const known = exercises.get(fields.exerciseId)
  if (known === undefined) {
    report(findings, 'exerciseId', 'unknown-exercise', 'exerciseId names no exercise that you can plan.')
  }
  const about = {
    notes: fields.notes?.trim(),
    restSeconds: fields.restSeconds ?? undefined,
    supersetGroup: fields.supersetGroup ?? undefined,
  }
  checkText(findings, 'notes', about.notes, planLimits.notesLength)
  checkNumber(findings, 'restSeconds', about.restSeconds, planLimits.restSeconds)
  checkNumber(findings, 'supersetGroup', about.supersetGroup, planLimits.supersetGroup)
  checkCount(findings, 'sets', fields.sets, planLimits.setsPerExercise)
  // What a set needs hangs on the metric: without an exercise there is nothing to hold its sets against.
  const sets = known === undefined ? [] : fields.sets
  return {
    ...(known as EntryExercise),
    ...told(about),
    sets: sets.map((set, index) =>
      plannedSet(within(findings, `/sets/${index}`), set, (known as EntryExercise).metric, units),
    ),
  }
}

function checkCount(findings: Findings, field: string, items: readonly unknown[], most: number) {
  if (items.length > most) report(findings, field, 'too-many', `${field} holds up to ${most} items.`)
}
