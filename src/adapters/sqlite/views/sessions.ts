import type { Database, Statement } from 'better-sqlite3'
import type { SessionFilter, SessionReads } from '../../../application/session-questions.ts'
import { sessionDocument } from '../../../domain/session/document.ts'
import type {
  EntryFacts,
  SessionChange,
  SessionDetails,
  SessionOpening,
  SetFacts,
} from '../../../domain/session/events.ts'
import { openingOf, type Reported } from '../../../domain/session/report-workouts.ts'
import { forgetting, type View, type ViewEvent } from '../views.ts'
import { bodyWeightKeeping, bodyWeightTable } from './body-weights.ts'
import { exerciseKey } from './exercises.ts'
import { type Around, type Status, sessionRow, sessionRows, workoutsOf } from './session-rows.ts'
import { entriesAndSets, ROWS_PER_EVENT, setRow, setRows, setTables } from './set-rows.ts'
import { userKey } from './users.ts'

export const sessionsView: View = {
  name: 'sessions',
  version: 3,
  tables: `
    CREATE TABLE session (
      key INTEGER PRIMARY KEY,
      user INTEGER NOT NULL,
      id TEXT NOT NULL,
      status TEXT NOT NULL,
      started_at TEXT NOT NULL,
      local_date TEXT NOT NULL,
      finished_at TEXT,
      duration_seconds INTEGER NOT NULL,
      effort TEXT,
      plan TEXT,
      body_weight_micrograms INTEGER,
      details TEXT NOT NULL,
      version INTEGER NOT NULL, -- where none of its sets has a higher one
      -- Of the event that it was finished with: unlike its times, this one orders what was told.
      finished_position INTEGER,
      -- How many workouts it stands for, and of each effort where they were told of as a number.
      count INTEGER NOT NULL,
      easy INTEGER,
      average INTEGER,
      heavy INTEGER,
      UNIQUE (user, id)
    ) STRICT;
    CREATE UNIQUE INDEX live_session ON session (user) WHERE status = 'active';
    CREATE INDEX session_by_start ON session (user, started_at, key);
    ${setTables}
    ${bodyWeightTable}
  `,
  unique: { 'session.user': 'live-session-exists' },
  on(db) {
    const rows = sessionRows(db)
    const setTable = setRows(db)
    const erase = forgetting(
      db,
      'body_weight WHERE user = @user',
      'session_set WHERE session IN (SELECT session FROM session_entry e WHERE user = @user)',
      'session_entry WHERE user = @user',
      'session WHERE user = @user',
    )

    function open(event: ViewEvent, status: Status, opening: SessionOpening, reported?: Reported) {
      const { sessionId, entries, planned: _, ...details } = opening
      const { streamKey: session, subjectKey: user, position, version } = event
      const finishedPosition = status === 'finished' ? position : null
      const counted = { finishedPosition, ...workoutsOf(reported) }
      const row = { ...sessionRow(status, details, version), ...counted, session, user, id: sessionId }
      const around = rows.insertSession.get(row) as Around
      const { localDate } = around
      let key = position * ROWS_PER_EVENT
      for (const [entry, { sets, ...facts }] of entries.entries()) {
        const exercise = rows.open({ session, entry, user, localDate }, facts)
        for (const set of sets) {
          const place = { key: key++, session, entry, id: set.setId, user, exercise, version }
          setTable.insert({ ...place, ...setRow(set, facts.metric, around) })
        }
      }
    }

    function change(event: ViewEvent, { planned: _, ...told }: SessionChange) {
      const { streamKey: session, subjectKey: user, version } = event
      rows.forget(user)
      const { status, details } = rows.sessionOf(session)
      const facts = Object.entries({ ...details, ...told }).filter(([, fact]) => fact !== null)
      const merged = Object.fromEntries(facts) as SessionDetails
      const reached = event.type === 'SessionFinished' ? 'finished' : status
      return rows.updateSession.get({ ...sessionRow(reached, merged, version), session }) as Around
    }

    /** What moves a guide alone. */
    const touch = (event: ViewEvent) => void rows.touch(event)

    return {
      SessionStarted: (event) => open(event, 'active', event.data),
      SessionLogged: (event) => open(event, 'finished', event.data),
      WorkoutsReported: (event) => open(event, 'finished', openingOf(event.data), event.data),
      SetLogged(event) {
        const { streamKey: session, subjectKey: user, position, version } = event
        const { entry, exerciseId, exerciseName, metric, supersetGroup, ...logged } = event.data
        const { stepId: _, restEndsAt: __, ...set } = logged
        const going = rows.goingOf(event)
        const group = supersetGroup !== undefined && { supersetGroup }
        const facts = { exerciseId, exerciseName, metric, ...group }
        const exercise = rows.exerciseOf(going, entry, user, facts)
        const key = position * ROWS_PER_EVENT
        const place = { key, session, entry, id: set.setId, user, exercise, version }
        const row = { ...place, ...setRow(set, metric, going), metric, startedAt: going.startedAt }
        setTable.insert(row)
        event.loggedSet = row
      },
      SetCorrected(event) {
        const { entry, exerciseId: _, ...set } = event.data
        const session = event.streamKey
        const around = rows.touch(event)
        const metric = rows.metricOf(session, entry)
        setTable.update.run({ session, id: set.setId, ...setRow(set, metric, around) })
      },
      SetDeleted(event) {
        rows.touch(event)
        setTable.delete.run(event.streamKey, event.data.setId)
      },
      StepsSkipped: touch,
      StepsSwapped: touch,
      StepAdjusted: touch,
      RestSet: touch,
      SessionFinished(event) {
        change(event, event.data)
        rows.finish.run(event.position, event.streamKey)
      },
      SessionChanged(event) {
        const around = change(event, event.data)
        const { startedAt, localDate, bodyWeightMicrograms } = event.data
        if (startedAt === undefined && localDate === undefined && bodyWeightMicrograms === undefined) return
        const session = event.streamKey
        rows.moveEntries.run(around.localDate, session)
        for (const { id, metric, facts } of setTable.ofSession.all(session)) {
          setTable.update.run({ session, id, ...setRow(JSON.parse(facts), metric, around) })
        }
      },
      SessionDiscarded({ streamKey, subjectKey, version }) {
        rows.forget(subjectKey)
        rows.discard.run(version, streamKey)
        setTable.uncount.run(streamKey)
      },
      SessionRestored({ streamKey: session, subjectKey, version }) {
        rows.forget(subjectKey)
        const { details } = rows.sessionOf(session)
        const status = details.finishedAt === undefined ? 'active' : 'finished'
        rows.updateSession.get({ ...sessionRow(status, details, version), session })
        setTable.count.run(session)
      },
      ...bodyWeightKeeping(db, rows.forget),
      UserErased(event) {
        rows.forget(event.streamKey)
        erase(event)
      },
      forget: rows.forget,
    }
  },
}

export function sessionQueries(db: Database): SessionReads {
  const live = db
    .prepare<{ userId: string }, string>(
      `SELECT id FROM session WHERE user = ${userKey} AND status = 'active'`,
    )
    .pluck()
  const entriesOf = db
    .prepare<[number], string>('SELECT facts FROM session_entry WHERE session = ? ORDER BY entry')
    .pluck()
  const setsOf = db.prepare<[number], { entry: number; facts: string; version: number }>(
    'SELECT entry, facts, version FROM session_set WHERE session = ? ORDER BY entry, key',
  )
  const conditions = {
    from: 'local_date >= @from',
    to: 'local_date <= @to',
    planId: 'plan = @planId',
    status: 'status = @status',
    exerciseId: `key IN (
      SELECT e.session FROM ${entriesAndSets}
      WHERE e.user = ${userKey} AND e.exercise = ${exerciseKey})`,
    startedAt: '(started_at, key) < (@startedAt, @key)',
  }
  const statements = new Map<string, Statement<object, ListedRow>>()

  /** One statement for each set of filters, so that each can use its index. */
  function listing(told: object) {
    const names = (Object.keys(conditions) as (keyof typeof conditions)[]).filter((name) => name in told)
    const prepared = statements.get(names.join())
    if (prepared !== undefined) return prepared
    const chosen = names.map((name) => conditions[name])
    if (!names.includes('status')) chosen.push("status <> 'discarded'")
    const made = db.prepare<object, ListedRow>(`
      SELECT key, id, status, version, details, easy, average, heavy FROM session
      WHERE user = ${userKey} AND ${chosen.join(' AND ')}
      ORDER BY started_at DESC, key DESC LIMIT @limit`)
    statements.set(names.join(), made)
    return made
  }

  function documentOf({ key, id, status, version, details, easy, average, heavy }: ListedRow) {
    const entries = entriesOf
      .all(key)
      .map((facts) => ({ ...(JSON.parse(facts) as Omit<EntryFacts, 'sets'>), sets: [] as SetFacts[] }))
    const sets = setsOf.all(key)
    for (const { entry, facts } of sets) entries[entry]?.sets.push(JSON.parse(facts))
    const reported = easy === null ? undefined : { easy, average, heavy }
    return sessionDocument({
      sessionId: id,
      status,
      version: Math.max(version, ...sets.map((set) => set.version)),
      details: JSON.parse(details),
      entries,
      reported,
    })
  }

  return {
    liveOf: async (userId) => live.get({ userId }),
    async list(userId, filter, limit, after) {
      const told = Object.entries({ ...filter, ...after }).filter(([, value]) => value !== undefined)
      const wanted: SessionFilter = Object.fromEntries(told)
      // One row more tells whether there is a next page.
      const found = listing(wanted).all({ ...wanted, userId, limit: limit + 1 })
      const shown = found.slice(0, limit)
      const last = shown.at(-1)
      const items = shown.map(documentOf)
      if (found.length <= limit || last === undefined) return { items }
      return { items, next: { startedAt: JSON.parse(last.details).startedAt, key: last.key } }
    },
  }
}

type ListedRow = { key: number; id: string; status: Status; version: number; details: string } & (
  | Reported
  | { easy: null; average: null; heavy: null }
)
