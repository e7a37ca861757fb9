import type { Break, Disorder } from './chain-breaks.ts'
import type { StoredEvent } from './event-rows.ts'
import { firstOf } from './findings.ts'
import { hashText } from './hash-chain.ts'

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
      const isDue = row.position === next && shift === 0 && moved === undefined
      const isLinked = Buffer.isBuffer(row.previousHash) && link?.equals(row.previousHash)
      if (isDue && isLinked && matches(row)) {
        next += 1
        link = row.hash
        before = row
        follow(row)
        return true
      }
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
    return hashText(event) === hash.toString('latin1')
  } catch (error) {
    if ([RangeError, SyntaxError, TypeError].some((kind) => error instanceof kind)) return false
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
  /** Of each stream the last version met. */
  const versions = new Map<number, number>()
  let recordedAt = ''
  return (row: StoredEvent) => {
    const { streamKey, version } = row
    const expected = (versions.get(streamKey) ?? (isBeginning ? 0 : version - 1)) + 1
    if (version !== expected) add({ is: 'out of version', row, expected })
    if (row.recordedAt < recordedAt) add({ is: 'out of time', row, after: recordedAt })
    versions.set(streamKey, version)
    recordedAt = row.recordedAt
  }
}
