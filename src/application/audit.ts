/** What `verify` can find; each word is part of the published output. */
export type FindingKind =
  | 'changed'
  | 'missing'
  | 'reordered'
  | 'inserted'
  | 'cut'
  | 'forged-signature'
  | 'unknown-type'
  | 'unreadable'
  | 'schema-changed'
  | 'view-differs'
  | 'view-ahead'
  | 'key-missing'
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
  findings: Finding[]
  /** All that were found, where `findings` holds only the first of them. */
  findingsTotal: number
}

export type SignedCheckpoint = Head & { signedAt: string; keyId: string; signature: string }

/** The end of the log, and the last signed word about it; an operator keeps it elsewhere. */
export type HeadReport = Head & { checkpoint: SignedCheckpoint | null }

export type RebuildReport = { events: number; findings: Finding[] }

/** An event as people read it: who was meant by the stream, what happened, when it was written. */
export type ShownEvent = {
  position: number
  stream: string
  version: number
  type: string
  recordedAt: string
  data: unknown
}

/** `done` and `total` count the same things, such as events; a new phase starts again from 0. */
export type Progress = { phase: string; done: number; total: number }

export type OnProgress = (progress: Progress) => void
