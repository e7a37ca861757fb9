import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { Anchor, OnProgress } from '../../application/audit.ts'
import { readKeptHead, signHead } from './anchor.ts'
import { publishedPair } from './checkpoints.ts'
import { syncDirectory, syncFile } from './durable.ts'
import { type KeyPair, keyPairs } from './key-pairs.ts'
import { openLog } from './log-file.ts'
import { loadMasterKey, type MasterKeySource } from './master-key.ts'
import { demandData } from './offline.ts'
import { lengthPrefixed, seal, unseal } from './sealing.ts'
import { lackOfRoom, UnusableData } from './unusable-data.ts'
import { openVault, vaultFileName } from './vault.ts'

export const keptHeadName = 'head.json'
const sealedVaultName = 'vault.sealed'
const context = lengthPrefixed(['repledger vault backup 1'])

export type BackupOptions = {
  /** Where log.db and its signed head go; made by this. */
  folder: string
  /** Where the vault goes, sealed with the master key; another place, with a life of its own. */
  vaultFolder?: string | undefined
  onProgress: OnProgress
}

/**
 * Copies the log as it is at one moment, and the vault as it is after that, so that it has every key the log
 * needs; beside a live server, which goes on writing. A folder is there once all of it is on the disk.
 */
export function backup(dataDir: string, source: MasterKeySource, options: BackupOptions): Anchor {
  const { onProgress } = options
  const folder = resolve(options.folder)
  const vaultFolder = options.vaultFolder === undefined ? undefined : resolve(options.vaultFolder)
  demandData(dataDir)
  const { key: masterKey } = loadMasterKey(dataDir, source)
  demandApart(folder, vaultFolder)
  const log = openLog(dataDir, { readonly: true })
  const vault = openVault(dataDir, { readonly: true })
  try {
    const pair = publishedPair(log, keyPairs(vault, masterKey, 'checkpoint'))
    const phase = 'Copying'
    onProgress({ phase, done: 0, total: 2, unit: 'files' })
    // Its beginning is what the next run knows a backup by whose vault is still to come.
    if (vaultFolder !== undefined) mkdirSync(partOf(vaultFolder), { recursive: true, mode: 0o700 })
    const anchor = existsSync(folder) ? copiedBefore(log, folder) : copyLog(log, pair, folder)
    onProgress({ phase, done: 1, total: 2, unit: 'files' })
    if (vaultFolder !== undefined) {
      filling(vaultFolder, (unfinished) => {
        const path = copyOf(vault, join(unfinished, vaultFileName))
        const sealed = seal(masterKey, readFileSync(path), context)
        rmSync(path)
        writeFileSync(join(unfinished, sealedVaultName), sealed, { mode: 0o600 })
      })
    }
    onProgress({ phase, done: 2, total: 2, unit: 'files' })
    return anchor
  } finally {
    log.close()
    vault.close()
  }
}

function copyLog(log: Database, pair: KeyPair, folder: string): Anchor {
  return filling(folder, (unfinished) => {
    const path = copyOf(log, join(unfinished, 'log.db'))
    const copy = openLog(dirname(path), { readonly: true })
    try {
      const signed = signHead(copy, pair, new Date().toISOString())
      writeFileSync(join(unfinished, keptHeadName), `${JSON.stringify(signed, null, 2)}\n`, { mode: 0o600 })
      return signed
    } finally {
      copy.close()
    }
  })
}

/** What a run that was cut off before its vault has copied; of this very log, or it is refused. */
function copiedBefore(log: Database, folder: string): Anchor {
  const kept = join(folder, keptHeadName)
  const anchor = existsSync(kept) ? (readKeptHead(readFileSync(kept, 'utf8')) as Anchor) : undefined
  const hash = log.prepare<[number], Buffer>('SELECT hash FROM events WHERE position = ?').pluck()
  const own = anchor !== undefined && hash.get(anchor.position)?.toString('hex') === anchor.hash
  return own ? anchor : refuseExisting(folder)
}

/** Puts the vault of a backup, a file or the folder that it is in, where it is to be opened. */
export function unsealVault(path: string, masterKey: Parameters<typeof unseal>[0], to: string) {
  const file = path.endsWith('.sealed') ? path : join(path, sealedVaultName)
  if (!existsSync(file)) throw new UnusableData(`There is no ${file}.`)
  let plain: Buffer
  try {
    plain = unseal(masterKey, readFileSync(file), context)
  } catch (cause) {
    throw new UnusableData(`${file} does not open with this master key, or was changed.`, { cause })
  }
  writeFileSync(to, plain, { mode: 0o600 })
}

// Not the page by page copy, which begins anew whenever another connection has written: this one is of a
// single moment, and nobody waits for it.
export function copyOf(db: Database, path: string): string {
  db.prepare('VACUUM INTO ?').run(path)
  chmodSync(path, 0o600)
  return path
}

/** Fills a folder beside its later place, so that what stands there is always whole. */
function filling<T>(folder: string, fill: (unfinished: string) => T): T {
  const unfinished = partOf(folder)
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  empty(unfinished)
  let result: T
  try {
    result = fill(unfinished)
    syncDirectory(unfinished, syncFile)
  } catch (error) {
    empty(unfinished)
    throw lackOfRoom(error, folder)
  }
  renameSync(unfinished, folder)
  syncDirectory(dirname(folder))
  return result
}

// The folder itself stays: that it was begun is what the next run goes on from.
function empty(unfinished: string) {
  for (const name of readdirSync(unfinished)) rmSync(join(unfinished, name), { recursive: true })
}

function partOf(folder: string): string {
  return `${folder}.part`
}

function refuseExisting(folder: string): never {
  throw new UnusableData(`${folder} is there already: a backup goes into a new folder.`)
}

function demandApart(folder: string, vaultFolder: string | undefined) {
  if (vaultFolder !== undefined && existsSync(vaultFolder)) refuseExisting(vaultFolder)
  const lacksVault = vaultFolder !== undefined && existsSync(partOf(vaultFolder))
  if (existsSync(folder) && !lacksVault) refuseExisting(folder)
  if (vaultFolder === undefined) return
  const [one, other] = [folder + sep, vaultFolder + sep]
  if (one.startsWith(other) || other.startsWith(one)) {
    throw new UnusableData('The vault must be kept apart from the log: together they can be read.')
  }
}
