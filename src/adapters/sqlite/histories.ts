import type { KeyObject } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { AsOf, Histories } from '../../application/as-of.ts'
import type { ImportChecks, Prepared } from '../../application/imports.ts'
import { keepNewest } from '../../application/keep-newest.ts'
import type { Clock } from '../../application/ports.ts'
import { isRefusal, type Refusal, refuse, refuseFields } from '../../domain/refusal.ts'
import type { HistoryAnswer, HistoryJob } from './history.ts'

const WAITING = 8
const KEPT_ANSWERS = 50
// What is younger may yet be joined by events that are on their way.
const SETTLED_MILLISECONDS = 10_000
const OWN_WAITING = 2
const HEAP_MEGABYTES = 192

export type HistoriesOptions = { dataDir: string; masterKey: KeyObject; clock: Clock }

type Waiting = {
  userId: string
  thread: Worker
  resolve: (answer: never) => void
  reject: (error: Error) => void
}

/**
 * Answers about the past, worked out by a thread of their own, one after the other: the server goes on
 * meanwhile. The thread is started by the first question and again after it has died.
 */
export function createHistories({ dataDir, masterKey, clock }: HistoriesOptions) {
  const waiting = new Map<number, Waiting>()
  const kept = new Map<string, AsOf>()
  let worker: Worker | undefined
  let lastId = 0
  /** Documents that the thread holds ready. */
  let held = 0

  function started(): Worker {
    const thread = new Worker(new URL('./history-thread.ts', import.meta.url), {
      workerData: { dataDir, masterKey },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES, maxYoungGenerationSizeMb: 8 },
    })
    thread.on('message', (message: HistoryAnswer) => {
      const asked = waiting.get(message.id) as Waiting
      waiting.delete(message.id)
      if ('failure' in message) asked.reject(new Error(message.failure))
      else asked.resolve(message.answer as never)
      if (waiting.size === 0) thread.unref()
    })
    const gone = (error: Error) => {
      if (worker === thread) worker = undefined
      for (const [id, asked] of waiting) {
        if (asked.thread !== thread) continue
        waiting.delete(id)
        asked.reject(error)
      }
    }
    thread.on('error', (error) => gone(error as Error))
    thread.on('exit', () => gone(new Error('The thread that reads the past has ended.')))
    return thread
  }

  function ask<T>(userId: string, job: HistoryJob, transfer: ArrayBuffer[] = []): Promise<T> {
    worker ??= started()
    const thread = worker
    thread.ref()
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    lastId += 1
    waiting.set(lastId, { userId, thread, resolve: resolve as (answer: never) => void, reject })
    thread.postMessage({ id: lastId, job }, transfer)
    return promise
  }

  async function end() {
    const thread = worker
    worker = undefined
    await thread?.terminate()
  }

  function tooMany(userId: string): Refusal | undefined {
    const own = [...waiting.values()].filter((asked) => asked.userId === userId).length
    if (own < OWN_WAITING && waiting.size < WAITING) return undefined
    return refuse('contended', 'Too many questions about the past are being answered; try again.')
  }

  const histories: Histories = {
    async asOf(userId, moment, language) {
      const key = `${userId} ${JSON.stringify(moment)} ${language}`
      const known = kept.get(key)
      if (known !== undefined) return known
      const refused = tooMany(userId)
      if (refused !== undefined) return refused
      const now = clock.now()
      const answer = await ask<AsOf | Refusal>(userId, { kind: 'as-of', userId, moment, now, language })
      if (isRefusal(answer) || Date.parse(answer.at) > now - SETTLED_MILLISECONDS) return answer
      keepNewest(kept, key, answer, KEPT_ANSWERS)
      return answer
    },
  }

  const checks: ImportChecks = {
    async prepare(userId, document) {
      const refused = tooMany(userId)
      if (refused !== undefined) return refused
      // What came from a pool shares its memory with others; all else goes over as it is.
      const isWhole = document.byteLength === document.buffer.byteLength
      const bytes = isWhole ? (document as Uint8Array<ArrayBuffer>) : new Uint8Array(document)
      try {
        held += 1
        const prepared = await ask<Prepared | Refusal>(userId, { kind: 'prepare', userId, document: bytes }, [
          bytes.buffer,
        ])
        if (isRefusal(prepared)) held -= 1
        return prepared
      } catch (error) {
        held -= 1
        if ((error as { code?: string }).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error
        return refuseFields([{ pointer: '', code: 'too-large', message: 'The document holds too much.' }])
      }
    },
    take: (importId, from, count) => ask('', { kind: 'take', importId, from, count }),
    async release(importId) {
      await ask('', { kind: 'release', importId })
      held -= 1
      // What a large document took is given back only by the end of the thread.
      if (held === 0 && waiting.size === 0) await end()
    },
  }

  return {
    histories,
    checks,
    /** Drops what is kept of a person, such as one who was erased. */
    forget(userId: string) {
      for (const key of kept.keys()) if (key.startsWith(`${userId} `)) kept.delete(key)
    },
    close: end,
  }
}
