import type { Database } from 'better-sqlite3'
import type { Metric } from '../../../domain/exercise/events.ts'
import { effectiveLoadMicrograms, setVolume } from '../../../domain/statistics/effective-load.ts'
import type { Handlers } from '../views.ts'
import { userKey } from './users.ts'

/** The weight measurements, slim: what the loads of sets without a body weight of their session's hang on. */
export const bodyWeightTable = `
    CREATE TABLE body_weight (
      key INTEGER PRIMARY KEY, -- that of the measurement
      user INTEGER NOT NULL,
      measured_at TEXT NOT NULL,
      micrograms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX body_weight_by_time ON body_weight (user, measured_at, key);`

function lastOf(user: string, instant: string) {
  return `SELECT micrograms FROM body_weight WHERE user = ${user} AND measured_at <= ${instant}
      ORDER BY measured_at DESC, key DESC LIMIT 1`
}

/** What the person of a session weighed: what it says itself, else what was measured last up to its start. */
export function bodyWeightIn(session: string): string {
  return `coalesce(${session}.body_weight_micrograms,
      (${lastOf(`${session}.user`, `${session}.started_at`)}))`
}

type Loaded = {
  key: number
  metric: Metric
  reps: number | null
  weight: number | null
  load: number | null
}

/** Keeps the loads and volumes of sets level with the weight measurements, in whatever order these come. */
export function bodyWeightKeeping(db: Database, onWeighed: (user: number) => void): Handlers {
  const insert = db.prepare(
    'INSERT INTO body_weight (key, user, measured_at, micrograms) VALUES (?, ?, ?, ?)',
  )
  const timeOf = db.prepare<[number], string>('SELECT measured_at FROM body_weight WHERE key = ?').pluck()
  const correct = db.prepare(`
    UPDATE body_weight SET measured_at = coalesce(@measuredAt, measured_at),
      micrograms = coalesce(@weightMicrograms, micrograms)
    WHERE key = @key
  `)
  const remove = db
    .prepare<[number], string>('DELETE FROM body_weight WHERE key = ? RETURNING measured_at')
    .pluck()
  const weightAt = db.prepare<[number, string], number>(lastOf('?', '?')).pluck()
  const hanging = db.prepare<object, Loaded>(`
    SELECT s.key, e.metric, s.reps, s.weight_micrograms AS weight, s.load_micrograms AS load
    FROM session x
    CROSS JOIN session_set s ON s.session = x.key
    JOIN session_entry e ON e.session = s.session AND e.entry = s.entry
    WHERE x.user = @user AND x.started_at >= @from AND x.body_weight_micrograms IS NULL
      AND x.started_at < coalesce(
        (SELECT min(measured_at) FROM body_weight WHERE user = @user AND measured_at > @from), '9999')
  `)
  // One statement for all sets: each statement copies every page that it touches, to be undone alone.
  const reload = db.prepare(`
    UPDATE session_set SET load_micrograms = loaded.value ->> 1, volume = loaded.value ->> 2
    FROM json_each(?) loaded WHERE session_set.key = loaded.value ->> 0
  `)

  /** Loads the sets of the sessions that the last measurement up to `from` is the body weight of. */
  function weighAgain(user: number, from: string) {
    onWeighed(user)
    const bodyWeight = weightAt.get(user, from)
    const changed: [key: number, load: number | null, volume: number | null][] = []
    for (const { key, metric, reps, weight, load } of hanging.all({ user, from })) {
      const loaded = effectiveLoadMicrograms(metric, weight ?? undefined, bodyWeight)
      if (loaded === (load ?? undefined)) continue
      changed.push([key, loaded ?? null, setVolume(loaded, reps ?? undefined) ?? null])
    }
    if (changed.length > 0) reload.run(JSON.stringify(changed))
  }

  return {
    MeasurementTaken({ streamKey, subjectKey, data: { measuredAt, weightMicrograms } }) {
      if (weightMicrograms === undefined) return
      insert.run(streamKey, subjectKey, measuredAt, weightMicrograms)
      weighAgain(subjectKey, measuredAt)
    },
    MeasurementCorrected({ streamKey: key, subjectKey, data: { measuredAt, weightMicrograms } }) {
      const before = timeOf.get(key)
      if (before === undefined) return
      correct.run({ key, measuredAt: measuredAt ?? null, weightMicrograms: weightMicrograms ?? null })
      weighAgain(subjectKey, before)
      if (measuredAt !== undefined) weighAgain(subjectKey, measuredAt)
    },
    MeasurementDeleted({ streamKey, subjectKey }) {
      const before = remove.get(streamKey)
      if (before !== undefined) weighAgain(subjectKey, before)
    },
  }
}

/** Which measurement, by its key, a session without a body weight of its own takes it from. */
export function weighingOf(db: Database): (userId: string, sessionId: string) => number | undefined {
  const find = db
    .prepare<object, number | null>(`
      SELECT (SELECT key FROM body_weight WHERE user = x.user AND measured_at <= x.started_at
        ORDER BY measured_at DESC, key DESC LIMIT 1)
      FROM session x WHERE x.user = ${userKey} AND x.id = @sessionId AND x.body_weight_micrograms IS NULL
    `)
    .pluck()
  return (userId, sessionId) => find.get({ userId, sessionId }) ?? undefined
}
