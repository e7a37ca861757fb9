import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { isRefusal } from '../domain/refusal.ts'
import type { Hindrance, Operations } from './cli/operations.ts'
import type { Settings } from './cli/settings.ts'
import { compose } from './container.ts'
import { views } from './sqlite/all-views.ts'
import { WrongMasterKey } from './sqlite/master-key.ts'
import { readHead, readStream, rebuild } from './sqlite/offline.ts'
import { lockDataDir, type OwnerLock } from './sqlite/owner-lock.ts'
import { verifyData } from './sqlite/verify.ts'

/** What the program can do, brought together from the adapters. */
export const operations: Operations = {
  serve: (settings) =>
    owning(settings, async (lock) => {
      const { parts, failed, close } = await assemble(settings, lock)
      const server = await parts.server()
      const port = await server.listen().catch((error) => close().finally(() => Promise.reject(error)))
      const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
      return { url: `http://${host}:${port}`, failed, close: () => server.close().finally(close) }
    }),
  seed: (settings) =>
    owning(settings, async (lock) => {
      const { seeded, close } = await assemble(settings, lock)
      await close()
      return seeded
    }),
  rebuild: (settings, onProgress) =>
    owning(settings, (lock) => {
      const report = rebuild(settings.dataDir, settings, onProgress)
      lock.release()
      return report
    }),
  verify: (settings, options) => reading(() => verifyData({ ...settings, views, ...options })),
  head: (settings) => reading(() => readHead(settings.dataDir)),
  show: (settings, stream) => reading(() => readStream(settings.dataDir, settings, stream)),
}

/** Opens the service with its catalogue in place; `close` leaves the files closed and the lock free. */
async function assemble(settings: Settings, lock: OwnerLock) {
  const logger = pino({ level: settings.logLevel }, pino.destination({ fd: 2, sync: true }))
  const { promise: failed, reject: onFatal } = Promise.withResolvers<never>()
  failed.catch((error) => logger.fatal({ err: error }, 'Nothing can be written any more'))
  const parts = compose({ settings, clock: { now: Date.now }, logger, onFatal })
  const storage = await parts.storage()
  const exercises = await parts.exercises()
  const ids = { commandId: randomUUID(), correlationId: randomUUID() }
  const seeded = await exercises.seed({ actor: 'system', ...ids })
  if (isRefusal(seeded)) throw new Error(`The catalogue was refused: ${seeded.detail}`)
  return { parts, failed, seeded, close: () => storage.close().finally(lock.release) }
}

/** Does its work as the one owner of DATA_DIR, or says why it cannot. */
async function owning<T>(settings: Settings, work: (lock: OwnerLock) => T | Promise<T>) {
  const lock = lockDataDir(settings.dataDir)
  if (lock === 'held') {
    return { hindrance: 'held', detail: `Another process owns ${settings.dataDir}; stop it first.` } as const
  }
  try {
    return await work(lock)
  } catch (error) {
    lock.release()
    return hindranceOf(error)
  }
}

async function reading<T>(work: () => T) {
  try {
    return work()
  } catch (error) {
    return hindranceOf(error)
  }
}

function hindranceOf(error: unknown): Hindrance {
  if (error instanceof WrongMasterKey) return { hindrance: 'settings', detail: error.message }
  // From the writer thread an error comes without its class, but with its name.
  if (error instanceof Error && ['ViewsAhead', 'ViewsForeign', 'DuplicateKey'].includes(error.name)) {
    return { hindrance: 'difference', detail: error.message }
  }
  throw error
}
