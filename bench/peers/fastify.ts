// What many would write instead: a row for each request as it comes, each a commit, and nobody is asked who.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { fastify } from 'fastify'

type NewSet = { exerciseId: string; reps: number; weight: number }

const db = new Sqlite(join(process.env.DATA_DIR as string, 'sets.db'))
db.pragma('journal_mode = WAL')
db.pragma(`synchronous = ${process.env.SYNCHRONOUS ?? 'FULL'}`)
db.exec(`
  CREATE TABLE sessions (id TEXT PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT);
  CREATE TABLE sets (
    id INTEGER PRIMARY KEY, session TEXT NOT NULL, exercise TEXT NOT NULL, reps INTEGER NOT NULL,
    weight REAL NOT NULL, logged_at TEXT NOT NULL
  )`)
const start = db.prepare('INSERT INTO sessions (id, started_at) VALUES (?, ?)')
const finish = db.prepare('UPDATE sessions SET finished_at = ? WHERE id = ?')
const log = db.prepare('INSERT INTO sets (session, exercise, reps, weight, logged_at) VALUES (?, ?, ?, ?, ?)')
const now = () => new Date().toISOString()

const body = {
  type: 'object',
  required: ['exerciseId', 'reps', 'weight'],
  properties: { exerciseId: { type: 'string' }, reps: { type: 'integer' }, weight: { type: 'number' } },
}
const app = fastify()
app.post('/v1/sessions', {}, async (_, reply) => {
  const id = randomUUID()
  start.run(id, now())
  reply.code(201)
  return { id }
})
app.post('/v1/sessions/:id/sets', { schema: { body } }, async (request, reply) => {
  const { exerciseId, reps, weight } = request.body as NewSet
  const { lastInsertRowid } = log.run(request.params.id, exerciseId, reps, weight, now())
  reply.code(201)
  return { set: { id: Number(lastInsertRowid), exerciseId, reps, weight } }
})
app.post('/v1/sessions/:id/finish', {}, async (request) => {
  finish.run(now(), request.params.id)
  return {}
})
void app.listen({ port: 0, host: '127.0.0.1' }).then((url) => {
  process.stdout.write(`fastify answers at ${url}\n`)
})
