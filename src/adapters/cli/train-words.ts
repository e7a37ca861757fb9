import { stripVTControlCharacters } from 'node:util'
import type * as api from '../../../client/api.ts'
import type { Amounts, LoggedSet, Step, Target } from './train-wire.ts'

/** A set as a person would say it, such as `8-12 x 80 kg @8 (warm-up)`; empty where nothing is told. */
export function setWords(set: Target & Amounts): string {
  const weight = set.weight === undefined ? '' : `${set.weight} ${set.weightUnit ?? 'kg'}`
  const distance = set.distance === undefined ? '' : `${set.distance} ${set.distanceUnit ?? 'km'}`
  const duration = set.durationSeconds === undefined ? '' : durationWords(set.durationSeconds)
  const reps = repsWords(set)
  const counted = reps !== '' && weight !== '' ? `${reps} x ${weight}` : reps === '' ? weight : `${reps} reps`
  const amounts = [counted, distance, duration].filter(Boolean).join(', ')
  const rpe = set.rpe === undefined ? '' : `@${set.rpe}`
  const kind = set.kind === undefined || set.kind === 'working' ? '' : `(${kinds[set.kind]})`
  return [amounts, rpe, kind].filter(Boolean).join(' ')
}

const kinds = { warmup: 'warm-up', drop: 'drop set', failure: 'to failure' }

function repsWords({ reps, repsMin, repsMax }: Target): string {
  if (reps !== undefined) return String(reps)
  return repsMin === undefined ? '' : `${repsMin}-${repsMax}`
}

export function durationWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  return clock(seconds)
}

/** As on a stopwatch: 1:30, 1:02:03. */
export function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'))
  const hours = Math.floor(seconds / 3600)
  return hours > 0 ? [hours, ...parts].join(':') : parts.join(':').replace(/^0/, '')
}

export function stepWords({ name, setNumber, setsTotal }: Step): string {
  return `${name}, set ${setNumber} of ${setsTotal}`
}

/** What the record is of, without its exercise. */
export function recordWords({ kind, value, unit, reps, previous }: api.Record): string {
  const what = kind.replace('at-reps', `at ${reps} reps`).replaceAll('-', ' ')
  const before = previous === undefined ? '' : `, was ${rounded(previous)}`
  return `${what} ${rounded(value)} ${unit}${before}`
}

export function rounded(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/** The name of the exercise that a logged set belongs to, as far as it is known here. */
export function loggedWords(set: LoggedSet, nameOf: (exerciseId: string) => string | undefined): string {
  const name = set.exerciseId === undefined ? undefined : nameOf(set.exerciseId)
  return [name ?? set.exerciseId, setWords(set)].filter(Boolean).join(': ')
}

/** A text from elsewhere on one line, without anything that would steer a terminal. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/\p{Cc}+/gu, ' ')
}
