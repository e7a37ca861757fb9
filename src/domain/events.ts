import type { ExerciseEvent } from './exercise/events.ts'
import type { GoalEvent } from './goal/events.ts'
import type { MeasurementEvent } from './measurement/events.ts'
import type { PlanEvent } from './plan/events.ts'
import type { SessionEvent } from './session/events.ts'
import type { UserEvent } from './user/events.ts'

export type DomainEvent = UserEvent | ExerciseEvent | PlanEvent | SessionEvent | MeasurementEvent | GoalEvent
export type EventType = DomainEvent['type']
export type EventOf<T extends EventType> = Extract<DomainEvent, { type: T }>

/** The version that each type is written with today. */
export const eventVersions: { readonly [T in EventType]: number } = {
  UserRegistered: 1,
  UserProfileChanged: 1,
  AccountClaimed: 1,
  PlanNumberTaken: 1,
  ClassicStatisticsCreated: 1,
  ClassicCountsCleared: 1,
  ExerciseNamesMapped: 1,
  UserErased: 1,
  CatalogueExercisePublished: 1,
  CustomExerciseCreated: 1,
  CustomExerciseChanged: 1,
  CustomExerciseArchived: 1,
  PlanCreated: 1,
  PlanChanged: 1,
  PlanArchived: 1,
  SessionStarted: 1,
  SessionLogged: 1,
  SetLogged: 1,
  SetCorrected: 1,
  SetDeleted: 1,
  StepsSkipped: 1,
  StepsSwapped: 1,
  StepAdjusted: 1,
  RestSet: 1,
  SessionFinished: 1,
  SessionChanged: 1,
  SessionDiscarded: 1,
  SessionRestored: 1,
  WorkoutsReported: 1,
  MeasurementTaken: 1,
  MeasurementCorrected: 1,
  MeasurementDeleted: 1,
  GoalSet: 1,
  GoalChanged: 1,
  GoalProgressed: 1,
  GoalAbandoned: 1,
  GoalResumed: 1,
  GoalDeleted: 1,
}

/** Turns the data of version n into that of n + 1; one entry for each version that is no longer written. */
export type Upcasts = { readonly [type: string]: { readonly [version: number]: (data: never) => unknown } }

export const upcasts: Upcasts = {}

/** A stored event as today's code reads it. Throws on a type or version that only newer code can know. */
export function readEvent(
  type: string,
  version: number,
  data: unknown,
  versions: { readonly [type: string]: number } = eventVersions,
  steps: Upcasts = upcasts,
): DomainEvent {
  const current = Object.hasOwn(versions, type) ? versions[type] : undefined
  if (current === undefined || version > current || version < 1) {
    throw new Error(`Unknown event ${type} version ${version}`)
  }
  let read = data
  for (let from = version; from < current; from++) {
    const step = steps[type]?.[from]
    if (step === undefined) throw new Error(`No upcast for ${type} from version ${from}`)
    read = step(read as never)
  }
  return { type, data: read } as DomainEvent
}
