import { type Refusal, refuse, refuseFields } from '../domain/refusal.ts'
import { contentOf, type SessionDocument, sessionDocument } from '../domain/session/document.ts'
import type { KnownSession } from '../domain/session/session.ts'
import * as session from '../domain/session/session.ts'
import type { EventLog, Folded, Load } from './event-log.ts'
import { streamOf } from './session-requests.ts'

export type SessionFilter = {
  /** Local dates, both inclusive. */
  from?: string
  to?: string
  exerciseId?: string
  planId?: string
  /** All but the discarded ones unless told. */
  status?: KnownSession['status']
}

/** Where a page ends; the next one goes on behind it. */
export type SessionPlace = { startedAt: string; key: number }
export type SessionPage = { items: SessionDocument[]; next?: SessionPlace }

export interface SessionReads {
  /** The one session of this person that is live. */
  liveOf(userId: string): Promise<string | undefined>
  /** Newest first; at most `limit`, behind `after`. */
  list(userId: string, filter: SessionFilter, limit: number, after?: SessionPlace): Promise<SessionPage>
}

export type QuestionsNeed = { load: Load; log: Pick<EventLog, 'readStream'>; reads: SessionReads }

/** Who did what and when, as one event tells. */
export type Revision = { version: number; type: string; at: string; actor: string; data: unknown }

export type SessionQuestions = {
  get(userId: string, sessionId: string): Promise<SessionDocument | Refusal>
  live(userId: string): Promise<SessionDocument | Refusal>
  /** Newest first. Refuses a range that ends before it begins. */
  list(
    userId: string,
    filter: SessionFilter,
    limit: number,
    after?: SessionPlace,
  ): Promise<SessionPage | Refusal>
  /** Every revision, oldest first, behind version `after`. */
  history(
    userId: string,
    sessionId: string,
    limit: number,
    after?: number,
  ): Promise<{ items: Revision[]; next?: number } | Refusal>
}

export function createQuestions({ load, log, reads }: QuestionsNeed): SessionQuestions {
  return {
    async get(userId, sessionId) {
      return documentOf(await load(streamOf(userId, sessionId), session))
    },

    async live(userId) {
      const sessionId = await reads.liveOf(userId)
      if (sessionId === undefined) return refuse('not-found', 'No session is live.')
      return documentOf(await load(streamOf(userId, sessionId), session))
    },

    async list(userId, filter, limit, after) {
      const { from, to } = filter
      if (from !== undefined && to !== undefined && from > to) {
        return refuseFields([
          { pointer: '/from', code: 'out-of-order', message: 'from must not be after to.' },
        ])
      }
      return reads.list(userId, filter, limit, after)
    },

    async history(userId, sessionId, limit, after = 0) {
      const events = await log.readStream(streamOf(userId, sessionId))
      if (events.length === 0) return session.noSession()
      const items = events
        .slice(after, after + limit)
        .map(({ version, type, recordedAt, metadata, data }) => ({
          version,
          type,
          at: recordedAt,
          actor: metadata.actor,
          data,
        }))
      const reached = after + items.length
      return { items, ...(reached < events.length && { next: reached }) }
    },
  }
}

function documentOf({ state, version }: Folded<session.SessionState>) {
  return state.status === 'none' ? session.noSession() : sessionDocument(contentOf(state, version))
}
