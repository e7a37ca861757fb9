import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import * as assert from 'uvu/assert'
import { agreeing } from './agreeing.ts'
import { inRequest, inText, inValue, type Sent } from './flaws.ts'
import { type Account, createPool, type Place } from './fuzz-pool.ts'
import type { Asked, Known, Who } from './fuzz-requests.ts'

type Json = ReturnType<typeof JSON.parse>

export type Got = { status: number; headers: Record<string, string>; body: Json }

/** What became of a request: as it was sent, and what was answered. */
export type Exchange = Got & {
  sent: Sent
  /** The value that the body holds, where it is JSON without a flaw of its writing. */
  value: unknown
  who: Who
}

// These end a login or an account, or need an empty one: they are asked by somebody who may go.
const ENDING = /\/v1\/auth\/(logout|password|reset)$|^DELETE \/v1\/me$|\/v1\/me\/import$/
const STAY = 1500

/** What only the operator can hand out. */
export type Handout = {
  /** By scope. */
  operatorTokens: () => Promise<Record<string, string | undefined>>
  resetTicket: (email: string) => Promise<string | undefined>
}

/** Asks a live server as several people do, and remembers what it has seen. */
export async function createClient(url: string, handout: Handout) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const pool = createPool()
  let asked = 0
  let address = 0

  const post = (target: string, body: object, token?: string) =>
    send(url, agent, {
      method: 'POST',
      target,
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': nextAddress(),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      content: JSON.stringify(body),
    })

  // Each request comes from another address, so that none is held up for those before it.
  function nextAddress() {
    address += 1
    return `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`
  }

  async function enter(): Promise<Account> {
    const email = `fuzz-${randomUUID()}@example.org`
    const password = `phrase ${randomUUID()}`
    const { status, body } = await post('/v1/auth/register', { email, password, firstName: 'Fay' })
    assert.is(status, 201)
    const { user, accessToken, refreshToken } = body
    return { userId: user.id, email, password, accessToken, refreshToken }
  }

  const stranger = await enter()
  let account = await enter()
  let leaving: Account | undefined
  const operators = await handout.operatorTokens()
  const personal = new Map<string, string>()

  async function personalToken(scope: string): Promise<string> {
    const known = personal.get(scope)
    if (known !== undefined) return known
    const made = await post('/v1/tokens', { name: scope, scopes: [scope] }, account.accessToken)
    const token = made.status === 201 ? String(made.body.token ?? made.body.secret) : ''
    personal.set(scope, token)
    return token
  }

  async function authorizationOf(
    who: Who,
    { accessToken }: Account,
    scope = '',
  ): Promise<string | undefined> {
    switch (who) {
      case 'owner':
        return `Bearer ${accessToken}`
      case 'nobody':
        return undefined
      case 'stranger':
        return `Bearer ${stranger.accessToken}`
      case 'reader':
        return `Bearer ${await personalToken('read')}`
      case 'writer':
        return `Bearer ${await personalToken('write')}`
      case 'operator':
        return `Bearer ${operators[scope] ?? operators.audit}`
      case 'forger':
        return `Bearer ${accessToken.slice(0, -8)}AAAAAAAA`
      case 'mumbler':
        return ['Bearer', 'Basic YTpi', `bearer  ${accessToken} x`, 'Bearer \u00e9', ''][address % 5]
    }
  }

  function learn(place: Place, got: Got, value: Json) {
    pool.learn(place, value, got)
    const { status, body } = got
    if (status >= 300) return
    const { account: person, name } = place
    if (body?.refreshToken !== undefined && !/register|claim/.test(name)) {
      Object.assign(person, { accessToken: body.accessToken, refreshToken: body.refreshToken })
    }
    if (name === 'PATCH /v1/me' && value?.email !== undefined) person.email = value.email.trim()
    if (ENDING.test(name)) leaving = undefined
  }

  async function personFor(name: string): Promise<Account> {
    if (!ENDING.test(name)) return account
    leaving ??= await enter()
    return leaving
  }

  /** All that is to be done before; then one call sends the request itself. */
  async function prepare(asking: Asked): Promise<() => Promise<Exchange>> {
    asked += 1
    if (asked % STAY === 0) {
      account = await enter()
      pool.leave()
      personal.clear()
    }
    const { operation, flaw } = asking
    const person = await personFor(operation.name)
    if (operation.name === 'POST /v1/auth/reset') {
      const ticket = await handout.resetTicket(person.email)
      if (ticket !== undefined) pool.tickets['reset-ticket'] = [ticket]
    }
    const place: Place = { name: operation.name, account: person, params: [], target: operation.path }
    fillPath(place, asking.params)
    const found = asking.query.map(([name, value]) => [name, filled(value, place)] as [string, string])
    const bare = place.target
    if (found.length > 0) place.target += `?${new URLSearchParams(found)}`
    let value = filled(asking.body, { ...place, target: bare })
    if (asking.isAgreeing) value = agreeing(value, pool, place)
    if (flaw !== undefined && flaw.name in inValue && typeof value !== 'string')
      value = inValue[flaw.name]?.(value, flaw)
    const who = operation.scheme === 'operator' && asked % 3 === 0 ? 'operator' : asking.who
    const authorization = await authorizationOf(who, person, operation.scope)
    const sent = writtenDown(asking, place.target, value, {
      'x-forwarded-for': nextAddress(),
      ...(authorization !== undefined && { authorization }),
      ...(filled(asking.headers, { ...place, target: bare }) as Record<string, string>),
    })
    return async () => {
      const got = await send(url, agent, sent)
      if (who === 'owner' && sent.method === operation.method) learn(place, got, value)
      const isPlain = sent.method === operation.method && (flaw === undefined || flaw.name in inValue)
      return { ...got, sent, value: isPlain ? value : undefined, who }
    }
  }

  function fillPath(place: Place, params: readonly (string | Known)[]) {
    const texts: string[] = []
    for (const param of params) {
      const text = String(filled(param, { ...place, params: texts, target: place.target }))
      texts.push(text)
      place.target = place.target.replace(/\{\w+\}/, () => encoded(text))
    }
    place.params = texts
  }

  /** The value with what is known put in. */
  function filled(value: unknown, place: Place): unknown {
    if (Array.isArray(value)) return value.map((item) => filled(item, place))
    if (typeof value !== 'object' || value === null) return value
    if (isKnown(value)) return pool.find(value, place)
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, filled(field, place)]))
  }

  return { prepare, again: (sent: Sent) => send(url, agent, sent), end: () => agent.destroy(), pool }
}

function isKnown(value: object): value is Known {
  return 'known' in value && 'nth' in value
}

// Dots would go out of the path, and half a surrogate pair cannot be written in one.
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/^\.+$/, '-') || '-'
}

function writtenDown(
  { operation, isHead, flaw }: Asked,
  target: string,
  value: unknown,
  headers: Sent['headers'],
) {
  const isTold = value !== undefined && !(operation.method === 'GET' && operation.isClassic)
  const isText = operation.contentType === 'text/csv' && typeof value === 'string'
  const text = isTold ? (isText ? value : JSON.stringify(value)) : undefined
  let sent: Sent = {
    method: isHead ? 'HEAD' : operation.method,
    target,
    headers: isTold ? { 'content-type': operation.contentType, ...headers } : headers,
    content: text,
  }
  if (flaw === undefined) return sent
  if (text !== undefined && flaw.name in inText) sent.content = inText[flaw.name]?.(text, flaw)
  if (flaw.name in inRequest) sent = { ...sent, ...inRequest[flaw.name]?.(sent, flaw) }
  return sent
}

function send(url: string, agent: Agent, { method, target, headers, content }: Sent): Promise<Got> {
  const { hostname, port } = new URL(url)
  const length = content === undefined ? {} : { 'content-length': Buffer.byteLength(content) }
  return new Promise((resolve, reject) => {
    const asking = request(
      { hostname, port, agent, method, path: target, headers: { ...headers, ...length } },
      async (answer) => {
        const got = { status: answer.statusCode as number, headers: answer.headers as Got['headers'] }
        const type = got.headers['content-type'] ?? ''
        if (type === 'text/event-stream') {
          asking.destroy()
          resolve({ ...got, body: '' })
          return
        }
        let text = ''
        try {
          for await (const chunk of answer.setEncoding('utf8')) text += chunk
          resolve({ ...got, body: text !== '' && /\bjson\b/.test(type) ? JSON.parse(text) : text })
        } catch (error) {
          reject(error)
        }
      },
    )
    asking.once('error', reject)
    asking.end(content)
  })
}

/** The request as one line for a shell. */
export function curlOf(url: string, { method, target, headers, content }: Sent): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  const parts = ['curl', '-i', '--path-as-is', ...(method === 'HEAD' ? ['-I'] : ['-X', method])]
  for (const [name, value] of Object.entries(headers)) parts.push('-H', quoted(`${name}: ${value}`))
  if (typeof content === 'string') parts.push('--data-binary', quoted(content.slice(0, 2000)))
  if (Buffer.isBuffer(content))
    parts.push(`--data-binary @<(base64 -d <<< ${content.toString('base64').slice(0, 2000)})`)
  return [...parts, quoted(url + target)].join(' ')
}
