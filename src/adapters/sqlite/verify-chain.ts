import type { Database } from 'better-sqlite3'
import type { OnProgress } from '../../application/audit.ts'
import { eventVersions } from '../../domain/events.ts'
import { hashAt } from './catch-up.ts'
import { explainBreaks, explainDisorders } from './chain-breaks.ts'
import { createWalk, matches } from './chain-walk.ts'
import { metadataFault, schemaFault } from './event-schemas.ts'
import type { Findings } from './findings.ts'
import { GENESIS } from './hash-chain.ts'
import { pageOfEvents, type StoredEvent } from './log-file.ts'
import { noKeys, readForViews, type SubjectKeys, UnreadableEvent } from './read-log.ts'

const PAGE_EVENTS = 200

export type ChainOptions = {
  log: Database
  /** Undefined where there is no vault: sealed bodies then stay unread. */
  keys: SubjectKeys | undefined
  from: number
  to: number
  findings: Findings
  onProgress?: OnProgress | undefined
}

export type ChainResult = {
  events: number
  /** The first position that is not as it was written. */
  firstBreak: number | undefined
  /** True where every body was read, and is what its type says. */
  readable: boolean
}

/** Checks every event against its hash and the chain, and opens every body. */
export function verifyChain({ log, keys, from, to, findings, onProgress }: ChainOptions): ChainResult {
  const isBeginning = from <= 1
  const walk = createWalk({
    next: Math.max(from, 1),
    link: isBeginning ? GENESIS : hashAt(log, from - 1),
    isBeginning,
  })
  const reads = createReading(keys, findings)
  let events = 0
  let readable = true
  let after = isBeginning ? Number.NEGATIVE_INFINITY : from - 1
  for (;;) {
    const page = pageOfEvents(log, after, PAGE_EVENTS).filter(({ position }) => position <= to)
    for (const row of page) {
      if (walk.visit(row) && !reads(row)) readable = false
    }
    events += page.length
    const last = page.at(-1)?.position ?? after
    const total = Math.max(0, to - from + 1)
    onProgress?.({ phase: 'Checking the chain', done: Math.max(0, last - from + 1), total })
    // Positions that are no safe integers may come again: what stands there is found already.
    if (page.length < PAGE_EVENTS || last <= after) break
    after = last
  }
  walk.end()
  const { breaks, disorders, lastPosition } = walk
  const broken = explainBreaks(breaks.kept, { lastPosition: lastPosition(), matches, ...streamsOf(log) })
  // Where the chain is broken, versions and times out of order are only what follows from it.
  const told = broken.length > 0 ? broken : explainDisorders(disorders.kept)
  for (const finding of told) findings.add(finding)
  findings.addUnlisted((broken.length > 0 ? breaks : disorders).dropped())
  return { events, firstBreak: told[0]?.position, readable }
}

/** Opens a body and holds it against its schema. Says once for each person that there is no key. */
function createReading(keys: SubjectKeys | undefined, findings: Findings) {
  const withoutKey = new Set<string>()
  return (row: StoredEvent): boolean => {
    // Before its body, which opens under no other type than the one that it was sealed under.
    if (!Object.hasOwn(eventVersions, row.type)) {
      const { position, stream, type } = row
      findings.add({
        kind: 'unknown-type',
        position,
        stream,
        detail: `There is no event of the type ${type}.`,
      })
      return false
    }
    if (keys === undefined && row.subjectKey !== 0) return false
    try {
      const { type, data } = readForViews(row, keys ?? noKeys)
      const fault = schemaFault(type, data) ?? metadataFault(row.metadata)
      if (fault === undefined) return true
      const { position, stream } = row
      findings.add({ kind: 'malformed', position, stream, detail: `No ${type} is like this: ${fault}.` })
      return false
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error
      if (error.reason === 'key-missing' && keys?.isErased(row.subject.replace(/^user-/, ''))) return true
      const known = error.reason === 'key-missing' && withoutKey.has(error.subject)
      if (error.reason === 'key-missing') withoutKey.add(error.subject)
      const { reason, position, stream, message } = error
      if (!known) findings.add({ kind: reason, position, stream, detail: message })
      return false
    }
  }
}

function streamsOf(log: Database) {
  const at = log
    .prepare<[number], string>(
      'SELECT s.name FROM events e JOIN streams s ON s.key = e.stream WHERE e.position = ?',
    )
    .pluck()
  const lacking = log
    .prepare<[], string>(
      `SELECT s.name FROM (SELECT stream, max(version) - count(*) AS lacking FROM events GROUP BY stream) e
      JOIN streams s ON s.key = e.stream WHERE e.lacking > 0 LIMIT 2`,
    )
    .pluck()
  let withHoles: string[] | undefined
  return {
    streamAt: (position: number) => at.get(position),
    streamWithHole() {
      withHoles ??= lacking.all()
      return withHoles.length === 1 ? withHoles[0] : undefined
    },
  }
}
