import type { Database } from 'better-sqlite3'
import type { Metric } from '../../../domain/exercise/events.ts'
import type { SetFacts } from '../../../domain/session/events.ts'
import { effectiveLoadMicrograms, setVolume } from '../../../domain/statistics/effective-load.ts'
import type { CountedSet } from '../../../domain/statistics/records.ts'
import type { Around } from './session-rows.ts'

/** The key of a set's row is the position of its event, with room for all sets of one event. */
export const ROWS_PER_EVENT = 1024

/** A set as the arithmetic of records takes it, with the keys of whose it is and of what. */
export type SetRow = CountedSet & { user: number; exercise: number; counted: 0 | 1 }

export function setRow(set: SetFacts, metric: Metric, around: Around) {
  const { kind, reps, weightMicrograms, durationSeconds, distanceMillimeters, performedAt } = set
  const load = effectiveLoadMicrograms(metric, weightMicrograms, around.bodyWeightMicrograms ?? undefined)
  return {
    localDate: around.localDate,
    achievedAt: performedAt ?? around.startedAt,
    counted: around.status === 'discarded' || kind === 'warmup' ? 0 : 1,
    reps: reps ?? null,
    weightMicrograms: weightMicrograms ?? null,
    loadMicrograms: load ?? null,
    volume: setVolume(load, reps) ?? null,
    durationSeconds: durationSeconds ?? null,
    distanceMillimeters: distanceMillimeters ?? null,
    facts: JSON.stringify(set),
  } as const
}

/** The statements that write the rows of sets, prepared once for a connection. */
export function setRows(db: Database) {
  return {
    insert: db.prepare(`
      INSERT INTO session_set (key, session, entry, id, user, exercise, local_date, achieved_at, counted,
        reps, weight_micrograms, load_micrograms, volume, duration_seconds, distance_millimeters, facts)
      VALUES (@key, @session, @entry, @id, @user, @exercise, @localDate, @achievedAt, @counted, @reps,
        @weightMicrograms, @loadMicrograms, @volume, @durationSeconds, @distanceMillimeters, @facts)
    `),
    update: db.prepare(`
      UPDATE session_set SET local_date = @localDate, achieved_at = @achievedAt, counted = @counted,
        reps = @reps, weight_micrograms = @weightMicrograms, load_micrograms = @loadMicrograms,
        volume = @volume, duration_seconds = @durationSeconds,
        distance_millimeters = @distanceMillimeters, facts = @facts
      WHERE session = @session AND id = @id
    `),
    delete: db.prepare('DELETE FROM session_set WHERE session = ? AND id = ?'),
    ofSession: db.prepare<[number], { id: string; metric: Metric; facts: string }>(`
      SELECT s.id, e.metric, s.facts FROM session_set s
      JOIN session_entry e ON e.session = s.session AND e.entry = s.entry WHERE s.session = ?
    `),
    uncount: db.prepare('UPDATE session_set SET counted = 0 WHERE session = ? AND counted = 1'),
    count: db.prepare(`
      UPDATE session_set SET counted = 1 WHERE session = ? AND json_extract(facts, '$.kind') <> 'warmup'
    `),
  }
}
