import { randomUUID } from 'node:crypto'
import { type Logger, pino } from 'pino'
import { accessTokenLimits } from '../application/access-tokens.ts'
import type { OnProgress, Progress } from '../application/audit.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { bytesOf } from './cli/files.ts'
import { Explained, type ImportOptions, type WantedToken } from './cli/operations.ts'
import type { Settings } from './cli/settings.ts'
import { compose } from './container.ts'
import type { Starting } from './parts.ts'
import type { OwnerLock } from './sqlite/owner-lock.ts'

export type Service = Awaited<ReturnType<typeof assemble>>

/**
 * What a live server does for a command from outside. Each argument is what the command line gave; a number
 * in place of a path would be a file that we hold open.
 */
export type LiveCommand = (service: Service, given: never, onProgress: OnProgress) => Promise<unknown>

export const liveCommands: Readonly<Record<string, LiveCommand>> = {
  seed: (service) => service.seed(),
  replay: (service, _given, onProgress) => service.rebuild(onProgress),
  'password-reset': (service, { person }: { person: string }) => service.giveResetTicket(String(person)),
  'rotate keys': (service) => service.rotateKeys(),
  'token create': (service, wanted: WantedToken) => service.createToken(wanted),
  'token list': (service) => service.listTokens(),
  'token revoke': (service, { id }: { id: string }) => service.revokeToken(String(id)),
  erase: (service, { name }: { name: string }) => service.erase(String(name)),
  import: (
    service,
    { person, file, options }: { person: string; file: string; options: ImportOptions },
    onProgress,
  ) => service.importInto(String(person), String(file), options, onProgress),
}

/** What is folded before anybody would ask. */
const SOON_EVENTS = 1000
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

/** A service that can be watched while it opens, and ended before it is open. */
export function begin(settings: Settings, lock: OwnerLock) {
  const logger = pino({ level: settings.logLevel }, pino.destination({ fd: 2, sync: true }))
  const { promise: failed, reject: onFatal } = Promise.withResolvers<never>()
  failed.catch((error) => logger.fatal({ err: error }, 'Nothing can be written any more'))
  const { promise: takingLong, resolve: takesLong } = Promise.withResolvers<void>()
  const abandoning = new AbortController()
  let reached: Progress | undefined
  const starting: Starting = {
    onProgress(progress) {
      reached = progress
      if (progress.done > 0 && progress.total - progress.done > SOON_EVENTS) takesLong()
    },
    progress: () => reached,
    signal: abandoning.signal,
  }
  const parts = compose({ settings, clock: { now: Date.now }, logger, onFatal, starting })
  return {
    ...{ parts, logger, failed },
    /** Resolves when there is so much to be done first that others should know. */
    takingLong,
    open: () => openParts(parts, { logger, failed, lock }),
    abandon: () => abandoning.abort(),
  }
}

/** Opens the service with its catalogue in place; `close` leaves the files closed and the lock free. */
export function assemble(settings: Settings, lock: OwnerLock) {
  return begin(settings, lock).open()
}

type Held = { logger: Logger; failed: Promise<never>; lock: OwnerLock }

async function openParts(parts: ReturnType<typeof compose>, { logger, failed, lock }: Held) {
  const storage = await parts.storage()

  async function seed() {
    const exercises = await parts.exercises()
    const seeded = await exercises.seed(metadataOf('system'))
    if (isRefusal(seeded)) throw new Error(`The catalogue was refused: ${seeded.detail}`)
    return seeded
  }

  async function close() {
    // Whoever closes a file last takes its WAL away, and that is the writer.
    const [past, checking] = await Promise.all([parts.past(), parts.checking()])
    await Promise.all([past.close(), checking.close()])
    const readers = await parts.views()
    readers.close()
    await storage.close().finally(lock.release)
  }

  async function takeDocument(person: string, bytes: Uint8Array, options: ImportOptions) {
    if (Object.keys(options).length > 0)
      throw new Explained('A document is taken in as it is, without options.')
    return (await parts.imports()).takeNamed(person, metadataOf('operator'), bytes)
  }

  return {
    ...{ parts, logger, failed, close, seed, rebuild: storage.rebuild, rotateKeys: storage.rotateKeys },
    seeded: await seed(),
    /** Takes the document or the table in a file into the account of this id or e-mail. */
    async importInto(person: string, file: string, options: ImportOptions, onProgress: OnProgress) {
      const bytes = await bytesOf(file)
      const metadata = metadataOf('operator')
      const taken = isDocument(bytes)
        ? await takeDocument(person, bytes, options)
        : await (await parts.csvImports()).takeNamed(person, metadata, bytes, { ...options, onProgress })
      if (!isRefusal(taken)) return taken
      const errors = taken.errors?.map(({ pointer, message }) => `\n  ${pointer} ${message}`) ?? []
      throw new Explained(taken.detail + errors.join(''))
    },
    async giveResetTicket(person: string) {
      const credentials = await parts.credentials()
      return explained(await credentials.giveResetTicket(person))
    },
    async createToken({ name, scope, expiresInDays }: WantedToken) {
      const accessTokens = await parts.accessTokens()
      const expiresAt = expiresInDays && Date.now() + expiresInDays * DAY_MILLISECONDS
      return explained(await accessTokens.make(undefined, { name, scopes: [scope], expiresAt }))
    },
    async listTokens() {
      const accessTokens = await parts.accessTokens()
      return (await accessTokens.list(undefined, accessTokenLimits.most)).items
    },
    async revokeToken(id: string) {
      const accessTokens = await parts.accessTokens()
      explained(await accessTokens.revoke(undefined, id))
      return { id }
    },
    /** Gives the id of the person of this id or e-mail, who is erased. */
    async erase(name: string): Promise<string> {
      const erasure = await parts.erasure()
      return explained(await erasure.eraseNamed(name, metadataOf('operator')))
    },
  }
}

function explained<T>(done: T | Refusal): T {
  if (isRefusal(done)) throw new Explained(done.detail)
  return done
}

/** Tables begin with a name of a column. */
function isDocument(bytes: Uint8Array): boolean {
  return /^\ufeff?\s*[{[]/.test(Buffer.from(bytes.subarray(0, 100)).toString())
}

function metadataOf(actor: string) {
  return { actor, commandId: randomUUID(), correlationId: randomUUID() }
}
