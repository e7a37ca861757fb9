import type { Language } from '../domain/exercise/events.ts'
import type { Refusal } from '../domain/refusal.ts'
import { contentOf, type SessionDocument, sessionDocument } from '../domain/session/document.ts'
import type { SessionEvent } from '../domain/session/events.ts'
import type { Step } from '../domain/session/guide.ts'
import { type GuideDocument, guideDocument, type StepBackground } from '../domain/session/guide-document.ts'
import { isEnd, isFinished, type Progress, progressDocument } from '../domain/session/progress.ts'
import type { KnownSession, SessionState } from '../domain/session/session.ts'
import * as session from '../domain/session/session.ts'
import type { EventLog, Folded, Load, RecordedEvent } from './event-log.ts'
import type { createGuideDocuments } from './guides.ts'
import type { Clock } from './ports.ts'
import { streamOf } from './session-requests.ts'

/** Whoever is further behind is told where the session stands, not how it came there. */
const MOST_BEHIND = 1000

export type Snapshot = {
  version: number
  at: string
  status: KnownSession['status']
  session: SessionDocument
  guide: GuideDocument | null
  finished: boolean
}

export type Message =
  | { version: number; name: 'snapshot'; data: Snapshot }
  | { version: number; name: 'progress' | 'finished'; data: Progress }

/** How far somebody has read the story of a session. */
export type Place = Folded<SessionState> & { readonly userId: string; readonly sessionId: string }

/** Where somebody begins to read; `missed` is false for who has all of a session that is not live. */
export type Beginning = { place: Place; snapshot?: () => Promise<Message>; missed: boolean }

export type SessionStream = ReturnType<typeof createSessionStream>

export type SessionStreamNeed = {
  load: Load
  log: Pick<EventLog, 'readStream' | 'follow'>
  guides: Pick<ReturnType<typeof createGuideDocuments>, 'backgroundsOf'>
  clock: Clock
}

export function createSessionStream({ load, log, guides, clock }: SessionStreamNeed) {
  /** Refuses a session that there is not. */
  async function placeAt(userId: string, id: string, version?: number): Promise<Place | Refusal> {
    const sessionId = id.toLowerCase()
    const folded = await load(streamOf(userId, sessionId), session, version)
    return folded.version === 0 && version !== 0 ? session.noSession() : { ...folded, userId, sessionId }
  }

  async function snapshotOf(place: Place, language: Language): Promise<Message> {
    const { userId, sessionId, version } = place
    const state = place.state as KnownSession
    const [event] = await log.readStream(streamOf(userId, sessionId), version, version - 1)
    const backgroundOf = await backgrounds(userId, state, language)
    const data = {
      version,
      at: (event as RecordedEvent).recordedAt,
      status: state.status,
      session: sessionDocument(contentOf(state, version)),
      guide:
        state.guide === undefined
          ? null
          : guideDocument(state, version, new Date(clock.now()).toISOString(), backgroundOf),
      finished: isFinished(state),
    }
    return { version, name: 'snapshot', data }
  }

  async function backgrounds(userId: string, state: KnownSession, language: Language) {
    const known = await guides.backgroundsOf(userId, state, language)
    return ({ stepId }: Step) => known[stepId] as StepBackground
  }

  return {
    placeAt,

    /**
     * Behind the version that was read last, or with one snapshot for who has read none, cannot say which, or
     * is too far behind.
     */
    async begin(
      userId: string,
      id: string,
      last: number | undefined,
      language: Language,
    ): Promise<Beginning | Refusal> {
      const head = await placeAt(userId, id)
      if ('refusal' in head) return head
      const { version } = head
      if (last === undefined || last > version || version - last > MOST_BEHIND) {
        return { place: head, snapshot: () => snapshotOf(head, language), missed: true }
      }
      if (last === version) return { place: head, missed: isLive(head) }
      return { place: (await placeAt(userId, id, last)) as Place, missed: true }
    },

    /** What came behind the place, at most `limit` messages, and the place behind them. */
    async next(place: Place, limit: number, language: Language) {
      const { userId, sessionId, version } = place
      const events = await log.readStream(streamOf(userId, sessionId), version + limit, version)
      const messages: Message[] = []
      let { state } = place
      for (const event of events as readonly RecordedEvent<SessionEvent>[]) {
        const after = session.evolve(state, event) as KnownSession
        const backgroundOf = await backgrounds(userId, after, language)
        const data = progressDocument(state, event, after, backgroundOf)
        messages.push({ version: event.version, name: isEnd(event) ? 'finished' : 'progress', data })
        state = after
      }
      return { messages, place: { ...place, state, version: version + messages.length } }
    },

    /** Calls whenever there may be more to read; gives the way to stop. */
    follow: ({ userId, sessionId }: Place, onMore: () => void) =>
      log.follow(streamOf(userId, sessionId), onMore),
  }
}

/** Whether more is to be waited for. */
export function isLive({ state }: Place): boolean {
  return state.status === 'active'
}
