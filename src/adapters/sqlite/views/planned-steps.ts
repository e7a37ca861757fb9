import type { Database } from 'better-sqlite3'
import type { PlannedExercise, PlannedSet } from '../../../domain/session/events.ts'
import { guideOf, plannedFor } from '../../../domain/session/guide.ts'

/** The steps of guides, by the numbers that they keep through swaps. */
export const plannedStepTable = `
    CREATE TABLE planned_step (
      session INTEGER NOT NULL,
      step INTEGER NOT NULL,
      counted INTEGER NOT NULL, -- 0 for warm-ups, and for steps of a day that the session has left
      skipped INTEGER NOT NULL DEFAULT 0,
      swapped INTEGER NOT NULL DEFAULT 0,
      adjusted INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (session, step)
    ) STRICT, WITHOUT ROWID;`

export type Deviation = 'skipped' | 'swapped' | 'adjusted'

/** Keeps, once for each step, in what it went otherwise than planned. */
export function plannedSteps(db: Database) {
  const issuedOf = db
    .prepare<[number], number>('SELECT coalesce(max(step), 0) FROM planned_step WHERE session = ?')
    .pluck()
  const insert = db.prepare('INSERT INTO planned_step (session, step, counted) VALUES (?, ?, ?)')
  const uncount = db.prepare('UPDATE planned_step SET counted = 0 WHERE session = ?')
  const marking = (deviation: Deviation) =>
    db.prepare<[number, number]>(`UPDATE planned_step SET ${deviation} = 1 WHERE session = ? AND step = ?`)
  const marks = { skipped: marking('skipped'), swapped: marking('swapped'), adjusted: marking('adjusted') }
  const sum = db.prepare(`
    UPDATE planned_session SET (skipped, swapped, adjusted) = (
      SELECT coalesce(sum(skipped), 0), coalesce(sum(swapped), 0), coalesce(sum(adjusted), 0)
      FROM planned_step WHERE session = @session AND counted = 1
    )
    WHERE session = @session
  `)
  return {
    /** Those of another day go on behind the numbers that there are. */
    begin(session: number, planned: readonly PlannedExercise[]) {
      const guide = guideOf(planned, issuedOf.get(session))
      for (const step of guide.steps) {
        const set = plannedFor(guide, step).sets[step.set] as PlannedSet
        insert.run(session, numberOf(step.stepId), isWarmUp(set) ? 0 : 1)
      }
    },
    leave: (session: number) => void uncount.run(session),
    mark(session: number, deviation: Deviation, stepIds: readonly string[]) {
      for (const stepId of stepIds) marks[deviation].run(session, numberOf(stepId))
      sum.run({ session })
    },
  }
}

export function isWarmUp({ kind }: PlannedSet): boolean {
  return kind === 'warmup'
}

/** What stands before the dot. */
function numberOf(stepId: string): number {
  return Number.parseInt(stepId, 10)
}
