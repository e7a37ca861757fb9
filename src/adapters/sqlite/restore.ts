import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding, OnProgress, RestoreReport } from '../../application/audit.ts'
import { readKeptHead } from './anchor.ts'
import { copyOf, keptHeadName, unsealVault } from './backup.ts'
import { syncDirectory, syncFile } from './durable.ts'
import { createFindings } from './findings.ts'
import { headOf, openLog } from './log-file.ts'
import { loadMasterKey, type MasterKeySource } from './master-key.ts'
import { removeUnfinishedCopies, restoredFolder, unfinishedFolder } from './unfinished-restore.ts'
import { lackOfRoom, UnusableData } from './unusable-data.ts'
import { openVault, vaultFileName } from './vault.ts'
import { verifyData } from './verify.ts'
import { newestViews, removeDatabase, removeViewsBefore } from './views-file.ts'

export type RestoreOptions = {
  /** As `backup` left it. */
  folder: string
  /** The vault of the same backup; the one in DATA_DIR unless told. */
  vault?: string | undefined
  /** The last position that is to be there; all unless told. */
  at?: number | undefined
  onProgress: OnProgress
}

const withoutHead =
  `There is no ${keptHeadName} in the backup: a tail that was cut off it would not show. If it was kept ` +
  'elsewhere, hold the log against it: `verify --against`.'

/**
 * Puts the log of a backup into a DATA_DIR that has none, checked from end to end before anything is put
 * there; with findings nothing is. Needs the owner's lock. What was cut off goes on where it was: the files
 * are moved only once all of them are ready.
 */
export function restore(dataDir: string, source: MasterKeySource, options: RestoreOptions): RestoreReport {
  if (existsSync(join(dataDir, restoredFolder))) return finish(dataDir)
  const { folder, vault, at, onProgress } = options
  demandRoom(dataDir, folder, vault)
  // Not made here: a new key would open neither the vault of the backup nor the one that is there.
  const { key: masterKey } = loadMasterKey(dataDir, withOwnKey(dataDir, source))
  const unfinished = join(dataDir, unfinishedFolder)
  removeUnfinishedCopies(dataDir)
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  try {
    if (vault !== undefined) unsealVault(vault, masterKey, join(unfinished, vaultFileName))
    else copyVault(dataDir, unfinished)
    const findings = fillLog(folder, unfinished, at, withOwnKey(dataDir, source), onProgress)
    const notes = existsSync(join(folder, keptHeadName)) ? [] : [withoutHead]
    if (findings.length > 0) return { head: null, findings, notes }
    // Today's vault stays where it is.
    if (vault === undefined) removeDatabase(join(unfinished, vaultFileName))
    syncDirectory(unfinished, syncFile)
    renameSync(unfinished, join(dataDir, restoredFolder))
    syncDirectory(dataDir)
    return { ...finish(dataDir), notes }
  } catch (error) {
    throw lackOfRoom(error, dataDir)
  } finally {
    removeUnfinishedCopies(dataDir)
  }
}

function demandRoom(dataDir: string, folder: string, vault: string | undefined) {
  if (!existsSync(join(folder, 'log.db'))) throw new UnusableData(`There is no log.db in ${folder}.`)
  const files = vault === undefined ? ['log.db'] : ['log.db', vaultFileName]
  // What is left of a moved file beside it would be taken for a part of the new one.
  for (const name of files.flatMap((file) => [file, `${file}-wal`])) {
    const path = join(dataDir, name)
    if (existsSync(path))
      throw new UnusableData(`${path} is there: move it away first, nothing is overwritten.`)
  }
  if (vault === undefined && !existsSync(join(dataDir, vaultFileName))) {
    throw new UnusableData(
      `There is no ${vaultFileName} in ${dataDir}: put it there, or name the vault of the backup by --vault.`,
    )
  }
}

function withOwnKey(dataDir: string, source: MasterKeySource): MasterKeySource {
  const { masterKey, masterKeyFile = join(dataDir, 'master.key') } = source
  return { masterKey, masterKeyFile }
}

function copyVault(from: string, to: string) {
  const vault = openVault(from, { readonly: true })
  copyOf(vault, join(to, vaultFileName))
  vault.close()
}

/** The log of the backup, up to `at`; or what is not as it was written. */
function fillLog(
  folder: string,
  into: string,
  at: number | undefined,
  source: MasterKeySource,
  onProgress: OnProgress,
): Finding[] {
  const path = join(into, 'log.db')
  const damage = createFindings()
  const head = damage.reading(join(folder, 'log.db'), () => copyLog(folder, path))
  if (head === undefined) return damage.listed
  if (at !== undefined && at > head) {
    throw new UnusableData(`The backup ends at position ${head}; there is no ${at}.`)
  }
  const kept = join(folder, keptHeadName)
  const against = existsSync(kept) ? readKeptHead(readFileSync(kept, 'utf8')) : undefined
  const checked = { dataDir: into, ...source, views: [], isCopy: true, onProgress }
  const { findings } = verifyData({ ...checked, against })
  if (findings.length > 0 || at === undefined || at === head) return findings
  renameSync(path, `${path}.whole`)
  cutLog(`${path}.whole`, into, at)
  return verifyData(checked).findings
}

/** Gives the position that it ends at. */
function copyLog(folder: string, path: string): number {
  const log = openLog(folder, { readonly: true })
  try {
    copyOf(log, path)
    return headOf(log).position
  } finally {
    log.close()
  }
}

/** Writes a log of its own up to a position; it is the same chain, through the same triggers. */
function cutLog(whole: string, into: string, at: number) {
  const log = openLog(into)
  log.prepare('ATTACH ? AS whole').run(whole)
  const copy = (table: string, which: string) =>
    log.prepare(`INSERT INTO main.${table} SELECT * FROM whole.${table} WHERE ${which}`)
  const upTo = '(SELECT max(max(stream, coalesce(subject, 0))) FROM whole.events WHERE position <= @at)'
  log.transaction(() => {
    copy('streams', `key <= ${upTo} ORDER BY key`).run({ at })
    copy('events', 'position <= @at ORDER BY position').run({ at })
    copy('checkpoints', 'position <= @at ORDER BY position').run({ at })
    copy('public_keys', '@at = @at ORDER BY number').run({ at })
    copy('idempotency', 'last_position <= @at').run({ at })
  })()
  log.exec('DETACH whole')
  log.pragma('wal_checkpoint(TRUNCATE)')
  log.close()
  removeDatabase(whole)
}

/** Moves what is ready to its place, the log last: without it nothing starts. */
function finish(dataDir: string): RestoreReport {
  const ready = join(dataDir, restoredFolder)
  const views = newestViews(dataDir)
  if (views !== undefined) removeViewsBefore(dataDir, `views.${views.number + 1}.db`)
  for (const name of [vaultFileName, 'log.db']) {
    if (existsSync(join(ready, name))) renameSync(join(ready, name), join(dataDir, name))
  }
  for (const name of readdirSync(ready)) removeDatabase(join(ready, name))
  syncDirectory(dataDir)
  const log = openLog(dataDir, { readonly: true })
  const { position, hash } = headOf(log)
  log.close()
  rmdirSync(ready)
  syncDirectory(dataDir)
  return { head: { position, hash: hash.toString('hex') }, findings: [], notes: [] }
}
