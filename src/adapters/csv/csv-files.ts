import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { CsvError, type Info, parse } from 'csv-parse'
import { wrongFile } from '../../application/csv-book.ts'
import type { CsvFiles } from '../../application/csv-imports.ts'
import type { CsvRow } from '../../application/csv-row-set.ts'
import type { Refusal } from '../../domain/refusal.ts'

const PIECE_BYTES = 64 * 1024
const ROWS_AT_ONCE = 500
const LONGEST_RECORD = 100_000

export const csvFiles: CsvFiles = {
  rows: readRows,
  pause: () => setImmediate(),
  idOf(...words) {
    const hash = createHash('sha256')
    // With their lengths, so that no two lists of words are one text.
    for (const word of words) hash.update(`${Buffer.byteLength(word)}:${word}`)
    // Version 8 of RFC 9562: made in a way of one's own.
    const hex = hash.digest('hex')
    const groups = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`]
    return [...groups, hex.slice(20, 32)].join('-')
  },
}

async function* readRows(file: Uint8Array): AsyncGenerator<CsvRow | Refusal> {
  const text = textOf(file)
  if (text === undefined) {
    yield wrongFile('wrong-format', 'The file is not UTF-8 text.')
    return
  }
  const parser = parse({
    ...{ delimiter: delimiterOf(text), info: true, relax_quotes: true, relax_column_count: true },
    ...{ skip_empty_lines: true, max_record_size: LONGEST_RECORD },
  })
  const source = Readable.from(piecesOf(text)).pipe(parser)
  let count = 0
  try {
    for await (const { record, info } of source as AsyncIterable<{ record: string[]; info: Info }>) {
      // Where it began: a record may go over several lines.
      const within = record.reduce((sum, field) => sum + (field.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
      yield { line: info.lines - within, fields: record }
      count += 1
      if (count % ROWS_AT_ONCE === 0) await setImmediate()
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    yield wrongFile('wrong-format', `The file cannot be read as CSV from line ${error.lines ?? 1} on.`)
  }
}

/** Without a byte order mark; undefined for what is no text. */
function textOf(file: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch {
    return undefined
  }
}

function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += PIECE_BYTES) yield text.slice(from, from + PIECE_BYTES)
}

/** That of the header, which no name of a column holds. */
function delimiterOf(text: string): string {
  const header = /^.*/.exec(text.trimStart())?.[0] ?? ''
  const counts = [',', ';', '\t'].map((mark) => [mark, header.split(mark).length] as const)
  return counts.toSorted(([, left], [, right]) => right - left)[0]?.[0] ?? ','
}
