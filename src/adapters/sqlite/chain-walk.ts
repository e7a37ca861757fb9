import type { Break, Disorder } from './chain-breaks.ts'
import { firstOf } from './findings.ts'
import { hashEvent } from './hash-chain.ts'
import type { StoredEvent } from './log-file.ts'

/** Events put in or taken out together that are still told from a change of everything behind them. */
const WIDEST_SHIFT = 8

export type WalkStart = {
  /** The position that comes first. */
  next: number
  /** The hash that it follows, where that is known. */
  link: Buffer | undefined
  /** Nothing came before, so that every stream begins with version 1. */
  isBeginning: boolean
}

/**
 * Goes along the chain event by event. After a hash that does not fit it goes on from the stored one; events
 * that were only moved along, by one put in or taken out, are recognised by the position that their hash was
 * made for.
 */
export function createWalk({ next, link, isBeginning }: WalkStart) {
  const breaks = firstOf<Break>()
  const disorders = firstOf<Disorder>()
  const follow = createFollower(isBeginning, disorders.add)
  let before: StoredEvent | undefined
  let shift = 0
  /** An event out of its place, until the next one shows whether it alone is. */
  let moved: { row: StoredEvent; by: number } | undefined

  function settleMoved(last = false) {
    if (moved !== undefined) {
      const { row, by } = moved
      breaks.add({ is: 'moved', row, belongs: row.position - by, shift, last })
    }
    moved = undefined
  }

  function place(row: StoredEvent, by: number) {
    if (by === moved?.by) {
      breaks.add({ is: 'shift', at: moved.row.position, from: shift, to: by })
      follow(moved.row)
      shift = by
      moved = undefined
    } else {
      settleMoved()
      if (by !== shift) {
        moved = { row, by }
        link = undefined
        return
      }
      if (link !== undefined && !row.previousHash.equals(link)) breaks.add({ is: 'unlinked', row, before })
    }
    link = row.hash
    before = row
    follow(row)
  }

  return {
    breaks,
    disorders,
    lastPosition: () => next - 1,
    /** False where the event's columns do not give its hash, wherever it may belong. */
    visit(row: StoredEvent): boolean {
      if (row.position > next) {
        breaks.add({ is: 'gap', from: next, to: row.position - 1 })
        link = undefined
      }
      if (row.position >= next) next = row.position + 1
      const by = row.position < 1 ? undefined : shiftOf(row, [moved?.by ?? shift, shift])
      if (by !== undefined) {
        place(row, by)
        return true
      }
      settleMoved()
      breaks.add({ is: 'broken', row })
      link = undefined
      return false
    },
    end: () => settleMoved(true),
  }
}

/**
 * Whether the event's own columns give this hash. Columns that cannot be hashed at all were surely changed.
 */
export function matches(event: StoredEvent, hash: Buffer = event.hash): boolean {
  if (event.stream === '' || (event.subjectKey !== 0 && event.subject === '')) return false
  try {
    return hashEvent(event).equals(hash)
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return false
    throw error
  }
}

/**
 * How far the event stands behind the position that its hash was made for; undefined where none near fits.
 */
function shiftOf(row: StoredEvent, likely: readonly number[]): number | undefined {
  const near = Array.from({ length: 2 * WIDEST_SHIFT + 1 }, (_, index) => index - WIDEST_SHIFT)
  const fits = (by: number) => matches({ ...row, position: row.position - by })
  return likely.find(fits) ?? near.find(fits)
}

/**
 * What an unbroken chain can still tell of a log that was written anew: versions with gaps, and time running
 * back.
 */
function createFollower(isBeginning: boolean, add: (found: Disorder) => void) {
  const versions = new Map<number, number>()
  let recordedAt = ''
  return (row: StoredEvent) => {
    const before = versions.get(row.streamKey) ?? (isBeginning ? 0 : row.version - 1)
    if (row.version !== before + 1) add({ is: 'out of version', row, expected: before + 1 })
    if (row.recordedAt < recordedAt) add({ is: 'out of time', row, after: recordedAt })
    versions.set(row.streamKey, row.version)
    recordedAt = row.recordedAt
  }
}
