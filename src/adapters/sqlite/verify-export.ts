import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import Sqlite, { type Database } from 'better-sqlite3'
import type { OnProgress, VerifyReport } from '../../application/audit.ts'
import { verifyPlace } from './anchor.ts'
import { LOG_FORMAT } from './export-log.ts'
import { createFindings, type Findings } from './findings.ts'
import { headOf, logSchema } from './log-file.ts'
import { UnusableData } from './unusable-data.ts'
import { withoutVault } from './verify.ts'
import { type VerifyRange, verifyLog } from './verify-log.ts'

const LINES_TOGETHER = 1000

// As log.db, but for what would keep a changed log out of it.
const looseSchema = logSchema
  .replaceAll(/CREATE TRIGGER.*?END;/gs, '')
  .replace(
    /,\s+UNIQUE \(stream, version\)\s+\) STRICT;/,
    ') STRICT; CREATE INDEX by_stream ON events (stream, version);',
  )

type Line = Readonly<Record<string, unknown>>
type Header = { head: { position: number; hash: string }; keys: number; checkpoints: number }

/** Checks what `export --log` wrote, in a log of its own that is gone afterwards; else it throws. */
export async function verifyExport(path: string, range: VerifyRange): Promise<VerifyReport> {
  const findings = createFindings()
  findings.notes.push(withoutVault, 'An export has no views that could be compared.')
  const log = new Sqlite('')
  log.exec(looseSchema)
  log.pragma('foreign_keys = OFF')
  try {
    const header = await readLines(path, log, findings, range.onProgress)
    const files = { vault: undefined, opened: undefined, views: [] }
    const report = verifyLog({ log, name: path, hasSchema: false, ...files, findings, ...range })
    verifyHeader(log, header, findings)
    return { ...report, findingsTotal: findings.total() }
  } finally {
    log.close()
  }
}

async function readLines(path: string, log: Database, findings: Findings, onProgress?: OnProgress) {
  const take = createTaking(log, findings)
  const takeAll = log.transaction((lines: readonly string[]) => {
    for (const line of lines) take.line(line)
  })
  let header: Header | undefined
  let waiting: string[] = []
  const input = createReadStream(path, 'utf8')
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (header === undefined) {
      header = headerOf(line, path)
      continue
    }
    waiting.push(line)
    if (waiting.length < LINES_TOGETHER) continue
    takeAll(waiting)
    waiting = []
    const total = header.head.position
    onProgress?.({ phase: 'Reading the export', done: Math.min(take.events(), total), total })
  }
  takeAll(waiting)
  if (header === undefined) throw new UnusableData(`${path} is empty.`)
  return header
}

function headerOf(line: string, path: string): Header {
  const { format, head, keys, checkpoints } = parsed(line) ?? {}
  const { position, hash } = (head ?? {}) as Line
  const counts = [position, keys, checkpoints].every((count) => Number.isSafeInteger(count))
  if (format === LOG_FORMAT && counts && typeof hash === 'string') {
    const place = { position: position as number, hash: Buffer.from(hash, 'base64').toString('hex') }
    return { head: place, keys: keys as number, checkpoints: checkpoints as number }
  }
  throw new UnusableData(`${path} is no export of a log: its first line does not say ${LOG_FORMAT}.`)
}

function verifyHeader(log: Database, { head, ...counts }: Header, findings: Findings) {
  verifyPlace(log, head, 'the first line of the export', findings)
  if (headOf(log).position > head.position) {
    const detail = 'The export goes on behind the head that its first line tells of.'
    findings.add({ kind: 'inserted', position: head.position + 1, detail })
  }
  for (const [what, table] of [
    ['keys', 'public_keys'],
    ['checkpoints', 'checkpoints'],
  ] as const) {
    const found = log.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()
    if (found === counts[what]) continue
    const detail = `The export holds ${found} ${what}, where its first line tells of ${counts[what]}.`
    findings.add({ kind: 'forged-signature', detail })
  }
}

/** Puts lines into the tables, whatever they hold; what cannot stand in a log at all is told at once. */
function createTaking(log: Database, findings: Findings) {
  const streams = new Map<string, number>()
  const addStream = log.prepare('INSERT INTO streams VALUES (?, ?)')
  const addEvent = log.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const addCheckpoint = log.prepare('INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?, ?)')
  const addKey = log.prepare('INSERT INTO public_keys VALUES (?, ?, ?, ?, ?, ?)')
  let number = 1
  let events = 0
  let before = Number.NEGATIVE_INFINITY

  function keyOf(name: unknown): number {
    const known = streams.get(String(name))
    if (known !== undefined) return known
    addStream.run(streams.size + 1, name)
    streams.set(String(name), streams.size + 1)
    return streams.size
  }

  function takeEvent(line: Line) {
    const { position, stream, version, eventId, type, schemaVersion, recordedAt, subject } = line
    const place = Number(position)
    if (place < before) {
      const detail = `It stands behind position ${before} in the export.`
      findings.add({ kind: 'reordered', position: place, stream: String(stream), detail })
    }
    before = Math.max(before, place)
    events += 1
    addEvent.run(
      ...[position, keyOf(stream), version, eventId, type, schemaVersion, bytes(line.body)],
      ...[bytes(line.metadata), recordedAt, subject === '' ? null : keyOf(subject)],
      ...[bytes(line.previousHash), bytes(line.hash)],
    )
  }

  function takeOther(line: Line) {
    const { kind, position, count, signedAt, keyId, createdAt, signedBy } = line
    const signature = bytes(line.signature)
    if (kind === 'checkpoint') {
      const previous = bytes(line.previous)
      addCheckpoint.run(position, bytes(line.hash), count, signedAt, previous, keyId, signature)
    } else if (kind === 'key') {
      addKey.run(line.number, keyId, bytes(line.publicKey), createdAt, signedBy, signature)
    } else throw new TypeError('what it holds is not known')
  }

  return {
    events: () => events,
    line(text: string) {
      number += 1
      const line = parsed(text)
      try {
        if (line === undefined) throw new TypeError('it is not JSON')
        refuseOtherKinds(line)
        if (line.kind === 'event') takeEvent(line)
        else takeOther(line)
      } catch (error) {
        if (!(error instanceof TypeError) && !(error instanceof Sqlite.SqliteError)) throw error
        const place = Number.isSafeInteger(line?.position) ? { position: Number(line?.position) } : {}
        const detail = `Line ${number} has no place in a log: ${error.message}.`
        findings.add({ kind: isTwice(error) ? 'inserted' : 'changed', ...place, detail })
      }
    },
  }
}

const integers = new Set(['position', 'version', 'schemaVersion', 'count', 'number'])

// A table takes the text '2' for a 2, and makes up a position where there is none: neither was exported.
function refuseOtherKinds(line: Line) {
  for (const [name, value] of Object.entries(line)) {
    const fits = integers.has(name) ? typeof value === 'number' : typeof value === 'string'
    if (!fits) throw new TypeError(`its ${name} is of another kind`)
  }
}

function isTwice(error: Error): boolean {
  return (
    error instanceof Sqlite.SqliteError && /^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE|ROWID)$/.test(error.code)
  )
}

function bytes(text: unknown): Buffer {
  if (typeof text !== 'string') throw new TypeError('a field that should be base64 is none')
  return Buffer.from(text, 'base64')
}

function parsed(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Line) : undefined
  } catch {
    return undefined
  }
}
