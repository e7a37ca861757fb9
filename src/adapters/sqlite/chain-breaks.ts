import type { Finding } from '../../application/audit.ts'
import type { StoredEvent } from './event-rows.ts'

/** What the walk along the chain met, before it is known what was done to the log. */
export type Break =
  | { is: 'gap'; from: number; to: number }
  /** Its columns do not give its hash. */
  | { is: 'broken'; row: StoredEvent }
  /** Its hash was made for another position, and the events around it stand `shift` behind their own. */
  | { is: 'moved'; row: StoredEvent; belongs: number; shift: number; last: boolean }
  /** From here on all events stand this far behind their own positions. */
  | { is: 'shift'; at: number; from: number; to: number }
  /** It is whole, but follows another hash than that of the event before it. */
  | { is: 'unlinked'; row: StoredEvent; before: StoredEvent | undefined }

/** What an unbroken chain can still be wrong in. */
export type Disorder =
  | { is: 'out of version'; row: StoredEvent; expected: number }
  | { is: 'out of time'; row: StoredEvent; after: string }

export type Matches = (event: StoredEvent, hash?: Buffer) => boolean

export type BreakContext = {
  lastPosition: number
  /** Whether an event's columns give this hash, its own where none is named. */
  matches: Matches
  streamAt: (position: number) => string | undefined
  /** The one stream that lacks a version in its midst; undefined where there are several or none. */
  streamWithHole: () => string | undefined
}

export type Placed = Finding & { position: number }
type Moved = Extract<Break, { is: 'moved' }>
type Broken = Extract<Break, { is: 'broken' }>
type Gap = Extract<Break, { is: 'gap' }>

/** Turns the breaks into findings in the order of their positions, one for each position. */
export function explainBreaks(
  breaks: readonly Break[],
  { lastPosition, matches, streamAt, streamWithHole }: BreakContext,
): Placed[] {
  const told: Placed[] = []
  const shifts = shiftsAmong(breaks)
  const inserted = new Set<number>()
  for (const { at, from, to } of shifts) {
    for (let position = at - (to - from); position < at; position++) inserted.add(position)
    told.push(to > from ? insertedBefore(at, to - from) : removedAt(at, from - to))
  }
  const { found, vacated, filled } = displaced(breaks, inserted, matches)
  told.push(...found)
  for (const one of breaks) {
    if (one.is === 'gap' && !isExplained(one, vacated, filled, lastPosition)) told.push(removedWithout(one))
    if (one.is === 'unlinked' && !inserted.has(one.row.position)) told.push(rewritten(one.row, one.before))
  }
  const places = new Set<number>()
  return told
    .toSorted((one, other) => one.position - other.position)
    .filter(({ position }) => !places.has(position) && places.add(position))
    .map((finding) => {
      const { kind, position } = finding
      const named = finding.stream ?? (kind === 'missing' ? streamWithHole() : streamAt(position))
      const { stream: _, ...rest } = finding
      // Where the stream itself is gone there is no name left to tell.
      return named ? { ...rest, stream: named } : rest
    })
}

/** The same for versions and times, which can be wrong only where the log was written anew. */
export function explainDisorders(disorders: readonly Disorder[]): Placed[] {
  return disorders.map((one) => {
    const { position, stream, version, recordedAt } = one.row
    if (one.is === 'out of time') {
      const detail = `It was recorded at ${recordedAt}, but stands behind an event of ${one.after}.`
      return { kind: 'reordered', position, stream, detail }
    }
    const detail = `It is version ${version} of its stream, where ${one.expected} is due.`
    return { kind: version > one.expected ? 'missing' : 'reordered', position, stream, detail }
  })
}

/** The shifts met, and the last event of all where it alone was moved along. */
function shiftsAmong(breaks: readonly Break[]) {
  return breaks.flatMap((one) => {
    if (one.is === 'shift') return [one]
    if (one.is !== 'moved' || !one.last || isSwapped(one, breaks)) return []
    return [{ at: one.row.position, from: one.shift, to: one.row.position - one.belongs }]
  })
}

function isSwapped({ row, belongs }: Moved, breaks: readonly Break[]): boolean {
  return breaks.some((other) => {
    if (other.is === 'gap') return other.from <= belongs && belongs <= other.to
    return other.is === 'moved' && other.row.position === belongs && other.belongs === row.position
  })
}

/** Tells events that stand in each other's place from those that were changed where they stand. */
function displaced(breaks: readonly Break[], inserted: ReadonlySet<number>, matches: Matches) {
  const found: Placed[] = []
  const vacated = new Set<number>()
  const filled = new Set<number>()
  const broken = breaks.filter((one): one is Broken => one.is === 'broken' && !inserted.has(one.row.position))
  const places = [
    ...broken.map(({ row }) => row.position),
    ...breaks.filter((one) => one.is === 'gap').flatMap(endsOf),
  ]
  const isVacant = (position: number) =>
    breaks.some((one) => one.is === 'gap' && one.from <= position && position <= one.to)
  const standsAt = ({ position, stream }: StoredEvent, belongs: number) => {
    vacated.add(belongs)
    filled.add(position)
    found.push(
      isVacant(belongs)
        ? {
            kind: 'reordered',
            position: belongs,
            stream,
            detail: `What was written here stands at position ${position}.`,
          }
        : {
            kind: 'reordered',
            position,
            stream,
            detail: `Holds the event that was written at position ${belongs}.`,
          },
    )
  }
  for (const one of breaks) {
    if (one.is !== 'moved' || inserted.has(one.row.position)) continue
    if (!one.last || isSwapped(one, breaks)) standsAt(one.row, one.belongs)
  }
  for (const { row } of broken) {
    const belongs = places.find((position) => matches({ ...row, position }))
    if (belongs !== undefined) {
      standsAt(row, belongs)
      continue
    }
    const other = broken.find((one) => one.row !== row && contentsSwapped(row, one.row, matches))?.row
    found.push({
      kind: other === undefined ? 'changed' : 'reordered',
      position: row.position,
      stream: row.stream,
      detail:
        other === undefined
          ? 'Its columns do not give its hash: it was changed after it was written.'
          : `What was written here stands at position ${other.position}.`,
    })
  }
  return { found, vacated, filled }
}

/**
 * Whether one event is whole again with its body, its facts, or all but its place in the chain from the other
 * one.
 */
function contentsSwapped(row: StoredEvent, other: StoredEvent, matches: Matches): boolean {
  const { body, metadata } = other
  const { position, previousHash } = row
  return (
    matches({ ...row, body }) ||
    matches({ ...row, metadata }) ||
    matches({ ...row, body, metadata }) ||
    matches({ ...other, position, previousHash }, row.hash)
  )
}

function endsOf(one: Break): number[] {
  return one.is === 'gap' ? [one.from, one.to] : []
}

/** A gap is explained by the event that left it, or by one that was moved beyond the end of the log. */
function isExplained(
  gap: Gap,
  vacated: ReadonlySet<number>,
  filled: ReadonlySet<number>,
  lastPosition: number,
): boolean {
  if (gap.from === gap.to && vacated.has(gap.from)) return true
  return gap.to + 1 === lastPosition && filled.has(lastPosition)
}

function insertedBefore(at: number, count: number) {
  const detail = `${events(count)} put in here: those behind moved down by ${count}.`
  return { kind: 'inserted', position: at - count, detail } as const
}

function removedAt(at: number, count: number) {
  const detail = `${events(count)} taken out here: those behind moved up by ${count}.`
  return { kind: 'missing', position: at, detail } as const
}

function removedWithout({ from, to }: Gap) {
  const detail =
    from === to ? 'There is no event at this position.' : `There are no events up to position ${to}.`
  return { kind: 'missing', position: from, detail } as const
}

function rewritten(row: StoredEvent, before: StoredEvent | undefined) {
  if (before === undefined) {
    const detail = 'It does not follow the event that stands before it.'
    return { kind: 'changed', position: row.position, stream: row.stream, detail } as const
  }
  const detail = `It was changed together with its hash: position ${row.position} was chained to another one.`
  return { kind: 'changed', position: before.position, stream: before.stream, detail } as const
}

function events(count: number): string {
  return count === 1 ? 'One event was' : `${count} events were`
}
