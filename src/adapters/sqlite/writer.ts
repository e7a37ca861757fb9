import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { RotatedKeys } from '../../application/audit.ts'
import { views } from './all-views.ts'
import { BATCH_COMMANDS, type Outcome } from './group-commit.ts'
import { openWriter } from './writer-core.ts'
import type {
  Answer,
  AppendCommand,
  Batch,
  Command,
  EraseCommand,
  EraseResult,
  Failure,
  Report,
  Request,
  Result,
  RotateCommand,
  VaultCommand,
  WriterSettings,
} from './writer-protocol.ts'

const UNSIGNED_MILLISECONDS = 60_000
const RETRY_MILLISECONDS = 250

type Waiting<C extends Command> = { id: number; command: C }

if (parentPort === null) throw new Error('This runs as a worker thread.')
const port = parentPort
const settings: WriterSettings = workerData
const writer = openWriter({
  ...settings,
  views,
  onProgress: (progress) => report({ kind: 'progress', progress }),
  onViewsBehind: trouble,
  onErased: (userId, ended) => report({ kind: 'erased', userId, ended }),
})
const appends: Waiting<AppendCommand>[] = []
const vaultCommands: Waiting<VaultCommand>[] = []
const alone: Waiting<EraseCommand | RotateCommand>[] = []
let now = settings.now
let closing = false
let switching = false
let signing: NodeJS.Timeout | undefined
let retrying: NodeJS.Timeout | undefined
let erasing: NodeJS.Timeout | undefined

port.on('message', (request: Request) => {
  take(request)
  drain()
})
// Before any command: nothing may be written for somebody whose erasure was cut off.
guarded(() => writer.erasing.goOn(now))
report({ kind: 'ready', outdated: writer.outdated })
// What a life that was cut off left unsigned is not to wait for the next command.
tend()

function take(request: Request) {
  now = request.now
  if (request.close) closing = true
  if (request.views === 'built') switching = true
  if (request.views === 'let go') guarded(writer.removeOldViews)
  for (const { id, command } of request.commands) {
    if (command.kind === 'append') appends.push({ id, command })
    else if (command.kind === 'erase' || command.kind === 'rotate keys') alone.push({ id, command })
    else vaultCommands.push({ id, command })
  }
}

function takeWhatWaits() {
  let more = receiveMessageOnPort(port)
  while (more !== undefined) {
    take(more.message)
    more = receiveMessageOnPort(port)
  }
}

function drain() {
  for (;;) {
    takeWhatWaits()
    if (switching) switchViews()
    if (appends.length + vaultCommands.length + alone.length === 0 && !switching) break
    answer('vault', vaultCommands, writer.keep)
    answer('append', appends, writer.append)
    answer('alone', alone, oneByOne)
    tend()
  }
  if (closing) close()
}

function switchViews() {
  try {
    if (!writer.switchViews()) return
    report({ kind: 'switched' })
  } catch (error) {
    report({ kind: 'switched', failure: failureOf(error) })
  }
  switching = false
}

/** What needs transactions of its own, in more than one file. */
function oneByOne(
  commands: readonly (EraseCommand | RotateCommand)[],
  at: number,
): Outcome<EraseResult | RotatedKeys>[] {
  return commands.map((command) => {
    try {
      if (command.kind === 'rotate keys') return { result: writer.rotateKeys(at) }
      return { result: { done: writer.erasing.erase(command, at) } }
    } catch (error) {
      return { error }
    }
  })
}

function answer<C extends Command, R extends Result>(
  of: Batch['of'],
  waiting: Waiting<C>[],
  carryOut: (commands: readonly C[], now: number) => Outcome<R>[],
) {
  const batch = waiting.splice(0, BATCH_COMMANDS)
  if (batch.length === 0) return
  const began = performance.now()
  const outcomes = carryOut(
    batch.map(({ command }) => command),
    now,
  )
  const answers = outcomes.map((outcome, index): Answer => {
    const { id } = batch[index] as Waiting<C>
    return 'result' in outcome ? { id, result: outcome.result } : { id, failure: failureOf(outcome.error) }
  })
  const measured = { of, commands: batch.length, milliseconds: performance.now() - began }
  report({ kind: 'answers', answers, batch: measured, viewsBehind: writer.isBehind() })
}

function tend() {
  guarded(() => writer.tend(now))
  if (writer.unsigned() > 0 && signing === undefined) {
    signing = setTimeout(() => {
      signing = undefined
      guarded(() => writer.sign(Date.now()))
      tend()
    }, UNSIGNED_MILLISECONDS)
  }
  if (writer.isBehind() && retrying === undefined) {
    retrying = setTimeout(() => {
      retrying = undefined
      guarded(writer.catchUpIfBehind)
      if (!writer.isBehind()) report({ kind: 'recovered' })
      tend()
    }, RETRY_MILLISECONDS)
  }
  if (writer.erasing.unfinished() > 0 && erasing === undefined) {
    erasing = setTimeout(() => {
      erasing = undefined
      guarded(() => writer.erasing.goOn(Date.now()))
      tend()
    }, RETRY_MILLISECONDS)
  }
}

function close() {
  clearTimeout(signing)
  clearTimeout(retrying)
  clearTimeout(erasing)
  writer.close(now)
  report({ kind: 'closed' })
  port.close()
}

/** For what nobody waits for: it is told of, and tried again later. */
function guarded(work: () => void) {
  try {
    work()
  } catch (error) {
    trouble(error)
  }
}

function trouble(error: unknown) {
  report({ kind: 'trouble', failure: failureOf(error) })
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  const { name, message, code } = error as Error & { code?: unknown }
  return typeof code === 'string' ? { name, message, code } : { name, message }
}

function report(message: Report) {
  port.postMessage(message)
}
