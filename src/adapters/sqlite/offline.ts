import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { HeadReport, OnProgress, RebuildReport, ShownEvent } from '../../application/audit.ts'
import { views } from './all-views.ts'
import { DuplicateKey } from './duplicate.ts'
import { headReport } from './log.ts'
import { openLog, streamReader } from './log-file.ts'
import { loadMasterKey, type MasterKeySource } from './master-key.ts'
import { decodeEvent } from './read-log.ts'
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

/** A stream's events, opened with the key of the person whom they belong to; beside a live server too. */
export function readStream(dataDir: string, source: MasterKeySource, stream: string): ShownEvent[] {
  return withLogAndKeys(dataDir, source, (log, keys) =>
    streamReader(log)(stream, Number.MAX_SAFE_INTEGER).map((stored) => {
      const { position, version, type, recordedAt, data } = decodeEvent(stored, keys)
      return { position, stream, version, type, recordedAt, data }
    }),
  )
}

/** Builds the views from zero. Needs the owner's lock. */
export function rebuild(dataDir: string, source: MasterKeySource, onProgress: OnProgress): RebuildReport {
  return withLogAndKeys(dataDir, source, (logDb, keys) => {
    try {
      return { events: rebuildViews({ dataDir, logDb, keys, views, onProgress }).position, findings: [] }
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
  work: (log: Database, keys: Keyring) => T,
): T {
  demandData(dataDir)
  const log = openLog(dataDir, { readonly: true })
  const vault = openVault(dataDir, { readonly: true })
  try {
    return work(log, createKeyring(vault, loadMasterKey(dataDir, source).key))
  } finally {
    log.close()
    vault.close()
  }
}

/** Throws `UnusableData` where there is no log to work with, or nothing to open it with. */
export function demandData(dataDir: string) {
  demandFile(dataDir, 'log.db')
  demandFile(dataDir, vaultFileName)
}

function demandFile(dataDir: string, name: string) {
  if (!existsSync(join(dataDir, name))) throw new UnusableData(`There is no ${name} in ${dataDir}.`)
}
