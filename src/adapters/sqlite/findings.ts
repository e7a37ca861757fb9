import Sqlite from 'better-sqlite3'
import type { Finding } from '../../application/audit.ts'
import { UnusableData } from './unusable-data.ts'

export const MOST_FINDINGS = 100

export type Findings = {
  /** The first of them. */
  readonly listed: Finding[]
  total: () => number
  add: (finding: Finding) => void
  /** For what is found beyond any telling apart. */
  addUnlisted: (count: number) => void
  /** What the reader should know, though nothing is wrong with it. */
  readonly notes: string[]
  /**
   * Runs a step that reads one file; a file that SQLite cannot read is a finding, and the step is undefined.
   */
  reading: <T>(file: string, read: () => T) => T | undefined
}

export function createFindings(): Findings {
  const listed: Finding[] = []
  let total = 0
  const add = (finding: Finding) => {
    total += 1
    if (listed.length < MOST_FINDINGS) listed.push(finding)
  }
  return {
    listed,
    notes: [],
    total: () => total,
    add,
    addUnlisted(count) {
      total += count
    },
    reading(file, read) {
      try {
        return read()
      } catch (error) {
        if (!isCorruption(error)) throw error
        const detail = `${file} cannot be read: ${error.message.replace(/\.$/, '')}.`
        add({ kind: 'corrupt-file', detail })
        return undefined
      }
    },
  }
}

/** Keeps the first hundred things for a closer look and counts the others. */
export function firstOf<T>() {
  const kept: T[] = []
  let dropped = 0
  return {
    kept,
    dropped: () => dropped,
    add(thing: T) {
      if (kept.length < MOST_FINDINGS) kept.push(thing)
      else dropped += 1
    },
  }
}

function isCorruption(error: unknown): error is Error {
  if (error instanceof UnusableData) return true
  if (!(error instanceof Sqlite.SqliteError)) return false
  if (/^(no such (table|column)|unsupported file format)/.test(error.message)) return true
  return /^SQLITE_(CORRUPT|NOTADB|FORMAT|IOERR_SHORT_READ|IOERR_CORRUPTFS)/.test(error.code)
}
