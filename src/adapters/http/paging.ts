import { hash } from 'node:crypto'
import { Problem } from './problem.ts'
import type { Answer } from './route.ts'

/** Where a page ended: the key of its last item, as the list is ordered. */
export type Position = readonly (string | number)[]

const CHECK_LENGTH = 16

/** An opaque cursor. Its checksum holds the name of the list, so that none passes for another list's. */
export function cursorOf(list: string, position: Position): string {
  const text = JSON.stringify(position)
  return Buffer.from(check(list, text) + text).toString('base64url')
}

/** The position that a cursor of this list names. Throws a 400 for one that was not made here. */
export function positionOf(list: string, cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  const plain = Buffer.from(cursor, 'base64url').toString()
  const text = plain.slice(CHECK_LENGTH)
  const made = plain.slice(0, CHECK_LENGTH) === check(list, text)
  if (made && Buffer.from(plain).toString('base64url') === cursor) return JSON.parse(text) as Position
  throw new Problem('unreadable-cursor', 'This cursor is not one that this list gave.')
}

/** The answer of a list: `{items, next?}`, with the link to the next page under the same filters. */
export function page(
  list: string,
  path: string,
  query: Readonly<Record<string, unknown>>,
  items: readonly unknown[],
  next: Position | undefined,
): Answer {
  if (next === undefined) return { status: 200, body: { items } }
  const cursor = cursorOf(list, next)
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, cursor })) {
    if (value !== undefined) search.set(name, String(value))
  }
  return { status: 200, body: { items, next: cursor }, headers: { link: `<${path}?${search}>; rel="next"` } }
}

function check(list: string, text: string): string {
  return hash('sha256', `repledger cursor\n${list}\n${text}`, 'base64url').slice(0, CHECK_LENGTH)
}
