import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { OnProgress } from '../application/audit.ts'
import { Explained, type Hindrance, type Operations, type Serving } from './cli/operations.ts'
import type { Settings } from './cli/settings.ts'
import { askServer } from './control/client.ts'
import { type Handle, listenForCommands } from './control/server.ts'
import type { Asked, Reply } from './control/socket.ts'
import { explained, hindranceOf } from './hindrances.ts'
import type { LiveCommand, Service } from './service.ts'
import { views } from './sqlite/all-views.ts'
import { readKeptHead } from './sqlite/anchor.ts'
import { backup } from './sqlite/backup.ts'
import { certify } from './sqlite/certificate.ts'
import { demandMasterKey } from './sqlite/master-key.ts'
import { demandData, exportLog, readHead, readStream, rebuild, signedHead } from './sqlite/offline.ts'
import { explainRecord, exportUser, readPast } from './sqlite/offline-user.ts'
import { lockDataDir, type OwnerLock } from './sqlite/owner-lock.ts'
import { restore } from './sqlite/restore.ts'
import { verifyData } from './sqlite/verify.ts'
import { verifyExport } from './sqlite/verify-export.ts'

// Most of all there is to load, and many a command needs nothing of it.
const wholeProgram = () => import('./service.ts')

/** Each takes some 60 MB, and the disk has its own pace. */
const MOST_THREADS = 4

/** What the program can do, brought together from the adapters. */
export const operations: Operations = {
  serve: (settings) =>
    owning(settings, (lock) => serve(settings, lock), {
      beforehand: () => demandMasterKey(settings.dataDir, settings),
    }),
  seed: (settings) =>
    owning(
      settings,
      async (lock) => {
        const { assemble } = await wholeProgram()
        const { seeded, close } = await assemble(settings, lock)
        await close()
        return seeded
      },
      {
        beforehand: () => demandMasterKey(settings.dataDir, settings),
        live: { command: 'seed', arguments: {} },
      },
    ),
  erase: async (settings, name) => {
    const erased = await owned(settings, 'erase', { name }, (service) => service.erase(name))
    if (typeof erased !== 'string') return erased
    return reading(settings, () => certify(settings.dataDir, erased))
  },
  rebuild: (settings, onProgress) =>
    owning(
      settings,
      (lock) => {
        const report = rebuild(settings.dataDir, settings, onProgress)
        lock.release()
        return report
      },
      {
        beforehand: () => demandData(settings.dataDir),
        live: { command: 'replay', arguments: {}, onProgress },
      },
    ),
  giveResetTicket: (settings, person) =>
    owned(settings, 'password-reset', { person }, (service) => service.giveResetTicket(person)),
  rotateKeys: (settings) => owned(settings, 'rotate keys', {}, (service) => service.rotateKeys()),
  verify: (settings, { path, against: text, ...range }) =>
    reading(settings, async () => {
      const against = text === undefined ? undefined : readKeptHead(text)
      const threads = Math.min(availableParallelism(), MOST_THREADS)
      const how = { ...settings, views, threads, ...range, against }
      if (path === undefined) return verifyData(how)
      if (!statSync(path).isDirectory()) return await verifyExport(path, { ...range, against })
      return verifyData({ ...how, dataDir: resolve(path), isCopy: true })
    }),
  createToken: (settings, wanted) =>
    owned(settings, 'token create', wanted, (service) => service.createToken(wanted)),
  listTokens: (settings) => owned(settings, 'token list', {}, (service) => service.listTokens()),
  revokeToken: (settings, id) =>
    owned(settings, 'token revoke', { id }, (service) => service.revokeToken(id)),
  head: (settings) => reading(settings, () => readHead(settings.dataDir)),
  signHead: (settings) => reading(settings, () => signedHead(settings.dataDir, settings)),
  exportLog: (settings, sink, onProgress) =>
    reading(settings, () => exportLog(settings.dataDir, sink, onProgress)),
  asOf: (settings, person, moment) => reading(settings, () => readPast(settings, person, moment)),
  why: (settings, person, record) => reading(settings, () => explainRecord(settings, person, record)),
  exportUser: (settings, person, sink, form) =>
    reading(settings, () => exportUser(settings, person, sink, form)),
  importUser: (settings, person, file, options, onProgress) => {
    const given = { person, file, options }
    const work = (service: Service) => service.importInto(person, file, options, onProgress)
    return owned(settings, 'import', given, work, onProgress)
  },
  backup: (settings, { vault: vaultFolder, ...options }) =>
    reading(settings, () => backup(settings.dataDir, settings, { vaultFolder, ...options })),
  restore: (settings, options) =>
    owning(settings, (lock) => {
      const report = restore(settings.dataDir, settings, options)
      lock.release()
      return report
    }),
  show: (settings, stream) => reading(settings, () => readStream(settings.dataDir, settings, stream)),
}

/**
 * Listens once it can answer, so that a restart refuses connections rather than requests, or once the start
 * takes long, and then says how far it is.
 */
async function serve(settings: Settings, lock: OwnerLock): Promise<Serving> {
  const { begin, liveCommands } = await wholeProgram()
  const { parts, logger, failed, takingLong, open, abandon } = begin(settings, lock)
  const [server, metrics] = await Promise.all([parts.server(), parts.metricsServer()])
  await metrics.listen()
  const start = async () => {
    const service = await open()
    const control = await listenForCommands(settings.dataDir, answering(liveCommands, service, settings))
    if (control === undefined)
      logger.warn('The path of DATA_DIR is too long for a socket: no commands are taken')
    await Promise.all([parts.opened(), parts.observed()])
    return { control, close: service.close }
  }
  const starting = start()
  const isStarting = await Promise.race([starting.then(() => false), takingLong.then(() => true)]).catch(
    async (error) => {
      await metrics.close()
      throw error
    },
  )
  async function end() {
    abandon()
    const started = await starting.catch(() => undefined)
    await Promise.all([server.close(), started?.control?.close()]).finally(started?.close ?? lock.release)
    await metrics.close()
  }
  const port = await server.listen().catch(async (error) => {
    await end()
    throw error
  })
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
  const ended = (error: unknown) => Promise.reject(explained(error, settings))
  const hindered = starting.then(
    () => new Promise<never>(() => {}),
    (error) => hindranceOf(error, settings),
  )
  return {
    url: `http://${host}:${port}`,
    isStarting,
    failed: Promise.race([failed.catch(ended), hindered]),
    close: () => end().catch(ended),
  }
}

type Owning = {
  /** Throws where there is nothing to own, before anything is made there. */
  beforehand?: () => void
  /** What a live server that owns DATA_DIR is asked to do instead. */
  live?: Asked & { onProgress?: OnProgress }
}

/** What an assembled service does, here where no server lives, or there. */
function owned<T>(
  settings: Settings,
  command: string,
  given: object,
  work: (service: Service) => Promise<T>,
  onProgress: OnProgress = () => {},
): Promise<T | Hindrance> {
  const here = async (lock: OwnerLock) => {
    const { assemble } = await wholeProgram()
    const service = await assemble(settings, lock)
    return await work(service).finally(service.close)
  }
  const beforehand = () => demandData(settings.dataDir)
  return owning(settings, here, { beforehand, live: { command, arguments: given, onProgress } })
}

/** Does its work as the one owner of DATA_DIR, has a live server do it, or says why neither can be. */
async function owning<T>(
  settings: Settings,
  work: (lock: OwnerLock) => T | Promise<T>,
  { beforehand = () => {}, live }: Owning = {},
): Promise<T | Hindrance> {
  let lock: OwnerLock | 'held' = 'held'
  try {
    beforehand()
    lock = lockDataDir(settings.dataDir)
    if (lock !== 'held') return await work(lock)
  } catch (error) {
    if (lock !== 'held') lock.release()
    return hindranceOf(error, settings)
  }
  const { onProgress, ...asked } = live ?? {}
  const reply = 'command' in asked ? await askServer(settings.dataDir, asked, onProgress) : undefined
  if (reply === undefined) {
    return { hindrance: 'held', detail: `Another process owns ${settings.dataDir}; stop it first.` }
  }
  if ('failure' in reply) throw new Explained(reply.failure)
  return 'hindrance' in reply ? (reply.hindrance as Hindrance) : (reply.answer as T)
}

/** Does for a command from outside what the table of live commands says. */
function answering(
  commands: Readonly<Record<string, LiveCommand>>,
  service: Service,
  settings: Settings,
): Handle {
  return async ({ command, arguments: given }, onProgress) => {
    const perform = Object.hasOwn(commands, command) ? commands[command] : undefined
    if (perform === undefined) {
      const detail = `The server that owns ${settings.dataDir} cannot ${command}; stop it first.`
      return { hindrance: { hindrance: 'held', detail } satisfies Hindrance }
    }
    try {
      return { answer: (await perform(service, given as never, onProgress)) ?? null }
    } catch (error) {
      return failureOf(error, service, settings)
    }
  }
}

function failureOf(error: unknown, { logger }: Service, settings: Settings): Reply {
  try {
    return { hindrance: hindranceOf(error, settings) }
  } catch (unforeseen) {
    if (!(unforeseen instanceof Explained)) logger.error({ err: unforeseen }, 'A command failed')
    return { failure: unforeseen instanceof Error ? unforeseen.message : String(unforeseen) }
  }
}

async function reading<T>(settings: Settings, work: () => T | Promise<T>) {
  try {
    return await work()
  } catch (error) {
    return hindranceOf(error, settings)
  }
}
