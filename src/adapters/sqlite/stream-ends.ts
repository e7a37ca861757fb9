import type { Database } from 'better-sqlite3'
import { keepNewest } from '../../application/keep-newest.ts'

/** The key of a stream and the version of its last event. */
export type StreamEnd = { readonly key: number; version: number }

/**
 * Where streams end, of those that were asked for last without a look at the file. Whoever appends moves the
 * version on; should one ever be wrong, the log's own triggers refuse the event.
 */
export function createStreamEnds(log: Database, most = 10_000) {
  const select = log.prepare<[string], StreamEnd>(`
    SELECT key, (SELECT coalesce(max(version), 0) FROM events WHERE stream = key) AS version
    FROM streams WHERE name = ?
  `)
  const insert = log
    .prepare<[string], number>(
      'INSERT INTO streams VALUES ((SELECT coalesce(max(key), 0) + 1 FROM streams), ?) RETURNING key',
    )
    .pluck()
  const kept = new Map<string, StreamEnd>()

  function keep(stream: string, end: StreamEnd): StreamEnd {
    keepNewest(kept, stream, end, most)
    return end
  }

  function find(stream: string): StreamEnd | undefined {
    const known = kept.get(stream)
    if (known !== undefined) return known
    const found = select.get(stream)
    return found && keep(stream, found)
  }

  return {
    find,
    findOrInsert: (stream: string): StreamEnd =>
      find(stream) ?? keep(stream, { key: insert.get(stream) as number, version: 0 }),
    /** What was written since is undone. */
    forget: () => kept.clear(),
  }
}
