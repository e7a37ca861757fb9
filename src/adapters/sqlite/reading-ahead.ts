import type { KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { type NextPage, type OpenPage, PAGE_EVENTS, pagesOf } from './catch-up.ts'
import { startHelper } from './helper-thread.ts'
import { type JoinedPage, places, splitPage } from './joined-page.ts'
import type { SubjectKeys } from './read-log.ts'
import type { ReadingJob } from './reading-thread.ts'

/** Fewer events are read before another thread has started. */
const LEAST_EVENTS = 10_000
/** A thread that was silent for so long is not waited for. */
const SILENT_MILLISECONDS = 10_000

export type Ahead = { masterKey: KeyObject; leastEvents?: number; pageEvents?: number }

export type AheadOptions = Ahead & {
  dataDir: string
  logDb: Database
  keys: SubjectKeys
  /** The position that is reached already, and the last one to be read. */
  after: number
  upTo: number
}

/**
 * Pages of the log, which another thread reads and opens while those before are folded. What that one cannot
 * read is read here, so that whatever is wrong is told as ever.
 */
export function readAhead(options: AheadOptions): { nextPage: NextPage; close: () => void } {
  const { logDb, keys, after, upTo, leastEvents = LEAST_EVENTS } = options
  const readHere = pagesOf(logDb, keys)
  if (upTo - after < leastEvents) return { nextPage: readHere, close: () => {} }
  const { take, close } = startReading(options)
  let isHelped = true
  return {
    nextPage(position, limit) {
      const page = isHelped && limit > 0 ? opened(take(), position) : undefined
      isHelped = page !== undefined
      return page ?? readHere(position, limit)
    },
    close,
  }
}

function startReading({ dataDir, masterKey, after, upTo, pageEvents = PAGE_EVENTS }: AheadOptions) {
  const shared = new Int32Array(new SharedArrayBuffer(12))
  const job = { dataDir, masterKey, after, upTo, pageEvents, shared }
  const thread = new URL('./reading-thread.ts', import.meta.url)
  const helper = startHelper<ReadingJob, JoinedPage>(thread, job)

  return {
    take(): JoinedPage | undefined {
      for (;;) {
        const ticks = Atomics.load(shared, places.ticks)
        const isEnded = Atomics.load(shared, places.isEnded) === 1
        const page = helper.received()
        if (page !== undefined) {
          Atomics.add(shared, places.taken, 1)
          Atomics.notify(shared, places.taken)
          return page
        }
        if (isEnded) return undefined
        if (Atomics.wait(shared, places.ticks, ticks, SILENT_MILLISECONDS) === 'timed-out') return undefined
      }
    },
    close() {
      Atomics.store(shared, places.isEnded, 1)
      // Looked at anew by whoever waits for it.
      Atomics.add(shared, places.taken, 1)
      Atomics.notify(shared, places.taken)
      helper.close()
    },
  }
}

/** Undefined where it is another page than the one asked for, or means nothing to this code. */
function opened(page: JoinedPage | undefined, after: number): OpenPage | undefined {
  if (page?.after !== after) return undefined
  try {
    const { position, hash } = page
    return { events: splitPage(page.text), last: { position, hash: Buffer.from(hash) } }
  } catch {
    return undefined
  }
}
