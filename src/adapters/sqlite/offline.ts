import type { KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { Anchor, HeadReport, OnProgress, RebuildReport, ShownEvent } from '../../application/audit.ts'
import { views } from './all-views.ts'
import { signHead } from './anchor.ts'
import { publishedPair } from './checkpoints.ts'
import { DuplicateKey } from './duplicate.ts'
import { exportedLines } from './export-log.ts'
import { keyPairs } from './key-pairs.ts'
import { headReport } from './log.ts'
import { openLog, streamReader } from './log-file.ts'
import { loadMasterKey, type MasterKeySource } from './master-key.ts'
import { decodeEvent, isErased } from './read-log.ts'
import { rebuildViews } from './rebuild.ts'
import { UnusableData } from './unusable-data.ts'
import { createKeyring, type Keyring, openVault, vaultFileName } from './vault.ts'

/** The end of a log, beside a live server too. */
export function readHead(dataDir: string): HeadReport {
  demandFile(dataDir, 'log.db')
  const log = openLog(dataDir, { readonly: true })
  try {
    return headReport(log)
  } finally {
    log.close()
  }
}

/** The end of a log with a signature, made with the key in the vault; beside a live server too. */
export function signedHead(dataDir: string, source: MasterKeySource): Anchor {
  demandData(dataDir)
  const { key } = loadMasterKey(dataDir, source)
  const log = openLog(dataDir, { readonly: true })
  const vault = openVault(dataDir, { readonly: true })
  try {
    const pair = publishedPair(log, keyPairs(vault, key, 'checkpoint'))
    return log.transaction(() => signHead(log, pair, new Date().toISOString()))()
  } finally {
    log.close()
    vault.close()
  }
}

/** Hands on the log as JSON lines, piece by piece; beside a live server too. */
export async function exportLog(
  dataDir: string,
  sink: (text: string) => Promise<void>,
  onProgress: OnProgress,
): Promise<{ events: number }> {
  demandFile(dataDir, 'log.db')
  const log = openLog(dataDir, { readonly: true })
  let events = 0
  const counting: OnProgress = (progress) => {
    events = progress.done
    onProgress(progress)
  }
  try {
    for (const lines of exportedLines(log, counting)) await sink(lines)
    return { events }
  } finally {
    log.close()
  }
}

/** A stream's events, opened with the key of the person whom they belong to; beside a live server too. */
export function readStream(dataDir: string, source: MasterKeySource, stream: string): ShownEvent[] {
  return withLogAndKeys(dataDir, source, (log, keys) =>
    streamReader(log)(stream, Number.MAX_SAFE_INTEGER).map((stored) => {
      const { position, version, type, recordedAt } = stored
      const data = isErased(stored, keys) ? 'Erased' : decodeEvent(stored, keys).data
      return { position, stream, version, type, recordedAt, data }
    }),
  )
}

/** Builds the views from zero. Needs the owner's lock. */
export function rebuild(dataDir: string, source: MasterKeySource, onProgress: OnProgress): RebuildReport {
  return withLogAndKeys(dataDir, source, (logDb, keys, masterKey) => {
    try {
      const options = { dataDir, logDb, keys, views, onProgress, ahead: { masterKey } }
      return { events: rebuildViews(options).position, findings: [] }
    } catch (error) {
      if (!(error instanceof DuplicateKey)) throw error
      const { position, stream, message: detail } = error
      return { events: position, findings: [{ kind: 'view-differs', position, stream, detail }] }
    }
  })
}

function withLogAndKeys<T>(
  dataDir: string,
  source: MasterKeySource,
  work: (log: Database, keys: Keyring, masterKey: KeyObject) => T,
): T {
  const { log, keys, masterKey, close } = openLogAndKeys(dataDir, source)
  try {
    return work(log, keys, masterKey)
  } finally {
    close()
  }
}

/** Only for reading. */
export function openLogAndKeys(dataDir: string, source: MasterKeySource) {
  demandData(dataDir)
  const { key: masterKey } = loadMasterKey(dataDir, source)
  const log = openLog(dataDir, { readonly: true })
  const vault = openVault(dataDir, { readonly: true })
  const close = () => {
    log.close()
    vault.close()
  }
  return { log, keys: createKeyring(vault, masterKey, log), masterKey, close }
}

/** Throws `UnusableData` where there is no log to work with, or nothing to open it with. */
export function demandData(dataDir: string) {
  demandFile(dataDir, 'log.db')
  demandFile(dataDir, vaultFileName)
}

function demandFile(dataDir: string, name: string) {
  if (!existsSync(join(dataDir, name))) throw new UnusableData(`There is no ${name} in ${dataDir}.`)
}
