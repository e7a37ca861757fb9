import { Worker } from 'node:worker_threads'
import type { OnProgress, RotatedKeys } from '../../application/audit.ts'
import { CannotWrite } from '../../application/ports.ts'
import type {
  Answer,
  AppendCommand,
  AppendResult,
  Batch,
  Command,
  EraseCommand,
  EraseResult,
  Failure,
  Report,
  Request,
  RotateCommand,
  VaultCommand,
  VaultResult,
  WriterSettings,
} from './writer-protocol.ts'

export type WriterEvents = {
  /** The thread is gone and nothing can be written any more; the process must end. */
  onFatal: (error: Error) => void
  /** Something went wrong that is tried again by itself. */
  onTrouble: (error: Error) => void
  /** Nobody can read any more what this person did; `ended` are the logins that they had. */
  onErased: (userId: string, ended: readonly string[]) => void
  /** From here on the newest views file is written, and only that one is level with the log. */
  onViewsSwitched: () => void
  onProgress: OnProgress
  onBatch?: (batch: Batch) => void
  /** Ends a start before it is over; the next one goes on where it was. */
  signal?: AbortSignal | undefined
}

export type WriterClient = {
  append: (command: AppendCommand) => Promise<AppendResult>
  keep: (command: VaultCommand) => Promise<VaultResult>
  erase: (command: EraseCommand) => Promise<EraseResult>
  rotateKeys: (command: RotateCommand) => Promise<RotatedKeys>
  /** How many commands are not answered yet. */
  waiting: () => number
  /** True while the views lack what the log has; what they would answer is stale. */
  viewsBehind: () => boolean
  /** The views that serve were folded by other versions of them, and wait to be built anew. */
  outdated: boolean
  /** Makes the newest views file the one that is written and read. */
  switchViews: () => Promise<void>
  /** Waits until everything that was asked is answered. */
  drain: () => Promise<void>
  close: () => Promise<void>
}

/** Little of what the writer makes outlives a command: what the main thread is given would lie unused. */
const YOUNG_MEBIBYTES = 12

/** The disk is full or fails, the files may not be written, or somebody else holds them. */
const CANNOT_WRITE = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY)/

type Pending = { promise: Promise<never>; resolve: (result: never) => void; reject: (error: Error) => void }

/** Starts the writer thread; resolves when it takes commands, rejects when it cannot start. */
export function startWriter(
  settings: Omit<WriterSettings, 'now'>,
  now: () => number,
  { onFatal, onTrouble, onErased, onViewsSwitched, onProgress, onBatch, signal }: WriterEvents,
): Promise<WriterClient> {
  const worker = new Worker(new URL('./writer.ts', import.meta.url), {
    workerData: { ...settings, now: now() },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEBIBYTES },
  })
  const pending = new Map<number, Pending>()
  const gathered: { id: number; command: Command }[] = []
  const ready = Promise.withResolvers<WriterClient>()
  const exited = Promise.withResolvers<void>()
  let switching: PromiseWithResolvers<void> | undefined
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
    switching?.reject(error)
    if (started) onFatal(error)
    else ready.reject(error)
  }

  function switchViews(): Promise<void> {
    if (dead !== undefined || closing) return Promise.reject(dead ?? new Error('The log is closed.'))
    switching = Promise.withResolvers()
    post({ now: now(), commands: [], views: 'built' })
    return switching.promise
  }

  async function drain() {
    while (pending.size > 0) await Promise.allSettled([...pending.values()].map(({ promise }) => promise))
  }

  worker.on('message', (report: Report) => {
    if (report.kind === 'progress') onProgress(report.progress)
    else if (report.kind === 'trouble') onTrouble(errorOf(report.failure))
    else if (report.kind === 'recovered') behind = false
    else if (report.kind === 'erased') onErased(report.userId, report.ended)
    else if (report.kind === 'ready') {
      started = true
      const { outdated } = report
      const state = { waiting: () => pending.size, viewsBehind: () => behind, outdated }
      const commands = { append: ask, keep: ask, erase: ask, rotateKeys: ask }
      ready.resolve({ ...commands, ...state, switchViews, drain, close })
    } else if (report.kind === 'switched') {
      if (report.failure !== undefined) switching?.reject(errorOf(report.failure))
      else {
        behind = false
        onViewsSwitched()
        post({ now: now(), commands: [], views: 'let go' })
        switching?.resolve()
      }
    } else if (report.kind === 'answers') {
      behind = report.viewsBehind
      onBatch?.(report.batch)
      for (const answer of report.answers) settle(answer)
    }
  })
  signal?.addEventListener('abort', () => {
    if (!started) void worker.terminate()
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

function errorOf({ name, message, code }: Failure): Error {
  if (code === undefined) return Object.assign(new Error(message), { name })
  const error = CANNOT_WRITE.test(code) ? new CannotWrite(message) : new Error(message)
  return Object.assign(error, { code })
}
