import type { Database } from 'better-sqlite3'
import type { OnProgress } from '../../application/audit.ts'
import { beginAtOnce, finishAtOnce } from './at-once.ts'
import { refuseForeignViews, ViewsAhead, ViewsForeign } from './catch-up.ts'
import { compareViews, type Difference } from './compare-views.ts'
import { DuplicateKey, foldWholeLog } from './duplicate.ts'
import type { Findings } from './findings.ts'
import { noKeys, type SubjectKeys } from './read-log.ts'
import type { View } from './views.ts'
import { namesVersions, openScratchViews, reachedBy, viewsAreCurrent } from './views-file.ts'

export type OpenedViews = { db: Database; name: string; compare: boolean }

export type ViewsOptions = {
  log: Database
  opened: OpenedViews
  keys: SubjectKeys | undefined
  views: readonly View[]
  findings: Findings
  onProgress?: OnProgress | undefined
  /** Every event was checked and could be read. */
  isLogWhole: boolean
  isLogUnbroken: boolean
}

/**
 * The views against the log, and against views folded from it anew; gives the position that they have
 * reached. Views of other versions are not compared: the next start makes them anew.
 */
export function verifyViews(options: ViewsOptions): number | undefined {
  const { log, opened, views, findings, isLogWhole, isLogUnbroken } = options
  return findings.reading(opened.name, () => {
    const reached = reachedBy(opened.db)
    try {
      refuseForeignViews(log, reached)
    } catch (error) {
      if (error instanceof ViewsAhead) {
        findings.add({ kind: 'view-ahead', position: reached.position, detail: error.message })
      } else if (error instanceof ViewsForeign) {
        const { message } = error
        if (isLogUnbroken) findings.add({ kind: 'view-differs', position: reached.position, detail: message })
      } else {
        throw error
      }
      return reached.position
    }
    if (!viewsAreCurrent(opened.db, views)) tellEdition(opened, findings)
    else if (opened.compare && isLogWhole) compareWithRebuild(options, reached.position)
    return reached.position
  })
}

// Views of another edition hold other values for good reasons; what no edition writes was written over.
function tellEdition({ db, name }: OpenedViews, findings: Findings) {
  if (namesVersions(db)) {
    findings.notes.push(
      `${name} is of another edition, and was not compared: the next start builds the views anew.`,
    )
    return
  }
  const place = { table: 'view_state', key: '1', column: 'versions', expected: '', found: '' }
  findings.add({ kind: 'view-differs', detail: `${name}: ${describe(place)}` })
}

function compareWithRebuild(options: ViewsOptions, upTo: number) {
  const { log, opened, keys = noKeys, views, findings, onProgress } = options
  const scratch = openScratchViews(views)
  try {
    beginAtOnce(scratch, views)
    foldWholeLog(log, scratch, keys, views, { onProgress, upTo, phase: 'Rebuilding the views to compare' })
    finishAtOnce(scratch, views)
    compareViews(scratch, opened.db, (difference) => {
      findings.add({ kind: 'view-differs', detail: `${opened.name}: ${describe(difference)}` })
    })
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
    findings.add({
      kind: 'view-differs',
      position: error.position,
      stream: error.stream,
      detail: error.message,
    })
  } finally {
    scratch.close()
  }
}

// Names the place and not what stands there: that is somebody's health data.
export function describe({ table, key, column, found }: Difference): string {
  const row = `table ${table}, key ${key}`
  if (column !== '*') return `${row}, column ${column}: not the value that the log gives.`
  return found === undefined ? `${row}: the row is missing.` : `${row}: the log gives no such row.`
}
