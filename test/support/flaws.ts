import { gzipSync } from 'node:zlib'
import fc from 'fast-check'

type Json = ReturnType<typeof JSON.parse>

/** A request as it goes out. */
export type Sent = {
  method: string
  target: string
  headers: Record<string, string>
  content: string | Buffer | undefined
}

/** What is wrong with a request: which of the flaws below, where, and with what. */
export type Flaw = { name: string; where: number; what: unknown }

const LONG = 'x'.repeat(3000)

/** Texts that have no business in a path or a query. */
export const words: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', ' ', '0', '-1', '1e9', 'NaN', 'null', '2025-02-30', '\u0000', '😀', "'; --", '../..'),
  fc.constantFrom('__proto__', 'constructor', '%', '%2F', '/', '\\', '.', '\u202e', 'a\r\nb', LONG, '0x10'),
  fc.string(),
)

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, -1, 0, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, 1e-320, 0.1 + 0.2),
  fc.constantFrom('', ' ', '5', 'NaN', '2025-02-30', '2025-13-01T00:00:00Z', '0000-00-00', '+', LONG, 'null'),
  fc.constantFrom(
    '\u0000',
    '\ud800',
    '\udfff\ud800',
    '__proto__',
    '\ufeff',
    '\u202e',
    'ﬀ',
    'İ',
    '👩‍👩‍👧‍👦',
    '\ufffd',
  ),
  fc.constantFrom<unknown>([], {}, [[[]]], ['', null], { constructor: { prototype: 1 } }, [{}], {
    length: 1,
  }),
  fc.string({ unit: fc.nat({ max: 0x10_ffff }).map((point) => String.fromCodePoint(point)) }),
  fc.jsonValue(),
)

/** Values that a header may bear, right and odd alike. */
export const oddHeaders: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    'if-match': fc.constantFrom('"1"', '"2"', 'W/"3"', '*', '""', '"x"', '1', '"1", "2"', '"1.2.3"', LONG),
    'if-none-match': fc.constantFrom('"1"', 'W/"2"', '*', 'x', '"a", "1"', ','),
    'idempotency-key': fc.constantFrom('a', 'b', 'c', '', 'a b', 'x'.repeat(255), 'x'.repeat(256), '\u00e9'),
    'accept-language': fc.constantFrom('ru', 'en', 'de, ru;q=0.1', '*', ';;', 'q=', LONG),
    accept: fc.constantFrom('*/*', 'application/json', 'application/*', 'text/html', ',', 'x', 'a/b;q=9', ''),
    range: fc.constantFrom('bytes=0-1', 'bytes=-1', 'x'),
    'last-event-id': fc.constantFrom('0', '1', '-1', '99999999999999999999', 'x', ''),
    traceparent: fc.constantFrom('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'x', '00-0-0-0'),
    expect: fc.constantFrom('100-continue', 'x'),
    origin: fc.constantFrom('null', 'https://a.example', 'x'),
    cookie: fc.constant('a=b'),
    forwarded: fc.constant('for="_x"'),
    'x-http-method-override': fc.constant('DELETE'),
    'content-language': fc.constant('x'),
  },
  { requiredKeys: [] },
)

/** Flaws of what the body says. */
export const inValue: Readonly<Record<string, (body: unknown, flaw: Flaw) => unknown>> = {
  put: (body, { where, what }) => spoiled(body, where, (holder, name) => (holder[name] = what)),
  take: (body, { where }) =>
    spoiled(body, where, (holder, name) => {
      if (Array.isArray(holder)) holder.splice(Number(name), 1)
      else delete holder[name]
    }),
  add: (body, { where, what }) =>
    spoiled(body, where, (holder) => {
      if (Array.isArray(holder)) holder.push(what)
      else holder.unheardOf = what
    }),
  proto: (body, { where }) =>
    spoiled(body, where, (holder) => {
      const proto = { value: { admin: true }, enumerable: true, configurable: true, writable: true }
      Object.defineProperty(holder, where % 2 ? '__proto__' : 'constructor', proto)
    }),
  // At most 64 KiB in all, so that it is the number that is refused.
  many: (body, { where }) =>
    spoiled(body, where, (holder, name) => {
      const list = Array.isArray(holder[name]) ? holder[name] : [holder[name]]
      const size = JSON.stringify(list).length
      holder[name] = Array.from({ length: Math.min(300, Math.ceil(60_000 / size)) }, () => list).flat()
    }),
  edge: (body, { where }) =>
    spoiled(body, where, (holder, name) => (holder[name] = beside(holder[name], where))),
  swap: (body, { where }) => spoiled(body, where, (holder, name) => (holder[name] = other(holder[name]))),
}

/** Flaws of how the body is written down. */
export const inText: Readonly<Record<string, (text: string, flaw: Flaw) => string | Buffer>> = {
  cut: (text, { where }) => text.slice(0, where % (text.length || 1)),
  tail: (text, { where }) => `${text}${['}', ',', '\u0000', '{}', 'x', '\n\n'][where % 6]}`,
  whole: (_, { where }) =>
    ['', 'null', '[]', '5', '"x"', 'true', 'NaN', "{'a':1}", '{"a":NaN}'][where % 9] as string,
  deep: (_, { where }) =>
    ['['.repeat(20_000), '{"a":'.repeat(9000), `{"a":${'['.repeat(5000)}`][where % 3] as string,
  twice: (text) => text.replace(/"(\w+)":/, '"$1":null,"$1":'),
  long: (text) => `{"notes":"${'x'.repeat(70_000)}"}${text}`,
  mark: (text) => `\ufeff${text}`,
  bytes: (text) =>
    Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from(',"a":"\xed\xa0\x80"}', 'latin1')]),
  utf16: (text) => Buffer.from(text, 'utf16le'),
  half: (text) => text.replace(/:"/, ':"\\ud83d'),
  number: (text) => text.replace(/:-?[\d.]+/, ':1e999'),
}

/** Flaws of the request around the body. */
export const inRequest: Readonly<Record<string, (sent: Sent, flaw: Flaw) => Partial<Sent>>> = {
  type: ({ headers }, { where }) => ({
    headers: { ...headers, 'content-type': TYPES[where % TYPES.length] as string },
  }),
  gzip: ({ headers, content = '' }) => ({
    headers: { ...headers, 'content-encoding': 'gzip' },
    content: gzipSync(content),
  }),
  bomb: ({ headers }) => ({ headers: { ...headers, ...json, 'content-encoding': 'gzip' }, content: bomb() }),
  unzipped: ({ headers, content }, { where }) => ({
    headers: {
      ...headers,
      'content-encoding': ['gzip', 'br', 'deflate', 'x', 'identity', 'gzip, gzip'][where % 6] as string,
    },
    content,
  }),
  again: ({ target }) => ({
    target: target.includes('?') ? `${target}&${target.split('?')[1]}` : `${target}?a=1&a=2`,
  }),
  search: ({ target }, { where }) => ({
    target: `${target}${target.includes('?') ? '&' : '?'}${SEARCHES[where % SEARCHES.length]}`,
  }),
  path: ({ target }, { where }) => ({ target: PATHS[where % PATHS.length]?.(target) ?? target }),
  method: (_, { where }) => ({ method: METHODS[where % METHODS.length] as string }),
}

const json = { 'content-type': 'application/json' }
const TYPES = [
  ...[
    'text/plain',
    'application/json; charset=latin1',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
  ],
  ...[
    'application/json;;',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'application/jsonx',
    '',
  ],
]
const SEARCHES = [
  ...[
    '__proto__=1',
    'limit=1e2',
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=1&limit=2',
    'cursor=x',
    '=',
    '&&&',
  ],
  ...[
    '%zz=%',
    'a[b]=1',
    'from=2025-02-30',
    'from=2025-02-01&to=2025-01-01',
    'q=%00',
    `q=${LONG}`,
    'constructor',
  ],
  ...['q=%ED%A0%80', 'year=99999', 'at=-1', 'after=9007199254740993', 'toString=1'],
]
const METHODS = ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'POST', 'GET', 'TRACE', 'PROPFIND', 'QUERY']
const PATHS: ((target: string) => string)[] = [
  (target) => target.replace(/(\/[^/?]*)(\?|$)/, '%2F$1$2'),
  (target) => target.replace(/([^/?])(\?|$)/, '$1%00$2'),
  (target) => target.replace(/([^/?])(\?|$)/, '$1/$2'),
  (target) => target.toUpperCase(),
  (target) => `/${target}`,
  (target) => target.replace(/([^/?])(\?|$)/, '$1%E0%A4%A$2'),
  (target) => target.replace(/\/([^/?]*)(\?|$)/, '/../$1$2'),
  (target) => `${target}#x`,
  (target) => target.replace('/v1/', '/v1//'),
]

export const anyFlaw: fc.Arbitrary<Flaw> = fc.record({
  name: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...Object.keys(inValue)) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(inText)) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(inRequest)) },
  ),
  where: fc.nat(999),
  what: hostile,
})

/** The value with one place in it changed. */
function spoiled(value: unknown, where: number, change: (holder: Json, name: string) => void): unknown {
  const copy = structuredClone(value ?? {})
  const places: [holder: Json, name: string][] = []
  const walk = (holder: Json) => {
    for (const [name, inner] of Object.entries(holder)) {
      places.push([holder, name])
      if (typeof inner === 'object' && inner !== null) walk(inner)
    }
  }
  walk(copy)
  const [holder, name] = places[where % (places.length || 1)] ?? [copy, 'nothing']
  change(holder, name)
  return copy
}

/** A value next to this one, or far from it. */
function beside(value: unknown, where: number): unknown {
  if (typeof value === 'number')
    return [value + 1, value - 1, -value, value + 0.001, value * 1e6, 2001, 172_801, 11, 0.25, -0][where % 10]
  if (typeof value === 'string') {
    const lengths = [1, 20, 100, 200, 500, 2000]
    const length = (lengths[where % 6] as number) + (where % 2)
    return [value.toUpperCase(), ` ${value} `, 'y'.repeat(length), '𝕏'.repeat(length), `${value}\n`][
      where % 5
    ]
  }
  return value === null ? 0 : null
}

/** The same in another type. */
function other(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return Number.isNaN(Number(value)) ? [value] : Number(value)
  return Array.isArray(value) ? Object.assign({}, value) : [value]
}

let made: Buffer | undefined
function bomb(): Buffer {
  made ??= gzipSync(Buffer.alloc(34 * 1024 * 1024, ' '))
  return made
}
