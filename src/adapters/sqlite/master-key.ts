import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { openVault, unwrap, vaultFileName, wrap } from './vault.ts'

export class WrongMasterKey extends Error {
  override name = 'WrongMasterKey'
}

export type MasterKeySource = {
  /** 32 bytes as base64 or hex. */
  masterKey?: string | undefined
  masterKeyFile?: string | undefined
}

/**
 * The key that wraps everything in the vault: given, read from a file, or DATA_DIR/master.key, which the
 * first start makes. Throws `WrongMasterKey`, before anything is written, where it does not open the vault.
 */
export function loadMasterKey(
  dataDir: string,
  source: MasterKeySource,
): { key: KeyObject; generated: boolean } {
  const ownFile = join(dataDir, 'master.key')
  const { masterKey, masterKeyFile = ownFile } = source
  if (masterKey !== undefined) return checked(dataDir, parseKey(masterKey, 'MASTER_KEY'))
  if (masterKeyFile !== ownFile || existsSync(ownFile)) {
    return checked(dataDir, parseKey(readKeyFile(masterKeyFile), masterKeyFile))
  }
  const kept = [vaultFileName, 'log.db'].find((file) => existsSync(join(dataDir, file)))
  if (kept !== undefined) {
    throw new WrongMasterKey(`${ownFile} is missing, and ${kept} cannot be opened with a new key.`)
  }
  const key = randomBytes(32)
  writeDurably(dataDir, ownFile, `${key.toString('base64')}\n`)
  return { key: createSecretKey(key), generated: true }
}

/** Throws `WrongMasterKey` where a key is given that is unreadable or opens another vault; writes nothing. */
export function demandMasterKey(dataDir: string, source: MasterKeySource) {
  if ((source.masterKey ?? source.masterKeyFile) !== undefined) loadMasterKey(dataDir, source)
}

/** Gives a new vault the value by which the key that it was made with is known. */
export function keepCheckValue(vault: Database, masterKey: KeyObject) {
  const sealed = wrap(masterKey, Buffer.alloc(32), 'master check')
  vault.prepare('INSERT INTO master_check VALUES (1, ?) ON CONFLICT (one) DO NOTHING').run(sealed)
}

function checked(dataDir: string, key: KeyObject) {
  const sealed = existsSync(join(dataDir, vaultFileName)) ? checkValue(dataDir) : undefined
  try {
    if (sealed !== undefined) unwrap(key, sealed, 'master check')
  } catch (cause) {
    throw new WrongMasterKey(`The master key is not the one that ${vaultFileName} was made with.`, { cause })
  }
  return { key, generated: false }
}

/** Undefined where a first start was cut off before the vault was made. */
function checkValue(dataDir: string): Buffer | undefined {
  const vault = openToLook(dataDir)
  try {
    const made = vault.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'master_check'").get()
    if (made === undefined) return undefined
    return vault.prepare<[], Buffer>('SELECT sealed FROM master_check').pluck().get() as Buffer | undefined
  } finally {
    vault.close()
  }
}

// What SQLite makes beside a file to read it, whoever closes it last may take away, but no mere reader. Where
// there is a WAL, however, that would also be written into the file.
function openToLook(dataDir: string): Database {
  const path = join(dataDir, vaultFileName)
  if (existsSync(`${path}-wal`) || existsSync(`${path}-journal`))
    return openVault(dataDir, { readonly: true })
  return new Sqlite(path, { fileMustExist: true, timeout: 5000 })
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (cause) {
    throw new WrongMasterKey(`The master key cannot be read: ${(cause as Error).message}.`, { cause })
  }
}

function parseKey(text: string, where: string): KeyObject {
  const trimmed = text.trim()
  const isHex = /^[0-9a-f]{64}$/i.test(trimmed)
  if (!isHex && !/^[0-9a-z+/_-]{43}=?$/i.test(trimmed)) {
    throw new WrongMasterKey(`${where} does not hold 32 bytes as base64 or hex.`)
  }
  return createSecretKey(Buffer.from(trimmed, isHex ? 'hex' : 'base64'))
}

function writeDurably(directory: string, path: string, text: string) {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = openSync(`${path}.new`, 'w', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
  const entry = openSync(directory, 'r')
  fsyncSync(entry)
  closeSync(entry)
}
