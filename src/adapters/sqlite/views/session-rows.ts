import type { Database } from 'better-sqlite3'
import { keepNewest } from '../../../application/keep-newest.ts'
import type { Metric } from '../../../domain/exercise/events.ts'
import type { EntryFacts, SessionDetails } from '../../../domain/session/events.ts'
import { countOf, type Reported } from '../../../domain/session/report-workouts.ts'
import type { ViewEvent } from '../views.ts'
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

type Facts = Omit<EntryFacts, 'sets'>
type EntryPlace = { session: number; entry: number; user: number; localDate: string }

/** A session that sets are logged to, with the exercises of its entries as far as they are known. */
type Going = Around & { session: number; exercises: Map<number, number> }

const KEPT_PEOPLE = 1_000

/** The statements that write the rows of sessions, prepared once for a connection. */
export function sessionRows(db: Database) {
  const touch = db.prepare('UPDATE session SET version = ? WHERE key = ?')
  const aroundOf = db.prepare<[number], Around>(`SELECT ${aroundColumns} FROM session WHERE key = ?`)
  const sessionOf = db.prepare<[number], { status: Status; details: string }>(
    'SELECT status, details FROM session WHERE key = ?',
  )
  const entryOf = db.prepare<[number, number], { exercise: number; metric: Metric }>(
    'SELECT exercise, metric FROM session_entry WHERE session = ? AND entry = ?',
  )
  const openEntry = db
    .prepare<[object], number>(`
      INSERT INTO session_entry (session, entry, user, exercise, local_date, metric, facts)
      VALUES (@session, @entry, @user, (
        SELECT key FROM exercise WHERE id = @exerciseId AND owner IN (0, @user)
      ), @localDate, @metric, @facts)
      RETURNING exercise
    `)
    .pluck()
  const kept = new Map<number, Going>()

  /** Gives the key of the exercise. */
  function open(place: EntryPlace, facts: Facts) {
    const { exerciseId, metric } = facts
    return openEntry.get({ ...place, exerciseId, metric, facts: JSON.stringify(facts) }) as number
  }

  /** What the sets of this event's session take from it. */
  function goingOf({ streamKey: session, subjectKey: user }: ViewEvent): Going {
    const known = kept.get(user)
    if (known?.session === session) return known
    const going = { ...(aroundOf.get(session) as Around), session, exercises: new Map<number, number>() }
    keepNewest(kept, user, going, KEPT_PEOPLE)
    return going
  }

  return {
    goingOf,
    /** The same, where no set's row says which version the session has reached. */
    touch(event: ViewEvent): Going {
      touch.run(event.version, event.streamKey)
      return goingOf(event)
    },
    /** Something around the sets of this person may have changed; without one, of all. */
    forget(user?: number) {
      if (user === undefined) kept.clear()
      else kept.delete(user)
    },
    sessionOf(session: number) {
      const { status, details } = sessionOf.get(session) as { status: Status; details: string }
      return { status, details: JSON.parse(details) as SessionDetails }
    },
    metricOf: (session: number, entry: number) => entryOf.get(session, entry)?.metric as Metric,
    open,
    /** The key of the exercise of an entry, which is opened where this is its first set. */
    exerciseOf({ session, localDate, exercises }: Going, entry: number, user: number, facts: Facts) {
      const known = exercises.get(entry)
      if (known !== undefined) return known
      const place = { session, entry, user, localDate }
      const exercise = entryOf.get(session, entry)?.exercise ?? open(place, facts)
      exercises.set(entry, exercise)
      return exercise
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
    moveEntries: db.prepare('UPDATE session_entry SET local_date = ? WHERE session = ?'),
    discard: db.prepare(
      "UPDATE session SET status = 'discarded', duration_seconds = 0, version = ? WHERE key = ?",
    ),
  }
}
