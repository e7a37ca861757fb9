import type { KeyObject } from 'node:crypto'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { type NextPage, type OpenPage, PAGE_EVENTS, pagesOf } from './catch-up.ts'
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
  const { port1, port2: port } = new MessageChannel()
  const worker = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData: { dataDir, masterKey, after, upTo, pageEvents, shared, port } satisfies ReadingJob,
    transferList: [port],
  })
  worker.unref()
  // Whoever does not start gives nothing.
  worker.on('error', () => {})

  return {
    take(): JoinedPage | undefined {
      for (;;) {
        const ticks = Atomics.load(shared, places.ticks)
        const isEnded = Atomics.load(shared, places.isEnded) === 1
        const received: { message: JoinedPage } | undefined = receiveMessageOnPort(port1)
        if (received !== undefined) {
          Atomics.add(shared, places.taken, 1)
          Atomics.notify(shared, places.taken)
          return received.message
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
      port1.close()
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
