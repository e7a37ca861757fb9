import type { DistanceUnit, WeightUnit } from '../domain/session/events.ts'
import { isDate } from '../domain/statistics/calendar.ts'
import { weightMicrograms } from '../domain/statistics/units.ts'

/** Without accents and punctuation, in lower case: for words to be known however they are written. */
export function plainWords(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

/** A number with a decimal point or comma; undefined for a blank, NaN for what is none. */
export function numberOf(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0]/g, '')
  if (plain === '') return undefined
  // Of two kinds of marks the last one is that of the decimals.
  const decimal = /[.,](?=\d*$)/.exec(plain)?.index ?? plain.length
  const whole = plain.slice(0, decimal)
  const pointed = /[.,]/.test(whole) ? whole.replace(/[.,](?=\d{3})/g, '') : whole
  const number = `${pointed}.${plain.slice(decimal + 1)}`
  return /^[+-]?\d*\.\d*$/.test(number) && /\d/.test(number) ? Number(number) : Number.NaN
}

/** Whole seconds of `1h 5m`, `00:30:00`, `1:30` or a bare number of them; NaN for what is none. */
export function secondsOf(text: string): number | undefined {
  const plain = text.trim().toLowerCase()
  if (/^\d+(:\d{1,2}){1,2}([.,]\d+)?$/.test(plain)) {
    return Math.round(plain.split(':').reduce((sum, part) => sum * 60 + Number(part.replace(',', '.')), 0))
  }
  const parts = [...plain.matchAll(/(\d+)\s*(h|m|s)[a-z]*\.?/g)]
  const isTold = parts.length > 0 && plain.replace(/(\d+)\s*(h|m|s)[a-z]*\.?/g, '').trim() === ''
  if (!isTold) return round(numberOf(plain))
  const sizes = { h: 3600, m: 60, s: 1 }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * sizes[unit as 'h'], 0)
}

function round(number: number | undefined): number | undefined {
  return number === undefined ? undefined : Math.round(number)
}

const LONGEST_IN_MINUTES = 600

/** How long a workout took. A bare number without a unit is minutes where as seconds it would be none. */
export function lengthSecondsOf(text: string, inSeconds: boolean): number | undefined {
  const seconds = secondsOf(text)
  const isBare = !inSeconds && /^\d+$/.test(text.trim())
  return isBare && Number(seconds) < LONGEST_IN_MINUTES ? Number(seconds) * 60 : seconds
}

const weightUnits: Readonly<Record<string, WeightUnit>> = {
  ...{ kg: 'kg', kgs: 'kg', kilogram: 'kg', kilograms: 'kg', 公斤: 'kg', 千克: 'kg' },
  ...{ lb: 'lb', lbs: 'lb', pound: 'lb', pounds: 'lb', 磅: 'lb' },
}

/** Undefined for what is none. */
export function weightUnitOf(text: string): WeightUnit | undefined {
  return weightUnits[plainWords(text)]
}

const distanceUnits: Readonly<Record<string, readonly [unit: DistanceUnit, times: number]>> = {
  ...{ m: ['m', 1], meter: ['m', 1], meters: ['m', 1], metre: ['m', 1], metres: ['m', 1], 米: ['m', 1] },
  ...{ km: ['km', 1], kms: ['km', 1], kilometer: ['km', 1], kilometers: ['km', 1], 公里: ['km', 1] },
  ...{ mi: ['mi', 1], mile: ['mi', 1], miles: ['mi', 1], 英里: ['mi', 1] },
  ...{ yd: ['yd', 1], yds: ['yd', 1], yard: ['yd', 1], yards: ['yd', 1] },
  ...{ ft: ['yd', 1 / 3], feet: ['yd', 1 / 3], cm: ['m', 0.01] },
}

/** The unit, and by how much what is told in the other one has to be multiplied. */
export function distanceUnitOf(text: string): readonly [unit: DistanceUnit, times: number] | undefined {
  return distanceUnits[plainWords(text)]
}

const languages = [
  'en',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'sv',
  'da',
  'nb',
  'fi',
  'pl',
  'cs',
  'tr',
  'ru',
  'uk',
  'ro',
  'hu',
  'id',
]
let months: ReadonlyMap<string, number> | undefined

/** Every name of a month in these languages, long and short, alone and within a date. */
function monthsByName(): ReadonlyMap<string, number> {
  if (months !== undefined) return months
  const named = new Map<string, number>()
  for (const language of languages) {
    for (const month of ['short', 'long'] as const) {
      for (const within of [{ month }, { month, day: 'numeric' }] as const) {
        const format = new Intl.DateTimeFormat(language, { ...within, timeZone: 'UTC' })
        for (let number = 1; number <= 12; number++) {
          const parts = format.formatToParts(Date.UTC(2023, number - 1, 10))
          const name = plainWords(parts.find(({ type }) => type === 'month')?.value ?? '')
          // In some languages a month within a date is a number.
          if (/\p{L}/u.test(name) && !named.has(name)) named.set(name, number)
        }
      }
    }
  }
  months = named.set('sept', 9)
  return months
}

const CLOCK = /(\d{1,2})[:h](\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:([ap])\.?\s?m\.?)?$/i
const NOON = '12:00:00'

/**
 * A local time as `YYYY-MM-DDTHH:MM:SS`, at noon where only a day is told; with an offset, the instant.
 * Undefined for what is no time, or may be one of two.
 */
export function localTimeOf(text: string): string | undefined {
  const trimmed = text.normalize('NFKC').trim()
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/i.test(trimmed)) {
    const instant = new Date(trimmed)
    return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString()
  }
  const clock = CLOCK.exec(trimmed)
  const date = dateOf(clock === null ? trimmed : trimmed.slice(0, clock.index))
  const time = clock === null ? NOON : timeOf(clock)
  return date === undefined || time === undefined ? undefined : `${date}T${time}`
}

function timeOf([, hours, minutes, seconds = '00', half]: RegExpExecArray): string | undefined {
  const past =
    half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  if (past > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  return `${String(past).padStart(2, '0')}:${minutes}:${seconds}`
}

function dateOf(text: string): string | undefined {
  const parts = text.toLowerCase().match(/\d+月|\d+|[\p{L}\p{M}]+/gu) ?? []
  const numbers = parts.filter((part) => /^\d+$/.test(part))
  const monthOf = (part: string) => monthsByName().get(plainWords(part)) ?? /^(\d+)月$/.exec(part)?.[1]
  const named = parts.map(monthOf).find((month) => month !== undefined)
  if (named !== undefined) {
    const year = numbers.find((number) => number.length === 4)
    return dateFrom(
      year,
      named,
      numbers.find((number) => number !== year),
    )
  }
  const [first = '', second = '', third = ''] = numbers
  if (first.length === 4) return dateFrom(first, second, third)
  if (third.length !== 4) return undefined
  const isMonth = (number: string) => Number(number) <= 12
  // With full stops the day comes first; with other marks it may be either.
  if (text.includes('.') || !isMonth(first)) return dateFrom(third, second, first)
  return isMonth(second) && first !== second ? undefined : dateFrom(third, first, second)
}

function dateFrom(year: string | undefined, month: string | number, day: string | undefined) {
  const date = `${year}-${String(month).padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`
  return isDate(date) ? date : undefined
}

const CLOSE = 1e-4

/**
 * A weight that another program has converted, as it was entered: on the grid of the plates in the one unit
 * or the other. What has no more than one decimal was never converted.
 */
export function snapped(weight: number, unit: WeightUnit): { weight: number; weightUnit: WeightUnit } {
  const asTold = { weight, weightUnit: unit }
  if (Math.round(weight * 10) / 10 === weight) return asTold
  const micrograms = weightMicrograms(weight, unit)
  const grids = [
    ['kg', 0.25],
    ['lb', 0.5],
  ] as const
  for (const [weightUnit, step] of grids) {
    const plates = Math.round(micrograms / weightMicrograms(step, weightUnit))
    const entered = plates * step
    const off = Math.abs(weightMicrograms(entered, weightUnit) - micrograms)
    if (plates > 0 && off <= CLOSE * micrograms) return { weight: entered, weightUnit }
  }
  return asTold
}
