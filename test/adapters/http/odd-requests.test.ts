import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startHttp } from '../../support/http.ts'
import { exchange, THING, thingRoutes } from '../../support/things.ts'

const test = suite('odd requests')

const http = await startHttp(thingRoutes())
test.after(http.close)

const HOST = 'host: a\r\n'
const NEXT = `GET /readyz HTTP/1.1\r\n${HOST}connection: close\r\n\r\n`
const KNOCK = `POST /v1/knock HTTP/1.1\r\n${HOST}content-type: application/json\r\n`

/** The answers on one connection, in order; what is no answer fails. */
function answersIn(text: string) {
  const answers: { status: number; headers: Record<string, string>; body: string }[] = []
  let rest = text
  while (rest !== '') {
    const [, head = '', after = ''] = /^(.*?)\r\n\r\n(.*)$/s.exec(rest) ?? []
    const [first = '', ...lines] = head.split('\r\n')
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1])
    assert.ok(status, `This is no answer: ${rest}`)
    const headers = Object.fromEntries(
      lines.map((line) => {
        const [name = '', value = ''] = line.split(/: ?(.*)/s)
        return [name.toLowerCase(), value]
      }),
    )
    const length = status === 100 ? 0 : Number(headers['content-length'] ?? 0)
    answers.push({ status, headers, body: after.slice(0, length) })
    rest = after.slice(length)
  }
  return answers
}

/** What a request of these bytes gets, and then one that is plain: 200 where the connection is in order. */
async function statusesOf(bytes: string) {
  const answers = answersIn(await exchange(http.port, bytes, NEXT))
  for (const { status, headers, body } of answers.filter((one) => one.status !== 100)) {
    assert.is(headers['x-content-type-options'], 'nosniff')
    assert.is(headers['cache-control'], 'no-store')
    if (status < 400) continue
    assert.is(headers['content-type'], 'application/problem+json; charset=utf-8')
    assert.is(JSON.parse(body).status, status)
  }
  const closes = answers.findIndex(({ headers }) => headers.connection === 'close')
  assert.is(closes, answers.length - 1, 'The last answer, and none before it, says that the connection ends.')
  return answers.map(({ status }) => status).join(' ')
}

async function compare(expected: Readonly<Record<string, string>>) {
  const asked = Object.keys(expected)
  const told = await Promise.all(asked.map(statusesOf))
  assert.equal(Object.fromEntries(asked.map((bytes, index) => [bytes, told[index]])), expected)
}

const get = (target: string) => `GET ${target} HTTP/1.1\r\n${HOST}\r\n`
const withHeaders = (...lines: string[]) =>
  `GET /livez HTTP/1.1\r\n${HOST}${lines.map((line) => `${line}\r\n`).join('')}\r\n`
const knock = (lines: readonly string[], body: string) =>
  `${KNOCK}${lines.map((line) => `${line}\r\n`).join('')}\r\n${body}`

test('a path means what is written, and leads nowhere else', () =>
  compare({
    [get('/livez?__proto__=x')]: '422 200',
    [get('/livez#part')]: '200 200',
    [get('//livez')]: '404 200',
    [get('/./livez')]: '404 200',
    [get('/v1/../livez')]: '404 200',
    [get('/v1/%2e%2e/livez')]: '404 200',
    [get('/docs/../package.json')]: '404 200',
    [get('/docs/..%2f..%2fpackage.json')]: '404 200',
    [get('/%6civez')]: '404 200',
    [get('/v1%2fthings')]: '404 200',
    [get(`/v1/things/${THING}%2f..`)]: '401 200',
    [get('/v1/%00')]: '404 200',
    [get('/v1/things/%c0%af')]: '400 200',
    [get('/v1/things/%ed%a0%80')]: '400 200',
    [get('/__proto__')]: '404 200',
    [get(`/${'a'.repeat(15_000)}`)]: '404 200',
    [get('/v1/\0')]: '400',
    [get('/v1/\xff')]: '400',
    [get('\\livez')]: '400',
    [get('livez')]: '400',
    [get('/li vez')]: '400',
  }))

test('a target may be whole, and one that is none is refused', () =>
  compare({
    [get('http://a/livez')]: '200 200',
    [get('http://elsewhere.example/livez')]: '200 200',
    [get('http://elsewhere.example')]: '404 200',
    [get('http://[::1')]: '400 200',
    [get('*')]: '404 200',
    [get('a:80')]: '400',
    [`OPTIONS * HTTP/1.1\r\n${HOST}\r\n`]: '404 200',
    [`CONNECT a:443 HTTP/1.1\r\n${HOST}\r\n`]: '405',
    [`CONNECT /v1/things HTTP/1.1\r\n${HOST}\r\n`]: '405',
  }))

test('a method that there is not is 405, one that nobody knows is 400', () =>
  compare({
    [`TRACE /v1/things HTTP/1.1\r\n${HOST}secret: a\r\n\r\n`]: '405 200',
    [`TRACE / HTTP/1.1\r\n${HOST}\r\n`]: '404 200',
    [`PROPFIND /v1/things HTTP/1.1\r\n${HOST}\r\n`]: '405 200',
    [`BREW /livez HTTP/1.1\r\n${HOST}\r\n`]: '400',
    [`get /livez HTTP/1.1\r\n${HOST}\r\n`]: '400',
    [` /livez HTTP/1.1\r\n${HOST}\r\n`]: '400',
    [`\t/livez HTTP/1.1\r\n${HOST}\r\n`]: '400',
  }))

test('other versions are refused, and 1.0 has one answer a connection', () =>
  compare({
    'GET /livez HTTP/1.0\r\n\r\n': '200',
    'GET /livez\r\n\r\n': '400',
    [`GET /livez HTTP/2.0\r\n${HOST}\r\n`]: '400',
    [`GET /livez HTTP/1.2\r\n${HOST}\r\n`]: '400',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n': '400',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03': '400',
    [withHeaders('connection: upgrade', 'upgrade: websocket', 'sec-websocket-key: eA==')]: '200',
    [withHeaders('connection: upgrade, http2-settings', 'upgrade: h2c', 'http2-settings: AAMAAABk')]: '200',
  }))

test('what two readers might understand in two ways is refused', () =>
  compare({
    [withHeaders('host: a')]: '400',
    [withHeaders('Host: elsewhere.example')]: '400',
    'GET /livez HTTP/1.1\r\n\r\n': '400',
    'GET /livez HTTP/1.1\r\nhost: a/b@c\r\n\r\n': '400',
    'GET /livez HTTP/1.1\r\nhost: [::1]:5005\r\n\r\n': '200 200',
    [withHeaders('authorization: Bearer a', 'Authorization: Bearer b')]: '400',
    [knock(['content-type: text/plain', 'content-length: 2'], '{}')]: '400',
    [knock(['content-length: 2', 'content-length: 2'], '{}')]: '400',
    [knock(['content-length: 2', 'content-length: 3'], '{}')]: '400',
    [knock(['content-length: 2, 2'], '{}')]: '400',
    [knock(['content-length: +2'], '{}')]: '400',
    [knock(['content-length: -1'], '{}')]: '400',
    [knock(['content-length: 5', 'transfer-encoding: chunked'], `0\r\n\r\n${NEXT}`)]: '400',
    [knock(['transfer-encoding: chunked', 'transfer-encoding: chunked'], '0\r\n\r\n')]: '400',
    [knock(['transfer-encoding: gzip, chunked'], '2\r\n{}\r\n0\r\n\r\n')]: '400',
    [knock(['transfer-encoding: xchunked'], '2\r\n{}\r\n0\r\n\r\n')]: '400',
    [knock(['transfer-encoding : chunked'], '2\r\n{}\r\n0\r\n\r\n')]: '400',
    [knock(['transfer-encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n')]: '400',
    [knock(['transfer-encoding: chunked'], 'ffffffffffffffffff\r\n{}\r\n0\r\n\r\n')]: '400',
    [knock(['transfer-encoding: chunked'], `2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`)]: '400',
  }))

test('chunks with all that goes with them are read, and nothing of them is left over', () =>
  compare({
    [knock(['transfer-encoding: chunked'], '1;a=b\r\n{\r\n1\r\n}\r\n0\r\nhost: b\r\n\r\n')]: '200 200',
    [knock(['transfer-encoding: Chunked'], '2\r\n{}\r\n0\r\n\r\n')]: '200 200',
    [knock(['expect: 100-continue', 'content-length: 2'], '{}')]: '100 200 200',
    [`GET /nowhere HTTP/1.1\r\n${HOST}content-length: 2\r\n\r\n{}`]: '404 200',
    [`${get('/livez')}${get('/nowhere')}${get('/livez')}`]: '200 404 200 200',
  }))

test('headers of a wrong form, or too many of them, are refused', () =>
  compare({
    [withHeaders('a: b\r\n c')]: '400',
    [`GET /livez HTTP/1.1\r\n a: b\r\n${HOST}\r\n`]: '400',
    'GET /livez HTTP/1.1\nhost: a\n\n': '400',
    [withHeaders('a: b\nc: d')]: '400',
    [withHeaders('a: b\rc')]: '400',
    [withHeaders('a: \0')]: '400',
    [withHeaders(': b')]: '400',
    [withHeaders('a b: c')]: '400',
    [withHeaders('a')]: '400',
    [withHeaders('__proto__: a', 'constructor: b', 'prototype: c')]: '200 200',
    [withHeaders(`a: ${'b'.repeat(20_000)}`)]: '431',
    [withHeaders(...Array.from({ length: 5000 }, (_, index) => `a${index}: b`))]: '431',
    [withHeaders(...Array<string>(3000).fill('a:'))]: '431',
  }))

test('a key or a version that is given twice is none', async () => {
  const things = `POST /v1/things HTTP/1.1\r\n${HOST}authorization: Bearer ada\r\nidempotency-key: a\r\n`
  const thing = `PATCH /v1/things/${THING} HTTP/1.1\r\n${HOST}authorization: Bearer ada\r\nif-match: "1"\r\n`
  await compare({
    [`${things}idempotency-key: b\r\ncontent-length: 0\r\n\r\n`]: '422 200',
    [`${thing}if-match: "2"\r\ncontent-length: 0\r\n\r\n`]: '400 200',
  })
})

test('an answer that is on its way is not cut, and none is written into it', () =>
  compare({
    [`${get('/livez')}nonsense\r\n\r\n`]: '200 400',
  }))

test('who is still sending gets the answer all the same', async () => {
  const answer = await exchange(http.port, 'nonsense\r\n\r\n', 'a'.repeat(1_000_000))
  assert.match(answer, /^HTTP\/1\.1 400 .*"status":400/s)
})

test.run()
