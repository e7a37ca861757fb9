import { isUtf8 } from 'node:buffer'

/** Events are at most half as deep; reading what is far deeper takes very long. */
const LEVELS = 32

/**
 * A JSON object of which one field is a list of very many: in the place of that list stands what reads its
 * elements one by one, for all of them at once would fill the memory. A list of more than `most` is told by
 * its length alone. Throws a SyntaxError: at once or, of an element, when its turn comes.
 */
export function readDocument(bytes: Uint8Array, field: string, most: number): unknown {
  if (!isUtf8(bytes)) throw new SyntaxError('It is not UTF-8.')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const list = findList(buffer, `"${field}"`, most)
  if (list === undefined) return JSON.parse(buffer.toString())
  const { start, end, ends } = list
  const document = JSON.parse(`${buffer.toString('utf8', 0, start)}[]${buffer.toString('utf8', end + 1)}`)
  document[field] = {
    length: ends.length,
    *[Symbol.iterator]() {
      let from = start + 1
      for (const to of ends) {
        yield JSON.parse(buffer.toString('utf8', from, to))
        from = to + 1
      }
    },
  }
  return document
}

/**
 * Where the list stands, and where each of its elements ends. Only brackets are counted: that they match, and
 * all else, is seen when the parts are parsed.
 */
function findList(buffer: Buffer, key: string, most: number) {
  let list: { start: number; end: number; ends: number[] } | undefined
  let [depth, text] = [0, '']
  for (let at = 0; at < buffer.length; at += 1) {
    const sign = String.fromCharCode(buffer[at] as number)
    if (sign === '"') {
      const end = endOfText(buffer, at)
      if (depth === 1) text = buffer.toString('latin1', at, end + 1)
      at = end
    } else if (sign === '[' || sign === '{') {
      depth += 1
      if (depth > LEVELS) throw new SyntaxError('It is nested too deeply.')
      if (depth === 2 && sign === '[' && text === key) list = { start: at, end: buffer.length, ends: [] }
    } else if (sign === ',' && depth === 2 && list?.end === buffer.length) {
      if (list.ends.length <= most) list.ends.push(at)
    } else if (sign === ']' || sign === '}') {
      depth -= 1
      if (depth === 1 && list?.end === buffer.length) endList(buffer, list, at)
    }
  }
  return list
}

function endList(buffer: Buffer, list: { start: number; end: number; ends: number[] }, at: number) {
  list.end = at
  const isEmpty = list.ends.length === 0 && !/[^ \t\r\n]/.test(buffer.toString('latin1', list.start + 1, at))
  if (!isEmpty) list.ends.push(at)
}

function endOfText(buffer: Buffer, start: number): number {
  for (let end = buffer.indexOf('"', start + 1); end !== -1; end = buffer.indexOf('"', end + 1)) {
    let escapes = 0
    while (buffer[end - 1 - escapes] === 0x5c) escapes += 1
    if (escapes % 2 === 0) return end
  }
  return buffer.length
}
