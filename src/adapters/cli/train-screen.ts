import type { State } from './train-state.ts'
import type { Step } from './train-wire.ts'
import { clock, plain, setWords, stepWords } from './train-words.ts'

const BAR_WIDTH = 20
const LABEL_WIDTH = 11
const NOTE_LINES = 3

export type Surroundings = {
  title: string
  /** False once the server cannot be reached; the lines that wait are told then. */
  online: boolean
  waiting: number
  /** Milliseconds of the server's clock. */
  now: number
  columns: number
}

/** Everything that is to be seen of the session, as lines of at most so many columns. */
export function screen(state: State, surroundings: Surroundings): string[] {
  const { title, columns } = surroundings
  const { step, progress } = state
  const { setsDone, setsSkipped, setsTotal } = progress
  const counts = `${setsDone} of ${setsTotal} sets${setsSkipped > 0 ? `, ${setsSkipped} skipped` : ''}`
  const lines = [
    `${title}  ${bar(setsDone + setsSkipped, setsTotal)}  ${counts}`,
    ...(step === null ? ['Everything is done.'] : stepLines(step, columns)),
    ...(state.rest === null ? [] : restLines(state.rest.endsAt, surroundings.now)),
    ...(state.next === null ? [] : [labelled('next', `${stepWords(state.next)}: ${aim(state.next)}`)]),
    ...offlineLines(surroundings),
  ]
  return lines.map((line) => [...plain(line)].slice(0, columns).join(''))
}

function stepLines(step: Step, columns: number): string[] {
  const { previous, notes, note, supersetGroup } = step
  return [
    `${stepWords(step)}${supersetGroup === null ? '' : `, superset ${supersetGroup}`}`,
    labelled('target', aim(step)),
    ...(previous === null ? [] : [labelled('last time', `${setWords(previous)} on ${previous.localDate}`)]),
    ...(notes === null ? [] : wrapped('notes', notes, columns)),
    ...(note === null ? [] : wrapped('note', note, columns)),
  ]
}

function aim({ target }: Step): string {
  return setWords(target) || 'as you like'
}

/** Whole seconds until the rest is over; 0 from then on. */
export function restSeconds(endsAt: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(endsAt) - now) / 1000))
}

function restLines(endsAt: string, now: number): string[] {
  const seconds = restSeconds(endsAt, now)
  return [labelled('rest', seconds === 0 ? 'is over' : clock(seconds))]
}

function offlineLines({ online, waiting }: Surroundings): string[] {
  if (online) return []
  const kept =
    waiting === 0 ? '' : `; ${waiting} ${waiting === 1 ? 'entry waits' : 'entries wait'} to be sent`
  return [`offline, trying again${kept}`]
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? 0 : Math.round((done / total) * BAR_WIDTH)
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`
}

function labelled(label: string, text: string): string {
  return `  ${label.padEnd(LABEL_WIDTH)}${text}`
}

/** A longer text over a few lines, broken between words. */
function wrapped(label: string, text: string, columns: number): string[] {
  const width = Math.max(LABEL_WIDTH, columns - LABEL_WIDTH - 2)
  const lines: string[] = []
  for (const word of plain(text).trim().split(' ')) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines.slice(0, NOTE_LINES).map((line, index) => labelled(index === 0 ? label : '', line))
}
