import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startHttp } from '../../support/http.ts'
import { exchange, thingRoutes } from '../../support/things.ts'

const test = suite('body')

type Echo = { body?: unknown; detail?: string; errors?: { pointer: string }[] }

const http = await startHttp(thingRoutes())
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

test('what is no gzip is 400, though the rest of it never comes', async () => {
  const head = 'POST /v1/knock HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\nconnection: close\r\n'
  const answer = await exchange(http.port, `${head}content-encoding: gzip\r\ncontent-length: 90\r\n\r\nnone`)
  assert.match(answer, /^HTTP\/1\.1 400 /)
})

test('65,536 bytes pass and one more does not', async () => {
  const sized = (bytes: number) => `{"title": "a"${' '.repeat(bytes - 14)}}`
  assert.is((await post(sized(65_536))).status, 201)
  const { status, headers } = await post(sized(65_537))
  assert.equal([status, headers.connection], [413, 'close'])
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
