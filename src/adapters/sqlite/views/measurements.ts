import type { Database, Statement } from 'better-sqlite3'
import type {
  MeasuredDay,
  Measurement,
  MeasurementFilter,
  MeasurementReads,
} from '../../../application/measurements.ts'
import type { MeasurementDetails, MeasurementKind } from '../../../domain/measurement/events.ts'
import { forgetting, type View } from '../views.ts'
import { userKey } from './users.ts'

export const measurementsView: View = {
  name: 'measurements',
  version: 1,
  tables: `
    CREATE TABLE measurement (
      key INTEGER PRIMARY KEY,
      user INTEGER NOT NULL,
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      value REAL NOT NULL,
      unit TEXT NOT NULL,
      weight_micrograms INTEGER,
      length_micrometers INTEGER,
      measured_at TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      local_date TEXT NOT NULL,
      notes TEXT,
      version INTEGER NOT NULL,
      UNIQUE (user, id)
    ) STRICT;
    CREATE INDEX measurement_by_time ON measurement (user, measured_at, key);
    CREATE INDEX measurement_by_kind ON measurement (user, kind, measured_at, key);
  `,
  unique: {},
  on(db) {
    const insert = db.prepare(`
      INSERT INTO measurement (key, user, id, kind, value, unit, weight_micrograms, length_micrometers,
        measured_at, time_zone, local_date, notes, version)
      VALUES (@key, @user, @measurementId, @kind, @value, @unit, @weightMicrograms, @lengthMicrometers,
        @measuredAt, @timeZone, @localDate, @notes, @version)
    `)
    const find = db.prepare<[number], Row>(`SELECT ${columns} FROM measurement WHERE key = ?`)
    const correct = db.prepare(`
      UPDATE measurement SET value = @value, unit = @unit, weight_micrograms = @weightMicrograms,
        length_micrometers = @lengthMicrometers, measured_at = @measuredAt, time_zone = @timeZone,
        local_date = @localDate, notes = @notes, version = @version
      WHERE key = @key
    `)
    const remove = db.prepare('DELETE FROM measurement WHERE key = ?')
    const unknown = { weightMicrograms: null, lengthMicrometers: null, notes: null }
    return {
      MeasurementTaken({ streamKey: key, subjectKey: user, version, data }) {
        insert.run({ ...unknown, ...data, key, user, version })
      },
      MeasurementCorrected({ streamKey: key, version, data }) {
        correct.run({ ...find.get(key), ...data, version })
      },
      MeasurementDeleted: ({ streamKey }) => void remove.run(streamKey),
      UserErased: forgetting(db, 'measurement WHERE user = @user'),
    }
  },
}

type Row = Record<keyof MeasurementDetails, string | number | null> & { key: number }

const columns = `key, id AS measurementId, kind, value, unit, weight_micrograms AS weightMicrograms,
    length_micrometers AS lengthMicrometers, measured_at AS measuredAt, time_zone AS timeZone,
    local_date AS localDate, notes, version`

export function measurementQueries(db: Database): MeasurementReads {
  const conditions = {
    kind: 'kind = @kind',
    from: 'local_date >= @from',
    to: 'local_date <= @to',
    measuredAt: '(measured_at, key) < (@measuredAt, @key)',
  }
  const statements = new Map<string, Statement<object, Row>>()

  /** One statement for each set of filters, so that each can use its index. */
  function listing(told: object) {
    const names = (Object.keys(conditions) as (keyof typeof conditions)[]).filter((name) => name in told)
    const prepared = statements.get(names.join())
    if (prepared !== undefined) return prepared
    const chosen = [`user = ${userKey}`, ...names.map((name) => conditions[name])]
    const made = db.prepare<object, Row>(`
      SELECT ${columns} FROM measurement WHERE ${chosen.join(' AND ')}
      ORDER BY measured_at DESC, key DESC LIMIT @limit`)
    statements.set(names.join(), made)
    return made
  }

  const lastUnit = db
    .prepare<object, string>(`
      SELECT unit FROM measurement WHERE user = ${userKey} AND kind = @kind
      ORDER BY measured_at DESC, key DESC LIMIT 1
    `)
    .pluck()
  const measured = 'coalesce(weight_micrograms, length_micrometers, value)'
  const days = db.prepare<object, MeasuredDay>(`
    SELECT local_date AS date, avg(${measured}) AS average, max(${measured}) AS max FROM measurement
    WHERE user = ${userKey} AND kind = @kind
      AND local_date BETWEEN coalesce(@from, '') AND coalesce(@to, '9999-12-31')
      AND (unit = @unit OR coalesce(weight_micrograms, length_micrometers) IS NOT NULL)
    GROUP BY local_date ORDER BY local_date
  `)

  return {
    async list(userId, filter, limit, after) {
      const told = Object.entries({ ...filter, ...after }).filter(([, value]) => value !== undefined)
      const wanted: MeasurementFilter = Object.fromEntries(told)
      // One row more tells whether there is a next page.
      const found = listing(wanted).all({ ...wanted, userId, limit: limit + 1 })
      const shown = found.slice(0, limit)
      const last = found.length > limit ? shown.at(-1) : undefined
      const items = shown.map(measurementOf)
      if (last === undefined) return { items }
      return { items, next: { measuredAt: String(last.measuredAt), key: last.key } }
    },
    async days(userId, kind: MeasurementKind, { from = null, to = null }) {
      const unit = lastUnit.get({ userId, kind })
      return { unit, days: days.all({ userId, kind, from, to, unit: unit ?? null }) }
    },
  }
}

function measurementOf({ key: _, ...row }: Row): Measurement {
  const told = Object.entries(row).filter(([, value]) => value !== null)
  return Object.fromEntries(told) as Measurement
}
