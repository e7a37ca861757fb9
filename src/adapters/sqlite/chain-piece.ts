import type { Database } from 'better-sqlite3'
import { createReading } from './body-check.ts'
import { createWalk } from './chain-walk.ts'
import { createFindings } from './findings.ts'
import { GENESIS } from './hash-chain.ts'
import { pageReader } from './log-file.ts'
import type { SubjectKeys } from './read-log.ts'

const PAGE_EVENTS = 500

/** What threads share: the number of the next piece that nobody took, and a count of what was done. */
export const places = { next: 0, ticks: 1 }

/** A part of the chain in which everything is as it should be. */
export type Piece = {
  /** True where every body was read. */
  readable: boolean
  /** The key of each stream met, its first version here and its last, one stream after the other. */
  streams: Float64Array
}

/**
 * Checks parts of the chain by themselves, each against the event before it. Undefined where anything is not
 * as it should be, or cannot be read: what it is, only a walk along the whole chain can tell. Prepared once
 * for a connection.
 */
export function pieceChecker(log: Database, keys: SubjectKeys | undefined) {
  const nextPage = pageReader(log)
  const eventBefore = log.prepare<[number], { link: Buffer; recordedAt: string }>(
    'SELECT hash AS link, recorded_at AS recordedAt FROM events WHERE position = ? - 1',
  )

  function check(from: number, to: number, onPage: () => void): Piece | undefined {
    const findings = createFindings()
    const reads = createReading(keys, findings)
    const walk = createWalk({ next: from, link: GENESIS, isBeginning: from === 1, ...eventBefore.get(from) })
    let readable = true
    for (let next = from; next <= to; next = walk.lastPosition() + 1) {
      const page = nextPage(next - 1, Math.min(PAGE_EVENTS, to - next + 1))
      for (const row of page) {
        walk.visit(row)
        if (!reads(row)) readable = false
      }
      const found = walk.breaks.kept.length + walk.disorders.kept.length + findings.total()
      if (page.length === 0 || found > 0) return undefined
      onPage()
    }
    walk.end()
    if (walk.breaks.kept.length > 0) return undefined
    const streams = [...walk.streams].flatMap(([key, { first, last }]) => [key, first, last])
    return { readable, streams: Float64Array.from(streams) }
  }

  return (from: number, to: number, onPage: () => void = () => {}) => {
    try {
      return check(from, to, onPage)
    } catch {
      return undefined
    }
  }
}
