import { type FieldError, type Refusal, refuse, refuseFields } from '../refusal.ts'
import type {
  CatalogueExercise,
  CustomExercise,
  CustomExerciseChange,
  ExerciseEvent,
  ExerciseText,
  ExerciseTraits,
} from './events.ts'

export const exerciseLimits = {
  nameLength: 200,
  descriptionLength: 2000,
  instructions: 50,
  instructionLength: 500,
} as const

/** `created` stays as it was first told of, so that a repeated request is known as such. */
export type OwnExercise = {
  status: 'custom' | 'archived'
  created: CustomExercise
  exercise: CustomExercise
}

export type ExerciseState =
  | { status: 'none' }
  | { status: 'catalogue'; exercise: CatalogueExercise }
  | OwnExercise

const initial = { status: 'none' } as ExerciseState

function evolve(state: ExerciseState, event: ExerciseEvent): ExerciseState {
  switch (event.type) {
    case 'CatalogueExercisePublished':
      return { status: 'catalogue', exercise: event.data }
    case 'CustomExerciseCreated':
      return { status: 'custom', created: event.data, exercise: event.data }
    case 'CustomExerciseChanged': {
      const own = state as OwnExercise
      return { ...own, exercise: withChange(own.exercise, event.data) }
    }
    case 'CustomExerciseArchived':
      return { ...(state as OwnExercise), status: 'archived' }
  }
}

export const exercise = { initial, evolve }

/** An entry of the catalogue as the program ships it: published when new, or other than what stands. */
export function publishExercise(state: ExerciseState, entry: CatalogueExercise): ExerciseEvent[] {
  if (state.status === 'catalogue' && sameFacts(state.exercise, entry)) return []
  return [{ type: 'CatalogueExercisePublished', data: entry }]
}

/** What a person tells of an exercise of their own; the rest has defaults. */
export type ExerciseFacts = Partial<ExerciseTraits & ExerciseText> & Pick<CustomExercise, 'name' | 'metric'>

export type CreateExercise = { exerciseId: string; facts: ExerciseFacts }

/**
 * Adds an exercise of the person's own. Telling again what was told at its creation does nothing; telling
 * something else under its id is `id-taken`. Refuses all failing fields at once.
 */
export function createExercise(state: ExerciseState, command: CreateExercise): ExerciseEvent[] | Refusal {
  const facts = trimmed(command.facts)
  const errors = fieldErrors(facts)
  if (errors.length > 0) return refuseFields(errors)
  if (state.status !== 'none') {
    const recorded: Record<string, unknown> = state.status === 'catalogue' ? {} : state.created
    const repeated = Object.entries(facts).every(([name, fact]) => sameFacts(recorded[name], fact))
    return repeated ? [] : refuse('id-taken', 'Another exercise of yours has this id.')
  }
  const data: CustomExercise = {
    exerciseId: command.exerciseId,
    description: '',
    instructions: [],
    category: 'strength',
    bodyArea: 'full-body',
    primaryMuscles: [],
    secondaryMuscles: [],
    equipment: [],
    unilateral: false,
    ...facts,
  }
  return [{ type: 'CustomExerciseCreated', data }]
}

/**
 * Keeps what differs from the exercise as it stands; null clears what may be unknown. The metric stays, since
 * sets were logged by it. Refuses all failing fields at once, the catalogue's and what is archived.
 */
export function changeExercise(
  state: ExerciseState,
  { change }: { change: CustomExerciseChange },
): ExerciseEvent[] | Refusal {
  if (state.status === 'none') return noExercise()
  if (state.status === 'catalogue') return readOnly()
  if (state.status === 'archived') return refuse('archived', 'This exercise is archived.')
  const standing: CustomExerciseChange = state.exercise
  const told = trimmed(change)
  const errors = fieldErrors(withChange(state.exercise, told), told)
  if (errors.length > 0) return refuseFields(errors)
  const names = Object.keys(told) as (keyof CustomExerciseChange)[]
  const changed = names.filter((name) => !sameFacts(told[name], standing[name] ?? null))
  if (changed.length === 0) return []
  const data = Object.fromEntries(changed.map((name) => [name, told[name]]))
  return [{ type: 'CustomExerciseChanged', data }]
}

/** Takes it out of what can be listed and logged; what was logged keeps it, and its name is free again. */
export function archiveExercise(state: ExerciseState): ExerciseEvent[] | Refusal {
  if (state.status === 'none') return noExercise()
  if (state.status === 'catalogue') return readOnly()
  return state.status === 'archived' ? [] : [{ type: 'CustomExerciseArchived', data: {} }]
}

/** The exercise with the facts that a change names, and without those that it clears. */
export function withChange(exercise: CustomExercise, change: CustomExerciseChange): CustomExercise {
  const facts = Object.entries({ ...exercise, ...change }).filter(([, fact]) => fact !== null)
  return Object.fromEntries(facts) as CustomExercise
}

export function noExercise(): Refusal {
  return refuse('not-found', 'There is no such exercise.')
}

function readOnly(): Refusal {
  return refuse('catalogue-read-only', 'The catalogue cannot be changed; add an exercise of your own.')
}

/** Names that a person would call the same have the same key. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

function trimmed<F extends Partial<ExerciseText>>(facts: F): F {
  const { name, description, instructions } = facts
  return {
    ...facts,
    ...(name !== undefined && { name: name.trim() }),
    ...(description !== undefined && { description: description.trim() }),
    ...(instructions !== undefined && { instructions: instructions.map((step) => step.trim()) }),
  }
}

/** Of a muscle that is both primary and secondary, the list that was told is to blame. */
function fieldErrors(facts: ExerciseFacts, told: CustomExerciseChange = facts): FieldError[] {
  const { name, description = '', instructions = [], equipment = [] } = facts
  const muscles = [...(facts.primaryMuscles ?? []), ...(facts.secondaryMuscles ?? [])]
  const { nameLength, descriptionLength, instructions: steps, instructionLength } = exerciseLimits
  const errors: FieldError[] = []
  if (name === '') errors.push(error('/name', 'required', 'An exercise needs a name.'))
  if (lengthOf(name) > nameLength) errors.push(tooLong('/name', 'The name', nameLength))
  if (lengthOf(description) > descriptionLength) {
    errors.push(tooLong('/description', 'The description', descriptionLength))
  }
  if (instructions.length > steps) {
    errors.push(error('/instructions', 'too-many', `At most ${steps} instructions are kept.`))
  }
  for (const [index, step] of instructions.entries()) {
    const pointer = `/instructions/${index}`
    if (step === '') errors.push(error(pointer, 'required', 'An instruction cannot be blank.'))
    if (lengthOf(step) > instructionLength) errors.push(tooLong(pointer, 'An instruction', instructionLength))
  }
  if (new Set(facts.primaryMuscles).size < (facts.primaryMuscles ?? []).length) {
    errors.push(error('/primaryMuscles', 'duplicate', 'A muscle is named twice.'))
  } else if (new Set(muscles).size < muscles.length) {
    const blamed = told.secondaryMuscles === undefined ? '/primaryMuscles' : '/secondaryMuscles'
    errors.push(error(blamed, 'duplicate', 'A muscle is named twice, or is both primary and secondary.'))
  }
  if (new Set(equipment).size < equipment.length) {
    errors.push(error('/equipment', 'duplicate', 'A piece of equipment is named twice.'))
  }
  return errors
}

function lengthOf(text: string): number {
  return [...text].length
}

function error(pointer: string, code: string, message: string): FieldError {
  return { pointer, code, message }
}

function tooLong(pointer: string, what: string, length: number): FieldError {
  return error(pointer, 'too-long', `${what} takes at most ${length} characters.`)
}

/** Equal as JSON is: the order of properties does not matter, that of list items does. */
function sameFacts(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return left === right
  }
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameFacts(left[name as never], right[name as never]))
  )
}
