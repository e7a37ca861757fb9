import type { KeyObject } from 'node:crypto'
import type { Progress, RotatedKeys } from '../../application/audit.ts'
import type { Appended, ExpectedVersion, Remember, VersionConflict } from '../../application/event-log.ts'
import type { Login } from '../../application/ports.ts'
import type { EventType } from '../../domain/events.ts'
import type { Refusal } from '../../domain/refusal.ts'

export type WriterSettings = { dataDir: string; masterKey: KeyObject; now: number }

/** `body` is the JSON that is kept: the views fold what it says, live and in every rebuild. */
export type EventToAppend = { type: EventType; body: string }

/** `outcome` is the JSON that is kept: `{outcome: ..}`. */
export type ToRemember = Omit<Remember, 'outcome'> & { outcome: string }

export type AppendCommand = {
  kind: 'append'
  appends: readonly {
    stream: string
    subject: string | undefined
    expected: ExpectedVersion
    events: readonly EventToAppend[]
  }[]
  /** JSON, as it is kept. */
  metadata: string
  remember: ToRemember | undefined
}
export type AppendResult = Appended | VersionConflict | Refusal

export type VaultCommand =
  | { kind: 'create subject'; userId: string; passwordHash: string | undefined }
  /** Where a hash is given, only while it is still that of the password. */
  | { kind: 'start login'; userId: string; passwordHash?: string }
  | { kind: 'spend'; refreshToken: string }
  | { kind: 'end login'; loginId: string }
  | { kind: 'end every login'; userId: string }
  | PasswordCommand
  | TokenCommand

export type PasswordCommand =
  | { kind: 'set password'; userId: string; passwordHash: string }
  | { kind: 'renew hash'; userId: string; from: string; to: string }
  | { kind: 'change password'; userId: string; loginId: string; from: string; to: string }
  | { kind: 'give ticket'; userId: string; expiresAt: number }
  | { kind: 'reset password'; ticket: string; passwordHash: string }

export type TokenCommand =
  | { kind: 'keep token'; token: KeptToken; most: number }
  | { kind: 'revoke token'; tokenId: string; owner: string | null }
  | { kind: 'use token'; tokenId: string; usedAt: number }

/** `userId` is null of an operator's; times in milliseconds since 1970. */
export type KeptToken = {
  id: string
  userId: string | null
  tokenHash: Uint8Array
  name: string
  scopes: string
  createdAt: number
  expiresAt: number | null
}

/** `ended` names the logins that are over, so that the main thread stops believing in them. */
export type VaultResult = {
  login?: Login & { refreshToken: string }
  ticket?: string
  /** Of what may find nothing to do, whether it was done. */
  done?: boolean
  ended: readonly string[]
}

/** `askedAt` is what the last event of the person says. */
export type EraseCommand = { kind: 'erase'; userId: string; askedAt: string; metadata: string }
/** False while another process still reads what the files were; it goes on by itself. */
export type EraseResult = { done: boolean }

export type RotateCommand = { kind: 'rotate keys' }

export type Command = AppendCommand | VaultCommand | EraseCommand | RotateCommand
export type Result = AppendResult | VaultResult | EraseResult | RotatedKeys

/** What one turn of the main thread's event loop gathered, and the time it was then. */
export type Request = {
  now: number
  commands: readonly { id: number; command: Command }[]
  /** Newer views are there to be written; told again when nobody reads the old ones any more. */
  views?: 'built' | 'let go'
  close?: true
}

export type Failure = { name: string; message: string; code?: string }
export type Answer = { id: number; result: Result } | { id: number; failure: Failure }

/** What one transaction carried out, and how long it took. */
export type Batch = { of: 'append' | 'vault' | 'alone'; commands: number; milliseconds: number }

export type Report =
  | { kind: 'progress'; progress: Progress }
  /** `outdated` views serve, and wait to be built anew. */
  | { kind: 'ready'; outdated: boolean }
  /** From here on the newest views are written; `failure` says why the old ones still are. */
  | { kind: 'switched'; failure?: Failure }
  /** Nobody can read any more what this person did; `ended` are the logins that they had. */
  | { kind: 'erased'; userId: string; ended: readonly string[] }
  | { kind: 'answers'; answers: readonly Answer[]; batch: Batch; viewsBehind: boolean }
  /** Something that nobody waits for did not work; it is tried again by itself. */
  | { kind: 'trouble'; failure: Failure }
  | { kind: 'recovered' }
  | { kind: 'closed' }
