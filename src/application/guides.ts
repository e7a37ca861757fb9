import type { Language } from '../domain/exercise/events.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { SessionEvent } from '../domain/session/events.ts'
import { currentStep, type Guide, nextStep, type Step } from '../domain/session/guide.ts'
import { type GuideDocument, guideDocument, type StepBackground } from '../domain/session/guide-document.ts'
import { adjustStep, noGuide, setRest, skipSteps, swapSteps } from '../domain/session/guiding.ts'
import type { PlannedSetFields } from '../domain/session/planned-set.ts'
import { type LastTime, previousSet } from '../domain/session/previous-set.ts'
import type { KnownSession, SessionState } from '../domain/session/session.ts'
import * as session from '../domain/session/session.ts'
import type { Act, Decision, Folded, Load } from './event-log.ts'
import type { Exercise, ExerciseReads } from './exercises.ts'
import { type Asked, loggable, type RequestsNeed, streamOf, timeOf } from './session-requests.ts'

export type SkipRequest = { stepId: string; whole?: boolean | undefined; reason?: string | undefined }
export type SwapRequest = { stepId: string; exerciseId: string }
export type AdjustRequest = { stepId: string; note: string; target?: PlannedSetFields | undefined }
export type RestRequest = { seconds: number }

export interface GuideReads {
  /**
   * Of the sessions of this person that began before and hold sets of the exercise the last one that is not
   * discarded: by its local date, then by its start.
   */
  lastTime(userId: string, exerciseId: string, startedAt: string): Promise<LastTime | undefined>
}

export type GuidesNeed = RequestsNeed & {
  act: Act
  load: Load
  exercises: Pick<ExerciseReads, 'find'>
  guides: GuideReads
}

export type GuideAnswer = { guide: GuideDocument; version: number; replayed: boolean }

type Move<Request> = (
  asked: Asked,
  sessionId: string,
  request: Request,
  language: Language,
) => Promise<GuideAnswer | Refusal>

/** All but the first refuse `step-not-current`, with the guide as it stands; all of them `no-guide`. */
export type Guides = {
  /** Where a session stands that is done by a day of a plan, also one that is over. */
  guide(userId: string, sessionId: string, language: Language): Promise<GuideDocument | Refusal>
  skipSteps: Move<SkipRequest>
  swapSteps: Move<SwapRequest>
  adjustStep: Move<AdjustRequest>
  /** The rest ends so many seconds from now; 0 ends it. */
  setRest: Move<RestRequest>
}

/** What steps show besides what the session knows, by their ids. */
export type Backgrounds = Readonly<Record<string, StepBackground>>

export type GuideDocuments = {
  /** Those of the steps that are shown whole: the current one and the next. */
  backgroundsOf(userId: string, state: KnownSession, language: Language): Promise<Backgrounds>
  guideNow(userId: string, sessionId: string, language: Language): Promise<GuideDocument | Refusal>
  /** Who names a step that is not the current one is told where the guide stands. */
  withGuide(userId: string, sessionId: string, refusal: Refusal, language: Language): Promise<Refusal>
}

/** How guides are shown, wherever that is. */
export function createGuideDocuments(need: GuidesNeed): GuideDocuments {
  const { load, exercises, guides } = need

  async function backgroundOf(
    userId: string,
    { guide, details }: KnownSession,
    step: Step,
    language: Language,
  ): Promise<StepBackground> {
    const { exerciseId } = step
    const [exercise, last] = await Promise.all([
      exercises.find(userId, exerciseId, language),
      guides.lastTime(userId, exerciseId, details.startedAt),
    ])
    return {
      instructions: (exercise as Exercise).instructions,
      previous: previousSet(guide as Guide, step, last),
    }
  }

  async function backgroundsOf(userId: string, state: KnownSession, language: Language) {
    const shown = [currentStep(state), nextStep(state)].flatMap((step) => step ?? [])
    const backgrounds = shown.map(async (step) => [
      step.stepId,
      await backgroundOf(userId, state, step, language),
    ])
    return Object.fromEntries(await Promise.all(backgrounds)) as Backgrounds
  }

  async function guideNow(userId: string, sessionId: string, language: Language) {
    const { state, version } = await load(streamOf(userId, sessionId), session)
    if (state.status === 'none') return session.noSession()
    if (state.guide === undefined) return noGuide()
    const backgrounds = await backgroundsOf(userId, state, language)
    return shownWith(backgrounds, state, version, timeOf(need))
  }

  return {
    backgroundsOf,
    guideNow,
    async withGuide(userId, sessionId, refusal, language) {
      if (refusal.refusal !== 'step-not-current') return refusal
      return { ...refusal, about: { guide: await guideNow(userId, sessionId, language) } }
    },
  }
}

export function createGuides(need: GuidesNeed): Guides {
  const { act, load, users } = need
  const { backgroundsOf, guideNow, withGuide } = createGuideDocuments(need)

  async function change(
    asked: Asked,
    sessionId: string,
    language: Language,
    decide: (state: SessionState, now: string) => Decision<SessionEvent>,
  ) {
    const { userId } = asked
    const stream = streamOf(userId, sessionId)
    const now = timeOf(need)
    const target = { stream, aggregate: session, decide: (state: SessionState) => decide(state, now) }
    // All that a repetition needs to be told the same, whatever has become of the session and others since.
    const acted = await act(asked, [target], async ([after]) => {
      const { state, version } = after as Folded<KnownSession>
      return { version, at: now, backgrounds: await backgroundsOf(userId, state, language) }
    })
    if (isRefusal(acted)) return withGuide(userId, sessionId, acted, language)
    const { version, at, backgrounds } = acted.outcome
    const { state } = await load(stream, session, version)
    const guide = shownWith(backgrounds, state as KnownSession, version, at)
    return { guide, version, replayed: acted.replayed }
  }

  return {
    guide: guideNow,

    skipSteps: (asked, sessionId, request, language) =>
      change(asked, sessionId, language, (state) => skipSteps(state, request)),

    async swapSteps(asked, sessionId, { stepId, exerciseId }, language) {
      const named = exerciseId.toLowerCase()
      const exercise = (await loggable(need, asked.userId, [named])).get(named)
      return change(asked, sessionId, language, (state) => swapSteps(state, { stepId, exercise }))
    },

    async adjustStep(asked, sessionId, request, language) {
      const command = { ...request, settings: await users.settingsOf(asked.userId) }
      return change(asked, sessionId, language, (state) => adjustStep(state, command))
    },

    setRest: (asked, sessionId, { seconds }, language) =>
      change(asked, sessionId, language, (state, now) => setRest(state, { now, seconds })),
  }
}

function shownWith(backgrounds: Backgrounds, state: KnownSession, version: number, now: string) {
  return guideDocument(state, version, now, ({ stepId }) => backgrounds[stepId] as StepBackground)
}
