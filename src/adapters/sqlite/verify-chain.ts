import type { Database } from 'better-sqlite3'
import type { OnProgress } from '../../application/audit.ts'
import { createReading } from './body-check.ts'
import { hashAt } from './catch-up.ts'
import { explainBreaks, explainDisorders } from './chain-breaks.ts'
import { checkInPieces, type Helping, PIECE_EVENTS } from './chain-pieces.ts'
import { createWalk, matches } from './chain-walk.ts'
import type { Findings } from './findings.ts'
import { GENESIS } from './hash-chain.ts'
import { pageReader } from './log-file.ts'
import type { SubjectKeys } from './read-log.ts'

const PAGE_EVENTS = 200
/** Fewer pieces are checked before another thread has started. */
const LEAST_PIECES = 10
const CHECKING = 'Checking the chain'

export type ChainOptions = {
  log: Database
  /** Undefined where there is no vault: sealed bodies then stay unread. */
  keys: SubjectKeys | undefined
  from: number
  to: number
  findings: Findings
  onProgress?: OnProgress | undefined
  /** Several threads look first whether all is well. */
  helping?: Helping | undefined
}

export type ChainResult = {
  events: number
  /** The first position that is not as it was written. */
  firstBreak: number | undefined
  /** True where every body was read, and is what its type says. */
  readable: boolean
}

/** Checks every event against its hash and the chain, and opens every body. */
export function verifyChain(options: ChainOptions): ChainResult {
  const { log, keys, from, to, onProgress, helping } = options
  const events = Math.max(0, to - from + 1)
  const least = LEAST_PIECES * (helping?.pieceEvents ?? PIECE_EVENTS)
  if (helping !== undefined && helping.threads > 1 && events >= least) {
    const onChecked = (done: number) => onProgress?.({ phase: CHECKING, done, total: events })
    const well = checkInPieces({ ...helping, log, keys, from: Math.max(from, 1), to, onChecked })
    if (well !== undefined) return { events, firstBreak: undefined, ...well }
  }
  return walkChain(options)
}

function walkChain({ log, keys, from, to, findings, onProgress }: ChainOptions): ChainResult {
  const isBeginning = from <= 1
  const walk = createWalk({
    next: Math.max(from, 1),
    link: isBeginning ? GENESIS : hashAt(log, from - 1),
    isBeginning,
  })
  const nextPage = pageReader(log)
  const reads = createReading(keys, findings)
  let events = 0
  let readable = true
  let after = isBeginning ? Number.NEGATIVE_INFINITY : from - 1
  for (;;) {
    const page = nextPage(after, PAGE_EVENTS).filter(({ position }) => position <= to)
    for (const row of page) {
      if (walk.visit(row) && !reads(row)) readable = false
    }
    events += page.length
    const last = page.at(-1)?.position ?? after
    const total = Math.max(0, to - from + 1)
    onProgress?.({ phase: CHECKING, done: Math.max(0, last - from + 1), total })
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
