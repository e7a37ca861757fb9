import type { Database } from 'better-sqlite3'
import type { OnProgress, VerifyReport } from '../../application/audit.ts'
import { type KeptHead, verifyKeptHead } from './anchor.ts'
import type { Helping } from './chain-pieces.ts'
import type { Findings } from './findings.ts'
import { headOf, logSchema } from './log-file.ts'
import { verifyChain } from './verify-chain.ts'
import { verifyEnd, verifyRemembered, verifySchema, verifyStreams, verifySubjects } from './verify-files.ts'
import { verifyCheckpoints, verifyPublicKeys } from './verify-signatures.ts'
import { type ReadVault, verifyVault } from './verify-vault.ts'
import { type OpenedViews, verifyViews } from './verify-views.ts'
import type { View } from './views.ts'

export type VerifyRange = {
  /** Positions, both included; all events when absent. */
  from?: number | undefined
  to?: number | undefined
  /** What was kept elsewhere, to be held against the log. */
  against?: KeptHead | undefined
  onProgress?: OnProgress | undefined
}

export type LogOptions = VerifyRange & {
  log: Database
  /** What its findings call it. */
  name: string
  /** False for a log that was read from somewhere else, and has tables of its own. */
  hasSchema: boolean
  vault: ReadVault | undefined
  opened: OpenedViews | undefined
  views: readonly View[]
  findings: Findings
  helping?: Helping | undefined
}

/** The log, and what is there beside it, against each other. */
export function verifyLog(options: LogOptions): VerifyReport {
  const { log, name, hasSchema, vault, opened, views, against, findings, onProgress, helping } = options
  const reading = <T>(read: () => T, file = name) => findings.reading(file, read)
  const head = reading(() => headOf(log)) ?? { position: 0, hash: Buffer.alloc(0) }
  const from = options.from ?? 1
  const to = Math.min(options.to ?? Number.POSITIVE_INFINITY, head.position)
  const isBeyond = from > Math.max(to, 1)
  if (isBeyond) findings.notes.push(`Nothing was checked: the log ends at position ${head.position}.`)
  const isWhole = from <= 1 && to === head.position
  const keys = vault?.keys
  if (hasSchema) reading(() => verifySchema(log, { name, schema: logSchema }, findings))
  // The quick way takes each column to be of its type, as a file shows in which nothing was found so far.
  const quick = findings.total() === 0 ? helping : undefined
  const chain = reading(() => verifyChain({ log, keys, from, to, findings, onProgress, helping: quick }))
  const isUnbroken = chain !== undefined && chain.firstBreak === undefined
  if (isUnbroken && isWhole) reading(() => verifyStreams(log, findings))
  reading(() => verifySubjects(log, findings))
  if (isUnbroken && keys !== undefined) reading(() => verifyRemembered(log, keys, findings))
  if (vault !== undefined) reading(() => verifyVault(log, vault, findings), 'vault.db')
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
  if (against !== undefined) reading(() => verifyKeptHead(log, against, findings))
  const found = { events: chain?.events ?? 0, checkpoints: checkpoints ?? 0 }
  const end = head.position === 0 ? null : { position: head.position, hash: head.hash.toString('hex') }
  return reportOf({ ...found, head: end }, findings)
}

export function reportOf(
  counted: Pick<VerifyReport, 'events' | 'head' | 'checkpoints'>,
  findings: Findings,
): VerifyReport {
  return {
    ...counted,
    notes: findings.notes,
    findings: findings.listed,
    findingsTotal: findings.total(),
  }
}
