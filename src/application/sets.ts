import type { EventOf } from '../domain/events.ts'
import type { Language } from '../domain/exercise/events.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { type SetDocument, setDocument } from '../domain/session/document.ts'
import type { SessionEvent } from '../domain/session/events.ts'
import type { KnownSession, SessionState } from '../domain/session/session.ts'
import * as session from '../domain/session/session.ts'
import type { SetFields } from '../domain/session/set-facts.ts'
import { correctSet, deleteSet, type FoundSet, findLogged, findSet, logSets } from '../domain/session/sets.ts'
import type { Act, Acted, Decision, Folded, Load } from './event-log.ts'
import { createGuideDocuments, type GuideReads } from './guides.ts'
import type { Coming } from './made-records.ts'
import type { RecordAnswer } from './record-answer.ts'
import type { Records } from './records.ts'
import {
  type Asked,
  type LoneSetRequest,
  loneSets,
  type RequestsNeed,
  streamOf,
  timeOf,
} from './session-requests.ts'

export type SetsNeed = RequestsNeed & {
  act: Act
  load: Load
  guides: GuideReads
  records: Pick<Records, 'made' | 'landed' | 'heldBy'>
}

type LoneSetDocument = SetDocument & { exerciseId: string; stepId?: string }
type LoggedSets = { sets: LoneSetDocument[]; records: RecordAnswer[]; version: number; replayed: boolean }

export type Sets = {
  /**
   * One set or several, all or none: as they were logged, and the personal records that they made. Refuses
   * `step-not-current`, with the guide in that language, and `no-guide`.
   */
  logSets(
    asked: Asked,
    sessionId: string,
    requests: readonly LoneSetRequest[],
    language?: Language,
  ): Promise<LoggedSets | Refusal>
  correctSet(
    asked: Asked,
    sessionId: string,
    setId: string,
    fields: SetFields,
  ): Promise<{ set: LoneSetDocument; version: number } | Refusal>
  deleteSet(asked: Asked, sessionId: string, setId: string): Promise<Acted<{ version: number }> | Refusal>
}

export function createSets(need: SetsNeed): Sets {
  const { act, load, users, records } = need
  const { withGuide } = createGuideDocuments(need)

  /** The session as it was right after what was done, or remembered: it exists. */
  async function stateAt(stream: string, version: number) {
    return (await load(stream, session, version)).state as KnownSession
  }

  async function change(
    asked: Asked,
    sessionId: string,
    decide: (state: SessionState) => Decision<SessionEvent>,
  ) {
    const target = { stream: streamOf(asked.userId, sessionId), aggregate: session, decide }
    return act(asked, [target], ([after]) => ({ version: (after as Folded<SessionState>).version }))
  }

  return {
    async logSets(asked, id, requests, language = 'en') {
      const { userId } = asked
      const sessionId = id.toLowerCase()
      const stream = streamOf(userId, sessionId)
      const { state: standing } = await load(stream, session)
      const { sets, settings } = await loneSets(need, userId, standing, requests)
      const now = timeOf(need)
      let logged: EventOf<'SetLogged'>['data'][] = []
      let coming: Coming | undefined
      let reached: KnownSession | undefined
      const decide = (state: SessionState) => {
        const decided = logSets(state, { now, settings, sets })
        if (!isRefusal(decided)) logged = decided.map(({ data }) => data)
        return decided
      }
      const acted = await act(asked, [{ stream, aggregate: session, decide }], async ([after]) => {
        const { version, state } = after as Folded<KnownSession>
        const setIds = sets.map((set) => set.id ?? set.freshId)
        coming = undefined
        reached = state
        if (logged.length === 0) {
          // Who tells of the same sets again may have missed the answer.
          const told = setIds.map((setId) => ({ ...(findLogged(state, setId) as FoundSet), setId }))
          return { version, setIds, made: await records.heldBy(userId, sessionId, told) }
        }
        // New sets are held against the bests as they are before they are appended.
        const made = await records.made(userId, sessionId, logged, settings.units)
        coming = made.coming
        return { version, setIds, made: made.records }
      })
      if (isRefusal(acted)) return withGuide(userId, sessionId, acted, language)
      const { version, setIds, made } = acted.outcome
      if (coming !== undefined && !acted.replayed) records.landed(coming)
      const state = acted.replayed ? await stateAt(stream, version) : (reached as KnownSession)
      // A repeated request gets the answer of the first, whatever became of the set since.
      const answers = setIds.map((setId) => documentOf(findLogged(state, setId)))
      return { sets: answers, records: made, version, replayed: acted.replayed }
    },

    async correctSet(asked, sessionId, id, fields) {
      const settings = await users.settingsOf(asked.userId)
      const command = { now: timeOf(need), settings, setId: id.toLowerCase(), change: fields }
      const acted = await change(asked, sessionId, (state) => correctSet(state, command))
      if (isRefusal(acted)) return acted
      const { version } = acted.outcome
      const state = await stateAt(streamOf(asked.userId, sessionId), version)
      return { set: documentOf(findSet(state, command.setId)), version }
    },

    deleteSet: (asked, sessionId, id) =>
      change(asked, sessionId, (state) => deleteSet(state, id.toLowerCase())),
  }
}

function documentOf(found: FoundSet | undefined): LoneSetDocument {
  const { exerciseId, stepId, facts } = found as FoundSet
  return { exerciseId, ...(stepId !== undefined && { stepId }), ...setDocument(facts) }
}
