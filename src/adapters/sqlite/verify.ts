import type { KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { VerifyReport } from '../../application/audit.ts'
import { createFindings, type Findings } from './findings.ts'
import { openLog } from './log-file.ts'
import { loadMasterKey, type MasterKeySource } from './master-key.ts'
import { UnusableData } from './unusable-data.ts'
import { openVault, vaultFileName } from './vault.ts'
import { verifyIntegrity } from './verify-files.ts'
import { reportOf, type VerifyRange, verifyLog } from './verify-log.ts'
import { knowsNobody, type ReadVault, readVault } from './verify-vault.ts'
import type { View } from './views.ts'
import { newestViews, openViewsFile } from './views-file.ts'

export type VerifyOptions = MasterKeySource &
  VerifyRange & {
    dataDir: string
    views: readonly View[]
    /** Compare the views with a rebuild. Done where every event is checked, unless it is false. */
    checkViews?: boolean | undefined
    /** Of a copy, such as a backup: that only the log is there is no finding, and is told in a note. */
    isCopy?: boolean | undefined
    /** How many check the chain of a large log together; one unless told. */
    threads?: number | undefined
  }

type Snapshot = (name: string, open: () => Database) => Database | undefined

/**
 * Checks everything that the files say about themselves and about each other, beside a live server too: it
 * only reads, and all of it at one moment. Views are compared at their own position, and only where the log
 * itself is whole, since a log that was changed gives other views. Throws where there is no log, or the
 * master key is a wrong one.
 */
export function verifyData(options: VerifyOptions): VerifyReport {
  const { dataDir, views, checkViews = true, isCopy = false, threads = 1 } = options
  const { from, to, against, onProgress } = options
  if (!existsSync(join(dataDir, 'log.db'))) throw new UnusableData(`There is no log.db in ${dataDir}.`)
  const findings = createFindings()
  const masterKey = masterKeyOf(options, findings)
  const files: Database[] = []
  const snapshot: Snapshot = (name, open) =>
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
    // And the vault after the log: a key is there before the first event of its person.
    const vault = openedVault(options, masterKey, snapshot, log, findings)
    const nothing = { events: 0, head: null, checkpoints: 0 }
    if (log === undefined) return reportOf(nothing, findings)
    const isAlone = file === undefined && !isCopy && against === undefined
    if (isAlone && vault !== undefined && isUnmade(log) && knowsNobody(vault)) {
      findings.notes.push(unmade)
      return reportOf(nothing, findings)
    }
    if (file === undefined) findings.notes.push('There are no views here that could be compared.')
    const opened = db && { db, name, compare: checkViews }
    const range = { from, to, against, onProgress }
    const helping = { threads, dataDir, masterKey: vault && masterKey }
    const files = { log, name: 'log.db', hasSchema: true, vault, opened }
    return verifyLog({ ...files, views, findings, helping, ...range })
  } finally {
    for (const file of files) file.close()
  }
}

const unmade = 'Nothing is here yet: a first start was cut off while it made log.db. The next start makes it.'

/** As it is from when the file is there until its tables are. */
function isUnmade(log: Database): boolean {
  return log.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0
}

export const withoutVault =
  `There is no ${vaultFileName} here: what is sealed stays unread, and signatures were checked with the ` +
  'keys that the log itself publishes.'

// Before anything else is opened, so that with a wrong one nothing is. Asked only where there is a vault:
// without one it would be made now.
function masterKeyOf({ dataDir, ...source }: VerifyOptions, findings: Findings): KeyObject | undefined {
  if (!existsSync(join(dataDir, vaultFileName))) return undefined
  return findings.reading(vaultFileName, () => loadMasterKey(dataDir, source).key)
}

function openedVault(
  { dataDir, isCopy }: VerifyOptions,
  masterKey: KeyObject | undefined,
  snapshot: Snapshot,
  log: Database | undefined,
  findings: Findings,
): ReadVault | undefined {
  if (!existsSync(join(dataDir, vaultFileName))) {
    const detail = `${vaultFileName} is missing: what is sealed stays so, and no signature is known as ours.`
    if (isCopy) findings.notes.push(withoutVault)
    else findings.add({ kind: 'key-missing', detail })
    return undefined
  }
  const vault = masterKey && snapshot(vaultFileName, () => openVault(dataDir, { readonly: true }))
  if (masterKey === undefined || vault === undefined || log === undefined) return undefined
  return findings.reading(vaultFileName, () => readVault(vault, masterKey, log, findings))
}
