import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Context } from 'koa'

/** Where a request comes from, and whether by https, as far as that can be believed. */
export type Origin = { network: string; isSecure: boolean }

const V4_MAPPED = /^::ffff:(?=[\d.]+$)/i
const WITH_PORT = /^(?:\[([^\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/

/** Of what stands in X-Forwarded-* only that is believed which the given number of proxies have written. */
export function originOf({ headers, socket }: IncomingMessage, trustedHops: number): Origin {
  if (trustedHops === 0) return { network: networkOf(socket.remoteAddress ?? ''), isSecure: false }
  const forwarded = believed(headers['x-forwarded-for'], trustedHops)
  const [, inBrackets, beforePort] = WITH_PORT.exec(forwarded) ?? []
  const address = inBrackets ?? beforePort ?? forwarded
  return {
    network: networkOf(isIP(address) === 0 ? (socket.remoteAddress ?? '') : address),
    isSecure: believed(headers['x-forwarded-proto'], trustedHops).toLowerCase() === 'https',
  }
}

/** The one who is counted where nobody is known: see `networkOf`. */
export function addressOf(ctx: Context): string {
  return ctx.state.network
}

/** An address of IPv4 as it is; of IPv6 the first half, as the second is anyone's own to choose. */
export function networkOf(address: string): string {
  const mapped = address.replace(V4_MAPPED, '')
  if (isIP(mapped) !== 6) return mapped
  const groups = groupsOf(mapped)
  const [, , , , , sixth = 0, seventh = 0, eighth = 0] = groups
  if (sixth === 0xffff && groups.slice(0, 5).every((group) => group === 0)) {
    return [seventh >> 8, seventh & 255, eighth >> 8, eighth & 255].join('.')
  }
  const network = groups.slice(0, 4).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}

// Each proxy adds to the end whom it was asked by, so all before what ours have added is anybody's word.
function believed(header: string | string[] | undefined, trustedHops: number): string {
  if (header === undefined) return ''
  const entries = String(header).split(',')
  return (entries.at(-trustedHops) ?? (entries[0] as string)).trim()
}

function groupsOf(address: string): number[] {
  const [bare = ''] = address.split('%', 1)
  // The parser of URLs knows every spelling, also the one that ends as an address of IPv4.
  const { hostname } = new URL(`http://[${bare}]`)
  const [left = [], right = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter(Boolean))
  const zeros = Array<string>(8 - left.length - right.length).fill('0')
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16))
}
