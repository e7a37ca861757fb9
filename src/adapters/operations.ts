import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { isRefusal } from '../domain/refusal.ts'
import { Explained, type Hindrance, type Operations } from './cli/operations.ts'
import type { Settings } from './cli/settings.ts'
import { compose } from './container.ts'
import { views } from './sqlite/all-views.ts'
import { WrongMasterKey } from './sqlite/master-key.ts'
import { demandData, readHead, readStream, rebuild } from './sqlite/offline.ts'
import { lockDataDir, type OwnerLock } from './sqlite/owner-lock.ts'
import { verifyData } from './sqlite/verify.ts'

/** What the program can do, brought together from the adapters. */
export const operations: Operations = {
  serve: (settings) =>
    owning(settings, async (lock) => {
      const { parts, failed, close } = await assemble(settings, lock)
      const server = await parts.server()
      const port = await server.listen().catch(async (error) => {
        await close()
        throw error
      })
      const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
      const ended = (error: unknown) => Promise.reject(explained(error, settings))
      return {
        url: `http://${host}:${port}`,
        failed: failed.catch(ended),
        close: () => server.close().finally(close).catch(ended),
      }
    }),
  seed: (settings) =>
    owning(settings, async (lock) => {
      const { seeded, close } = await assemble(settings, lock)
      await close()
      return seeded
    }),
  rebuild: (settings, onProgress) =>
    owning(
      settings,
      (lock) => {
        const report = rebuild(settings.dataDir, settings, onProgress)
        lock.release()
        return report
      },
      () => demandData(settings.dataDir),
    ),
  verify: (settings, options) => reading(settings, () => verifyData({ ...settings, views, ...options })),
  head: (settings) => reading(settings, () => readHead(settings.dataDir)),
  show: (settings, stream) => reading(settings, () => readStream(settings.dataDir, settings, stream)),
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
  const close = async () => {
    const viewsDb = await parts.viewsDb()
    // Whoever closes a file last takes its WAL away, and that is the writer.
    viewsDb.close()
    await storage.close().finally(lock.release)
  }
  return { parts, failed, seeded, close }
}

/**
 * Does its work as the one owner of DATA_DIR, or says why it cannot. `beforehand` throws where there is
 * nothing to own, before anything is made there.
 */
async function owning<T>(
  settings: Settings,
  work: (lock: OwnerLock) => T | Promise<T>,
  beforehand = () => {},
) {
  let lock: OwnerLock | 'held' = 'held'
  try {
    beforehand()
    lock = lockDataDir(settings.dataDir)
    if (lock !== 'held') return await work(lock)
  } catch (error) {
    if (lock !== 'held') lock.release()
    return hindranceOf(error, settings)
  }
  return { hindrance: 'held', detail: `Another process owns ${settings.dataDir}; stop it first.` } as const
}

async function reading<T>(settings: Settings, work: () => T) {
  try {
    return work()
  } catch (error) {
    return hindranceOf(error, settings)
  }
}

// From the writer thread an error comes without its class, but with its name.
const differences = ['ViewsAhead', 'ViewsForeign', 'DuplicateKey']
const sentences = ['UnusableData', 'UnreadableEvent']

function hindranceOf(error: unknown, settings: Settings): Hindrance {
  if (error instanceof WrongMasterKey) return { hindrance: 'settings', detail: error.message }
  if (error instanceof Error && differences.includes(error.name)) {
    return { hindrance: 'difference', detail: error.message }
  }
  const detail = corruptionIn(error, settings)
  if (detail !== undefined) return { hindrance: 'difference', detail }
  throw explained(error, settings)
}

/** What is no fault of the program as one sentence; anything else as it is, with its stack. */
function explained(error: unknown, settings: Settings): unknown {
  if (!(error instanceof Error)) return error
  const corruption = corruptionIn(error, settings)
  if (corruption !== undefined) return new Explained(corruption, { cause: error })
  const files = `A file in ${settings.dataDir} cannot be used`
  if (/^SQLITE_/.test(codeOf(error))) return new Explained(`${files}: ${error.message}.`, { cause: error })
  return sentences.includes(error.name) ? new Explained(error.message, { cause: error }) : error
}

function corruptionIn(error: unknown, { dataDir }: Settings): string | undefined {
  if (!(error instanceof Error) || !/^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))) return undefined
  return `A file in ${dataDir} is not as it was written: ${error.message}. Run \`verify\`, which names it.`
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}
