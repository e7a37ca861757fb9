import type { Database } from 'better-sqlite3'

/** The steps of the plan of every statement that `prepare` prepares, by the text of the statement. */
export function plansOf(db: Database, prepare: (db: Database) => unknown): Map<string, string[]> {
  const texts: string[] = []
  prepare({
    prepare(sql: string) {
      texts.push(sql)
      return db.prepare(sql)
    },
  } as unknown as Database)
  return new Map(
    texts.map((sql) => {
      const plan = db.prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN ${sql.replaceAll(/[@:][a-zA-Z]\w*|\?/g, '1')}`,
      )
      return [sql, plan.all().map(({ detail }) => detail)]
    }),
  )
}
