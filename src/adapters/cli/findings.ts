import type { Finding } from '../../application/audit.ts'

/** A finding as one line: what, where, and what is wrong with it. */
export function findingLine({ kind, position, stream, detail }: Finding): string {
  const place = position === undefined ? [] : [`at position ${position}`]
  const owner = stream === undefined ? [] : [`in ${stream}`]
  return `${[kind, ...place, ...owner].join(' ')}: ${detail}`
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
