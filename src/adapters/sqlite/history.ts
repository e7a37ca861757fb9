import type { PastQuestion } from './past.ts'

/** What the thread is asked; each question has an answer of its own form. */
export type HistoryJob =
  | ({ kind: 'as-of' } & PastQuestion)
  | { kind: 'prepare'; userId: string; document: Uint8Array }
  | { kind: 'take'; importId: string; from: number; count: number }
  | { kind: 'release'; importId: string }

export type HistoryRequest = { id: number; job: HistoryJob }
export type HistoryAnswer = { id: number; answer: unknown } | { id: number; failure: string }
