import { existsSync, statfsSync } from 'node:fs'
import { basename } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { Finding } from '../../application/audit.ts'
import { finishAtOnce } from './at-once.ts'
import { compareViews } from './compare-views.ts'
import { foldWholeLog } from './duplicate.ts'
import { createFindings } from './findings.ts'
import { buildViews, NoRoom, REBUILDING, type RebuildOptions } from './rebuild.ts'
import { ViewsRemoved } from './switching.ts'
import { describe } from './verify-views.ts'
import { openViews, reachedBy, viewsAreCurrent } from './views-file.ts'

const REMOVED = 'The views that were being built were removed.'

export type BesideOptions = RebuildOptions & {
  /** Called between two pages. */
  rest: () => void
  /** How much of the disk is to be left to those who write; bytes. */
  reserveBytes: number
}

export type Built = { events: number; findings: Finding[] }

/**
 * Builds the next views file from zero while another thread goes on writing the log and the views that serve.
 * Where both are of the same versions they are compared at one position; what differs is a finding, and the
 * new file is right. Throws `DuplicateKey`, `NoRoom`, and `ViewsRemoved` when the file was taken away.
 */
export function rebuildBeside(options: BesideOptions): Built {
  const { dataDir, logDb, keys, views, onProgress, rest, reserveBytes } = options
  const fill = (db: Database): Built => {
    const between = (done: number, total: number) => {
      if (!existsSync(db.name)) throw new ViewsRemoved(REMOVED)
      const { bavail, bsize } = statfsSync(dataDir)
      if (bavail * bsize < reserveBytes) {
        throw new NoRoom(
          'The disk has hardly any room left: the views are not built anew, the old ones serve.',
        )
      }
      onProgress?.({ phase: REBUILDING, done, total })
      rest()
    }
    const fold = (upTo?: number) =>
      foldWholeLog(logDb, db, keys, views, {
        upTo,
        onProgress: ({ done, total }) => between(done, total),
      })
    const serving = openViews(dataDir, views, { readonly: true })
    try {
      fold(reachedBy(serving).position)
      finishAtOnce(db, views)
      const findings = compareAtOnePosition(db, serving, options, fold)
      return { findings, events: fold().position }
    } finally {
      serving.close()
    }
  }
  try {
    return buildViews(options, fill).result
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new ViewsRemoved(REMOVED, { cause: error })
    throw error
  }
}

function compareAtOnePosition(
  db: Database,
  serving: Database,
  { views }: BesideOptions,
  fold: (upTo: number) => unknown,
): Finding[] {
  if (!viewsAreCurrent(serving, views)) return []
  const findings = createFindings()
  // As long as this transaction is open the file reads as it was when it began, whatever is written.
  serving.exec('BEGIN')
  fold(reachedBy(serving).position)
  compareViews(db, serving, (difference) => {
    findings.add({ kind: 'view-differs', detail: `${basename(serving.name)}: ${describe(difference)}` })
  })
  serving.exec('COMMIT')
  return findings.listed
}
