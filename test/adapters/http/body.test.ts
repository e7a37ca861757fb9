import { once } from 'node:events'
import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import Type from 'typebox'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type BodyType, createBodyReader, createBytesReader } from '../../../src/adapters/http/body.ts'
import { route } from '../../../src/adapters/http/route.ts'
import { startHttp } from '../../support/http.ts'
import { exchange, thingRoutes } from '../../support/things.ts'

const test = suite('body')

type Echo = { body?: unknown; detail?: string; errors?: { pointer: string }[] }

const large = (path: string, bodyType: BodyType) =>
  route(
    'POST',
    path,
    {
      ...{
        summary: 'Take much',
        tag: 'Things',
        access: 'user',
        body: Type.Object({}),
        bytes: true,
        bodyType,
      },
      ...{ bodyLimit: 1000, idempotent: false, answers: { 204: { description: 'Taken.' } } },
    },
    async () => ({ status: 204 }),
  )
const larges = [large('/v1/large', 'application/json'), large('/v1/table', 'text/csv')]
const http = await startHttp([...thingRoutes(), ...larges])
const token = 'ada'
const KNOCK = 'POST /v1/knock HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n'
const json = { 'content-type': 'application/json' }

function post(raw: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) {
  return http.call<Echo>('POST', '/v1/things', { token, raw, headers })
}

test('an object in JSON is read, in whatever spelling of its type', async () => {
  for (const type of [
    'application/json',
    'Application/JSON; charset="UTF-8"',
    'application/json;charset=utf-8',
    'application/json;',
  ]) {
    const { status, body } = await post('{"title": "Приседания"}', { 'content-type': type })
    assert.equal([status, body.body], [201, { title: 'Приседания' }], type)
  }
})

test('what is no JSON object is 400', async () => {
  for (const text of [
    '{"title": ',
    '[]',
    '[{"title": "a"}]',
    '"a"',
    '5',
    'null',
    '{} {}',
    "{'title': 'a'}",
    ' ',
  ]) {
    assert.is((await post(text)).status, 400, text)
  }
})

test('bytes that are not UTF-8 are 400, and so is another character set', async () => {
  const latin = new Uint8Array(Buffer.from('{"title": "\xe9"}', 'latin1'))
  assert.is((await post(latin)).body.detail, 'The body is not valid UTF-8.')
  assert.is(
    (await post('{"title": "a"}', { 'content-type': 'application/json; charset=latin1' })).status,
    400,
  )
})

test('another type, or none, is 415 and the answer tells which one is read', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json, text/plain',
    '',
  ]) {
    const { status, headers } = await post('{"title": "a"}', { 'content-type': type })
    assert.equal([status, headers.accept], [415, 'application/json'], type)
  }
})

test('an absent body is an empty object, with no type asked for', async () => {
  const { status, body } = await http.call<Echo>('POST', '/v1/things', { token })
  assert.equal([status, body.errors?.map(({ pointer }) => pointer)], [422, ['/title']])
  assert.is((await post('', {})).status, 422)
  assert.is((await http.call('POST', '/v1/knock')).status, 200)
})

test('a body where none is declared may only be empty', async () => {
  const knock = (raw: string) => http.call<Echo>('POST', '/v1/knock', { raw, headers: json })
  assert.is((await knock('{}')).status, 200)
  assert.equal(
    (await knock('{"who": 1}')).body.errors?.map(({ pointer }) => pointer),
    ['/who'],
  )
})

test('__proto__ reaches nothing', async () => {
  assert.is((await post('{"title": "a", "__proto__": {"admin": true}}')).status, 400)
  assert.is((await post('{"title": "a", "constructor": {"prototype": {"admin": true}}}')).status, 422)
  assert.is(({} as { admin?: boolean }).admin, undefined)
})

test('gzip is read within the same limit, other encodings are 415', async () => {
  const packed = (text: string) => new Uint8Array(gzipSync(text))
  const gzip = { ...json, 'content-encoding': 'gzip' }
  assert.equal((await post(packed('{"title": "a"}'), gzip)).body.body, { title: 'a' })
  assert.is((await post(packed(`{"title": "${'a'.repeat(1_000_000)}"}`), gzip)).status, 413)
  assert.is((await post(packed('{"title": "a"}').subarray(0, -9), gzip)).status, 400)
  assert.is((await post('{"title": "a"}', gzip)).status, 400)
  assert.is((await post('{"title": "a"}', { ...json, 'content-encoding': 'identity' })).status, 201)
  for (const encoding of ['br', 'deflate', 'gzip, gzip']) {
    const { status, headers } = await post('{"title": "a"}', { ...json, 'content-encoding': encoding })
    assert.equal([status, headers['accept-encoding']], [415, 'gzip, identity'], encoding)
  }
})

test('gzip that inflates to nothing is read no further than to the limit', async () => {
  const gzip = { ...json, 'content-encoding': 'gzip' }
  const init = { method: 'POST', duplex: 'half', headers: { ...gzip, authorization: 'Bearer ada' } } as const
  for (const path of ['/v1/things', '/v1/large']) {
    const body = ReadableStream.from(Array<Buffer>(1000).fill(Buffer.concat(Array(50).fill(gzipSync('')))))
    const answer = await fetch(`${http.url}${path}`, { ...init, body })
    assert.is(answer.status, 413, path)
  }
})

test('what is nested without end is 400, however it is hidden', async () => {
  const nested = (levels: number) => `${'[{"a":'.repeat(levels)}1${'}]'.repeat(levels)}`
  assert.is((await post(`{"title": "a", "x": ${nested(15)}}`)).status, 422)
  for (const levels of [16, 5000]) {
    const { status, body } = await post(`{"title": "a", "x": ${nested(levels)}}`)
    assert.equal([status, body.detail], [400, 'The body is nested too deeply.'])
  }
  assert.is((await post('['.repeat(65_000))).status, 400)
  assert.is((await post(`{"title": "${'['.repeat(20)}"}`)).status, 201)
})

test('numbers too large to be told are no numbers, and too small ones are nothing', async () => {
  const count = async (text: string) => (await post(`{"title": "a", "count": ${text}}`)).status
  assert.equal(
    [await count('1e400'), await count('-1e400'), await count('9'.repeat(60_000)), await count('NaN')],
    [422, 422, 422, 400],
  )
  assert.equal([await count('1e-400'), await count('-0'), await count('0.5')], [201, 201, 422])
})

test('a large body is read one at a time for each, and four in all, whatever the route', async () => {
  const begun = async (who: string) => {
    const socket = connect(http.port, '127.0.0.1').setEncoding('latin1')
    const answer = once(socket, 'data').then(([text]) => Number(text.slice(9, 12)))
    socket.write(`POST /v1/large HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${who}\r\n`)
    socket.write('content-type: application/json\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n{')
    assert.is(await answer, 100)
    const done = () => {
      const end = once(socket, 'data').then(([text]) => Number(text.slice(9, 12)))
      socket.write('}')
      return end.finally(() => socket.destroy())
    }
    return done
  }
  const ends = [await begun('ada')]
  const again = () => http.call('POST', '/v1/large', { token: 'ada', body: {} })
  const table = () =>
    http.call('POST', '/v1/table', { token: 'ada', raw: 'a,b', headers: { 'content-type': 'text/csv' } })
  const other = () => http.call('POST', '/v1/large', { token: 'eve', body: {} })
  const first = await again()
  assert.equal([first.status, first.headers['retry-after'], (await table()).status], [503, '1', 503])
  assert.is((await other()).status, 204)
  for (const who of ['bob', 'cid', 'dan']) ends.push(await begun(who))
  assert.is((await other()).status, 503)
  assert.equal(await Promise.all(ends.map((end) => end())), [204, 204, 204, 204])
  assert.equal([(await again()).status, (await table()).status, (await other()).status], [204, 204, 204])
})

test('what is no gzip is 400, though the rest of it never comes', async () => {
  const head = 'POST /v1/knock HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\nconnection: close\r\n'
  const answer = await exchange(http.port, `${head}content-encoding: gzip\r\ncontent-length: 90\r\n\r\nnone`)
  assert.match(answer, /^HTTP\/1\.1 400 /)
})

test('of a client that is gone before its body is looked at nothing is waited for', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  const gone = { req: Object.assign(new PassThrough().destroy(), { headers }), request: {} } as never
  const reading = new Set<string>()
  const refusals = [
    createBytesReader(100, 'application/json', reading)(gone, 'ada'),
    createBodyReader(100)(gone),
  ].map((read) => read.then(String, ({ code }) => code))
  assert.equal(await Promise.all(refusals), ['unreadable-body', 'unreadable-body'])
  assert.is(reading.size, 0)
})

test('65,536 bytes pass and one more does not', async () => {
  const sized = (bytes: number) => `{"title": "a"${' '.repeat(bytes - 14)}}`
  assert.is((await post(sized(65_536))).status, 201)
  const { status, headers } = await post(sized(65_537))
  assert.equal([status, headers.connection], [413, 'close'])
})

test('a large body has its limit, told before or not', async () => {
  const init = { method: 'POST', duplex: 'half', headers: { ...json, authorization: 'Bearer ada' } } as const
  for (const body of [' '.repeat(1001), ReadableStream.from([Buffer.alloc(1001, ' ')])]) {
    assert.is((await fetch(`${http.url}/v1/large`, { ...init, body })).status, 413)
  }
})

test('a route may have a limit of its own', async () => {
  const { status, body } = await http.call<Echo>('POST', '/v1/knock', { raw: ' '.repeat(101), headers: json })
  assert.equal([status, body.detail], [413, 'The body may have 100 bytes at most.'])
})

test('too large in chunks is 413 and the connection is closed', async () => {
  const head = `${KNOCK}transfer-encoding: chunked\r\n\r\n`
  const answer = await exchange(http.port, head, `65\r\n${'x'.repeat(101)}\r\n`, '0\r\n\r\n')
  assert.match(answer, /^HTTP\/1\.1 413 /)
  assert.match(answer, /\r\nconnection: close\r\n/i)
})

test('a claimed length over the limit is refused without waiting for the bytes', async () => {
  const head = `${KNOCK}content-length: 99999999999\r\n\r\n`
  assert.match(await exchange(http.port, head, '{'), /^HTTP\/1\.1 413 /)
})

test('a client that goes away in the middle harms nobody', async () => {
  for (const encoding of ['identity', 'gzip']) {
    const socket = connect(http.port, '127.0.0.1')
    const head = `${KNOCK}content-encoding: ${encoding}\r\n`
    socket.write(`${head}content-length: 50\r\n\r\n{`, () => socket.destroy())
    await once(socket, 'close')
  }
  assert.is((await http.call('POST', '/v1/knock')).status, 200)
})

test.after(http.close)
test.run()
