import type { Refusal } from '../domain/refusal.ts'

/** What `verify` can find; each word is part of the published output. */
export type FindingKind =
  | 'changed'
  | 'missing'
  | 'reordered'
  | 'inserted'
  | 'cut'
  | 'forged-signature'
  | 'unknown-type'
  | 'malformed'
  | 'unreadable'
  | 'schema-changed'
  | 'view-differs'
  | 'view-ahead'
  | 'key-missing'
  | 'key-kept'
  | 'corrupt-file'

/** One thing that is not as it was written: where it is, as far as that can be told, and what is wrong. */
export type Finding = { kind: FindingKind; position?: number; stream?: string; detail: string }

/** Hashes, keys and signatures are hex. */
export type Head = { position: number; hash: string }

export type VerifyReport = {
  events: number
  /** Null where the log is empty. */
  head: Head | null
  checkpoints: number
  /** What could not be checked, and what is odd but no sign of a change. */
  notes: string[]
  findings: Finding[]
  /** All that were found, where `findings` holds only the first of them. */
  findingsTotal: number
}

/** Verifies the data of this service while it goes on. */
export interface Verifying {
  /**
   * Checks the positions of the range, both included, or everything. Refuses `contended` while another check
   * runs. There is no report where it is stopped, or the service goes down.
   */
  start(
    range: { from?: number; to?: number },
    onProgress: OnProgress,
  ): { report: Promise<VerifyReport | undefined>; stop: () => void } | Refusal
}

export type SignedCheckpoint = Head & { signedAt: string; keyId: string; signature: string }

/** The end of the log, and the last signed word about it; an operator keeps it elsewhere. */
export type HeadReport = Head & { checkpoint: SignedCheckpoint | null }

/** The head, signed: kept elsewhere, it proves later that nothing up to it was cut off or written anew. */
export type Anchor = Head & {
  format: 'repledger head 1'
  /** How many events there are up to it. */
  count: number
  signedAt: string
  keyId: string
  /** SPKI, DER. */
  publicKey: string
  signature: string
}

/** What stands in DATA_DIR now; null where it was left as it is, because of the findings. */
export type RestoreReport = { head: Head | null; findings: Finding[]; notes: string[] }

export type RebuildReport = { events: number; findings: Finding[] }

/** An event as people read it: who was meant by the stream, what happened, when it was written. */
export type ShownEvent = {
  position: number
  stream: string
  version: number
  type: string
  recordedAt: string
  /** 'Erased' where the person was erased. */
  data: unknown
}

/** The keys that sign from now on, by their ids, and those before them. */
export type RotatedKeys = {
  /** Tokens of the replaced key are good until then, which is later than the last of them lives. */
  tokens: { keyId: string; replaced: string; until: string }
  checkpoints: { keyId: string; replaced: string }
}

/** `done` and `total` count the same things, events unless told; a new phase starts again from 0. */
export type Progress = { phase: string; done: number; total: number; unit?: string }

export type OnProgress = (progress: Progress) => void

/** What was looked for after an erasure: `found` is how often it is still there. */
export type ErasureCheck = { file: string; what: string; found: number }

/** Says that a person was erased, when, and what was made sure of by looking again. */
export type ErasureCertificate = {
  userId: string
  askedAt: string
  /** Null while another process still reads what the files were before. */
  finishedAt: string | null
  /** Of the person, all unreadable; `last` is the one that says so. */
  events: number
  last: Head & { recordedAt: string }
  /** The first signed word at or after it; null where none is signed yet. */
  checkpoint: SignedCheckpoint | null
  checks: ErasureCheck[]
}
