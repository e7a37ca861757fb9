import type { Database, Statement } from 'better-sqlite3'
import type { SessionFilter, SessionReads } from '../../../application/session-questions.ts'
import { sessionDocument } from '../../../domain/session/document.ts'
import type { EntryFacts, SessionDetails, SessionOpening, SetFacts } from '../../../domain/session/events.ts'
import type { View, ViewEvent } from '../views.ts'
import { aroundOf, type Status, sessionRow, sessionRows, setRow } from './session-rows.ts'

// The key of a set's row is the position of the event that logged it, with room for all sets of one event.
const ROWS_PER_EVENT = 1024

export const sessionsView: View = {
  name: 'sessions',
  version: 1,
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
      version INTEGER NOT NULL,
      UNIQUE (user, id)
    ) STRICT;
    CREATE UNIQUE INDEX live_session ON session (user) WHERE status = 'active';
    CREATE INDEX session_by_start ON session (user, started_at, key);
    CREATE TABLE session_entry (
      session INTEGER NOT NULL,
      entry INTEGER NOT NULL,
      exercise INTEGER NOT NULL,
      metric TEXT NOT NULL,
      facts TEXT NOT NULL,
      PRIMARY KEY (session, entry)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE session_set (
      key INTEGER PRIMARY KEY,
      session INTEGER NOT NULL,
      entry INTEGER NOT NULL,
      id TEXT NOT NULL,
      user INTEGER NOT NULL,
      exercise INTEGER NOT NULL,
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
    CREATE INDEX session_set_by_session ON session_set (session);
    CREATE INDEX session_set_by_exercise ON session_set (user, exercise, local_date);
  `,
  unique: { 'session.user': 'live-session-exists' },
  on(db) {
    const rows = sessionRows(db)

    function open(event: ViewEvent, status: Status, { sessionId, entries, ...details }: SessionOpening) {
      const { streamKey: session, subjectKey: user, position, version } = event
      rows.insertSession.run({ ...sessionRow(status, details, version), session, user, id: sessionId })
      const around = aroundOf(status, details)
      let key = position * ROWS_PER_EVENT
      for (const [entry, { sets, ...facts }] of entries.entries()) {
        const exercise = rows.openEntry(session, entry, user, facts)
        for (const set of sets) {
          const place = { key: key++, session, entry, id: set.setId, user, exercise }
          rows.insertSet.run({ ...place, ...setRow(set, facts.metric, around) })
        }
      }
    }

    function change(event: ViewEvent, told: object) {
      const { streamKey: session, version } = event
      const { status, details } = rows.sessionOf(session)
      const facts = Object.entries({ ...details, ...told }).filter(([, fact]) => fact !== null)
      const merged = Object.fromEntries(facts) as SessionDetails
      const reached = event.type === 'SessionFinished' ? 'finished' : status
      rows.updateSession.run({ ...sessionRow(reached, merged, version), session })
      return aroundOf(reached, merged)
    }

    return {
      SessionStarted: (event) => open(event, 'active', event.data),
      SessionLogged: (event) => open(event, 'finished', event.data),
      SetLogged(event) {
        const { streamKey: session, subjectKey: user, version, position } = event
        const { entry, exerciseId, exerciseName, metric, ...set } = event.data
        const around = rows.touch(version, session)
        const exercise =
          rows.exerciseOf(session, entry) ??
          rows.openEntry(session, entry, user, { exerciseId, exerciseName, metric })
        const place = { key: position * ROWS_PER_EVENT, session, entry, id: set.setId, user, exercise }
        rows.insertSet.run({ ...place, ...setRow(set, metric, around) })
      },
      SetCorrected({ streamKey: session, version, data: { entry, exerciseId: _, ...set } }) {
        const around = rows.touch(version, session)
        const metric = rows.metricOf(session, entry)
        rows.updateSet.run({ session, id: set.setId, ...setRow(set, metric, around) })
      },
      SetDeleted({ streamKey: session, version, data: { setId } }) {
        rows.touch(version, session)
        rows.deleteSet.run(session, setId)
      },
      SessionFinished: (event) => void change(event, event.data),
      SessionChanged(event) {
        const around = change(event, event.data)
        const { startedAt, localDate, bodyWeightMicrograms } = event.data
        if (startedAt === undefined && localDate === undefined && bodyWeightMicrograms === undefined) return
        const session = event.streamKey
        for (const { id, metric, facts } of rows.setsOf.all(session)) {
          rows.updateSet.run({ session, id, ...setRow(JSON.parse(facts), metric, around) })
        }
      },
      SessionDiscarded({ streamKey, version }) {
        rows.discard.run(version, streamKey)
        rows.uncount.run(streamKey)
      },
      SessionRestored({ streamKey: session, version }) {
        const { details } = rows.sessionOf(session)
        const status = details.finishedAt === undefined ? 'active' : 'finished'
        rows.updateSession.run({ ...sessionRow(status, details, version), session })
        rows.count.run(session)
      },
    }
  },
}

export function sessionQueries(db: Database): SessionReads {
  const userKey = '(SELECT key FROM user WHERE id = @userId)'
  const live = db
    .prepare<{ userId: string }, string>(
      `SELECT id FROM session WHERE user = ${userKey} AND status = 'active'`,
    )
    .pluck()
  const entriesOf = db
    .prepare<[number], string>('SELECT facts FROM session_entry WHERE session = ? ORDER BY entry')
    .pluck()
  const setsOf = db.prepare<[number], { entry: number; facts: string }>(
    'SELECT entry, facts FROM session_set WHERE session = ? ORDER BY key',
  )
  const conditions = {
    from: 'local_date >= @from',
    to: 'local_date <= @to',
    planId: 'plan = @planId',
    status: 'status = @status',
    exerciseId: `key IN (
      SELECT session FROM session_set WHERE user = ${userKey}
        AND exercise = (SELECT key FROM exercise WHERE id = @exerciseId AND owner IN (0, ${userKey})))`,
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
      SELECT key, id, status, version, details FROM session
      WHERE user = ${userKey} AND ${chosen.join(' AND ')}
      ORDER BY started_at DESC, key DESC LIMIT @limit`)
    statements.set(names.join(), made)
    return made
  }

  function documentOf({ key, id, status, version, details }: ListedRow) {
    const entries = entriesOf
      .all(key)
      .map((facts) => ({ ...(JSON.parse(facts) as Omit<EntryFacts, 'sets'>), sets: [] as SetFacts[] }))
    for (const { entry, facts } of setsOf.all(key)) entries[entry]?.sets.push(JSON.parse(facts))
    return sessionDocument({ sessionId: id, status, version, details: JSON.parse(details), entries })
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

type ListedRow = { key: number; id: string; status: Status; version: number; details: string }
