import { Worker } from 'node:worker_threads'
import type { OnProgress } from '../../application/audit.ts'
import { CannotWrite } from '../../application/ports.ts'
import type {
  Answer,
  AppendCommand,
  AppendResult,
  Command,
  Failure,
  Report,
  Request,
  VaultCommand,
  VaultResult,
  WriterSettings,
} from './writer-protocol.ts'

export type WriterEvents = {
  /** The thread is gone and nothing can be written any more; the process must end. */
  onFatal: (error: Error) => void
  /** Something went wrong that is tried again by itself. */
  onTrouble: (error: Error) => void
  onProgress: OnProgress
}

export type WriterClient = {
  append: (command: AppendCommand) => Promise<AppendResult>
  keep: (command: VaultCommand) => Promise<VaultResult>
  /** True while the views lack what the log has; what they would answer is stale. */
  viewsBehind: () => boolean
  /** Waits until everything that was asked is answered. */
  drain: () => Promise<void>
  close: () => Promise<void>
}

/** The disk is full or fails, the files may not be written, or somebody else holds them. */
const CANNOT_WRITE = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY)/

type Pending = { promise: Promise<never>; resolve: (result: never) => void; reject: (error: Error) => void }

/** Starts the writer thread; resolves when it takes commands, rejects when it cannot start. */
export function startWriter(
  settings: Omit<WriterSettings, 'now'>,
  now: () => number,
  { onFatal, onTrouble, onProgress }: WriterEvents,
): Promise<WriterClient> {
  const worker = new Worker(new URL('./writer.ts', import.meta.url), {
    workerData: { ...settings, now: now() },
  })
  const pending = new Map<number, Pending>()
  const gathered: { id: number; command: Command }[] = []
  const ready = Promise.withResolvers<WriterClient>()
  const exited = Promise.withResolvers<void>()
  let lastId = 0
  let started = false
  let closing = false
  let behind = false
  let dead: Error | undefined

  function post(request: Request) {
    worker.postMessage(request)
  }

  function flush() {
    if (dead === undefined) post({ now: now(), commands: gathered.splice(0) })
  }

  function ask(command: Command): Promise<never> {
    if (dead !== undefined || closing) return Promise.reject(dead ?? new Error('The log is closed.'))
    if (gathered.length === 0) setImmediate(flush)
    const { promise, resolve, reject } = Promise.withResolvers<never>()
    lastId += 1
    pending.set(lastId, { promise, resolve, reject })
    gathered.push({ id: lastId, command })
    return promise
  }

  function settle(answer: Answer) {
    const { resolve, reject } = pending.get(answer.id) as Pending
    pending.delete(answer.id)
    if ('failure' in answer) reject(errorOf(answer.failure))
    else resolve(answer.result as never)
  }

  function die(error: Error) {
    if (dead !== undefined) return
    dead = error
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
    if (started) onFatal(error)
    else ready.reject(error)
  }

  async function drain() {
    while (pending.size > 0) await Promise.allSettled([...pending.values()].map(({ promise }) => promise))
  }

  worker.on('message', (report: Report) => {
    if (report.kind === 'progress') onProgress(report.progress)
    else if (report.kind === 'trouble') onTrouble(errorOf(report.failure))
    else if (report.kind === 'recovered') behind = false
    else if (report.kind === 'ready') {
      started = true
      ready.resolve({ append: ask, keep: ask, viewsBehind: () => behind, drain, close })
    } else if (report.kind === 'answers') {
      behind = report.viewsBehind
      for (const answer of report.answers) settle(answer)
    }
  })
  worker.on('error', (error) => die(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', (code) => {
    if (!closing || code !== 0) die(new Error(`The writer thread ended with code ${code}.`))
    exited.resolve()
  })

  async function close() {
    await drain()
    closing = true
    if (dead === undefined) post({ now: now(), commands: [], close: true })
    await exited.promise
    if (dead !== undefined) throw dead
  }

  return ready.promise
}

function errorOf({ message, code }: Failure): Error {
  if (code === undefined) return new Error(message)
  const error = CANNOT_WRITE.test(code) ? new CannotWrite(message) : new Error(message)
  return Object.assign(error, { code })
}
