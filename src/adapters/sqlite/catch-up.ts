import type { Database } from 'better-sqlite3'
import type { OnProgress } from '../../application/audit.ts'
import { GENESIS } from './hash-chain.ts'
import { headOf, pageReader } from './log-file.ts'
import { isErased, readForViews, type SubjectKeys } from './read-log.ts'
import type { View, ViewEvent } from './views.ts'
import { createFolding, type Folding, type Reached, reachedBy } from './views-file.ts'

export const PAGE_EVENTS = 1000

/** The views hold events that the log does not: it was cut, or put back from an older copy. */
export class ViewsAhead extends Error {
  constructor(views: number, log: number) {
    super(
      `The views have reached position ${views}, but the log ends at ${log}: its tail was cut, or an ` +
        'older copy of it was put back. Run `verify` first; `replay` rebuilds the views from it.',
    )
    this.name = 'ViewsAhead'
  }
}

/** The views were folded from another log, or from this one before it was changed. */
export class ViewsForeign extends Error {
  constructor(position: number, log: number) {
    super(
      `The views have another hash at position ${position} than the log, which ends at ${log}: they are ` +
        'of another log, or this one was changed. Run `verify` first; `replay` rebuilds the views from it.',
    )
    this.name = 'ViewsForeign'
  }
}

/** Called before each event is folded, so that a failure can be told from where it came. */
export type BeforeFold = (event: ViewEvent) => void

export type CatchUpOptions = {
  onProgress?: OnProgress | undefined
  phase?: string
  /** Stops there; the log's head when absent. */
  upTo?: number | undefined
  beforeFold?: BeforeFold
  /** Gives the pages; they are read from the log when absent. */
  nextPage?: NextPage | undefined
}

/** Events as the views see them; those of erased people are left out. */
export type OpenPage = { events: readonly ViewEvent[]; last: Reached }
/** Undefined behind the last one. */
export type NextPage = (after: number, limit: number) => OpenPage | undefined

/**
 * Folds into the views what the log has and they do not, each page one transaction together with its
 * position. Throws `ViewsAhead` or `ViewsForeign` where the views are not those of this log.
 */
export function catchUp(
  logDb: Database,
  viewsDb: Database,
  keys: SubjectKeys,
  views: readonly View[],
  options: CatchUpOptions = {},
): Reached {
  refuseForeignViews(logDb, reachedBy(viewsDb))
  return foldPages(logDb, viewsDb, keys, createFolding(viewsDb, views), options)
}

/** The same with what is prepared already, into views that are known to be of this log. */
export function foldPages(
  logDb: Database,
  viewsDb: Database,
  keys: SubjectKeys,
  folding: Folding,
  options: CatchUpOptions,
): Reached {
  const { onProgress, phase = 'Catching up', upTo = headOf(logDb).position, beforeFold } = options
  const { nextPage = pagesOf(logDb, keys) } = options
  const foldPage = viewsDb.transaction(({ events, last }: OpenPage) => {
    for (const event of events) {
      beforeFold?.(event)
      folding.fold(event)
    }
    folding.reached(last.position, last.hash)
  })
  for (;;) {
    const { position } = folding.position()
    onProgress?.({ phase, done: position, total: upTo })
    const page = nextPage(position, Math.max(0, Math.min(PAGE_EVENTS, upTo - position)))
    if (page === undefined) return folding.position()
    foldPage.immediate(page)
  }
}

/** Reads and opens the pages of a log; prepared once for a connection. */
export function pagesOf(logDb: Database, keys: SubjectKeys): NextPage {
  const nextPage = pageReader(logDb)
  return (after, limit) => {
    const page = nextPage(after, limit)
    const last = page.at(-1)
    if (last === undefined) return undefined
    const events = page
      .filter((stored) => !isErased(stored, keys))
      .map((stored) => readForViews(stored, keys))
    return { events, last }
  }
}

/** Throws where a position and hash that views have reached is not the log's. */
export function refuseForeignViews(logDb: Database, reached: Reached) {
  const head = headOf(logDb)
  if (reached.position > head.position) throw new ViewsAhead(reached.position, head.position)
  const hash = reached.position === 0 ? GENESIS : hashAt(logDb, reached.position)
  if (hash === undefined || !reached.hash.equals(hash))
    throw new ViewsForeign(reached.position, head.position)
}

export function hashAt(logDb: Database, position: number): Buffer | undefined {
  return logDb.prepare<[number], Buffer>('SELECT hash FROM events WHERE position = ?').pluck().get(position)
}
