import type { KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { type Piece, pieceChecker, places } from './chain-piece.ts'
import type { ChainJob, PieceMessage } from './chain-thread.ts'
import { startHelper } from './helper-thread.ts'
import type { SubjectKeys } from './read-log.ts'

export const PIECE_EVENTS = 5000
/** A thread that was silent for so long is not waited for. */
const SILENT_MILLISECONDS = 60_000

export type Helping = {
  /** How many threads work at it, this one among them. */
  threads: number
  dataDir: string
  /** Opens the bodies; undefined where they stay unread. */
  masterKey: KeyObject | undefined
  pieceEvents?: number
  /** Where they meet. */
  shared?: Int32Array
}

export type PiecesOptions = Helping & {
  log: Database
  keys: SubjectKeys | undefined
  from: number
  to: number
  onChecked: (events: number) => void
}

/**
 * Checks the chain in pieces, several at a time: each thread takes the next one that nobody took. Undefined
 * where anything is not as it should be, or could not be checked so.
 */
export function checkInPieces(options: PiecesOptions): { readable: boolean } | undefined {
  const { log, keys, from, to, threads, pieceEvents = PIECE_EVENTS, onChecked, dataDir, masterKey } = options
  const { shared = new Int32Array(new SharedArrayBuffer(8)) } = options
  if (from === 1 && log.prepare('SELECT 1 FROM events WHERE position < 1').get()) return undefined
  const total = to - from + 1
  const count = Math.ceil(total / pieceEvents)
  // What the threads share counts no further; no log of ours is as long.
  if (count > 2 ** 30) return undefined
  const job = { dataDir, masterKey, from, to, pieceEvents, shared }
  const thread = new URL('./chain-thread.ts', import.meta.url)
  const helpers = Array.from({ length: threads - 1 }, () => startHelper<ChainJob, PieceMessage>(thread, job))
  const pieces: Piece[] = []
  let checked = 0
  const take = ({ number, piece }: PieceMessage): boolean => {
    if (piece === undefined) return false
    pieces[number] = piece
    checked += 1
    onChecked(Math.min(checked * pieceEvents, total))
    return true
  }
  const takeAnswers = () =>
    helpers.every(({ received }) => {
      for (let answer = received(); answer; answer = received()) if (!take(answer)) return false
      return true
    })
  try {
    const check = pieceChecker(log, keys)
    for (;;) {
      const number = Atomics.add(shared, places.next, 1)
      if (number >= count) break
      const first = from + number * pieceEvents
      const piece = check(first, Math.min(to, first + pieceEvents - 1))
      if (!take({ number, piece }) || !takeAnswers()) return undefined
    }
    while (checked < count) {
      const ticks = Atomics.load(shared, places.ticks)
      if (!takeAnswers()) return undefined
      if (checked === count) break
      if (Atomics.wait(shared, places.ticks, ticks, SILENT_MILLISECONDS) === 'timed-out') return undefined
    }
  } finally {
    // Nothing is left to be taken: the others end when they are done with what they have.
    Atomics.store(shared, places.next, count)
    for (const { close } of helpers) close()
  }
  return areInVersion(pieces, from === 1) ? { readable: pieces.every(({ readable }) => readable) } : undefined
}

/** Whether each stream goes on in a piece with the version behind its last one. */
function areInVersion(pieces: readonly Piece[], isBeginning: boolean): boolean {
  const versions = new Map<number, number>()
  for (const { streams } of pieces) {
    for (let at = 0; at < streams.length; at += 3) {
      const [key, first, last] = streams.subarray(at, at + 3) as unknown as [number, number, number]
      const before = versions.get(key) ?? (isBeginning ? 0 : first - 1)
      if (first !== before + 1) return false
      versions.set(key, last)
    }
  }
  return true
}
