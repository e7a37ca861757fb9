import { type OpenedLog, openEventLog } from '../../src/adapters/sqlite/log.ts'
import type { ExpectedVersion, StreamAppend } from '../../src/application/event-log.ts'
import { masterKey, metadata, registered, start, temporaryDirectory } from './writer.ts'

export type LogForTests = OpenedLog & {
  dataDir: string
  troubles: Error[]
  /** Sets the clock to so many milliseconds after the start. */
  at: (later: number) => void
}

/** A log of its own with a real writer thread, in which Ada has registered. */
export async function openLogForTests(): Promise<LogForTests> {
  const dataDir = temporaryDirectory()
  const troubles: Error[] = []
  let now = start
  const at = (later: number) => {
    now = start + later
  }
  const opened = await openEventLog({
    ...{ dataDir, masterKey, clock: { now: () => now } },
    onFatal: (error) => {
      throw error
    },
    onTrouble: (error) => troubles.push(error),
  })
  await opened.vault.createSubject('ada', 'hash of Ada')
  await opened.log.append([appendTo('user-ada', 'no stream', [registered('ada')])], metadata)
  return { ...opened, dataDir, troubles, at }
}

let people = 0

/** Registers somebody else in the same log: their stream of one event, which is the last of all. */
export async function registerAnother({ log }: LogForTests): Promise<{ stream: string; head: number }> {
  const name = `another-${++people}`
  const stream = `user-${name}`
  const answer = await log.append([appendTo(stream, 'no stream', [registered(name)])], metadata)
  if (!('lastPosition' in answer)) throw new Error('Somebody of this name is there already.')
  return { stream, head: answer.lastPosition }
}

export function appendTo(
  stream: string,
  expected: ExpectedVersion,
  events: StreamAppend['events'],
): StreamAppend {
  return { stream, subject: 'ada', expected, events }
}

export function race<T>(racers: number, run: (racer: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: racers }, (_, racer) => run(racer)))
}

/** What a promise was rejected with, as text. */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  const [settled] = await Promise.allSettled([promise])
  return settled.status === 'rejected' ? String(settled.reason) : 'none'
}
