import type { StreamChange, StreamMessage } from '../../../client/api.ts'
import type { Answer } from '../../../client/client.ts'
import type { Metric } from '../../domain/exercise/events.ts'
import type { Units } from '../../domain/user/events.ts'
import { Explained } from './operations.ts'
import { outcomeOf, type TrainClient, versionOf } from './train-client.ts'
import type { Console } from './train-console.ts'
import { restSeconds, screen } from './train-screen.ts'
import type { Chosen } from './train-start.ts'
import { afterGuide, afterMessage, newsOf, type State } from './train-state.ts'
import { summarize } from './train-summary.ts'
import { createWishes, promptOf } from './train-wishes.ts'

const SECOND_MS = 1000

/** Whether the server could be reached last, and who wants to know when that changes. */
export type Link = { online: boolean; changed(): void }

export type LoopParts = Chosen & {
  client: TrainClient
  console: Console
  units: Units
  wait(milliseconds: number, signal: AbortSignal): Promise<unknown>
  leaving: AbortController
  link: Link
  onMessage(message: StreamMessage): void
}

/** Leads through the session until it is over, or the person leaves; gives what is to be said at the end. */
export async function lead(parts: LoopParts): Promise<string[]> {
  const { client, console, sessionId, title, units, wait, leaving, link } = parts
  const begun = Promise.withResolvers<void>()
  /** Versions that came about here: their news is no news. */
  const own = new Set<number>()
  const heard: { before: State; change: StreamChange }[] = []
  let state: State | undefined
  let isAsking = false
  let isObeying = false

  function known(): State {
    if (state === undefined) throw new Explained('The session is over.')
    return state
  }

  /** What comes of a line follows on what is said of it, except where it can be painted over. */
  function show(isUrgent = console.live) {
    if (!state?.guided || (isObeying && !isUrgent)) return
    const now = client.serverTime()
    const surroundings = {
      title,
      now,
      online: link.online,
      waiting: console.waiting() + (isAsking ? 1 : 0),
      columns: console.columns(),
    }
    console.draw(screen(state, surroundings))
  }

  function onState(changed: State) {
    state = changed
    show()
  }

  /** What an answer is still awaited for may be its own doing. */
  function tellNews() {
    if (isAsking) return
    for (const { before, change } of heard.splice(0)) {
      const news = own.has(change.version) ? undefined : newsOf(before, change)
      if (news !== undefined) console.say(news)
    }
  }

  function onMessage(message: StreamMessage) {
    parts.onMessage(message)
    if (message.event !== 'snapshot' && state !== undefined)
      heard.push({ before: state, change: message.data })
    state = afterMessage(state, message)
    tellNews()
    begun.resolve()
    if (message.data.status === 'active') show()
    else console.end()
  }

  async function change<Body>(asked: Promise<Answer<Body>>) {
    isAsking = true
    const outcome = await outcomeOf(asked)
    isAsking = false
    if (outcome.refused === undefined) own.add(versionOf(outcome))
    tellNews()
    if (outcome.refused === undefined) return outcome
    const { guide } = outcome.refused.details
    if (guide === undefined) console.say(outcome.refused.message)
    else {
      onState(afterGuide(known(), guide))
      console.say('Another device was faster: this was not logged, and here is the step as it is now.')
    }
    return undefined
  }

  async function metricOf(exerciseId: string): Promise<Metric> {
    const metric = known().metrics[exerciseId]
    if (metric !== undefined) return metric
    return (await client.get('/v1/exercises/{id}', { params: { id: exerciseId } })).body.metric
  }

  async function follow() {
    for await (const message of client.follow(sessionId)) onMessage(message)
  }

  async function tick() {
    for (;;) {
      const endsAt = state?.rest?.endsAt
      const leftMs = endsAt === undefined ? 0 : Date.parse(endsAt) - client.serverTime()
      await wait(leftMs > 0 ? leftMs % SECOND_MS || SECOND_MS : SECOND_MS, leaving.signal)
      if (leftMs > 0 && endsAt !== undefined && restSeconds(endsAt, client.serverTime()) === 0) console.ring()
      show()
    }
  }

  async function converse() {
    await begun.promise
    if (!known().guided) throw new Explained(UNGUIDED)
    const obey = createWishes({ client, sessionId, console, units, state: known, onState, change })
    while (known().status === 'active') {
      const line = await console.nextLine(() => promptOf(known()))
      if (line === undefined) return
      isObeying = true
      const leaves = await obey(line.text, line.at)
      isObeying = false
      if (leaves) return
      show()
    }
  }

  const { signal } = leaving
  const stream = follow()
  // It ends with the session, as the conversation does by itself; where it fails, all ends.
  const failed = stream.then(() => (state === undefined ? undefined : new Promise<never>(() => {})))
  const ticking = console.live ? [tick()] : []
  link.changed = () => show(true)
  try {
    await Promise.race([converse(), failed, ...ticking])
    if (state === undefined) return ['The session is over already.']
    if (state.status === 'finished') return await summarize({ client, sessionId, units, metricOf })
    if (state.status === 'discarded') return []
  } catch (error) {
    if (!signal.aborted) throw error
    if (state?.status === 'finished') return []
    if (isAsking) return ['What was told last may not have been sent.', LEFT]
  } finally {
    leaving.abort()
    await Promise.allSettled([stream, ...ticking])
  }
  return [LEFT]
}

const UNGUIDED = 'The live session follows no plan: finish or discard it, and then begin one that does.'
const LEFT = 'The session stays live; `repledger train` carries on with it, on any device.'
