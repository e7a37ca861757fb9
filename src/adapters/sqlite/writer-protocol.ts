import type { KeyObject } from 'node:crypto'
import type { Progress } from '../../application/audit.ts'
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
  | { kind: 'set password'; userId: string; passwordHash: string }
  | { kind: 'start login'; userId: string }
  | { kind: 'spend'; refreshToken: string }
  | { kind: 'end login'; loginId: string }
  | { kind: 'end every login'; userId: string }

/** `ended` names the logins that are over, so that the main thread stops believing in them. */
export type VaultResult = { login?: Login & { refreshToken: string }; ended: readonly string[] }

/** `askedAt` is what the last event of the person says. */
export type EraseCommand = { kind: 'erase'; userId: string; askedAt: string; metadata: string }
/** False while another process still reads what the files were; it goes on by itself. */
export type EraseResult = { done: boolean }

export type Command = AppendCommand | VaultCommand | EraseCommand

/** What one turn of the main thread's event loop gathered, and the time it was then. */
export type Request = {
  now: number
  commands: readonly { id: number; command: Command }[]
  /** Newer views are there to be written; told again when nobody reads the old ones any more. */
  views?: 'built' | 'let go'
  close?: true
}

export type Failure = { name: string; message: string; code?: string }
export type Answer =
  | { id: number; result: AppendResult | VaultResult | EraseResult }
  | { id: number; failure: Failure }

export type Report =
  | { kind: 'progress'; progress: Progress }
  /** `outdated` views serve, and wait to be built anew. */
  | { kind: 'ready'; outdated: boolean }
  /** From here on the newest views are written; `failure` says why the old ones still are. */
  | { kind: 'switched'; failure?: Failure }
  /** Nobody can read any more what this person did; `ended` are the logins that they had. */
  | { kind: 'erased'; userId: string; ended: readonly string[] }
  | { kind: 'answers'; answers: readonly Answer[]; viewsBehind: boolean }
  /** Something that nobody waits for did not work; it is tried again by itself. */
  | { kind: 'trouble'; failure: Failure }
  | { kind: 'recovered' }
  | { kind: 'closed' }
