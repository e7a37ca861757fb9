import type { Database } from 'better-sqlite3'
import type { Metric } from '../../../domain/exercise/events.ts'
import type { SetFacts } from '../../../domain/session/events.ts'
import { effectiveLoadMicrograms, setVolume } from '../../../domain/statistics/effective-load.ts'
import type { CountedSet } from '../../../domain/statistics/records.ts'
import type { Around } from './session-rows.ts'

/** Entries, and the sets in them: what each set is of its session's, kept beside it for the sums. */
export const setTables = `
    CREATE TABLE session_entry (
      session INTEGER NOT NULL,
      entry INTEGER NOT NULL,
      user INTEGER NOT NULL,
      exercise INTEGER NOT NULL,
      local_date TEXT NOT NULL,
      metric TEXT NOT NULL,
      facts TEXT NOT NULL,
      PRIMARY KEY (session, entry)
    ) STRICT, WITHOUT ROWID;
    -- An index of the sets themselves would have each person's next one touch a page of its own.
    CREATE INDEX session_entry_by_exercise ON session_entry (user, exercise, local_date);
    CREATE TABLE session_set (
      key INTEGER PRIMARY KEY,
      session INTEGER NOT NULL,
      entry INTEGER NOT NULL,
      id TEXT NOT NULL,
      user INTEGER NOT NULL,
      exercise INTEGER NOT NULL,
      version INTEGER NOT NULL, -- of its session when it was logged
      local_date TEXT NOT NULL,
      achieved_at TEXT NOT NULL,
      counted INTEGER NOT NULL,
      reps INTEGER,
      weight_micrograms INTEGER,
      load_micrograms INTEGER,
      volume INTEGER,
      duration_seconds INTEGER,
      distance_millimeters INTEGER,
      facts TEXT NOT NULL
    ) STRICT;
    CREATE INDEX session_set_by_entry ON session_set (session, entry);`

/** The key of a set's row is the position of its event, with room for all sets of one event. */
export const ROWS_PER_EVENT = 1024

/** A set as the arithmetic of records takes it, with the keys of whose it is and of what. */
export type SetRow = CountedSet & { user: number; exercise: number; counted: 0 | 1 }

type PlacedSet = Pick<SetRow, 'key' | 'session' | 'user' | 'exercise'> & {
  entry: number
  id: string
  version: number
}

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

/** From the entries of a person, an exercise and dates, which have an index, to the sets in them. */
export const entriesAndSets =
  'session_entry e CROSS JOIN session_set s ON s.session = e.session AND s.entry = e.entry'

/** The statements that write the rows of sets, prepared once for a connection. */
export function setRows(db: Database) {
  // By place: by name each value of a row costs as much again.
  const insert = db.prepare(`
    INSERT INTO session_set (key, session, entry, id, user, exercise, version, local_date,
      achieved_at, counted, reps, weight_micrograms, load_micrograms, volume,
      duration_seconds, distance_millimeters, facts)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  `)
  return {
    insert(row: PlacedSet & ReturnType<typeof setRow>) {
      insert.run(
        ...[row.key, row.session, row.entry, row.id, row.user, row.exercise, row.version, row.localDate],
        ...[row.achievedAt, row.counted, row.reps, row.weightMicrograms, row.loadMicrograms, row.volume],
        ...[row.durationSeconds, row.distanceMillimeters, row.facts],
      )
    },
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
