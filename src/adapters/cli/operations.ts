import type { AccessToken } from '../../application/access-tokens.ts'
import type { AsOf, Moment } from '../../application/as-of.ts'
import type {
  Anchor,
  ErasureCertificate,
  HeadReport,
  OnProgress,
  RebuildReport,
  RestoreReport,
  RotatedKeys,
  ShownEvent,
  VerifyReport,
} from '../../application/audit.ts'
import type { ResetTicket } from '../../application/credentials.ts'
import type { CsvOptions } from '../../application/csv-imports.ts'
import type { CsvReport } from '../../application/csv-report.ts'
import type { Imported } from '../../application/imports.ts'
import type { RecordAsked, Why } from '../../application/why.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Terminal } from './progress.ts'
import type { Environment, Settings } from './settings.ts'

export const exitCodes = { good: 0, failed: 1, difference: 2, usage: 64, held: 75, settings: 78 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/**
 * Why a command could not begin: another process owns DATA_DIR, a setting does not fit what stands there, or
 * what stands there is not as it was written. `detail` names the way out.
 */
export type Hindrance = { hindrance: 'held' | 'settings' | 'difference'; detail: string }

/** A failure that its message explains to the operator; a stack would say nothing more. */
export class Explained extends Error {}

export function isHindrance(value: object): value is Hindrance {
  return 'hindrance' in value
}

export type Serving = {
  /** Where it answers, such as http://0.0.0.0:5005. */
  url: string
  /** It builds its views first, and answers 503 until they are there. */
  isStarting: boolean
  /** Rejects when it can go on no longer, or says what keeps it from starting to the end. */
  failed: Promise<Hindrance>
  /** Finishes what is under way, refuses the rest, signs a last checkpoint, closes the files. */
  close(): Promise<void>
}

export type Seeded = { published: number; unchanged: number }

/**
 * From and to are positions, both inclusive. `path` is a backup folder or an exported log, DATA_DIR unless
 * told; `against` is the text of a head that was kept elsewhere.
 */
export type VerifyRange = { path?: string; from?: number; to?: number; against?: string }

export type WantedToken = { name: string; scope: 'audit' | 'metrics'; expiresInDays: number | undefined }

/** What only tables are taken in by. */
export type ImportOptions = Omit<CsvOptions, 'onProgress'>

/** What the program can do, brought together from the adapters elsewhere. What is not foreseen is thrown. */
export type Operations = {
  serve(settings: Settings): Promise<Serving | Hindrance>
  seed(settings: Settings): Promise<Seeded | Hindrance>
  verify(
    settings: Settings,
    options: VerifyRange & { onProgress: OnProgress },
  ): Promise<VerifyReport | Hindrance>
  /** Erases the person of this id or e-mail for good; of somebody who is erased, the certificate again. */
  erase(settings: Settings, name: string): Promise<ErasureCertificate | Hindrance>
  /** Builds the views anew from the log. */
  rebuild(settings: Settings, onProgress: OnProgress): Promise<RebuildReport | Hindrance>
  /** A ticket for the person of this id or e-mail; whom there is none for is thrown, explained. */
  giveResetTicket(settings: Settings, person: string): Promise<ResetTicket | Hindrance>
  /** Makes new keys for access tokens and checkpoints. */
  rotateKeys(settings: Settings): Promise<RotatedKeys | Hindrance>
  /** A token of the operator's, with its secret. */
  createToken(settings: Settings, wanted: WantedToken): Promise<(AccessToken & { token: string }) | Hindrance>
  listTokens(settings: Settings): Promise<AccessToken[] | Hindrance>
  revokeToken(settings: Settings, id: string): Promise<{ id: string } | Hindrance>
  head(settings: Settings): Promise<HeadReport | Hindrance>
  signHead(settings: Settings): Promise<Anchor | Hindrance>
  /** Hands the log on as JSON lines, up to its head as it was at the start. */
  exportLog(
    settings: Settings,
    sink: (text: string) => Promise<void>,
    onProgress: OnProgress,
  ): Promise<{ events: number } | Hindrance>
  /** Refuses `not-found` for nobody, and for a moment before the account. */
  asOf(settings: Settings, person: string, moment: Moment): Promise<AsOf | Refusal | Hindrance>
  /** Refuses `not-found` for nobody and for no record. */
  why(settings: Settings, person: string, record: RecordAsked): Promise<Why | Refusal | Hindrance>
  /** Hands the person's document on, or the table of their sets; refuses `not-found`. */
  exportUser(
    settings: Settings,
    person: string,
    sink: (text: string) => Promise<void>,
    form?: 'document' | 'csv',
  ): Promise<undefined | Refusal | Hindrance>
  /** Takes in what stands in a file, whatever it is; what the import refuses is thrown, explained. */
  importUser(
    settings: Settings,
    person: string,
    file: string,
    options: ImportOptions,
    onProgress: OnProgress,
  ): Promise<Imported | CsvReport | Hindrance>
  /** Copies the log, and the vault elsewhere, as they are now. */
  backup(
    settings: Settings,
    options: { folder: string; vault: string | undefined; onProgress: OnProgress },
  ): Promise<Anchor | Hindrance>
  /** Puts back what was copied, up to a position; with findings, nothing. */
  restore(
    settings: Settings,
    options: { folder: string; vault: string | undefined; at: number | undefined; onProgress: OnProgress },
  ): Promise<RestoreReport | Hindrance>
  /** The stream's events in order; none where there is no such stream. */
  show(settings: Settings, stream: string): Promise<ShownEvent[] | Hindrance>
}

/** The process as the program sees it. */
export type Outside = {
  environment: Environment
  /** What is typed, or comes through a pipe. */
  input: Input
  output: Terminal
  complaints: Terminal
  /** Milliseconds from some fixed moment. */
  now(): number
  /** What somebody at a terminal answers; absent where nobody is there to be asked. */
  ask?(question: string): Promise<string>
  /** Resolves when the process is asked to end. */
  stopAsked(): Promise<unknown>
}

export type Input = NodeJS.ReadableStream & { isTTY?: boolean | undefined }

export type Context = {
  operations: Operations
  settings: Settings
  outside: Outside
  onProgress: OnProgress
  /** One JSON document with --json, the lines otherwise. */
  answer(document: unknown, lines: readonly string[]): void
  complain(line: string): void
}

/** Reads the settings, does the work and keeps its exit code; each subcommand's action goes through it. */
export type Perform = (
  options: { json?: true },
  work: (context: Context) => Promise<ExitCode | Hindrance>,
) => Promise<void>

/** Does work that needs neither settings nor data, and keeps its exit code. */
export type Attempt = (
  work: (outside: Outside, complain: Context['complain']) => Promise<ExitCode>,
) => Promise<void>
