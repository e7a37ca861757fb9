import type { KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { OnProgress, VerifyReport } from '../../application/audit.ts'
import { createFindings, type Findings } from './findings.ts'
import { type KeyPair, keyPairs } from './key-pairs.ts'
import { headOf, openLog } from './log-file.ts'
import { loadMasterKey, type MasterKeySource } from './master-key.ts'
import { UnusableData } from './unusable-data.ts'
import { createKeyring, openVault, vaultFileName } from './vault.ts'
import { verifyChain } from './verify-chain.ts'
import {
  verifyEnd,
  verifyIntegrity,
  verifyRemembered,
  verifySchema,
  verifyStreams,
  verifySubjects,
} from './verify-files.ts'
import { verifyCheckpoints, verifyPublicKeys } from './verify-signatures.ts'
import { type OpenedViews, verifyViews } from './verify-views.ts'
import type { View } from './views.ts'
import { newestViews, openViewsFile } from './views-file.ts'

export type VerifyOptions = MasterKeySource & {
  dataDir: string
  views: readonly View[]
  /** Positions, both included; all events when absent. */
  from?: number | undefined
  to?: number | undefined
  /** Compare the views with a rebuild. Done where every event is checked, unless it is false. */
  checkViews?: boolean | undefined
  onProgress?: OnProgress | undefined
}

/**
 * Checks everything that the files say about themselves and about each other, beside a live server too: it
 * only reads, and all of it at one moment. Views are compared at their own position, and only where the log
 * itself is whole, since a log that was changed gives other views. Throws where there is no log, or the
 * master key is a wrong one.
 */
export function verifyData(options: VerifyOptions): VerifyReport {
  const { dataDir, views, from = 1, checkViews = true, onProgress } = options
  if (!existsSync(join(dataDir, 'log.db'))) throw new UnusableData(`There is no log.db in ${dataDir}.`)
  const findings = createFindings()
  const files: Database[] = []
  const snapshot = (name: string, open: () => Database) =>
    findings.reading(name, () => {
      const db = open()
      files.push(db)
      db.exec('BEGIN')
      db.prepare('SELECT count(*) FROM sqlite_schema').get()
      verifyIntegrity(db, name, findings)
      return db
    })
  try {
    // The views before the log: the log commits first, so its later snapshot holds all that they have seen.
    const file = newestViews(dataDir)
    const name = file === undefined ? '' : basename(file.path)
    const db = file && snapshot(name, () => openViewsFile(file.path, views, { readonly: true }))
    const log = snapshot('log.db', () => openLog(dataDir, { readonly: true }))
    const vault = openedVault(options, snapshot, findings)
    if (log === undefined) return reportOf({ events: 0, head: null, checkpoints: 0 }, findings)
    const range = { from, to: options.to ?? Number.POSITIVE_INFINITY }
    const opened = db && { db, name, compare: checkViews }
    return verifyLog(log, vault, opened, views, range, findings, onProgress)
  } finally {
    for (const file of files) file.close()
  }
}

type OpenedVault = {
  keys: ReturnType<typeof createKeyring>
  pairs: readonly KeyPair[] | undefined
  people: number
}

function verifyLog(
  log: Database,
  vault: OpenedVault | undefined,
  opened: OpenedViews | undefined,
  views: readonly View[],
  range: { from: number; to: number },
  findings: Findings,
  onProgress: OnProgress | undefined,
): VerifyReport {
  const reading = <T>(read: () => T) => findings.reading('log.db', read)
  const head = reading(() => headOf(log)) ?? { position: 0, hash: Buffer.alloc(0) }
  const { from, to } = { from: range.from, to: Math.min(range.to, head.position) }
  const isWhole = from <= 1 && to === head.position
  const keys = vault?.keys
  reading(() => verifySchema(log, findings))
  const chain = reading(() => verifyChain({ log, keys, from, to, findings, onProgress }))
  const isUnbroken = chain !== undefined && chain.firstBreak === undefined
  if (isUnbroken && isWhole) reading(() => verifyStreams(log, findings))
  reading(() => verifySubjects(log, findings))
  if (isUnbroken && keys !== undefined) reading(() => verifyRemembered(log, keys, findings))
  const trusted = reading(() => verifyPublicKeys(log, vault?.pairs, findings)) ?? new Map()
  const checkpoints = reading(() =>
    verifyCheckpoints(log, trusted, head.position, chain?.firstBreak, findings),
  )
  const reached =
    opened &&
    verifyViews({
      ...{ log, opened, keys, views, findings, onProgress },
      isLogWhole: isWhole && isUnbroken && chain.readable,
      isLogUnbroken: isUnbroken,
    })
  reading(() => verifyEnd(log, head.position, { reached, people: vault?.people }, findings))
  const found = { events: chain?.events ?? 0, checkpoints: checkpoints ?? 0 }
  const end = head.position === 0 ? null : { position: head.position, hash: head.hash.toString('hex') }
  return reportOf({ ...found, head: end }, findings)
}

function reportOf(
  counted: Pick<VerifyReport, 'events' | 'head' | 'checkpoints'>,
  findings: Findings,
): VerifyReport {
  return { ...counted, findings: findings.listed, findingsTotal: findings.total() }
}

function openedVault(
  { dataDir, ...source }: VerifyOptions,
  snapshot: (name: string, open: () => Database) => Database | undefined,
  findings: Findings,
): OpenedVault | undefined {
  // Asked only where there is a vault: without one the master key would be made now.
  if (!existsSync(join(dataDir, vaultFileName))) {
    const detail = `${vaultFileName} is missing: what is sealed stays so, and no signature is known as ours.`
    findings.add({ kind: 'key-missing', detail })
    return undefined
  }
  const masterKey = findings.reading(vaultFileName, () => loadMasterKey(dataDir, source).key)
  const vault = masterKey && snapshot(vaultFileName, () => openVault(dataDir, { readonly: true }))
  if (masterKey === undefined || vault === undefined) return undefined
  return findings.reading(vaultFileName, () => ({
    keys: createKeyring(vault, masterKey),
    pairs: signingKeys(vault, masterKey, findings),
    people: vault.prepare<[], number>('SELECT count(*) FROM subjects').pluck().get() ?? 0,
  }))
}

function signingKeys(vault: Database, masterKey: KeyObject, findings: Findings): KeyPair[] | undefined {
  try {
    return keyPairs(vault, masterKey, 'checkpoint')
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    const detail = `The signing keys in ${vaultFileName} do not open: ${String(why).replace(/\.$/, '')}.`
    findings.add({ kind: 'key-missing', detail })
    return undefined
  }
}
