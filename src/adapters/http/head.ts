import type { IncomingMessage } from 'node:http'
import { Problem } from './problem.ts'

const HOST = /^(?:[\w.~!$&'()*+,;=%-]*|\[[\da-f:.]+\])(?::\d*)?$/i
/** Of these Node keeps the first, and whoever stands before us may have looked at the last. */
const GIVEN_ONCE = ['host', 'authorization', 'content-type']

/** Refuses what two readers of the same bytes may understand in two ways, and hears no more from there. */
export function demandPlainHead({ headers, rawHeaders, httpVersion }: IncomingMessage): void {
  const { host, 'transfer-encoding': coding } = headers
  if (httpVersion !== '1.1' && httpVersion !== '1.0') throw unreadable('HTTP/1.1 is spoken here.')
  if (host === undefined && httpVersion === '1.1')
    throw unreadable('A request of HTTP/1.1 needs a Host header.')
  if (host !== undefined && !HOST.test(host)) throw unreadable('The Host header names no host.')
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    throw unreadable('Of the transfer codings only `chunked` is known.')
  }
  const repeated = GIVEN_ONCE.find((name) => isRepeated(rawHeaders, name))
  if (repeated !== undefined) throw unreadable(`The header ${repeated} may be given once.`)
}

function isRepeated(rawHeaders: readonly string[], name: string): boolean {
  let count = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const known = rawHeaders[at] as string
    if (known.length === name.length && known.toLowerCase() === name) count += 1
  }
  return count > 1
}

function unreadable(detail: string): Problem {
  return new Problem('unreadable-request', detail, { headers: { connection: 'close' } })
}
