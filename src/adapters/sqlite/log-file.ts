import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { eventReader, type StoredEvent } from './event-rows.ts'
import { GENESIS } from './hash-chain.ts'
import { type Access, openFile } from './open-file.ts'

// One schema for ever. The insert triggers also close INSERT OR REPLACE, which fires no delete trigger:
// whatever row it would push out is refused before it gets there.
export const logSchema = `
CREATE TABLE streams (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES streams (key),
  version INTEGER NOT NULL,
  event_id TEXT NOT NULL,
  type TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  body BLOB NOT NULL,
  metadata BLOB NOT NULL,
  recorded_at TEXT NOT NULL,
  subject INTEGER REFERENCES streams (key),
  prev_hash BLOB NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (stream, version)
) STRICT;
CREATE TABLE checkpoints (
  position INTEGER PRIMARY KEY,
  hash BLOB NOT NULL,
  count INTEGER NOT NULL,
  signed_at TEXT NOT NULL,
  previous BLOB NOT NULL,
  key_id TEXT NOT NULL,
  signature BLOB NOT NULL
) STRICT;
CREATE TABLE public_keys (
  number INTEGER PRIMARY KEY,
  key_id TEXT NOT NULL UNIQUE,
  public_key BLOB NOT NULL,
  created_at TEXT NOT NULL,
  signed_by TEXT NOT NULL,
  signature BLOB NOT NULL
) STRICT;
CREATE TABLE idempotency (
  user INTEGER NOT NULL,
  key_hmac BLOB NOT NULL,
  request_hmac BLOB NOT NULL,
  first_position INTEGER NOT NULL,
  last_position INTEGER NOT NULL,
  outcome BLOB NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (user, key_hmac)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created_at);
CREATE TRIGGER streams_insert BEFORE INSERT ON streams
WHEN NEW.key IS NOT (SELECT coalesce(max(key), 0) + 1 FROM streams)
  OR EXISTS (SELECT 1 FROM streams WHERE name = NEW.name)
BEGIN SELECT raise(ABORT, 'streams is append-only'); END;
CREATE TRIGGER events_insert BEFORE INSERT ON events
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)
  OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = NEW.stream)
  OR NEW.prev_hash IS NOT
    coalesce((SELECT hash FROM events WHERE position = NEW.position - 1), zeroblob(32))
BEGIN SELECT raise(ABORT, 'events is append-only'); END;
CREATE TRIGGER checkpoints_insert BEFORE INSERT ON checkpoints
WHEN NEW.position <= (SELECT coalesce(max(position), 0) FROM checkpoints)
BEGIN SELECT raise(ABORT, 'checkpoints is append-only'); END;
CREATE TRIGGER public_keys_insert BEFORE INSERT ON public_keys
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM public_keys)
  OR EXISTS (SELECT 1 FROM public_keys WHERE key_id = NEW.key_id)
BEGIN SELECT raise(ABORT, 'public_keys is append-only'); END;
${['streams', 'events', 'checkpoints', 'public_keys']
  .flatMap((table) =>
    ['UPDATE', 'DELETE'].map(
      (change) => `CREATE TRIGGER ${table}_${change.toLowerCase()} BEFORE ${change} ON ${table}
BEGIN SELECT raise(ABORT, '${table} is append-only'); END;`,
    ),
  )
  .join('\n')}
`

export type Head = { position: number; hash: Buffer }

export function openLog(dataDir: string, access?: Access): Database {
  return openFile(join(dataDir, 'log.db'), logSchema, 'FULL', access)
}

/** The name of a person's own stream, which stands for the person as the subject of events. */
export function userStream(userId: string): string {
  return `user-${userId}`
}

/** Reads the next events of the whole log after a position, in order; prepared once for a connection. */
export function pageReader(db: Database): (afterPosition: number, limit: number) => StoredEvent[] {
  return eventReader<[number, number]>(db, 'WHERE e.position > ? ORDER BY e.position LIMIT ?')
}

/** The same for a page now and then. */
export function pageOfEvents(db: Database, afterPosition: number, limit: number): StoredEvent[] {
  return pageReader(db)(afterPosition, limit)
}

/** Reads the events of one stream behind a version, up to another; prepared once for a connection. */
export function streamReader(db: Database) {
  const read = eventReader<[string, number, number]>(
    db,
    `WHERE e.stream = (SELECT key FROM streams WHERE name = ?)
    AND e.version > ? AND e.version <= ? ORDER BY e.version`,
  )
  return (stream: string, upToVersion: number, afterVersion = 0): StoredEvent[] =>
    read(stream, afterVersion, upToVersion)
}

/** Tells what somebody's own stream ends with: undefined for whoever is not in the log. */
export function lastOfPerson(db: Database): (userId: string) => string | undefined {
  const last = db
    .prepare<[string], string>(
      `SELECT type FROM events WHERE stream = (SELECT key FROM streams WHERE name = ?)
      ORDER BY version DESC LIMIT 1`,
    )
    .pluck()
  return (userId) => last.get(userStream(userId))
}

export function headOf(db: Database): Head {
  const last = 'SELECT position, hash FROM events ORDER BY position DESC LIMIT 1'
  return db.prepare<[], Head>(last).get() ?? { position: 0, hash: GENESIS }
}
