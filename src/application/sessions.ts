import { type FieldError, isRefusal, type Refusal, refuse, refuseFields } from '../domain/refusal.ts'
import { changeSession } from '../domain/session/change-session.ts'
import { contentOf, sessionDocument } from '../domain/session/document.ts'
import type { SessionEvent } from '../domain/session/events.ts'
import { type LogSession, logSession } from '../domain/session/log-session.ts'
import type { KnownSession, SessionState } from '../domain/session/session.ts'
import * as session from '../domain/session/session.ts'
import type { Decision, Folded } from './event-log.ts'
import { createGuides, type GuidesNeed } from './guides.ts'
import { createQuestions, type QuestionsNeed } from './session-questions.ts'
import {
  type Asked,
  type FinishRequest,
  type SessionChangeRequest,
  type SessionRequest,
  sessionCommands,
  streamOf,
  timeOf,
} from './session-requests.ts'
import { createSets, type SetsNeed } from './sets.ts'

export type SessionsNeed = SetsNeed & GuidesNeed & QuestionsNeed

export type Sessions = ReturnType<typeof createSessions>

export function createSessions(need: SessionsNeed) {
  const { act, load, reads, users, plans } = need
  const now = () => timeOf(need)

  async function documentAt(userId: string, sessionId: string, version: number) {
    const { state } = await load(streamOf(userId, sessionId), session, version)
    return sessionDocument(contentOf(state as KnownSession, version))
  }

  /** The view knows that a live session is in the way, the client needs to know which. */
  async function naming(userId: string, refusal: Refusal): Promise<Refusal> {
    if (refusal.refusal !== 'live-session-exists') return refusal
    const sessionId = await reads.liveOf(userId)
    if (sessionId === undefined) return refusal
    return refuse('live-session-exists', `Session ${sessionId} is live; finish it first.`, { sessionId })
  }

  /** What is wrong with any of them, all at once; two under one id would be one session. */
  async function errorsOfMany(userId: string, commands: readonly LogSession[]): Promise<FieldError[]> {
    const states = await Promise.all(
      commands.map(({ sessionId }) => load(streamOf(userId, sessionId), session)),
    )
    const seen = new Set<string>()
    return commands.flatMap((command, index) => {
      const at = `/sessions/${index}`
      const decided = logSession(states[index]?.state ?? session.initial, command, at)
      const errors = isRefusal(decided) ? [...(decided.errors ?? [])] : []
      if (seen.has(command.sessionId)) {
        errors.push({
          pointer: `${at}/id`,
          code: 'duplicate',
          message: 'id is that of another session in the request.',
        })
      }
      seen.add(command.sessionId)
      return errors
    })
  }

  /** The plan that a session names once it is changed. */
  async function planAfter(userId: string, sessionId: string, { planId, planDay }: SessionChangeRequest) {
    if (planId === null || (planId === undefined && planDay === undefined)) return undefined
    const { state } = await load(streamOf(userId, sessionId), session)
    const standing = state.status === 'none' ? undefined : state.details.planId
    const named = planId ?? standing
    return named === undefined ? undefined : plans.find(userId, named)
  }

  async function change(
    asked: Asked,
    sessionId: string,
    decide: (state: SessionState) => Decision<SessionEvent>,
  ) {
    const { userId } = asked
    const target = { stream: streamOf(userId, sessionId), aggregate: session, decide }
    const acted = await act(asked, [target], ([after]) => (after as Folded<SessionState>).version)
    if (isRefusal(acted)) return naming(userId, acted)
    return { document: await documentAt(userId, sessionId, acted.outcome), replayed: acted.replayed }
  }

  return {
    /** Starts a session or logs a whole one. Refuses `invalid-fields`, `id-taken`, `live-session-exists`. */
    async log(asked: Asked, request: SessionRequest) {
      const { userId } = asked
      const [command] = (await sessionCommands(need, userId, [request])) as [LogSession]
      const target = {
        stream: streamOf(userId, command.sessionId),
        aggregate: session,
        decide: (state: SessionState) => logSession(state, command),
      }
      const acted = await act(asked, [target], () => ({ sessionId: command.sessionId }))
      if (isRefusal(acted)) return naming(userId, acted)
      // Told of again, a session is shown as its first event left it.
      return { document: await documentAt(userId, acted.outcome.sessionId, 1), replayed: acted.replayed }
    },

    /** Finished sessions, all of them or none; pointers of errors start with `/sessions/<index>`. */
    async logMany(asked: Asked, requests: readonly (SessionRequest & { finishedAt: string })[]) {
      const { userId } = asked
      const commands = await sessionCommands(need, userId, requests)
      const errors = await errorsOfMany(userId, commands)
      const targets = commands.map((command, index) => ({
        stream: streamOf(userId, command.sessionId),
        aggregate: session,
        decide: (state: SessionState) =>
          errors.length > 0 ? refuseFields(errors) : logSession(state, command, `/sessions/${index}`),
      }))
      const acted = await act(asked, targets, () =>
        commands.map(({ sessionId }) => ({ id: sessionId, version: 1 })),
      )
      return isRefusal(acted) ? acted : { items: acted.outcome, replayed: acted.replayed }
    },

    async finish(asked: Asked, sessionId: string, request: FinishRequest) {
      const command = { ...request, now: now(), settings: await users.settingsOf(asked.userId) }
      return change(asked, sessionId, (state) => session.finishSession(state, command))
    },

    async change(asked: Asked, sessionId: string, request: SessionChangeRequest) {
      const settings = await users.settingsOf(asked.userId)
      const plan = await planAfter(asked.userId, sessionId, request)
      const command = { now: now(), settings, change: request, plan }
      return change(asked, sessionId, (state) => changeSession(state, command))
    },

    discard: (asked: Asked, sessionId: string) => change(asked, sessionId, session.discardSession),

    /** Back to live or finished, as it was. Refuses `live-session-exists`. */
    restore: (asked: Asked, sessionId: string) => change(asked, sessionId, session.restoreSession),

    ...createSets(need),
    ...createGuides(need),
    ...createQuestions(need),
  }
}
