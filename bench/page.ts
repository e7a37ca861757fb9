import { asMarkdown } from './table.ts'

/** The page that keeps the last table. */
export function page(cells: readonly string[][], about: readonly string[]): string {
  const day = new Date().toISOString().slice(0, 10)
  return `# Performance

Kept by \`npm run bench -- --write\`; this table is of ${day}. Machines differ and are noisy: compare the
ratios, not the rates.

${asMarkdown(cells)}

${about.map((line) => `- ${line}`).join('\n')}

## How to read it

Each row divides what the service does by what somebody would pick instead. Both sides run in one go, one
after the other in every round and there and back again; the ratio is taken round by round, and the table
gives its median, the least and the most. "must" is owed, "goal" is the direction. Figures are medians of
each side alone.

- T1 appends sets through the event log as the service opens it: its writer thread, the chain, sealed
  bodies, all views, \`synchronous=FULL\`. The other side inserts 250 random bytes a row, 64 rows a
  transaction, FULL.
- T2 and T3: each connection is a person with a token and a live session, and begins a new session after 50
  sets; only the sets are counted. No \`If-Match\`, no \`Idempotency-Key\`, no rate limit. The echo runs in
  the service's own middleware with one route that needs no token and sends the body back. Fastify checks
  the same body and inserts a row for each set, each its own commit, with \`synchronous=FULL\` or NORMAL
  (T3c); it asks for no token.
- T3d preloads \`bench/slow-sync.c\` (\`LD_PRELOAD\`, compiled by \`cc\`) into both sides: every \`fsync\`
  and \`fdatasync\` waits 1.5 ms before it syncs. The programs do not know of it.
- T4 checks hashes, links and order of every event. T4 bodies unseals each one too and holds it against its
  schema. The other side reads the same events, kept in the clear, in pages of 1,000 and parses their
  bodies.
- T5 builds all views from nothing, unsealing every body.
- T6: sets over ten years, and before each question the person changes something, so that nothing kept
  answers. The figure is the median of 200 questions over one connection.
- T6b: the same question again and again over 64 connections; Koa and its router answer \`{}\`.
- T7 asks one question after the other in a thread of its own; the writers log sets as in T2.
- T8 and T8d: emmett-sqlite on one kept connection, WAL, FULL, in the clear. It writes the same events. Of 64
  callers each waits for its own append. T8d reads, unseals and folds all events each time; warm it is asked
  as commands ask, where what was folded last is kept in memory.
- T9 runs with \`--long\` only: it takes many minutes. Its load is one of its own, without autocannon.
- T10 starts the program again and again on the large log, and asks \`/readyz\` until it is ready.

Servers run in processes of their own, and autocannon, the load, in another. The service works in two
threads, so with the load there are three that want a core: on a machine of two cores the service is held
back by the load more than a peer of one thread is.
`
}
