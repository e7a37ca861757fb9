import type { Database } from 'better-sqlite3'
import type { PlanStatisticReads, PopularPlan } from '../../../application/plan-statistics.ts'
import type { Range } from '../../../application/records.ts'
import type { PlanDetails } from '../../../domain/plan/events.ts'
import type { Adherence, PlannedWeek } from '../../../domain/statistics/adherence.ts'
import type { View, ViewEvent } from '../views.ts'
import { userKey } from './users.ts'

/** Sessions from a plan, with what the plan held when it was named: later changes count not. */
export const plannedSessionsView: View = {
  name: 'planned-sessions',
  version: 1,
  tables: `
    CREATE TABLE planned_session (
      session INTEGER PRIMARY KEY,
      user INTEGER NOT NULL,
      plan TEXT NOT NULL,
      frequency_per_week INTEGER,
      planned INTEGER NOT NULL, -- sets, without warm-ups
      done INTEGER NOT NULL DEFAULT 0, -- of these, at most as many as planned of each exercise
      local_date TEXT NOT NULL DEFAULT '',
      started_at TEXT NOT NULL DEFAULT '',
      status TEXT NOT NULL DEFAULT '',
      count INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX planned_session_by_date ON planned_session (user, local_date);
    CREATE TABLE planned_exercise (
      session INTEGER NOT NULL,
      exercise INTEGER NOT NULL,
      sets INTEGER NOT NULL,
      PRIMARY KEY (session, exercise)
    ) STRICT, WITHOUT ROWID;
  `,
  unique: {},
  on(db) {
    const { forget, remember, follow, namedBy } = statements(db)

    function plan(event: ViewEvent, planId: string, planDay: number | undefined) {
      remember(event.streamKey, event.subjectKey, planId, planDay)
      follow({ streamKey: event.streamKey })
    }

    return {
      SessionStarted(event) {
        const { planId, planDay } = event.data
        if (planId !== undefined) plan(event, planId, planDay)
      },
      SessionLogged(event) {
        const { planId, planDay } = event.data
        if (planId !== undefined) plan(event, planId, planDay)
      },
      WorkoutsReported: (event) => plan(event, event.data.planId, undefined),
      SessionChanged(event) {
        const { planId, planDay } = event.data
        if (planId === undefined && planDay === undefined) return follow(event)
        forget(event.streamKey)
        const named = namedBy(event.streamKey)
        if (named.planId !== undefined) plan(event, named.planId, named.planDay)
      },
      SetLogged: follow,
      SetCorrected: follow,
      SetDeleted: follow,
      SessionFinished: follow,
      SessionDiscarded: follow,
      SessionRestored: follow,
    }
  },
}

function statements(db: Database) {
  const planOf = db
    .prepare<[number, string], string>('SELECT details FROM plan WHERE user = ? AND id = ?')
    .pluck()
  const insert = db.prepare(`
    INSERT INTO planned_session (session, user, plan, frequency_per_week, planned) VALUES (?, ?, ?, ?, ?)
  `)
  const insertExercise = db.prepare(`
    INSERT INTO planned_exercise VALUES (?, (SELECT key FROM exercise WHERE id = ? AND owner IN (0, ?)), ?)
  `)
  const removals = ['planned_session', 'planned_exercise'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE session = ?`),
  )
  const detailsOf = db.prepare<[number], string>('SELECT details FROM session WHERE key = ?').pluck()
  const follow = db.prepare(`
    UPDATE planned_session SET (local_date, started_at, status, count) =
        (SELECT local_date, started_at, status, count FROM session WHERE key = @session),
      done = (
        SELECT coalesce(sum(min(p.sets, d.sets)), 0) FROM planned_exercise p
        JOIN (
          SELECT exercise, count(*) AS sets FROM session_set
          WHERE session = @session AND counted = 1 GROUP BY exercise
        ) d ON d.exercise = p.exercise
        WHERE p.session = @session
      )
    WHERE session = @session
  `)
  return {
    forget(session: number) {
      for (const removal of removals) removal.run(session)
    },
    remember(session: number, user: number, planId: string, planDay: number | undefined) {
      const details: PlanDetails = JSON.parse(planOf.get(user, planId) as string)
      const sets = setsByExercise(details, planDay)
      const planned = [...sets.values()].reduce((sum, count) => sum + count, 0)
      insert.run(session, user, planId, details.frequencyPerWeek ?? null, planned)
      for (const [exerciseId, count] of sets) insertExercise.run(session, exerciseId, user, count)
    },
    /** Brings the row of a session up to date, if it was done from a plan. */
    follow: ({ streamKey }: { streamKey: number }) => void follow.run({ session: streamKey }),
    namedBy: (session: number): { planId?: string; planDay?: number } =>
      JSON.parse(detailsOf.get(session) as string),
  }
}

function setsByExercise({ days }: PlanDetails, planDay: number | undefined): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { exerciseId, sets } of days[planDay ?? -1]?.exercises ?? []) {
    const working = sets.filter(({ kind }) => kind !== 'warmup').length
    if (working > 0) counts.set(exerciseId, (counts.get(exerciseId) ?? 0) + working)
  }
  return counts
}

export function planStatisticQueries(db: Database): PlanStatisticReads {
  const mine = `s.user = ${userKey}
      AND s.local_date BETWEEN coalesce(@from, '') AND coalesce(@to, '9999-12-31')`
  const popular = db.prepare<object, PopularPlan>(`
    SELECT p.id AS planId, p.number, p.name, sum(s.count) AS sessions
    FROM planned_session s JOIN plan p ON p.user = s.user AND p.id = s.plan
    WHERE ${mine} AND s.status = 'finished'
    GROUP BY p.key ORDER BY sessions DESC, max(s.started_at) DESC, p.number DESC LIMIT 1
  `)
  const sets = db.prepare<object, Adherence>(`
    SELECT coalesce(sum(s.planned), 0) AS planned, coalesce(sum(s.done), 0) AS done
    FROM planned_session s WHERE ${mine} AND s.status <> 'discarded'
  `)
  const weeks = db.prepare<object, PlannedWeek>(`
    SELECT s.plan, date(s.local_date, 'weekday 0', '-6 days') AS monday, sum(s.count) AS sessions,
      max(s.frequency_per_week) AS frequencyPerWeek
    FROM planned_session s WHERE ${mine} AND s.status = 'finished' AND s.frequency_per_week IS NOT NULL
    GROUP BY s.plan, monday ORDER BY s.plan, monday
  `)
  const bound = (userId: string, { from, to }: Range) => ({ userId, from: from ?? null, to: to ?? null })
  return {
    mostPopular: async (userId, range) => popular.get(bound(userId, range)),
    sets: async (userId, range) => sets.get(bound(userId, range)) as Adherence,
    weeks: async (userId, range) => weeks.all(bound(userId, range)),
  }
}
