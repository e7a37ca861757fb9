import type { Database } from 'better-sqlite3'
import type { Metric } from '../../../domain/exercise/events.ts'
import type { EntryFacts, SessionDetails } from '../../../domain/session/events.ts'
import { countOf, type Reported } from '../../../domain/session/report-workouts.ts'
import { bodyWeightIn } from './body-weights.ts'

export type Status = 'active' | 'finished' | 'discarded'

/** What the rows of sets take from their session; the body weight may be one that was measured before it. */
export type Around = {
  status: Status
  startedAt: string
  localDate: string
  bodyWeightMicrograms: number | null
}

const aroundColumns = `status, started_at AS startedAt, local_date AS localDate,
      ${bodyWeightIn('session')} AS bodyWeightMicrograms`

export function sessionRow(status: Status, details: SessionDetails, version: number) {
  const { startedAt, localDate, finishedAt, effort = null, planId = null } = details
  const milliseconds = Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)
  return {
    status,
    startedAt,
    localDate,
    bodyWeightMicrograms: details.bodyWeightMicrograms ?? null,
    finishedAt: finishedAt ?? null,
    durationSeconds: status === 'finished' ? Math.floor(milliseconds / 1000) : 0,
    effort,
    plan: planId,
    details: JSON.stringify(details),
    version,
  }
}

/** How many workouts a session stands for; its own effort says it all where it stands for one. */
export function workoutsOf(reported: Reported | undefined) {
  if (reported === undefined) return { count: 1, easy: null, average: null, heavy: null }
  const { easy, average, heavy } = reported
  return { count: countOf(reported), easy, average, heavy }
}

/** The statements that write the rows of sessions, prepared once for a connection. */
export function sessionRows(db: Database) {
  const touch = db.prepare<[number, number], Around>(
    `UPDATE session SET version = ? WHERE key = ? RETURNING ${aroundColumns}`,
  )
  const touchEntry = db.prepare<[number, number, number], Around & { exercise: number | null }>(`
    UPDATE session SET version = ? WHERE key = ? RETURNING ${aroundColumns},
      (SELECT exercise FROM session_entry WHERE session = session.key AND entry = ?) AS exercise
  `)
  const sessionOf = db.prepare<[number], { status: Status; details: string }>(
    'SELECT status, details FROM session WHERE key = ?',
  )
  const metricOf = db
    .prepare<[number, number], Metric>('SELECT metric FROM session_entry WHERE session = ? AND entry = ?')
    .pluck()
  const insertEntry = db
    .prepare<[number, number, string, number, Metric, string], number>(`
      INSERT INTO session_entry (session, entry, exercise, metric, facts)
      VALUES (?, ?, (SELECT key FROM exercise WHERE id = ? AND owner IN (0, ?)), ?, ?) RETURNING exercise
    `)
    .pluck()
  return {
    /** Notes the version that a session has reached, and gives what its sets take from it. */
    touch: (version: number, session: number) => touch.get(version, session) as Around,
    sessionOf(session: number) {
      const { status, details } = sessionOf.get(session) as { status: Status; details: string }
      return { status, details: JSON.parse(details) as SessionDetails }
    },
    /** The same, with the key of the exercise of an entry that is open. */
    touchEntry: (version: number, session: number, entry: number) =>
      touchEntry.get(version, session, entry) as Around & { exercise: number | null },
    metricOf: (session: number, entry: number) => metricOf.get(session, entry) as Metric,
    /** Gives the key of the exercise. */
    openEntry(session: number, entry: number, user: number, facts: Omit<EntryFacts, 'sets'>) {
      const { exerciseId, metric } = facts
      return insertEntry.get(session, entry, exerciseId, user, metric, JSON.stringify(facts)) as number
    },
    insertSession: db.prepare<[object], Around>(`
      INSERT INTO session (key, user, id, status, started_at, local_date, finished_at, duration_seconds,
        effort, plan, body_weight_micrograms, details, version, finished_position, count, easy, average,
        heavy)
      VALUES (@session, @user, @id, @status, @startedAt, @localDate, @finishedAt, @durationSeconds, @effort,
        @plan, @bodyWeightMicrograms, @details, @version, @finishedPosition, @count, @easy, @average,
        @heavy)
      RETURNING ${aroundColumns}
    `),
    updateSession: db.prepare<[object], Around>(`
      UPDATE session SET status = @status, started_at = @startedAt, local_date = @localDate,
        finished_at = @finishedAt, duration_seconds = @durationSeconds, effort = @effort, plan = @plan,
        body_weight_micrograms = @bodyWeightMicrograms, details = @details, version = @version
      WHERE key = @session RETURNING ${aroundColumns}
    `),
    finish: db.prepare('UPDATE session SET finished_position = ? WHERE key = ?'),
    discard: db.prepare(
      "UPDATE session SET status = 'discarded', duration_seconds = 0, version = ? WHERE key = ?",
    ),
  }
}
