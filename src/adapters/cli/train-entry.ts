import type { DistanceUnit, WeightUnit } from '../../domain/session/events.ts'
import { quantitiesOf } from '../../domain/session/set-facts.ts'
import type { Amounts, Step } from './train-wire.ts'

/** What a typed line asks for; `set` is a set whose quantities are read by the metric of its exercise. */
export type Wish =
  | { wish: 'set'; text: string }
  | { wish: 'skip'; whole: boolean; reason?: string }
  | { wish: 'note'; note: string }
  | { wish: 'swap'; search: string }
  | { wish: 'rest'; seconds: number }
  | { wish: 'undo' | 'quit' | 'help' }
  | { wish: 'finish'; effort?: string }
  | { problem: string }

export const help = [
  'Enter            logs the set as planned',
  '8x80, 8x175lb    repetitions and weight; 8x80 @8.5 with the effort (RPE); 8 alone keeps the weight',
  '45s, 1:30        a time; 5km or 5km 25:00 a distance; 40kg 30m a weight over a distance',
  's [why], S [why] skips the set, or what is left of the exercise',
  'n TEXT           writes a note to the step',
  'w NAME           swaps the exercise for another',
  'r 60, r 0        rests for so many seconds from now, or no longer',
  'u                deletes the set that was logged last',
  'f [e|a|h]        finishes the session: it was easy, average or heavy',
  'q                leaves; the session stays live, and any device can carry on',
]

/** Commands are one letter alone or before a space; anything else is a set. */
export function readLine(line: string): Wish {
  const text = line.trim()
  const [, letter, rest = ''] = /^([sSnwrufq?])(?:\s+(.*))?$/.exec(text) ?? []
  switch (letter) {
    case 's':
    case 'S':
      return { wish: 'skip', whole: letter === 'S', ...(rest !== '' && { reason: rest }) }
    case 'n':
      return rest === '' ? { problem: 'Write the note behind the n.' } : { wish: 'note', note: rest }
    case 'w':
      return rest === '' ? { problem: 'Name the exercise behind the w.' } : { wish: 'swap', search: rest }
    case 'r':
      return /^\d{1,4}s?$/.test(rest)
        ? { wish: 'rest', seconds: Number.parseInt(rest, 10) }
        : { problem: 'Say how many seconds to rest, such as r 60.' }
    case 'u':
      return { wish: 'undo' }
    case 'f':
      return { wish: 'finish', ...(rest !== '' && { effort: rest }) }
    case 'q':
      return { wish: 'quit' }
    case '?':
      return { wish: 'help' }
    default:
      return { wish: 'set', text }
  }
}

export type Entry = { step: Step; weightUnit: WeightUnit }

/**
 * The set that the text tells, what it leaves out taken from the plan; an empty text is the set as planned. A
 * weight that nobody knows is left out, and to be asked for.
 */
export function readSet(text: string, entry: Entry): Amounts | { problem: string } {
  const typed = readAmounts(text, entry)
  if ('problem' in typed) return typed
  const { metric } = entry.step
  const fitting: readonly string[] = [...quantitiesOf[metric], 'rpe']
  const odd = Object.keys(typed).find((name) => !name.endsWith('Unit') && !fitting.includes(name))
  if (odd !== undefined) return { problem: `A set of ${entry.step.name} has no ${names[odd]}.` }
  const set = withPlanned(typed, entry)
  const missing = quantitiesOf[metric].filter((name) => set[name] === undefined && name !== 'weight')
  const enough = missing.length < (metric === 'distance-duration' ? 2 : 1)
  if (enough) return set
  return { problem: `Say the ${missing.map((name) => names[name]).join(' or the ')}; ? shows how.` }
}

const names: Readonly<Record<string, string>> = {
  reps: 'repetitions',
  weight: 'weight',
  durationSeconds: 'time',
  distance: 'distance',
}

/** The weight that a text tells alone, such as 80 or 175lb. */
export function readWeight(text: string, weightUnit: WeightUnit): Amounts | undefined {
  const [, value, unit] = new RegExp(`^${NUMBER}(?:\\s*(kg|lbs?))?$`, 'i').exec(text.trim()) ?? []
  return value === undefined ? undefined : { weight: number(value), weightUnit: unitIn(unit) ?? weightUnit }
}

const NUMBER = '(\\d{1,7}(?:[.,]\\d{1,4})?)'
const secondsIn: Readonly<Record<string, number>> = { s: 1, sec: 1, min: 60, h: 3600 }
const END = '(?![\\w:]|[.,]\\d)'
const forms: readonly [form: string, read: (groups: string[], entry: Entry) => Amounts][] = [
  [
    `(\\d{1,4})\\s*[x*\u00d7]\\s*${NUMBER}\\s*(kg|lbs?)?`,
    ([reps = '', weight = '', unit], { weightUnit }) => ({
      reps: Number(reps),
      weight: number(weight),
      weightUnit: unitIn(unit) ?? weightUnit,
    }),
  ],
  ['@\\s*(\\d{1,2}(?:[.,][05])?)', ([rpe = '']) => ({ rpe: number(rpe) })],
  [
    '(?:(\\d{1,2}):)?(\\d{1,3}):(\\d{2})',
    ([hours = '0', minutes = '', seconds = '']) => ({
      durationSeconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
    }),
  ],
  [
    '(\\d{1,6})\\s*(s|sec|min|h)',
    ([count = '', unit = '']) => ({ durationSeconds: Number(count) * (secondsIn[unit.toLowerCase()] ?? 1) }),
  ],
  [
    `${NUMBER}\\s*(km|mi|m|yd)`,
    ([distance = '', unit = '']) => ({
      distance: number(distance),
      distanceUnit: unit.toLowerCase() as DistanceUnit,
    }),
  ],
  [
    `${NUMBER}\\s*(kg|lbs?)`,
    ([weight = '', unit], { weightUnit }) => ({
      weight: number(weight),
      weightUnit: unitIn(unit) ?? weightUnit,
    }),
  ],
  [
    '(\\d{1,6})',
    ([count = ''], { step }) =>
      quantitiesOf[step.metric].includes('reps')
        ? { reps: Number(count) }
        : { durationSeconds: Number(count) },
  ],
]
const readers = forms.map(([form, read]) => ({ form: new RegExp(`^${form}${END}`, 'i'), read }))

function readAmounts(text: string, entry: Entry): Amounts | { problem: string } {
  let amounts: Amounts = {}
  let left = text.trim()
  while (left !== '') {
    const reader = readers.find(({ form }) => form.test(left))
    const [whole, ...groups] = reader?.form.exec(left) ?? []
    if (reader === undefined || whole === undefined) {
      return { problem: `${JSON.stringify(left)} is not understood; ? shows what is.` }
    }
    const told = reader.read(groups, entry)
    if (Object.keys(told).some((name) => name in amounts)) {
      return { problem: 'That says the same thing twice.' }
    }
    amounts = { ...amounts, ...told }
    left = left.slice(whole.length).replace(/^[\s,x]+/, '')
  }
  return amounts
}

/** Neither a time is made up for a distance that was told, nor a distance for a time other than planned. */
function withPlanned(typed: Amounts, { step }: Entry): Amounts {
  const { metric, target, previous } = step
  const { reps, repsMin = Infinity, repsMax = 0 } = target
  const lastReps = previous?.reps ?? -1
  const plannedReps = reps ?? (lastReps >= repsMin && lastReps <= repsMax ? lastReps : target.repsMin)
  const untouched = typed.distance === undefined && typed.durationSeconds === undefined
  const weighed = [target, previous ?? {}].find(({ weight }) => weight !== undefined)
  const filled: Record<string, Amounts> = {
    reps: plannedReps === undefined ? {} : { reps: plannedReps },
    weight: weighed === undefined ? {} : pick(weighed, 'weight', 'weightUnit'),
    durationSeconds: metric !== 'distance-duration' || untouched ? pick(target, 'durationSeconds') : {},
    distance:
      metric !== 'distance-duration' || untouched || target.durationSeconds === undefined
        ? pick(target, 'distance', 'distanceUnit')
        : {},
  }
  const missing = quantitiesOf[metric].filter((name) => typed[name] === undefined)
  return Object.assign({}, ...missing.map((name) => filled[name]), typed)
}

function pick(from: Amounts, ...fields: (keyof Amounts)[]): Amounts {
  return Object.fromEntries(fields.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])))
}

function number(text: string): number {
  return Number(text.replace(',', '.'))
}

function unitIn(text: string | undefined): WeightUnit | undefined {
  if (text === undefined) return undefined
  return text.toLowerCase() === 'kg' ? 'kg' : 'lb'
}
