import { randomUUID } from 'node:crypto'
import type { Guide } from '../../../client/api.ts'
import type { Answer } from '../../../client/client.ts'
import type { Effort } from '../../domain/session/events.ts'
import { quantitiesOf } from '../../domain/session/set-facts.ts'
import { unitsOf } from '../../domain/statistics/units.ts'
import type { Units } from '../../domain/user/events.ts'
import { outcomeOf, type TrainClient, versionOf } from './train-client.ts'
import type { Console } from './train-console.ts'
import { help, readLine, readSet, readWeight, type Wish } from './train-entry.ts'
import { afterGuide, afterSet, type State } from './train-state.ts'
import type { Amounts, Step } from './train-wire.ts'
import { loggedWords, plain, recordWords, setWords, stepWords } from './train-words.ts'

const FOUND = 9
const efforts: Readonly<Record<string, Effort>> = { e: 'easy', a: 'average', h: 'heavy' }

export type WishParts = {
  client: TrainClient
  sessionId: string
  console: Console
  units: Units
  state(): State
  onState(state: State): void
  /** Changes the session, and says so where the server refuses. */
  change<Body>(asked: Promise<Answer<Body>>): Promise<Answer<Body> | undefined>
}

/** Does what a typed line asks for; true when it asks to leave. */
export type Obey = (text: string, at: number) => Promise<boolean>

export function createWishes(parts: WishParts): Obey {
  const { client, sessionId, console, units, state, onState, change } = parts
  const { say } = console
  const params = { id: sessionId }
  const weightUnit = unitsOf[units].weight

  /** The stream tells it as well, but may be late, or cut off. */
  async function catchUp(version: number) {
    if (state().version >= version || state().status !== 'active') return
    const guide = await outcomeOf(client.get('/v1/sessions/{id}/guide', { params }))
    if (guide.refused === undefined) onState(afterGuide(state(), guide.body))
  }

  async function guide(asked: Promise<Answer<Guide>>, done: string) {
    const answer = await change(asked)
    if (answer === undefined) return
    onState(afterGuide(state(), answer.body))
    say(done)
  }

  async function logSet(text: string, at: number, step: Step) {
    const told = readSet(text, { step, weightUnit })
    if ('problem' in told) return say(told.problem)
    const isOpen = quantitiesOf[step.metric].includes('weight') && told.weight === undefined
    const set = isOpen ? await withWeight(told) : told
    if (set === undefined) return
    const performedAt = new Date(client.serverTime(at)).toISOString()
    const body = { id: randomUUID(), stepId: step.id, ...set, performedAt }
    const logged = await change(client.post('/v1/sessions/{id}/sets', { params, body }))
    if (logged === undefined || !('set' in logged.body)) return
    say(`${stepWords(step)}: ${setWords(logged.body.set)}`)
    const better = logged.body.records.filter(({ previous }) => previous !== undefined)
    if (better.length > 0) say(`  New records: ${better.map(recordWords).join('; ')}`)
    onState({ ...state(), logged: afterSet(state().logged, logged.body.set) })
    await catchUp(versionOf(logged))
  }

  async function withWeight(set: Amounts): Promise<Amounts | undefined> {
    const line = await console.nextLine(() => `With how many ${weightUnit}? `)
    const weight = line && readWeight(line.text, weightUnit)
    if (weight !== undefined) return { ...set, ...weight }
    say('That is no weight; nothing was logged.')
    return undefined
  }

  async function swap(search: string, step: Step) {
    const found = await outcomeOf(client.get('/v1/exercises', { query: { limit: FOUND, q: search } }))
    if (found.refused !== undefined) return say(found.refused.message)
    const { items } = found.body
    if (items.length === 0) return say(`No exercise is called ${JSON.stringify(search)}.`)
    for (const [index, { name }] of items.entries()) say(`${String(index + 1).padStart(4)}  ${name}`)
    const line = await console.nextLine(() => 'Which one? Enter for none: ')
    const exercise = items[Number(line?.text.trim() || 0) - 1]
    if (exercise === undefined) return say('Nothing was swapped.')
    const body = { stepId: step.id, exerciseId: exercise.id }
    const swapped = client.post('/v1/sessions/{id}/guide/swap', { params, body })
    await guide(swapped, `${step.name} is now ${exercise.name}`)
  }

  async function undo() {
    const last = state().logged.at(-1)
    if (last === undefined) return say('Nothing is logged yet.')
    const path = '/v1/sessions/{id}/sets/{setId}'
    const deleted = await change(client.delete(path, { params: { ...params, setId: last.id } }))
    if (deleted === undefined) return
    onState({ ...state(), logged: afterSet(state().logged, { ...last, deleted: true }) })
    say(`Deleted ${loggedWords(last, (exerciseId) => state().names[exerciseId])}`)
    await catchUp(versionOf(deleted))
  }

  async function askEffort() {
    const line = await console.nextLine(() => `${EFFORT}, Enter says nothing, c carries on: `)
    return line?.text.trim() ?? ''
  }

  async function finish(told: string | undefined) {
    const letter = told ?? (state().finished ? '' : await askEffort())
    const effort = efforts[letter.charAt(0).toLowerCase()]
    if (effort === undefined && letter !== '') return say('The session goes on.')
    const body = effort === undefined ? {} : { effort }
    const finished = await change(client.post('/v1/sessions/{id}/finish', { params, body }))
    if (finished !== undefined) onState({ ...state(), status: 'finished' })
  }

  async function onStep(wish: Wish, at: number, step: Step | null): Promise<unknown> {
    if (step === null) return say('No step is left: f finishes the session, u opens the last one again.')
    if (!('wish' in wish)) return undefined
    switch (wish.wish) {
      case 'set':
        return logSet(wish.text, at, step)
      case 'skip': {
        const { whole, reason } = wish
        const body = { stepId: step.id, ...(whole && { whole }), ...(reason !== undefined && { reason }) }
        const skipped = client.post('/v1/sessions/{id}/guide/skip', { params, body })
        return guide(skipped, `${whole ? step.name : stepWords(step)}: skipped`)
      }
      case 'note': {
        const body = { stepId: step.id, note: wish.note }
        const noted = client.post('/v1/sessions/{id}/guide/adjust', { params, body })
        return guide(noted, `${stepWords(step)}: ${plain(wish.note)}`)
      }
      case 'swap':
        return swap(wish.search, step)
      case 'rest': {
        const rested = client.post('/v1/sessions/{id}/guide/rest', {
          params,
          body: { seconds: wish.seconds },
        })
        return guide(rested, wish.seconds === 0 ? 'On we go.' : 'Rest well.')
      }
      default:
        return undefined
    }
  }

  return async (text, at) => {
    const isEffort = state().finished && /^[eah]$/.test(text.trim())
    const wish: Wish = isEffort ? { wish: 'finish', effort: text.trim() } : readLine(text)
    if ('problem' in wish) say(wish.problem)
    else if (wish.wish === 'help') for (const line of help) say(line)
    else if (wish.wish === 'undo') await undo()
    else if (wish.wish === 'finish') await finish(wish.effort)
    else if (wish.wish !== 'quit') await onStep(wish, at, state().step)
    return 'wish' in wish && wish.wish === 'quit'
  }
}

const EFFORT = 'How was it? e easy, a average, h heavy'

/** What is asked for next. */
export function promptOf({ finished }: State): string {
  return finished ? `${EFFORT}; f finishes without a word, q leaves: ` : '> '
}
