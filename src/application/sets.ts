import type { EventOf } from '../domain/events.ts'
import { isRefusal } from '../domain/refusal.ts'
import { setDocument } from '../domain/session/document.ts'
import type { SessionEvent } from '../domain/session/events.ts'
import type { KnownSession, SessionState } from '../domain/session/session.ts'
import * as session from '../domain/session/session.ts'
import type { SetFields } from '../domain/session/set-facts.ts'
import { correctSet, deleteSet, type FoundSet, findLogged, findSet, logSets } from '../domain/session/sets.ts'
import type { Act, Decision, Folded, Load } from './event-log.ts'
import type { Records } from './records.ts'
import {
  type Asked,
  type LoneSetRequest,
  loneSets,
  type RequestsNeed,
  streamOf,
  timeOf,
} from './session-requests.ts'

export type SetsNeed = RequestsNeed & { act: Act; load: Load; records: Pick<Records, 'made' | 'heldBy'> }

export function createSets(need: SetsNeed) {
  const { act, load, users, records } = need

  /** The session as it was right after what was done, or remembered: it exists. */
  async function stateAt(userId: string, sessionId: string, version: number) {
    return (await load(streamOf(userId, sessionId), session, version)).state as KnownSession
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
    /** One set or several, all or none: as they were logged, and the personal records that they made. */
    async logSets(asked: Asked, id: string, requests: readonly LoneSetRequest[]) {
      const { userId } = asked
      const sessionId = id.toLowerCase()
      const stream = streamOf(userId, sessionId)
      const { state: standing } = await load(stream, session)
      const { sets, settings } = await loneSets(need, userId, standing, requests)
      const now = timeOf(need)
      let logged: EventOf<'SetLogged'>['data'][] = []
      const decide = (state: SessionState) => {
        const decided = logSets(state, { now, settings, sets })
        if (!isRefusal(decided)) logged = decided.map(({ data }) => data)
        return decided
      }
      const acted = await act(asked, [{ stream, aggregate: session, decide }], async ([after]) => {
        const { version } = after as Folded<KnownSession>
        const told = sets.map((set) => ({ exerciseId: set.exerciseId, setId: set.id ?? set.freshId }))
        // New sets are held against the bests as they are before they are appended; who tells of the same
        // sets again may have missed the answer.
        const made =
          logged.length === 0
            ? await records.heldBy(userId, sessionId, told)
            : await records.made(userId, sessionId, logged)
        return { version, setIds: told.map(({ setId }) => setId), made }
      })
      if (isRefusal(acted)) return acted
      const { version, setIds, made } = acted.outcome
      const state = await stateAt(userId, sessionId, version)
      // A repeated request gets the answer of the first, whatever became of the set since.
      const answers = setIds.map((setId) => documentOf(findLogged(state, setId)))
      return { sets: answers, records: made, version, replayed: acted.replayed }
    },

    async correctSet(asked: Asked, sessionId: string, id: string, fields: SetFields) {
      const settings = await users.settingsOf(asked.userId)
      const command = { now: timeOf(need), settings, setId: id.toLowerCase(), change: fields }
      const acted = await change(asked, sessionId, (state) => correctSet(state, command))
      if (isRefusal(acted)) return acted
      const { version } = acted.outcome
      const state = await stateAt(asked.userId, sessionId, version)
      return { set: documentOf(findSet(state, command.setId)), version }
    },

    deleteSet: (asked: Asked, sessionId: string, id: string) =>
      change(asked, sessionId, (state) => deleteSet(state, id.toLowerCase())),
  }
}

function documentOf(found: FoundSet | undefined) {
  const { exerciseId, facts } = found as FoundSet
  return { exerciseId, ...setDocument(facts) }
}
