import type { Database } from 'better-sqlite3'
import type { OnProgress } from '../../application/audit.ts'
import { pageOfCheckpoints, publicKeysOf } from './checkpoints.ts'
import { headOf, pageOfEvents } from './log-file.ts'

export const LOG_FORMAT = 'repledger log 1'

const PAGE_EVENTS = 1000
const PAGE_CHECKPOINTS = 1000

/**
 * The whole log as JSON lines, some thousand at a time: what it is, the keys, the checkpoints, the events in
 * order, all bytes in base64. Holds up to the head at its start. Nothing in the log ever changes, so no
 * transaction has to stay open, and a server that writes meanwhile is not held up.
 */
export function* exportedLines(log: Database, onProgress?: OnProgress): Generator<string, void> {
  const { head, keys, checkpoints } = log.transaction(() => {
    const { position, hash } = headOf(log)
    const count = log
      .prepare<[number], number>('SELECT count(*) FROM checkpoints WHERE position <= ?')
      .pluck()
    const signed = count.get(position) as number
    return { head: { position, hash: base64(hash) }, keys: publicKeysOf(log), checkpoints: signed }
  })()
  yield lines([{ format: LOG_FORMAT, head, keys: keys.length, checkpoints }])
  yield lines(keys.map((key) => ({ kind: 'key', ...withText(key) })))
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const page = pageOfCheckpoints(log, after, PAGE_CHECKPOINTS).filter(
      (one) => one.position <= head.position,
    )
    if (page.length === 0) break
    yield lines(page.map((checkpoint) => ({ kind: 'checkpoint', ...withText(checkpoint) })))
    after = page.at(-1)?.position ?? after
  }
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const page = pageOfEvents(log, after, PAGE_EVENTS).filter(({ position }) => position <= head.position)
    if (page.length === 0) break
    // The keys of rows are this file's own affair.
    yield lines(
      page.map(({ streamKey: _, subjectKey: __, ...event }) => ({ kind: 'event', ...withText(event) })),
    )
    const last = page.at(-1)?.position ?? head.position
    onProgress?.({ phase: 'Exporting the log', done: last, total: head.position })
    if (last <= after) break
    after = last
  }
}

function lines(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}

function withText(columns: object): object {
  const texts = Object.entries(columns).map(([name, value]) => [
    name,
    Buffer.isBuffer(value) ? base64(value) : value,
  ])
  return Object.fromEntries(texts)
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64')
}
