import type { Database } from 'better-sqlite3'
import { foldPages, refuseForeignViews } from './catch-up.ts'
import type { WrittenViews } from './group-commit.ts'
import { headOf } from './log-file.ts'
import type { SubjectKeys } from './read-log.ts'
import type { View } from './views.ts'
import {
  createFolding,
  type Folding,
  newestViews,
  openViewsFile,
  reachedBy,
  removeHalfBuilt,
} from './views-file.ts'

/** A views file that the writer has open. */
export type OpenViews = WrittenViews & { folding: Folding }

export type SwitchingParts = {
  dataDir: string
  log: Database
  keys: SubjectKeys
  views: readonly View[]
  /** The file that serves now. */
  serving: () => Database
  /** Given the new file when it is level with the log. */
  onLevel: (next: OpenViews) => void
}

const PAGE_EVENTS = 50
const FIRST_MILLISECONDS = 3

/** The newer views file was taken away before it could serve: an erasure does that. It is built anew. */
export class ViewsRemoved extends Error {
  override readonly name = 'ViewsRemoved'
}

/**
 * Leads from the views file that is written to the newest one, in steps that fit between two batches of
 * commands. Each step may take a little longer than the one before, so that it ends under any load.
 */
export function createSwitching({ dataDir, log, keys, views, serving, onLevel }: SwitchingParts) {
  let next: OpenViews | undefined
  let milliseconds = FIRST_MILLISECONDS

  function open(): OpenViews {
    const newest = newestViews(dataDir)
    if (newest === undefined || newest.path === serving().name) {
      throw new ViewsRemoved('The views that were built are gone.')
    }
    return opened(openViewsFile(newest.path, views), views)
  }

  function isLevel({ db, folding }: OpenViews) {
    const began = performance.now()
    const { position } = headOf(log)
    let reached = folding.position().position
    while (reached < position && performance.now() - began < milliseconds) {
      reached = foldPages(log, db, keys, folding, {
        upTo: Math.min(reached + PAGE_EVENTS, position),
      }).position
    }
    milliseconds += 1
    return reached === position
  }

  return {
    /** True once the newest file is the one that is written. Throws where nothing can come of it. */
    step(): boolean {
      if (next === undefined) {
        next = open()
        refuseForeignViews(log, reachedBy(next.db))
        return false
      }
      if (newestViews(dataDir)?.path !== next.db.name) throw new ViewsRemoved('The new views were removed.')
      if (!isLevel(next)) return false
      onLevel(next)
      next = undefined
      milliseconds = FIRST_MILLISECONDS
      return true
    },
    /** The file that serves goes on; nothing is left of what was to follow it. */
    giveUp() {
      next?.db.close()
      next = undefined
      removeHalfBuilt(dataDir, serving().name)
    },
    close: () => next?.db.close(),
  }
}

/** A views file with all that folds into it prepared. */
export function opened(db: Database, views: readonly View[]): OpenViews {
  const folding = createFolding(db, views)
  return { db, folding, reached: folding.reached }
}
