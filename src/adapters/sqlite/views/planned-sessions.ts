import type { Database } from 'better-sqlite3'
import type { PlanStatisticReads, PopularPlan } from '../../../application/plan-statistics.ts'
import type { Range } from '../../../application/records.ts'
import type { PlanDetails } from '../../../domain/plan/events.ts'
import type { PlannedExercise } from '../../../domain/session/events.ts'
import type { PlannedWeek, SetAdherence } from '../../../domain/statistics/adherence.ts'
import { forgetting, type View, type ViewEvent } from '../views.ts'
import { isWarmUp, plannedSteps, plannedStepTable } from './planned-steps.ts'
import { userKey } from './users.ts'

/** Sessions from a plan, with what the plan held when it was named: later changes count not. */
export const plannedSessionsView: View = {
  name: 'planned-sessions',
  version: 2,
  tables: `
    CREATE TABLE planned_session (
      session INTEGER PRIMARY KEY,
      user INTEGER NOT NULL,
      plan TEXT NOT NULL,
      frequency_per_week INTEGER,
      planned INTEGER NOT NULL, -- sets, without warm-ups
      done INTEGER NOT NULL DEFAULT 0, -- of these, at most as many as planned of each exercise
      skipped INTEGER NOT NULL DEFAULT 0,
      swapped INTEGER NOT NULL DEFAULT 0,
      adjusted INTEGER NOT NULL DEFAULT 0,
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
    ${plannedStepTable}
  `,
  unique: {},
  on(db) {
    const { forget, remember, move, follow, namedBy } = statements(db)
    const steps = plannedSteps(db)

    function plan(event: ViewEvent, { planId, planDay }: Named, planned?: readonly PlannedExercise[] | null) {
      if (planId === undefined) return
      remember(event, planId, planDay, planned ?? undefined)
      steps.begin(event.streamKey, planned ?? [])
      follow(event)
    }

    return {
      SessionStarted: (event) => plan(event, event.data, event.data.planned),
      SessionLogged: (event) => plan(event, event.data),
      WorkoutsReported: (event) => plan(event, { planId: event.data.planId }),
      SessionChanged(event) {
        const { planId, planDay, planned } = event.data
        if (planId === undefined && planDay === undefined) return follow(event)
        forget(event.streamKey)
        steps.leave(event.streamKey)
        plan(event, namedBy(event.streamKey), planned)
      },
      SetLogged: follow,
      SetCorrected: follow,
      SetDeleted: follow,
      StepsSkipped: ({ streamKey, data }) => steps.mark(streamKey, 'skipped', data.stepIds),
      StepsSwapped(event) {
        const { swappedExerciseId, exerciseId, workingSets, steps: swaps } = event.data
        const stepIds = swaps.map(({ stepId }) => stepId)
        move(event, swappedExerciseId, exerciseId, workingSets)
        steps.mark(event.streamKey, 'swapped', stepIds)
        follow(event)
      },
      StepAdjusted: ({ streamKey, data }) => steps.mark(streamKey, 'adjusted', [data.stepId]),
      SessionFinished: follow,
      SessionDiscarded: follow,
      SessionRestored: follow,
      UserErased: forgetting(
        db,
        'planned_step WHERE session IN (SELECT session FROM planned_session WHERE user = @user)',
        'planned_exercise WHERE session IN (SELECT session FROM planned_session WHERE user = @user)',
        'planned_session WHERE user = @user',
      ),
    }
  },
}

type Named = { planId?: string; planDay?: number }
type Keys = Pick<ViewEvent, 'streamKey' | 'subjectKey'>

function statements(db: Database) {
  const planOf = db
    .prepare<[number, string], string>('SELECT details FROM plan WHERE user = ? AND id = ?')
    .pluck()
  const insert = db.prepare(`
    INSERT INTO planned_session (session, user, plan, frequency_per_week, planned) VALUES (?, ?, ?, ?, ?)
  `)
  const addExercise = db.prepare(`
    INSERT INTO planned_exercise VALUES (?, (SELECT key FROM exercise WHERE id = ? AND owner IN (0, ?)), ?)
    ON CONFLICT (session, exercise) DO UPDATE SET sets = sets + excluded.sets
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
  const isPlanned = db.prepare<[number], 1>('SELECT 1 FROM planned_session WHERE session = ?').pluck()
  return {
    forget(session: number) {
      for (const removal of removals) removal.run(session)
    },
    /** Of a session with a guide what is planned is what its guide began with. */
    remember(
      { streamKey: session, subjectKey: user }: Keys,
      planId: string,
      planDay: number | undefined,
      planned: readonly PlannedExercise[] | undefined,
    ) {
      const { days, frequencyPerWeek }: PlanDetails = JSON.parse(planOf.get(user, planId) as string)
      const sets = setsByExercise(planned ?? days[planDay ?? -1]?.exercises ?? [])
      const count = [...sets.values()].reduce((sum, some) => sum + some, 0)
      insert.run(session, user, planId, frequencyPerWeek ?? null, count)
      for (const [exerciseId, some] of sets) addExercise.run(session, exerciseId, user, some)
    },
    /** Sets that were planned of one exercise are so of another one now. */
    move({ streamKey: session, subjectKey: user }: Keys, from: string, to: string, sets: number) {
      addExercise.run(session, from, user, -sets)
      addExercise.run(session, to, user, sets)
    },
    /** Brings the row of a session up to date, if it was done from a plan. */
    follow({ streamKey: session }: Keys) {
      // Asked first: the update counts the sets even where it has no row to put them in.
      if (isPlanned.get(session) === 1) follow.run({ session })
    },
    namedBy: (session: number): Named => JSON.parse(detailsOf.get(session) as string),
  }
}

function setsByExercise(exercises: readonly PlannedExercise[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { exerciseId, sets } of exercises) {
    const working = sets.filter((set) => !isWarmUp(set)).length
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
  const sets = db.prepare<object, SetAdherence>(`
    SELECT coalesce(sum(s.planned), 0) AS planned, coalesce(sum(s.done), 0) AS done,
      coalesce(sum(s.skipped), 0) AS skipped, coalesce(sum(s.swapped), 0) AS swapped,
      coalesce(sum(s.adjusted), 0) AS adjusted
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
    sets: async (userId, range) => sets.get(bound(userId, range)) as SetAdherence,
    weeks: async (userId, range) => weeks.all(bound(userId, range)),
  }
}
