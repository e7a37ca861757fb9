import type { IncomingHttpHeaders } from 'node:http'
import type { FieldError } from '../../domain/refusal.ts'
import { Problem } from './problem.ts'

const ENTITY_TAG = /^(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/
const VERSION = /^(\d{1,15})(?:\.|$)/

/** The version that If-Match names, before the first dot; undefined for `*` and without the header. */
export function versionOf(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['if-match']?.trim()
  if (text === undefined || text === '*') return undefined
  const tag = ENTITY_TAG.exec(text)?.[1]
  if (tag === undefined) {
    throw new Problem('unreadable-request', 'If-Match takes the one ETag that was answered, or *.')
  }
  // A tag that names no version is one that nothing here ever had: no version equals it.
  return Number(VERSION.exec(tag)?.[1] ?? -1)
}

/** Whether the client holds this tag already: then the answer is 304. */
export function holds(headers: IncomingHttpHeaders, tag: string): boolean {
  const held = headers['if-none-match']
  if (held === undefined) return false
  return held.trim() === '*' || held.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)
}

/** The error of an Idempotency-Key that cannot be one. */
export function keyErrors(key: string): readonly FieldError[] {
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return []
  const message = '`Idempotency-Key` must have 1 to 255 visible ASCII characters.'
  return [{ pointer: '/Idempotency-Key', code: 'wrong-format', message }]
}

/** The same text for the same value, whatever the order of its fields. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join()}}`
}
