// What is read of the server's documents; there is more in them.
import type * as api from '../../../client/api.ts'

export type Target = api.PlannedSet
/** The quantities of a set as they were entered. */
export type Amounts = Partial<Omit<api.Set, 'id'>>
export type LoggedSet = Amounts & Pick<api.ChangedSet, 'id' | 'stepId' | 'deleted'> & { exerciseId?: string }
export type PreviousSet = Amounts & Pick<api.PreviousSet, 'localDate'>

export type Step = Omit<api.Step, 'instructions' | 'previous'> & { previous: PreviousSet | null }
export type Rest = api.Guide['rest']
export type Progress = api.GuideProgress
export type Status = api.Session['status']

export type GuideDocument = Pick<api.Guide, 'version' | 'rest' | 'progress' | 'finished'> & {
  step: Step | null
  next: Step | null
  steps: readonly Pick<api.GuideStep, 'exerciseId' | 'name' | 'metric'>[]
}
