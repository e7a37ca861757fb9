import type { Database } from 'better-sqlite3'
import type { PlanReads } from '../../../application/plans.ts'
import { planDocument } from '../../../domain/plan/document.ts'
import type { PlanDetails } from '../../../domain/plan/events.ts'
import { withChange } from '../../../domain/plan/plan.ts'
import { forgetting, type View } from '../views.ts'
import { userKey } from './users.ts'

export const plansView: View = {
  name: 'plans',
  version: 1,
  tables: `
    CREATE TABLE plan (
      key INTEGER PRIMARY KEY,
      user INTEGER NOT NULL,
      id TEXT NOT NULL,
      number INTEGER NOT NULL,
      archived INTEGER NOT NULL,
      version INTEGER NOT NULL,
      name TEXT NOT NULL,
      days INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      origin TEXT,
      details TEXT NOT NULL,
      UNIQUE (user, id),
      UNIQUE (user, number)
    ) STRICT;
    CREATE INDEX plan_list ON plan (user, archived, number);
  `,
  // Only another process can have given out the same number.
  unique: { 'plan.user, plan.number': 'contended' },
  on(db) {
    const insert = db.prepare(`
      INSERT INTO plan VALUES (@key, @user, @id, @number, 0, @version, @name, @days, @createdAt, @createdAt,
        @origin, @details)
    `)
    const detailsOf = db.prepare<[number], string>('SELECT details FROM plan WHERE key = ?').pluck()
    const update = db.prepare(`
      UPDATE plan SET version = @version, updated_at = @changedAt, name = @name, days = @days,
        details = @details
      WHERE key = @key
    `)
    const archive = db.prepare('UPDATE plan SET archived = 1, version = ?, updated_at = ? WHERE key = ?')
    return {
      PlanCreated({ streamKey: key, subjectKey: user, version, data }) {
        const { planId: id, number, createdAt, origin, ...details } = data
        const made = origin === undefined ? null : JSON.stringify(origin)
        insert.run({ key, user, id, number, version, createdAt, origin: made, ...columnsOf(details) })
      },
      PlanChanged({ streamKey: key, version, data: { changedAt, ...change } }) {
        const details = withChange(JSON.parse(detailsOf.get(key) as string), change)
        update.run({ key, version, changedAt, ...columnsOf(details) })
      },
      PlanArchived({ streamKey: key, version, data: { archivedAt } }) {
        archive.run(version, archivedAt, key)
      },
      UserErased: forgetting(db, 'plan WHERE user = @user'),
    }
  },
}

function columnsOf(details: PlanDetails) {
  return { name: details.name, days: details.days.length, details: JSON.stringify(details) }
}

type Row = {
  id: string
  number: number
  archived: number
  version: number
  created_at: string
  updated_at: string
  origin: string | null
  details: string
}

export function planQueries(db: Database): PlanReads {
  const find = db.prepare<object, { archived: number; details: string }>(
    `SELECT archived, details FROM plan WHERE user = ${userKey} AND id = @planId`,
  )
  const idOf = db
    .prepare<object, string>(`SELECT id FROM plan WHERE user = ${userKey} AND number = @number`)
    .pluck()
  const list = db.prepare<object, Row>(`
    SELECT * FROM plan WHERE user = ${userKey} AND archived = @archived AND number < @before
    ORDER BY number DESC LIMIT @limit
  `)
  return {
    async find(userId, planId) {
      const found = find.get({ userId, planId })
      if (found === undefined) return undefined
      const { days }: PlanDetails = JSON.parse(found.details)
      return { planId, archived: found.archived === 1, days }
    },
    idOf: async (userId, number) => idOf.get({ userId, number }),
    async list(userId, archived, limit, before = Number.MAX_SAFE_INTEGER) {
      // One row more tells whether there is a next page.
      const rows = list.all({ userId, archived: archived ? 1 : 0, before, limit: limit + 1 })
      const items = rows.slice(0, limit).map(documentOf)
      const last = items.at(-1)
      return rows.length > limit && last !== undefined ? { items, next: last.number } : { items }
    },
  }
}

function documentOf({ id, archived, created_at, updated_at, origin, details, ...row }: Row) {
  return planDocument({
    ...row,
    planId: id,
    archived: archived === 1,
    createdAt: created_at,
    updatedAt: updated_at,
    origin: origin === null ? undefined : JSON.parse(origin),
    details: JSON.parse(details),
  })
}
